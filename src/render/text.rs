//! Plain text, 80 columns by display width, for a line printer and a screen reader alike.

use crate::foreign_text::ForeignText;
use crate::letterhead::Letterhead;
use crate::outline::{AnswerText, Block, EDITORIAL, Fact, HeaderField, Outline};
use crate::printable::Printable;
use std::fmt::Write as _;
use textwrap::{Options, WordSplitter, wrap};

/// Columns of a text file.
pub const WIDTH: usize = 80;

/// Renders a copy as text with lines of at most `width` columns.
#[must_use]
pub fn render(outline: &Outline, width: usize) -> String {
    let mut page = Page::new(&outline.letterhead, width);
    page.wrapped("", "", outline.title.as_str());
    page.wrapped("", "", &format!("{} - {}", outline.copy, outline.date));
    page.line("");
    for fill in &outline.header {
        page.fill(fill);
    }
    for part in &outline.parts {
        page.heading(part.heading.as_str());
        for (at, block) in part.blocks.iter().enumerate() {
            // Claims stand apart; facts and meanings stand together like the rows of a table.
            let joins = match block {
                Block::Fact(_) | Block::NotAsked(_) => true,
                Block::Meaning { .. } => matches!(part.blocks[at.saturating_sub(1)], Block::Meaning { .. }),
                _ => false,
            };
            if at > 0 && !joins {
                page.line("");
            }
            page.block(block, outline.because.as_str());
        }
    }
    if let Some((signature, date)) = &outline.signature {
        page.line("");
        let labels = textwrap::core::display_width(&format!("{signature}:    {date}: "));
        let rules = width.saturating_sub(labels).max(12);
        let (long, short) = ("_".repeat(rules - rules / 3), "_".repeat(rules / 3));
        page.line(&format!("{signature}: {long}   {date}: {short}"));
    }
    page.line("");
    page.rule('=');
    for line in &outline.sources {
        page.wrapped("", "  ", line.as_str());
    }
    page.wrapped("", "  ", &format!("{} {}", outline.pack, outline.hash));
    page.into_string()
}

/// A page of text under way.
pub(super) struct Page {
    text: String,
    width: usize,
}

impl Page {
    /// Starts with the letterhead, if there is one.
    pub(super) fn new(letterhead: &Letterhead, width: usize) -> Self {
        let mut page = Self { text: String::new(), width };
        let clinic = letterhead.name.iter().chain(&letterhead.address).chain(&letterhead.phone);
        for line in clinic {
            page.wrapped("", "  ", line.as_str());
        }
        if !page.text.is_empty() {
            page.line("");
        }
        page
    }

    pub(super) fn into_string(self) -> String {
        self.text
    }

    /// A line of one character, over the full width.
    pub(super) fn rule(&mut self, of: char) {
        self.line(&of.to_string().repeat(self.width));
    }

    pub(super) fn heading(&mut self, heading: &str) {
        self.line("");
        self.rule('-');
        self.wrapped("", "", &heading.to_uppercase());
        self.line("");
    }

    pub(super) fn line(&mut self, line: &str) {
        let _ = writeln!(self.text, "{}", line.trim_end());
    }

    /// Wraps a text that may have line breaks of its own; a word too long for the line is broken.
    pub(super) fn wrapped(&mut self, first: &str, further: &str, text: &str) {
        let options = Options::new(self.width)
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

    pub(super) fn fill(&mut self, fill: &HeaderField) {
        self.fill_indented("", fill);
    }

    pub(super) fn fill_indented(&mut self, indent: &str, fill: &HeaderField) {
        match fill {
            HeaderField::Blank(label) => {
                let label = format!("{indent}{label}: ");
                let rule = "_".repeat(self.width.saturating_sub(textwrap::core::display_width(&label)));
                self.line(&format!("{label}{rule}"));
            }
            HeaderField::Known(label, text) => self.wrapped(indent, "  ", &format!("{label}: {text}")),
            HeaderField::Tick(label, options) => {
                let boxes =
                    options.iter().map(|(option, ticked)| format!("[{}] {option}", if *ticked { "x" } else { " " }));
                self.wrapped(indent, "  ", &format!("{label}:  {}", boxes.collect::<Vec<_>>().join("   ")));
            }
        }
    }

    fn block(&mut self, block: &Block, label: &str) {
        match block {
            Block::Text(text) => self.wrapped("", "", text.as_str()),
            Block::ClinicText(own) => self.wrapped("", "", &clinic_text(own)),
            // Set in, so that no line of theirs can look like a heading or a claim.
            Block::OwnWords(text) => self.wrapped("    ", "    ", &quoted(text)),
            Block::Fact(fact) | Block::NotAsked(fact) => self.fact("", fact),
            Block::Space(lines) => {
                for at in 0..*lines {
                    if at > 0 {
                        self.line("");
                    }
                    self.rule('_');
                }
            }
            Block::Table { columns, rows } => {
                for row in rows {
                    let mut cells = row.iter();
                    self.wrapped("", "    ", &cells.next().map(shown).unwrap_or_default());
                    for (column, cell) in columns.iter().skip(1).zip(cells) {
                        self.wrapped("    ", "        ", &format!("{column}: {}", shown(cell)));
                    }
                }
            }
            Block::Because { label, choices: shared } => {
                self.wrapped("", "  ", &format!("{label}: {}", choices(shared)));
            }
            Block::Meaning { text, mark, .. } => self.wrapped("    ", "      ", &with_mark(text.as_str(), mark)),
            Block::Legend { mark, text } => self.wrapped("", "  ", &format!("{mark} {text}")),
            Block::Claim { text, mark, limits, because, beside, .. } => {
                self.wrapped("* ", "  ", &with_mark(text.as_str(), mark));
                for (limit, mark) in limits {
                    self.wrapped("  ! ", "    ", &with_mark(limit.as_str(), mark));
                }
                if !because.is_empty() {
                    self.wrapped("    ", "      ", &format!("{label}: {}", choices(because)));
                }
                for fact in beside {
                    self.fact("    ", fact);
                }
            }
        }
    }

    fn fact(&mut self, indent: &str, fact: &Fact) {
        self.wrapped(indent, &format!("{indent}    "), &format!("{}: {}", fact.term(), shown(&fact.entry)));
    }
}

/// An answer; what says nothing stands in brackets, so that no option's wording can look like it.
fn shown(entry: &AnswerText) -> String {
    let text =
        if entry.says || entry.text.as_str().is_empty() { entry.text.to_string() } else { format!("[{}]", entry.text) };
    let own = entry.own.as_ref().map(quoted).unwrap_or_default();
    format!("{text}{}{own}", entry.joint)
}

/// The choices that brought a benefit, those linked by the editors marked.
pub(super) fn choices(because: &[(Printable, bool)]) -> String {
    let marked = because
        .iter()
        .map(|(choice, editorial)| if *editorial { format!("{choice} {EDITORIAL}") } else { choice.to_string() });
    marked.collect::<Vec<_>>().join("; ")
}

/// A text of the clinic's own, with its language if it is not that of the page.
pub(super) fn clinic_text(own: &ForeignText) -> String {
    own.mark().map_or_else(|| own.text.to_string(), |mark| format!("{} {mark}", own.text))
}

/// Own words stand in quotation marks, with their language if it is not that of the page.
fn quoted(own: &ForeignText) -> String {
    let language = own.mark().map(|mark| format!(" {mark}")).unwrap_or_default();
    format!("\u{201c}{}\u{201d}{language}", own.text)
}

fn with_mark(text: &str, mark: &str) -> String {
    if mark.is_empty() { text.to_owned() } else { format!("{text} {mark}") }
}

#[cfg(test)]
mod tests {
    use super::{Letterhead, Page};

    #[test]
    fn no_line_stands_out() {
        for width in [20, 40, 80] {
            let mut page = Page::new(&Letterhead::default(), width);
            for length in 60..200 {
                let text = format!("Otra cosa: \u{201c}{} {}", "-".repeat(length), "x".repeat(length / 3));
                page.wrapped("", "    ", &text);
            }
            assert_eq!(page.into_string().lines().map(str::chars).map(Iterator::count).max(), Some(width));
        }
    }
}
