//! Messages about answers that do not fit their question.

use super::validate::AnswerError;
use crate::messages::Messages;
use crate::pack::{Language, Question, QuestionType, Range};

/// Returns the message for an answer that does not fit, with a suggestion.
#[must_use]
pub fn refusal_message(words: &Messages, refusal: &AnswerError, question: &Question, language: Language) -> String {
    match refusal {
        AnswerError::Empty => words.get(match question.shape {
            QuestionType::SingleChoice(_) => "refused-empty-one",
            QuestionType::MultipleChoice(_) => "refused-empty-choice",
            _ => "refused-empty",
        }),
        AnswerError::Required => words.get("refused-required"),
        AnswerError::OnlyOne => words.get("refused-only-one"),
        AnswerError::Exclusive(choice) => {
            let option = question.shape.choices()[*choice].text.in_language(language).as_str();
            words.format("refused-exclusive", [("option", option.into())])
        }
        AnswerError::NotOffered(choice) => {
            let option = question.shape.choices()[*choice].text.in_language(language).as_str();
            words.format("refused-not-offered", [("option", option.into())])
        }
        AnswerError::TooLong { length, limit } => {
            words.format("refused-too-long", [("length", (*length).into()), ("limit", (*limit).into())])
        }
        AnswerError::NoText => words.get("refused-no-text"),
        AnswerError::WrongKind => words.get("refused-wrong-kind"),
        AnswerError::OutOfRange => out_of_range_message(words, &question.shape),
    }
}

fn out_of_range_message(words: &Messages, shape: &QuestionType) -> String {
    let bounds = |from: Option<String>, to: Option<String>| match (from, to) {
        (Some(from), Some(to)) => words.format("refused-between", [("from", from.into()), ("to", to.into())]),
        (Some(from), None) => words.format("refused-from", [("from", from.into())]),
        (None, Some(to)) => words.format("refused-to", [("to", to.into())]),
        (None, None) => String::new(),
    };
    match shape {
        QuestionType::Number(Range { min, max, decimals })
        | QuestionType::Quantity(Range { min, max, decimals }, _) => {
            let sentence = bounds(min.map(|min| words.number(&min)), max.map(|max| words.number(&max)));
            let digits = words.format("refused-decimals", [("decimals", (*decimals).into())]);
            format!("{sentence} {digits}").trim().to_owned()
        }
        QuestionType::Date(from, to) => bounds(from.map(|from| from.to_string()), to.map(|to| to.to_string())),
        _ => words.get("refused-wrong-kind"),
    }
}
