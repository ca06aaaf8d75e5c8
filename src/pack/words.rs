//! Phrases of whole words, and whether a text has them.

use unicode_segmentation::UnicodeSegmentation;

/// A text taken apart into its words, in small letters.
pub(super) struct Tokens(Vec<String>);

/// A phrase of whole words; `*` at the start or the end of a word stands for any letters.
pub(super) struct Phrase(Vec<Word>);

enum Word {
    Is(String),
    Starts(String),
    Ends(String),
    Has(String),
}

impl Tokens {
    pub(super) fn new(text: &str) -> Self {
        // Both apostrophes are in use, and they are the same word.
        Self(text.to_lowercase().replace('\u{2019}', "'").unicode_words().map(str::to_owned).collect())
    }

    pub(super) fn have(&self, phrase: &Phrase) -> bool {
        let wanted = &phrase.0;
        !wanted.is_empty()
            && self
                .0
                .windows(wanted.len())
                .any(|window| window.iter().zip(wanted).all(|(word, wanted)| wanted.fits(word)))
    }
}

impl Phrase {
    pub(super) fn new(phrase: &str) -> Self {
        Self(phrase.to_lowercase().replace('\u{2019}', "'").split_whitespace().map(Word::new).collect())
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
            assert_eq!(Tokens::new(text).have(&Phrase::new(phrase)), found, "{phrase} in {text}");
        }
    }
}
