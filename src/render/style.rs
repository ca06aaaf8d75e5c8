//! The style of a clinic's pages, and the bytes of a rendered page.

#[cfg(feature = "pdf")]
use super::pdf::fonts::Fonts;
use crate::letterhead::Letterhead;
use std::collections::BTreeSet;

/// The letterhead, template and fonts of a clinic's pages.
#[derive(Debug, Default)]
pub struct Style {
    /// The letterhead of every page.
    pub letterhead: Letterhead,
    /// The clinic's own typst template for the summary.
    pub template: Option<Template>,
    /// Whether the patient's pages are set in large print, as PDF and HTML.
    pub large_print: bool,
    /// Font files for scripts that the built-in fonts lack.
    pub more_fonts: Vec<Vec<u8>>,
    #[cfg(feature = "pdf")]
    fonts: std::sync::OnceLock<Fonts>,
}

/// A typst template, and its name in messages.
#[derive(Debug, Clone)]
pub struct Template {
    /// The file's name.
    pub name: String,
    /// The file's text.
    pub text: String,
}

impl Style {
    /// Creates a style. The fonts are read when the first PDF needs them.
    #[must_use]
    pub fn new(
        letterhead: Letterhead,
        template: Option<Template>,
        large_print: bool,
        more_fonts: Vec<Vec<u8>>,
    ) -> Self {
        Self {
            letterhead,
            template,
            large_print,
            more_fonts,
            #[cfg(feature = "pdf")]
            fonts: std::sync::OnceLock::new(),
        }
    }

    #[cfg(feature = "pdf")]
    pub(super) fn fonts(&self) -> &Fonts {
        self.fonts.get_or_init(|| Fonts::new(&self.more_fonts))
    }
}

/// A rendered page, and the characters that it could not show.
#[derive(Debug, Clone, Default)]
pub struct Rendered {
    /// The file's bytes.
    pub bytes: Vec<u8>,
    /// The characters that no font has; a visible mark replaces each.
    pub missing: BTreeSet<char>,
}

impl From<String> for Rendered {
    fn from(text: String) -> Self {
        Self { bytes: text.into_bytes(), ..Self::default() }
    }
}
