//! Colours, widths and prefixes of the prompts.

use crate::wrap::wrapped;
use crossterm::style::{Color, ResetColor, SetForegroundColor};
use inquire::ui::{RenderConfig, StyleSheet, Styled};
use std::ops::Range;

/// Returns the styles of the prompts. A finished question has the same prefix with and without colours. `went_back` is
/// the text after a question that was left.
pub(super) fn render_config(colours: bool, went_back: &str) -> RenderConfig<'_> {
    let config = if colours { RenderConfig::default_colored() } else { RenderConfig::empty() };
    let prefix = Styled::new(">").with_style_sheet(config.answered_prompt_prefix.style);
    config.with_answered_prompt_prefix(prefix).with_canceled_prompt_indicator(Styled::new(went_back))
}

/// Colours a text, if the style has a foreground colour.
pub(super) fn paint(text: &str, style: StyleSheet) -> String {
    match style.fg.filter(|_| !text.is_empty()) {
        Some(colour) => format!("{}{text}{ResetColor}", SetForegroundColor(Color::from(colour))),
        None => text.to_owned(),
    }
}

/// Returns the columns and rows of the terminal, or 80 and 24 if they are unknown.
pub(super) fn size() -> (usize, usize) {
    match crossterm::terminal::size() {
        Ok((columns @ 1.., rows @ 1..)) => (columns.into(), rows.into()),
        _ => (80, 24),
    }
}

/// Returns the width to wrap lines at on the current terminal, in columns.
pub(crate) fn width() -> usize {
    line_width(size().0)
}

/// Limits the line width to 100 columns, because longer lines are hard to read.
pub(super) fn line_width(columns: usize) -> usize {
    columns.min(100)
}

/// Wraps a question followed by its answer. Returns for each line its part of the question and its part of the answer.
pub(super) fn wrap_with_answer(text: &str, answer: &str, width: usize) -> Vec<(String, String)> {
    let mut left = text.chars().filter(|c| !c.is_whitespace()).count();
    let lines = wrapped(&format!("{text} {answer}"), width - 1, 2).into_iter().map(|line| {
        let mut rest = line.char_indices().filter(|(_, c)| !c.is_whitespace());
        let count = rest.by_ref().take(left).count();
        left -= count;
        let end = rest.next().map_or(line.len(), |(index, _)| index);
        let (question, answer) = line.split_at(end);
        (question.to_owned(), answer.to_owned())
    });
    lines.collect()
}

/// Puts a prefix before the first line and indents the others.
pub(super) fn with_prefix(prefix: Styled<&str>, lines: impl Iterator<Item = String>) -> Vec<String> {
    let prefixes = std::iter::once(paint(prefix.content, prefix.style)).chain(std::iter::repeat(" ".to_owned()));
    prefixes.zip(lines).map(|(prefix, line)| format!("{prefix} {line}")).collect()
}

/// Returns the range of entries around `index` that fit into `room` rows. `heights` holds the rows of each entry.
pub(super) fn visible_range(index: usize, heights: &[usize], room: usize) -> Range<usize> {
    let mut visible = index..index + 1;
    let mut left = room.saturating_sub(heights[index]);
    loop {
        let previous = visible.clone();
        if let Some(up) = visible.start.checked_sub(1).filter(|up| heights[*up] <= left) {
            left -= heights[up];
            visible.start = up;
        }
        if let Some(height) = heights.get(visible.end).filter(|height| **height <= left) {
            left -= height;
            visible.end += 1;
        }
        if visible == previous {
            return visible;
        }
    }
}
