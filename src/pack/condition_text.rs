//! Writes a condition as text, in the words of a vocabulary.
//!
//! The author's table, the page for sign-off and the printed form say the same conditions in different words. How the
//! parts of a condition are joined, grouped and negated is decided here, once.

use super::condition::{Comparison, Condition, Test};
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// The words in which conditions are written.
pub(crate) trait ConditionVocabulary {
    /// The text between parts that all have to hold.
    fn and(&self) -> String;

    /// The text between parts of which one has to hold.
    fn or(&self) -> String;

    /// The text before a part that must not hold; `None` where the opposite of the part is written instead.
    fn not(&self) -> Option<&'static str>;

    /// The lists of parts that get parentheses.
    fn parentheses(&self) -> Parentheses;

    /// Whether alternatives that are options of one question are written as one test.
    fn merges_options(&self) -> bool;

    /// One of these options of a question is chosen, or none is.
    fn chosen(&self, question: usize, options: &[usize], is_chosen: bool) -> String;

    /// A question has an answer, or has none.
    fn answered(&self, question: usize, is_answered: bool) -> String;

    /// The number that answers a question compares so.
    fn number(&self, question: usize, comparison: Comparison, limit: Decimal, unit: Option<usize>) -> String;

    /// The date that answers a question compares so.
    fn date(&self, question: usize, comparison: Comparison, limit: NaiveDate) -> String;
}

/// The lists of parts that get parentheses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Parentheses {
    /// Every list.
    Always,
    /// A list that is itself a part.
    Nested,
    /// None.
    Never,
}

/// The text of a condition.
pub(crate) fn condition_text(condition: &Condition, vocabulary: &impl ConditionVocabulary) -> String {
    write(condition, vocabulary, true, false)
}

/// The text of a condition, or of its opposite where it must not hold (`holds` is false).
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

/// The parts of a list; the opposite of a list joins the opposites of its parts by the other word.
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

/// The question and its options, where all parts test for options of the same question.
fn options_of_one_question(parts: &[Condition]) -> Option<(usize, Vec<usize>)> {
    let mut found = None;
    let mut options = Vec::new();
    for part in parts {
        let Condition::Test(question, Test::Chosen(option)) = part else { return None };
        if *found.get_or_insert(*question) != *question {
            return None;
        }
        options.push(*option);
    }
    Some((found?, options))
}
