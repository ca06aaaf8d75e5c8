//! `questions.json`: sections and questions.

use super::condition::RawCondition;
use super::names::names;
use crate::diagnostics::{Decimal, Spanned, record};

record! {
    /// The questionnaire, in the order in which it is asked.
    pub(crate) struct QuestionsFile {
        /// Sections of the questionnaire.
        sections: Vec<RawSection>,
        /// The questions.
        questions: Vec<RawQuestion>,
    }
}

record! {
    /// A section of the questionnaire.
    pub(crate) struct RawSection {
        /// Name of the section.
        id: Spanned<String>,
        /// Heading of the section.
        title: Spanned<String>,
        /// True if its answers come first among the recorded answers of the clinician's copy.
        for_professional: Option<Spanned<bool>>,
    }
}

record! {
    /// A question.
    pub(crate) struct RawQuestion {
        /// Name of the question in answers files and conditions.
        id: Spanned<String>,
        /// Section that contains the question.
        section: Spanned<String>,
        /// Type of the answer.
        r#type: RawType,
        /// Use of the answer; `recorded` if omitted.
        role: Option<RawRole>,
        /// True if the question must be answered. It can then be neither skipped nor declined.
        required: Option<Spanned<bool>>,
        /// Short title of the question in print.
        title: Spanned<String>,
        /// The question as asked. In a for-each question, `{for}` is replaced with the chosen option.
        text: Spanned<String>,
        /// A for-each question as asked once, about everything.
        overall_text: Option<Spanned<String>>,
        /// Additional help text.
        help: Option<Spanned<String>>,
        /// Options in the order shown; for `one` and `many`. With the role `to-ask`, they follow the questions to ask.
        options: Vec<RawOption>,
        /// True if patients may add their own words to the choice; for `one` and `many`.
        free_text: Option<Spanned<bool>>,
        /// Maximum length of a text in characters.
        max_length: Option<Spanned<u32>>,
        /// Minimum number or quantity.
        min: Option<Spanned<Decimal>>,
        /// Maximum number or quantity.
        max: Option<Spanned<Decimal>>,
        /// Maximum number of decimal places; 0 if omitted.
        decimals: Option<Spanned<u32>>,
        /// Earliest date, as YYYY-MM-DD.
        earliest: Option<Spanned<String>>,
        /// Latest date, as YYYY-MM-DD.
        latest: Option<Spanned<String>>,
        /// Units of a quantity.
        units: Vec<RawOption>,
        /// Condition under which the question is asked; always asked if omitted.
        when: Option<Spanned<RawCondition>>,
        /// Repeats the question for each chosen option of another question.
        for_each: Option<RawForEach>,
    }
}

record! {
    /// An option or a unit.
    pub(crate) struct RawOption {
        /// Name of the option in answers files; not only digits.
        code: Spanned<String>,
        /// Wording of the option.
        text: Spanned<String>,
        /// True if the option excludes every other choice.
        exclusive: Option<Spanned<bool>>,
        /// True if the option means that the answer is not known.
        unknown: Option<Spanned<bool>>,
    }
}

record! {
    /// Repeats a question for each chosen option of `question`.
    pub(crate) struct RawForEach {
        /// Question whose chosen options are iterated.
        question: Spanned<String>,
        /// Option for which the question is asked once, about everything.
        overall: Option<Spanned<String>>,
    }
}

names! {
    /// Type of the answer to a question.
    RawType {
        /// One of the options.
        One = "one",
        /// Any number of the options.
        Many = "many",
        /// Yes or no.
        YesNo = "yes-no",
        /// Free text.
        Text = "text",
        /// A number.
        Number = "number",
        /// A calendar date.
        Date = "date",
        /// A number with a unit.
        Quantity = "quantity",
    }
}

names! {
    /// Use of an answer.
    RawRole {
        /// Concerns: rules test its options, and each option must lead to a statement.
        Concerns = "concerns",
        /// Factor printed next to a variability statement.
        Factor = "factor",
        /// Recorded for the professional.
        Recorded = "recorded",
        /// Only decides which other questions are asked.
        Branch = "branch",
        /// The patient's own questions.
        Questions = "questions",
        /// Label of the intake.
        Label = "label",
        /// Questions to ask: its options are the statements of the kind `ask` that apply to the answers, then `options`.
        ToAsk = "to-ask",
    }
}
