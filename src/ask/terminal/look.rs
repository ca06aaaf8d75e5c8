//! How it looks.

use inquire::ui::{RenderConfig, Styled};

/// What `inquire` draws with. A question that is done with is marked alike with colours and without them, and one that is
/// left says so in the language asked.
pub(super) fn drawn(colours: bool, went_back: &str) -> RenderConfig<'_> {
    let look = if colours { RenderConfig::default_colored() } else { RenderConfig::empty() };
    let mark = Styled::new(">").with_style_sheet(look.answered_prompt_prefix.style);
    look.with_answered_prompt_prefix(mark).with_canceled_prompt_indicator(Styled::new(went_back))
}

/// The width to break lines of our own at.
pub(crate) fn width() -> usize {
    crossterm::terminal::size().map_or(80, |(columns, _)| usize::from(columns).clamp(20, 100))
}

/// As many lines of a list as leave room for the question around it.
pub(super) fn page_size() -> usize {
    crossterm::terminal::size().map_or(12, |(_, rows)| usize::from(rows).saturating_sub(9).clamp(4, 30))
}
