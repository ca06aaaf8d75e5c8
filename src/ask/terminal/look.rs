//! How it looks.

use crate::wrap::wrapped;
use crossterm::style::{Color, ResetColor, SetForegroundColor};
use inquire::ui::{RenderConfig, StyleSheet, Styled};

/// What everything is drawn with. A question that is done with is marked alike with colours and without them, and one that
/// is left says so in the language asked.
pub(super) fn drawn(colours: bool, went_back: &str) -> RenderConfig<'_> {
    let look = if colours { RenderConfig::default_colored() } else { RenderConfig::empty() };
    let mark = Styled::new(">").with_style_sheet(look.answered_prompt_prefix.style);
    look.with_answered_prompt_prefix(mark).with_canceled_prompt_indicator(Styled::new(went_back))
}

/// The text in this colour, if it has one.
pub(super) fn painted(text: &str, style: StyleSheet) -> String {
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
    readable(size().0)
}

/// The width to break lines at on so many columns: longer ones are hard to read.
pub(super) fn readable(columns: usize) -> usize {
    columns.min(100)
}

/// A question as `inquire` is to print it behind its mark.
pub(super) fn question(text: &str) -> String {
    wrapped(text, width() - 1, 2).join("\n  ")
}

/// A question and what is said behind it, in lines: what of each belongs to the one and to the other.
pub(super) fn question_and(text: &str, behind: &str) -> Vec<(String, String)> {
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

/// What is said behind a question, as `inquire` is to print it.
pub(super) fn behind(text: &str, said: &str) -> String {
    let lines = question_and(text, said);
    let from = question(text).lines().count().saturating_sub(1);
    lines.iter().skip(from).map(|(_, said)| said.as_str()).collect::<Vec<_>>().join("\n  ")
}

/// The keys as `inquire` is to print them, in brackets of its own.
pub(super) fn help(text: &str) -> String {
    wrapped(text, width().saturating_sub(2), 0).join("\n")
}
