//! Lists of words and phrases to search for in a text.

use crate::diagnostics::Spanned;
use crate::pack::phrases::Phrase;
use std::collections::BTreeMap;

pub(super) type PhraseList<'w> = Vec<(&'w str, Phrase)>;

pub(super) fn phrase_list(words: &[Spanned<String>]) -> PhraseList<'_> {
    words.iter().map(|word| (word.as_str(), Phrase::new(word))).collect()
}

pub(super) fn contains_word(words: &BTreeMap<String, Vec<Spanned<String>>>, tag: &str, word: &str) -> bool {
    words.get(tag).into_iter().flatten().any(|known| known.as_str() == word)
}
