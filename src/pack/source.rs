//! The documents that a pack cites.

use super::localized_text::LocalizedText;
use crate::printable::Printable;

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
    pub title: LocalizedText,
}

/// A place in one of the pack's sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Citation {
    /// Which source.
    pub source: usize,
    /// Which of its items.
    pub item: usize,
}
