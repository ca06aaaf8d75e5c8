//! A summary → bytes, one small file a format.
//!
//! Text and Markdown (and every further format for the eye) print the same [`outline`]: what a copy says, and in which
//! order, is decided once.

pub mod form;
mod html;
mod json;
pub mod letterhead;
pub mod logo;
mod markdown;
pub mod outline;
#[cfg(feature = "pdf")]
mod pdf;
mod text;

use crate::error::Error;
use crate::summary::Summary;
use letterhead::Letterhead;
use std::collections::BTreeSet;

/// How a clinic wants its pages.
#[derive(Debug, Default)]
pub struct Style {
    /// What stands around every page.
    pub letterhead: Letterhead,
    /// The clinic's own typst template for the summary.
    pub template: Option<Template>,
    /// Font files for scripts that ours lack.
    pub more_fonts: Vec<Vec<u8>>,
    /// Where the addresses in FHIR files start.
    pub fhir: crate::fhir::Base,
    #[cfg(feature = "pdf")]
    fonts: std::sync::OnceLock<pdf::Fonts>,
}

/// A typst template, and what messages call it.
#[derive(Debug, Clone)]
pub struct Template {
    /// The file's name.
    pub name: String,
    /// Its text.
    pub text: String,
}

impl Style {
    /// A style of these parts. The fonts are read when the first PDF needs them.
    #[must_use]
    pub fn new(letterhead: Letterhead, template: Option<Template>, more_fonts: Vec<Vec<u8>>) -> Self {
        Self {
            letterhead,
            template,
            more_fonts,
            fhir: crate::fhir::Base::default(),
            #[cfg(feature = "pdf")]
            fonts: std::sync::OnceLock::new(),
        }
    }

    #[cfg(feature = "pdf")]
    pub(crate) fn fonts(&self) -> &pdf::Fonts {
        self.fonts.get_or_init(|| pdf::Fonts::new(&self.more_fonts))
    }
}

/// A page, and what it could not show.
#[derive(Debug, Clone, Default)]
pub struct Rendered {
    /// The file's bytes.
    pub bytes: Vec<u8>,
    /// The characters that no font has; a visible mark stands for each.
    pub missing: BTreeSet<char>,
}

impl From<String> for Rendered {
    fn from(text: String) -> Self {
        Self { bytes: text.into_bytes(), ..Self::default() }
    }
}

/// A format that a summary can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Format {
    /// Tagged PDF/UA-1 for the printer.
    #[cfg(feature = "pdf")]
    #[default]
    Pdf,
    /// One self-contained page for a browser.
    Html,
    /// Plain text, 80 columns wide.
    #[cfg_attr(not(feature = "pdf"), default)]
    Text,
    /// CommonMark.
    Markdown,
    /// JSON for other programs.
    Json,
    /// The answers themselves, to be read back: an answers file.
    Answers,
    /// A FHIR R4 document with the printed page in it, for the clinic's other systems.
    Fhir,
}

impl Format {
    /// Every format, in the order shown.
    pub const ALL: &[Self] = &[
        #[cfg(feature = "pdf")]
        Self::Pdf,
        Self::Html,
        Self::Text,
        Self::Markdown,
        Self::Json,
        Self::Answers,
        Self::Fhir,
    ];

    /// The format of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.name() == name)
    }

    /// As options write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            #[cfg(feature = "pdf")]
            Self::Pdf => "pdf",
            Self::Html => "html",
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Json => "json",
            Self::Answers => "answers",
            Self::Fhir => "fhir",
        }
    }

    /// The end of a file's name.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            #[cfg(feature = "pdf")]
            Self::Pdf => "pdf",
            Self::Html => "html",
            Self::Text => "txt",
            Self::Markdown => "md",
            Self::Json | Self::Answers => "json",
            Self::Fhir => "fhir.json",
        }
    }

    /// What a format is called where files travel.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            #[cfg(feature = "pdf")]
            Self::Pdf => "application/pdf",
            Self::Html => "text/html",
            Self::Text => "text/plain",
            Self::Markdown => "text/markdown",
            Self::Json | Self::Answers => "application/json",
            Self::Fhir => "application/fhir+json",
        }
    }
}

/// The page as it is printed: PDF in a build that has it, else text.
pub(crate) fn printed(summary: &Summary, style: &Style) -> Result<(Format, Rendered), Error> {
    let format = Format::default();
    Ok((format, render(summary, format, style)?))
}

/// Writes a summary in a format. The same summary gives the same bytes, on every machine.
///
/// # Errors
/// When a clinic's own template cannot be typeset.
pub fn render(summary: &Summary, format: Format, style: &Style) -> Result<Rendered, Error> {
    let outline = || outline::outline(summary, &style.letterhead);
    Ok(match format {
        #[cfg(feature = "pdf")]
        Format::Pdf => return pdf::render(&outline(), style),
        Format::Html => html::render(&outline()).into(),
        Format::Text => text::render(&outline(), text::WIDTH).into(),
        Format::Markdown => markdown::render(&outline()).into(),
        Format::Json => Rendered { bytes: summary.to_indented_json(), ..Rendered::default() },
        Format::Answers => json::render(&summary.to_answers()).into(),
        Format::Fhir => return crate::fhir::document(summary, style),
    })
}

/// A summary as text for a screen of so many columns, at most as wide as a file.
#[must_use]
pub fn on_screen(summary: &Summary, columns: usize, style: &Style) -> String {
    text::render(&outline::outline(summary, &style.letterhead), columns.clamp(20, text::WIDTH))
}

/// Whether there is a font in a file.
#[cfg(feature = "pdf")]
#[must_use]
pub fn is_font(file: &[u8]) -> bool {
    pdf::is_font(file)
}

/// What it takes to work on a template of one's own with typst itself: the path of each file in a folder, and its bytes.
/// The data is that of this summary, exactly as a template gets it.
///
/// # Errors
/// When a clinic's own template cannot be typeset.
#[cfg(feature = "pdf")]
pub fn workbench(summary: &Summary, style: &Style) -> Result<Vec<(String, Vec<u8>)>, Error> {
    pdf::workbench(&outline::outline(summary, &style.letterhead), style)
}
