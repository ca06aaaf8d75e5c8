//! Validates an answer against its question.

use crate::answer::{Answer, AnswerValue};
use crate::pack::{Question, QuestionType, Range};
use rust_decimal::Decimal;

/// Why an answer does not fit its question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnswerError {
    /// Nothing was chosen or written.
    Empty,
    /// The question has to be answered.
    Required,
    /// More than one option, where one is asked for.
    OnlyOne,
    /// This option excludes the others chosen with it.
    Exclusive(usize),
    /// The text has `length` characters, and `limit` is the most.
    TooLong {
        /// How many it has.
        length: usize,
        /// How many it may have.
        limit: usize,
    },
    /// Own words where only options are asked for.
    NoText,
    /// A kind of answer that the question does not take.
    WrongKind,
    /// The number is out of range, or has too many decimals.
    OutOfRange,
}

impl Question {
    /// Validates an answer and returns it in the form that is stored.
    ///
    /// # Errors
    /// The reason why it does not fit.
    #[inline]
    pub fn validate(&self, answer: Answer) -> Result<Answer, AnswerError> {
        match answer {
            Answer::Value(value) => self.validate_value(value).map(Answer::Value),
            _ if self.required => Err(AnswerError::Required),
            unknown => Ok(unknown),
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
                let fits = from.is_none_or(|from| from <= date) && to.is_none_or(|to| date <= to);
                if fits { Ok(AnswerValue::Date(date)) } else { Err(AnswerError::OutOfRange) }
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
        let fits = self.min.is_none_or(|min| min <= number)
            && self.max.is_none_or(|max| number <= max)
            && number.scale() <= self.decimals;
        if fits { Ok(number) } else { Err(AnswerError::OutOfRange) }
    }
}

/// Whether nothing of a text is visible.
fn is_blank(text: &str) -> bool {
    // Fast path: a letter or digit is always visible.
    !text.bytes().any(|byte| byte.is_ascii_alphanumeric())
        && crate::printable::Printable::text(text).as_str().is_empty()
}

/// Refuses a text over the limit. Runs first, because every other check takes time on a long text.
fn check_length(text: String, limit: usize) -> Result<String, AnswerError> {
    // A character has at least one byte.
    if text.len() <= limit {
        return Ok(text);
    }
    let length = text.chars().count();
    if length > limit { Err(AnswerError::TooLong { length, limit }) } else { Ok(text) }
}
