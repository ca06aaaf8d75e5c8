//! `questions.json`: the questionnaire.

use super::condition::RawCondition;
use super::names::names;
use crate::diagnostics::{Decimal, Spanned, record};

record! {
    /// The questionnaire, in the order in which it is asked.
    pub(crate) struct QuestionsFile {
        /// The parts of the questionnaire.
        sections: Vec<RawSection>,
        /// The questions.
        questions: Vec<RawQuestion>,
    }
}

record! {
    /// A part of the questionnaire.
    pub(crate) struct RawSection {
        /// The section's name.
        id: Spanned<String>,
        /// Its heading.
        title: Spanned<String>,
    }
}

record! {
    /// A question.
    pub(crate) struct RawQuestion {
        /// The question's name in answers files and conditions.
        id: Spanned<String>,
        /// The section it belongs to.
        section: Spanned<String>,
        /// What kind of answer it takes.
        r#type: RawType,
        /// What its answer is for; `recorded` when left out.
        role: Option<RawRole>,
        /// Whether it has to be answered: it can then be neither skipped nor declined.
        required: Option<Spanned<bool>>,
        /// A few words that stand for the question in print.
        title: Spanned<String>,
        /// The question as asked; in a for-each question `{for}` stands where the chosen option goes.
        text: Spanned<String>,
        /// A for-each question as asked once, about everything.
        overall_text: Option<Spanned<String>>,
        /// One more sentence for whoever needs it.
        help: Option<Spanned<String>>,
        /// The options, in the order shown; for `one` and `many`.
        options: Vec<RawOption>,
        /// Whether the person's own words may stand beside the choice; for `one` and `many`.
        free_text: Option<Spanned<bool>>,
        /// The greatest length of a text, in characters.
        max_length: Option<Spanned<u32>>,
        /// The least number or quantity.
        min: Option<Spanned<Decimal>>,
        /// The greatest number or quantity.
        max: Option<Spanned<Decimal>>,
        /// How many digits may follow the decimal point; 0 when left out.
        decimals: Option<Spanned<u32>>,
        /// The earliest date, as YYYY-MM-DD.
        earliest: Option<Spanned<String>>,
        /// The latest date, as YYYY-MM-DD.
        latest: Option<Spanned<String>>,
        /// The units of a quantity.
        units: Vec<RawOption>,
        /// Asked only when this is true; always asked when left out.
        when: Option<Spanned<RawCondition>>,
        /// Asked once for each chosen option of another question.
        for_each: Option<RawForEach>,
    }
}

record! {
    /// One thing that can be chosen.
    pub(crate) struct RawOption {
        /// The option's name in answers files; never all digits.
        code: Spanned<String>,
        /// Its wording.
        text: Spanned<String>,
        /// Whether it excludes every other choice.
        exclusive: Option<Spanned<bool>>,
        /// Whether choosing it says that the answer is not known.
        unknown: Option<Spanned<bool>>,
    }
}

record! {
    /// Asked once for each chosen option of `question`.
    pub(crate) struct RawForEach {
        /// The question whose chosen options are gone through.
        question: Spanned<String>,
        /// The option for which the question is asked once, about everything.
        overall: Option<Spanned<String>>,
    }
}

names! {
    /// What kind of answer a question takes.
    RawType {
        /// One of the options.
        One = "one",
        /// Any number of the options.
        Many = "many",
        /// Yes or no.
        YesNo = "yes-no",
        /// The person's own words.
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
    /// What an answer is for.
    RawRole {
        /// It brings benefits: rules speak of its options, and each has to end in a statement.
        Concerns = "concerns",
        /// It stands beside a variability statement.
        Factor = "factor",
        /// It is written down for the professional.
        Recorded = "recorded",
        /// It decides what is asked, and nothing else.
        Branch = "branch",
        /// It is what the patient wants to ask.
        Questions = "questions",
        /// It names the intake.
        Label = "label",
    }
}
