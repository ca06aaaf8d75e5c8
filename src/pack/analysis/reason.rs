//! Builds conditions on the reasons for which a condition is true.

use crate::pack::condition::{Condition, Test};

/// Returns the condition under which an option is among the answers that make `condition` true.
/// The page names these options as reasons.
pub(crate) fn reason_condition(condition: &Condition, question: usize, choice: usize) -> Condition {
    let any_part = |parts: &[Condition]| {
        let parts = parts.iter().map(|part| reason_condition(part, question, choice));
        Condition::Any(parts.filter(|part| !is_never(part)).collect())
    };
    match condition {
        Condition::All(parts) => match any_part(parts) {
            never if is_never(&never) => never,
            reason => Condition::All(parts.iter().cloned().chain([reason]).collect()),
        },
        Condition::Any(parts) => any_part(parts),
        Condition::Test(tested, Test::Chosen(option)) if (*tested, *option) == (question, choice) => condition.clone(),
        Condition::Not(_) | Condition::Test(..) => Condition::Any(Vec::new()),
    }
}

fn is_never(condition: &Condition) -> bool {
    matches!(condition, Condition::Any(parts) if parts.is_empty())
}
