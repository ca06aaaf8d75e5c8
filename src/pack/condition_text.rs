//! Writes a condition as text with the words of a vocabulary.
//!
//! The author's table, the sign-off page and the printed form describe the same conditions in different words. This
//! module joins, groups and negates the parts of a condition for all of them.

use super::condition::{Comparison, Condition, Test};
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// Words that conditions are written with.
pub(crate) trait ConditionVocabulary {
    /// Returns the text between parts that must all hold.
    fn and(&self) -> String;

    /// Returns the text between alternatives.
    fn or(&self) -> String;

    /// Returns the text before a negated part, or `None` to write the opposite of the part.
    fn not(&self) -> Option<&'static str>;

    /// Returns which lists of parts get parentheses.
    fn parentheses(&self) -> Parentheses;

    /// Returns true if alternative options of one question are written as one test.
    fn merges_options(&self) -> bool;

    /// Returns the text of a test that one of these options is chosen or, if not `is_chosen`, that none is.
    fn chosen(&self, question: usize, options: &[usize], is_chosen: bool) -> String;

    /// Returns the text of a test that a question has an answer or, if not `is_answered`, has none.
    fn answered(&self, question: usize, is_answered: bool) -> String;

    /// Returns the text of a comparison of a number with a limit, in a unit for quantities.
    fn number(&self, question: usize, comparison: Comparison, limit: Decimal, unit: Option<usize>) -> String;

    /// Returns the text of a comparison of a date with a limit.
    fn date(&self, question: usize, comparison: Comparison, limit: NaiveDate) -> String;
}

/// Lists of parts that get parentheses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Parentheses {
    /// Every list gets parentheses.
    Always,
    /// A list inside a list or a negation gets parentheses.
    Nested,
    /// No list gets parentheses.
    Never,
}

/// Returns the text of a condition.
pub(crate) fn condition_text(condition: &Condition, vocabulary: &impl ConditionVocabulary) -> String {
    write(condition, vocabulary, true, false)
}

/// Returns the text of a condition, or of its opposite if `holds` is false.
fn write(condition: &Condition, vocabulary: &impl ConditionVocabulary, holds: bool, is_nested: bool) -> String {
    match condition {
        Condition::All(parts) => write_list(parts, vocabulary, holds, is_nested, holds),
        Condition::Any(parts) => match options_of_one_question(parts).filter(|_| vocabulary.merges_options()) {
            Some((question, options)) => vocabulary.chosen(question, &options, holds),
            None => write_list(parts, vocabulary, holds, is_nested, !holds),
        },
        Condition::Not(part) => match vocabulary.not() {
            Some(not) => format!("{not}{}", write(part, vocabulary, holds, true)),
            None => write(part, vocabulary, !holds, is_nested),
        },
        Condition::Test(question, test) => write_test(*question, test, vocabulary, holds),
    }
}

/// Joins the parts of a list. The opposite of a list joins the opposites of its parts with the other word.
fn write_list(
    parts: &[Condition],
    vocabulary: &impl ConditionVocabulary,
    holds: bool,
    is_nested: bool,
    is_and: bool,
) -> String {
    let parts: Vec<String> = parts.iter().map(|part| write(part, vocabulary, holds, true)).collect();
    let text = parts.join(&if is_and { vocabulary.and() } else { vocabulary.or() });
    match vocabulary.parentheses() {
        Parentheses::Always => format!("({text})"),
        Parentheses::Nested if is_nested => format!("({text})"),
        Parentheses::Nested | Parentheses::Never => text,
    }
}

fn write_test(question: usize, test: &Test, vocabulary: &impl ConditionVocabulary, holds: bool) -> String {
    let comparison = |comparison: Comparison| if holds { comparison } else { comparison.opposite() };
    match test {
        Test::Chosen(option) => vocabulary.chosen(question, &[*option], holds),
        Test::Answered(is_answered) => vocabulary.answered(question, *is_answered == holds),
        Test::Number(how, limit, unit) => vocabulary.number(question, comparison(*how), *limit, *unit),
        Test::Date(how, limit) => vocabulary.date(question, comparison(*how), *limit),
    }
}

/// Returns the question and the options if all parts test for options of the same question.
fn options_of_one_question(parts: &[Condition]) -> Option<(usize, Vec<usize>)> {
    let mut tested_question = None;
    let mut options = Vec::new();
    for part in parts {
        let Condition::Test(question, Test::Chosen(option)) = part else { return None };
        if *tested_question.get_or_insert(*question) != *question {
            return None;
        }
        options.push(*option);
    }
    Some((tested_question?, options))
}
