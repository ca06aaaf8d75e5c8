//! The summary: everything that any output needs from finished answers, each line with its sources and reasons.
//!
//! [`Summary::new`] is the only way to create a [`Summary`]. It takes a checked pack and a finished interview, so the
//! variability, safety and consult lines are always present. Every benefit has its source and its answers.

mod build;
mod indent;
mod json;
mod json_writer;
mod localize;
mod matches;
mod schema;

use crate::answer::{AnswerKey, Answers};
use crate::interview::{FilledInBy, Finished};
use crate::pack::{Item, Language, LocalizedText, Pack, Role, SourceKind, Statement};
use crate::printable::Printable;
use chrono::NaiveDate;
pub(crate) use json_writer::{JsonWriter, SummaryInput, push_quoted};
pub(crate) use matches::RuleMatches;
pub use schema::summary_schema;
use std::sync::Arc;

/// The reader that a copy is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CopyKind {
    /// The patient: the concerns first, then the benefits.
    Patient,
    /// The clinician: the recorded answers first, then the rest.
    Clinician,
}

impl CopyKind {
    /// Returns the wording of a statement on this copy.
    #[must_use]
    pub fn wording(self, statement: &Statement) -> &LocalizedText {
        statement.clinician.as_ref().filter(|_| self == Self::Clinician).unwrap_or(&statement.text)
    }

    /// Returns the wording of the pack's notice on this copy.
    pub(crate) fn notice(self, pack: &Pack) -> &LocalizedText {
        pack.notice_clinician.as_ref().filter(|_| self == Self::Clinician).unwrap_or(&pack.notice)
    }

    /// Returns the name used in options, file names and JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Patient => "patient",
            Self::Clinician => "clinician",
        }
    }
}

/// The inputs of a summary other than the answers.
#[derive(Debug, Clone, Copy)]
pub struct SummaryOptions {
    /// The date printed.
    pub date: NaiveDate,
    /// The language of the copy.
    pub language: Language,
    /// The language of the interview, which is also that of the patient's free texts.
    pub asked_in: Language,
    /// The reader that the copy is for.
    pub copy: CopyKind,
    /// Who filled the questionnaire in, if known.
    pub filled_in_by: Option<FilledInBy>,
}

/// The languages of copies. An option on the command line comes first, then the answers, then the clinic's language.
#[derive(Debug, Clone, Copy)]
pub struct Languages {
    /// The language named on the command line.
    pub named: Option<Language>,
    /// The clinic's language, in which the clinician's copy is printed.
    pub clinic: Language,
}

impl Languages {
    /// Returns the language of the interview; `None` if the pack lacks the language that the answers name.
    #[must_use]
    pub fn asked(self, pack: &Pack, tag: Option<&str>) -> Option<Language> {
        match (self.named, tag) {
            (Some(named), _) => Some(named),
            (None, Some(tag)) => pack.language(tag),
            (None, None) => Some(self.clinic),
        }
    }

    /// Returns the language of a copy.
    #[must_use]
    pub fn of_copy(self, copy: CopyKind, asked: Language) -> Language {
        if copy == CopyKind::Clinician { self.clinic } else { asked }
    }
}

/// One copy of a summary.
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
    /// The tag of the language of the interview.
    pub asked_in: String,
    /// The reader that the copy is for.
    pub copy: CopyKind,
    /// The label of the intake, if it has one.
    pub label: Option<Printable>,
    /// Who filled the questionnaire in, if known.
    pub filled_in_by: Option<FilledInBy>,
    /// What this paper is and is not, for the reader.
    pub notice: Printable,
    /// What the procedure is.
    pub procedure: Line,
    /// The benefits that match the answers, in the source's order.
    pub benefits: Vec<BenefitLine>,
    /// Benefits shown as an overview, matched to no concern.
    pub overview: Vec<BenefitLine>,
    /// The concerns that the source does not cover.
    pub not_covered: Vec<NotCoveredLine>,
    /// The factors that results can vary with, and the patient's answers about them.
    pub variability: Vec<VariabilityLine>,
    /// The source's statements about safety.
    pub safety: Vec<Line>,
    /// The advice to consult.
    pub consult: Vec<Line>,
    /// The questions that the patient can ask, in the pack's order.
    pub to_ask: Vec<ToAskLine>,
    /// The answers recorded for the professional, in question order.
    pub recorded: Vec<AnswerRecord>,
    /// The patient's own questions, if the pack asks for them.
    pub questions: Option<AnswerRecord>,
    /// Every answer, in question order.
    pub answers: Vec<AnswerRecord>,
    /// The patient's concerns, as chosen.
    pub concerns: AnswerRecord,
    /// The documents that the lines cite.
    pub sources: Vec<SourceLine>,
    /// What the authors declare about the pack.
    pub declared: DeclaredLines,
    /// The reviewer of the pack, if it was reviewed.
    pub reviewed_by: Option<Printable>,
    /// The date of the review.
    pub reviewed_on: Option<NaiveDate>,
    /// Every review that was due before the date of the copy: its date, and its sentence unless it is the whole pack's.
    pub overdue: Vec<(NaiveDate, Option<Printable>)>,
    /// Explanations of words in the sentences, in the glossary's order.
    pub words: Vec<GlossaryEntry>,
    /// A short id that depends on the pack and the answers alone: eight hexadecimal digits.
    pub content_id: String,
    /// The sender's own id of the answers, if it gave one.
    pub id: Option<String>,
    /// Answers that an import could assign to no question, as they came.
    pub unassigned: Vec<String>,
    /// The answers as given. Answers files and FHIR responses are written from them.
    given_answers: Arc<Answers>,
    /// The pack that the answers belong to.
    pack: Pack,
    /// The questions asked, in order.
    asked: Vec<AnswerKey>,
    matches: RuleMatches,
    options: SummaryOptions,
}

/// A sentence and its source.
#[derive(Debug, Clone)]
pub struct Line {
    /// The id of the statement.
    pub id: String,
    /// The items it cites, each as `source#item`.
    pub cites: Vec<String>,
    /// The sentence.
    pub text: Printable,
    /// A shorter wording for the first lines of the patient's copy, if the pack has one.
    pub short: Option<Printable>,
}

/// A documented potential benefit, as printed.
#[derive(Debug, Clone)]
pub struct BenefitLine {
    /// The claim.
    pub line: Line,
    /// The limits of the claim.
    pub limits: Vec<Line>,
    /// The answers that led to it, at least one.
    pub because: Vec<Because>,
}

/// An answer that led to a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Because {
    /// The id of the question.
    pub question: String,
    /// The code of the option chosen.
    pub answer: String,
    /// The text of the option.
    pub text: Printable,
    /// Whether the link is editorial and not in the source's words.
    pub editorial: bool,
    /// Whether the link comes with a limit of its own.
    pub limited: bool,
    /// The id of the rule that links them.
    pub rule: String,
}

/// A concern that the source does not cover.
#[derive(Debug, Clone)]
pub struct NotCoveredLine {
    /// The code of the option chosen.
    pub code: String,
    /// The id of the statement.
    pub id: String,
    /// The sentence.
    pub text: Printable,
    /// The answers that led to it, at least one.
    pub because: Vec<Because>,
}

/// A question that the patient can ask.
#[derive(Debug, Clone)]
pub struct ToAskLine {
    /// The question.
    pub line: Line,
    /// Whether the patient chose it; `None` if the patient was not asked or did not answer.
    pub chosen: Option<bool>,
}

/// What the authors declare about a pack, in one language; `None` where they declare nothing.
#[derive(Debug, Clone)]
pub struct DeclaredLines {
    /// The date on which this version was published.
    pub published_on: Option<NaiveDate>,
    /// How the pack is kept up to date.
    pub update_policy: Option<Printable>,
    /// Who pays for it.
    pub funding: Option<Printable>,
    /// The interests of its authors.
    pub interests: Option<Printable>,
}

/// The explanation of a word that this copy uses.
#[derive(Debug, Clone)]
pub struct GlossaryEntry {
    /// The word.
    pub word: Printable,
    /// The id of the first statement of this copy that uses it; a limit belongs to its benefit.
    pub used_in: String,
    /// The explanation and its source; the id is that of the glossary entry.
    pub line: Line,
}

/// A factor that results can vary with.
#[derive(Debug, Clone)]
pub struct VariabilityLine {
    /// The sentence.
    pub line: Line,
    /// The patient's answers about it.
    pub answers: Vec<AnswerRecord>,
}

/// One question and its answer, if it has one.
#[derive(Debug, Clone)]
pub struct AnswerRecord {
    /// The id of the question.
    pub question: String,
    /// The role of the question.
    pub role: Role,
    /// Whether the question is in a section for the professional.
    pub for_professional: bool,
    /// The subject of a for-each question.
    pub about: Option<SubjectLine>,
    /// The short title of the question.
    pub title: Printable,
    /// Whether the question was answered, and if not, why not.
    pub state: AnswerState,
    /// The codes of the options chosen; of a quantity, the code of its unit.
    pub codes: Vec<String>,
    /// The texts of the options chosen; empty for a quantity.
    pub choices: Vec<Printable>,
    /// Whether an option was chosen that means "not known".
    pub unsure: bool,
    /// A number, date or quantity as written.
    pub value: Option<String>,
    /// The patient's free text; for an unreadable answer, its words as they came.
    pub free_text: Option<Printable>,
    /// The answer, or its state, as text.
    pub text: Printable,
}

/// The subject of a for-each question.
#[derive(Debug, Clone)]
pub struct SubjectLine {
    /// The id of the question whose options are the subjects.
    pub question: String,
    /// The code of the option, or `overall`.
    pub code: String,
    /// The text of the subject.
    pub text: Printable,
}

/// The state of a question: answered, or the reason why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerState {
    /// The question has an answer.
    Answered,
    /// The person went on without answering.
    Skipped,
    /// The person would rather not say.
    Declined,
    /// The question was not asked.
    NotAsked,
    /// An import could not read the answer.
    Unreadable,
}

impl AnswerState {
    /// Every state.
    pub const ALL: [Self; 5] = [Self::Answered, Self::Skipped, Self::Declined, Self::NotAsked, Self::Unreadable];

    /// Returns the name used in JSON and in message keys.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Skipped => "skipped",
            Self::Declined => "declined",
            Self::NotAsked => "not-asked",
            Self::Unreadable => "unreadable",
        }
    }
}

/// A document that lines cite.
#[derive(Debug, Clone)]
pub struct SourceLine {
    /// The source's id in citations.
    pub id: String,
    /// Its title.
    pub title: Printable,
    /// Its kind, if someone declared it.
    pub kind: Option<SourceKind>,
    /// Its author, if it names one.
    pub author: Option<Printable>,
    /// Its publisher, if it names one.
    pub publisher: Option<Printable>,
    /// Its date, if it names one.
    pub published: Option<Printable>,
}

impl Summary {
    /// Builds a copy from finished answers.
    #[must_use]
    pub fn new(finished: &Finished<'_>, options: SummaryOptions) -> Self {
        build::build(finished, options)
    }

    /// Returns the pack of the interview.
    #[must_use]
    pub fn pack(&self) -> &Pack {
        &self.pack
    }

    /// Returns the item of a citation (`source#item`) as printed in marks.
    pub(crate) fn item_mark(&self, cites: &str) -> String {
        let mark = self.item(cites).and_then(|item| item.mark.as_ref());
        let id = || cites.split_once('#').map_or(cites, |(_, item)| item).to_owned();
        mark.map_or_else(id, |mark| mark.in_language(self.options.language).to_string())
    }

    /// Returns the subject of the item of a citation.
    pub(crate) fn item_title(&self, cites: &str) -> Option<Printable> {
        self.item(cites).map(|item| item.title.in_language(self.options.language).clone())
    }

    fn item(&self, cites: &str) -> Option<&Item> {
        let (source, item) = cites.split_once('#')?;
        let source = self.pack.sources.iter().find(|known| known.id == source)?;
        source.items.iter().find(|known| known.id == item)
    }

    /// Returns the answers as given.
    pub(crate) fn given_answers(&self) -> &Answers {
        &self.given_answers
    }

    /// Appends the summary as JSON without white space, the keys in their fixed order.
    pub fn write_json(&self, out: &mut Vec<u8>) {
        let Self { options, asked, matches, unassigned, .. } = self;
        let input = SummaryInput { options: *options, asked, answers: &self.given_answers, matches, unassigned };
        JsonWriter::new(&self.pack, self.options.language, self.options.copy).write(&input, out);
    }

    /// Returns the summary as a JSON file: indented, with a line break at its end.
    #[must_use]
    pub fn to_indented_json(&self) -> Vec<u8> {
        let mut json = Vec::new();
        self.write_json(&mut json);
        indent::indent(&json)
    }

    /// Returns the summary as a JSON value, the keys in their fixed order.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        let mut json = Vec::new();
        self.write_json(&mut json);
        serde_json::from_slice(&json).unwrap_or_default()
    }

    /// Returns the answers file from which this summary can be built again.
    #[must_use]
    pub fn to_answers(&self) -> serde_json::Value {
        json::to_answers(self)
    }
}
