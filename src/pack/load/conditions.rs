//! Conditions as written → conditions on questions that stand before.

use super::references::{KnownNames, date};
use crate::diagnostics::{Diagnostic, Reporter, Span, Spanned};
use crate::pack::condition::{Comparison, Condition, Test};
use crate::pack::question::{Question, QuestionType};
use crate::pack::raw::{RawCondition, RawTest};

pub(super) fn earlier_question(
    name: &Spanned<String>,
    earlier: &[Question],
    whole: bool,
    sink: &Reporter<'_>,
) -> Option<usize> {
    let names = KnownNames::new("earlier question", earlier.iter().map(|question| question.id.as_str()), whole);
    names.find(name, sink)
}

/// A condition on questions that stand before it.
pub(super) fn condition(
    raw: &RawCondition,
    earlier: &[Question],
    whole: bool,
    sink: &Reporter<'_>,
) -> Option<Condition> {
    let list = |parts: &[RawCondition]| -> Option<Vec<Condition>> {
        // Every part is checked, also after one that fails.
        let checked: Vec<_> = parts.iter().map(|part| condition(part, earlier, whole, sink)).collect();
        checked.into_iter().collect()
    };
    match raw {
        RawCondition::All { all } => list(all).map(Condition::All),
        RawCondition::Any { any } => list(any).map(Condition::Any),
        RawCondition::Not { not } => condition(not, earlier, whole, sink).map(|part| Condition::Not(Box::new(part))),
        RawCondition::Test(test) => check_test(test, earlier, whole, sink),
    }
}

fn check_test(raw: &RawTest, earlier: &[Question], whole: bool, sink: &Reporter<'_>) -> Option<Condition> {
    let mut tests: Vec<(&str, Span)> = Vec::new();
    for (name, place) in [("is", &raw.is), ("includes", &raw.includes), ("before", &raw.before), ("after", &raw.after)]
        .into_iter()
        .chain([("on_or_before", &raw.on_or_before), ("on_or_after", &raw.on_or_after)])
    {
        tests.extend(place.as_ref().map(|at| (name, at.span.clone())));
    }
    let numbers = [
        (Comparison::AtLeast, "at_least", &raw.at_least),
        (Comparison::AtMost, "at_most", &raw.at_most),
        (Comparison::More, "more_than", &raw.more_than),
        (Comparison::Less, "less_than", &raw.less_than),
    ];
    tests.extend(numbers.iter().filter_map(|(_, name, at)| at.as_ref().map(|at| (*name, at.span.clone()))));
    tests.extend(raw.answered.as_ref().map(|at| ("answered", at.span.clone())));
    if tests.len() != 1 {
        let message = if tests.is_empty() { "this condition tests nothing" } else { "this condition tests two things" };
        sink.report(
            Diagnostic::new("bad-condition", raw.span.clone(), message)
                .hint("write one of: is, includes, answered, at_least, at_most, more_than, less_than, before, after, on_or_before, on_or_after"),
        );
        return None;
    }
    let question = earlier_question(&raw.question, earlier, whole, sink)?;
    let of = &earlier[question];
    if of.for_each.is_some() {
        sink.report(
            Diagnostic::new(
                "bad-condition",
                raw.question.span.clone(),
                "a for-each question has many answers, and a condition tests one",
            )
            .hint("ask about the question that it goes through"),
        );
        return None;
    }
    let misfit = |wanted: &str| {
        let message = format!("`{}` cannot be asked of the question `{}`", tests[0].0, of.id);
        sink.report(Diagnostic::new("bad-condition", tests[0].1.clone(), message).hint(wanted.to_owned()));
        None
    };
    let test = if let Some(answered) = &raw.answered {
        Test::Answered(answered.value)
    } else if let Some(code) = raw.is.as_ref().or(raw.includes.as_ref()) {
        let fits = match of.shape {
            QuestionType::SingleChoice(_) => raw.is.is_some(),
            QuestionType::MultipleChoice(_) => raw.includes.is_some(),
            _ => false,
        };
        if !fits {
            return misfit("`is` goes with `one` and `yes-no`, `includes` with `many`");
        }
        let codes = KnownNames::new("option", of.shape.choices().iter().map(|choice| choice.code.as_str()), true);
        Test::Chosen(codes.find(code, sink)?)
    } else if let Some((how, number)) = numbers.iter().find_map(|(how, _, at)| at.as_ref().map(|at| (*how, at))) {
        match (&of.shape, &raw.unit) {
            (QuestionType::Number(_), None) => Test::Number(how, number.0, None),
            (QuestionType::Quantity(_, units), Some(unit)) => {
                let names = KnownNames::new("unit", units.iter().map(|unit| unit.code.as_str()), true);
                Test::Number(how, number.0, Some(names.find(unit, sink)?))
            }
            (QuestionType::Quantity(..), None) => return misfit("a quantity is compared in a unit: add `unit`"),
            _ => {
                return misfit(
                    "numbers compare with the answers of `number` questions, and with `unit` of `quantity` questions",
                );
            }
        }
    } else {
        let days = [
            (Comparison::Less, &raw.before),
            (Comparison::More, &raw.after),
            (Comparison::AtMost, &raw.on_or_before),
            (Comparison::AtLeast, &raw.on_or_after),
        ];
        let (how, day) = days.into_iter().find_map(|(how, at)| at.as_ref().map(|at| (how, at)))?;
        if !matches!(of.shape, QuestionType::Date(..)) {
            return misfit("dates compare with the answers of `date` questions");
        }
        Test::Date(how, date(day, sink)?)
    };
    if let (Some(unit), false) = (&raw.unit, matches!(test, Test::Number(_, _, Some(_)))) {
        sink.report(
            Diagnostic::new("useless-field", unit.span.clone(), "`unit` means nothing here").hint("take it out"),
        );
    }
    Some(Condition::Test(question, test))
}
