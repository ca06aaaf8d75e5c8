//! A journal fitted to a pack: the version that was asked, or a later one.

use super::record::{JournalEntry, QuestionRef};
use crate::answer::Answers;
use crate::interview::{Interview, Step, read_answer};
use crate::pack::Pack;
use serde_json::Value;
use std::collections::BTreeMap;

/// What a journal gives with this pack.
#[derive(Debug, Clone, Default)]
pub struct Replayed {
    /// The answers that fit, also those that a branch hides.
    pub answers: Answers,
    /// The question or review that was open; nothing is the first question without an answer.
    pub open: Option<Step>,
    /// The answers that do not fit, and why; also those left over from versions before.
    pub left: Vec<DroppedAnswer>,
}

/// An answer that does not fit this pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DroppedAnswer {
    /// To which question.
    pub place: QuestionRef,
    /// The answer, as answers files write it.
    pub answer: Value,
    /// Why it does not fit.
    pub why: String,
}

impl Replayed {
    /// The interview, at the question that was open.
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

/// Fits what was kept to a pack. The last answer to a question counts; if that one does not fit, none does.
#[must_use]
pub fn replay(pack: &Pack, entries: &[JournalEntry]) -> Replayed {
    let mut last: BTreeMap<&QuestionRef, &Value> = BTreeMap::new();
    let mut replayed = Replayed::default();
    let mut open = None;
    for entry in entries {
        match entry {
            JournalEntry::Answer(place, answer) => {
                last.insert(place, answer);
                open = None;
            }
            JournalEntry::Open(place) => open = Some(place.as_ref()),
            JournalEntry::Left(place, answer, why) => {
                replayed.left.push(DroppedAnswer { place: place.clone(), answer: answer.clone(), why: why.clone() });
            }
        }
    }
    for (place, answer) in last {
        match read_answer(pack, &place.question, place.about.as_deref(), answer) {
            Ok((slot, answer)) => {
                replayed.answers.insert(slot, answer);
            }
            Err(why) => replayed.left.push(DroppedAnswer { place: place.clone(), answer: answer.clone(), why }),
        }
    }
    replayed.open = open.and_then(|place| match place {
        None => Some(Step::Review),
        Some(place) => Interview::new(pack, replayed.answers.clone())
            .asked()
            .into_iter()
            .find(|slot| QuestionRef::of(pack, *slot) == *place)
            .map(Step::Ask),
    });
    replayed
}
