//! Whether a condition can be true at all, decided exactly.
//!
//! A tableau: what has to hold is taken apart into tests of single answers, alternatives one after the other, and a
//! set of tests on one answer is decided by looking at that question's options or bounds. An answer can only be tested
//! where its question is asked, so that question's own condition has to hold as well.

use super::load::Loaded;
use super::raw::{QuestionsFile, RulesFile};
use super::{Choice, Comparison, Condition, Pack, Question, Range, Shape, Test};
use crate::located::Problem;
use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// Reports questions that are never asked and rules that never fire.
pub(super) fn check(
    pack: &Pack,
    _head: &Loaded<'_, super::raw::PackFile>,
    asked: &Loaded<'_, QuestionsFile>,
    _said: &Loaded<'_, super::raw::StatementsFile>,
    ruled: &Loaded<'_, RulesFile>,
) {
    let raw_questions = asked.raw.iter().flat_map(|file| &file.questions);
    for ((at, question), raw) in pack.questions.iter().enumerate().zip(raw_questions) {
        if !can_be(pack, &[Goal::Asked(at)]) {
            let place = raw.when.as_ref().map_or(raw.id.span.clone(), |when| when.span.clone());
            let message = format!("no answers make this true, so the question `{}` is never asked", question.id);
            asked
                .sink
                .report(Problem::new("never-asked", place, message).hint("change `when`, or take the question out"));
        } else if let (Some(when), Some(raw)) = (&question.when, &raw.when)
            && let Some(part) = dead_part(pack, when)
        {
            let message = format!("in this condition of `{}`, {part} can never be true", question.id);
            asked.sink.report(
                Problem::new("dead-condition", raw.span.clone(), message).hint("take that part out, or change it"),
            );
        }
    }
    for (rule, raw) in pack.rules.iter().zip(ruled.raw.iter().flat_map(|file| &file.rules)) {
        if !can_be(pack, &[Goal::Is(&rule.when, Want::True)]) {
            let message = format!("no answers make this true, so the rule `{}` never fires", rule.id);
            ruled.sink.report(
                Problem::new("never-fires", raw.when.span.clone(), message).hint("change `when`, or take the rule out"),
            );
        } else if let Some(part) = dead_part(pack, &rule.when) {
            let message = format!("in this condition of `{}`, {part} can never be true", rule.id);
            ruled.sink.report(
                Problem::new("dead-condition", raw.when.span.clone(), message).hint("take that part out, or change it"),
            );
        }
    }
}

/// The first alternative of an `any`, however deep, that cannot be true.
fn dead_part(pack: &Pack, condition: &Condition) -> Option<String> {
    match condition {
        Condition::Any(parts) => {
            let dead = parts.iter().position(|part| !can_be(pack, &[Goal::Is(part, Want::True)]));
            let dead = dead.map(|at| format!("alternative {} of `any`", at + 1));
            dead.or_else(|| parts.iter().find_map(|part| dead_part(pack, part)))
        }
        Condition::All(parts) => parts.iter().find_map(|part| dead_part(pack, part)),
        Condition::Not(part) => dead_part(pack, part),
        Condition::Test(..) => None,
    }
}

/// Something that has to be so.
#[derive(Clone, Copy)]
enum Goal<'g> {
    /// The question is asked.
    Asked(usize),
    /// The question has no answer: skipped, where that is possible, or not asked.
    NoAnswer(usize),
    /// The condition has this truth.
    Is(&'g Condition, Want),
}

/// The truth that is wanted of a condition.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Want {
    True,
    False,
    /// False or unknown.
    NotTrue,
    /// True or unknown.
    NotFalse,
}

impl Want {
    fn of_negation(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            Self::NotTrue => Self::NotFalse,
            Self::NotFalse => Self::NotTrue,
        }
    }
}

/// What is demanded of one question's answer.
#[derive(Clone, Default)]
struct Demand<'d> {
    tests: Vec<(&'d Test, Want)>,
    /// Whether there has to be an answer, or must not be one.
    answered: Option<bool>,
}

type Demands<'d> = BTreeMap<usize, Demand<'d>>;

fn can_be(pack: &Pack, goals: &[Goal<'_>]) -> bool {
    solve(pack, goals.to_vec(), &Demands::new())
}

/// Whether all goals can be reached together with what is demanded already.
fn solve<'g>(pack: &'g Pack, mut goals: Vec<Goal<'g>>, demands: &Demands<'g>) -> bool {
    let Some(goal) = goals.pop() else { return true };
    let go_on = |more: &[Goal<'g>], demands: &Demands<'g>| {
        let mut goals = goals.clone();
        goals.extend(more);
        solve(pack, goals, demands)
    };
    let either = |ways: &[Goal<'g>]| ways.iter().any(|way| go_on(&[*way], demands));
    match goal {
        Goal::Asked(question) => {
            let of = &pack.questions[question];
            let mut more: Vec<Goal<'_>> = of.when.iter().map(|when| Goal::Is(when, Want::True)).collect();
            let mut demands = demands.clone();
            if let Some(through) = of.for_each.as_ref().map(|each| each.question) {
                if !demand(pack, &mut demands, through, None, true) {
                    return false;
                }
                more.push(Goal::Asked(through));
            }
            go_on(&more, &demands)
        }
        Goal::NoAnswer(question) => {
            let mut demands = demands.clone();
            let of = &pack.questions[question];
            demand(pack, &mut demands, question, None, false)
                && ((!of.required && go_on(&[Goal::Asked(question)], &demands))
                    || of.when.as_ref().is_some_and(|when| go_on(&[Goal::Is(when, Want::NotTrue)], &demands)))
        }
        Goal::Is(Condition::Not(part), want) => go_on(&[Goal::Is(part, want.of_negation())], demands),
        Goal::Is(Condition::All(parts) | Condition::Any(parts), want) => {
            let is_all = matches!(goal, Goal::Is(Condition::All(_), _));
            let goals: Vec<Goal<'_>> = parts.iter().map(|part| Goal::Is(part, want)).collect();
            // An `all` is true where all parts are, and false where one is; an `any` the other way round.
            if is_all == matches!(want, Want::True | Want::NotFalse) { go_on(&goals, demands) } else { either(&goals) }
        }
        Goal::Is(Condition::Test(question, Test::Answered(answered)), want) => {
            if *answered == matches!(want, Want::True | Want::NotFalse) {
                let mut demands = demands.clone();
                demand(pack, &mut demands, *question, None, true) && go_on(&[Goal::Asked(*question)], &demands)
            } else {
                go_on(&[Goal::NoAnswer(*question)], demands)
            }
        }
        Goal::Is(Condition::Test(question, test), want) => {
            let mut with_test = demands.clone();
            (demand(pack, &mut with_test, *question, Some((test, want)), true)
                && go_on(&[Goal::Asked(*question)], &with_test))
                || (matches!(want, Want::NotTrue | Want::NotFalse) && go_on(&[Goal::NoAnswer(*question)], demands))
        }
    }
}

/// Adds to what is demanded of a question's answer; false if no answer can be like that.
fn demand<'g>(
    pack: &Pack,
    demands: &mut Demands<'g>,
    question: usize,
    test: Option<(&'g Test, Want)>,
    answered: bool,
) -> bool {
    let demand = demands.entry(question).or_default();
    demand.tests.extend(test);
    *demand.answered.get_or_insert(answered) == answered && fits(&pack.questions[question], &demand.tests)
}

/// Whether one answer passes all these tests.
fn fits(question: &Question, tests: &[(&Test, Want)]) -> bool {
    match &question.shape {
        Shape::One(options) => (0..options.choices.len()).any(|at| choice_fits(&[at], &options.choices, tests)),
        Shape::Many(options) => {
            let choices = &options.choices;
            let wanted: BTreeSet<usize> = tests
                .iter()
                .filter_map(|(test, want)| match (test, want) {
                    (Test::Chosen(choice), Want::True) => Some(*choice),
                    _ => None,
                })
                .collect();
            // The least set that has what is wanted; with one more at the most, which may be an unsure one.
            (0..choices.len()).any(|more| {
                let with: Vec<usize> =
                    wanted.iter().copied().chain([more]).collect::<BTreeSet<_>>().into_iter().collect();
                let least: Vec<usize> = wanted.iter().copied().collect();
                [least, with].iter().any(|set| {
                    let alone = set.len() == 1 || !set.iter().any(|at| choices[*at].exclusive);
                    !set.is_empty() && alone && choice_fits(set, choices, tests)
                })
            }) || several_not_false(&wanted, choices, tests)
        }
        Shape::Number(range) => number_fits(range, tests),
        Shape::Quantity(range, units) => (0..units.len()).any(|unit| {
            let (same, other): (Vec<_>, Vec<_>) = tests.iter().copied().partition(
                |(test, _)| matches!(test, Test::Number(_, _, wanted) if wanted.is_none_or(|wanted| wanted == unit)),
            );
            // What is said of another unit is unknown.
            other.iter().all(|(_, want)| matches!(want, Want::NotTrue | Want::NotFalse)) && number_fits(range, &same)
        }),
        Shape::Date(from, to) => date_fits(*from, *to, tests),
        Shape::Text(_) => true,
    }
}

/// "True or unknown" of several options, without an unsure one: all of them chosen.
fn several_not_false(wanted: &BTreeSet<usize>, choices: &[Choice], tests: &[(&Test, Want)]) -> bool {
    let not_false = tests.iter().filter_map(|(test, want)| match (test, want) {
        (Test::Chosen(choice), Want::NotFalse) => Some(*choice),
        _ => None,
    });
    let set: Vec<usize> = wanted.iter().copied().chain(not_false).collect::<BTreeSet<_>>().into_iter().collect();
    let alone = set.len() == 1 || !set.iter().any(|at| choices[*at].exclusive);
    !set.is_empty() && alone && choice_fits(&set, choices, tests)
}

fn choice_fits(set: &[usize], choices: &[Choice], tests: &[(&Test, Want)]) -> bool {
    let unsure = set.iter().any(|at| choices[*at].unknown);
    tests.iter().all(|(test, want)| {
        let Test::Chosen(choice) = test else { return true };
        let has = set.contains(choice);
        match want {
            Want::True => has,
            Want::False => !has && !unsure,
            Want::NotTrue => !has,
            Want::NotFalse => has || unsure,
        }
    })
}

/// Walks the bounds in steps of the question's last decimal.
fn number_fits(range: &Range, tests: &[(&Test, Want)]) -> bool {
    let step = Decimal::new(1, range.decimals);
    let (mut least, mut most) = (range.min, range.max);
    for (test, want) in tests {
        let Test::Number(how, than, _) = test else { continue };
        let scale =
            |round: Decimal, up: bool| if up { (round / step).ceil() * step } else { (round / step).floor() * step };
        match negated(*how, *want) {
            Comparison::AtLeast => least = least.max(Some(scale(*than, true))),
            Comparison::More => least = least.max(Some(scale(*than, false) + step)),
            Comparison::AtMost => most = Some(most.map_or(scale(*than, false), |most| most.min(scale(*than, false)))),
            Comparison::Less => {
                let below = scale(*than, true) - step;
                most = Some(most.map_or(below, |most| most.min(below)));
            }
        }
    }
    least.zip(most).is_none_or(|(least, most)| (least / step).ceil() * step <= most)
}

fn date_fits(from: Option<NaiveDate>, to: Option<NaiveDate>, tests: &[(&Test, Want)]) -> bool {
    let (mut first, mut last) = (from, to);
    for (test, want) in tests {
        let Test::Date(how, than) = test else { continue };
        let (next, before) = (than.checked_add_days(Days::new(1)), than.checked_sub_days(Days::new(1)));
        match negated(*how, *want) {
            Comparison::AtLeast => first = first.max(Some(*than)),
            Comparison::More => first = first.max(next),
            Comparison::AtMost => last = Some(last.map_or(*than, |last| last.min(*than))),
            Comparison::Less => last = last.into_iter().chain(before).min(),
        }
    }
    first.zip(last).is_none_or(|(first, last)| first <= last)
}

/// The comparison that has to be true: a number or a date that is there leaves nothing unknown.
fn negated(how: Comparison, want: Want) -> Comparison {
    match (how, want) {
        (how, Want::True | Want::NotFalse) => how,
        (Comparison::Less, _) => Comparison::AtLeast,
        (Comparison::AtMost, _) => Comparison::More,
        (Comparison::More, _) => Comparison::AtMost,
        (Comparison::AtLeast, _) => Comparison::Less,
    }
}
