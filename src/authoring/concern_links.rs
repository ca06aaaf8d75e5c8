//! Links from concerns to printed statements, as the page names them: the option, the rule, and further conditions.

use crate::pack::{Condition, Goal, Pack, Role, Rule, Solver, Test, TruthGoal, reason_condition};

/// A concern that a rule names as its reason.
pub(super) struct Link<'p> {
    /// The index of the option in the question of the concerns.
    pub(super) choice: usize,
    /// The rule.
    pub(super) rule: &'p Rule,
    /// The further condition; `None` if the option alone is enough.
    pub(super) only_if: Option<Condition>,
}

/// Returns every link that some answers use, rule by rule. A test that is negated or can never be true makes no link.
pub(super) fn links(pack: &Pack) -> Vec<Link<'_>> {
    let Some(concerns) = pack.with_role(Role::Concerns) else { return Vec::new() };
    let solver = Solver::new(vec![pack]);
    let mut links = Vec::new();
    for rule in &pack.rules {
        let mut choices: Vec<usize> = rule
            .when
            .tests()
            .iter()
            .filter(|(question, _)| *question == concerns)
            .filter_map(|(_, test)| test.chosen())
            .collect();
        choices.sort_unstable();
        choices.dedup();
        for choice in choices {
            let brought = reason_condition(&rule.when, concerns, choice);
            if solver.find(&[Goal::Is(0, &brought, TruthGoal::True)]).is_none() {
                continue;
            }
            let chosen = Condition::Test(concerns, Test::Chosen(choice));
            let more = [Goal::Is(0, &chosen, TruthGoal::True), Goal::Is(0, &brought, TruthGoal::NotTrue)];
            let only_if = solver.find(&more).and_then(|_| simplify(&brought, concerns, choice));
            links.push(Link { choice, rule, only_if });
        }
    }
    links
}

/// Simplifies a condition for answers in which the option is chosen; `None` if nothing remains.
fn simplify(condition: &Condition, concerns: usize, choice: usize) -> Option<Condition> {
    let simplify_all =
        |parts: &[Condition]| parts.iter().map(|part| simplify(part, concerns, choice)).collect::<Vec<_>>();
    match condition {
        Condition::Test(question, Test::Chosen(option)) if (*question, *option) == (concerns, choice) => None,
        Condition::Test(..) | Condition::Not(_) => Some(condition.clone()),
        Condition::All(parts) => {
            let mut parts: Vec<Condition> = simplify_all(parts).into_iter().flatten().collect();
            parts.dedup();
            match parts.len() {
                0 => None,
                1 => parts.pop(),
                _ => Some(Condition::All(parts)),
            }
        }
        Condition::Any(parts) => simplify_all(parts)
            .into_iter()
            .collect::<Option<Vec<_>>>()
            .map(|mut parts| if parts.len() == 1 { parts.remove(0) } else { Condition::Any(parts) }),
    }
}
