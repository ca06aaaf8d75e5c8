//! Exports a summary or a blank form to the bytes of a file, in a named format.

use crate::fhir::{self, CanonicalBase, DocumentPage, ItemTree, UnsupportedPack};
use crate::outline::{Outline, outline};
use crate::pack::Pack;
use crate::printable::indented_json;
use crate::render::form::{self, Form};
use crate::render::{self, RenderError, Rendered, Style};
use crate::summary::Summary;
use std::sync::OnceLock;

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
    /// An answers file, which can be read back.
    Answers,
    /// A FHIR R4 document that contains the printed page, for the clinic's other systems.
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

    /// Returns the format with that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.name() == name)
    }

    /// Returns the name used in options.
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

    /// Returns the file name extension.
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

    /// Returns the media type.
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

/// The reasons why a file could not be produced.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The page could not be rendered.
    #[error(transparent)]
    Render(#[from] RenderError),
    /// FHIR cannot express the pack.
    #[error(transparent)]
    UnsupportedPack(#[from] UnsupportedPack),
    /// There is no blank form in this format.
    #[error("blank forms are not available as {}", .0.name())]
    NoForm(Format),
}

/// Exports the summaries of one pack, and caches what they share.
#[derive(Debug, Default)]
pub struct Exporter {
    /// The style of pages.
    pub style: Style,
    /// The base of the URLs in FHIR files.
    base: CanonicalBase,
    /// The items of the pack's FHIR questionnaire. Only FHIR files need them, so they are built on first use.
    items: OnceLock<ItemTree>,
}

impl Exporter {
    /// Creates an exporter for the summaries of one pack.
    #[must_use]
    pub fn new(style: Style, base: CanonicalBase) -> Self {
        Self { style, base, items: OnceLock::new() }
    }

    /// Exports a summary in a format. The same summary gives the same bytes on every machine.
    ///
    /// # Errors
    /// Returns an error if the clinic's template cannot be typeset, or FHIR cannot express the pack.
    pub fn export(&self, summary: &Summary, format: Format) -> Result<Rendered, ExportError> {
        Ok(match format {
            #[cfg(feature = "pdf")]
            Format::Pdf => render::pdf(&self.outline(summary), &self.style)?,
            Format::Html => render::html(&self.outline(summary), self.style.large_print).into(),
            Format::Text => render::text(&self.outline(summary), render::WIDTH).into(),
            Format::Markdown => render::markdown(&self.outline(summary)).into(),
            Format::Json => Rendered { bytes: summary.to_indented_json(), ..Rendered::default() },
            Format::Answers => indented_json(&summary.to_answers()).into(),
            Format::Fhir => self.fhir_document(summary)?,
        })
    }

    /// Renders a summary as text for a screen of this width, at most as wide as a text file.
    #[must_use]
    pub fn on_screen(&self, summary: &Summary, columns: usize) -> String {
        render::text(&self.outline(summary), columns.clamp(20, render::WIDTH))
    }

    /// Returns the files needed to edit a template with typst itself, each as its path and bytes. The data is that of
    /// the summary, exactly as a template receives it.
    ///
    /// # Errors
    /// Returns an error if the built-in template cannot be typeset.
    #[cfg(feature = "pdf")]
    pub fn template_kit(&self, summary: &Summary) -> Result<Vec<(String, Vec<u8>)>, ExportError> {
        Ok(render::template_kit(&self.outline(summary), &self.style)?)
    }

    fn outline(&self, summary: &Summary) -> Outline {
        outline(summary, &self.style.letterhead)
    }

    fn fhir_document(&self, summary: &Summary) -> Result<Rendered, ExportError> {
        let items = self.items(summary.pack())?;
        let outline = self.outline(summary);
        let Rendered { bytes, missing } = self.printed_page(&outline)?;
        let page = DocumentPage { media_type: Format::default().media_type(), bytes: &bytes };
        let document = fhir::document(summary, &outline, page, &self.base, items);
        Ok(Rendered { bytes: document.into_bytes(), missing })
    }

    /// Renders the page inside a FHIR document, in the default format.
    #[cfg(feature = "pdf")]
    fn printed_page(&self, outline: &Outline) -> Result<Rendered, RenderError> {
        render::pdf(outline, &self.style)
    }

    #[cfg(not(feature = "pdf"))]
    #[allow(clippy::unused_self, clippy::unnecessary_wraps, reason = "the PDF needs the style, and can fail")]
    fn printed_page(&self, outline: &Outline) -> Result<Rendered, RenderError> {
        Ok(render::text(outline, render::WIDTH).into())
    }

    fn items(&self, pack: &Pack) -> Result<&ItemTree, UnsupportedPack> {
        if let Some(items) = self.items.get() {
            return Ok(items);
        }
        let items = ItemTree::new(pack)?;
        Ok(self.items.get_or_init(|| items))
    }
}

/// Exports a blank form in a format.
///
/// # Errors
/// Returns an error if there is no form in this format, or it cannot be typeset.
pub fn export_form(form: &Form, format: Format, style: &Style) -> Result<Rendered, ExportError> {
    Ok(match format {
        #[cfg(feature = "pdf")]
        Format::Pdf => form::pdf(form, style)?,
        Format::Html => form::html(form, style.large_print).into(),
        Format::Text => form::text(form).into(),
        Format::Markdown | Format::Json | Format::Answers | Format::Fhir => {
            let _ = style;
            return Err(ExportError::NoForm(format));
        }
    })
}
