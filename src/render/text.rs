//! Plain text, 80 columns by display width, for a line printer and a screen reader alike.

use super::outline::{Block, Fill, Outline};
use std::fmt::Write as _;
use textwrap::{Options, WordSplitter, wrap};

const WIDTH: usize = 80;

pub(super) fn render(outline: &Outline) -> String {
    let mut page = Page(String::new());
    page.wrapped("", "", outline.title.as_str());
    page.wrapped("", "", outline.subtitle.as_str());
    page.line("");
    for fill in &outline.header {
        page.fill(fill);
    }
    for part in &outline.sections {
        page.line("");
        page.line(&"-".repeat(WIDTH));
        page.wrapped("", "", &part.heading.as_str().to_uppercase());
        page.line("");
        for (at, block) in part.blocks.iter().enumerate() {
            // Claims stand apart; facts stand together like the rows of a table.
            if at > 0 && !matches!(block, Block::Fact { .. }) {
                page.line("");
            }
            page.block(block);
        }
    }
    page.line("");
    page.line(&"=".repeat(WIDTH));
    for line in &outline.footer {
        page.wrapped("", "  ", line.as_str());
    }
    page.0
}

struct Page(String);

impl Page {
    fn line(&mut self, line: &str) {
        let _ = writeln!(self.0, "{}", line.trim_end());
    }

    /// Wraps a text that may have line breaks of its own; a word too long for the line is broken.
    fn wrapped(&mut self, first: &str, further: &str, text: &str) {
        let options = Options::new(WIDTH)
            .initial_indent(first)
            .subsequent_indent(further)
            .word_splitter(WordSplitter::NoHyphenation)
            .break_words(true);
        let further_options = options.clone().initial_indent(further);
        for (at, paragraph) in text.split('\n').enumerate() {
            for line in wrap(paragraph, if at == 0 { &options } else { &further_options }) {
                self.line(&line);
            }
        }
    }

    fn fill(&mut self, fill: &Fill) {
        match fill {
            Fill::Blank(label) => {
                let label = format!("{label}: ");
                let rule = "_".repeat(WIDTH.saturating_sub(textwrap::core::display_width(&label)));
                self.line(&format!("{label}{rule}"));
            }
            Fill::Known(label, text) => self.wrapped("", "  ", &format!("{label}: {text}")),
            Fill::Tick(label, options) => {
                let boxes =
                    options.iter().map(|(option, ticked)| format!("[{}] {option}", if *ticked { "x" } else { " " }));
                self.wrapped("", "  ", &format!("{label}:  {}", boxes.collect::<Vec<_>>().join("   ")));
            }
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Text(text) => self.wrapped("", "", text.as_str()),
            Block::Fact { term, text, .. } => self.wrapped("", "    ", &format!("{term}: {text}")),
            Block::Space(lines) => {
                for _ in 0..*lines {
                    self.line(&"_".repeat(WIDTH));
                    self.line("");
                }
            }
            Block::Claim { text, mark, limits, notes } => {
                self.wrapped("* ", "  ", &with_mark(text.as_str(), mark));
                for (limit, mark) in limits {
                    self.wrapped("  ! ", "    ", &with_mark(limit.as_str(), mark));
                }
                for note in notes {
                    self.wrapped("    ", "    ", note.as_str());
                }
            }
        }
    }
}

fn with_mark(text: &str, mark: &str) -> String {
    if mark.is_empty() { text.to_owned() } else { format!("{text} {mark}") }
}
