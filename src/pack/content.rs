//! A checked pack: its questions, statements and rules.

use super::criteria::Verdicts;
use super::glossary::Term;
use super::localized_text::{Language, LocalizedText};
use super::question::{Question, Role, Section};
use super::review::Review;
use super::source::{Citation, Item, Source};
use super::statement::{Rule, Statements};
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::ops::Deref;
use std::sync::Arc;

/// A checked pack. Clones share the content.
#[derive(Debug, Clone)]
pub struct Pack {
    content: Arc<Content>,
}

/// Content of a checked pack.
#[derive(Debug)]
pub struct Content {
    /// Name of the pack.
    pub id: String,
    /// Version of the content, as `major.minor.patch`.
    pub version: String,
    /// `sha256:` and 64 hexadecimal digits: hash of all files of the pack.
    pub hash: String,
    /// Language tags; the first is the default.
    pub languages: Vec<String>,
    /// Title of the questionnaire.
    pub title: LocalizedText,
    /// Text shown before the first question and printed on every copy.
    pub notice: LocalizedText,
    /// The notice on the clinician's copy, if it differs.
    pub notice_clinician: Option<LocalizedText>,
    /// Documents that statements cite.
    pub sources: Vec<Source>,
    /// What the authors declare about the pack.
    pub declarations: Declarations,
    /// What the authors declare about the criteria of material for patients.
    pub verdicts: Verdicts,
    /// Review of the whole pack.
    pub review: Review,
    /// Explanations of words that a patient may not know.
    pub glossary: Vec<Term>,
    /// Sections of the questionnaire.
    pub sections: Vec<Section>,
    /// Questions in the order asked.
    pub questions: Vec<Question>,
    /// Statements that can be printed.
    pub statements: Statements,
    /// Rules from answers to statements.
    pub rules: Vec<Rule>,
}

/// What the authors declare about a pack. Fields are `None` until someone declares them.
#[derive(Debug, Clone)]
pub struct Declarations {
    /// Date on which this version was published.
    pub published_on: Option<NaiveDate>,
    /// How the pack is kept up to date.
    pub update_policy: Option<LocalizedText>,
    /// Who pays for the pack.
    pub funding: Option<LocalizedText>,
    /// Interests of the authors.
    pub interests: Option<LocalizedText>,
}

impl From<Content> for Pack {
    fn from(content: Content) -> Self {
        Self { content: Arc::new(content) }
    }
}

impl Deref for Pack {
    type Target = Content;

    fn deref(&self) -> &Content {
        &self.content
    }
}

impl Pack {
    /// Returns the items of a source that no statement cites. The pack lists them as unused on purpose.
    #[must_use]
    pub fn uncited_items(&self, source: usize) -> Vec<&Item> {
        let cited: BTreeSet<Citation> =
            self.statements.all().flat_map(|(_, statement)| statement.cites.iter().copied()).collect();
        let items = self.sources[source].items.iter().enumerate();
        items.filter(|(item, _)| !cited.contains(&Citation { source, item: *item })).map(|(_, item)| item).collect()
    }

    /// Returns the language with this tag, or with the same primary subtag (`es` for `es-MX`).
    #[must_use]
    pub fn language(&self, tag: &str) -> Option<Language> {
        let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_lowercase();
        let exact = self.languages.iter().position(|known| known.eq_ignore_ascii_case(tag));
        exact.or_else(|| self.languages.iter().position(|known| primary(known) == primary(tag))).map(Language)
    }

    /// Iterates over all languages, the default first.
    pub(crate) fn each_language(&self) -> impl Iterator<Item = Language> + use<> {
        (0..self.languages.len()).map(Language)
    }

    /// Returns the tag of a language.
    #[must_use]
    pub fn tag(&self, language: Language) -> &str {
        &self.languages[language.0]
    }

    /// Returns the index of a question in `questions`.
    #[must_use]
    pub fn question(&self, id: &str) -> Option<usize> {
        self.questions.iter().position(|question| question.id == id)
    }

    /// Returns the index of the first question with a role. Concerns, questions, label and to-ask occur at most once.
    #[must_use]
    pub fn with_role(&self, role: Role) -> Option<usize> {
        self.questions.iter().position(|question| question.role == role)
    }

    /// Returns whether a summary cannot be made if the answer to this question is unreadable.
    ///
    /// The options chosen here are the patient's concerns, or the subjects of other questions. Without them, benefits
    /// would be missing and questions would look as if they were not asked. Every other unreadable answer only leaves
    /// conditions unknown.
    #[must_use]
    pub fn must_be_readable(&self, question: usize) -> bool {
        let supplies_subjects =
            |other: &Question| other.for_each.as_ref().is_some_and(|each| each.question == question);
        self.questions[question].role == Role::Concerns || self.questions.iter().any(supplies_subjects)
    }

    /// Formats a citation as `source#item`.
    #[must_use]
    pub fn citation_text(&self, citation: Citation) -> String {
        let source = &self.sources[citation.source];
        format!("{}#{}", source.id, source.items[citation.item].id)
    }
}
