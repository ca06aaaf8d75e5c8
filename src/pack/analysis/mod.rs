//! Proofs over all possible answers, such as that every question can be asked and no statement is printed twice.
//!
//! [`Solver`] decides each property exactly, and a failure is reported with example answers. That no benefit is printed
//! without its caveats needs no search: [`Statements`](super::statement::Statements) cannot be built without them, and
//! every copy prints them all. `missing-kind` shows answers that would lack them.

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

/// Reports problems of the pack as a whole. The files must have no errors.
pub(super) fn check(
    pack: &Pack,
    questions_file: &ParsedFile<'_, QuestionsFile>,
    statements_file: &ParsedFile<'_, StatementsFile>,
    rules_file: &ParsedFile<'_, RulesFile>,
) {
    let proof = Proof { pack, solver: Solver::new(vec![pack]), questions_file, statements_file, rules_file };
    proof.check_questions();
    let fires = proof.check_rules();
    proof.check_statements(&fires);
    rules::check_shadowed(&proof, &fires);
    rules::check_every_concern_has_outcome(&proof);
    rules::check_printed_once(&proof);
}

/// Returns answers that print a benefit, and the id of the benefit.
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
