//! The answers of one record, in a table whose memory the next record uses again.

use crate::answer::{Answer, AnswerKey, AnswerValue, Subject};

/// Answers by question, and for a for-each question by what it is about.
#[derive(Debug, Default)]
pub(super) struct Table(Vec<Row>);

/// What the answers of earlier records were kept in.
#[derive(Debug, Default)]
pub(super) struct Memory {
    lists: Vec<Vec<usize>>,
    texts: Vec<String>,
}

#[derive(Debug, Default)]
struct Row {
    /// How many of the answers are this record's; the others are memory.
    used: usize,
    answers: Vec<(Option<Subject>, Answer)>,
}

impl Table {
    pub(super) fn new(questions: usize) -> Self {
        Self(std::iter::repeat_with(Row::default).take(questions).collect())
    }

    pub(super) fn clear(&mut self) {
        for row in &mut self.0 {
            row.used = 0;
        }
    }

    pub(super) fn count(&self) -> usize {
        self.0.iter().map(|row| row.used).sum()
    }

    pub(super) fn get(&self, slot: AnswerKey) -> Option<&Answer> {
        let row = &self.0[slot.question];
        row.answers[..row.used].iter().find(|(about, _)| *about == slot.about).map(|(_, answer)| answer)
    }

    /// Makes room for an answer; `None` if there is one already.
    pub(super) fn add(&mut self, slot: AnswerKey) -> Option<&mut Answer> {
        if self.get(slot).is_some() {
            return None;
        }
        let row = &mut self.0[slot.question];
        if row.used == row.answers.len() {
            row.answers.push((slot.about, Answer::Skipped));
        }
        let place = &mut row.answers[row.used];
        row.used += 1;
        place.0 = slot.about;
        Some(&mut place.1)
    }
}

impl Memory {
    /// Takes what an answer was kept in, which is not needed any more.
    pub(super) fn take(&mut self, answer: Answer) {
        let text = match answer {
            Answer::Value(AnswerValue::Choice { chosen, text }) => {
                self.lists.push(chosen);
                text
            }
            Answer::Value(AnswerValue::Text(text)) => Some(text),
            _ => None,
        };
        self.texts.extend(text);
    }

    /// Room for options.
    pub(super) fn list(&mut self) -> Vec<usize> {
        let mut list = self.lists.pop().unwrap_or_default();
        list.clear();
        list
    }

    /// A text to keep.
    pub(super) fn text(&mut self, text: &str) -> String {
        let mut kept = self.texts.pop().unwrap_or_default();
        kept.clear();
        kept.push_str(text);
        kept
    }
}
