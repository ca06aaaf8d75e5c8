//! Texts in every language of a pack.

use crate::messages::Messages;
use crate::printable::Printable;

/// One text in every language of the pack.
#[derive(Debug, Clone)]
pub struct LocalizedText(pub(super) Vec<Printable>);

/// One of a pack's languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Language(pub(super) usize);

impl LocalizedText {
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
    pub(crate) fn from_messages(tags: &[String], key: &str) -> Self {
        Self(tags.iter().map(|tag| Printable::line(&Messages::new(tag).get(key))).collect())
    }
}
