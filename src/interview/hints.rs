//! Hints for the author of an answers file about answers that do not fit.

use super::validate::AnswerError;
use crate::pack::{Question, QuestionType};
use jsonc_parser::ast::Value;

/// Returns the hint for an answer of the right type that does not fit its question.
pub(super) fn hint_for_error(refusal: &AnswerError, question: &Question) -> String {
    let codes = || question.shape.choices().iter().map(|choice| choice.code.as_str()).collect::<Vec<_>>().join(", ");
    let unknown = if question.required { "" } else { ", or {\"unknown\":\"skipped\"}" };
    match refusal {
        AnswerError::TooLong { limit, .. } => format!("shorten it to at most {limit} characters"),
        AnswerError::Required if question.shape.choices().is_empty() => {
            "answer it: it cannot be skipped or declined".into()
        }
        AnswerError::Required => {
            format!("choose one of its codes, because it cannot be skipped or declined: {}", codes())
        }
        AnswerError::Exclusive(choice) => {
            let code = question.shape.choices().get(*choice).map_or("it", |choice| choice.code.as_str());
            format!("keep only `{code}`, or remove it and keep the others")
        }
        AnswerError::NotOffered(choice) => {
            let code = question.shape.choices().get(*choice).map_or("it", |choice| choice.code.as_str());
            format!("remove `{code}`, or fix the answers that decide whether it is offered")
        }
        AnswerError::OnlyOne => "keep only one option".into(),
        AnswerError::Empty if matches!(question.shape, QuestionType::Text(_)) => format!("write some text{unknown}"),
        AnswerError::Empty => format!("choose at least one code{unknown}"),
        AnswerError::NoText => "remove `text`: the question does not take free text".into(),
        AnswerError::OutOfRange => {
            "write a value within the limits, or leave the question out if it was not asked".into()
        }
        AnswerError::WrongKind => "look the question up with `preconsult pack show --questions`".into(),
    }
}

/// Returns the hint for a value of the wrong type or with an unknown code.
///
/// If the value looks like a skipped or declined question, the hint says how to write that. Else it is `default`.
pub(super) fn hint_for_wrong_type(question: &Question, value: &Value<'_>, default: &str) -> String {
    let unknown = match value {
        Value::NullKeyword(_) => {
            "write {\"unknown\":\"skipped\"} or {\"unknown\":\"declined\"}, or leave the question out if it was not asked"
        }
        Value::StringLit(text) => match text.value.trim_start_matches('/').to_lowercase().as_str() {
            "skip" | "skipped" => "write {\"unknown\":\"skipped\"} instead of the whole answer",
            "decline" | "declined" => "write {\"unknown\":\"declined\"} instead of the whole answer",
            _ => return default.to_owned(),
        },
        _ => return default.to_owned(),
    };
    if question.required { format!("the question is required: {default}") } else { unknown.to_owned() }
}
