//! The zero-width joiners that a script needs: in some words they change the shape or the meaning.
//!
//! The rule follows the contexts of RFC 5892 (CONTEXTJ) and UAX #31. It is a little wider, because it judges text and not
//! identifiers. Bengali, Kannada and Khmer also have joiners that do not follow a virama.

use unicode_normalization::char::canonical_combining_class;
use unicode_segmentation::UnicodeSegmentation;

/// Zero width non-joiner.
pub(super) const NON_JOINER: char = '\u{200c}';
/// Zero width joiner.
pub(super) const JOINER: char = '\u{200d}';

/// The canonical combining class of signs that remove a consonant's vowel.
const VIRAMA: u8 = 9;

/// Returns whether a joiner is needed after this text and before this character. The text has no other hidden characters.
pub(super) fn is_needed(before: &str, joiner: char, after: Option<char>) -> bool {
    let Some(last) = before.chars().next_back() else { return false };
    if is_joining(last) {
        return canonical_combining_class(last) == VIRAMA || after.is_some_and(is_joining);
    }
    joiner == JOINER && after.is_some_and(|after| joins_emoji(before, after))
}

/// Returns whether a joiner between the two makes one emoji, such as a family.
fn joins_emoji(before: &str, after: char) -> bool {
    let Some(last) = before.graphemes(true).next_back() else { return false };
    // A mark extends any character, so it does not tell.
    !super::is_mark(after) && format!("{last}{JOINER}{after}").graphemes(true).nth(1).is_none()
}

/// Returns whether a character is a letter or a sign of a script whose letters join or form conjuncts.
fn is_joining(c: char) -> bool {
    let is_in_script = matches!(c,
        // Arabic, Syriac, N'Ko, Mandaic
        '\u{600}'..='\u{7ff}' | '\u{840}'..='\u{8ff}'
        // Devanagari to Sinhala
        | '\u{900}'..='\u{dff}'
        // Tibetan, Myanmar, Khmer, Mongolian
        | '\u{f00}'..='\u{109f}' | '\u{1780}'..='\u{18af}'
        // Tai Tham, Balinese, Sundanese, Batak, Lepcha, Vedic signs
        | '\u{1a20}'..='\u{1aaf}' | '\u{1b00}'..='\u{1c4f}' | '\u{1cd0}'..='\u{1cff}'
        // Syloti Nagri, Phags-pa, Saurashtra, Devanagari signs, Rejang, Javanese, Cham, Myanmar, Meetei Mayek
        | '\u{a800}'..='\u{a8ff}' | '\u{a930}'..='\u{aa7f}' | '\u{aae0}'..='\u{aaff}' | '\u{abc0}'..='\u{abff}'
        // Presentation forms of Arabic
        | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
        // Kharoshthi, Manichaean, Psalter Pahlavi, Hanifi Rohingya, Sogdian, Brahmi and its descendants, Adlam
        | '\u{10a00}'..='\u{10a5f}' | '\u{10ac0}'..='\u{10aff}' | '\u{10b80}'..='\u{10baf}' | '\u{10d00}'..='\u{10d3f}'
        | '\u{10f30}'..='\u{10f6f}' | '\u{11000}'..='\u{11fff}' | '\u{1e900}'..='\u{1e95f}');
    is_in_script && (c.is_alphabetic() || super::is_mark(c) || canonical_combining_class(c) == VIRAMA)
}
