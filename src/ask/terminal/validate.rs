//! Validates a selection before the prompt closes.

use super::ListEntry;
use crate::ask::QuestionView;
use crate::interview::{AnswerError, refusal_message};
use crate::messages::Messages;
use crate::pack::Question;
use std::collections::BTreeSet;

/// Validates the ticked entries of a multiple-choice question, with prepared messages.
pub(super) struct SelectionValidator {
    empty_message: String,
    exclusive: Vec<(usize, String)>,
    skip_message: String,
}

impl SelectionValidator {
    pub(super) fn new(question: &Question, view: &QuestionView<'_>, words: &Messages) -> Self {
        let message = |error| refusal_message(words, &error, question, view.language);
        let choices = question.shape.choices().iter().enumerate().filter(|(_, choice)| choice.exclusive);
        Self {
            empty_message: if question.required {
                message(AnswerError::Empty)
            } else {
                words.format("refused-no-tick", [("skip", words.get("choice-skip").into())])
            },
            exclusive: choices.map(|(index, _)| (index, message(AnswerError::Exclusive(index)))).collect(),
            skip_message: words.get("refused-skip-alone"),
        }
    }

    /// Validates the ticked entries; `ticked` holds their indices.
    ///
    /// # Errors
    /// Returns the message for the person if the selection is invalid.
    pub(super) fn validate(&self, entries: &[ListEntry], ticked: &BTreeSet<usize>) -> Result<(), String> {
        if ticked.is_empty() {
            return Err(self.empty_message.clone());
        }
        if ticked.len() == 1 {
            return Ok(());
        }
        ticked.iter().try_for_each(|entry| match entries[*entry] {
            ListEntry::Skip | ListEntry::Decline => Err(self.skip_message.clone()),
            ListEntry::Choice(index) => match self.exclusive.iter().find(|(exclusive, _)| *exclusive == index) {
                Some((_, message)) => Err(message.clone()),
                None => Ok(()),
            },
        })
    }
}

/// Checks the length of a text, in characters.
///
/// # Errors
/// Returns the message for the person if the text is longer than `limit`.
pub(super) fn check_length(text: &str, limit: usize, words: &Messages) -> Result<(), String> {
    let length = text.trim().chars().count();
    if length <= limit {
        return Ok(());
    }
    Err(words.format("refused-too-long", [("length", length.into()), ("limit", limit.into())]))
}
