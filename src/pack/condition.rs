//! Conditions on answers, in three-valued logic.
//!
//! A test of a missing answer is unknown, neither true nor false. Only *true* asks a question or prints a statement, so
//! an unknown answer counts neither as yes nor as no.

use chrono::NaiveDate;
use rust_decimal::Decimal;

/// Truth value of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Truth {
    /// The condition holds.
    True,
    /// The condition does not hold.
    False,
    /// The answers do not decide it.
    Unknown,
}

/// A condition on earlier answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// Every part holds.
    All(Vec<Condition>),
    /// At least one part holds.
    Any(Vec<Condition>),
    /// The part does not hold.
    Not(Box<Condition>),
    /// A test of the answer to the question with this index.
    Test(usize, Test),
}

/// A test of one answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// The option with this index is chosen.
    Chosen(usize),
    /// The question has an answer or, with `false`, has none.
    Answered(bool),
    /// The number compares to the limit. A quantity is compared only in the unit with this index.
    Number(Comparison, Decimal, Option<usize>),
    /// The date compares to the limit.
    Date(Comparison, NaiveDate),
}

/// Comparison of a value with a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `<`, before.
    Less,
    /// `<=`, on or before.
    AtMost,
    /// `>`, after.
    More,
    /// `>=`, on or after.
    AtLeast,
}

impl Comparison {
    /// Returns the comparison that holds exactly where this one does not.
    pub(super) fn opposite(self) -> Self {
        match self {
            Self::Less => Self::AtLeast,
            Self::AtMost => Self::More,
            Self::More => Self::AtMost,
            Self::AtLeast => Self::Less,
        }
    }

    pub(super) fn holds<T: Ord>(self, left: &T, right: &T) -> bool {
        match self {
            Self::Less => left < right,
            Self::AtMost => left <= right,
            Self::More => left > right,
            Self::AtLeast => left >= right,
        }
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }
}

impl Truth {
    pub(crate) fn not(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
        }
    }

    /// Returns true if all values are true, and false if one is false.
    pub(crate) fn all(values: impl Iterator<Item = Self>) -> Self {
        let mut result = Self::True;
        for value in values {
            match value {
                Self::False => return Self::False,
                Self::Unknown => result = Self::Unknown,
                Self::True => {}
            }
        }
        result
    }

    /// Returns true if one value is true, and false if all are false.
    pub(crate) fn any(values: impl Iterator<Item = Self>) -> Self {
        Self::all(values.map(Self::not)).not()
    }
}

impl Condition {
    /// Returns true if the condition can only hold when an option of this question is chosen.
    pub(crate) fn requires_option_of(&self, required: usize) -> bool {
        match self {
            Self::All(parts) => parts.iter().any(|part| part.requires_option_of(required)),
            Self::Any(parts) => !parts.is_empty() && parts.iter().all(|part| part.requires_option_of(required)),
            Self::Not(_) => false,
            Self::Test(question, test) => *question == required && matches!(test, Test::Chosen(_)),
        }
    }

    /// Returns every test of the condition with its question.
    pub(crate) fn tests(&self) -> Vec<(usize, &Test)> {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::tests).collect(),
            Self::Not(part) => part.tests(),
            Self::Test(question, test) => vec![(*question, test)],
        }
    }
}

impl Test {
    /// Returns the option of a `Chosen` test.
    pub(crate) fn chosen(&self) -> Option<usize> {
        if let Self::Chosen(choice) = self { Some(*choice) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::Truth::{self, False, True, Unknown};

    #[test]
    fn an_unknown_value_is_not_false() {
        for (left, right, all, any) in [
            (True, True, True, True),
            (True, False, False, True),
            (True, Unknown, Unknown, True),
            (False, Unknown, False, Unknown),
            (Unknown, Unknown, Unknown, Unknown),
            (False, False, False, False),
        ] {
            for pair in [[left, right], [right, left]] {
                assert_eq!(Truth::all(pair.into_iter()), all, "{pair:?}");
                assert_eq!(Truth::any(pair.into_iter()), any, "{pair:?}");
            }
        }
        assert_eq!(Unknown.not(), Unknown);
    }
}
