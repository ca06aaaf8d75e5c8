//! Lines that fit where they are read.

use textwrap::{Options, WordSeparator, WordSplitter};

/// The text in lines of this width. Each leaves room for so many columns before it.
///
/// They break at spaces alone, so that `/back` and `acne-scars` can be typed as they are read, and word by word, so that
/// a text breaks alike whatever follows it.
pub(super) fn wrapped(text: &str, width: usize, indent: usize) -> Vec<String> {
    let options = Options::new(width.saturating_sub(indent))
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation);
    textwrap::wrap(text, options).into_iter().map(Into::into).collect()
}
