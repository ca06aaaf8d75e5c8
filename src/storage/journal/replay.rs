//! Fits a journal to a pack: the version it was written with, or a later one.

use super::record::{JournalEntry, QuestionRef};
use crate::answer::Answers;
use crate::interview::{Interview, Step, read_answer};
use crate::pack::Pack;
use serde_json::Value;
use std::collections::BTreeMap;

/// The content of a journal, fitted to a pack.
#[derive(Debug, Clone, Default)]
pub struct Replayed {
    /// The answers that fit, including those hidden by a branch.
    pub answers: Answers,
    /// The question or review that was shown; `None` is the first question without an answer.
    pub open: Option<Step>,
    /// The answers that do not fit, including those dropped in earlier versions.
    pub dropped: Vec<DroppedAnswer>,
}

/// An answer that does not fit this pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DroppedAnswer {
    /// The question.
    pub question: QuestionRef,
    /// The answer, in the format of answers files.
    pub answer: Value,
    /// The reason why it does not fit.
    pub reason: String,
}

impl Replayed {
    /// Returns the interview at the question that was shown.
    #[must_use]
    pub fn interview<'p>(&self, pack: &'p Pack) -> Interview<'p> {
        let mut interview = Interview::new(pack, self.answers.clone());
        match self.open {
            Some(Step::Ask(slot)) => interview.jump(slot),
            Some(Step::Review) => interview.review(),
            None => {}
        }
        interview
    }
}

/// Fits the entries of a journal to a pack. The last answer to a question counts; if it does not fit, an earlier one is
/// not used.
#[must_use]
pub fn replay(pack: &Pack, entries: &[JournalEntry]) -> Replayed {
    let mut last: BTreeMap<&QuestionRef, &Value> = BTreeMap::new();
    let mut replayed = Replayed::default();
    let mut open = None;
    for entry in entries {
        match entry {
            JournalEntry::Answer(question, answer) => {
                last.insert(question, answer);
                open = None;
            }
            JournalEntry::Open(question) => open = Some(question.as_ref()),
            JournalEntry::Dropped(question, answer, reason) => replayed.dropped.push(DroppedAnswer {
                question: question.clone(),
                answer: answer.clone(),
                reason: reason.clone(),
            }),
        }
    }
    for (question, answer) in last {
        match read_answer(pack, &question.question, question.about.as_deref(), answer) {
            Ok((slot, answer)) => {
                replayed.answers.insert(slot, answer);
            }
            Err(reason) => {
                replayed.dropped.push(DroppedAnswer { question: question.clone(), answer: answer.clone(), reason });
            }
        }
    }
    replayed.open = open.and_then(|question| match question {
        None => Some(Step::Review),
        Some(question) => Interview::new(pack, replayed.answers.clone())
            .asked()
            .into_iter()
            .find(|slot| QuestionRef::new(pack, *slot) == *question)
            .map(Step::Ask),
    });
    replayed
}
