//! What was typed or ticked and left with Esc.

use crate::answer::AnswerKey;
use std::collections::{BTreeMap, BTreeSet};

/// Which prompt of a question a text was typed into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum InputKey {
    /// Its answer.
    Answer(AnswerKey),
    /// The own words beside a choice.
    OwnWords(AnswerKey),
}

/// Texts and ticks that were left with Esc. They are no answers: they only wait in their prompts to be gone on with, for
/// as long as somebody is asked.
#[derive(Debug, Default)]
pub(super) struct PendingInput {
    texts: BTreeMap<InputKey, String>,
    ticks: BTreeMap<AnswerKey, BTreeSet<usize>>,
}

impl PendingInput {
    /// What was left here.
    pub(super) fn get(&self, place: InputKey) -> Option<&str> {
        self.texts.get(&place).map(String::as_str)
    }

    /// Leaves a text here.
    pub(super) fn store(&mut self, place: InputKey, text: String) {
        self.texts.insert(place, text);
    }

    /// Forgets what was left here: it has been sent.
    pub(super) fn clear(&mut self, place: InputKey) {
        self.texts.remove(&place);
    }

    /// The lines that were ticked and left here; they wait no longer.
    pub(super) fn ticks(&mut self, slot: AnswerKey) -> Option<BTreeSet<usize>> {
        self.ticks.remove(&slot)
    }

    /// Leaves ticks here, if there are any.
    pub(super) fn leave_ticks(&mut self, slot: AnswerKey, ticks: BTreeSet<usize>) {
        if !ticks.is_empty() {
            self.ticks.insert(slot, ticks);
        }
    }
}
