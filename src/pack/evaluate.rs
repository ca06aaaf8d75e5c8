//! Evaluates conditions on a set of answers.

use super::condition::{Condition, Test, Truth};
use super::content::Pack;
use super::question::Choice;
use crate::answer::{Answer, AnswerValue};

impl Condition {
    /// Whether it holds; `answer_to` gives the answer to a question that is asked, or `None`.
    pub fn holds<'a>(&self, pack: &Pack, answer_to: &impl Fn(usize) -> Option<&'a Answer>) -> Truth {
        match self {
            Self::All(parts) => Truth::all(parts.iter().map(|part| part.holds(pack, answer_to))),
            Self::Any(parts) => Truth::any(parts.iter().map(|part| part.holds(pack, answer_to))),
            Self::Not(part) => part.holds(pack, answer_to).not(),
            Self::Test(question, test) => {
                let given = answer_to(*question).and_then(Answer::value);
                test.holds(given, pack.questions[*question].shape.choices())
            }
        }
    }

    /// Adds the chosen options (question and option) that make it true, if it is.
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
    pub(crate) fn holds(&self, given: Option<&AnswerValue>, choices: &[Choice]) -> Truth {
        if let Self::Answered(wanted) = self {
            return Truth::from(given.is_some() == *wanted);
        }
        match (self, given) {
            (Self::Chosen(wanted), Some(AnswerValue::Choice { chosen, .. })) => {
                if chosen.contains(wanted) {
                    Truth::True
                } else if chosen.iter().any(|choice| choices[*choice].unknown) {
                    Truth::Unknown
                } else {
                    Truth::False
                }
            }
            (Self::Number(how, than, _), Some(AnswerValue::Number(number))) => Truth::from(how.holds(number, than)),
            (Self::Number(how, than, wanted), Some(AnswerValue::Quantity { amount, unit })) => {
                // Units are not converted, so an amount in another unit says nothing.
                if wanted.is_none_or(|wanted| wanted == *unit) {
                    Truth::from(how.holds(amount, than))
                } else {
                    Truth::Unknown
                }
            }
            (Self::Date(how, than), Some(AnswerValue::Date(date))) => Truth::from(how.holds(date, than)),
            _ => Truth::Unknown,
        }
    }
}
