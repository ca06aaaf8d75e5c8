//! Conditions on answers, in three values.
//!
//! What nobody answered is neither true nor false. Only *true* asks a question or prints a statement, so an unknown
//! never counts as a no, nor as a yes.

use chrono::NaiveDate;
use rust_decimal::Decimal;

/// True, false, or not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Truth {
    /// It is so.
    True,
    /// It is not so.
    False,
    /// Nobody said.
    Unknown,
}

/// A condition on earlier answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// All of these.
    All(Vec<Condition>),
    /// At least one of these.
    Any(Vec<Condition>),
    /// Not this.
    Not(Box<Condition>),
    /// A test of the answer to one question.
    Test(usize, Test),
}

/// What a test asks of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// This option is the one chosen, or among those chosen.
    Chosen(usize),
    /// There is an answer, or (with `false`) there is none.
    Answered(bool),
    /// The number compares so; a quantity only in this unit.
    Number(Comparison, Decimal, Option<usize>),
    /// The date compares so.
    Date(Comparison, NaiveDate),
}

/// How two values compare.
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
    /// The comparison that holds exactly where this one does not.
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
    fn from(is: bool) -> Self {
        if is { Self::True } else { Self::False }
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

    /// True only if all are; false as soon as one is.
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

    /// True as soon as one is; false only if all are.
    pub(crate) fn any(values: impl Iterator<Item = Self>) -> Self {
        Self::all(values.map(Self::not)).not()
    }
}

impl Condition {
    /// Whether it cannot be true without an option of this question being chosen.
    pub(crate) fn requires_option_of(&self, wanted: usize) -> bool {
        match self {
            Self::All(parts) => parts.iter().any(|part| part.requires_option_of(wanted)),
            Self::Any(parts) => !parts.is_empty() && parts.iter().all(|part| part.requires_option_of(wanted)),
            Self::Not(_) => false,
            Self::Test(question, test) => *question == wanted && matches!(test, Test::Chosen(_)),
        }
    }

    /// Every test in it, with the question it asks of.
    pub(crate) fn tests(&self) -> Vec<(usize, &Test)> {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::tests).collect(),
            Self::Not(part) => part.tests(),
            Self::Test(question, test) => vec![(*question, test)],
        }
    }
}

impl Test {
    /// The option that it looks for, if it does.
    pub(crate) fn chosen(&self) -> Option<usize> {
        if let Self::Chosen(choice) = self { Some(*choice) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::Truth::{self, False, True, Unknown};

    #[test]
    fn unknown_is_never_taken_for_no() {
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
