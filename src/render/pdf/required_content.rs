//! The content that every page must print, whatever its template: benefits with their limits and the caveats, and every
//! statement with its source.
//!
//! The check reads the text of the laid-out pages, as far as it can be seen: see [`PrintedGlyphs`].

use super::super::error::{PartTexts, RenderError};
use super::super::style::Template;
use super::fonts::Fonts;
use super::printed_glyphs::PrintedGlyphs;
use crate::outline::{Block, Outline, PartKind};
use typst_layout::PagedDocument;

/// A text that the page must print.
struct RequiredText {
    /// The name of its part in messages.
    part: &'static str,
    text: String,
    kind: RequiredKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum RequiredKind {
    /// A benefit.
    Claim,
    /// A text that must be at least as large as the benefits: limits, variability, safety, the advice to consult.
    Caveat,
    /// A text that must be present in any readable size.
    Other,
}

/// Fails unless the pages print all required texts of this copy. The error lists every text that is missing or too small.
pub(super) fn check(
    document: &PagedDocument,
    outline: &Outline,
    fonts: &Fonts,
    template: &Template,
) -> Result<(), RenderError> {
    let letters = PrintedGlyphs::of(document);
    let mut missing: Vec<RequiredText> = Vec::new();
    let mut largest_claim: f64 = 0.0;
    let mut caveats = Vec::new();
    for required in required_texts(outline) {
        match (letters.size_of(&fonts.as_shown(&required.text)), required.kind) {
            (None, _) => missing.push(required),
            (Some(size), RequiredKind::Claim) => largest_claim = largest_claim.max(size),
            (Some(size), RequiredKind::Caveat) => caveats.push((size, required)),
            (Some(_), RequiredKind::Other) => {}
        }
    }
    let smaller = caveats.into_iter().filter(|(size, _)| *size < largest_claim - 0.05).map(|(_, required)| required);
    let (missing, smaller) = (by_part(missing), by_part(smaller));
    if missing.is_empty() && smaller.is_empty() {
        return Ok(());
    }
    Err(RenderError::RequiredContent { template: template.name.clone(), missing, smaller })
}

/// Groups texts by their part, in the order of the first text of each.
fn by_part(texts: impl IntoIterator<Item = RequiredText>) -> Vec<PartTexts> {
    let mut parts: Vec<PartTexts> = Vec::new();
    for RequiredText { part, text, .. } in texts {
        match parts.iter_mut().find(|entry| entry.part == part) {
            Some(entry) => entry.more += 1,
            None => parts.push(PartTexts { part, first: text, more: 0 }),
        }
    }
    parts
}

/// The required texts of an outline, in the order of the page.
fn required_texts(outline: &Outline) -> Vec<RequiredText> {
    let mut texts = Vec::new();
    let mut require = |part, text: &str, kind| {
        if !text.is_empty() {
            texts.push(RequiredText { part, text: text.to_owned(), kind });
        }
    };
    for part in &outline.parts {
        for block in &part.blocks {
            match (part.kind, block) {
                (PartKind::Notice, Block::Text(text)) => require("notice", text.as_str(), RequiredKind::Other),
                (PartKind::Benefits | PartKind::Overview, Block::Legend { text, .. }) => {
                    require("benefits", text.as_str(), RequiredKind::Other);
                }
                (_, Block::Meaning { text, mark, .. }) => {
                    require("meanings", text.as_str(), RequiredKind::Other);
                    require("marks of the source", mark, RequiredKind::Other);
                }
                (_, Block::ClinicText(own)) => require("privacy notice", own.text.as_str(), RequiredKind::Other),
                (PartKind::NotCovered, Block::Fact(fact)) => {
                    require("not covered", fact.entry.text.as_str(), RequiredKind::Other);
                }
                (_, Block::Factors { lead, factors, .. }) => {
                    require("caveats", lead.as_str(), RequiredKind::Caveat);
                    for factor in factors {
                        require("caveats", factor.text.as_str(), RequiredKind::Caveat);
                        require("marks of the source", &factor.mark, RequiredKind::Other);
                    }
                }
                (_, Block::ToAsk { text, mark, .. }) => {
                    require("questions to ask", text.as_str(), RequiredKind::Other);
                    require("marks of the source", mark, RequiredKind::Other);
                }
                (kind, Block::Claim { text, mark, limits, .. }) => {
                    let (part, kind) = match kind {
                        PartKind::Caveats => ("caveats", RequiredKind::Caveat),
                        PartKind::NotCovered => ("not covered", RequiredKind::Claim),
                        _ => ("benefits", RequiredKind::Claim),
                    };
                    require(part, text.as_str(), kind);
                    require("marks of the source", mark, RequiredKind::Other);
                    for (limit, mark) in limits {
                        require("limits", limit.as_str(), RequiredKind::Caveat);
                        require("marks of the source", mark, RequiredKind::Other);
                    }
                }
                _ => {}
            }
        }
    }
    for line in &outline.sources {
        require("sources", line.as_str(), RequiredKind::Other);
    }
    texts
}
