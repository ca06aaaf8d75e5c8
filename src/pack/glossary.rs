//! Words that a patient may not know, and what they mean.

use super::localized_text::{Language, LocalizedText};
use super::phrases::{Phrase, Tokens};
use super::source::Citation;

/// What a word means.
#[derive(Debug, Clone)]
pub struct Term {
    /// Its name.
    pub id: String,
    /// The word, as texts use it.
    pub word: LocalizedText,
    /// What it means.
    pub text: LocalizedText,
    /// The places that this comes from.
    pub cites: Vec<Citation>,
}

impl Term {
    /// Whether a text in that language uses the word.
    #[must_use]
    pub fn is_in(&self, text: &str, language: Language) -> bool {
        Tokens::new(text).contain(&Phrase::new(self.word.in_language(language).as_str()))
    }
}
