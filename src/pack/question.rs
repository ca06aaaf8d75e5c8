//! What is asked.

use super::condition::Condition;
use super::localized_text::LocalizedText;
use crate::answer::Subject;
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// A part of the questionnaire.
#[derive(Debug, Clone)]
pub struct Section {
    /// Its name.
    pub id: String,
    /// Its heading.
    pub title: LocalizedText,
}

/// A question.
#[derive(Debug, Clone)]
pub struct Question {
    /// Its name in answers files.
    pub id: String,
    /// The section it belongs to.
    pub section: usize,
    /// What its answer is for.
    pub role: Role,
    /// Whether it can be neither skipped nor declined.
    pub required: bool,
    /// A few words that stand for it in print.
    pub title: LocalizedText,
    /// The question as asked, with `{for}` in a for-each question.
    pub text: LocalizedText,
    /// A for-each question as asked once, about everything.
    pub overall_text: Option<LocalizedText>,
    /// One more sentence for whoever needs it.
    pub help: Option<LocalizedText>,
    /// What kind of answer it takes.
    pub shape: QuestionType,
    /// When it is asked; always, if `None`.
    pub when: Option<Condition>,
    /// What it is asked for, again and again.
    pub for_each: Option<ForEach>,
}

/// What an answer is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It brings benefits.
    Concerns,
    /// It stands beside a variability statement.
    Factor,
    /// It is written down for the professional.
    Recorded,
    /// It decides what is asked.
    Branch,
    /// It is what the patient wants to ask.
    Questions,
    /// It names the intake, and counts even where the question is not asked.
    Label,
}

/// Asked once for each chosen option of another question.
#[derive(Debug, Clone)]
pub struct ForEach {
    /// That question.
    pub question: usize,
    /// Its option for which this question is asked once, about everything.
    pub overall: Option<usize>,
}

/// What kind of answer a question takes.
#[derive(Debug, Clone)]
pub enum QuestionType {
    /// One of the options; `yes-no` questions are this with the options `yes` and `no`.
    SingleChoice(ChoiceList),
    /// Any number of the options, at least one.
    MultipleChoice(ChoiceList),
    /// The person's own words, up to so many characters.
    Text(usize),
    /// A number.
    Number(Range),
    /// A date, from the first to the second.
    Date(Option<NaiveDate>, Option<NaiveDate>),
    /// A number with one of these units.
    Quantity(Range, Vec<Choice>),
}

/// The options of a question.
#[derive(Debug, Clone)]
pub struct ChoiceList {
    /// In the order shown.
    pub choices: Vec<Choice>,
    /// The greatest length of the person's own words beside the choice, where they are taken.
    pub free_text: Option<usize>,
    /// Whether answers files write this as `true` and `false`.
    pub yes_no: bool,
}

/// The numbers a question takes.
#[derive(Debug, Clone)]
pub struct Range {
    /// The least.
    pub min: Option<Decimal>,
    /// The greatest.
    pub max: Option<Decimal>,
    /// How many digits may follow the point.
    pub decimals: u32,
}

/// One thing that can be chosen.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Its name in answers files.
    pub code: String,
    /// Its wording.
    pub text: LocalizedText,
    /// Whether it excludes every other choice.
    pub exclusive: bool,
    /// Whether choosing it says that the answer is not known.
    pub unknown: bool,
}

impl QuestionType {
    /// The options, where there are any.
    #[must_use]
    pub fn options(&self) -> Option<&ChoiceList> {
        match self {
            Self::SingleChoice(options) | Self::MultipleChoice(options) => Some(options),
            _ => None,
        }
    }

    /// The things that can be chosen: options, or the units of a quantity.
    #[must_use]
    pub fn choices(&self) -> &[Choice] {
        match self {
            Self::SingleChoice(options) | Self::MultipleChoice(options) => &options.choices,
            Self::Quantity(_, units) => units,
            Self::Text(_) | Self::Number(_) | Self::Date(..) => &[],
        }
    }
}

impl ForEach {
    /// The subject to ask about when this option is chosen.
    pub(crate) fn subject(&self, choice: usize) -> Subject {
        if self.overall == Some(choice) { Subject::Overall } else { Subject::Option(choice) }
    }
}

impl std::fmt::Display for Range {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let bound = |bound: Option<Decimal>| bound.map_or_else(|| "any".to_owned(), |bound| bound.to_string());
        write!(f, "from {} to {}, {} decimals", bound(self.min), bound(self.max), self.decimals)
    }
}
