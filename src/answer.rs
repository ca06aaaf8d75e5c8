//! Answers as plain values. They refer to a pack by index only.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// The question that an answer belongs to and, for a for-each question, the subject it was asked about.
///
/// Keys sort in the order in which they are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AnswerKey {
    /// The question's index in the pack.
    pub question: usize,
    /// The subject of a for-each question; `None` for every other question.
    pub subject: Option<Subject>,
}

/// The subject that a for-each question is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// One option of the question that supplies the subjects.
    Option(usize),
    /// All subjects at once.
    Overall,
}

/// The outcome of asking a question. A question that was not asked has no `Answer`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Answered. An option such as "not sure" or "none" is an answer too.
    Value(AnswerValue),
    /// The patient skipped the question.
    Skipped,
    /// The patient preferred not to say.
    Declined,
    /// An import could not read the answer. Holds the words as they came, where they are text.
    Unreadable(Option<String>),
}

/// The content of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnswerValue {
    /// Options in the pack's order, with optional free text.
    Choice {
        /// Indices of the question's options, ascending.
        chosen: Vec<usize>,
        /// Free text, where the question allows it.
        text: Option<String>,
    },
    /// Free text.
    Text(String),
    /// A number, with its digits as entered.
    Number(Decimal),
    /// A date.
    Date(NaiveDate),
    /// A number with a unit.
    Quantity {
        /// The amount.
        amount: Decimal,
        /// The index of the unit among the question's units.
        unit: usize,
    },
}

/// Answers by key, including those to questions that are currently hidden.
pub type Answers = BTreeMap<AnswerKey, Answer>;

impl AnswerKey {
    /// Creates the key of a question that is asked once.
    #[must_use]
    pub fn of_question(question: usize) -> Self {
        Self { question, subject: None }
    }
}

impl Answer {
    /// Returns the value, if the question was answered.
    #[must_use]
    pub fn value(&self) -> Option<&AnswerValue> {
        match self {
            Self::Value(value) => Some(value),
            Self::Skipped | Self::Declined | Self::Unreadable(_) => None,
        }
    }

    /// Returns whether an import could not read the answer.
    #[must_use]
    pub fn is_unreadable(&self) -> bool {
        matches!(self, Self::Unreadable(_))
    }
}

impl AnswerValue {
    /// Returns the indices of the chosen options, or of a quantity's unit.
    pub(crate) fn option_indices(&self) -> Vec<usize> {
        match self {
            Self::Quantity { unit, .. } => vec![*unit],
            value => value.chosen().to_vec(),
        }
    }

    /// Returns the indices of the chosen options; empty for other types of answer.
    #[must_use]
    pub fn chosen(&self) -> &[usize] {
        match self {
            Self::Choice { chosen, .. } => chosen,
            _ => &[],
        }
    }
}

/// Parses a date in the format of answers files and packs: exactly `YYYY-MM-DD`.
#[must_use]
pub fn parse_date(text: &str) -> Option<NaiveDate> {
    let has_format = text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(index, b)| if index == 4 || index == 7 { b == b'-' } else { b.is_ascii_digit() });
    if !has_format {
        return None;
    }
    NaiveDate::from_ymd_opt(text[..4].parse().ok()?, text[5..7].parse().ok()?, text[8..].parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::parse_date;

    #[test]
    fn dates_in_other_formats_are_refused() {
        assert!(parse_date("2026-11-22").is_some());
        for text in ["2026-11-31", "2026-1-2", "22.11.2026", "+026-11-22", "2026-11-22 ", "", "２026-11-2"] {
            assert!(parse_date(text).is_none(), "{text:?}");
        }
    }
}
