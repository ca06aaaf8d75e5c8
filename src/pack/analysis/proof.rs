//! A pack under analysis, and the checks of single questions, rules and statements.

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

/// A pack under analysis, with its files for the spans in reports.
pub(super) struct Proof<'p, 'f> {
    pub(super) pack: &'p Pack,
    pub(super) solver: Solver<'p>,
    pub(super) questions_file: &'p ParsedFile<'f, QuestionsFile>,
    pub(super) statements_file: &'p ParsedFile<'f, StatementsFile>,
    pub(super) rules_file: &'p ParsedFile<'f, RulesFile>,
}

impl Proof<'_, '_> {
    pub(super) fn question(&self, index: usize) -> Option<&RawQuestion> {
        self.questions_file.raw.as_ref()?.questions.get(index)
    }

    pub(super) fn rule(&self, index: usize) -> Option<&RawRule> {
        self.rules_file.raw.as_ref()?.rules.get(index)
    }

    pub(super) fn check_questions(&self) {
        let sink = &self.questions_file.sink;
        for (index, question) in self.pack.questions.iter().enumerate() {
            let Some(raw) = self.question(index) else { continue };
            let place = raw.when.as_ref().map_or(raw.id.span.clone(), |when| when.span.clone());
            if self.solver.find(&[Goal::Asked(0, index)]).is_none() {
                let message = format!("no answers make this true, so the question `{}` is never asked", question.id);
                sink.report(
                    Diagnostic::new("never-asked", place, message).hint("change `when`, or remove the question"),
                );
            } else if let Some(when) = &question.when {
                self.check_parts(when, &question.id, place, sink);
            }
        }
    }

    /// Reports rules that never fire. Returns an example of answers for each rule that can fire.
    pub(super) fn check_rules(&self) -> Vec<Option<Example>> {
        let sink = &self.rules_file.sink;
        let rules = self.pack.rules.iter().enumerate().map(|(index, rule)| {
            let example = self.solver.find(&[Goal::Is(0, &rule.when, TruthGoal::True)]);
            let place = self.rule(index).map(|raw| raw.when.span.clone()).unwrap_or_default();
            if example.is_none() {
                let message = format!("no answers make this true, so the rule `{}` never fires", rule.id);
                sink.report(Diagnostic::new("never-fires", place, message).hint("change `when`, or remove the rule"));
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
            sink.report(Diagnostic::new("dead-condition", place, message).hint("remove that part, or change it"));
        }
    }

    /// Describes the first alternative of an `any`, at any depth, that cannot be true.
    fn unreachable_branch(&self, condition: &Condition) -> Option<String> {
        match condition {
            Condition::Any(parts) => {
                let is_dead = |part: &Condition| self.solver.find(&[Goal::Is(0, part, TruthGoal::True)]).is_none();
                let alternative =
                    parts.iter().position(is_dead).map(|index| format!("alternative {} of `any`", index + 1));
                alternative.or_else(|| parts.iter().find_map(|part| self.unreachable_branch(part)))
            }
            Condition::All(parts) => parts.iter().find_map(|part| self.unreachable_branch(part)),
            Condition::Not(part) => self.unreachable_branch(part),
            Condition::Test(..) => None,
        }
    }

    /// Reports benefits, limits and not-covered statements that no answers print. Other kinds are always printed.
    pub(super) fn check_statements(&self, fires: &[Option<Example>]) {
        let statements = &self.pack.statements;
        let (mut benefits, mut limits, mut not_covered) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for (rule, _) in self.pack.rules.iter().zip(fires).filter(|(_, example)| example.is_some()) {
            for say in &rule.say {
                match say {
                    RuleOutcome::Benefit { benefit, limits: rule_limits, .. } => {
                        benefits.insert(*benefit);
                        limits.extend(statements.benefits[*benefit].limits.iter().chain(rule_limits));
                    }
                    RuleOutcome::NotCovered(statement) => _ = not_covered.insert(*statement),
                }
            }
        }
        let ids = |list: &[Statement]| list.iter().map(|statement| statement.id.clone()).collect::<Vec<_>>();
        let benefit_ids: Vec<String> = statements.benefits.iter().map(|benefit| benefit.statement.id.clone()).collect();
        for (ids, printed, hint) in [
            (benefit_ids, benefits, "add it to a rule, or remove it"),
            (ids(&statements.limits), limits, "add it to `limits` of a benefit or a rule, or remove it"),
            (ids(&statements.not_covered), not_covered, "add it to a rule, or remove it"),
        ] {
            for (_, id) in ids.iter().enumerate().filter(|(index, _)| !printed.contains(index)) {
                let raw =
                    self.statements_file.raw.iter().flat_map(|file| &file.statements).find(|raw| raw.id.value == *id);
                let message = format!("no answers print the statement `{id}`");
                let place = raw.map(|raw| raw.id.span.clone()).unwrap_or_default();
                self.statements_file.sink.report(Diagnostic::new("never-printed", place, message).hint(hint));
            }
        }
    }
}
