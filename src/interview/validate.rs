//! Validates an answer against its question.

use crate::answer::{Answer, AnswerValue};
use crate::pack::{Question, QuestionType, Range};
use rust_decimal::Decimal;

/// Maximum length of the words of an unreadable answer, in characters.
pub const MAX_UNREADABLE_CHARACTERS: usize = 4000;

/// The reason why an answer does not fit its question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnswerError {
    /// The answer is empty: no option, or no visible text.
    Empty,
    /// The question is required and cannot be skipped or declined.
    Required,
    /// More than one option was chosen for a single-choice question.
    OnlyOne,
    /// The option with this index excludes the other chosen options.
    Exclusive(usize),
    /// The option with this index is not offered, given the other answers.
    NotOffered(usize),
    /// The text is too long.
    TooLong {
        /// Its length, in characters.
        length: usize,
        /// The maximum length, in characters.
        limit: usize,
    },
    /// The question does not take free text.
    NoText,
    /// The answer is of another type than the question.
    WrongKind,
    /// The number or date is out of range, or the number has too many decimals.
    OutOfRange,
}

impl AnswerError {
    /// Returns the problem code under which files with such an answer are reported.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLong { .. } => "too-long",
            Self::Required => "required",
            Self::Exclusive(_) | Self::OnlyOne => "exclusive",
            Self::Empty => "empty",
            Self::NotOffered(_) => "not-offered",
            Self::NoText | Self::WrongKind => "wrong-type",
            Self::OutOfRange => "out-of-range",
        }
    }
}

impl Question {
    /// Validates an answer and returns it in the form that is stored.
    ///
    /// # Errors
    /// Returns an error if the answer does not fit the question.
    #[inline]
    pub fn validate(&self, answer: Answer) -> Result<Answer, AnswerError> {
        match answer {
            Answer::Value(value) => self.validate_value(value).map(Answer::Value),
            Answer::Unreadable(None) => Ok(Answer::Unreadable(None)),
            Answer::Unreadable(Some(text)) => {
                let text = check_length(text, MAX_UNREADABLE_CHARACTERS)?;
                Ok(Answer::Unreadable(Some(text).filter(|text| !is_blank(text))))
            }
            Answer::Skipped | Answer::Declined if self.required => Err(AnswerError::Required),
            unknown @ (Answer::Skipped | Answer::Declined) => Ok(unknown),
        }
    }

    #[inline]
    fn validate_value(&self, value: AnswerValue) -> Result<AnswerValue, AnswerError> {
        match (&self.shape, value) {
            (
                QuestionType::SingleChoice(options) | QuestionType::MultipleChoice(options),
                AnswerValue::Choice { mut chosen, text },
            ) => {
                if !chosen.is_sorted_by(|one, next| one < next) {
                    chosen.sort_unstable();
                    chosen.dedup();
                }
                if chosen.is_empty() {
                    return Err(AnswerError::Empty);
                }
                if chosen.len() > 1 {
                    if matches!(self.shape, QuestionType::SingleChoice(_)) {
                        return Err(AnswerError::OnlyOne);
                    }
                    if let Some(choice) = chosen.iter().find(|choice| options.choices[**choice].exclusive) {
                        return Err(AnswerError::Exclusive(*choice));
                    }
                }
                let text = match (text, options.free_text) {
                    (Some(text), Some(limit)) => Some(check_length(text, limit)?).filter(|text| !is_blank(text)),
                    (Some(text), None) if !is_blank(&text) => return Err(AnswerError::NoText),
                    _ => None,
                };
                Ok(AnswerValue::Choice { chosen, text })
            }
            (QuestionType::Text(limit), AnswerValue::Text(text)) => {
                let text = check_length(text, *limit)?;
                if is_blank(&text) { Err(AnswerError::Empty) } else { Ok(AnswerValue::Text(text)) }
            }
            (QuestionType::Number(range), AnswerValue::Number(number)) => {
                range.validate(number).map(AnswerValue::Number)
            }
            (QuestionType::Date(from, to), AnswerValue::Date(date)) => {
                let is_valid = from.is_none_or(|from| from <= date) && to.is_none_or(|to| date <= to);
                if is_valid { Ok(AnswerValue::Date(date)) } else { Err(AnswerError::OutOfRange) }
            }
            (QuestionType::Quantity(range, _), AnswerValue::Quantity { amount, unit }) => {
                range.validate(amount).map(|amount| AnswerValue::Quantity { amount, unit })
            }
            _ => Err(AnswerError::WrongKind),
        }
    }
}

impl Range {
    fn validate(&self, number: Decimal) -> Result<Decimal, AnswerError> {
        let is_valid = self.min.is_none_or(|min| min <= number)
            && self.max.is_none_or(|max| number <= max)
            && number.scale() <= self.decimals;
        if is_valid { Ok(number) } else { Err(AnswerError::OutOfRange) }
    }
}

/// Returns whether a text has no visible characters.
fn is_blank(text: &str) -> bool {
    // Fast path: a letter or digit is always visible.
    !text.bytes().any(|byte| byte.is_ascii_alphanumeric())
        && crate::printable::Printable::text(text).as_str().is_empty()
}

/// Checks the length of a text, in characters. Runs first, because every other check takes time on a long text.
fn check_length(text: String, limit: usize) -> Result<String, AnswerError> {
    // A character has at least one byte.
    if text.len() <= limit {
        return Ok(text);
    }
    let length = text.chars().count();
    if length > limit { Err(AnswerError::TooLong { length, limit }) } else { Ok(text) }
}
