//! What the solver is asked to reach.

use crate::pack::condition::{Condition, Test};

/// Something that has to be so, in the pack of that number.
#[derive(Clone, Copy)]
pub(crate) enum Goal<'g> {
    /// The question is asked.
    Asked(usize, usize),
    /// The condition has this truth.
    Is(usize, &'g Condition, TruthGoal),
    /// The question has an answer that the test is so of; without a test, any.
    Passes(usize, usize, Option<(&'g Test, TruthGoal)>),
    /// The question has no answer: skipped, where that is possible, or not asked.
    NoAnswer(usize, usize),
    /// The question is not asked.
    NotAsked(usize, usize),
    /// The question is asked and skipped.
    Skipped(usize, usize),
}

/// The truth that is wanted of a condition.
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
