//! What somebody who wrote an answers file can do about an answer that does not fit.

use super::validate::AnswerError;
use crate::pack::{Question, QuestionType};
use jsonc_parser::ast::Value;

/// The way out where an answer of the right kind is refused.
pub(super) fn hint_for_error(refusal: &AnswerError, question: &Question) -> String {
    let codes = || question.shape.choices().iter().map(|choice| choice.code.as_str()).collect::<Vec<_>>().join(", ");
    let unknown = if question.required { "" } else { ", or {\"unknown\":\"skipped\"}" };
    match refusal {
        AnswerError::TooLong { limit, .. } => format!("keep what matters most, in at most {limit} characters"),
        AnswerError::Required if question.shape.choices().is_empty() => {
            "answer it: it cannot be skipped or declined".into()
        }
        AnswerError::Required => format!("answer it, it cannot be skipped or declined; its codes: {}", codes()),
        AnswerError::Exclusive(choice) => {
            let code = question.shape.choices().get(*choice).map_or("it", |choice| choice.code.as_str());
            format!("keep `{code}` alone, or take it out and keep the others")
        }
        AnswerError::OnlyOne => "keep one of them".into(),
        AnswerError::Empty if matches!(question.shape, QuestionType::Text(_)) => format!("write some words{unknown}"),
        AnswerError::Empty => format!("choose at least one code{unknown}"),
        AnswerError::NoText => "take `text` out: the question takes no own words".into(),
        AnswerError::OutOfRange => "write a value that fits, or leave the question out if it was not asked".into(),
        AnswerError::WrongKind => "look the question up with `preconsult pack show --questions`".into(),
    }
}

/// The way out where something of another kind, or an unknown code, is in an answer's place: `otherwise`, unless what is
/// there looks like a question that nobody answered.
pub(super) fn hint_for_wrong_type(question: &Question, value: &Value<'_>, otherwise: &str) -> String {
    let unknown = match value {
        Value::NullKeyword(_) => {
            "a question that was skipped is {\"unknown\":\"skipped\"}, one declined {\"unknown\":\"declined\"}; leave out what was not asked"
        }
        Value::StringLit(text) => match text.value.trim_start_matches('/').to_lowercase().as_str() {
            "skip" | "skipped" => "write {\"unknown\":\"skipped\"} in place of the whole answer",
            "decline" | "declined" => "write {\"unknown\":\"declined\"} in place of the whole answer",
            _ => return otherwise.to_owned(),
        },
        _ => return otherwise.to_owned(),
    };
    if question.required { format!("the question has to be answered: {otherwise}") } else { unknown.to_owned() }
}
