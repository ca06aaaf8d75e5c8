//! Whether one answer passes several tests, and which one does.

use super::example::ExampleAnswer;
use super::goal::TruthGoal;
use crate::pack::condition::{Comparison, Test};
use crate::pack::question::{Choice, Question, QuestionType};
use chrono::{Days, NaiveDate};
use rust_decimal::{Decimal, RoundingStrategy};
use std::collections::{BTreeMap, BTreeSet};

/// What is demanded of one answer.
#[derive(Clone, Default)]
pub(super) struct Constraints<'d> {
    /// In which pack, and what.
    tests: Vec<(usize, &'d Test, TruthGoal)>,
    /// The packs in which there has to be an answer.
    given_in: BTreeSet<usize>,
    /// Whether there must not be an answer.
    pub(super) none: bool,
}

impl<'d> Constraints<'d> {
    pub(super) fn add(&mut self, pack: usize, test: Option<(&'d Test, TruthGoal)>) {
        self.given_in.insert(pack);
        self.tests.extend(test.map(|(test, want)| (pack, test, want)));
    }
}

/// A question, in each of the packs that have it.
pub(super) struct Variable<'p> {
    questions: Vec<Option<&'p Question>>,
    /// Every code of any pack, in the order in which they come.
    codes: Vec<&'p str>,
    place: BTreeMap<&'p str, usize>,
    /// Pack → place in `codes` → the option there.
    options: Vec<Vec<Option<&'p Choice>>>,
    /// Pack → option → place in `codes`.
    places: Vec<Vec<usize>>,
}

impl<'p> Variable<'p> {
    pub(super) fn new(packs: usize) -> Self {
        Self {
            questions: vec![None; packs],
            codes: Vec::new(),
            place: BTreeMap::new(),
            options: vec![Vec::new(); packs],
            places: vec![Vec::new(); packs],
        }
    }

    pub(super) fn is_like(&self, question: &Question) -> bool {
        let kind = |of: &Question| (std::mem::discriminant(&of.shape), of.for_each.is_some());
        self.questions.iter().flatten().all(|known| kind(known) == kind(question))
    }

    pub(super) fn add(&mut self, pack: usize, question: &'p Question) {
        self.questions[pack] = Some(question);
        for choice in question.shape.choices() {
            let next = self.codes.len();
            let place = *self.place.entry(&choice.code).or_insert(next);
            if place == next {
                self.codes.push(&choice.code);
                self.options.iter_mut().for_each(|options| options.push(None));
            }
            self.options[pack][place] = Some(choice);
            self.places[pack].push(place);
        }
    }

    pub(super) fn id(&self) -> &'p str {
        self.questions.iter().flatten().next().map_or("", |question| question.id.as_str())
    }

    /// An answer as demanded, if there can be one.
    pub(super) fn find(&self, demand: &Constraints<'_>) -> Option<ExampleAnswer> {
        if demand.none {
            return demand.given_in.is_empty().then_some(ExampleAnswer::None);
        }
        let shapes: Vec<&QuestionType> =
            demand.given_in.iter().filter_map(|pack| self.questions[*pack]).map(|question| &question.shape).collect();
        match shapes.first()? {
            QuestionType::SingleChoice(_) => {
                let fits = (0..self.codes.len()).find(|at| self.set_fits(&BTreeSet::from([*at]), demand))?;
                Some(ExampleAnswer::Codes(vec![self.codes[fits].to_owned()]))
            }
            QuestionType::MultipleChoice(_) => self.find_set(demand),
            QuestionType::Text(_) => Some(ExampleAnswer::Words),
            QuestionType::Number(_) => {
                find_number(&shapes, &tests_of(demand)).map(|number| ExampleAnswer::Value(number.to_string()))
            }
            QuestionType::Date(..) => {
                find_date(&shapes, &tests_of(demand)).map(|date| ExampleAnswer::Value(date.to_string()))
            }
            QuestionType::Quantity(..) => (0..self.codes.len()).find_map(|unit| {
                let known = |pack: &usize| self.options[*pack][unit].is_some();
                let is_unit =
                    |pack: usize, wanted: Option<usize>| wanted.is_none_or(|wanted| self.places[pack][wanted] == unit);
                let (same, other): (Vec<_>, Vec<_>) =
                    demand.tests.iter().copied().partition(
                        |(pack, test, _)| matches!(test, Test::Number(_, _, wanted) if is_unit(*pack, *wanted)),
                    );
                // What is said of another unit is unknown.
                let fits = demand.given_in.iter().all(known)
                    && other.iter().all(|(_, _, want)| matches!(want, TruthGoal::NotTrue | TruthGoal::NotFalse));
                let same: Vec<_> = same.into_iter().map(|(_, test, want)| (test, want)).collect();
                let number = if fits { find_number(&shapes, &same) } else { None };
                number.map(|number| ExampleAnswer::Value(format!("{number} {}", self.codes[unit])))
            }),
        }
    }

    /// The least set of options that will do.
    fn find_set(&self, demand: &Constraints<'_>) -> Option<ExampleAnswer> {
        let chosen = |which: TruthGoal| {
            demand.tests.iter().filter_map(move |(pack, test, want)| match test {
                Test::Chosen(choice) if *want == which => Some(self.places[*pack][*choice]),
                _ => None,
            })
        };
        let wanted: BTreeSet<usize> = chosen(TruthGoal::True).collect();
        let unsure = |at: &usize| self.options.iter().any(|options| options[*at].is_some_and(|option| option.unknown));
        // "True or unknown" is reached by choosing all of them, or by an unsure option; an empty set needs one more.
        let all: BTreeSet<usize> = wanted.iter().copied().chain(chosen(TruthGoal::NotFalse)).collect();
        let with = |more: usize| wanted.iter().copied().chain([more]).collect::<BTreeSet<usize>>();
        let fits = |set: &BTreeSet<usize>| !set.is_empty() && self.set_fits(set, demand);
        let more = || (0..self.codes.len()).filter(|at| wanted.is_empty() || unsure(at)).map(with);
        let found = [wanted.clone(), all].into_iter().find(fits).or_else(|| more().find(fits))?;
        Some(ExampleAnswer::Codes(found.into_iter().map(|at| self.codes[at].to_owned()).collect()))
    }

    fn set_fits(&self, set: &BTreeSet<usize>, demand: &Constraints<'_>) -> bool {
        let valid = |pack: &usize| {
            let options = &self.options[*pack];
            set.iter().all(|at| options[*at].is_some_and(|option| set.len() == 1 || !option.exclusive))
        };
        let unsure = |pack: usize| set.iter().any(|at| self.options[pack][*at].is_some_and(|option| option.unknown));
        demand.given_in.iter().all(valid)
            && demand.tests.iter().all(|(pack, test, want)| {
                let Test::Chosen(choice) = test else { return true };
                let has = set.contains(&self.places[*pack][*choice]);
                match want {
                    TruthGoal::True => has,
                    TruthGoal::False => !has && !unsure(*pack),
                    TruthGoal::NotTrue => !has,
                    TruthGoal::NotFalse => has || unsure(*pack),
                }
            })
    }
}

fn tests_of<'d>(demand: &Constraints<'d>) -> Vec<(&'d Test, TruthGoal)> {
    demand.tests.iter().map(|(_, test, want)| (*test, *want)).collect()
}

/// A number in all ranges, walking the bounds in steps of the last decimal.
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
    for (test, want) in tests {
        let Test::Number(how, than, _) = test else { continue };
        let (bound, is_least) = match negated(*how, *want) {
            Comparison::AtLeast => (up(*than), true),
            Comparison::More => (down(*than).checked_add(step)?, true),
            Comparison::AtMost => (down(*than), false),
            Comparison::Less => (up(*than).checked_sub(step)?, false),
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
    for (test, want) in tests {
        let Test::Date(how, than) = test else { continue };
        match negated(*how, *want) {
            Comparison::AtLeast => at_least(*than),
            Comparison::More => at_least(than.checked_add_days(Days::new(1))?),
            Comparison::AtMost => at_most(*than),
            Comparison::Less => at_most(than.checked_sub_days(Days::new(1))?),
        }
    }
    match (first, last) {
        (Some(first), Some(last)) if first > last => None,
        (first, last) => Some(first.or(last).unwrap_or_default()),
    }
}

/// The comparison that has to be true: a number or a date that is there leaves nothing unknown.
fn negated(how: Comparison, want: TruthGoal) -> Comparison {
    match (how, want) {
        (how, TruthGoal::True | TruthGoal::NotFalse) => how,
        (Comparison::Less, _) => Comparison::AtLeast,
        (Comparison::AtMost, _) => Comparison::More,
        (Comparison::More, _) => Comparison::AtMost,
        (Comparison::AtLeast, _) => Comparison::Less,
    }
}
