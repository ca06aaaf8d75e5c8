//! Questions with a typed answer: a text, a number, a date or a quantity.

use super::pending_input::InputKey;
use super::{PromptOutcome, Terminal, TextPrompt};
use crate::answer::{Answer, AnswerValue};
use crate::ask::editing::editable_text;
use crate::ask::lines::{self, TypedLine};
use crate::ask::{BackTarget, PromptError, QuestionAction, QuestionView};
use crate::messages::Messages;
use crate::pack::QuestionType;

impl Terminal<'_> {
    /// Asks for a text, number, date or quantity. It is typed as at the line prompter, with the same commands. An empty
    /// line skips the question, if it can be skipped.
    pub(super) fn ask_typed(&mut self, view: &QuestionView<'_>) -> Result<QuestionAction, PromptError> {
        let words = self.words;
        // An unreadable answer is asked for again.
        let current_text = view.current.filter(|answer| !answer.is_unreadable()).map(|answer| {
            let text = answer.value().map(|value| format_for_editing(value, &view.question.shape, words));
            (answer, text.unwrap_or_default())
        });
        let parse = |line: &str| match &current_text {
            // An unchanged text keeps the original answer.
            Some((answer, text)) if text == line => Ok(TypedLine::Reply(QuestionAction::Answer((*answer).clone()))),
            _ if line.trim().is_empty() && !view.question.required => {
                Ok(TypedLine::Reply(QuestionAction::Answer(Answer::Skipped)))
            }
            _ => lines::parse_reply(line.trim(), view, words),
        };
        let initial = current_text.as_ref().map(|(_, text)| text.as_str()).unwrap_or_default();
        let help = if view.question.required { "keys-typed-required" } else { "keys-typed" };
        // A question without an answer says so, however that was typed.
        let check = |line: &str| {
            Ok(match parse(line)? {
                TypedLine::Reply(QuestionAction::Answer(Answer::Skipped)) => Some(words.get("state-skipped")),
                TypedLine::Reply(QuestionAction::Answer(Answer::Declined)) => Some(words.get("state-declined")),
                _ => None,
            })
        };
        let text_prompt = TextPrompt { question: view.text.as_str(), help, check: &check };
        loop {
            let PromptOutcome::Submitted(line) = self.prompt_text(InputKey::Answer(view.key), &text_prompt, initial)?
            else {
                if view.back == BackTarget::Review {
                    self.pending_input.clear(InputKey::Answer(view.key));
                }
                return Ok(QuestionAction::Back);
            };
            match parse(&line) {
                Ok(TypedLine::Reply(reply)) => return Ok(reply),
                Ok(TypedLine::Help) => self.print_text(&words.get("help"))?,
                // The prompt shows the question again. The validator has refused every invalid line.
                Ok(TypedLine::Repeat) | Err(_) => {}
            }
        }
    }
}

/// Formats an answer as it would be typed.
fn format_for_editing(value: &AnswerValue, shape: &QuestionType, words: &Messages) -> String {
    let text = editable_text(value, words);
    match (value, shape) {
        (AnswerValue::Text(_), _) if text.starts_with('/') => format!("/{text}"),
        (AnswerValue::Quantity { unit, .. }, QuestionType::Quantity(_, units)) => {
            format!("{text} {}", units[*unit].code)
        }
        _ => text,
    }
}
