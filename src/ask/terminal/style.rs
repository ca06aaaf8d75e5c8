//! How it looks.

use crate::wrap::wrapped;
use crossterm::style::{Color, ResetColor, SetForegroundColor};
use inquire::ui::{RenderConfig, StyleSheet, Styled};
use std::ops::Range;

/// What everything is drawn with. A question that is done with is marked alike with colours and without them, and one that
/// is left says so in the language asked.
pub(super) fn render_config(colours: bool, went_back: &str) -> RenderConfig<'_> {
    let look = if colours { RenderConfig::default_colored() } else { RenderConfig::empty() };
    let mark = Styled::new(">").with_style_sheet(look.answered_prompt_prefix.style);
    look.with_answered_prompt_prefix(mark).with_canceled_prompt_indicator(Styled::new(went_back))
}

/// The text in this colour, if it has one.
pub(super) fn paint(text: &str, style: StyleSheet) -> String {
    match style.fg.filter(|_| !text.is_empty()) {
        Some(colour) => format!("{}{text}{ResetColor}", SetForegroundColor(Color::from(colour))),
        None => text.to_owned(),
    }
}

/// The columns and rows of the terminal.
pub(super) fn size() -> (usize, usize) {
    match crossterm::terminal::size() {
        Ok((columns @ 1.., rows @ 1..)) => (columns.into(), rows.into()),
        _ => (80, 24),
    }
}

/// The width to break lines at.
pub(crate) fn width() -> usize {
    line_width(size().0)
}

/// The width to break lines at on so many columns: longer ones are hard to read.
pub(super) fn line_width(columns: usize) -> usize {
    columns.min(100)
}

/// A question and what is said behind it, in lines: what of each belongs to the one and to the other.
pub(super) fn wrap_with_answer(text: &str, behind: &str) -> Vec<(String, String)> {
    let mut left = text.chars().filter(|c| !c.is_whitespace()).count();
    let lines = wrapped(&format!("{text} {behind}"), width() - 1, 2).into_iter().map(|line| {
        let mut rest = line.char_indices().filter(|(_, c)| !c.is_whitespace());
        let own = rest.by_ref().take(left).count();
        left -= own;
        let end = rest.next().map_or(line.len(), |(at, _)| at);
        let (question, behind) = line.split_at(end);
        (question.to_owned(), behind.to_owned())
    });
    lines.collect()
}

/// Lines with a mark before the first.
pub(super) fn with_prefix(mark: Styled<&str>, lines: impl Iterator<Item = String>) -> Vec<String> {
    let marks = std::iter::once(paint(mark.content, mark.style)).chain(std::iter::repeat(" ".to_owned()));
    marks.zip(lines).map(|(mark, line)| format!("{mark} {line}")).collect()
}

/// The entries, or rows, around this one that have room together, as many as can be.
pub(super) fn visible_range(at: usize, heights: &[usize], room: usize) -> Range<usize> {
    let mut shown = at..at + 1;
    let mut left = room.saturating_sub(heights[at]);
    loop {
        let before = shown.clone();
        if let Some(up) = shown.start.checked_sub(1).filter(|up| heights[*up] <= left) {
            left -= heights[up];
            shown.start = up;
        }
        if let Some(height) = heights.get(shown.end).filter(|height| **height <= left) {
            left -= height;
            shown.end += 1;
        }
        if shown == before {
            return shown;
        }
    }
}
