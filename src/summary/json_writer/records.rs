//! Writes answer records: the state, the codes and the text of each answer.

use super::text::{push, push_escaped, push_list, push_quoted};
use super::{JsonWriter, SummaryInput};
use crate::answer::{Answer, AnswerKey, AnswerValue, Subject};
use crate::interview::{answer_text, free_text_delimiters};
use crate::pack::Pack;
use crate::printable::Printable;
use std::io::Write as _;
use std::ops::Range;

/// The fields by which an answer record names its question and subject.
#[derive(Clone, Copy, PartialEq, Eq)]
enum RecordStyle {
    /// The question's title.
    WithTitle,
    /// The subject, before the answer's text: the record belongs to a statement.
    WithSubject,
}

/// Writes the answer records of one summary.
pub(super) struct RecordsWriter<'r> {
    writer: &'r JsonWriter<'r>,
    input: &'r SummaryInput<'r>,
    /// For each question, the range of its keys in `asked`.
    ranges: Vec<Range<usize>>,
    /// The answers to `asked`, in the same order.
    answers: Vec<Option<&'r Answer>>,
}

impl<'r> RecordsWriter<'r> {
    pub(super) fn new(writer: &'r JsonWriter<'r>, input: &'r SummaryInput<'r>) -> Self {
        let mut rest = input.answers.iter().peekable();
        let answer_to = |key: &AnswerKey| {
            let (_, answer) = rest.next_if(|(next, _)| *next == key)?;
            Some(answer)
        };
        let answers = if input.asked.is_sorted() {
            input.asked.iter().map(answer_to).collect()
        } else {
            input.asked.iter().map(|key| input.answers.get(key)).collect()
        };
        Self { writer, input, ranges: asked_ranges(writer.pack, input.asked), answers }
    }

    /// Appends a question's record, or one record for each subject it was asked about.
    pub(super) fn push_all(&self, out: &mut Vec<u8>, question: usize) {
        let range = self.ranges[question].clone();
        if range.is_empty() {
            push(out, &self.writer.questions[question].not_asked);
        }
        for index in range.clone() {
            if index > range.start {
                out.push(b',');
            }
            self.push_one(out, self.input.asked[index], self.answers[index], RecordStyle::WithTitle);
        }
    }

    /// Appends the record of an answer that is printed with a statement.
    pub(super) fn push_related(&self, out: &mut Vec<u8>, key: AnswerKey) {
        self.push_one(out, key, self.input.answers.get(&key), RecordStyle::WithSubject);
    }

    fn push_one(&self, out: &mut Vec<u8>, key: AnswerKey, answer: Option<&Answer>, style: RecordStyle) {
        let question = &self.writer.questions[key.question];
        let subject = self.subject(key);
        match (&subject, style) {
            (None, RecordStyle::WithTitle) => push(out, &question.titled_start),
            (None, RecordStyle::WithSubject) => push(out, &question.start),
            (Some((code, _)), _) => {
                push(out, &question.start);
                push(out, r#","for":"#);
                push(out, code);
                push(out, if style == RecordStyle::WithTitle { &question.title } else { "" });
            }
        }
        let subject_text = subject.filter(|_| style == RecordStyle::WithSubject).map(|(_, text)| text);
        let end = match answer {
            Some(Answer::Value(AnswerValue::Choice { chosen, text: None })) if chosen.len() == 1 => {
                &question.choices[chosen[0]].alone
            }
            Some(Answer::Unreadable(words)) => return self.push_unreadable(out, subject_text, words.as_deref()),
            Some(Answer::Value(value)) => return self.push_value(out, key.question, subject_text, value),
            Some(Answer::Skipped) => &self.writer.skipped,
            Some(Answer::Declined) => &self.writer.declined,
            None => &self.writer.not_asked,
        };
        push_end(out, subject_text, end);
    }

    /// Appends the rest of the record of an unreadable answer.
    fn push_unreadable(&self, out: &mut Vec<u8>, subject: Option<&str>, words: Option<&str>) {
        let words = words.map(Printable::cleaned);
        push(out, r#","state":"unreadable""#);
        if let Some(words) = &words {
            push(out, r#","free_text":"#);
            push_quoted(out, Some(words));
        }
        push(out, r#","text":""#);
        for text in [subject, Some(self.writer.unreadable.as_str())].into_iter().flatten().chain(words.as_deref()) {
            if !out.ends_with(b"\"") {
                push(out, ": ");
            }
            push_escaped(out, text);
        }
        push(out, r#""}"#);
    }

    /// Appends the rest of the record of an answered question.
    fn push_value(&self, out: &mut Vec<u8>, question: usize, subject: Option<&str>, value: &AnswerValue) {
        let choices = &self.writer.questions[question].choices;
        push(out, r#","state":"answered""#);
        let (chosen, free_text) = match value {
            AnswerValue::Choice { chosen, text } => (&chosen[..], text.as_ref()),
            AnswerValue::Quantity { unit, .. } => (std::slice::from_ref(unit), None),
            AnswerValue::Text(text) => (&[][..], Some(text)),
            AnswerValue::Number(_) | AnswerValue::Date(_) => (&[][..], None),
        };
        if !chosen.is_empty() {
            push(out, r#","codes":"#);
            push_list(out, chosen, |out, choice| push(out, &choices[*choice].code));
        }
        match value {
            AnswerValue::Number(amount) | AnswerValue::Quantity { amount, .. } => {
                let _ = write!(out, r#","value":"{amount}""#);
            }
            AnswerValue::Date(date) => _ = write!(out, r#","value":"{date}""#),
            AnswerValue::Choice { .. } | AnswerValue::Text(_) => {}
        }
        let cleaned = free_text.map(|text| Printable::cleaned(text));
        if let Some(text) = &cleaned {
            push(out, r#","free_text":"#);
            push_quoted(out, Some(text));
        }
        push(out, r#","text":""#);
        if let Some(subject) = subject {
            push(out, subject);
            push(out, ": ");
        }
        match value {
            // No part of the text needs cleaning, so the whole does not either.
            AnswerValue::Choice { chosen, text } if text.as_deref() == cleaned.as_deref() => {
                for (index, choice) in chosen.iter().enumerate() {
                    push(out, if index > 0 { "; " } else { "" });
                    push(out, &choices[*choice].text);
                }
                if let Some(text) = text {
                    let (joint, [open, close]) = free_text_delimiters(chosen.len());
                    push(out, joint);
                    push(out, open);
                    push_escaped(out, text);
                    push(out, close);
                }
            }
            value => {
                let shape = &self.writer.pack.questions[question].shape;
                let text = Printable::text(&answer_text(value, shape, self.writer.language, &self.writer.messages));
                push_escaped(out, text.as_str());
            }
        }
        push(out, r#""}"#);
    }

    /// Returns the quoted code and the escaped text of the subject of a question.
    fn subject(&self, key: AnswerKey) -> Option<(&str, &str)> {
        let writer = self.writer;
        let for_each = writer.pack.questions[key.question].for_each.as_ref()?;
        Some(match key.subject? {
            Subject::Option(choice) => {
                let choice = &writer.questions[for_each.question].choices[choice];
                (&choice.code, &choice.text)
            }
            Subject::Overall => ("\"overall\"", &writer.overall),
        })
    }
}

/// Returns, for each question, the range of its keys in `asked`.
fn asked_ranges(pack: &Pack, asked: &[AnswerKey]) -> Vec<Range<usize>> {
    let mut ranges = vec![0..0; pack.questions.len()];
    for (index, key) in asked.iter().enumerate() {
        let range = &mut ranges[key.question];
        *range = (if range.end == 0 { index } else { range.start })..index + 1;
    }
    ranges
}

/// Appends the prepared end of a record, with the subject before its text.
fn push_end(out: &mut Vec<u8>, subject: Option<&str>, end: &str) {
    const TEXT: &str = r#""text":""#;
    match subject.and_then(|subject| Some((subject, end.find(TEXT)? + TEXT.len()))) {
        Some((subject, start)) => {
            push(out, &end[..start]);
            push(out, subject);
            push(out, ": ");
            push(out, &end[start..]);
        }
        None => push(out, end),
    }
}
