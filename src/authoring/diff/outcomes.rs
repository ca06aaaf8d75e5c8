//! Answers for which two packs ask or print something else.

use crate::pack::{Condition, Goal, Pack, Role, RuleOutcome, Solver, TruthGoal, reason_condition};
use std::collections::{BTreeMap, BTreeSet};

const OLD: usize = 0;
const NEW: usize = 1;

/// Reports questions that other answers lead to than before.
pub(super) fn compare_asked(old: &Pack, new: &Pack, into: &mut Vec<String>) {
    let solver = Solver::new(vec![old, new]);
    for (at, question) in old.questions.iter().enumerate() {
        let Some(now) = new.question(&question.id) else { continue };
        for (goal, other, what) in [
            (Goal::Asked(OLD, at), Goal::NotAsked(NEW, now), "is no longer asked"),
            (Goal::Asked(NEW, now), Goal::NotAsked(OLD, at), "is now asked"),
        ] {
            if let Some(example) = solver.find(&[goal, other]) {
                into.push(format!("`{}` {what} of some\nfor example: {example}", question.id));
            }
        }
    }
}

/// A line of a page, and one of the choices that it names as its reasons.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Line {
    place: &'static str,
    statement: String,
    reason: Reason,
}

/// A chosen option. That of a concern is why a line is there; any other is named beside it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Reason {
    Concern(String),
    Beside(String, String),
}

/// When a line is printed, when with each limit, and when by an editorial link.
#[derive(Default)]
struct PrintConditions {
    printed: Vec<Condition>,
    limits: BTreeMap<String, Vec<Condition>>,
    editorial: Vec<Condition>,
}

fn lines(pack: &Pack) -> BTreeMap<Line, PrintConditions> {
    let mut lines: BTreeMap<Line, PrintConditions> = BTreeMap::new();
    let Some(concerns) = pack.with_role(Role::Concerns) else { return lines };
    let statements = &pack.statements;
    for rule in &pack.rules {
        let tests = rule.when.tests().into_iter();
        let choices: BTreeSet<(usize, usize)> =
            tests.filter_map(|(question, test)| Some((question, test.chosen()?))).collect();
        for (question, choice) in choices {
            let when = reason_condition(&rule.when, question, choice);
            let of = &pack.questions[question];
            let code = of.shape.choices()[choice].code.clone();
            let reason = if question == concerns { Reason::Concern(code) } else { Reason::Beside(of.id.clone(), code) };
            for say in &rule.say {
                let (place, statement) = match say {
                    RuleOutcome::NotCovered(statement) => ("not covered", &statements.not_covered[*statement]),
                    RuleOutcome::Benefit { benefit, .. } if rule.overview => {
                        ("overview", &statements.benefits[*benefit].statement)
                    }
                    RuleOutcome::Benefit { benefit, .. } => ("benefits", &statements.benefits[*benefit].statement),
                };
                let line = Line { place, statement: statement.id.clone(), reason: reason.clone() };
                let of = lines.entry(line).or_default();
                of.printed.push(when.clone());
                if let RuleOutcome::Benefit { benefit, limits, editorial, .. } = say {
                    for limit in statements.benefits[*benefit].limits.iter().chain(limits) {
                        of.limits.entry(statements.limits[*limit].id.clone()).or_default().push(when.clone());
                    }
                    of.editorial.extend(editorial.then(|| when.clone()));
                }
            }
        }
    }
    lines
}

/// Reports lines that some answers print in one pack and not in the other, or with other limits or another mark.
pub(super) fn compare_lines(old: &Pack, new: &Pack, into: &mut Vec<String>) {
    let solver = Solver::new(vec![old, new]);
    let (before, after) = (lines(old), lines(new));
    let nothing = PrintConditions::default();
    let all: BTreeSet<&Line> = before.keys().chain(after.keys()).collect();
    for line in all {
        let (was, is) = (before.get(line).unwrap_or(&nothing), after.get(line).unwrap_or(&nothing));
        let any = |list: &[Condition]| Condition::Any(list.to_vec());
        let mut report = |what: String, goals: &[(usize, &Condition, TruthGoal)]| {
            let goals: Vec<Goal<'_>> = goals.iter().map(|(pack, when, want)| Goal::Is(*pack, when, *want)).collect();
            if let Some(example) = solver.find(&goals) {
                into.push(format!("{}: `{}` {what}\nfor example: {example}", line.place, line.statement));
            }
        };
        let (printed_was, printed_is) = (any(&was.printed), any(&is.printed));
        let (no_longer, now) = match &line.reason {
            Reason::Concern(code) => {
                (format!("is no longer printed because of {code}"), format!("is now printed because of {code}"))
            }
            Reason::Beside(question, code) => (
                format!("no longer names {question}={code} among its reasons"),
                format!("now names {question}={code} among its reasons"),
            ),
        };
        report(no_longer, &[(OLD, &printed_was, TruthGoal::True), (NEW, &printed_is, TruthGoal::NotTrue)]);
        report(now, &[(NEW, &printed_is, TruthGoal::True), (OLD, &printed_was, TruthGoal::NotTrue)]);
        // Limits and marks belong to the line, which is there because of a concern.
        let Reason::Concern(because) = &line.reason else { continue };
        // What is printed in both may have other limits, or be linked in another way.
        let both = [(OLD, &printed_was, TruthGoal::True), (NEW, &printed_is, TruthGoal::True)];
        let with = |more: [(usize, &'_ Condition, TruthGoal); 2]| {
            both.iter()
                .copied()
                .map(|(pack, when, want)| (pack, when.clone(), want))
                .chain(more.map(|(pack, when, want)| (pack, when.clone(), want)))
                .collect::<Vec<_>>()
        };
        let limits: BTreeSet<&String> = was.limits.keys().chain(is.limits.keys()).collect();
        let mut marks: Vec<(String, Condition, Condition)> = Vec::new();
        for limit in limits {
            let of = |when: &PrintConditions| any(when.limits.get(limit).map_or(&[][..], Vec::as_slice));
            marks.push((format!("the limit `{limit}`"), of(was), of(is)));
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
                    goals.iter().map(|(pack, when, want)| (*pack, when, *want)).collect();
                report(what, &goals);
            }
        }
    }
}
