//! The answers of one record, and the moulds → a summary as JSON.

use super::cursor;
use super::index::Index;
use super::mould::Gap;
use super::page::{Forms, Page, Words};
use super::read::Beside;
use super::table::Table;
use crate::answer::{Answer, AnswerKey, AnswerValue, Subject};
use crate::interview::{FilledInBy, answer_text, free_text_delimiters};
use crate::pack::{Pack, Question};
use crate::printable::Printable;
use crate::summary::said::{Found, NotCovered, Reason, Said};
use chrono::NaiveDate;
use std::io::Write as _;
use std::ops::Range;

/// What is worked out for a record; its memory is used again for the next.
#[derive(Debug, Default)]
pub(super) struct Draft {
    said: Said,
    rules: Vec<usize>,
    /// By question: its slots among those asked.
    slots: Vec<Range<usize>>,
    /// Where each part with records for the professional stands in what is written: they stand there twice.
    recorded: Vec<Range<usize>>,
    /// The date of the record before, as JSON: many have the same one.
    dated: (Option<NaiveDate>, String),
}

/// A record that has been read.
pub(super) struct Sheet<'s> {
    pub(super) pack: &'s Pack,
    pub(super) index: &'s Index,
    pub(super) page: &'s Page,
    pub(super) table: &'s Table,
    pub(super) asked: &'s [AnswerKey],
}

impl Draft {
    /// Works out what the answers bring.
    pub(super) fn apply_rules(&mut self, pack: &Pack, index: &Index, table: &Table) {
        let answer_to = |question| table.get(AnswerKey::of_question(question));
        let chosen = |question| answer_to(question).and_then(Answer::value).map_or(&[][..], AnswerValue::chosen);
        index.rules(chosen, &mut self.rules);
        self.said.fill(pack, self.rules.iter().copied(), &answer_to);
    }
}

impl Sheet<'_> {
    /// Writes the summary.
    pub(super) fn write(&self, beside: &Beside<'_>, date: NaiveDate, draft: &mut Draft, out: &mut Vec<u8>) {
        draft.apply_rules(self.pack, self.index, self.table);
        let Draft { said, slots, recorded, dated, .. } = draft;
        self.find_slots(slots);
        recorded.clear();
        let Page { whole, parts, .. } = self.page;
        if dated.0 != Some(date) {
            *dated = (Some(date), format!("\"{date}\""));
        }
        whole.fill(out, |gap, out| match gap {
            Gap::Date => out.extend_from_slice(dated.1.as_bytes()),
            Gap::Label => self.label(out),
            Gap::FilledInBy => push_quoted(out, beside.filled_in_by.map(FilledInBy::name)),
            Gap::Benefits => list(out, said.benefits(), |out, (benefit, found)| self.benefit(out, benefit, found)),
            Gap::Overview => list(out, said.overview(), |out, (benefit, found)| self.benefit(out, benefit, found)),
            Gap::NotCovered => list(out, said.not_covered(), |out, line| self.not_covered(out, line)),
            Gap::Variability(line) => {
                let questions = &self.pack.statements.variability[line].questions;
                list(out, questions, |out, question| {
                    let page = &self.page.questions[*question];
                    self.records(out, *question, page.beside.as_ref().unwrap_or(&page.titled), true, &slots[*question]);
                });
            }
            Gap::Recorded => list(out, parts.iter().filter(|part| part.0), |out, (_, questions)| {
                let start = out.len();
                self.titled(out, slots, questions.clone());
                recorded.push(start..out.len());
            }),
            Gap::Questions => match &self.page.to_ask {
                Some((question, forms)) => self.records(out, *question, forms, false, &slots[*question]),
                None => out.extend_from_slice(b"null"),
            },
            Gap::Answers => {
                let mut written = recorded.iter().cloned();
                list(out, parts, |out, (is_recorded, questions)| match is_recorded.then(|| written.next()).flatten() {
                    Some(place) => out.extend_from_within(place),
                    None => self.titled(out, slots, questions.clone()),
                });
            }
            _ => {}
        });
    }

    /// The slots of each question; of one that nobody asked none, at the place of the next.
    fn find_slots(&self, slots: &mut Vec<Range<usize>>) {
        slots.clear();
        for (at, AnswerKey { question, .. }) in self.asked.iter().enumerate() {
            if slots.len() <= *question {
                slots.resize(question + 1, at..at);
            }
            slots[*question].end = at + 1;
        }
        slots.resize(self.pack.questions.len(), self.asked.len()..self.asked.len());
    }

    /// The records of these questions, with commas between.
    fn titled(&self, out: &mut Vec<u8>, slots: &[Range<usize>], questions: Range<usize>) {
        let Page { questions: pages, not_asked, .. } = self.page;
        let mut question = questions.start;
        while question < questions.end {
            if question > questions.start {
                out.push(b',');
            }
            let next = self.asked.get(slots[question].start).map_or(questions.end, |slot| slot.question);
            if question < next {
                let run = &not_asked.places[question..next.min(questions.end)];
                out.extend_from_slice(&not_asked.text.as_bytes()[run[0].start..run[run.len() - 1].end]);
                question += run.len();
            } else {
                self.records(out, question, &pages[question].titled, false, &slots[question]);
                question += 1;
            }
        }
    }

    /// What came of a question: one record, or one for each thing that it was asked about.
    fn records(&self, out: &mut Vec<u8>, question: usize, forms: &Forms, names_about: bool, asked: &Range<usize>) {
        if asked.is_empty() {
            out.extend_from_slice(forms.not_asked.as_bytes());
        }
        for (number, slot) in self.asked[asked.clone()].iter().enumerate() {
            if number > 0 {
                out.push(b',');
            }
            self.record(out, &self.pack.questions[question], forms, names_about, *slot);
        }
    }

    fn record(&self, out: &mut Vec<u8>, question: &Question, forms: &Forms, names_about: bool, slot: AnswerKey) {
        let through = question.for_each.as_ref();
        let row = slot.about.and_then(|about| through?.choice(about)).unwrap_or_default();
        let ready = &forms.ready[row];
        let record = match self.table.get(slot) {
            None => &ready.open,
            Some(Answer::Skipped) => &ready.skipped,
            Some(Answer::Declined) => &ready.declined,
            Some(Answer::Value(given)) => match given {
                AnswerValue::Choice { chosen, text: None } if chosen.len() == 1 => &ready.one[chosen[0]],
                _ => return self.given(out, question, forms, names_about, slot, given),
            },
        };
        out.extend_from_slice(record.as_bytes());
    }

    fn given(
        &self,
        out: &mut Vec<u8>,
        question: &Question,
        forms: &Forms,
        names_about: bool,
        slot: AnswerKey,
        given: &AnswerValue,
    ) {
        let about = self.about(question, slot);
        let named = about.filter(|_| names_about);
        let choices = &self.page.questions[slot.question].choices;
        let (chosen, own) = match given {
            AnswerValue::Choice { chosen, text } => (&chosen[..], text.as_ref()),
            AnswerValue::Quantity { unit, .. } => (std::slice::from_ref(unit), None),
            AnswerValue::Text(text) => (&[][..], Some(text)),
            AnswerValue::Number(_) | AnswerValue::Date(_) => (&[][..], None),
        };
        let own = own.map(|own| Printable::cleaned(own));
        let mould = if own.is_some() { &forms.with_words } else { &forms.answered };
        mould.fill(out, |gap, out| match gap {
            Gap::For => push_code(out, about),
            Gap::Codes => list(out, chosen, |out, choice| out.extend_from_slice(choices[*choice].code.as_bytes())),
            Gap::Value => match given {
                AnswerValue::Number(amount) | AnswerValue::Quantity { amount, .. } => _ = write!(out, "\"{amount}\""),
                AnswerValue::Date(date) => _ = write!(out, "\"{date}\""),
                AnswerValue::Choice { .. } | AnswerValue::Text(_) => {}
            },
            Gap::FreeText => push_quoted(out, own.as_deref()),
            Gap::Text => text(out, named, |out| match (given, &own) {
                (AnswerValue::Text(_), Some(own)) => push_escaped(out, own),
                // Where nothing has to be taken out of the person's own words, nothing has to be where they stand either.
                (AnswerValue::Choice { chosen, text }, _) if text.as_deref() == own.as_deref() => {
                    for (number, choice) in chosen.iter().enumerate() {
                        out.extend_from_slice(if number > 0 { b"; " } else { b"" });
                        out.extend_from_slice(choices[*choice].text.as_bytes());
                    }
                    if let Some(own) = text {
                        let (joint, [open, close]) = free_text_delimiters(chosen.len());
                        out.extend_from_slice(joint.as_bytes());
                        out.extend_from_slice(open.as_bytes());
                        push_escaped(out, own);
                        out.extend_from_slice(close.as_bytes());
                    }
                }
                _ => {
                    let words = Printable::text(&answer_text(given, &question.shape, self.page.language));
                    push_escaped(out, words.as_str());
                }
            }),
            _ => {}
        });
    }

    fn about(&self, question: &Question, slot: AnswerKey) -> Option<&Words> {
        match (slot.about?, question.for_each.as_ref()?.question) {
            (Subject::Option(choice), through) => self.page.questions[through].choices.get(choice),
            (Subject::Overall, _) => self.page.overall.as_ref(),
        }
    }

    fn label(&self, out: &mut Vec<u8>) {
        let answer = self.index.label.and_then(|label| self.table.get(AnswerKey::of_question(label)));
        let text = match answer.and_then(Answer::value) {
            Some(AnswerValue::Text(text) | AnswerValue::Choice { text: Some(text), .. }) => Some(Printable::line(text)),
            _ => None,
        };
        push_quoted(out, text.as_ref().map(Printable::as_str));
    }

    fn benefit(&self, out: &mut Vec<u8>, benefit: usize, found: &Found) {
        self.page.benefits[benefit].fill(out, |gap, out| match gap {
            Gap::Limits => {
                list(out, &found.limits, |out, limit| out.extend_from_slice(self.page.limits[*limit].as_bytes()));
            }
            _ => list(out, &found.because, |out, reason| self.because(out, reason, usize::from(reason.editorial))),
        });
    }

    fn not_covered(&self, out: &mut Vec<u8>, NotCovered { statement, because }: &NotCovered) {
        self.page.not_covered[*statement].fill(out, |gap, out| match gap {
            Gap::Codes => {
                let Reason { question, choice, .. } = because[0];
                out.extend_from_slice(self.page.questions[question].choices[choice].code.as_bytes());
            }
            _ => list(out, because, |out, reason| self.because(out, reason, 2)),
        });
    }

    fn because(&self, out: &mut Vec<u8>, reason: &Reason, kind: usize) {
        out.extend_from_slice(self.page.questions[reason.question].because[reason.choice][kind].as_bytes());
    }
}

fn list<T>(out: &mut Vec<u8>, items: impl IntoIterator<Item = T>, mut item: impl FnMut(&mut Vec<u8>, T)) {
    out.push(b'[');
    for (number, each) in items.into_iter().enumerate() {
        if number > 0 {
            out.push(b',');
        }
        item(out, each);
    }
    out.push(b']');
}

/// A text in quotes, after what it is about if that has to be named.
fn text(out: &mut Vec<u8>, about: Option<&Words>, text: impl FnOnce(&mut Vec<u8>)) {
    out.push(b'"');
    if let Some(about) = about {
        out.extend_from_slice(about.text.as_bytes());
        out.extend_from_slice(b": ");
    }
    text(out);
    out.push(b'"');
}

fn push_code(out: &mut Vec<u8>, words: Option<&Words>) {
    out.extend_from_slice(words.map_or("null", |words| &words.code).as_bytes());
}

/// A text as JSON, or `null`.
pub(super) fn push_quoted(out: &mut Vec<u8>, text: Option<&str>) {
    let Some(text) = text else { return out.extend_from_slice(b"null") };
    out.push(b'"');
    push_escaped(out, text);
    out.push(b'"');
}

/// A text as JSON, without its quotes.
fn push_escaped(out: &mut Vec<u8>, text: &str) {
    if cursor::stop(text.as_bytes()).is_none() {
        return out.extend_from_slice(text.as_bytes());
    }
    let start = out.len();
    // Writing to memory does not fail.
    let _ = serde_json::to_writer(&mut *out, text);
    out.pop();
    out.remove(start);
}
