//! Conditions on answers, in three values.
//!
//! What nobody answered is neither true nor false. Only *true* asks a question or prints a statement, so an unknown
//! never counts as a no, nor as a yes.

use super::{Choice, Pack};
use crate::interview::{Answer, Given};
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
    fn holds<T: Ord>(self, left: &T, right: &T) -> bool {
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
    /// Whether it holds; `answer_to` gives the answer to a question that is asked, or `None`.
    pub fn holds<'a>(&self, pack: &Pack, answer_to: &impl Fn(usize) -> Option<&'a Answer>) -> Truth {
        match self {
            Self::All(parts) => Truth::all(parts.iter().map(|part| part.holds(pack, answer_to))),
            Self::Any(parts) => Truth::any(parts.iter().map(|part| part.holds(pack, answer_to))),
            Self::Not(part) => part.holds(pack, answer_to).not(),
            Self::Test(question, test) => {
                let given = answer_to(*question).and_then(Answer::given);
                test.holds(given, pack.questions[*question].shape.choices())
            }
        }
    }

    /// Adds the chosen options (question and option) that make it true, if it is.
    pub fn because<'a>(
        &self,
        pack: &Pack,
        answer_to: &impl Fn(usize) -> Option<&'a Answer>,
        chosen: &mut Vec<(usize, usize)>,
    ) {
        if self.holds(pack, answer_to) != Truth::True {
            return;
        }
        match self {
            Self::All(parts) | Self::Any(parts) => {
                for part in parts {
                    part.because(pack, answer_to, chosen);
                }
            }
            Self::Test(question, Test::Chosen(choice)) => chosen.push((*question, *choice)),
            Self::Not(_) | Self::Test(..) => {}
        }
    }

    /// Whether it cannot be true without an option of this question being chosen.
    pub(crate) fn rests_on(&self, wanted: usize) -> bool {
        match self {
            Self::All(parts) => parts.iter().any(|part| part.rests_on(wanted)),
            Self::Any(parts) => !parts.is_empty() && parts.iter().all(|part| part.rests_on(wanted)),
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

    pub(crate) fn holds(&self, given: Option<&Given>, choices: &[Choice]) -> Truth {
        if let Self::Answered(wanted) = self {
            return Truth::from(given.is_some() == *wanted);
        }
        match (self, given) {
            (Self::Chosen(wanted), Some(Given::Choice { chosen, .. })) => {
                if chosen.contains(wanted) {
                    Truth::True
                } else if chosen.iter().any(|choice| choices[*choice].unknown) {
                    Truth::Unknown
                } else {
                    Truth::False
                }
            }
            (Self::Number(how, than, _), Some(Given::Number(number))) => Truth::from(how.holds(number, than)),
            (Self::Number(how, than, wanted), Some(Given::Quantity { amount, unit })) => {
                // Units are not converted, so an amount in another unit says nothing.
                if wanted.is_none_or(|wanted| wanted == *unit) {
                    Truth::from(how.holds(amount, than))
                } else {
                    Truth::Unknown
                }
            }
            (Self::Date(how, than), Some(Given::Date(date))) => Truth::from(how.holds(date, than)),
            _ => Truth::Unknown,
        }
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
