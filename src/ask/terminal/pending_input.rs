//! Input that was left with Esc and is offered again.

use crate::answer::AnswerKey;
use std::collections::{BTreeMap, BTreeSet};

/// A text prompt of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum InputKey {
    /// The prompt for the answer itself.
    Answer(AnswerKey),
    /// The prompt for the free text of a choice.
    FreeText(AnswerKey),
}

/// Texts and ticks that were left with Esc. They are not answers; they are offered again when the prompt reopens, until
/// the interview ends.
#[derive(Debug, Default)]
pub(super) struct PendingInput {
    texts: BTreeMap<InputKey, String>,
    ticks: BTreeMap<AnswerKey, BTreeSet<usize>>,
}

impl PendingInput {
    /// Returns the text that was left at a prompt.
    pub(super) fn get(&self, key: InputKey) -> Option<&str> {
        self.texts.get(&key).map(String::as_str)
    }

    /// Stores the text of a prompt.
    pub(super) fn store(&mut self, key: InputKey, text: String) {
        self.texts.insert(key, text);
    }

    /// Removes the text of a prompt, after it was submitted.
    pub(super) fn clear(&mut self, key: InputKey) {
        self.texts.remove(&key);
    }

    /// Takes the ticked entries that were left at a question.
    pub(super) fn take_ticks(&mut self, question: AnswerKey) -> Option<BTreeSet<usize>> {
        self.ticks.remove(&question)
    }

    /// Stores the ticked entries of a question, if there are any.
    pub(super) fn store_ticks(&mut self, question: AnswerKey, ticks: BTreeSet<usize>) {
        if !ticks.is_empty() {
            self.ticks.insert(question, ticks);
        }
    }
}
