//! When an option is among the reasons for which a condition is true.

use crate::pack::condition::{Condition, Test};

/// That an option is among the answers that make a condition true: what the page names as its reason.
pub(crate) fn reason_condition(condition: &Condition, question: usize, choice: usize) -> Condition {
    let of_parts = |parts: &[Condition]| {
        let parts = parts.iter().map(|part| reason_condition(part, question, choice));
        Condition::Any(parts.filter(|part| !is_never(part)).collect())
    };
    match condition {
        Condition::All(parts) => match of_parts(parts) {
            never if is_never(&never) => never,
            some => Condition::All(parts.iter().cloned().chain([some]).collect()),
        },
        Condition::Any(parts) => of_parts(parts),
        Condition::Test(of, Test::Chosen(wanted)) if (*of, *wanted) == (question, choice) => condition.clone(),
        Condition::Not(_) | Condition::Test(..) => Condition::Any(Vec::new()),
    }
}

fn is_never(condition: &Condition) -> bool {
    matches!(condition, Condition::Any(parts) if parts.is_empty())
}
