//! The form in which labels and search texts are compared.

use super::joiners::{JOINER, NON_JOINER};
use unicode_normalization::UnicodeNormalization;

/// Returns the form in which a text is compared: texts that a person reads as the same have the same form.
///
/// It is normalised (NFC) and case folded. Quotation marks and dashes have one form each, any space is one space, and
/// joiners are left out.
#[must_use]
pub fn comparison_form(text: &str) -> String {
    let folded = text.nfd().filter(|c| ![JOINER, NON_JOINER].contains(c)).map(plain_punctuation).flat_map(fold);
    folded.nfc().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Folds the case of a character: upper case first, so that `ß` and `ss`, and both forms of sigma, are the same.
fn fold(c: char) -> impl Iterator<Item = char> {
    c.to_uppercase().flat_map(char::to_lowercase)
}

/// Replaces the variants of quotation marks and dashes.
fn plain_punctuation(c: char) -> char {
    match c {
        '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{2039}' | '\u{203a}' | '\u{2bc}' | '\u{b4}' | '`' | '\u{ff07}' => {
            '\''
        }
        '\u{201c}'..='\u{201f}' | '\u{2033}' | '\u{ab}' | '\u{bb}' | '\u{ff02}' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => '-',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::comparison_form;

    #[test]
    fn texts_that_read_alike_compare_alike() {
        for (one, other) in [
            ("Zoë", "zoe\u{308}"),
            ("STRASSE", "straße"),
            ("Ὀδυσσεύς", "ὈΔΥΣΣΕΎΣ"),
            ("O\u{2019}Brien", "o'brien"),
            ("\u{201c}A\u{201d}", "\"a\""),
            ("A\u{2013}12", "a-12"),
            ("A\u{a0} 12", "a 12"),
            ("می\u{200c}خواهم", "میخواهم"),
            ("각", "\u{1100}\u{1161}\u{11a8}"),
        ] {
            assert_eq!(comparison_form(one), comparison_form(other), "{one:?} and {other:?}");
        }
        for (one, other) in [("Zoë", "Zoe"), ("A-12", "A 12"), ("ñ", "n"), ("क", "क्")] {
            assert_ne!(comparison_form(one), comparison_form(other), "{one:?} and {other:?}");
        }
        // A part without its mark is no part.
        assert!(!comparison_form("Zoe\u{308}").contains(&comparison_form("zoe")));
    }
}
