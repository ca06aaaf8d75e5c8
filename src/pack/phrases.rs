//! Phrases of whole words, and whether a text has them.

use std::borrow::Cow;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// A text taken apart into its words, in small letters, each with its place.
pub(super) struct Tokens<'t>(Vec<(Cow<'t, str>, Range<usize>)>);

/// A phrase of whole words; `*` at the start or the end of a word stands for any letters.
pub(super) struct Phrase(Vec<Word>);

enum Word {
    Is(String),
    Starts(String),
    Ends(String),
    Has(String),
}

impl<'t> Tokens<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let words = text.unicode_word_indices();
        Self(words.map(|(at, word)| (plain(word), at..at + word.len())).collect())
    }

    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(word, _)| &**word)
    }

    pub(super) fn contain(&self, phrase: &Phrase) -> bool {
        self.find(phrase).is_some()
    }

    /// Where the phrase stands first.
    pub(super) fn find(&self, phrase: &Phrase) -> Option<Range<usize>> {
        let wanted = &phrase.0;
        let mut windows = self.0.windows(wanted.len().max(1)).filter(|_| !wanted.is_empty());
        let fits = |window: &&[(Cow<'_, str>, Range<usize>)]| {
            window.iter().zip(wanted).all(|((word, _), wanted)| wanted.fits(word))
        };
        windows.find(fits).map(|window| window[0].1.start..window[window.len() - 1].1.end)
    }
}

/// Small letters; both apostrophes are in use, and they make the same word.
fn plain(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Cow::Borrowed(word);
    }
    Cow::Owned(word.to_lowercase().replace('\u{2019}', "'"))
}

impl Phrase {
    pub(super) fn new(phrase: &str) -> Self {
        Self(plain(phrase).split_whitespace().map(Word::new).collect())
    }
}

impl Word {
    fn new(wanted: &str) -> Self {
        match (wanted.strip_prefix('*'), wanted.strip_suffix('*')) {
            (Some(_), Some(_)) => Self::Has(wanted.trim_matches('*').to_owned()),
            (Some(end), None) => Self::Ends(end.to_owned()),
            (None, Some(start)) => Self::Starts(start.to_owned()),
            (None, None) => Self::Is(wanted.to_owned()),
        }
    }

    fn fits(&self, word: &str) -> bool {
        match self {
            Self::Is(wanted) => word == wanted,
            Self::Starts(start) => word.starts_with(start.as_str()),
            Self::Ends(end) => word.ends_with(end.as_str()),
            Self::Has(part) => word.contains(part.as_str()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Phrase, Tokens};

    #[test]
    fn the_place_of_a_phrase_is_that_of_its_words() {
        let text = "İt doesn\u{2019}t Fade away.";
        let place = Tokens::new(text).find(&Phrase::new("doesn't fade")).unwrap_or_default();
        assert_eq!(&text[place], "doesn\u{2019}t Fade");
    }

    #[test]
    fn whole_words_and_their_forms() {
        for (text, phrase, found) in [
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
            assert_eq!(Tokens::new(text).contain(&Phrase::new(phrase)), found, "{phrase} in {text}");
        }
    }
}
