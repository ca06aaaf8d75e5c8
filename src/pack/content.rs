//! A checked pack: everything that is asked and may be printed.

use super::glossary::Term;
use super::localized_text::{Language, LocalizedText};
use super::question::{Question, Role, Section};
use super::review::Review;
use super::source::{Citation, Item, Source};
use super::statement::{Rule, Statements};
use std::collections::BTreeSet;
use std::ops::Deref;
use std::sync::Arc;

/// A checked pack. Clones are one and the same.
#[derive(Debug, Clone)]
pub struct Pack {
    content: Arc<Content>,
}

/// What is in a checked pack.
#[derive(Debug)]
pub struct Content {
    /// The pack's name.
    pub id: String,
    /// The version of its content.
    pub version: String,
    /// `sha256:` and 64 hexadecimal digits over everything that can change a question or a page.
    pub hash: String,
    /// Language tags; the first is the default.
    pub languages: Vec<String>,
    /// The title of the questionnaire.
    pub title: LocalizedText,
    /// Shown first, and printed on every copy.
    pub notice: LocalizedText,
    /// The documents that statements cite.
    pub sources: Vec<Source>,
    /// Who stands behind the content.
    pub review: Review,
    /// What words mean that a patient may not know.
    pub glossary: Vec<Term>,
    /// The parts of the questionnaire.
    pub sections: Vec<Section>,
    /// The questions, in the order asked.
    pub questions: Vec<Question>,
    /// What may be printed.
    pub statements: Statements,
    /// What follows from the answers.
    pub rules: Vec<Rule>,
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
    /// The items of a source that no statement cites; they are listed as left out on purpose.
    #[must_use]
    pub fn uncited_items(&self, source: usize) -> Vec<&Item> {
        let cited: BTreeSet<Citation> =
            self.statements.all().flat_map(|(_, statement)| statement.cites.iter().copied()).collect();
        let items = self.sources[source].items.iter().enumerate();
        items.filter(|(item, _)| !cited.contains(&Citation { source, item: *item })).map(|(_, item)| item).collect()
    }

    /// The language with this tag, or with the same first part (`es` for `es-MX`).
    #[must_use]
    pub fn language(&self, tag: &str) -> Option<Language> {
        let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_lowercase();
        let exact = self.languages.iter().position(|known| known.eq_ignore_ascii_case(tag));
        exact.or_else(|| self.languages.iter().position(|known| primary(known) == primary(tag))).map(Language)
    }

    /// Every language, the default one first.
    pub(crate) fn each_language(&self) -> impl Iterator<Item = Language> + use<> {
        (0..self.languages.len()).map(Language)
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
    pub fn citation_text(&self, citation: Citation) -> String {
        let source = &self.sources[citation.source];
        format!("{}#{}", source.id, source.items[citation.item].id)
    }
}
