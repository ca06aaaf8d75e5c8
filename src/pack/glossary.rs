//! Explanations of words that a patient may not know.

use super::localized_text::{Language, LocalizedText};
use super::phrases::{Phrase, Tokens};
use super::source::Citation;

/// A glossary entry.
#[derive(Debug, Clone)]
pub struct Term {
    /// Name of the entry.
    pub id: String,
    /// The word as the texts use it.
    pub word: LocalizedText,
    /// Meaning of the word.
    pub text: LocalizedText,
    /// Citations for the meaning.
    pub cites: Vec<Citation>,
}

impl Term {
    /// Returns true if a text in this language uses the word.
    #[must_use]
    pub fn is_in(&self, text: &str, language: Language) -> bool {
        Tokens::new(text).contain(&Phrase::new(self.word.in_language(language).as_str()))
    }
}
