//! Text that can do no harm where it is shown.

use std::borrow::Cow;
use std::fmt;
use std::path::Path;

/// At most this many marks stand on one base character; more than any living script needs.
const MAX_COMBINING_MARKS: usize = 4;

/// Text without anything that steers a terminal, hides, or runs over its neighbours.
///
/// Control characters become visible marks (escape is shown as `␛`), invisible and direction-changing ones are left
/// out, and a pile of combining marks is cut to four. Line breaks stay, as `\n`. Prompts and renderers take no other
/// text, so what a person typed or a file held cannot reach a screen or a page in any other way.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Printable(String);

impl Printable {
    /// Cleans a text that may run over several lines.
    #[must_use]
    pub fn text(raw: &str) -> Self {
        Self(Self::cleaned(raw).into_owned())
    }

    /// Cleans a text as [`Self::text`] does, and copies it only if it has to.
    pub(crate) fn cleaned(raw: &str) -> Cow<'_, str> {
        if is_harmless(raw) {
            return Cow::Borrowed(raw.trim());
        }
        Cow::Owned(replace_unsafe(&with_plain_breaks(raw)).trim().to_owned())
    }

    /// Cleans a part of a text whose breaks are plain: blanks at its ends stand between words.
    pub(crate) fn fragment(raw: &str) -> Self {
        Self(replace_unsafe(raw))
    }

    /// Cleans a text that has to stay on one line: breaks and tabs become spaces.
    #[must_use]
    pub fn line(raw: &str) -> Self {
        let text = Self::text(raw);
        // Most lines are lines already.
        if !text.0.contains("  ") && text.0.chars().all(|c| c == ' ' || !c.is_whitespace()) {
            return text;
        }
        Self(text.0.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// The name of a file or folder, for messages: on one line, and not for programs.
    #[must_use]
    pub fn path(path: &Path) -> Self {
        Self::line(&path.display().to_string())
    }

    /// The clean text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Puts clean texts into a clean template: `{name}` is replaced.
    #[must_use]
    pub(crate) fn fill(&self, name: &str, with: &Self) -> Self {
        Self(self.0.replace(name, &with.0))
    }
}

/// Whether there is nothing to look for, as in most texts: letters of European languages and the marks between them.
fn is_harmless(raw: &str) -> bool {
    // ASCII, and of the letters beyond it those from `À` to `ſ`, by their bytes. All of them, for that is quicker than to stop.
    let is_plain = |byte| matches!(byte, b'\n' | b' '..=b'~' | 0x80..=0xbf | 0xc3..=0xc5);
    raw.bytes().fold(true, |so_far, byte| so_far & is_plain(byte))
        || raw.chars().all(|c| matches!(c, '\n' | ' '..='~' | '¡'..='¬' | '®'..='ſ' | '–'..='”'))
}

/// The text with one kind of line break, `\n`.
pub(crate) fn with_plain_breaks(raw: &str) -> String {
    raw.replace("\r\n", "\n").replace(['\r', '\u{85}', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}'], "\n")
}

fn replace_unsafe(raw: &str) -> String {
    let mut marks = 0;
    let shown = raw.chars().filter_map(safe_char).filter(|c| {
        // What is left out does not part a mark from the character that it stands on.
        marks = if is_mark(*c) { marks + 1 } else { 0 };
        marks <= MAX_COMBINING_MARKS
    });
    shown.collect()
}

/// The character as it may be shown, if it may.
fn safe_char(c: char) -> Option<char> {
    match c {
        '\n' => Some(c),
        '\t' => Some(' '),
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)),
        '\u{7f}' => Some('\u{2421}'),
        '\u{80}'..='\u{9f}' => Some('\u{fffd}'),
        _ if is_hidden(c) => None,
        // Private use and non-characters would show whatever a font likes.
        _ if matches!(u32::from(c), 0xe000..=0xf8ff | 0xf_0000..) || u32::from(c) & 0xfffe == 0xfffe => {
            Some('\u{fffd}')
        }
        _ => Some(c),
    }
}

/// Zero-width, direction-changing, tag and other characters that show nothing and change what is around them.
pub(crate) fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// A character of no width that stands on the one before it.
fn is_mark(c: char) -> bool {
    unicode_width::UnicodeWidthChar::width(c) == Some(0)
}

/// What comes from a file is cleaned as all else is.
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
    fn harm_is_taken_out_and_words_stay() {
        for (raw, shown) in [
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
            assert_eq!(Printable::text(raw).as_str(), shown, "{raw:?}");
        }
    }

    #[test]
    fn what_is_harmless_by_its_bytes_is_harmless_by_its_characters() {
        for c in (0..0x3000).chain(0xfe00..0x10000).filter_map(char::from_u32) {
            let is_kept = super::is_harmless(&c.to_string());
            assert_eq!(is_kept, matches!(c, '\n' | ' '..='~' | '¡'..='¬' | '®'..='ſ' | '–'..='”'), "{c:?}");
        }
    }

    #[test]
    fn piles_of_marks_are_cut() {
        for pile in
            ["\u{301}".repeat(500), "\u{301}\u{301}\u{301}\u{301}\u{200b}".repeat(100), "\u{301}\u{202e}".repeat(100)]
        {
            assert_eq!(Printable::text(&format!("Z{pile}o")).as_str(), format!("Z{}o", "\u{301}".repeat(4)));
        }
    }

    #[test]
    fn a_line_has_no_breaks() {
        assert_eq!(Printable::line("a\n\n b\tc").as_str(), "a b c");
    }
}
