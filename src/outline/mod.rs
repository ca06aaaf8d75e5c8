//! The contents of a copy in order, without layout: every format for reading is rendered from it.

mod build;
mod legends;
mod short;
mod sources;

pub use build::outline;

use crate::foreign_text::ForeignText;
use crate::letterhead::Letterhead;
use crate::printable::Printable;
use crate::summary::CopyKind;
use chrono::NaiveDate;

/// A whole copy.
#[derive(Debug, Clone)]
pub struct Outline {
    /// The tag of the copy's language.
    pub language: String,
    /// The title of the questionnaire.
    pub title: Printable,
    /// The reader that the copy is for.
    pub audience: CopyKind,
    /// The reader that the copy is for, as a text.
    pub copy: Printable,
    /// The date, formatted for the language.
    pub date: Printable,
    /// The date as data.
    pub day: NaiveDate,
    /// The lines at the top of the page, to fill in by hand or filled in already.
    pub header: Vec<HeaderField>,
    /// The clinic's letterhead.
    pub letterhead: Letterhead,
    /// The labels of the signature line, for the signature and its date, if the clinic wants one.
    pub signature: Option<(Printable, Printable)>,
    /// The label before the choices that led to a benefit.
    pub because: Printable,
    /// The parts, in reading order.
    pub parts: Vec<Part>,
    /// The sources of the sentences and the reviews of the pack, one per line.
    pub sources: Vec<Printable>,
    /// The pack and its version.
    pub pack: Printable,
    /// The pack's hash.
    pub hash: Printable,
}

/// Marks a choice whose link to a benefit is editorial.
pub const EDITORIAL: &str = "†";

/// A line at the top of the page.
#[derive(Debug, Clone)]
pub enum HeaderField {
    /// A label and a blank to fill in by hand.
    Blank(Printable),
    /// A label and its value.
    Known(Printable, Printable),
    /// A label and choices to tick by hand; the flag marks those ticked already.
    Tick(Printable, Vec<(Printable, bool)>),
}

/// A part of a copy.
#[derive(Debug, Clone)]
pub struct Part {
    /// The kind of part.
    pub kind: PartKind,
    /// The heading.
    pub heading: Printable,
    /// The contents.
    pub blocks: Vec<Block>,
}

/// The kinds of parts of a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartKind {
    /// The patient's copy in a few lines.
    Short,
    /// What this paper is and is not.
    Notice,
    /// The concerns, and the answers about each.
    Concerns,
    /// The procedure, and the benefits or else the overview.
    Benefits,
    /// The overview, if there are benefits too.
    Overview,
    /// The concerns that the source does not cover.
    NotCovered,
    /// Variability, safety and consultation: never separated from the benefits.
    Caveats,
    /// The answers recorded for the professional.
    Recorded,
    /// What the patient can do next.
    Steps,
    /// The questions that the patient can ask, to tick.
    ToAsk,
    /// The patient's own questions.
    Questions,
}

impl PartKind {
    /// Returns the name used in templates and anchors.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Short => "short",
            Self::Notice => "notice",
            Self::Concerns => "told",
            Self::Benefits => "benefits",
            Self::Overview => "overview",
            Self::NotCovered => "not-covered",
            Self::Caveats => "caveats",
            Self::Recorded => "recorded",
            Self::Steps => "steps",
            Self::ToAsk => "to-ask",
            Self::Questions => "questions",
        }
    }
}

/// Choices that led to a benefit; the flag marks an editorial link.
pub type Choices = Vec<(Printable, bool)>;

/// One element of a part.
#[derive(Debug, Clone)]
pub enum Block {
    /// A sentence of the form itself, which makes no claim.
    Text(Printable),
    /// A text written by the clinic.
    ClinicText(ForeignText),
    /// The choices that led to every claim after it in its part; the claims then do not repeat them.
    Because {
        /// The label before the choices.
        label: Printable,
        /// The choices.
        choices: Choices,
    },
    /// A sentence of the pack with its citation mark, limits and related answers.
    Claim {
        /// The id of the statement.
        id: String,
        /// The subject of the item that it cites first, for a side head.
        subject: Printable,
        /// The sentence.
        text: Printable,
        /// The citation as printed; empty if the sentence makes no claim.
        mark: String,
        /// The limits, each with its mark, printed at the same size.
        limits: Vec<(Printable, String)>,
        /// The patient's choices that led to it, unless they led to its whole part.
        because: Choices,
        /// The patient's own answers that are printed with it.
        beside: Vec<Fact>,
    },
    /// Factors that share the start of their sentences: the start once, then the rest of each sentence.
    Factors {
        /// The subject of the item that they cite first, for a side head.
        subject: Printable,
        /// The start of every sentence.
        lead: Printable,
        /// The rest of each sentence.
        factors: Vec<Factor>,
    },
    /// A line of the patient's copy in short: a label and its sentences.
    Short {
        /// The label.
        label: Printable,
        /// The sentences, each with its citation as printed; the citation is empty if the sentence makes no claim.
        lines: Vec<(Printable, String)>,
    },
    /// One of the next steps, with its number from 1.
    Step(usize, Printable),
    /// A question that the patient can ask, with a box to tick.
    ToAsk {
        /// The id of the statement.
        id: String,
        /// Whether the patient chose it.
        ticked: bool,
        /// The question.
        text: Printable,
        /// The citation as printed.
        mark: String,
    },
    /// The explanation of a word in the claim before it; it makes no claim about the treatment.
    Meaning {
        /// The id of the glossary entry.
        id: String,
        /// The word and its explanation, as a sentence.
        text: Printable,
        /// The citation as printed.
        mark: String,
    },
    /// The explanation of a mark on the page.
    Legend {
        /// The mark, as printed.
        mark: String,
        /// The explanation.
        text: Printable,
    },
    /// The concerns as rows, and the questions about them as columns; the first column names the concern.
    Table {
        /// The heads of the columns.
        columns: Vec<Printable>,
        /// The rows, each as long as `columns`.
        rows: Vec<Vec<AnswerText>>,
    },
    /// A question's title and its answer.
    Fact(Fact),
    /// The questions that were not asked, listed together.
    NotAsked(Fact),
    /// The patient's free text alone.
    OwnWords(ForeignText),
    /// A number of blank lines to write on.
    Space(usize),
}

/// A factor that results can vary with.
#[derive(Debug, Clone)]
pub struct Factor {
    /// The id of the statement.
    pub id: String,
    /// The rest of its sentence, after the start that all factors share.
    pub text: Printable,
    /// The citation as printed.
    pub mark: String,
    /// The patient's own answers that are printed with it.
    pub beside: Vec<Fact>,
}

/// A question's title and its answer.
#[derive(Debug, Clone)]
pub struct Fact {
    /// The title of the question.
    pub title: Printable,
    /// The subject of a for-each question; several, if they have the same answer.
    pub about: Option<Printable>,
    /// The answer.
    pub entry: AnswerText,
}

impl Fact {
    pub(super) fn new(title: Printable, text: Printable) -> Self {
        Self { title, about: None, entry: AnswerText::without_words(text) }
    }

    /// Returns the question's title with its subject.
    #[must_use]
    pub fn term(&self) -> Printable {
        match &self.about {
            Some(about) => Printable::line(&format!("{}, {about}", self.title)),
            None => self.title.clone(),
        }
    }
}

/// An answer as printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerText {
    /// The options chosen, or the state as text; may be empty if there is free text.
    pub text: Printable,
    /// The patient's free text.
    pub own: Option<ForeignText>,
    /// The text between the two; empty if there is only one of them.
    pub joint: &'static str,
    /// Whether the answer is known. Skipped, declined, not asked, unreadable and unsure are not, and are printed differently.
    pub says: bool,
}

impl AnswerText {
    pub(super) fn without_words(text: Printable) -> Self {
        Self { text, own: None, joint: "", says: true }
    }
}
