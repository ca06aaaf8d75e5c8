//! Answers in the form in which a person edits them.

use crate::answer::AnswerValue;
use crate::messages::Messages;
use crate::printable::Printable;

/// Returns the text of a typed answer, without the unit of a quantity; empty for chosen options.
///
/// It is cleaned for the screen. A client keeps the original answer if the person leaves this text as it is.
pub(crate) fn editable_text(value: &AnswerValue, words: &Messages) -> String {
    match value {
        AnswerValue::Text(text) => Printable::text(text).to_string(),
        AnswerValue::Number(number) | AnswerValue::Quantity { amount: number, .. } => words.number(number),
        AnswerValue::Date(date) => date.to_string(),
        AnswerValue::Choice { .. } => String::new(),
    }
}
