//! A pack under analysis, and the checks of its single questions, rules and statements.

use super::example::Example;
use super::goal::{Goal, TruthGoal};
use super::solver::Solver;
use crate::diagnostics::{Diagnostic, Reporter, Span};
use crate::pack::condition::Condition;
use crate::pack::content::Pack;
use crate::pack::files::ParsedFile;
use crate::pack::raw::{QuestionsFile, RawQuestion, RawRule, RulesFile, StatementsFile};
use crate::pack::statement::{RuleOutcome, Statement};
use std::collections::BTreeSet;

/// A pack under proof, and where its parts stand.
pub(super) struct Proof<'p, 'f> {
    pub(super) pack: &'p Pack,
    pub(super) solver: Solver<'p>,
    pub(super) asked: &'p ParsedFile<'f, QuestionsFile>,
    pub(super) said: &'p ParsedFile<'f, StatementsFile>,
    pub(super) ruled: &'p ParsedFile<'f, RulesFile>,
}

impl Proof<'_, '_> {
    pub(super) fn question(&self, at: usize) -> Option<&RawQuestion> {
        self.asked.raw.as_ref()?.questions.get(at)
    }

    pub(super) fn rule(&self, at: usize) -> Option<&RawRule> {
        self.ruled.raw.as_ref()?.rules.get(at)
    }

    pub(super) fn check_asked(&self) {
        let sink = &self.asked.sink;
        for (at, question) in self.pack.questions.iter().enumerate() {
            let Some(raw) = self.question(at) else { continue };
            let place = raw.when.as_ref().map_or(raw.id.span.clone(), |when| when.span.clone());
            if self.solver.find(&[Goal::Asked(0, at)]).is_none() {
                let message = format!("no answers make this true, so the question `{}` is never asked", question.id);
                sink.report(
                    Diagnostic::new("never-asked", place, message).hint("change `when`, or take the question out"),
                );
            } else if let Some(when) = &question.when {
                self.check_parts(when, &question.id, place, sink);
            }
        }
    }

    /// An example for each rule that can fire.
    pub(super) fn check_fires(&self) -> Vec<Option<Example>> {
        let sink = &self.ruled.sink;
        let rules = self.pack.rules.iter().enumerate().map(|(at, rule)| {
            let example = self.solver.find(&[Goal::Is(0, &rule.when, TruthGoal::True)]);
            let place = self.rule(at).map(|raw| raw.when.span.clone()).unwrap_or_default();
            if example.is_none() {
                let message = format!("no answers make this true, so the rule `{}` never fires", rule.id);
                sink.report(Diagnostic::new("never-fires", place, message).hint("change `when`, or take the rule out"));
            } else {
                self.check_parts(&rule.when, &rule.id, place, sink);
            }
            example
        });
        rules.collect()
    }

    fn check_parts(&self, when: &Condition, name: &str, place: Span, sink: &Reporter<'_>) {
        if let Some(part) = self.unreachable_branch(when) {
            let message = format!("in this condition of `{name}`, {part} can never be true");
            sink.report(Diagnostic::new("dead-condition", place, message).hint("take that part out, or change it"));
        }
    }

    /// The first alternative of an `any`, however deep, that cannot be true.
    fn unreachable_branch(&self, condition: &Condition) -> Option<String> {
        match condition {
            Condition::Any(parts) => {
                let dead = |part: &Condition| self.solver.find(&[Goal::Is(0, part, TruthGoal::True)]).is_none();
                let dead = parts.iter().position(dead).map(|at| format!("alternative {} of `any`", at + 1));
                dead.or_else(|| parts.iter().find_map(|part| self.unreachable_branch(part)))
            }
            Condition::All(parts) => parts.iter().find_map(|part| self.unreachable_branch(part)),
            Condition::Not(part) => self.unreachable_branch(part),
            Condition::Test(..) => None,
        }
    }

    /// Every benefit, limit and "not covered" is printed for some answers; the other kinds are for all.
    pub(super) fn check_printed(&self, fires: &[Option<Example>]) {
        let statements = &self.pack.statements;
        let (mut benefits, mut limits, mut not_covered) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for (rule, _) in self.pack.rules.iter().zip(fires).filter(|(_, example)| example.is_some()) {
            for say in &rule.say {
                match say {
                    RuleOutcome::Benefit { benefit, limits: more, .. } => {
                        benefits.insert(*benefit);
                        limits.extend(statements.benefits[*benefit].limits.iter().chain(more));
                    }
                    RuleOutcome::NotCovered(statement) => _ = not_covered.insert(*statement),
                }
            }
        }
        let ids = |list: &[Statement]| list.iter().map(|statement| statement.id.clone()).collect::<Vec<_>>();
        let of_benefits: Vec<String> = statements.benefits.iter().map(|benefit| benefit.statement.id.clone()).collect();
        for (ids, printed, hint) in [
            (of_benefits, benefits, "let a rule say it, or take it out"),
            (ids(&statements.limits), limits, "list it in `limits` of a benefit or of a rule, or take it out"),
            (ids(&statements.not_covered), not_covered, "let a rule say it, or take it out"),
        ] {
            for (_, id) in ids.iter().enumerate().filter(|(at, _)| !printed.contains(at)) {
                let raw = self.said.raw.iter().flat_map(|file| &file.statements).find(|raw| raw.id.value == *id);
                let message = format!("no answers print the statement `{id}`");
                let place = raw.map(|raw| raw.id.span.clone()).unwrap_or_default();
                self.said.sink.report(Diagnostic::new("never-printed", place, message).hint(hint));
            }
        }
    }
}
