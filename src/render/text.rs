//! Plain text, 80 columns by display width, for line printers and screen readers.

use crate::foreign_text::ForeignText;
use crate::letterhead::Letterhead;
use crate::outline::{AnswerText, Block, EDITORIAL, Fact, HeaderField, Outline};
use crate::printable::Printable;
use std::fmt::Write as _;
use textwrap::{Options, WordSplitter, wrap};

/// The line width of a text file, in columns.
pub const WIDTH: usize = 80;

/// Renders a copy as text with lines of at most `width` columns.
#[must_use]
pub fn render(outline: &Outline, width: usize) -> String {
    let mut page = TextPage::new(&outline.letterhead, width);
    page.wrapped("", "", outline.title.as_str());
    page.wrapped("", "", &format!("{} - {}", outline.copy, outline.date));
    page.line("");
    for field in &outline.header {
        page.fill(field);
    }
    for part in &outline.parts {
        page.heading(part.heading.as_str());
        for (index, block) in part.blocks.iter().enumerate() {
            // A blank line separates claims, but not facts, which form lists, and no meaning from its claim.
            let joins = matches!(
                block,
                Block::Fact(_)
                    | Block::NotAsked(_)
                    | Block::Short { .. }
                    | Block::Step(..)
                    | Block::ToAsk { .. }
                    | Block::Meaning { .. }
            );
            if index > 0 && !joins {
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

/// A page of text that is being written.
pub(super) struct TextPage {
    text: String,
    width: usize,
}

impl TextPage {
    /// Creates a page that starts with the letterhead, if there is one.
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

    /// Writes a line that repeats one character over the full width.
    pub(super) fn rule(&mut self, mark: char) {
        self.line(&mark.to_string().repeat(self.width));
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

    /// Wraps a text that may contain line breaks; a word longer than the line is broken.
    pub(super) fn wrapped(&mut self, first: &str, further: &str, text: &str) {
        let options = Options::new(self.width)
            .initial_indent(first)
            .subsequent_indent(further)
            .word_splitter(WordSplitter::NoHyphenation)
            .break_words(true);
        let further_options = options.clone().initial_indent(further);
        for (index, paragraph) in text.split('\n').enumerate() {
            for line in wrap(paragraph, if index == 0 { &options } else { &further_options }) {
                self.line(&line);
            }
        }
    }

    pub(super) fn fill(&mut self, field: &HeaderField) {
        self.fill_indented("", field);
    }

    pub(super) fn fill_indented(&mut self, indent: &str, field: &HeaderField) {
        match field {
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
            Block::ClinicText(clinic) => self.wrapped("", "", &clinic_text(clinic)),
            // Indented, so that no line of own words can look like a heading or a claim.
            Block::OwnWords(text) => self.wrapped("    ", "    ", &quoted(text)),
            Block::Fact(fact) | Block::NotAsked(fact) => self.fact("", fact),
            Block::Space(lines) => {
                for index in 0..*lines {
                    if index > 0 {
                        self.line("");
                    }
                    self.rule('_');
                }
            }
            Block::Table { columns, rows } => {
                for row in rows {
                    let mut cells = row.iter();
                    self.wrapped("", "    ", &cells.next().map(answer).unwrap_or_default());
                    for (column, cell) in columns.iter().skip(1).zip(cells) {
                        self.wrapped("    ", "        ", &format!("{column}: {}", answer(cell)));
                    }
                }
            }
            Block::Because { label, choices: shared } => {
                self.wrapped("", "  ", &format!("{label}: {}", choices(shared)));
            }
            Block::Factors { lead, factors, .. } => {
                self.wrapped("* ", "  ", lead.as_str());
                for factor in factors {
                    self.wrapped("  - ", "    ", &with_mark(factor.text.as_str(), &factor.mark));
                    for fact in &factor.beside {
                        self.fact("    ", fact);
                    }
                }
            }
            Block::Short { label, lines } => {
                let lines: Vec<String> = lines.iter().map(|(text, mark)| with_mark(text.as_str(), mark)).collect();
                self.wrapped("", "    ", &format!("{label}: {}", lines.join(" ")));
            }
            Block::Step(number, text) => self.wrapped(&format!("{number}. "), "   ", text.as_str()),
            Block::ToAsk { ticked, text, mark, .. } => {
                let tick_box = if *ticked { "[x] " } else { "[ ] " };
                self.wrapped(tick_box, "    ", &with_mark(text.as_str(), mark));
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
        self.wrapped(indent, &format!("{indent}    "), &format!("{}: {}", fact.term(), answer(&fact.entry)));
    }
}

/// An answer; one that is not known is in brackets, so that it differs from every option.
fn answer(entry: &AnswerText) -> String {
    let text =
        if entry.says || entry.text.as_str().is_empty() { entry.text.to_string() } else { format!("[{}]", entry.text) };
    let own_words = entry.own.as_ref().map(quoted).unwrap_or_default();
    format!("{text}{}{own_words}", entry.joint)
}

/// The choices that triggered a benefit; those linked by the editors are marked.
pub(super) fn choices(because: &[(Printable, bool)]) -> String {
    let marked = because
        .iter()
        .map(|(choice, editorial)| if *editorial { format!("{choice} {EDITORIAL}") } else { choice.to_string() });
    marked.collect::<Vec<_>>().join("; ")
}

/// A text of the clinic, with its language if it differs from the page's.
pub(super) fn clinic_text(clinic: &ForeignText) -> String {
    clinic.mark().map_or_else(|| clinic.text.to_string(), |mark| format!("{} {mark}", clinic.text))
}

/// Own words in quotation marks, with their language if it differs from the page's.
fn quoted(words: &ForeignText) -> String {
    let language = words.mark().map(|mark| format!(" {mark}")).unwrap_or_default();
    format!("\u{201c}{}\u{201d}{language}", words.text)
}

fn with_mark(text: &str, mark: &str) -> String {
    if mark.is_empty() { text.to_owned() } else { format!("{text} {mark}") }
}

#[cfg(test)]
mod tests {
    use super::{Letterhead, TextPage};

    #[test]
    fn no_line_exceeds_the_width() {
        for width in [20, 40, 80] {
            let mut page = TextPage::new(&Letterhead::default(), width);
            for length in 60..200 {
                let text = format!("Otra cosa: \u{201c}{} {}", "-".repeat(length), "x".repeat(length / 3));
                page.wrapped("", "    ", &text);
            }
            assert_eq!(page.into_string().lines().map(str::chars).map(Iterator::count).max(), Some(width));
        }
    }
}
