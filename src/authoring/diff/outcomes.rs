//! Compares the outcomes of two packs: answers for which they ask or print something else.

use crate::pack::{Condition, Goal, Pack, Role, RuleOutcome, Solver, TruthGoal, reason_condition};
use std::collections::{BTreeMap, BTreeSet};

const OLD: usize = 0;
const NEW: usize = 1;

/// Reports questions that are asked for other answers than before.
pub(super) fn compare_asked(old: &Pack, new: &Pack, report: &mut Vec<String>) {
    let solver = Solver::new(vec![old, new]);
    for (index, question) in old.questions.iter().enumerate() {
        let Some(now) = new.question(&question.id) else { continue };
        for (goal, other, what) in [
            (Goal::Asked(OLD, index), Goal::NotAsked(NEW, now), "is no longer asked"),
            (Goal::Asked(NEW, now), Goal::NotAsked(OLD, index), "is now asked"),
        ] {
            if let Some(example) = solver.find(&[goal, other]) {
                report.push(format!("`{}` {what} of some\nfor example: {example}", question.id));
            }
        }
    }
}

/// A line of a page, and one of the choices that are its reasons.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct OutcomeLine {
    place: &'static str,
    statement: String,
    reason: OutcomeReason,
}

/// A chosen option: a concern leads to the line, any other option is listed among its reasons.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum OutcomeReason {
    Concern(String),
    OtherAnswer(String, String),
}

/// The conditions on which a line is printed, with each of its limits, and by an editorial link.
#[derive(Default)]
struct PrintConditions {
    printed: Vec<Condition>,
    limits: BTreeMap<String, Vec<Condition>>,
    editorial: Vec<Condition>,
}

fn lines(pack: &Pack) -> BTreeMap<OutcomeLine, PrintConditions> {
    let mut lines: BTreeMap<OutcomeLine, PrintConditions> = BTreeMap::new();
    let Some(concerns) = pack.with_role(Role::Concerns) else { return lines };
    let statements = &pack.statements;
    for rule in &pack.rules {
        let tests = rule.when.tests().into_iter();
        let choices: BTreeSet<(usize, usize)> =
            tests.filter_map(|(question, test)| Some((question, test.chosen()?))).collect();
        for (index, choice) in choices {
            let when = reason_condition(&rule.when, index, choice);
            let question = &pack.questions[index];
            let code = question.shape.choices()[choice].code.clone();
            let reason = if index == concerns {
                OutcomeReason::Concern(code)
            } else {
                OutcomeReason::OtherAnswer(question.id.clone(), code)
            };
            for outcome in &rule.say {
                let (place, statement) = match outcome {
                    RuleOutcome::NotCovered(statement) => ("not covered", &statements.not_covered[*statement]),
                    RuleOutcome::Benefit { benefit, .. } if rule.overview => {
                        ("overview", &statements.benefits[*benefit].statement)
                    }
                    RuleOutcome::Benefit { benefit, .. } => ("benefits", &statements.benefits[*benefit].statement),
                };
                let line = OutcomeLine { place, statement: statement.id.clone(), reason: reason.clone() };
                let conditions = lines.entry(line).or_default();
                conditions.printed.push(when.clone());
                if let RuleOutcome::Benefit { benefit, limits, editorial, .. } = outcome {
                    for limit in statements.benefits[*benefit].limits.iter().chain(limits) {
                        conditions.limits.entry(statements.limits[*limit].id.clone()).or_default().push(when.clone());
                    }
                    conditions.editorial.extend(editorial.then(|| when.clone()));
                }
            }
        }
    }
    lines
}

/// Reports lines that some answers print in only one of the packs, or with other limits or marks.
pub(super) fn compare_lines(old: &Pack, new: &Pack, report: &mut Vec<String>) {
    let solver = Solver::new(vec![old, new]);
    let (before, after) = (lines(old), lines(new));
    let nothing = PrintConditions::default();
    let all: BTreeSet<&OutcomeLine> = before.keys().chain(after.keys()).collect();
    for line in all {
        let (was, is) = (before.get(line).unwrap_or(&nothing), after.get(line).unwrap_or(&nothing));
        let any = |list: &[Condition]| Condition::Any(list.to_vec());
        let mut report_if_found = |what: String, goals: &[(usize, &Condition, TruthGoal)]| {
            let goals: Vec<Goal<'_>> = goals.iter().map(|(pack, when, truth)| Goal::Is(*pack, when, *truth)).collect();
            if let Some(example) = solver.find(&goals) {
                report.push(format!("{}: `{}` {what}\nfor example: {example}", line.place, line.statement));
            }
        };
        let (printed_was, printed_is) = (any(&was.printed), any(&is.printed));
        let (no_longer, now) = match &line.reason {
            OutcomeReason::Concern(code) => {
                (format!("is no longer printed because of {code}"), format!("is now printed because of {code}"))
            }
            OutcomeReason::OtherAnswer(question, code) => (
                format!("no longer names {question}={code} among its reasons"),
                format!("now names {question}={code} among its reasons"),
            ),
        };
        report_if_found(no_longer, &[(OLD, &printed_was, TruthGoal::True), (NEW, &printed_is, TruthGoal::NotTrue)]);
        report_if_found(now, &[(NEW, &printed_is, TruthGoal::True), (OLD, &printed_was, TruthGoal::NotTrue)]);
        // Limits and marks belong to the line, which a concern leads to.
        let OutcomeReason::Concern(because) = &line.reason else { continue };
        // A line printed by both packs may have other limits or another kind of link.
        let both = [(OLD, &printed_was, TruthGoal::True), (NEW, &printed_is, TruthGoal::True)];
        let with = |more: [(usize, &'_ Condition, TruthGoal); 2]| {
            both.iter()
                .copied()
                .map(|(pack, when, truth)| (pack, when.clone(), truth))
                .chain(more.map(|(pack, when, truth)| (pack, when.clone(), truth)))
                .collect::<Vec<_>>()
        };
        let limits: BTreeSet<&String> = was.limits.keys().chain(is.limits.keys()).collect();
        let mut marks: Vec<(String, Condition, Condition)> = Vec::new();
        for limit in limits {
            let with_limit = |when: &PrintConditions| any(when.limits.get(limit).map_or(&[][..], Vec::as_slice));
            marks.push((format!("the limit `{limit}`"), with_limit(was), with_limit(is)));
        }
        marks.push(("the mark of an editorial link".to_owned(), any(&was.editorial), any(&is.editorial)));
        for (name, was, is) in &marks {
            for (what, goals) in [
                (
                    format!("no longer has {name} because of {because}"),
                    with([(OLD, was, TruthGoal::True), (NEW, is, TruthGoal::NotTrue)]),
                ),
                (
                    format!("now has {name} because of {because}"),
                    with([(NEW, is, TruthGoal::True), (OLD, was, TruthGoal::NotTrue)]),
                ),
            ] {
                let goals: Vec<(usize, &Condition, TruthGoal)> =
                    goals.iter().map(|(pack, when, truth)| (*pack, when, *truth)).collect();
                report_if_found(what, &goals);
            }
        }
    }
}
