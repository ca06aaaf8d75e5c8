//! How it looks.

/// The width to break lines of our own at.
pub(super) fn width() -> usize {
    crossterm::terminal::size().map_or(80, |(columns, _)| usize::from(columns).clamp(20, 100))
}

/// As many lines of a list as leave room for the question around it.
pub(super) fn page_size() -> usize {
    crossterm::terminal::size().map_or(12, |(_, rows)| usize::from(rows).saturating_sub(9).clamp(4, 30))
}
