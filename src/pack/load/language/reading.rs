//! Reading difficulty of a text, by the standard measure of its language.
//!
//! English: the US school grade of Flesch and Kincaid (1975), 0.39 words/sentence + 11.8 syllables/word − 15.59, of
//! each sentence. Spanish: the score of Szigriszt-Pazos (1993), 206.835 − 62.3 syllables/word − words/sentence, of each
//! text, on the INFLESZ scale of Barrio-Cantalejo (2008): 55 to 65 is "normal". Both use only the numbers of words,
//! sentences and syllables. Syllables are counted by rules; dictionaries would be larger than the rest of the program.

use crate::pack::sentences::sentences;
use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;

/// A standard measure of reading difficulty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Flesch-Kincaid: US school grade; lower is easier.
    FleschKincaid,
    /// Szigriszt-Pazos: score; higher is easier.
    SzigrisztPazos,
}

/// Minimum number of words in a measured sentence. The figure of a shorter fragment has no meaning.
pub(super) const MIN_WORDS: u32 = 3;

/// Numbers of words, syllables and sentences in a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Count {
    pub(crate) words: u32,
    pub(crate) syllables: u32,
    pub(crate) sentences: u32,
}

impl std::iter::Sum for Count {
    fn sum<I: Iterator<Item = Self>>(counts: I) -> Self {
        counts.fold(Self::default(), |sum, count| Self {
            words: sum.words + count.words,
            syllables: sum.syllables + count.syllables,
            sentences: sum.sentences + count.sentences,
        })
    }
}

impl Measure {
    /// Returns the measure of a language, if one is implemented.
    #[must_use]
    pub fn for_language(tag: &str) -> Option<Self> {
        match tag.split(['-', '_']).next()? {
            "en" => Some(Self::FleschKincaid),
            "es" => Some(Self::SzigrisztPazos),
            _ => None,
        }
    }

    /// Converts a limit in school grades to this measure.
    #[must_use]
    pub fn limit(self, grade: u32) -> f64 {
        match (self, grade) {
            (Self::FleschKincaid, grade) => f64::from(grade),
            // INFLESZ: "fairly easy" from 65, "normal" from 55, "somewhat hard" from 40.
            (Self::SzigrisztPazos, ..=6) => 65.0,
            (Self::SzigrisztPazos, 7..=8) => 55.0,
            (Self::SzigrisztPazos, 9..=12) => 40.0,
            (Self::SzigrisztPazos, _) => 0.0,
        }
    }

    /// Returns true if a figure is harder than the limit.
    #[must_use]
    pub fn exceeds(self, figure: f64, limit: f64) -> bool {
        match self {
            Self::FleschKincaid => figure > limit,
            Self::SzigrisztPazos => figure < limit,
        }
    }

    /// Returns the name of the measure for reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::FleschKincaid => "Flesch-Kincaid grade",
            Self::SzigrisztPazos => "Szigriszt-Pazos score",
        }
    }

    /// Returns the figure of a text with these counts.
    pub(crate) fn figure(self, count: Count) -> f64 {
        let per_word = f64::from(count.syllables) / f64::from(count.words.max(1));
        let per_sentence = f64::from(count.words) / f64::from(count.sentences.max(1));
        match self {
            Self::FleschKincaid => 0.39 * per_sentence + 11.8 * per_word - 15.59,
            Self::SzigrisztPazos => 206.835 - 62.3 * per_word - per_sentence,
        }
    }

    /// Compares two figures; the harder one is greater.
    #[must_use]
    pub fn compare(self, a: f64, b: f64) -> std::cmp::Ordering {
        match self {
            Self::FleschKincaid => a.total_cmp(&b),
            Self::SzigrisztPazos => b.total_cmp(&a),
        }
    }

    /// Counts the words, syllables and sentences of a text. A text without an end mark is one sentence.
    pub(crate) fn count(self, text: &str) -> Count {
        self.count_words(words(text), sentences(text).count())
    }

    /// Counts the syllables of the words of a text with this number of sentences.
    pub(super) fn count_words<'w>(self, words: impl Iterator<Item = &'w str>, sentences: usize) -> Count {
        let mut count = Count { sentences: u32::try_from(sentences).unwrap_or(u32::MAX), ..Count::default() };
        for word in words {
            count.words += 1;
            count.syllables += self.syllables(word);
        }
        count
    }

    pub(super) fn syllables(self, word: &str) -> u32 {
        match self {
            Self::FleschKincaid => english_syllables(word),
            Self::SzigrisztPazos => spanish_syllables(word),
        }
    }
}

pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.unicode_words()
}

/// Counts groups of vowels, without a silent `e`, `-ed` or `-es` at the end.
fn english_syllables(word: &str) -> u32 {
    let letters: Cow<'_, [u8]> = if word.bytes().all(|letter| letter.is_ascii_lowercase()) {
        Cow::Borrowed(word.as_bytes())
    } else {
        let letters = word.bytes().filter(u8::is_ascii_alphabetic);
        Cow::Owned(letters.map(|letter| letter.to_ascii_lowercase()).collect())
    };
    let is_vowel = |letter: u8| matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    let starts = letters.iter().zip(std::iter::once(&b' ').chain(letters.iter()));
    let groups = starts.filter(|(letter, before)| is_vowel(**letter) && !is_vowel(**before)).count();
    let before = |ending: &[u8]| letters.strip_suffix(ending).and_then(|stem| stem.last()).copied();
    let has_silent_ending = match letters.last() {
        Some(b'e') => before(b"le").is_none() && before(b"e").is_some_and(|letter| !is_vowel(letter)),
        Some(b'd') => before(b"ed").is_some_and(|letter| !b"td".contains(&letter) && !is_vowel(letter)),
        Some(b's') => {
            before(b"es").is_some_and(|letter| !b"sxzhcg".contains(&letter) && !is_vowel(letter))
                && before(b"les").is_none()
        }
        _ => false,
    };
    u32::try_from(groups - usize::from(has_silent_ending && groups > 1)).unwrap_or(u32::MAX).max(1)
}

/// Counts groups of vowels. Two strong vowels, or a strong one and an accented weak one, are in two syllables.
fn spanish_syllables(word: &str) -> u32 {
    let has_capitals = word.chars().any(char::is_uppercase);
    let lower = if has_capitals { Cow::Owned(word.to_lowercase()) } else { Cow::Borrowed(word) };
    let mut letters = lower.chars().peekable();
    let mut syllables = 0;
    let (mut previous, mut last) = (None, None);
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied();
        let is_mute = letter == 'u'
            && (previous == Some('q') || (previous == Some('g') && matches!(next, Some('e' | 'i' | 'é' | 'í'))));
        let vowel = match letter {
            'a' | 'e' | 'o' | 'á' | 'é' | 'ó' | 'í' | 'ú' => Some(true),
            'i' | 'u' | 'ü' if !is_mute => Some(false),
            'y' if next.is_none() => Some(false),
            _ => None,
        };
        // A diphthong needs a weak vowel without an accent.
        if let Some(strong) = vowel
            && (last.is_none() || (strong && last == Some(true)))
        {
            syllables += 1;
        }
        (previous, last) = (Some(letter), vowel);
    }
    syllables.max(1)
}

#[cfg(test)]
mod tests {
    use super::{Measure, english_syllables, sentences, spanish_syllables};

    #[test]
    fn syllables_are_counted_by_rules() {
        for (word, count) in [
            ("skin", 1),
            ("make", 1),
            ("little", 2),
            ("collagen", 3),
            ("treated", 2),
            ("helped", 1),
            ("names", 1),
            ("changes", 2),
            ("microneedling", 4),
            ("the", 1),
            ("visible", 3),
        ] {
            assert_eq!(english_syllables(word), count, "{word}");
        }
        for (word, count) in [
            ("piel", 1),
            ("colágeno", 4),
            ("cirugía", 4),
            ("que", 1),
            ("pequeña", 3),
            ("aéreo", 4),
            ("cuidado", 3),
            ("y", 1),
        ] {
            assert_eq!(spanish_syllables(word), count, "{word}");
        }
    }

    #[test]
    fn figures_match_the_formulas() {
        let grade = Measure::FleschKincaid;
        // 6 words, 6 syllables, 1 sentence: 0.39 · 6 + 11.8 − 15.59.
        assert!((grade.figure(grade.count("The cat sat on the mat.")) - -1.45).abs() < 0.001);
        let score = Measure::SzigrisztPazos;
        // 4 words, 6 syllables, 1 sentence: 206.835 − 62.3 · 1.5 − 4.
        assert!((score.figure(score.count("El gato come pan.")) - 109.385).abs() < 0.001);
    }

    #[test]
    fn sentences_end_at_a_mark_before_a_space() {
        assert_eq!(sentences("One. Two? 7.5 of it.").collect::<Vec<_>>(), ["One.", "Two?", "7.5 of it."]);
        assert_eq!(sentences("").count(), 0);
    }
}
