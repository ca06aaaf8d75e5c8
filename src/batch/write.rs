//! The answers of one record, and the moulds → a summary as JSON.

use super::index::Index;
use super::mould::Gap;
use super::page::{Forms, Page, Words};
use super::read::Beside;
use super::table::Table;
use crate::interview::{About, Answer, FilledInBy, Given, Slot};
use crate::pack::{Pack, Question, Role};
use crate::printable::Printable;
use crate::summary::given_in_words;
use crate::summary::said::{Found, NotCovered, Reason, Said};
use chrono::NaiveDate;
use std::io::Write as _;
use std::ops::Range;

/// What is worked out for a record; its memory is used again for the next.
#[derive(Debug, Default)]
pub(super) struct Draft {
    said: Said,
    rules: Vec<usize>,
    /// The records of all questions, with commas between.
    titled: Vec<u8>,
    /// Where those of each question stand there, and its slots among those asked.
    places: Vec<(Range<usize>, Range<usize>)>,
}

/// A record that has been read.
pub(super) struct Sheet<'s> {
    pub(super) pack: &'s Pack,
    pub(super) index: &'s Index,
    pub(super) page: &'s Page,
    pub(super) table: &'s Table,
    pub(super) asked: &'s [Slot],
}

impl Draft {
    /// Works out what the answers bring.
    pub(super) fn apply_rules(&mut self, pack: &Pack, index: &Index, table: &Table) {
        let answer_to = |question| table.get(Slot::plain(question));
        let chosen = |question| answer_to(question).and_then(Answer::given).map_or(&[][..], Given::chosen);
        index.rules(chosen, &mut self.rules);
        self.said.fill(pack, self.rules.iter().copied(), &answer_to);
    }
}

impl Sheet<'_> {
    /// Writes the summary.
    pub(super) fn write(&self, beside: &Beside<'_>, date: NaiveDate, draft: &mut Draft, out: &mut Vec<u8>) {
        draft.apply_rules(self.pack, self.index, self.table);
        self.write_titled(draft);
        let Draft { said, titled, places, .. } = draft;
        self.page.whole.fill(out, |gap, out| match gap {
            Gap::Date => _ = write!(out, "\"{date}\""),
            Gap::Label => self.label(out),
            Gap::FilledInBy => push_quoted(out, beside.filled_in_by.map(FilledInBy::name)),
            Gap::Benefits => list(out, said.benefits(), |out, (benefit, found)| self.benefit(out, benefit, found)),
            Gap::Overview => list(out, said.overview(), |out, (benefit, found)| self.benefit(out, benefit, found)),
            Gap::NotCovered => list(out, said.not_covered(), |out, line| self.not_covered(out, line)),
            Gap::Variability(line) => {
                let questions = &self.pack.statements.variability[line].questions;
                list(out, questions, |out, question| {
                    let page = &self.page.questions[*question];
                    self.records(
                        out,
                        *question,
                        page.beside.as_ref().unwrap_or(&page.titled),
                        true,
                        &places[*question].1,
                    );
                });
            }
            Gap::Recorded => list(out, self.of_role(Role::Recorded), |out, question| {
                out.extend_from_slice(&titled[places[question].0.clone()]);
            }),
            Gap::Questions => match &self.page.to_ask {
                Some((question, forms)) => self.records(out, *question, forms, false, &places[*question].1),
                None => out.extend_from_slice(b"null"),
            },
            Gap::Answers => {
                out.push(b'[');
                out.extend_from_slice(titled);
                out.push(b']');
            }
            _ => {}
        });
    }

    fn of_role(&self, role: Role) -> impl Iterator<Item = usize> {
        let questions = self.pack.questions.iter().enumerate();
        questions.filter(move |(_, question)| question.role == role).map(|(at, _)| at)
    }

    /// Every question's records, which are printed once or twice.
    fn write_titled(&self, draft: &mut Draft) {
        let Draft { titled, places, .. } = draft;
        titled.clear();
        places.clear();
        let mut next = 0;
        for (question, page) in self.page.questions.iter().enumerate() {
            let first = next;
            next += self.asked[first..].iter().take_while(|slot| slot.question == question).count();
            if question > 0 {
                titled.push(b',');
            }
            let start = titled.len();
            self.records(titled, question, &page.titled, false, &(first..next));
            places.push((start..titled.len(), first..next));
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

    fn record(&self, out: &mut Vec<u8>, question: &Question, forms: &Forms, names_about: bool, slot: Slot) {
        let answer = self.table.get(slot);
        let about = self.about(question, slot);
        let named = about.filter(|_| names_about);
        let (mould, state) = match answer {
            None => (&forms.open, &forms.states[0]),
            Some(Answer::Skipped) => (&forms.skipped, &forms.states[1]),
            Some(Answer::Declined) => (&forms.declined, &forms.states[2]),
            Some(Answer::Given(given)) => return self.given(out, question, forms, (slot, about, named), given),
        };
        mould.fill(out, |gap, out| match gap {
            Gap::For => push_code(out, about),
            Gap::Text => text(out, named, |out| out.extend_from_slice(state.as_bytes())),
            _ => {}
        });
    }

    fn given(
        &self,
        out: &mut Vec<u8>,
        question: &Question,
        forms: &Forms,
        (slot, about, named): (Slot, Option<&Words>, Option<&Words>),
        given: &Given,
    ) {
        let choices = &self.page.questions[slot.question].choices;
        let (chosen, own) = match given {
            Given::Choice { chosen, text } => (&chosen[..], text.as_ref()),
            Given::Quantity { unit, .. } => (std::slice::from_ref(unit), None),
            Given::Text(text) => (&[][..], Some(text)),
            Given::Number(_) | Given::Date(_) => (&[][..], None),
        };
        if let (None, &[choice], false) = (own, chosen, forms.ready.is_empty()) {
            return forms.ready[choice].fill(out, |gap, out| match gap {
                Gap::For => push_code(out, about),
                Gap::Text => text(out, named, |out| out.extend_from_slice(choices[choice].text.as_bytes())),
                _ => {}
            });
        }
        let own = own.map(|own| Printable::text(own));
        let mould = if own.is_some() { &forms.with_words } else { &forms.answered };
        mould.fill(out, |gap, out| match gap {
            Gap::For => push_code(out, about),
            Gap::Codes => list(out, chosen, |out, choice| out.extend_from_slice(choices[*choice].code.as_bytes())),
            Gap::Value => match given {
                Given::Number(amount) | Given::Quantity { amount, .. } => _ = write!(out, "\"{amount}\""),
                Given::Date(date) => _ = write!(out, "\"{date}\""),
                Given::Choice { .. } | Given::Text(_) => {}
            },
            Gap::FreeText => push_quoted(out, own.as_ref().map(Printable::as_str)),
            Gap::Text => text(out, named, |out| match (given, &own) {
                (Given::Text(_), Some(own)) => push_escaped(out, own.as_str()),
                (Given::Choice { chosen, .. }, None) => {
                    for (number, choice) in chosen.iter().enumerate() {
                        out.extend_from_slice(if number > 0 { b"; " } else { b"" });
                        out.extend_from_slice(choices[*choice].text.as_bytes());
                    }
                }
                _ => {
                    let words = Printable::text(&given_in_words(given, &question.shape, self.page.language));
                    push_escaped(out, words.as_str());
                }
            }),
            _ => {}
        });
    }

    fn about(&self, question: &Question, slot: Slot) -> Option<&Words> {
        match (slot.about?, question.for_each.as_ref()?.question) {
            (About::Option(choice), through) => self.page.questions[through].choices.get(choice),
            (About::Overall, _) => self.page.overall.as_ref(),
        }
    }

    fn label(&self, out: &mut Vec<u8>) {
        let answer = self.index.label.and_then(|label| self.table.get(Slot::plain(label)));
        let text = match answer.and_then(Answer::given) {
            Some(Given::Text(text) | Given::Choice { text: Some(text), .. }) => Some(Printable::text(text)),
            _ => None,
        };
        push_quoted(out, text.map(|text| Printable::line(text.as_str())).as_ref().map(Printable::as_str));
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
    // Writing to memory does not fail.
    let _ = serde_json::to_writer(out, &text);
}

/// A text as JSON, without its quotes.
fn push_escaped(out: &mut Vec<u8>, text: &str) {
    let start = out.len();
    push_quoted(out, Some(text));
    out.pop();
    out.remove(start);
}
