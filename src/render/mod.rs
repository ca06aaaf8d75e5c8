//! A summary → bytes, one small file a format.
//!
//! Text and Markdown (and every further format for the eye) print the same [`outline`]: what a copy says, and in which
//! order, is decided once.

pub mod form;
mod html;
mod json;
pub mod letterhead;
mod markdown;
pub mod outline;
mod text;

use crate::error::Error;
use crate::summary::Summary;
use letterhead::Letterhead;

/// How a clinic wants its pages.
#[derive(Debug, Clone, Default)]
pub struct Style {
    /// What stands around every page.
    pub letterhead: Letterhead,
}

/// A format that a summary can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Format {
    /// One self-contained page for a browser.
    Html,
    /// Plain text, 80 columns wide.
    #[default]
    Text,
    /// CommonMark.
    Markdown,
    /// JSON for other programs.
    Json,
}

impl Format {
    /// Every format, in the order shown.
    pub const ALL: [Self; 4] = [Self::Html, Self::Text, Self::Markdown, Self::Json];

    /// As options write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Json => "json",
        }
    }

    /// The end of a file's name.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Text => "txt",
            Self::Markdown => "md",
            Self::Json => "json",
        }
    }
}

/// Writes a summary in a format. The same summary gives the same bytes, on every machine.
///
/// # Errors
/// When a clinic's own template cannot be typeset.
pub fn render(summary: &Summary, format: Format, style: &Style) -> Result<Vec<u8>, Error> {
    let outline = || outline::outline(summary, &style.letterhead);
    Ok(match format {
        Format::Html => html::render(&outline()),
        Format::Text => text::render(&outline()),
        Format::Markdown => markdown::render(&outline()),
        Format::Json => json::render(summary),
    }
    .into_bytes())
}
