//! What rules do together: none shadowed or doubled, nothing printed twice, every concern answered.

use super::example::Example;
use super::goal::{Goal, TruthGoal};
use super::proof::Proof;
use super::reason::reason_condition;
use crate::diagnostics::{Diagnostic, Spanned};
use crate::pack::condition::{Condition, Test, Truth};
use crate::pack::question::Role;
use crate::pack::statement::{Rule, RuleOutcome};
use std::collections::{BTreeMap, BTreeSet};

/// A statement where it is printed: the overview or the matched benefits, or as not covered.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum PrintedStatement {
    Benefit(bool, usize),
    NotCovered(usize),
}

fn line(rule: &Rule, say: &RuleOutcome) -> PrintedStatement {
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

/// Reports rules whose every line others have printed whenever they fire. `fires` has an example for each rule.
pub(super) fn check_shadowed(proof: &Proof<'_, '_>, fires: &[Option<Example>]) {
    let pack = proof.pack;
    let mut sayers: BTreeMap<PrintedStatement, Vec<(usize, &RuleOutcome)>> = BTreeMap::new();
    for (at, rule) in pack.rules.iter().enumerate().filter(|(at, _)| fires[*at].is_some()) {
        for say in &rule.say {
            sayers.entry(line(rule, say)).or_default().push((at, say));
        }
    }
    let mut gone = BTreeSet::new();
    // From the end, so that of two that are the same the second is the one too many.
    for (at, rule) in pack.rules.iter().enumerate().rev() {
        let Some(example) = &fires[at] else { continue };
        let answers = example.choices(pack);
        let is_true =
            |other: &usize| pack.rules[*other].when.holds(pack, &|question| answers.get(&question)) == Truth::True;
        let mut others = BTreeSet::new();
        let covered = !rule.say.is_empty()
            && rule.say.iter().all(|say| {
                let same = sayers[&line(rule, say)].iter().filter(|(other, theirs)| {
                    *other != at && !gone.contains(other) && limits(theirs).is_superset(&limits(say))
                });
                let same: Vec<usize> = same.map(|(other, _)| *other).collect();
                // The example of this rule alone mostly shows that it is needed.
                if same.is_empty() || (rests_on_choices(&rule.when) && !same.iter().any(is_true)) {
                    return false;
                }
                let mut goals = vec![Goal::Is(0, &rule.when, TruthGoal::True)];
                goals.extend(same.iter().map(|other| Goal::Is(0, &pack.rules[*other].when, TruthGoal::NotTrue)));
                let needed = proof.solver.find(&goals).is_some();
                others.extend(same);
                !needed
            });
        if covered {
            gone.insert(at);
            report_shadowed(proof, at, &others);
        }
    }
}

/// Whether it looks at nothing but chosen options, so that an example's choices decide it.
fn rests_on_choices(condition: &Condition) -> bool {
    condition.tests().iter().all(|(_, test)| matches!(test, Test::Chosen(_)))
}

fn report_shadowed(proof: &Proof<'_, '_>, at: usize, others: &BTreeSet<usize>) {
    let rule = &proof.pack.rules[at];
    let implies = |one: usize, other: usize| {
        let (one, other) = (&proof.pack.rules[one].when, &proof.pack.rules[other].when);
        proof.solver.find(&[Goal::Is(0, one, TruthGoal::True), Goal::Is(0, other, TruthGoal::NotTrue)]).is_none()
    };
    let is_twin = |other: &&usize| {
        proof.pack.rules[**other].say.len() == rule.say.len() && implies(at, **other) && implies(**other, at)
    };
    let Some(place) = proof.rule(at).map(|raw| raw.id.span.clone()) else { return };
    let problem = if let Some(twin) = others.iter().find(is_twin) {
        let message = format!(
            "the rules `{}` and `{}` fire for the same answers and say the same",
            proof.pack.rules[*twin].id, rule.id
        );
        Diagnostic::new("rule-doubled", place, message).hint("take one of them out")
    } else {
        let names: Vec<String> = others.iter().map(|other| format!("`{}`", proof.pack.rules[*other].id)).collect();
        let message =
            format!("whenever the rule `{}` fires, {} has said all that it says", rule.id, names.join(" or "));
        Diagnostic::new("rule-shadowed", place, message).hint("take it out, or make the other one narrower")
    };
    proof.ruled.sink.report(problem);
}

/// Reports concerns that some answers choose without getting anything for it.
pub(super) fn check_every_concern_has_outcome(proof: &Proof<'_, '_>) {
    let pack = proof.pack;
    let Some(concerns) = pack.with_role(Role::Concerns) else { return };
    let mut naming: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (at, rule) in pack.rules.iter().enumerate() {
        for (_, test) in rule.when.tests().into_iter().filter(|(question, _)| *question == concerns) {
            if let Test::Chosen(choice) = test {
                naming.entry(*choice).or_default().insert(at);
            }
        }
    }
    let options: Vec<&Spanned<String>> =
        proof.question(concerns).iter().flat_map(|raw| &raw.options).map(|o| &o.code).collect();
    for (choice, rules) in naming {
        let chosen = Condition::Test(concerns, Test::Chosen(choice));
        if rules.iter().any(|rule| pack.rules[*rule].when == chosen) {
            continue;
        }
        let brought: Vec<Condition> =
            rules.iter().map(|rule| reason_condition(&pack.rules[*rule].when, concerns, choice)).collect();
        let mut goals = vec![Goal::Is(0, &chosen, TruthGoal::True)];
        goals.extend(brought.iter().map(|brought| Goal::Is(0, brought, TruthGoal::NotTrue)));
        if let (Some(example), Some(code)) = (proof.solver.find(&goals), options.get(choice)) {
            let message = format!("the concern `{}` brings nothing for {example}", code.as_str());
            proof.asked.sink.report(
                Diagnostic::new("option-without-end", code.span.clone(), message)
                    .hint("let a rule say a benefit for these answers too, or that it is not covered"),
            );
        }
    }
}

/// Reports statements that some answers print twice.
pub(super) fn check_printed_once(proof: &Proof<'_, '_>) {
    let pack = proof.pack;
    let mut benefits: BTreeMap<usize, [Vec<usize>; 2]> = BTreeMap::new();
    let mut carriers: BTreeMap<usize, BTreeMap<(bool, usize), Vec<usize>>> = BTreeMap::new();
    let mut not_covered: BTreeMap<(usize, usize, usize), BTreeSet<usize>> = BTreeMap::new();
    for (at, rule) in pack.rules.iter().enumerate() {
        for say in &rule.say {
            match say {
                RuleOutcome::Benefit { benefit, limits, .. } => {
                    benefits.entry(*benefit).or_default()[usize::from(rule.overview)].push(at);
                    for limit in pack.statements.benefits[*benefit].limits.iter().chain(limits) {
                        carriers.entry(*limit).or_default().entry((rule.overview, *benefit)).or_default().push(at);
                    }
                }
                RuleOutcome::NotCovered(statement) => {
                    for (question, test) in rule.when.tests() {
                        // Only concerns are covered or not; what else a rule looks at may come with many of them.
                        if let (Test::Chosen(choice), Role::Concerns) = (test, pack.questions[question].role) {
                            not_covered.entry((*statement, question, *choice)).or_default().insert(at);
                        }
                    }
                }
            }
        }
    }
    for (benefit, [matched, overview]) in &benefits {
        let id = &pack.statements.benefits[*benefit].statement.id;
        proof.report_both(matched, overview, |example| {
            format!("`{id}` stands in the benefits and in the overview for {example}")
        });
    }
    for (limit, carriers) in &carriers {
        let id = &pack.statements.limits[*limit].id;
        let places: Vec<(&(bool, usize), &Vec<usize>)> = carriers.iter().collect();
        for (at, (first, rules)) in places.iter().enumerate() {
            // The same benefit in both places has been reported.
            for (_, others) in places[at + 1..].iter().filter(|(second, _)| second.1 != first.1) {
                proof.report_both(rules, others, |example| {
                    format!("the limit `{id}` stands under two benefits for {example}")
                });
            }
        }
    }
    for ((statement, question, choice), rules) in &not_covered {
        let id = &pack.statements.not_covered[*statement].id;
        let brought: Vec<(usize, Condition)> =
            rules.iter().map(|rule| (*rule, reason_condition(&pack.rules[*rule].when, *question, *choice))).collect();
        for (at, (_, first)) in brought.iter().enumerate() {
            for (rule, second) in &brought[at + 1..] {
                let goals = [Goal::Is(0, first, TruthGoal::True), Goal::Is(0, second, TruthGoal::True)];
                if let Some(example) = proof.solver.find(&goals) {
                    let code = &pack.questions[*question].shape.choices()[*choice].code;
                    proof.report_twice(*rule, &format!("`{id}` is said twice of `{code}` for {example}"));
                }
            }
        }
    }
}

impl Proof<'_, '_> {
    /// Reports the first pair of rules, one of each list, that fire together.
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
        self.ruled.sink.report(
            Diagnostic::new("printed-twice", raw.id.span.clone(), message)
                .hint("let no answers bring both: `preconsult pack check --explain printed-twice`"),
        );
    }
}
