//! Search for phrases of whole words in a text.

use std::borrow::Cow;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// Words of a text in lower case, each with its byte range.
pub(super) struct Tokens<'t>(Vec<(Cow<'t, str>, Range<usize>)>);

/// A phrase of whole words. `*` at the start or end of a word matches any letters.
pub(super) struct Phrase(Vec<WordPattern>);

enum WordPattern {
    Exact(String),
    Prefix(String),
    Suffix(String),
    Infix(String),
}

impl<'t> Tokens<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let words = text.unicode_word_indices();
        Self(words.map(|(start, word)| (normalize(word), start..start + word.len())).collect())
    }

    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(word, _)| &**word)
    }

    pub(super) fn contain(&self, phrase: &Phrase) -> bool {
        self.find(phrase).is_some()
    }

    /// Returns the byte range of the first occurrence of a phrase.
    pub(super) fn find(&self, phrase: &Phrase) -> Option<Range<usize>> {
        let patterns = &phrase.0;
        let mut windows = self.0.windows(patterns.len().max(1)).filter(|_| !patterns.is_empty());
        let matches = |window: &&[(Cow<'_, str>, Range<usize>)]| {
            window.iter().zip(patterns).all(|((word, _), pattern)| pattern.matches(word))
        };
        windows.find(matches).map(|window| window[0].1.start..window[window.len() - 1].1.end)
    }
}

/// Converts to lower case and typographic apostrophes to straight ones, so that both spellings match.
fn normalize(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Cow::Borrowed(word);
    }
    Cow::Owned(word.to_lowercase().replace('\u{2019}', "'"))
}

impl Phrase {
    pub(super) fn new(phrase: &str) -> Self {
        Self(normalize(phrase).split_whitespace().map(WordPattern::new).collect())
    }
}

impl WordPattern {
    fn new(pattern: &str) -> Self {
        match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
            (Some(_), Some(_)) => Self::Infix(pattern.trim_matches('*').to_owned()),
            (Some(suffix), None) => Self::Suffix(suffix.to_owned()),
            (None, Some(prefix)) => Self::Prefix(prefix.to_owned()),
            (None, None) => Self::Exact(pattern.to_owned()),
        }
    }

    fn matches(&self, word: &str) -> bool {
        match self {
            Self::Exact(exact) => word == exact,
            Self::Prefix(prefix) => word.starts_with(prefix.as_str()),
            Self::Suffix(suffix) => word.ends_with(suffix.as_str()),
            Self::Infix(infix) => word.contains(infix.as_str()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Phrase, Tokens};

    #[test]
    fn the_range_of_a_phrase_covers_its_words() {
        let text = "İt doesn\u{2019}t Fade away.";
        let place = Tokens::new(text).find(&Phrase::new("doesn't fade")).unwrap_or_default();
        assert_eq!(&text[place], "doesn\u{2019}t Fade");
    }

    #[test]
    fn phrases_match_whole_words_and_wildcards() {
        for (text, phrase, is_contained) in [
            ("It can help skin", "can help", true),
            ("It can also help skin", "can help", false),
            ("Scars CAN fade", "can", true),
            ("a scan shows", "can", false),
            ("removal of scars", "remov*", true),
            ("goodwill", "will", false),
            ("it won\u{2019}t fade", "won't", true),
            ("La piel mejorará.", "*ará", true),
            ("para la piel", "*ará", false),
            ("es la mejor opción para", "mejor opción", true),
        ] {
            assert_eq!(Tokens::new(text).contain(&Phrase::new(phrase)), is_contained, "{phrase} in {text}");
        }
    }
}
