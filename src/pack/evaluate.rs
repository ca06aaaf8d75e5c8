//! Evaluates conditions on a set of answers.

use super::condition::{Condition, Test, Truth};
use super::content::Pack;
use super::question::Choice;
use crate::answer::{Answer, AnswerValue};

impl Condition {
    /// Evaluates the condition. `answer_to` returns the answer to a question, or `None` if it is not asked.
    pub fn holds<'a>(&self, pack: &Pack, answer_to: &impl Fn(usize) -> Option<&'a Answer>) -> Truth {
        match self {
            Self::All(parts) => Truth::all(parts.iter().map(|part| part.holds(pack, answer_to))),
            Self::Any(parts) => Truth::any(parts.iter().map(|part| part.holds(pack, answer_to))),
            Self::Not(part) => part.holds(pack, answer_to).not(),
            Self::Test(question, test) => test.holds(answer_to(*question), pack.questions[*question].shape.choices()),
        }
    }

    /// Adds the chosen options (question and option) that make the condition true. Adds none if it is not true.
    pub fn collect_reasons<'a>(
        &self,
        pack: &Pack,
        answer_to: &impl Fn(usize) -> Option<&'a Answer>,
        chosen: &mut Vec<(usize, usize)>,
    ) {
        if self.holds(pack, answer_to) != Truth::True {
            return;
        }
        match self {
            Self::All(parts) | Self::Any(parts) => {
                for part in parts {
                    part.collect_reasons(pack, answer_to, chosen);
                }
            }
            Self::Test(question, Test::Chosen(choice)) => chosen.push((*question, *choice)),
            Self::Not(_) | Self::Test(..) => {}
        }
    }
}

impl Test {
    pub(crate) fn holds(&self, answer: Option<&Answer>, choices: &[Choice]) -> Truth {
        if answer.is_some_and(Answer::is_unreadable) {
            return Truth::Unknown;
        }
        let value = answer.and_then(Answer::value);
        match (self, value) {
            (Self::Answered(expected), value) => Truth::from(value.is_some() == *expected),
            (Self::Chosen(option), Some(AnswerValue::Choice { chosen, .. })) => {
                if chosen.contains(option) {
                    Truth::True
                } else if chosen.iter().any(|choice| choices[*choice].unknown) {
                    Truth::Unknown
                } else {
                    Truth::False
                }
            }
            (Self::Number(comparison, limit, _), Some(AnswerValue::Number(number))) => {
                Truth::from(comparison.holds(number, limit))
            }
            (Self::Number(comparison, limit, expected_unit), Some(AnswerValue::Quantity { amount, unit })) => {
                // Units are not converted, so an amount in another unit is unknown.
                if expected_unit.is_none_or(|expected| expected == *unit) {
                    Truth::from(comparison.holds(amount, limit))
                } else {
                    Truth::Unknown
                }
            }
            (Self::Date(comparison, limit), Some(AnswerValue::Date(date))) => {
                Truth::from(comparison.holds(date, limit))
            }
            _ => Truth::Unknown,
        }
    }
}
