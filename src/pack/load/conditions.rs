//! Converts raw conditions to conditions on earlier questions.

use super::references::{KnownNames, date};
use crate::diagnostics::{Diagnostic, Reporter, Span, Spanned};
use crate::pack::condition::{Comparison, Condition, Test};
use crate::pack::question::{Question, QuestionType};
use crate::pack::raw::{RawCondition, RawTest};

pub(super) fn earlier_question(
    name: &Spanned<String>,
    earlier: &[Question],
    is_complete: bool,
    sink: &Reporter<'_>,
) -> Option<usize> {
    let names = KnownNames::new("earlier question", earlier.iter().map(|question| question.id.as_str()), is_complete);
    names.find(name, sink)
}

/// Converts a condition. Reports references to questions that are not in `earlier`.
pub(super) fn condition(
    raw: &RawCondition,
    earlier: &[Question],
    is_complete: bool,
    sink: &Reporter<'_>,
) -> Option<Condition> {
    let list = |parts: &[RawCondition]| -> Option<Vec<Condition>> {
        // Collected first, so that every part is checked even after an error.
        let checked: Vec<_> = parts.iter().map(|part| condition(part, earlier, is_complete, sink)).collect();
        checked.into_iter().collect()
    };
    match raw {
        RawCondition::All { all } => list(all).map(Condition::All),
        RawCondition::Any { any } => list(any).map(Condition::Any),
        RawCondition::Not { not } => {
            condition(not, earlier, is_complete, sink).map(|part| Condition::Not(Box::new(part)))
        }
        RawCondition::Test(test) => check_test(test, earlier, is_complete, sink),
    }
}

fn check_test(raw: &RawTest, earlier: &[Question], is_complete: bool, sink: &Reporter<'_>) -> Option<Condition> {
    let mut tests: Vec<(&str, Span)> = Vec::new();
    for (name, field) in [("is", &raw.is), ("includes", &raw.includes), ("before", &raw.before), ("after", &raw.after)]
        .into_iter()
        .chain([("on_or_before", &raw.on_or_before), ("on_or_after", &raw.on_or_after)])
    {
        tests.extend(field.as_ref().map(|value| (name, value.span.clone())));
    }
    let numbers = [
        (Comparison::AtLeast, "at_least", &raw.at_least),
        (Comparison::AtMost, "at_most", &raw.at_most),
        (Comparison::More, "more_than", &raw.more_than),
        (Comparison::Less, "less_than", &raw.less_than),
    ];
    tests.extend(numbers.iter().filter_map(|(_, name, value)| value.as_ref().map(|value| (*name, value.span.clone()))));
    tests.extend(raw.answered.as_ref().map(|value| ("answered", value.span.clone())));
    if tests.len() != 1 {
        let message =
            if tests.is_empty() { "this condition has no test" } else { "this condition has more than one test" };
        sink.report(
            Diagnostic::new("bad-condition", raw.span.clone(), message)
                .hint("write one of: is, includes, answered, at_least, at_most, more_than, less_than, before, after, on_or_before, on_or_after"),
        );
        return None;
    }
    let question = earlier_question(&raw.question, earlier, is_complete, sink)?;
    let tested = &earlier[question];
    if tested.for_each.is_some() {
        sink.report(
            Diagnostic::new(
                "bad-condition",
                raw.question.span.clone(),
                "a condition cannot test a for-each question, which has several answers",
            )
            .hint("test the question named in its `for_each`"),
        );
        return None;
    }
    let report_mismatch = |hint: &str| {
        let message = format!("`{}` does not apply to the question `{}`", tests[0].0, tested.id);
        sink.report(Diagnostic::new("bad-condition", tests[0].1.clone(), message).hint(hint));
        None
    };
    let test = if let Some(answered) = &raw.answered {
        Test::Answered(answered.value)
    } else if let Some(code) = raw.is.as_ref().or(raw.includes.as_ref()) {
        let is_applicable = match tested.shape {
            QuestionType::SingleChoice(_) => raw.is.is_some(),
            QuestionType::MultipleChoice(_) => raw.includes.is_some(),
            _ => false,
        };
        if !is_applicable {
            return report_mismatch("use `is` for `one` and `yes-no`, `includes` for `many`");
        }
        let codes = KnownNames::new("option", tested.shape.choices().iter().map(|choice| choice.code.as_str()), true);
        Test::Chosen(codes.find(code, sink)?)
    } else if let Some((comparison, number)) =
        numbers.iter().find_map(|(comparison, _, value)| value.as_ref().map(|value| (*comparison, value)))
    {
        match (&tested.shape, &raw.unit) {
            (QuestionType::Number(_), None) => Test::Number(comparison, number.0, None),
            (QuestionType::Quantity(_, units), Some(unit)) => {
                let names = KnownNames::new("unit", units.iter().map(|unit| unit.code.as_str()), true);
                Test::Number(comparison, number.0, Some(names.find(unit, sink)?))
            }
            (QuestionType::Quantity(..), None) => {
                return report_mismatch("add `unit`: a quantity is compared in one unit");
            }
            _ => {
                return report_mismatch(
                    "compare numbers with `number` questions or, with `unit`, `quantity` questions",
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
        let (comparison, day) =
            days.into_iter().find_map(|(comparison, value)| value.as_ref().map(|value| (comparison, value)))?;
        if !matches!(tested.shape, QuestionType::Date(..)) {
            return report_mismatch("compare dates with `date` questions");
        }
        Test::Date(comparison, date(day, sink)?)
    };
    if let (Some(unit), false) = (&raw.unit, matches!(test, Test::Number(_, _, Some(_)))) {
        sink.report(Diagnostic::new("useless-field", unit.span.clone(), "`unit` has no effect here").hint("remove it"));
    }
    Some(Condition::Test(question, test))
}
