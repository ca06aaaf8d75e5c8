//! A pack: the questions, the statements that may be printed, and the rules between them, checked.
//!
//! [`Pack::load`] turns the files of a pack into a `Pack`, or into *all* their [`Problems`] at once. What these types
//! hold has been proven to fit: every index points at something, every benefit cites a source and knows its limits,
//! and the texts on variability, safety and consultation are there.

mod builtin;
mod case;
mod codes;
mod condition;
mod conditions;
mod coverage;
mod diff;
mod head;
mod ids;
mod in_fhir;
mod language;
mod links;
mod load;
mod names;
mod page;
mod prove;
mod question;
mod questions;
mod raw;
mod review;
mod rules;
mod says;
mod schema;
mod show;
mod statement;
mod statements;
mod strength;
mod texts;
mod wordings;
mod words;

pub use builtin::{BUILT_IN, built_in, built_in_as, built_in_cases, starter};
pub use case::{Case, Difference};
pub use codes::{Code, codes};
pub use condition::{Comparison, Condition, Test, Truth};
pub use coverage::{Coverage, Covered, Part};
pub use diff::{Diff, diff};
pub use language::{Measure, Reading};
pub use load::PackFiles;
pub use page::html;
pub use prove::Example;
pub use question::{Choice, ForEach, Options, Question, Range, Role, Section, Shape};
pub use review::Open;
pub use schema::schemas;
pub use show::{show, show_questions};
pub use statement::{Benefit, Citation, Rule, Say, Statement, Statements, Variability};

use crate::located::Problems;
use crate::printable::Printable;
use chrono::NaiveDate;
use std::ops::Deref;
use std::sync::Arc;

/// A checked pack. Clones are one and the same.
#[derive(Debug, Clone)]
pub struct Pack {
    content: Arc<Content>,
    /// The items of its questionnaire in FHIR, once somebody has asked for them.
    pub(crate) layout: Arc<crate::fhir::LayoutCell>,
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
    pub title: Wording,
    /// Shown first, and printed on every copy.
    pub notice: Wording,
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
        Self { content: Arc::new(content), layout: Arc::default() }
    }
}

impl Deref for Pack {
    type Target = Content;

    fn deref(&self) -> &Content {
        &self.content
    }
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

    /// The same text, changed in every language.
    pub(crate) fn map(&self, change: impl Fn(Language, &Printable) -> Printable) -> Self {
        Self(self.0.iter().enumerate().map(|(at, text)| change(Language(at), text)).collect())
    }

    /// One of the interface's own words, in these languages.
    pub(crate) fn own(tags: &[String], key: &str) -> Self {
        Self(tags.iter().map(|tag| Printable::line(&crate::messages::Words::new(tag).say(key))).collect())
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

/// What a word means.
#[derive(Debug, Clone)]
pub struct Term {
    /// Its name.
    pub id: String,
    /// The word, as texts use it.
    pub word: Wording,
    /// What it means.
    pub text: Wording,
    /// The places that this comes from.
    pub cites: Vec<Citation>,
}

/// A pack that has passed every check.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The pack.
    pub pack: Pack,
    /// What somebody should look at.
    pub warnings: Problems,
    /// How hard its texts are to read.
    pub reading: Vec<Reading>,
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

impl Term {
    /// Whether a text in that language uses the word.
    #[must_use]
    pub fn is_in(&self, text: &str, language: Language) -> bool {
        words::Tokens::new(text).have(&words::Phrase::new(self.word.in_language(language).as_str()))
    }
}

impl Pack {
    /// The same content as a pack of its own, for what the pack itself holds: else neither would ever be let go of.
    pub(crate) fn apart(&self) -> Self {
        Self { content: Arc::clone(&self.content), layout: Arc::default() }
    }

    /// The items of a source that no statement cites; they are listed as left out on purpose.
    #[must_use]
    pub fn left_out(&self, source: usize) -> Vec<&Item> {
        let cited: std::collections::BTreeSet<Citation> =
            self.statements.all().flat_map(|(_, statement)| statement.cites.iter().copied()).collect();
        let items = self.sources[source].items.iter().enumerate();
        items.filter(|(item, _)| !cited.contains(&Citation { source, item: *item })).map(|(_, item)| item).collect()
    }

    /// Checks the files of a pack: all that keeps a promise, and nothing that takes time.
    ///
    /// # Errors
    /// All that is wrong with them, in reading order.
    pub fn load(files: &PackFiles) -> Result<Self, Problems> {
        load::load(files, None, false).map(|checked| checked.pack)
    }

    /// Checks the files of a pack as [`Self::load`] does, and besides: that every question can be asked, every rule can
    /// fire and every statement can be printed, that the language is plain, and which reviews are past due.
    ///
    /// # Errors
    /// All that is wrong with them, in reading order, warnings included.
    pub fn check(files: &PackFiles, today: NaiveDate) -> Result<Checked, Problems> {
        load::load(files, Some(today), false)
    }

    /// Checks the files of a pack as [`Self::check`] does, and besides that FHIR R4 can say all that its questions ask.
    ///
    /// # Errors
    /// All that is wrong with them, in reading order, warnings included.
    pub fn check_for_fhir(files: &PackFiles, today: NaiveDate) -> Result<Checked, Problems> {
        load::load(files, Some(today), true)
    }

    /// Whether this can be the name of a pack: small letters, digits and hyphens.
    #[must_use]
    pub fn is_name(name: &str) -> bool {
        names::is_id(name)
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
    pub fn cite(&self, citation: Citation) -> String {
        let source = &self.sources[citation.source];
        format!("{}#{}", source.id, source.items[citation.item].id)
    }
}
