//! What a copy says, and in which order, without saying how it looks: every format for the eye prints this.

mod build;
mod legends;

pub use build::outline;

use crate::foreign_text::ForeignText;
use crate::letterhead::Letterhead;
use crate::printable::Printable;
use crate::summary::CopyKind;
use chrono::NaiveDate;

/// A whole copy.
#[derive(Debug, Clone)]
pub struct Outline {
    /// The tag of its language.
    pub language: String,
    /// The title of the questionnaire.
    pub title: Printable,
    /// For whom the copy is.
    pub audience: CopyKind,
    /// The same in words.
    pub copy: Printable,
    /// The date, as the language writes it.
    pub date: Printable,
    /// The date as data.
    pub day: NaiveDate,
    /// The lines to fill in by hand, and what is known already.
    pub header: Vec<HeaderField>,
    /// What the clinic puts around the page.
    pub letterhead: Letterhead,
    /// The labels of the line to sign on, for the signature and its date, where the clinic wants one.
    pub signature: Option<(Printable, Printable)>,
    /// What stands before the choices that brought a benefit.
    pub because: Printable,
    /// The parts, in reading order.
    pub parts: Vec<Part>,
    /// Where the sentences come from and who stands behind them: one line each.
    pub sources: Vec<Printable>,
    /// The pack and its version.
    pub pack: Printable,
    /// The pack's hash.
    pub hash: Printable,
}

/// Stands behind a choice whose link to a benefit is the editors' own.
pub const EDITORIAL: &str = "†";

/// A line at the head of the page.
#[derive(Debug, Clone)]
pub enum HeaderField {
    /// To be written by hand.
    Blank(Printable),
    /// Known.
    Known(Printable, Printable),
    /// One of these, to be ticked by hand; the flag says which is ticked already.
    Tick(Printable, Vec<(Printable, bool)>),
}

/// A part of a copy.
#[derive(Debug, Clone)]
pub struct Part {
    /// Which.
    pub kind: PartKind,
    /// Its heading.
    pub heading: Printable,
    /// What stands under it.
    pub blocks: Vec<Block>,
}

/// The parts that a copy has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartKind {
    /// What this paper is and is not.
    Notice,
    /// The concerns, and what was said about each.
    Concerns,
    /// What the procedure is, and the benefits, or else the overview.
    Benefits,
    /// The overview, where there are benefits too.
    Overview,
    /// What the source does not cover.
    NotCovered,
    /// Variability, safety and consultation: never apart from the benefits.
    Caveats,
    /// What is written down for the professional.
    Recorded,
    /// What the patient wants to ask.
    Questions,
}

impl PartKind {
    /// A name for templates and anchors.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::Concerns => "told",
            Self::Benefits => "benefits",
            Self::Overview => "overview",
            Self::NotCovered => "not-covered",
            Self::Caveats => "caveats",
            Self::Recorded => "recorded",
            Self::Questions => "questions",
        }
    }
}

/// Choices that brought a benefit; the flag marks a link of the editors' own.
pub type Choices = Vec<(Printable, bool)>;

/// One thing on the page.
#[derive(Debug, Clone)]
pub enum Block {
    /// A sentence of the form's own, which claims nothing.
    Text(Printable),
    /// A text of the clinic's own.
    ClinicText(ForeignText),
    /// The choices that brought every claim after it in its part, said once: the claims then do not say them again.
    Because {
        /// What stands before the choices.
        label: Printable,
        /// The choices.
        choices: Choices,
    },
    /// A sentence of the pack, with its item mark, and what belongs to it.
    Claim {
        /// The statement's name.
        id: String,
        /// The sentence.
        text: Printable,
        /// Where it comes from, as printed; empty where it claims nothing.
        mark: String,
        /// Its limits, each with its mark, at the same size.
        limits: Vec<(Printable, String)>,
        /// The patient's choices that brought it, unless they brought its whole part.
        because: Choices,
        /// The patient's own answers that stand beside it.
        beside: Vec<Fact>,
    },
    /// What a word means that the claims use; it says nothing of the treatment.
    Meaning {
        /// The entry's name.
        id: String,
        /// The word and what it means, as a sentence.
        text: Printable,
        /// Where it comes from, as printed.
        mark: String,
    },
    /// What a mark means that stands on the page.
    Legend {
        /// The mark, as printed.
        mark: String,
        /// What it means.
        text: Printable,
    },
    /// The concerns as rows, and what was asked about each as columns; the first column names the concern.
    Table {
        /// The heads of the columns.
        columns: Vec<Printable>,
        /// The rows, as long as the columns.
        rows: Vec<Vec<AnswerText>>,
    },
    /// A question in a few words, and its answer.
    Fact(Fact),
    /// The questions that nobody asked, named together.
    NotAsked(Fact),
    /// The person's own words, with nothing else.
    OwnWords(ForeignText),
    /// So many empty lines to write on.
    Space(usize),
}

/// A question in a few words, and its answer.
#[derive(Debug, Clone)]
pub struct Fact {
    /// The question.
    pub title: Printable,
    /// What a for-each question was asked about; several things where they have one answer and stand together.
    pub about: Option<Printable>,
    /// The answer.
    pub entry: AnswerText,
}

impl Fact {
    pub(super) fn new(title: Printable, text: Printable) -> Self {
        Self { title, about: None, entry: AnswerText::without_words(text) }
    }

    /// The question with what it was asked about.
    #[must_use]
    pub fn term(&self) -> Printable {
        match &self.about {
            Some(about) => Printable::line(&format!("{} ({about})", self.title)),
            None => self.title.clone(),
        }
    }
}

/// An answer as it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerText {
    /// What was chosen, or the state in words; may be empty where there are own words.
    pub text: Printable,
    /// The person's own words.
    pub own: Option<ForeignText>,
    /// What stands between the two; nothing where there is only one of them.
    pub joint: &'static str,
    /// Whether it says something: skipped, declined, not asked and unsure do not, and look different.
    pub says: bool,
}

impl AnswerText {
    pub(super) fn without_words(text: Printable) -> Self {
        Self { text, own: None, joint: "", says: true }
    }
}
