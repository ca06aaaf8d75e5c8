//! Finds an answer to one question that passes several tests.

use super::example::ExampleAnswer;
use super::goal::TruthGoal;
use crate::pack::condition::{Comparison, Test};
use crate::pack::question::{Choice, Question, QuestionType};
use chrono::{Days, NaiveDate};
use rust_decimal::{Decimal, RoundingStrategy};
use std::collections::{BTreeMap, BTreeSet};

/// Constraints on the answer to one question.
#[derive(Clone, Default)]
pub(super) struct Constraints<'d> {
    /// Tests as pack, test and truth value.
    tests: Vec<(usize, &'d Test, TruthGoal)>,
    /// Packs in which the question must have an answer.
    answered_in: BTreeSet<usize>,
    /// True if the question must have no answer.
    pub(super) none: bool,
}

impl<'d> Constraints<'d> {
    pub(super) fn add(&mut self, pack: usize, test: Option<(&'d Test, TruthGoal)>) {
        self.answered_in.insert(pack);
        self.tests.extend(test.map(|(test, goal)| (pack, test, goal)));
    }
}

/// A question in each of the packs that have it.
pub(super) struct Variable<'p> {
    questions: Vec<Option<&'p Question>>,
    /// Codes of the options in all packs, in order of first occurrence.
    codes: Vec<&'p str>,
    position: BTreeMap<&'p str, usize>,
    /// Option, by pack and index in `codes`.
    options: Vec<Vec<Option<&'p Choice>>>,
    /// Index in `codes`, by pack and option.
    positions: Vec<Vec<usize>>,
}

impl<'p> Variable<'p> {
    pub(super) fn new(packs: usize) -> Self {
        Self {
            questions: vec![None; packs],
            codes: Vec::new(),
            position: BTreeMap::new(),
            options: vec![Vec::new(); packs],
            positions: vec![Vec::new(); packs],
        }
    }

    pub(super) fn is_like(&self, question: &Question) -> bool {
        let kind = |question: &Question| (std::mem::discriminant(&question.shape), question.for_each.is_some());
        self.questions.iter().flatten().all(|known| kind(known) == kind(question))
    }

    pub(super) fn add(&mut self, pack: usize, question: &'p Question) {
        self.questions[pack] = Some(question);
        for choice in question.shape.choices() {
            let next = self.codes.len();
            let position = *self.position.entry(&choice.code).or_insert(next);
            if position == next {
                self.codes.push(&choice.code);
                self.options.iter_mut().for_each(|options| options.push(None));
            }
            self.options[pack][position] = Some(choice);
            self.positions[pack].push(position);
        }
    }

    pub(super) fn id(&self) -> &'p str {
        self.questions.iter().flatten().next().map_or("", |question| question.id.as_str())
    }

    /// Returns an answer that meets the constraints, if there is one.
    pub(super) fn find(&self, constraints: &Constraints<'_>) -> Option<ExampleAnswer> {
        if constraints.none {
            return constraints.answered_in.is_empty().then_some(ExampleAnswer::None);
        }
        let shapes: Vec<&QuestionType> = constraints
            .answered_in
            .iter()
            .filter_map(|pack| self.questions[*pack])
            .map(|question| &question.shape)
            .collect();
        match shapes.first()? {
            QuestionType::SingleChoice(_) => {
                let fits = (0..self.codes.len()).find(|index| self.set_fits(&BTreeSet::from([*index]), constraints))?;
                Some(ExampleAnswer::Codes(vec![self.codes[fits].to_owned()]))
            }
            QuestionType::MultipleChoice(_) => self.find_set(constraints),
            QuestionType::Text(_) => Some(ExampleAnswer::Text),
            QuestionType::Number(_) => {
                find_number(&shapes, &tests_of(constraints)).map(|number| ExampleAnswer::Value(number.to_string()))
            }
            QuestionType::Date(..) => {
                find_date(&shapes, &tests_of(constraints)).map(|date| ExampleAnswer::Value(date.to_string()))
            }
            QuestionType::Quantity(..) => (0..self.codes.len()).find_map(|unit| {
                let known = |pack: &usize| self.options[*pack][unit].is_some();
                let is_unit = |pack: usize, tested: Option<usize>| {
                    tested.is_none_or(|tested| self.positions[pack][tested] == unit)
                };
                let (same, other): (Vec<_>, Vec<_>) =
                    constraints.tests.iter().copied().partition(
                        |(pack, test, _)| matches!(test, Test::Number(_, _, tested) if is_unit(*pack, *tested)),
                    );
                // A test in another unit is unknown.
                let fits = constraints.answered_in.iter().all(known)
                    && other.iter().all(|(_, _, goal)| matches!(goal, TruthGoal::NotTrue | TruthGoal::NotFalse));
                let same: Vec<_> = same.into_iter().map(|(_, test, goal)| (test, goal)).collect();
                let number = if fits { find_number(&shapes, &same) } else { None };
                number.map(|number| ExampleAnswer::Value(format!("{number} {}", self.codes[unit])))
            }),
        }
    }

    /// Returns the smallest set of options that meets the constraints.
    fn find_set(&self, constraints: &Constraints<'_>) -> Option<ExampleAnswer> {
        let chosen = |expected_goal: TruthGoal| {
            constraints.tests.iter().filter_map(move |(pack, test, goal)| match test {
                Test::Chosen(choice) if *goal == expected_goal => Some(self.positions[*pack][*choice]),
                _ => None,
            })
        };
        let required: BTreeSet<usize> = chosen(TruthGoal::True).collect();
        let has_unknown =
            |index: &usize| self.options.iter().any(|options| options[*index].is_some_and(|option| option.unknown));
        // All tested options, or an unsure option, make a test true or unknown. An empty set needs one option.
        let all: BTreeSet<usize> = required.iter().copied().chain(chosen(TruthGoal::NotFalse)).collect();
        let with_option = |option: usize| required.iter().copied().chain([option]).collect::<BTreeSet<usize>>();
        let fits = |set: &BTreeSet<usize>| !set.is_empty() && self.set_fits(set, constraints);
        let extended =
            || (0..self.codes.len()).filter(|index| required.is_empty() || has_unknown(index)).map(with_option);
        let options = [required.clone(), all].into_iter().find(fits).or_else(|| extended().find(fits))?;
        Some(ExampleAnswer::Codes(options.into_iter().map(|index| self.codes[index].to_owned()).collect()))
    }

    fn set_fits(&self, set: &BTreeSet<usize>, constraints: &Constraints<'_>) -> bool {
        let valid = |pack: &usize| {
            let options = &self.options[*pack];
            set.iter().all(|index| options[*index].is_some_and(|option| set.len() == 1 || !option.exclusive))
        };
        let has_unknown =
            |pack: usize| set.iter().any(|index| self.options[pack][*index].is_some_and(|option| option.unknown));
        constraints.answered_in.iter().all(valid)
            && constraints.tests.iter().all(|(pack, test, goal)| {
                let Test::Chosen(choice) = test else { return true };
                let has = set.contains(&self.positions[*pack][*choice]);
                match goal {
                    TruthGoal::True => has,
                    TruthGoal::False => !has && !has_unknown(*pack),
                    TruthGoal::NotTrue => !has,
                    TruthGoal::NotFalse => has || has_unknown(*pack),
                }
            })
    }
}

fn tests_of<'d>(constraints: &Constraints<'d>) -> Vec<(&'d Test, TruthGoal)> {
    constraints.tests.iter().map(|(_, test, goal)| (*test, *goal)).collect()
}

/// Returns a number in all ranges that passes the tests. Bounds are rounded to the smallest number of decimals.
fn find_number(shapes: &[&QuestionType], tests: &[(&Test, TruthGoal)]) -> Option<Decimal> {
    let ranges: Vec<_> = shapes
        .iter()
        .filter_map(|shape| match shape {
            QuestionType::Number(range) | QuestionType::Quantity(range, _) => Some(range),
            _ => None,
        })
        .collect();
    let decimals = ranges.iter().map(|range| range.decimals).min()?;
    let step = Decimal::new(1, decimals);
    let up = |number: Decimal| number.round_dp_with_strategy(decimals, RoundingStrategy::ToPositiveInfinity);
    let down = |number: Decimal| number.round_dp_with_strategy(decimals, RoundingStrategy::ToNegativeInfinity);
    let mut least = ranges.iter().filter_map(|range| range.min).max().map(up);
    let mut most = ranges.iter().filter_map(|range| range.max).min().map(down);
    for (test, goal) in tests {
        let Test::Number(comparison, limit, _) = test else { continue };
        let (bound, is_least) = match required_comparison(*comparison, *goal) {
            Comparison::AtLeast => (up(*limit), true),
            Comparison::More => (down(*limit).checked_add(step)?, true),
            Comparison::AtMost => (down(*limit), false),
            Comparison::Less => (up(*limit).checked_sub(step)?, false),
        };
        if is_least {
            least = least.max(Some(bound));
        } else {
            most = Some(most.map_or(bound, |most| most.min(bound)));
        }
    }
    match (least, most) {
        (Some(least), Some(most)) if least > most => None,
        (least, most) => Some(least.or(most).unwrap_or_default()),
    }
}

fn find_date(shapes: &[&QuestionType], tests: &[(&Test, TruthGoal)]) -> Option<NaiveDate> {
    let (mut first, mut last): (Option<NaiveDate>, Option<NaiveDate>) = (None, None);
    for shape in shapes {
        if let QuestionType::Date(from, to) = shape {
            first = first.max(*from);
            last = last.into_iter().chain(*to).min();
        }
    }
    let mut at_least = |day: NaiveDate| first = first.max(Some(day));
    let mut at_most = |day: NaiveDate| last = last.into_iter().chain([day]).min();
    for (test, goal) in tests {
        let Test::Date(comparison, limit) = test else { continue };
        match required_comparison(*comparison, *goal) {
            Comparison::AtLeast => at_least(*limit),
            Comparison::More => at_least(limit.checked_add_days(Days::new(1))?),
            Comparison::AtMost => at_most(*limit),
            Comparison::Less => at_most(limit.checked_sub_days(Days::new(1))?),
        }
    }
    match (first, last) {
        (Some(first), Some(last)) if first > last => None,
        (first, last) => Some(first.or(last).unwrap_or_default()),
    }
}

/// Returns the comparison that must be true. A comparison of a present number or date is never unknown.
fn required_comparison(comparison: Comparison, goal: TruthGoal) -> Comparison {
    match goal {
        TruthGoal::True | TruthGoal::NotFalse => comparison,
        TruthGoal::False | TruthGoal::NotTrue => comparison.opposite(),
    }
}
