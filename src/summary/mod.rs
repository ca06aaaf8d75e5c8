//! The summary: finished answers → everything that any output needs, each line with what it rests on.
//!
//! A [`Summary`] comes from [`Summary::new`] and from nowhere else. It takes a checked pack and a finished interview,
//! so it has its variability, safety and consult lines, and every benefit has its source and the answer that brought it.

mod build;
mod indent;
mod json;
mod json_writer;
mod localize;
mod matches;
mod schema;

use crate::answer::{AnswerKey, Answers};
use crate::interview::{FilledInBy, Finished};
use crate::pack::{Language, Pack, Role};
use crate::printable::Printable;
use chrono::NaiveDate;
pub(crate) use json_writer::{JsonWriter, SummaryInput, push_quoted};
pub(crate) use matches::RuleMatches;
pub use schema::summary_schema;
use std::sync::Arc;

/// For whom a copy is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CopyKind {
    /// Their own words first, then the benefits.
    Patient,
    /// What was recorded first, then the rest.
    Clinician,
}

impl CopyKind {
    /// As options, file names and JSON write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Patient => "patient",
            Self::Clinician => "clinician",
        }
    }
}

/// What a summary needs beside the answers.
#[derive(Debug, Clone, Copy)]
pub struct SummaryOptions {
    /// The date printed.
    pub date: NaiveDate,
    /// The language of the copy.
    pub language: Language,
    /// The language that was asked in, and so that of the person's own words.
    pub asked_in: Language,
    /// For whom.
    pub copy: CopyKind,
    /// Who filled the questionnaire in, if somebody said so.
    pub filled_in_by: Option<FilledInBy>,
}

/// Which languages copies are in: that of the command comes first, then that of the answers, then the clinic's.
#[derive(Debug, Clone, Copy)]
pub struct Languages {
    /// The language that the command names.
    pub named: Option<Language>,
    /// The clinic's, in which its own copy is.
    pub clinic: Language,
}

impl Languages {
    /// The language that was asked in; `None` if the pack does not have the one that the answers name.
    #[must_use]
    pub fn asked(self, pack: &Pack, answers: Option<&str>) -> Option<Language> {
        match (self.named, answers) {
            (Some(named), _) => Some(named),
            (None, Some(tag)) => pack.language(tag),
            (None, None) => Some(self.clinic),
        }
    }

    /// The language of a copy.
    #[must_use]
    pub fn of_copy(self, copy: CopyKind, asked: Language) -> Language {
        if copy == CopyKind::Clinician { self.clinic } else { asked }
    }
}

/// One copy of one summary.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Summary {
    /// The pack's name.
    pub pack_id: String,
    /// The pack's version.
    pub pack_version: String,
    /// The pack's hash.
    pub pack_hash: String,
    /// The title of the questionnaire.
    pub title: Printable,
    /// The date printed.
    pub date: NaiveDate,
    /// The tag of the language.
    pub language: String,
    /// The tag of the language that was asked in.
    pub asked_in: String,
    /// For whom.
    pub copy: CopyKind,
    /// What the intake is called, if it was given a name.
    pub label: Option<Printable>,
    /// Who filled it in.
    pub filled_in_by: Option<FilledInBy>,
    /// What this paper is and is not.
    pub notice: Printable,
    /// What the procedure is.
    pub procedure: Line,
    /// The benefits that the answers bring, in the source's order.
    pub benefits: Vec<BenefitLine>,
    /// Benefits shown as an overview, matched to no concern.
    pub overview: Vec<BenefitLine>,
    /// The concerns that the source does not cover.
    pub not_covered: Vec<NotCoveredLine>,
    /// What results can vary with, and the patient's own answers to that.
    pub variability: Vec<VariabilityLine>,
    /// What the source says of safety.
    pub safety: Vec<Line>,
    /// The advice to consult.
    pub consult: Vec<Line>,
    /// What is written down for the professional, in question order.
    pub recorded: Vec<AnswerRecord>,
    /// What the patient wants to ask, where the pack has a question for it.
    pub questions: Option<AnswerRecord>,
    /// Every answer, in question order.
    pub answers: Vec<AnswerRecord>,
    /// The patient's concerns, as chosen.
    pub concerns: AnswerRecord,
    /// The documents that the lines cite.
    pub sources: Vec<SourceLine>,
    /// Who has reviewed the pack, if somebody has.
    pub reviewed_by: Option<Printable>,
    /// When that was.
    pub reviewed_on: Option<NaiveDate>,
    /// Every review that was due before the date of the copy: its day and, where it is not the pack's, the sentence.
    pub overdue: Vec<(NaiveDate, Option<Printable>)>,
    /// What words of the sentences mean that a patient may not know, in the glossary's order.
    pub words: Vec<GlossaryEntry>,
    /// A short name that depends on pack and answers alone: eight hexadecimal digits.
    pub content_id: String,
    /// The sender's own name for the answers, if it gave one.
    pub id: Option<String>,
    /// The answers as given, from which answers files and FHIR responses are written.
    given_answers: Arc<Answers>,
    /// The pack that they belong to.
    pack: Pack,
    /// The questions asked, in order.
    asked: Vec<AnswerKey>,
    matches: RuleMatches,
    setting: SummaryOptions,
}

/// A sentence and where it comes from.
#[derive(Debug, Clone)]
pub struct Line {
    /// The statement.
    pub id: String,
    /// The places it cites, each as `source#item`.
    pub cites: Vec<String>,
    /// The sentence.
    pub text: Printable,
}

/// A documented potential benefit on a page.
#[derive(Debug, Clone)]
pub struct BenefitLine {
    /// The claim.
    pub line: Line,
    /// What it is limited to.
    pub limits: Vec<Line>,
    /// The answers that brought it, at least one.
    pub because: Vec<Because>,
}

/// An answer that brought a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Because {
    /// The question.
    pub question: String,
    /// The option chosen.
    pub answer: String,
    /// The option's wording.
    pub text: Printable,
    /// Whether the link is the editors' own and not the source's wording.
    pub editorial: bool,
    /// The rule that links them.
    pub rule: String,
}

/// A concern that the source does not cover.
#[derive(Debug, Clone)]
pub struct NotCoveredLine {
    /// The option chosen.
    pub code: String,
    /// The statement that says so.
    pub id: String,
    /// The sentence.
    pub text: Printable,
    /// The answers that brought it, at least one.
    pub because: Vec<Because>,
}

/// What a word means that this copy uses.
#[derive(Debug, Clone)]
pub struct GlossaryEntry {
    /// The word.
    pub word: Printable,
    /// What it means, and where that comes from; its id is that of the entry.
    pub line: Line,
}

/// What results can vary with.
#[derive(Debug, Clone)]
pub struct VariabilityLine {
    /// The sentence.
    pub line: Line,
    /// The patient's own answers to that.
    pub answers: Vec<AnswerRecord>,
}

/// One question and what came of it.
#[derive(Debug, Clone)]
pub struct AnswerRecord {
    /// The question.
    pub question: String,
    /// What the answer is for.
    pub role: Role,
    /// What a for-each question was asked about.
    pub about: Option<SubjectLine>,
    /// A few words that stand for the question.
    pub title: Printable,
    /// Answered, or which of the ways not to be.
    pub state: AnswerState,
    /// The options chosen.
    pub codes: Vec<String>,
    /// Their wordings; a unit's is with its amount in `value`.
    pub choices: Vec<Printable>,
    /// Whether what was chosen says that the answer is not known.
    pub unsure: bool,
    /// A number, date or quantity as written.
    pub value: Option<String>,
    /// The person's own words.
    pub free_text: Option<Printable>,
    /// The answer, or its state, in words.
    pub text: Printable,
}

/// What a for-each question was asked about.
#[derive(Debug, Clone)]
pub struct SubjectLine {
    /// The question whose options are gone through.
    pub question: String,
    /// The option, or `overall`.
    pub code: String,
    /// How to say it.
    pub text: Printable,
}

/// Whether there is an answer, and if not, why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerState {
    /// There is one.
    Answered,
    /// The person went on without answering.
    Skipped,
    /// The person would rather not say.
    Declined,
    /// Nobody asked.
    NotAsked,
}

impl AnswerState {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Answered, Self::Skipped, Self::Declined, Self::NotAsked];

    /// As JSON and message keys write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Skipped => "skipped",
            Self::Declined => "declined",
            Self::NotAsked => "not-asked",
        }
    }
}

/// A document that lines cite.
#[derive(Debug, Clone)]
pub struct SourceLine {
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
}

impl Summary {
    /// Maps finished answers to a copy.
    #[must_use]
    pub fn new(finished: &Finished<'_>, setting: SummaryOptions) -> Self {
        build::build(finished, setting)
    }

    /// The pack that was asked.
    #[must_use]
    pub fn pack(&self) -> &Pack {
        &self.pack
    }

    /// The answers as given.
    pub(crate) fn given_answers(&self) -> &Answers {
        &self.given_answers
    }

    /// Appends the summary as JSON without spaces, the keys in their fixed order.
    pub fn write_json(&self, out: &mut Vec<u8>) {
        let Self { setting, asked, matches, .. } = self;
        let input = SummaryInput { setting: *setting, asked, answers: &self.given_answers, matches };
        JsonWriter::new(&self.pack, self.setting.language).write(&input, out);
    }

    /// The summary as a JSON file: indented, with a line break at its end.
    #[must_use]
    pub fn to_indented_json(&self) -> Vec<u8> {
        let mut json = Vec::new();
        self.write_json(&mut json);
        indent::indent(&json)
    }

    /// The summary as a JSON value, the keys in their fixed order.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        let mut json = Vec::new();
        self.write_json(&mut json);
        serde_json::from_slice(&json).unwrap_or_default()
    }

    /// The answers file that gives this summary again.
    #[must_use]
    pub fn to_answers(&self) -> serde_json::Value {
        json::to_answers(self)
    }
}
