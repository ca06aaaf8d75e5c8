//! Lines that fit where they are read.

use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};

/// The text in lines of this width. Each leaves room for so many columns before it.
///
/// They break at spaces alone, so that `/back` and `acne-scars` can be typed as they are read, and word by word, so that
/// a text breaks alike whatever follows it.
pub(super) fn wrapped(text: &str, width: usize, indent: usize) -> Vec<String> {
    let indent = " ".repeat(indent);
    let options = Options::new(width)
        .wrap_algorithm(WrapAlgorithm::FirstFit)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .initial_indent(&indent)
        .subsequent_indent(&indent);
    let lines = textwrap::wrap(text, options).into_iter();
    lines.map(|line| line.get(indent.len()..).unwrap_or_default().to_owned()).collect()
}
