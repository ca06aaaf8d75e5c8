//! Text that is safe to show on a terminal or a page.

mod comparison;
mod joiners;
mod json;

pub use comparison::comparison_form;
pub(crate) use json::{escape_json, indented_json};

use std::borrow::Cow;
use std::fmt;
use std::path::Path;

/// Maximum number of combining marks on one base character. No living script needs more.
const MAX_COMBINING_MARKS: usize = 4;

/// Text without control characters, hidden characters or stacked combining marks.
///
/// Control characters become visible symbols (escape is shown as `␛`). Invisible and direction-changing characters are
/// removed, except the joiners that a script or an emoji needs. At most four combining marks follow a base character. Line breaks stay, as `\n`. Prompts and renderers
/// accept no other type of text, so raw input cannot reach a screen or a page.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Printable(String);

impl Printable {
    /// Cleans a text that may have several lines, and trims it.
    #[must_use]
    pub fn text(raw: &str) -> Self {
        Self(Self::cleaned(raw).into_owned())
    }

    /// Cleans a text as [`Self::text`] does. Copies it only if necessary.
    pub(crate) fn cleaned(raw: &str) -> Cow<'_, str> {
        if is_harmless(raw) {
            return Cow::Borrowed(raw.trim());
        }
        Cow::Owned(replace_unsafe(&with_plain_breaks(raw)).trim().to_owned())
    }

    /// Cleans a part of a text, without trimming it: spaces at its ends separate words. Line breaks must be `\n`
    /// already.
    pub(crate) fn fragment(raw: &str) -> Self {
        Self(replace_unsafe(raw))
    }

    /// Cleans a text for a single line: any whitespace becomes one space.
    #[must_use]
    pub fn line(raw: &str) -> Self {
        let text = Self::text(raw);
        // Fast path: most texts have only single spaces.
        if !text.0.contains("  ") && text.0.chars().all(|c| c == ' ' || !c.is_whitespace()) {
            return text;
        }
        Self(text.0.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// Cleans the path of a file or folder, for messages only: on one line.
    #[must_use]
    pub fn path(path: &Path) -> Self {
        Self::line(&path.display().to_string())
    }

    /// Returns the clean text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Replaces a placeholder, such as `{for}`, with a clean text.
    #[must_use]
    pub(crate) fn fill(&self, placeholder: &str, value: &Self) -> Self {
        Self(self.0.replace(placeholder, &value.0))
    }
}

/// Returns whether a text needs no cleaning. True for most texts: letters of European languages and common punctuation.
fn is_harmless(raw: &str) -> bool {
    // Checks bytes: ASCII, and the letters from `À` to `ſ`. The fold visits all bytes, which is faster than an early
    // exit.
    let is_plain = |byte| matches!(byte, b'\n' | b' '..=b'~' | 0x80..=0xbf | 0xc3..=0xc5);
    raw.bytes().fold(true, |all_plain, byte| all_plain & is_plain(byte))
        || raw.chars().all(|c| matches!(c, '\n' | ' '..='~' | '¡'..='¬' | '®'..='ſ' | '–'..='”'))
}

/// Normalizes all line breaks to `\n`.
pub(crate) fn with_plain_breaks(raw: &str) -> String {
    raw.replace("\r\n", "\n").replace(['\r', '\u{85}', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}'], "\n")
}

fn replace_unsafe(raw: &str) -> String {
    let (mut safe, mut marks) = (String::with_capacity(raw.len()), 0);
    let mut rest = raw.chars();
    while let Some(c) = rest.next() {
        if matches!(c, joiners::JOINER | joiners::NON_JOINER) {
            let next = rest.clone().find_map(safe_char);
            if joiners::is_needed(&safe, c, next) {
                safe.push(c);
            }
            continue;
        }
        // Hidden characters do not separate a mark from its base character.
        let Some(c) = safe_char(c) else { continue };
        marks = if is_mark(c) { marks + 1 } else { 0 };
        if marks <= MAX_COMBINING_MARKS {
            safe.push(c);
        }
    }
    safe
}

/// Returns the safe form of a character, or `None` for a hidden one.
fn safe_char(c: char) -> Option<char> {
    match c {
        '\n' => Some(c),
        '\t' => Some(' '),
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)),
        '\u{7f}' => Some('\u{2421}'),
        '\u{80}'..='\u{9f}' => Some('\u{fffd}'),
        _ if is_hidden(c) => None,
        // The glyphs of private-use characters and non-characters depend on the font.
        _ if matches!(u32::from(c), 0xe000..=0xf8ff | 0xf_0000..) || u32::from(c) & 0xfffe == 0xfffe => {
            Some('\u{fffd}')
        }
        _ => Some(c),
    }
}

/// Returns whether a character is invisible and affects its neighbours: zero-width, direction-changing, tag and others.
pub(crate) fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Returns whether a character has no width and combines with the previous one.
fn is_mark(c: char) -> bool {
    unicode_width::UnicodeWidthChar::width(c) == Some(0)
}

/// Cleans a text as [`Printable::text`] does, for deserialization.
impl From<String> for Printable {
    fn from(raw: String) -> Self {
        if raw.trim().len() == raw.len() && is_harmless(&raw) { Self(raw) } else { Self::text(&raw) }
    }
}

impl fmt::Display for Printable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl maud::Render for Printable {
    fn render_to(&self, buffer: &mut String) {
        maud::Render::render_to(&self.0, buffer);
    }
}

#[cfg(test)]
mod tests {
    use super::Printable;

    #[test]
    fn unsafe_characters_are_replaced_and_words_stay() {
        for (raw, safe_chars) in [
            ("plain", "plain"),
            ("\u{1b}[31mred\u{7}", "␛[31mred␇"),
            ("a\u{202e}cba\u{2066}x", "acbax"),
            ("zero\u{200b}width\u{feff}", "zerowidth"),
            ("one\r\ntwo\rthree\u{2028}four", "one\ntwo\nthree\nfour"),
            ("\u{9b}31m", "\u{fffd}31m"),
            ("  Zoë  ", "Zoë"),
            ("سارة", "سارة"),
            ("Việt Nam", "Việt Nam"),
        ] {
            assert_eq!(Printable::text(raw).as_str(), safe_chars, "{raw:?}");
        }
    }

    #[test]
    fn joiners_stay_where_a_script_needs_them() {
        for needed in [
            // Persian: between letters that would join.
            "می\u{200c}خواهم",
            "خانه\u{200c}ای",
            // Hindi, Sinhala, Malayalam: after a virama, also at the end of a word.
            "क्\u{200d}ष",
            "ශ්\u{200d}රී",
            "അവന്\u{200d}",
            // Bengali: before a virama. Khmer: before a register shifter.
            "র\u{200d}্যাম",
            "ប\u{200c}៊ី",
            // Emoji, with skin tones too.
            "👩\u{200d}👧",
            "👩🏽\u{200d}⚕",
            "🏳\u{200d}🌈 👨\u{200d}👩\u{200d}👧\u{200d}👦",
        ] {
            assert_eq!(Printable::text(needed).as_str(), needed, "{needed:?}");
        }
        for (raw, safe) in [
            ("pass\u{200d}word a\u{200c}b", "password ab"),
            ("می\u{200c}", "می"),
            ("\u{200d}می", "می"),
            ("می\u{200c} خواهم", "می خواهم"),
            ("a\u{200d}👧", "a👧"),
            ("👩\u{200d}x", "👩x"),
            ("👩\u{200c}👧", "👩👧"),
            ("a\u{200d}\u{301}", "a\u{301}"),
            // One joiner is enough: more would be hidden text.
            ("می\u{200c}\u{200c}\u{200d}خ", "می\u{200c}خ"),
            ("می\u{200b}\u{200c}\u{202e}خ", "می\u{200c}خ"),
            ("❤\u{fe0f}\u{200d}🔥", "❤\u{200d}🔥"),
        ] {
            assert_eq!(Printable::text(raw).as_str(), safe, "{raw:?}");
        }
        let stacked = format!("ب{0}\u{200c}{0}ب", "\u{64e}".repeat(4));
        assert_eq!(Printable::text(&stacked).as_str(), format!("ب{}\u{200c}ب", "\u{64e}".repeat(4)));
    }

    #[test]
    fn the_byte_check_agrees_with_the_character_check() {
        for c in (0..0x3000).chain(0xfe00..0x10000).filter_map(char::from_u32) {
            let is_harmless = super::is_harmless(&c.to_string());
            assert_eq!(is_harmless, matches!(c, '\n' | ' '..='~' | '¡'..='¬' | '®'..='ſ' | '–'..='”'), "{c:?}");
        }
    }

    #[test]
    fn stacked_combining_marks_are_limited() {
        for marks in
            ["\u{301}".repeat(500), "\u{301}\u{301}\u{301}\u{301}\u{200b}".repeat(100), "\u{301}\u{202e}".repeat(100)]
        {
            assert_eq!(Printable::text(&format!("Z{marks}o")).as_str(), format!("Z{}o", "\u{301}".repeat(4)));
        }
    }

    #[test]
    fn a_line_has_no_line_breaks() {
        assert_eq!(Printable::line("a\n\n b\tc").as_str(), "a b c");
    }
}
