//! One line → the answers in it, if all is as it should be.
//!
//! What an answers file may hold is told by [`crate::interview::AnswersFile`]. This reader takes less, and takes nothing
//! that the other refuses: whatever it gives up on goes there. What fits a question, and which questions are asked, is
//! judged by the same functions.

use super::cursor::Cursor;
use super::index::Index;
use super::table::{Memory, Table};
use crate::answer::{Answer, AnswerKey, AnswerValue, Subject, parse_date};
use crate::interview::{FilledInBy, visit_asked};
use crate::pack::{Pack, Question, Shape};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::borrow::Cow;

/// What stands beside the answers.
#[derive(Debug, Default)]
pub(super) struct Beside<'l> {
    pub(super) id: Option<Cow<'l, str>>,
    pub(super) language: Option<Cow<'l, str>>,
    pub(super) date: Option<NaiveDate>,
    pub(super) filled_in_by: Option<FilledInBy>,
}

/// Reads a line into the table, and tells the questions that are asked, in order.
pub(super) fn read<'l>(
    pack: &Pack,
    index: &Index,
    line: &'l str,
    table: &mut Table,
    memory: &mut Memory,
    asked: &mut Vec<AnswerKey>,
) -> Option<Beside<'l>> {
    table.clear();
    let mut cursor = Cursor::new(line.as_bytes());
    let mut reader = Reader { pack, index, table, memory };
    let beside = reader.top(&mut cursor)?;
    cursor.end()?;
    check_asked(pack, index, table, asked)?;
    Some(beside)
}

/// Every answer is to a question that is asked, and no required one is missing.
fn check_asked(pack: &Pack, index: &Index, table: &Table, asked: &mut Vec<AnswerKey>) -> Option<()> {
    asked.clear();
    let (mut answered, mut missing) = (0, false);
    visit_asked(
        pack,
        |question| table.get(AnswerKey::of_question(question)),
        |slot| {
            asked.push(slot);
            if table.get(slot).is_some() {
                answered += 1;
            } else {
                missing |= pack.questions[slot.question].required;
            }
        },
    );
    let unasked =
        index.label.map(AnswerKey::of_question).filter(|label| table.get(*label).is_some() && !asked.contains(label));
    if let Some(label) = unasked {
        answered += 1;
        asked.push(label);
        asked.sort_unstable();
    }
    (!missing && answered == table.count()).then_some(())
}

struct Reader<'r> {
    pack: &'r Pack,
    index: &'r Index,
    table: &'r mut Table,
    memory: &'r mut Memory,
}

impl Reader<'_> {
    fn top<'l>(&mut self, cursor: &mut Cursor<'l>) -> Option<Beside<'l>> {
        const NAMES: [&[u8]; 8] =
            [b"format", b"pack", b"answers", b"id", b"pack_version", b"language", b"date", b"filled_in_by"];
        let mut beside = Beside::default();
        let mut seen = [false; NAMES.len()];
        cursor.object(|cursor, name| {
            let at = NAMES.iter().position(|known| *known == name)?;
            if std::mem::replace(&mut seen[at], true) {
                return None;
            }
            match name {
                b"format" => (cursor.number()? == "1").then_some(())?,
                b"pack" => (*cursor.bytes()? == *self.pack.id.as_bytes()).then_some(())?,
                b"answers" => cursor.object(|cursor, id| self.question(cursor, id))?,
                b"id" => beside.id = cursor.optional()?,
                b"language" => beside.language = cursor.optional()?,
                b"date" => beside.date = cursor.optional()?.map(|date| parse_date(&date).ok_or(())).transpose().ok()?,
                b"filled_in_by" => {
                    let by = |name: Cow<'_, str>| FilledInBy::ALL.into_iter().find(|by| by.name() == name).ok_or(());
                    beside.filled_in_by = cursor.optional()?.map(by).transpose().ok()?;
                }
                _ => _ = cursor.optional()?,
            }
            Some(())
        })?;
        seen[..3].iter().all(|seen| *seen).then_some(beside)
    }

    fn question(&mut self, cursor: &mut Cursor<'_>, id: &[u8]) -> Option<()> {
        let at = self.index.question(id)?;
        let Some(for_each) = &self.pack.questions[at].for_each else {
            return self.keep(cursor, AnswerKey::of_question(at));
        };
        cursor.object(|cursor, code| {
            let about = if code == b"overall" && for_each.overall.is_some() {
                Subject::Overall
            } else {
                let choice = self.index.choice(for_each.question, code)?;
                (for_each.overall != Some(choice)).then_some(Subject::Option(choice))?
            };
            self.keep(cursor, AnswerKey { question: at, about: Some(about) })
        })
    }

    /// Keeps one answer, if it fits.
    fn keep(&mut self, cursor: &mut Cursor<'_>, slot: AnswerKey) -> Option<()> {
        let question = &self.pack.questions[slot.question];
        let answers = Answers { index: self.index, at: slot.question, question };
        let place = self.table.add(slot)?;
        self.memory.take(std::mem::replace(place, Answer::Skipped));
        *place = question.validate(answers.answer(cursor, self.memory)?).ok()?;
        Some(())
    }
}

/// The answers that a question takes.
struct Answers<'a> {
    index: &'a Index,
    at: usize,
    question: &'a Question,
}

impl Answers<'_> {
    fn answer(&self, cursor: &mut Cursor<'_>, memory: &mut Memory) -> Option<Answer> {
        if cursor.peek()? == b'{' {
            return self.object(cursor, memory);
        }
        Some(Answer::Value(match &self.question.shape {
            Shape::One(_) | Shape::Many(_) => AnswerValue::Choice { chosen: self.chosen(cursor, memory)?, text: None },
            Shape::Text(_) => AnswerValue::Text(memory.text(&cursor.string()?)),
            Shape::Number(_) => AnswerValue::Number(number(cursor)?),
            Shape::Date(..) => AnswerValue::Date(parse_date(&cursor.string()?)?),
            Shape::Quantity(..) => return None,
        }))
    }

    /// A state, a choice with words of one's own, or an amount.
    fn object(&self, cursor: &mut Cursor<'_>, memory: &mut Memory) -> Option<Answer> {
        let (mut unknown, mut chosen, mut text, mut value, mut unit) = (None, None, None, None, None);
        let has_options = self.question.shape.options().is_some();
        let is_quantity = matches!(self.question.shape, Shape::Quantity(..));
        cursor.object(|cursor, name| match name {
            b"unknown" => once(&mut unknown, cursor.bytes()?),
            b"chosen" if has_options => once(&mut chosen, self.chosen(cursor, memory)?),
            b"text" if has_options => once(&mut text, cursor.string()?),
            b"value" if is_quantity => once(&mut value, number(cursor)?),
            b"unit" if is_quantity => once(&mut unit, self.code(cursor)?),
            _ => None,
        })?;
        match (unknown.as_deref(), chosen, text, value, unit) {
            (Some(b"skipped"), None, None, None, None) => Some(Answer::Skipped),
            (Some(b"declined"), None, None, None, None) => Some(Answer::Declined),
            (None, Some(chosen), text, ..) => {
                Some(Answer::Value(AnswerValue::Choice { chosen, text: text.map(|text| memory.text(&text)) }))
            }
            (None, None, None, Some(amount), Some(unit)) => Some(Answer::Value(AnswerValue::Quantity { amount, unit })),
            _ => None,
        }
    }

    fn chosen(&self, cursor: &mut Cursor<'_>, memory: &mut Memory) -> Option<Vec<usize>> {
        let mut chosen = memory.list();
        match &self.question.shape {
            Shape::Many(_) => cursor.list(|cursor| {
                let choice = self.code(cursor)?;
                (!chosen.contains(&choice)).then(|| chosen.push(choice))
            })?,
            Shape::One(options) if options.yes_no => chosen.push(usize::from(!cursor.boolean()?)),
            _ => chosen.push(self.code(cursor)?),
        }
        Some(chosen)
    }

    fn code(&self, cursor: &mut Cursor<'_>) -> Option<usize> {
        self.index.choice(self.at, &cursor.bytes()?)
    }
}

fn number(cursor: &mut Cursor<'_>) -> Option<Decimal> {
    Decimal::from_str_exact(cursor.number()?).ok()
}

/// Keeps what a key says; `None` if it stands twice.
fn once<T>(place: &mut Option<T>, value: T) -> Option<()> {
    place.replace(value).is_none().then_some(())
}
