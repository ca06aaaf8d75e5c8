//! A summary → bytes, one small file a format.
//!
//! Text and Markdown (and every further format for the eye) print the same [`outline`]: what a copy says, and in which
//! order, is decided once.

mod json;
mod markdown;
pub mod outline;
mod text;

use crate::summary::Summary;

/// A format that a summary can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// Plain text, 80 columns wide.
    Text,
    /// CommonMark.
    Markdown,
    /// JSON for other programs.
    Json,
}

impl Format {
    /// Every format, in the order shown.
    pub const ALL: [Self; 3] = [Self::Text, Self::Markdown, Self::Json];

    /// As options write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Json => "json",
        }
    }

    /// The end of a file's name.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Markdown => "md",
            Self::Json => "json",
        }
    }
}

/// Writes a summary in a format. The same summary gives the same bytes, on every machine.
#[must_use]
pub fn render(summary: &Summary, format: Format) -> Vec<u8> {
    match format {
        Format::Text => text::render(&outline::outline(summary)),
        Format::Markdown => markdown::render(&outline::outline(summary)),
        Format::Json => json::render(summary),
    }
    .into_bytes()
}
