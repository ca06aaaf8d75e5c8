//! What is refused while the prompt is still there.

use super::ListEntry;
use crate::ask::QuestionView;
use crate::interview::{AnswerError, refusal_message};
use crate::messages::Messages;
use crate::pack::Question;
use std::collections::BTreeSet;

/// Checks a choice of several while the list is still on the screen.
pub(super) struct SelectionValidator {
    empty: String,
    alone: Vec<(usize, String)>,
    skip_alone: String,
}

impl SelectionValidator {
    pub(super) fn new(question: &Question, screen: &QuestionView<'_>, words: &Messages) -> Self {
        let refusal = |refusal| refusal_message(words, &refusal, question, screen.language);
        let choices = question.shape.choices().iter().enumerate().filter(|(_, choice)| choice.exclusive);
        Self {
            empty: if question.required {
                refusal(AnswerError::Empty)
            } else {
                words.format("refused-no-tick", [("skip", words.get("choice-skip").into())])
            },
            alone: choices.map(|(at, _)| (at, refusal(AnswerError::Exclusive(at)))).collect(),
            skip_alone: words.get("refused-skip-alone"),
        }
    }

    /// What is wrong with having ticked these.
    pub(super) fn run(&self, entries: &[ListEntry], ticked: &BTreeSet<usize>) -> Result<(), String> {
        if ticked.is_empty() {
            return Err(self.empty.clone());
        }
        if ticked.len() == 1 {
            return Ok(());
        }
        ticked.iter().try_for_each(|place| match entries[*place] {
            ListEntry::Skip | ListEntry::Decline => Err(self.skip_alone.clone()),
            ListEntry::Choice(at) => match self.alone.iter().find(|(alone, _)| *alone == at) {
                Some((_, message)) => Err(message.clone()),
                None => Ok(()),
            },
        })
    }
}

/// What is wrong with the length of a text.
pub(super) fn check_length(text: &str, limit: usize, words: &Messages) -> Result<(), String> {
    let length = text.trim().chars().count();
    if length <= limit {
        return Ok(());
    }
    Err(words.format("refused-too-long", [("length", length.into()), ("limit", limit.into())]))
}
