//! Lists of words and phrases to look for in a text.

use crate::diagnostics::Spanned;
use crate::pack::phrases::Phrase;
use std::collections::BTreeMap;

pub(super) type List<'w> = Vec<(&'w str, Phrase)>;

pub(super) fn list(words: &[Spanned<String>]) -> List<'_> {
    words.iter().map(|word| (word.as_str(), Phrase::new(word))).collect()
}

pub(super) fn listed(words: &BTreeMap<String, Vec<Spanned<String>>>, tag: &str, word: &str) -> bool {
    words.get(tag).into_iter().flatten().any(|known| known.as_str() == word)
}
