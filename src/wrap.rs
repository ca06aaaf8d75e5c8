//! Lines that fit where they are read.

use textwrap::core::display_width;
use textwrap::{Options, WordSeparator, WordSplitter};

/// What a report is shown on.
#[derive(Debug, Clone, Copy)]
pub struct OutputStyle {
    /// Whether it may have colours.
    pub colour: bool,
    /// The columns of a terminal. Without a terminal lines stay as they are, for whoever searches them.
    pub width: Option<usize>,
}

impl OutputStyle {
    /// A file, a pipe or a log.
    pub const PLAIN: Self = Self { colour: false, width: None };

    /// The text in lines that fit. Further lines are indented as the line that they belong to, and by so much more.
    pub(crate) fn wrap(self, text: &str, hang: usize) -> String {
        let Some(width) = self.width else { return text.to_owned() };
        let flowed = text.split('\n').map(|line| flow_line(line, width, hang));
        flowed.collect::<Vec<_>>().join("\n")
    }
}

/// Stands for a space that no line may end at; no text of ours has it.
const NO_BREAK_SPACE: char = '\u{f0000}';

/// A line in lines. A word that is too long for them stays whole, so that a path can be copied; what stands in backticks is
/// a command to copy, and is one word as long as a line has room for it.
fn flow_line(line: &str, width: usize, hang: usize) -> String {
    if display_width(line) <= width {
        return line.to_owned();
    }
    let own = line.len() - line.trim_start_matches(' ').len();
    let indent = " ".repeat(own + hang);
    let options = Options::new(width).subsequent_indent(&indent).break_words(false);
    let held = protect_code_spans(line, width.saturating_sub(indent.len()));
    textwrap::fill(&held, unhyphenated(options)).replace(NO_BREAK_SPACE, " ")
}

/// The line with its commands held together, as far as they are no wider than this.
fn protect_code_spans(line: &str, width: usize) -> String {
    let parts = line.split('`').enumerate().map(|(at, part)| match at % 2 {
        1 if display_width(part) + 2 < width => part.replace(' ', &NO_BREAK_SPACE.to_string()),
        _ => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join("`")
}

/// The text in lines of this width. Each leaves room for so many columns before it.
///
/// They break at spaces alone, so that `/back` and `acne-scars` can be typed as they are read, and word by word, so that
/// a text breaks alike whatever follows it.
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
    fn what_is_to_be_copied_stays_whole_where_it_can() {
        let flow = |text: &str, width, hang| OutputStyle { colour: false, width: Some(width) }.wrap(text, hang);
        for (text, width, hang, lines) in [
            ("no room here: see `one two`", 22, 2, "no room here: see\n  `one two`"),
            ("see `one two three four`", 12, 0, "see `one two\nthree four`"),
            ("in /a/path/that/is/long now", 10, 0, "in\n/a/path/that/is/long\nnow"),
            ("  indented as before", 12, 0, "  indented\n  as before"),
            ("日本 日本 日本", 9, 0, "日本 日本\n日本"),
            ("one\ntwo", 3, 2, "one\ntwo"),
        ] {
            assert_eq!(flow(text, width, hang), lines);
        }
        assert_eq!(OutputStyle::PLAIN.wrap("a line of any width", 2), "a line of any width");
    }
}
