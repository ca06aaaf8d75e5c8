//! Checks of rules in combination: shadowed rules, statements printed twice, concerns without a statement.

use super::example::Example;
use super::goal::{Goal, TruthGoal};
use super::proof::Proof;
use super::reason::reason_condition;
use crate::diagnostics::{Diagnostic, Spanned};
use crate::pack::condition::{Condition, Test, Truth};
use crate::pack::question::Role;
use crate::pack::statement::{Rule, RuleOutcome};
use std::collections::{BTreeMap, BTreeSet};

/// A statement and the section where it is printed: overview (true) or matched benefits, or not covered.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum PrintedStatement {
    Benefit(bool, usize),
    NotCovered(usize),
}

fn printed_statement(rule: &Rule, say: &RuleOutcome) -> PrintedStatement {
    match say {
        RuleOutcome::Benefit { benefit, .. } => PrintedStatement::Benefit(rule.overview, *benefit),
        RuleOutcome::NotCovered(statement) => PrintedStatement::NotCovered(*statement),
    }
}

fn limits(say: &RuleOutcome) -> BTreeSet<usize> {
    match say {
        RuleOutcome::Benefit { limits, .. } => limits.iter().copied().collect(),
        RuleOutcome::NotCovered(_) => BTreeSet::new(),
    }
}

/// Reports rules whose statements other rules always print too. `fires` has an example for each rule that can fire.
pub(super) fn check_shadowed(proof: &Proof<'_, '_>, fires: &[Option<Example>]) {
    let pack = proof.pack;
    let mut rules_by_statement: BTreeMap<PrintedStatement, Vec<(usize, &RuleOutcome)>> = BTreeMap::new();
    for (index, rule) in pack.rules.iter().enumerate().filter(|(index, _)| fires[*index].is_some()) {
        for say in &rule.say {
            rules_by_statement.entry(printed_statement(rule, say)).or_default().push((index, say));
        }
    }
    let mut redundant = BTreeSet::new();
    // From the end, so that the second of two equal rules is reported.
    for (index, rule) in pack.rules.iter().enumerate().rev() {
        let Some(example) = &fires[index] else { continue };
        let answers = example.choices(pack);
        let is_true =
            |other: &usize| pack.rules[*other].when.holds(pack, &|question| answers.get(&question)) == Truth::True;
        let mut others = BTreeSet::new();
        let is_redundant = !rule.say.is_empty()
            && rule.say.iter().all(|say| {
                let same = rules_by_statement[&printed_statement(rule, say)].iter().filter(|(other, outcome)| {
                    *other != index && !redundant.contains(other) && limits(outcome).is_superset(&limits(say))
                });
                let same: Vec<usize> = same.map(|(other, _)| *other).collect();
                // The example of this rule usually shows that it is needed, without a search.
                if same.is_empty() || (tests_only_choices(&rule.when) && !same.iter().any(is_true)) {
                    return false;
                }
                let mut goals = vec![Goal::Is(0, &rule.when, TruthGoal::True)];
                goals.extend(same.iter().map(|other| Goal::Is(0, &pack.rules[*other].when, TruthGoal::NotTrue)));
                let is_needed = proof.solver.find(&goals).is_some();
                others.extend(same);
                !is_needed
            });
        if is_redundant {
            redundant.insert(index);
            report_shadowed(proof, index, &others);
        }
    }
}

/// Returns true if the condition only tests chosen options, so that the choices of an example decide it.
fn tests_only_choices(condition: &Condition) -> bool {
    condition.tests().iter().all(|(_, test)| matches!(test, Test::Chosen(_)))
}

fn report_shadowed(proof: &Proof<'_, '_>, index: usize, others: &BTreeSet<usize>) {
    let rule = &proof.pack.rules[index];
    let implies = |one: usize, other: usize| {
        let (one, other) = (&proof.pack.rules[one].when, &proof.pack.rules[other].when);
        proof.solver.find(&[Goal::Is(0, one, TruthGoal::True), Goal::Is(0, other, TruthGoal::NotTrue)]).is_none()
    };
    let is_twin = |other: &&usize| {
        proof.pack.rules[**other].say.len() == rule.say.len() && implies(index, **other) && implies(**other, index)
    };
    let Some(place) = proof.rule(index).map(|raw| raw.id.span.clone()) else { return };
    let problem = if let Some(twin) = others.iter().find(is_twin) {
        let message = format!(
            "the rules `{}` and `{}` fire for the same answers and print the same",
            proof.pack.rules[*twin].id, rule.id
        );
        Diagnostic::new("rule-doubled", place, message).hint("remove one of them")
    } else {
        let names: Vec<String> = others.iter().map(|other| format!("`{}`", proof.pack.rules[*other].id)).collect();
        let message =
            format!("whenever the rule `{}` fires, {} prints all its statements too", rule.id, names.join(" or "));
        Diagnostic::new("rule-shadowed", place, message).hint("remove it, or narrow the other rule")
    };
    proof.rules_file.sink.report(problem);
}

/// Reports concerns for which some answers print no statement.
pub(super) fn check_every_concern_has_outcome(proof: &Proof<'_, '_>) {
    let pack = proof.pack;
    let Some(concerns) = pack.with_role(Role::Concerns) else { return };
    let mut rules_by_option: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (index, rule) in pack.rules.iter().enumerate() {
        for (_, test) in rule.when.tests().into_iter().filter(|(question, _)| *question == concerns) {
            if let Test::Chosen(choice) = test {
                rules_by_option.entry(*choice).or_default().insert(index);
            }
        }
    }
    let options: Vec<&Spanned<String>> =
        proof.question(concerns).iter().flat_map(|raw| &raw.options).map(|o| &o.code).collect();
    for (choice, rules) in rules_by_option {
        let chosen = Condition::Test(concerns, Test::Chosen(choice));
        if rules.iter().any(|rule| pack.rules[*rule].when == chosen) {
            continue;
        }
        let reasons: Vec<Condition> =
            rules.iter().map(|rule| reason_condition(&pack.rules[*rule].when, concerns, choice)).collect();
        let mut goals = vec![Goal::Is(0, &chosen, TruthGoal::True)];
        goals.extend(reasons.iter().map(|reason| Goal::Is(0, reason, TruthGoal::NotTrue)));
        if let (Some(example), Some(code)) = (proof.solver.find(&goals), options.get(choice)) {
            let message = format!("the concern `{}` prints no statement for {example}", code.as_str());
            proof.questions_file.sink.report(
                Diagnostic::new("option-without-end", code.span.clone(), message)
                    .hint("let a rule print a benefit or a not-covered statement for these answers too"),
            );
        }
    }
}

/// Reports statements that some answers print twice.
pub(super) fn check_printed_once(proof: &Proof<'_, '_>) {
    let pack = proof.pack;
    let mut benefits: BTreeMap<usize, [Vec<usize>; 2]> = BTreeMap::new();
    let mut rules_by_limit: BTreeMap<usize, BTreeMap<(bool, usize), Vec<usize>>> = BTreeMap::new();
    let mut not_covered: BTreeMap<(usize, usize, usize), BTreeSet<usize>> = BTreeMap::new();
    for (index, rule) in pack.rules.iter().enumerate() {
        for say in &rule.say {
            match say {
                RuleOutcome::Benefit { benefit, limits, .. } => {
                    benefits.entry(*benefit).or_default()[usize::from(rule.overview)].push(index);
                    for limit in pack.statements.benefits[*benefit].limits.iter().chain(limits) {
                        rules_by_limit
                            .entry(*limit)
                            .or_default()
                            .entry((rule.overview, *benefit))
                            .or_default()
                            .push(index);
                    }
                }
                RuleOutcome::NotCovered(statement) => {
                    for (question, test) in rule.when.tests() {
                        // Only concerns are covered or not. Other tested options can occur with many concerns.
                        if let (Test::Chosen(choice), Role::Concerns) = (test, pack.questions[question].role) {
                            not_covered.entry((*statement, question, *choice)).or_default().insert(index);
                        }
                    }
                }
            }
        }
    }
    for (benefit, [matched, overview]) in &benefits {
        let id = &pack.statements.benefits[*benefit].statement.id;
        proof.report_both(matched, overview, |example| {
            format!("`{id}` is printed in the benefits and in the overview for {example}")
        });
    }
    for (limit, rules_by_limit) in &rules_by_limit {
        let id = &pack.statements.limits[*limit].id;
        let carrying_benefits: Vec<(&(bool, usize), &Vec<usize>)> = rules_by_limit.iter().collect();
        for (index, (first, rules)) in carrying_benefits.iter().enumerate() {
            // The same benefit in both places has been reported above.
            for (_, others) in carrying_benefits[index + 1..].iter().filter(|(second, _)| second.1 != first.1) {
                proof.report_both(rules, others, |example| {
                    format!("the limit `{id}` is printed under two benefits for {example}")
                });
            }
        }
    }
    for ((statement, question, choice), rules) in &not_covered {
        let id = &pack.statements.not_covered[*statement].id;
        let reasons: Vec<(usize, Condition)> =
            rules.iter().map(|rule| (*rule, reason_condition(&pack.rules[*rule].when, *question, *choice))).collect();
        for (index, (_, first)) in reasons.iter().enumerate() {
            for (rule, second) in &reasons[index + 1..] {
                let goals = [Goal::Is(0, first, TruthGoal::True), Goal::Is(0, second, TruthGoal::True)];
                if let Some(example) = proof.solver.find(&goals) {
                    let code = &pack.questions[*question].shape.choices()[*choice].code;
                    proof.report_twice(*rule, &format!("`{id}` is printed twice for `{code}` with {example}"));
                }
            }
        }
    }
}

impl Proof<'_, '_> {
    /// Reports the first pair of rules, one from each list, that can fire together.
    fn report_both(&self, left: &[usize], right: &[usize], message: impl Fn(&Example) -> String) {
        for one in left {
            for other in right {
                let goals = [
                    Goal::Is(0, &self.pack.rules[*one].when, TruthGoal::True),
                    Goal::Is(0, &self.pack.rules[*other].when, TruthGoal::True),
                ];
                if let Some(example) = self.solver.find(&goals) {
                    self.report_twice(*one.max(other), &message(&example));
                    return;
                }
            }
        }
    }

    fn report_twice(&self, rule: usize, message: &str) {
        let Some(raw) = self.rule(rule) else { return };
        self.rules_file.sink.report(
            Diagnostic::new("printed-twice", raw.id.span.clone(), message)
                .hint("make the rules exclude each other; see `preconsult pack check --explain printed-twice`"),
        );
    }
}
