//! Goals of the solver.

use crate::pack::condition::{Condition, Test};

/// A goal in the pack with the index in the first field.
#[derive(Clone, Copy)]
pub(crate) enum Goal<'g> {
    /// The question is asked.
    Asked(usize, usize),
    /// The condition has this truth value.
    Is(usize, &'g Condition, TruthGoal),
    /// The question has an answer with this truth value of the test or, without a test, any answer.
    Passes(usize, usize, Option<(&'g Test, TruthGoal)>),
    /// The question has no answer: it is not asked, or it is optional and skipped.
    NoAnswer(usize, usize),
    /// The question is not asked.
    NotAsked(usize, usize),
    /// The question is asked and skipped.
    Skipped(usize, usize),
}

/// The truth value that a condition should have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TruthGoal {
    True,
    False,
    /// False or unknown.
    NotTrue,
    /// True or unknown.
    NotFalse,
}

impl TruthGoal {
    pub(super) fn of_negation(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            Self::NotTrue => Self::NotFalse,
            Self::NotFalse => Self::NotTrue,
        }
    }
}
