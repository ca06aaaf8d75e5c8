//! Documents that a pack cites.

use super::localized_text::LocalizedText;
use crate::printable::Printable;

/// A document that statements cite.
#[derive(Debug, Clone)]
pub struct Source {
    /// Name in citations.
    pub id: String,
    /// Title of the document.
    pub title: Printable,
    /// Kind of the document, if someone declared it.
    pub kind: Option<SourceKind>,
    /// Author, if the document names one.
    pub author: Option<Printable>,
    /// Publisher, if the document names one.
    pub publisher: Option<Printable>,
    /// Date of publication, if the document names one.
    pub published: Option<Printable>,
    /// SHA-256 of the document as 64 hexadecimal digits.
    pub sha256: String,
    /// Items that can be cited, in the order of the document.
    pub items: Vec<Item>,
}

/// The kind of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceKind {
    /// A general article.
    Article,
    /// A book or a chapter of one.
    Book,
    /// A clinical guideline.
    Guideline,
    /// Information for patients.
    Leaflet,
    /// A systematic review of studies.
    Review,
    /// A study.
    Study,
}

impl SourceKind {
    /// Every kind.
    pub const ALL: [Self; 6] = [Self::Article, Self::Book, Self::Guideline, Self::Leaflet, Self::Review, Self::Study];

    /// Returns the name used in packs and JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Book => "book",
            Self::Guideline => "guideline",
            Self::Leaflet => "leaflet",
            Self::Review => "review",
            Self::Study => "study",
        }
    }
}

/// A part of a source that can be cited.
#[derive(Debug, Clone)]
pub struct Item {
    /// Name in citations.
    pub id: String,
    /// Subject of the item.
    pub title: LocalizedText,
    /// The item in citation marks, if it is not the id.
    pub mark: Option<LocalizedText>,
}

/// A reference to an item of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Citation {
    /// Index of the source in the pack.
    pub source: usize,
    /// Index of the item in the source.
    pub item: usize,
}
