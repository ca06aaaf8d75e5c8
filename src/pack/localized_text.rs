//! Texts in all languages of a pack.

use crate::messages::Messages;
use crate::printable::Printable;

/// A text in all languages of a pack.
#[derive(Debug, Clone)]
pub struct LocalizedText(pub(super) Vec<Printable>);

/// A language of a pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Language(pub(super) usize);

impl LocalizedText {
    /// Returns the text in a language of the pack.
    #[must_use]
    pub fn in_language(&self, language: Language) -> &Printable {
        &self.0[language.0]
    }

    /// Applies a function to the text in every language.
    pub(crate) fn map(&self, change: impl Fn(Language, &Printable) -> Printable) -> Self {
        Self(self.0.iter().enumerate().map(|(index, text)| change(Language(index), text)).collect())
    }

    /// Returns a message of the interface in these languages.
    pub(crate) fn from_messages(tags: &[String], key: &str) -> Self {
        Self(tags.iter().map(|tag| Printable::line(&Messages::new(tag).get(key))).collect())
    }
}
