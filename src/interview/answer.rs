//! Answers, and the ways in which there can be none.

use crate::pack::{Condition, ForEach, Pack, Question, Range, Shape, Truth};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Which question an answer belongs to; for a for-each question, also about what.
///
/// Slots sort in the order in which they are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot {
    /// The question's place in the pack.
    pub question: usize,
    /// What a for-each question is asked about; `None` for every other question.
    pub about: Option<About>,
}

/// What a for-each question is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum About {
    /// This option of the question that it goes through.
    Option(usize),
    /// Everything at once.
    Overall,
}

/// What came back when a question was asked. That nobody asked is the absence of an `Answer`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It was answered; an option such as "not sure" or "none" is an answer too.
    Given(Given),
    /// The person went on without answering.
    Skipped,
    /// The person would rather not say.
    Declined,
}

/// The content of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// Options, in the pack's order, and the person's own words beside them.
    Choice {
        /// Places in the question's options, rising.
        chosen: Vec<usize>,
        /// Own words, where the question takes them.
        text: Option<String>,
    },
    /// Own words.
    Text(String),
    /// A number, with its digits as written.
    Number(Decimal),
    /// A date.
    Date(NaiveDate),
    /// A number with a unit.
    Quantity {
        /// How much.
        amount: Decimal,
        /// The unit's place in the question's units.
        unit: usize,
    },
}

/// Answers by slot, also to questions that are not asked at the moment.
pub type Answers = BTreeMap<Slot, Answer>;

/// Why an answer does not fit its question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Nothing was chosen or written.
    Empty,
    /// The question has to be answered.
    Required,
    /// More than one option, where one is asked for.
    OnlyOne,
    /// This option excludes the others chosen with it.
    Exclusive(usize),
    /// The text has `length` characters, and `limit` is the most.
    TooLong {
        /// How many it has.
        length: usize,
        /// How many it may have.
        limit: usize,
    },
    /// Own words where only options are asked for.
    NoText,
    /// A kind of answer that the question does not take.
    WrongKind,
    /// The number is out of range, or has too many decimals.
    OutOfRange,
}

impl Answer {
    /// The content, if it was answered.
    #[must_use]
    pub fn given(&self) -> Option<&Given> {
        match self {
            Self::Given(given) => Some(given),
            Self::Skipped | Self::Declined => None,
        }
    }
}

impl Given {
    /// The options chosen, or the unit of a quantity.
    pub(crate) fn chosen_or_unit(&self) -> Vec<usize> {
        match self {
            Self::Quantity { unit, .. } => vec![*unit],
            other => other.chosen().to_vec(),
        }
    }

    /// The options chosen; none for other kinds of answer.
    #[must_use]
    pub fn chosen(&self) -> &[usize] {
        match self {
            Self::Choice { chosen, .. } => chosen,
            _ => &[],
        }
    }
}

impl Question {
    /// The answer as it is kept, if it fits.
    ///
    /// # Errors
    /// What does not fit.
    #[inline]
    pub fn accept(&self, answer: Answer) -> Result<Answer, Refusal> {
        match answer {
            Answer::Given(given) => self.accept_given(given).map(Answer::Given),
            _ if self.required => Err(Refusal::Required),
            unknown => Ok(unknown),
        }
    }

    #[inline]
    fn accept_given(&self, given: Given) -> Result<Given, Refusal> {
        match (&self.shape, given) {
            (Shape::One(options) | Shape::Many(options), Given::Choice { mut chosen, text }) => {
                if !chosen.is_sorted_by(|one, next| one < next) {
                    chosen.sort_unstable();
                    chosen.dedup();
                }
                if chosen.is_empty() {
                    return Err(Refusal::Empty);
                }
                if chosen.len() > 1 {
                    if matches!(self.shape, Shape::One(_)) {
                        return Err(Refusal::OnlyOne);
                    }
                    if let Some(choice) = chosen.iter().find(|choice| options.choices[**choice].exclusive) {
                        return Err(Refusal::Exclusive(*choice));
                    }
                }
                let text = match (text, options.free_text) {
                    (Some(text), Some(limit)) => Some(fit(text, limit)?).filter(|text| !is_blank(text)),
                    (Some(text), None) if !is_blank(&text) => return Err(Refusal::NoText),
                    _ => None,
                };
                Ok(Given::Choice { chosen, text })
            }
            (Shape::Text(limit), Given::Text(text)) => {
                let text = fit(text, *limit)?;
                if is_blank(&text) { Err(Refusal::Empty) } else { Ok(Given::Text(text)) }
            }
            (Shape::Number(range), Given::Number(number)) => range.accept(number).map(Given::Number),
            (Shape::Date(from, to), Given::Date(date)) => {
                let fits = from.is_none_or(|from| from <= date) && to.is_none_or(|to| date <= to);
                if fits { Ok(Given::Date(date)) } else { Err(Refusal::OutOfRange) }
            }
            (Shape::Quantity(range, _), Given::Quantity { amount, unit }) => {
                range.accept(amount).map(|amount| Given::Quantity { amount, unit })
            }
            _ => Err(Refusal::WrongKind),
        }
    }
}

impl Range {
    fn accept(&self, number: Decimal) -> Result<Decimal, Refusal> {
        let fits = self.min.is_none_or(|min| min <= number)
            && self.max.is_none_or(|max| number <= max)
            && number.scale() <= self.decimals;
        if fits { Ok(number) } else { Err(Refusal::OutOfRange) }
    }
}

/// Whether nothing of a text would show.
fn is_blank(text: &str) -> bool {
    // Most texts have a letter that nothing can hide.
    !text.bytes().any(|byte| byte.is_ascii_alphanumeric())
        && crate::printable::Printable::text(text).as_str().is_empty()
}

/// Comes before everything else that looks at a text, which takes its time with a long one.
fn fit(text: String, limit: usize) -> Result<String, Refusal> {
    // A character has at least one byte.
    if text.len() <= limit {
        return Ok(text);
    }
    let length = text.chars().count();
    if length > limit { Err(Refusal::TooLong { length, limit }) } else { Ok(text) }
}

/// A date as answers and packs write it: `YYYY-MM-DD`, and nothing looser.
#[must_use]
pub fn parse_date(text: &str) -> Option<NaiveDate> {
    let shaped = text.len() == 10
        && text.bytes().enumerate().all(|(at, b)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() });
    if !shaped {
        return None;
    }
    NaiveDate::from_ymd_opt(text[..4].parse().ok()?, text[5..7].parse().ok()?, text[8..].parse().ok()?)
}

/// The questions that these answers make askable, in order.
#[must_use]
pub fn asked(pack: &Pack, answers: &Answers) -> Vec<Slot> {
    let mut slots = Vec::new();
    walk(pack, |question| answers.get(&Slot::plain(question)), |slot| slots.push(slot));
    slots
}

/// Tells the questions that the answers make askable, in order; `answer_to` gives the answer to a question asked once.
///
/// A condition sees only answers to questions that are asked themselves: what a changed branch has hidden is kept,
/// and counts for nothing.
pub(crate) fn walk<'a>(pack: &Pack, answer_to: impl Fn(usize) -> Option<&'a Answer>, mut ask: impl FnMut(Slot)) {
    let mut visible = vec![false; pack.questions.len()];
    // Questions that follow on each other often have the same condition, and what it looks at comes before them all.
    let mut known: Option<(&Condition, bool)> = None;
    for (at, question) in pack.questions.iter().enumerate() {
        let seen = |of: usize| visible[of].then(|| answer_to(of)).flatten();
        if let Some(when) = &question.when {
            let holds = match known {
                Some((same, holds)) if same == when => holds,
                _ => when.holds(pack, &seen) == Truth::True,
            };
            known = Some((when, holds));
            if !holds {
                continue;
            }
        }
        let Some(for_each) = &question.for_each else {
            ask(Slot::plain(at));
            visible[at] = true;
            continue;
        };
        let through = seen(for_each.question).and_then(Answer::given).map_or(&[][..], Given::chosen);
        for choice in through {
            ask(Slot { question: at, about: Some(for_each.about(*choice)) });
        }
    }
}

impl ForEach {
    /// What it is asked about where this option is chosen.
    pub(crate) fn about(&self, choice: usize) -> About {
        if self.overall == Some(choice) { About::Overall } else { About::Option(choice) }
    }

    /// The option that has it asked about this.
    pub(crate) fn choice(&self, about: About) -> Option<usize> {
        match about {
            About::Option(choice) => Some(choice),
            About::Overall => self.overall,
        }
    }
}

impl Slot {
    /// The slot of a question that is asked once.
    #[must_use]
    pub fn plain(question: usize) -> Self {
        Self { question, about: None }
    }
}

#[cfg(test)]
mod tests {
    use super::parse_date;

    #[test]
    fn only_whole_dates_are_dates() {
        assert!(parse_date("2026-11-22").is_some());
        for wrong in ["2026-11-31", "2026-1-2", "22.11.2026", "+026-11-22", "2026-11-22 ", "", "２026-11-2"] {
            assert!(parse_date(wrong).is_none(), "{wrong:?}");
        }
    }
}
