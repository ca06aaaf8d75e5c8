//! Wraps lines to the width of the output.

use textwrap::core::display_width;
use textwrap::{Options, WordSeparator, WordSplitter};

/// The colours and the width of an output.
#[derive(Debug, Clone, Copy)]
pub struct OutputStyle {
    /// Whether colours are allowed.
    pub colour: bool,
    /// The width of the terminal, in columns. Without a terminal, lines are not wrapped, so that they stay searchable.
    pub width: Option<usize>,
}

impl OutputStyle {
    /// The style of a file, a pipe or a log.
    pub const PLAIN: Self = Self { colour: false, width: None };

    /// Wraps a text. Continuation lines are indented as the line that they continue, plus `hang` columns.
    pub(crate) fn wrap(self, text: &str, hang: usize) -> String {
        let Some(width) = self.width else { return text.to_owned() };
        let lines = text.split('\n').map(|line| wrap_line(line, width, hang));
        lines.collect::<Vec<_>>().join("\n")
    }
}

/// Placeholder for a space where a line must not break. A private-use character, which printable text never contains.
const NO_BREAK_SPACE: char = '\u{f0000}';

/// Wraps one line. A word that is too long stays whole, so that a path can be copied. A command in backticks counts as
/// one word if it fits on a line.
fn wrap_line(line: &str, width: usize, hang: usize) -> String {
    if display_width(line) <= width {
        return line.to_owned();
    }
    let own_indent = line.len() - line.trim_start_matches(' ').len();
    let indent = " ".repeat(own_indent + hang);
    let options = Options::new(width).subsequent_indent(&indent).break_words(false);
    let text = protect_code_spans(line, width.saturating_sub(indent.len()));
    textwrap::fill(&text, unhyphenated(options)).replace(NO_BREAK_SPACE, " ")
}

/// Replaces the spaces in the commands of a line, if they fit into `width` columns.
fn protect_code_spans(line: &str, width: usize) -> String {
    let parts = line.split('`').enumerate().map(|(index, part)| match index % 2 {
        1 if display_width(part) + 2 < width => part.replace(' ', &NO_BREAK_SPACE.to_string()),
        _ => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join("`")
}

/// Wraps a text into lines of `width` columns, minus `indent` columns that the caller puts before each line.
///
/// Lines break only at spaces, so that `/back` and `acne-scars` can be typed as shown. They are filled word by word, so
/// that the breaks do not depend on the text that follows.
pub(crate) fn wrapped(text: &str, width: usize, indent: usize) -> Vec<String> {
    let options = unhyphenated(Options::new(width.saturating_sub(indent)));
    textwrap::wrap(text, options).into_iter().map(Into::into).collect()
}

fn unhyphenated(options: Options<'_>) -> Options<'_> {
    options.word_separator(WordSeparator::AsciiSpace).word_splitter(WordSplitter::NoHyphenation)
}

#[cfg(test)]
mod tests {
    use super::OutputStyle;

    #[test]
    fn paths_and_commands_stay_whole_if_they_fit() {
        let wrap = |text: &str, width, hang| OutputStyle { colour: false, width: Some(width) }.wrap(text, hang);
        for (text, width, hang, lines) in [
            ("no room here: see `one two`", 22, 2, "no room here: see\n  `one two`"),
            ("see `one two three four`", 12, 0, "see `one two\nthree four`"),
            ("in /a/path/that/is/long now", 10, 0, "in\n/a/path/that/is/long\nnow"),
            ("  indented as before", 12, 0, "  indented\n  as before"),
            ("日本 日本 日本", 9, 0, "日本 日本\n日本"),
            ("one\ntwo", 3, 2, "one\ntwo"),
        ] {
            assert_eq!(wrap(text, width, hang), lines);
        }
        assert_eq!(OutputStyle::PLAIN.wrap("a line of any width", 2), "a line of any width");
    }
}
