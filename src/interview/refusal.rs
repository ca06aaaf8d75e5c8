//! Explains to the reader why an answer does not fit its question.

use super::validate::AnswerError;
use crate::messages::Words;
use crate::pack::{Language, Question, QuestionType, Range};

/// The reason why an answer does not fit, and what would.
#[must_use]
pub fn refusal_message(words: &Words, refusal: &AnswerError, question: &Question, language: Language) -> String {
    match refusal {
        AnswerError::Empty => words.say(match question.shape {
            QuestionType::SingleChoice(_) => "refused-empty-one",
            QuestionType::MultipleChoice(_) => "refused-empty-choice",
            _ => "refused-empty",
        }),
        AnswerError::Required => words.say("refused-required"),
        AnswerError::OnlyOne => words.say("refused-only-one"),
        AnswerError::Exclusive(choice) => {
            let option = question.shape.choices()[*choice].text.in_language(language).as_str();
            words.with("refused-exclusive", [("option", option.into())])
        }
        AnswerError::TooLong { length, limit } => {
            words.with("refused-too-long", [("length", (*length).into()), ("limit", (*limit).into())])
        }
        AnswerError::NoText => words.say("refused-no-text"),
        AnswerError::WrongKind => words.say("refused-wrong-kind"),
        AnswerError::OutOfRange => out_of_range_message(words, &question.shape),
    }
}

fn out_of_range_message(words: &Words, shape: &QuestionType) -> String {
    let bounds = |from: Option<String>, to: Option<String>| match (from, to) {
        (Some(from), Some(to)) => words.with("refused-between", [("from", from.into()), ("to", to.into())]),
        (Some(from), None) => words.with("refused-from", [("from", from.into())]),
        (None, Some(to)) => words.with("refused-to", [("to", to.into())]),
        (None, None) => String::new(),
    };
    match shape {
        QuestionType::Number(Range { min, max, decimals })
        | QuestionType::Quantity(Range { min, max, decimals }, _) => {
            let sentence = bounds(min.map(|min| min.to_string()), max.map(|max| max.to_string()));
            let digits = words.with("refused-decimals", [("decimals", (*decimals).into())]);
            format!("{sentence} {digits}").trim().to_owned()
        }
        QuestionType::Date(from, to) => bounds(from.map(|from| from.to_string()), to.map(|to| to.to_string())),
        _ => words.say("refused-wrong-kind"),
    }
}
