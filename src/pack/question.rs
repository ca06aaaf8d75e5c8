//! Questions, their types and options.

use super::condition::Condition;
use super::localized_text::LocalizedText;
use crate::answer::Subject;
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// A section of the questionnaire.
#[derive(Debug, Clone)]
pub struct Section {
    /// Name of the section.
    pub id: String,
    /// Heading of the section.
    pub title: LocalizedText,
    /// True if its answers come first among the recorded answers of the clinician's copy.
    pub for_professional: bool,
}

/// A question.
#[derive(Debug, Clone)]
pub struct Question {
    /// Name in answers files.
    pub id: String,
    /// Index of the section that contains the question.
    pub section: usize,
    /// Use of the answer.
    pub role: Role,
    /// True if the question can be neither skipped nor declined.
    pub required: bool,
    /// Short title in print.
    pub title: LocalizedText,
    /// The question as asked, with `{for}` in a for-each question.
    pub text: LocalizedText,
    /// A for-each question as asked once, about everything.
    pub overall_text: Option<LocalizedText>,
    /// Additional help text.
    pub help: Option<LocalizedText>,
    /// Type of the answer.
    pub shape: QuestionType,
    /// Condition under which the question is asked; always asked if `None`.
    pub when: Option<Condition>,
    /// Question whose chosen options repeat this question.
    pub for_each: Option<ForEach>,
}

/// Use of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Concerns, which lead to benefits.
    Concerns,
    /// Factor printed next to a variability statement.
    Factor,
    /// Recorded for the professional.
    Recorded,
    /// Only decides which other questions are asked.
    Branch,
    /// The patient's own questions.
    Questions,
    /// Label of the intake. It is used even if the question is not asked.
    Label,
    /// Questions that the patient wants to ask; its options are statements.
    ToAsk,
}

/// Repeats a question for each chosen option of another question.
#[derive(Debug, Clone)]
pub struct ForEach {
    /// Index of the other question.
    pub question: usize,
    /// Option of the other question for which this question is asked once, about everything.
    pub overall: Option<usize>,
}

/// Type of the answer to a question.
#[derive(Debug, Clone)]
pub enum QuestionType {
    /// One of the options; `yes-no` questions are this with the options `yes` and `no`.
    SingleChoice(ChoiceList),
    /// Any number of the options, at least one.
    MultipleChoice(ChoiceList),
    /// Free text up to this many characters.
    Text(usize),
    /// A number.
    Number(Range),
    /// A date from the first date to the second, inclusive.
    Date(Option<NaiveDate>, Option<NaiveDate>),
    /// A number with one of these units.
    Quantity(Range, Vec<Choice>),
}

/// The options of a question.
#[derive(Debug, Clone)]
pub struct ChoiceList {
    /// Options in the order shown.
    pub choices: Vec<Choice>,
    /// Maximum length of free text in addition to the choice, in characters; `None` if not allowed.
    pub free_text: Option<usize>,
    /// True if answers files write the options as `true` and `false`.
    pub yes_no: bool,
}

/// Range of valid numbers.
#[derive(Debug, Clone)]
pub struct Range {
    /// Minimum, inclusive.
    pub min: Option<Decimal>,
    /// Maximum, inclusive.
    pub max: Option<Decimal>,
    /// Maximum number of decimal places.
    pub decimals: u32,
}

/// An option or a unit.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Name in answers files.
    pub code: String,
    /// Wording of the option.
    pub text: LocalizedText,
    /// True if the option excludes every other choice.
    pub exclusive: bool,
    /// True if the option means that the answer is not known.
    pub unknown: bool,
    /// Condition under which the option is offered; always if `None`. It tests earlier questions.
    pub when: Option<Condition>,
}

impl QuestionType {
    /// Returns the options of a choice question.
    #[must_use]
    pub fn options(&self) -> Option<&ChoiceList> {
        match self {
            Self::SingleChoice(options) | Self::MultipleChoice(options) => Some(options),
            _ => None,
        }
    }

    /// Returns the options of a choice question, or the units of a quantity.
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
    /// Returns the subject to ask about when this option is chosen.
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
