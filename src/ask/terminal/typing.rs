//! Characters typed in a list: a number or a first letter moves the cursor, and words do nothing.
//!
//! A person who types words into a list has not chosen what their letters reach. The words count for nothing: the list is
//! put back as it was before them.

use crate::ask::letters::plain_letters;
use std::collections::BTreeSet;
use std::time::Duration;

/// Longest pause between two digits of one number.
const DIGIT_PAUSE: Duration = Duration::from_secs(1);

/// Longest pause between two characters of a word: slow typists need more than a second for a key.
const WORD_PAUSE: Duration = Duration::from_secs(2);

/// Number of different letters in a row that make a word. Two may be two separate choices.
const WORD_LETTERS: usize = 3;

/// What a list has chosen: the entry under the cursor, and the ticked entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Selection {
    /// The index of the entry under the cursor; `None` until a key moves to one.
    pub(super) cursor: Option<usize>,
    /// The indices of the ticked entries; `None` if only one entry can be chosen.
    pub(super) ticks: Option<BTreeSet<usize>>,
}

/// Characters typed one after the other.
#[derive(Debug)]
pub(super) struct TypedRun {
    /// The time of the last character.
    last: Duration,
    /// The selection before the first character.
    pub(super) before: Selection,
    /// The number that the last digits make, and the cursor before them.
    number: Option<(u64, Option<usize>)>,
    /// The characters since the last space.
    word: String,
    /// Whether a character of the word names no entry.
    has_stray: bool,
    /// Whether the run was recognised as words. Its further characters do nothing.
    pub(super) is_words: bool,
}

impl TypedRun {
    pub(super) fn new(before: Selection, at: Duration) -> Self {
        Self { last: at, before, number: None, word: String::new(), has_stray: false, is_words: false }
    }

    /// Returns whether a character at this time belongs to the run.
    pub(super) fn continues(&self, at: Duration) -> bool {
        at.saturating_sub(self.last) <= WORD_PAUSE
    }

    /// Adds a digit. Returns the number that it makes with the digits just before it, and the cursor before them.
    pub(super) fn add_digit(&mut self, digit: u32, cursor: Option<usize>, at: Duration) -> (u64, Option<usize>) {
        let (previous, before) =
            self.number.filter(|_| at.saturating_sub(self.last) <= DIGIT_PAUSE).unwrap_or((0, cursor));
        let number = previous.saturating_mul(10).saturating_add(digit.into());
        self.add(char::from_digit(digit, 10).unwrap_or('0'), at);
        self.number = Some((number, before));
        (number, before)
    }

    /// Adds a character.
    pub(super) fn add(&mut self, c: char, at: Duration) {
        self.number = None;
        self.last = at;
        self.word.push(c);
    }

    /// Adds a space, which ends a word.
    pub(super) fn add_space(&mut self, at: Duration) {
        self.number = None;
        self.last = at;
        self.word.clear();
        self.has_stray = false;
    }

    /// Records that the last character names no entry.
    pub(super) fn add_stray(&mut self) {
        self.has_stray = true;
    }

    /// Returns whether the characters since the last space are the beginning of this entry, such as `yes`.
    pub(super) fn spells(&self, entry: Option<&str>) -> bool {
        let word = fold(&self.word);
        !word.is_empty() && entry.is_some_and(|entry| fold(entry).starts_with(&word))
    }

    /// Returns whether the characters since the last space are a word, and not choices. The beginning of the entry under
    /// the cursor is a choice.
    pub(super) fn ends_in_word(&self, entry: Option<&str>) -> bool {
        if self.word.chars().count() < 2 || self.spells(entry) {
            return false;
        }
        let mut letters: Vec<char> = fold(&self.word).chars().filter(|c| c.is_alphabetic()).collect();
        // The same letter again goes to the next entry that begins with it.
        letters.dedup();
        self.has_stray || letters.len() >= WORD_LETTERS
    }
}

/// Returns whether an entry begins with this letter, ignoring case, accents and punctuation before it.
pub(super) fn begins_with(entry: &str, letter: char) -> bool {
    let letter = fold(letter.encode_utf8(&mut [0; 4]));
    !letter.is_empty() && fold(entry).starts_with(&letter)
}

/// Folds a text for comparison: without case and accents, from its first letter or digit on.
fn fold(text: &str) -> String {
    let start = text.find(char::is_alphanumeric).unwrap_or(text.len());
    plain_letters(&text[start..])
}

#[cfg(test)]
mod tests {
    use super::{Selection, TypedRun, begins_with};
    use std::time::Duration;

    #[test]
    fn letters_match_without_case_and_accents() {
        for (entry, letter, expected) in [
            ("Níquel", 'n', true),
            ("Níquel", 'N', true),
            ("Área", 'a', true),
            ("Area", 'á', true),
            ("¿Otra?", 'o', true),
            ("“Quoted”", 'q', true),
            ("Mild", 'i', false),
            ("3 to 5", 't', false),
            ("Mild", ',', false),
        ] {
            assert_eq!(begins_with(entry, letter), expected, "{entry} {letter}");
        }
    }

    #[test]
    fn words_are_told_from_choices() {
        for (typed, stray, entry, expected) in [
            ("s", false, "Severe", false),
            ("sm", false, "Mild", false),
            ("mms", false, "Severe", false),
            ("dia", false, "A metal", true),
            ("no", true, "Not pregnant", false),
            ("YES", true, "Yes", false),
            ("sí", true, "Sí", false),
            ("mx", true, "Mild", true),
            ("?!", true, "Mild", true),
            ("58", true, "Under 18", true),
            ("12", false, "A metal", false),
        ] {
            let mut run = TypedRun::new(Selection { cursor: None, ticks: None }, Duration::ZERO);
            typed.chars().for_each(|c| run.add(c, Duration::ZERO));
            if stray {
                run.add_stray();
            }
            assert_eq!(run.ends_in_word(Some(entry)), expected, "{typed}");
        }
    }
}
