//! Validates a selection before the prompt closes.

use super::select::InvalidSelection;
use crate::ask::QuestionView;
use crate::interview::{AnswerError, refusal_message};
use crate::messages::Messages;
use crate::pack::Question;
use std::collections::BTreeSet;

/// The meaning of an entry in a question's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ListEntry {
    Choice(usize),
    Skip,
    Decline,
}

/// Validates the ticked entries of a multiple-choice question, with prepared messages.
pub(super) struct SelectionValidator {
    empty_message: String,
    exclusive: Vec<(usize, String)>,
    skip_message: String,
    decline_message: String,
}

impl SelectionValidator {
    pub(super) fn new(question: &Question, view: &QuestionView<'_>, words: &Messages) -> Self {
        let message = |error| refusal_message(words, &error, question, view.language);
        let choices = question.shape.choices().iter().enumerate().filter(|(_, choice)| choice.exclusive);
        let alone = |key| words.format("refused-skip-alone", [("ticked", words.get(key).into())]);
        Self {
            empty_message: if question.required {
                words.get("refused-no-tick")
            } else {
                words.format("refused-no-tick-or-skip", [("skip", words.get("choice-skip").into())])
            },
            exclusive: choices.map(|(index, _)| (index, message(AnswerError::Exclusive(index)))).collect(),
            skip_message: alone("choice-skip"),
            decline_message: alone("choice-decline"),
        }
    }

    /// Validates the ticked entries; `ticked` holds their indices.
    ///
    /// # Errors
    /// Returns the message for the person, and the entry that is wrong, if the selection is invalid.
    pub(super) fn validate(&self, entries: &[ListEntry], ticked: &BTreeSet<usize>) -> Result<(), InvalidSelection> {
        if ticked.is_empty() {
            return Err(InvalidSelection { message: self.empty_message.clone(), entry: None });
        }
        if ticked.len() == 1 {
            return Ok(());
        }
        ticked.iter().try_for_each(|entry| {
            let message = match entries[*entry] {
                ListEntry::Skip => Some(&self.skip_message),
                ListEntry::Decline => Some(&self.decline_message),
                ListEntry::Choice(index) => {
                    self.exclusive.iter().find(|(exclusive, _)| *exclusive == index).map(|(_, message)| message)
                }
            };
            match message {
                Some(message) => Err(InvalidSelection { message: message.clone(), entry: Some(*entry) }),
                None => Ok(()),
            }
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
