//! Errors of rendering.

use crate::diagnostics::Diagnostics;
use std::fmt;

/// The reason why a page could not be rendered. Only PDFs can fail.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The template has an error at a known place.
    #[error("{0}")]
    TemplateProblems(Diagnostics),
    /// The template has an error that typst does not locate.
    #[error("{template} could not be typeset: {message}")]
    Template {
        /// The template's name.
        template: String,
        /// The message of typst.
        message: String,
        /// The hints of typst.
        hints: Vec<String>,
    },
    /// The template's page lacks required text, or prints it too small.
    #[error("{}", required_content(template, missing, smaller))]
    RequiredContent {
        /// The template's name.
        template: String,
        /// The texts that are not printed.
        missing: Vec<PartTexts>,
        /// The texts that are printed smaller than the benefits.
        smaller: Vec<PartTexts>,
    },
    /// Typst failed and gave no reason.
    #[error("the page could not be typeset; typst gave no reason")]
    Unknown,
    /// The PDF exporter does not support PDF/UA-1, for this reason.
    #[error("PDF/UA-1 is not available: {0}")]
    PdfStandard(String),
}

/// Required texts of one part of a page: the first text, and the number of further ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartTexts {
    /// The part's name.
    pub part: &'static str,
    /// The first text.
    pub first: String,
    /// The number of further texts.
    pub more: usize,
}

impl fmt::Display for PartTexts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { part, first, more } = self;
        write!(f, "\n  {part}: \u{201c}{first}\u{201d}")?;
        if *more > 0 { write!(f, ", and {more} more") } else { Ok(()) }
    }
}

fn required_content(template: &str, missing: &[PartTexts], smaller: &[PartTexts]) -> String {
    let groups = [
        ("does not print this text, which every summary must contain", missing),
        ("prints this text smaller than the benefits", smaller),
    ];
    let groups = groups.into_iter().filter(|(_, parts)| !parts.is_empty()).map(|(problem, parts)| {
        format!("the template {template} {problem}:{}", parts.iter().map(PartTexts::to_string).collect::<String>())
    });
    groups.collect::<Vec<_>>().join("\n")
}
