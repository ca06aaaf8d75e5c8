//! Proofs over all possible answers: what cannot happen that should, and what can happen that should not.
//!
//! Each is decided exactly by [`Solver`], and what fails is shown with answers that make it fail. That no answers print a
//! benefit without its caveats needs no search: [`Statements`](super::statement::Statements) cannot be built without
//! them, and every copy prints them all; `missing-kind` names answers that would have gone without.

mod example;
mod goal;
mod proof;
mod reason;
mod rules;
mod solver;
mod variable;

pub use example::Example;
pub(crate) use goal::{Goal, TruthGoal};
pub(crate) use reason::reason_condition;
pub(crate) use solver::Solver;

use crate::pack::content::Pack;
use crate::pack::files::ParsedFile;
use crate::pack::raw::{QuestionsFile, RulesFile, StatementsFile};
use crate::pack::statement::RuleOutcome;
use proof::Proof;

/// Reports what is wrong with the pack as a whole; in its parts nothing is.
pub(super) fn check(
    pack: &Pack,
    asked: &ParsedFile<'_, QuestionsFile>,
    said: &ParsedFile<'_, StatementsFile>,
    ruled: &ParsedFile<'_, RulesFile>,
) {
    let proof = Proof { pack, solver: Solver::new(vec![pack]), asked, said, ruled };
    proof.check_asked();
    let fires = proof.check_fires();
    proof.check_printed(&fires);
    rules::check_shadowed(&proof, &fires);
    rules::check_every_concern_has_outcome(&proof);
    rules::check_printed_once(&proof);
}

/// Answers that print a benefit, and which: what a copy without its caveats would have been.
pub(super) fn prints_a_benefit(pack: &Pack) -> Option<(Example, &str)> {
    let solver = Solver::new(vec![pack]);
    pack.rules.iter().find_map(|rule| {
        let benefit = rule.say.iter().find_map(|say| match say {
            RuleOutcome::Benefit { benefit, .. } => pack.statements.benefits.get(*benefit),
            RuleOutcome::NotCovered(_) => None,
        })?;
        Some((solver.find(&[Goal::Is(0, &rule.when, TruthGoal::True)])?, benefit.statement.id.as_str()))
    })
}
