//! A pack: the questions, the statements that may be printed, and the rules between them, checked.
//!
//! [`Pack::load`] turns the files of a pack into a `Pack`, or into *all* their [`Problems`] at once. What these types
//! hold has been proven to fit: every index points at something, every benefit cites a source and knows its limits,
//! and the texts on variability, safety and consultation are there.

mod builtin;
mod case;
mod condition;
mod load;
mod prove;
mod questions;
mod raw;
mod rules;
mod schema;
mod show;
mod statements;
mod words;

pub use builtin::{BUILT_IN, built_in, built_in_cases};
pub use case::Case;
pub use condition::{Comparison, Condition, Test, Truth};
pub use load::PackFiles;
pub use schema::schemas;
pub use show::{show, show_questions};

use crate::located::Problems;
use crate::printable::Printable;
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// A checked pack.
#[derive(Debug, Clone)]
pub struct Pack {
    /// The pack's name.
    pub id: String,
    /// The version of its content.
    pub version: String,
    /// `sha256:` and 64 hexadecimal digits over everything that can change a question or a page.
    pub hash: String,
    /// Language tags; the first is the default.
    pub languages: Vec<String>,
    /// The title of the questionnaire.
    pub title: Wording,
    /// Shown first, and printed on every copy.
    pub notice: Wording,
    /// The documents that statements cite.
    pub sources: Vec<Source>,
    /// Who stands behind the content.
    pub review: Review,
    /// The parts of the questionnaire.
    pub sections: Vec<Section>,
    /// The questions, in the order asked.
    pub questions: Vec<Question>,
    /// What may be printed.
    pub statements: Statements,
    /// What follows from the answers.
    pub rules: Vec<Rule>,
}

/// One text in every language of the pack.
#[derive(Debug, Clone)]
pub struct Wording(Vec<Printable>);

/// One of a pack's languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Language(usize);

impl Wording {
    /// The text in a language of the pack.
    #[must_use]
    pub fn in_language(&self, language: Language) -> &Printable {
        &self.0[language.0]
    }
}

/// A document that statements cite.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its name in citations.
    pub id: String,
    /// Its title.
    pub title: Printable,
    /// Its author, if it names one.
    pub author: Option<Printable>,
    /// Its publisher, if it names one.
    pub publisher: Option<Printable>,
    /// Its date, if it names one.
    pub published: Option<Printable>,
    /// SHA-256 of the document.
    pub sha256: String,
    /// The places that can be cited, in the source's order.
    pub items: Vec<Item>,
}

/// A place in a source.
#[derive(Debug, Clone)]
pub struct Item {
    /// Its name in citations.
    pub id: String,
    /// What it is about.
    pub title: Wording,
}

/// Who reviewed the pack, and when. `None` is "not yet", never an unknown somebody.
#[derive(Debug, Clone, Default)]
pub struct Review {
    /// Who.
    pub by: Option<Printable>,
    /// When.
    pub on: Option<NaiveDate>,
    /// When the next review is due.
    pub due: Option<NaiveDate>,
}

/// A part of the questionnaire.
#[derive(Debug, Clone)]
pub struct Section {
    /// Its name.
    pub id: String,
    /// Its heading.
    pub title: Wording,
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
    pub title: Wording,
    /// The question as asked, with `{for}` in a for-each question.
    pub text: Wording,
    /// A for-each question as asked once, about everything.
    pub overall_text: Option<Wording>,
    /// One more sentence for whoever needs it.
    pub help: Option<Wording>,
    /// What kind of answer it takes.
    pub shape: Shape,
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
pub enum Shape {
    /// One of the options; `yes-no` questions are this with the options `yes` and `no`.
    One(Options),
    /// Any number of the options, at least one.
    Many(Options),
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
pub struct Options {
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
    pub text: Wording,
    /// Whether it excludes every other choice.
    pub exclusive: bool,
    /// Whether choosing it says that the answer is not known.
    pub unknown: bool,
}

/// What may be printed. The parts that every copy needs cannot be missing.
#[derive(Debug, Clone)]
pub struct Statements {
    /// What the procedure is.
    pub procedure: Statement,
    /// The documented potential benefits, in the source's order.
    pub benefits: Vec<Benefit>,
    /// What benefits are limited to.
    pub limits: Vec<Statement>,
    /// What results can vary with; at least one.
    pub variability: Vec<Variability>,
    /// What the source says of safety; at least one.
    pub safety: Vec<Statement>,
    /// The advice to ask a professional; at least one.
    pub consult: Vec<Statement>,
    /// That the source says nothing of a concern; at least one.
    pub not_covered: Vec<Statement>,
}

/// A sentence that may be printed, and where it comes from.
#[derive(Debug, Clone)]
pub struct Statement {
    /// Its name.
    pub id: String,
    /// The places it comes from; empty only where it claims nothing (`not-covered`).
    pub cites: Vec<Citation>,
    /// The strength of its claim.
    pub modality: Option<String>,
    /// Its wording.
    pub text: Wording,
}

/// A place in one of the pack's sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Citation {
    /// Which source.
    pub source: usize,
    /// Which of its items.
    pub item: usize,
}

/// A documented potential benefit.
#[derive(Debug, Clone)]
pub struct Benefit {
    /// The claim.
    pub statement: Statement,
    /// The limits printed with it always.
    pub limits: Vec<usize>,
}

/// What results can vary with.
#[derive(Debug, Clone)]
pub struct Variability {
    /// The sentence.
    pub statement: Statement,
    /// The questions whose answers stand beside it.
    pub questions: Vec<usize>,
}

/// When something is answered, something is said.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Its name.
    pub id: String,
    /// When it fires.
    pub when: Condition,
    /// Whether it speaks in the overview and not among the benefits.
    pub overview: bool,
    /// What it says.
    pub say: Vec<Say>,
}

/// A statement that a rule says.
#[derive(Debug, Clone)]
pub enum Say {
    /// A benefit, with limits beside those it always has.
    Benefit {
        /// Which.
        benefit: usize,
        /// The further limits.
        limits: Vec<usize>,
        /// Whether the link is the editors' own and not the source's wording.
        editorial: bool,
    },
    /// That the source does not cover it.
    NotCovered(usize),
}

impl Pack {
    /// Checks the files of a pack.
    ///
    /// # Errors
    /// All that is wrong with them, in reading order.
    pub fn load(files: &PackFiles) -> Result<Self, Problems> {
        load::load(files, false)
    }

    /// Checks the files of a pack as [`Self::load`] does, and proves that every question can be asked and every rule
    /// can fire.
    ///
    /// # Errors
    /// All that is wrong with them, in reading order.
    pub fn check(files: &PackFiles) -> Result<Self, Problems> {
        load::load(files, true)
    }

    /// The language with this tag, or with the same first part (`es` for `es-MX`).
    #[must_use]
    pub fn language(&self, tag: &str) -> Option<Language> {
        let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_lowercase();
        let exact = self.languages.iter().position(|known| known.eq_ignore_ascii_case(tag));
        exact.or_else(|| self.languages.iter().position(|known| primary(known) == primary(tag))).map(Language)
    }

    /// The tag of a language.
    #[must_use]
    pub fn tag(&self, language: Language) -> &str {
        &self.languages[language.0]
    }

    /// The place of a question in `questions`.
    #[must_use]
    pub fn question(&self, id: &str) -> Option<usize> {
        self.questions.iter().position(|question| question.id == id)
    }

    /// The question with a role that only one question has.
    #[must_use]
    pub fn with_role(&self, role: Role) -> Option<usize> {
        self.questions.iter().position(|question| question.role == role)
    }

    /// A citation as every output writes it: `source#item`.
    #[must_use]
    pub fn cite(&self, citation: Citation) -> String {
        let source = &self.sources[citation.source];
        format!("{}#{}", source.id, source.items[citation.item].id)
    }
}

impl Shape {
    /// The options, where there are any.
    #[must_use]
    pub fn options(&self) -> Option<&Options> {
        match self {
            Self::One(options) | Self::Many(options) => Some(options),
            _ => None,
        }
    }

    /// The things that can be chosen: options, or the units of a quantity.
    #[must_use]
    pub fn choices(&self) -> &[Choice] {
        match self {
            Self::One(options) | Self::Many(options) => &options.choices,
            Self::Quantity(_, units) => units,
            Self::Text(_) | Self::Number(_) | Self::Date(..) => &[],
        }
    }
}
