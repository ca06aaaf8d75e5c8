//! The content that every page must print, whatever its template: benefits with their limits and the caveats, and every
//! statement with its source.
//!
//! The check reads the text of the laid-out pages. Text off the paper, clipped text and text too small to read does not count.
//! Colours are not checked, so text in the colour of the paper counts.

use super::super::error::{PartTexts, RenderError};
use super::super::style::Template;
use super::fonts::Fonts;
use crate::outline::{Block, Outline, PartKind};
use crate::printable::is_hidden;
use typst::layout::{Abs, Frame, FrameItem, Point, Rect, Transform};
use typst_layout::PagedDocument;

/// The smallest readable font size on paper, in points.
const MIN_FONT_SIZE: f64 = 6.0;

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

/// The readable letters on the pages, in the order of typesetting.
#[derive(Default)]
struct PrintedGlyphs {
    /// The text in lower case, without spaces and hyphens, since typesetting may change these.
    text: String,
    /// The font size of each byte of `text`, in points.
    sizes: Vec<f64>,
}

fn without_spaces(text: &str) -> impl Iterator<Item = char> {
    let is_compared = |c: &char| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}' | '\u{2011}') && !is_hidden(*c);
    text.chars().flat_map(char::to_lowercase).filter(is_compared)
}

impl PrintedGlyphs {
    fn of(document: &PagedDocument) -> Self {
        let mut letters = Self::default();
        for page in document.pages() {
            let paper = Rect::new(Point::zero(), page.frame.size().to_point());
            letters.frame(&page.frame, Transform::identity(), paper);
        }
        letters
    }

    /// Collects the text of a frame. `to_page` transforms the frame to the page, and only content inside `visible` counts.
    fn frame(&mut self, frame: &Frame, to_page: Transform, visible: Rect) {
        for (position, item) in frame.items() {
            let to_page = to_page.pre_concat(Transform::translate(position.x, position.y));
            match item {
                FrameItem::Group(group) => {
                    let to_page = to_page.pre_concat(group.transform);
                    let window = group.clip.as_ref().map(|clip| transformed(clip.bbox(None), to_page));
                    self.frame(&group.frame, to_page, window.map_or(visible, |window| overlap(visible, window)));
                }
                FrameItem::Text(run) => {
                    let scale =
                        (to_page.sx.get() * to_page.sy.get() - to_page.kx.get() * to_page.ky.get()).abs().sqrt();
                    let size = run.size.to_pt() * scale;
                    if size >= MIN_FONT_SIZE && contains(visible, Point::zero().transform(to_page)) {
                        self.text.extend(without_spaces(&run.text));
                        self.sizes.resize(self.text.len(), size);
                    }
                }
                FrameItem::Shape(..) | FrameItem::Image(..) | FrameItem::Link(..) | FrameItem::Tag(_) => {}
            }
        }
    }

    /// The size of the smallest letter of a printed text; `None` if the text is not printed completely.
    fn size_of(&self, text: &str) -> Option<f64> {
        let needle: String = without_spaces(text).collect();
        self.whole(&needle).or_else(|| self.in_two(&needle)).or_else(|| {
            // Typst sets a right-to-left line in runs from its end, so its words appear in another order.
            let words = text.chars().any(runs_left).then(|| text.split_whitespace());
            words?
                .map(|word| self.whole(&without_spaces(word).collect::<String>()))
                .try_fold(f64::INFINITY, |size, word| Some(size.min(word?)))
        })
    }

    /// The size of a text printed in one piece; the largest if it is printed several times.
    fn whole(&self, needle: &str) -> Option<f64> {
        self.text.match_indices(needle).map(|(start, text)| self.smallest(start, text.len())).reduce(f64::max)
    }

    /// The size of a text that a page or column break splits in two, with a footer and a header in between.
    fn in_two(&self, needle: &str) -> Option<f64> {
        needle
            .char_indices()
            .rev()
            .map(|(cut, _)| needle.split_at(cut))
            .filter(|(before, _)| !before.is_empty())
            .find_map(|(before, after)| {
                let first = self.text.find(before)?;
                let second = first + before.len() + self.text[first + before.len()..].find(after)?;
                Some(self.smallest(first, before.len()).min(self.smallest(second, after.len())))
            })
    }

    fn smallest(&self, start: usize, length: usize) -> f64 {
        self.sizes[start..start + length].iter().copied().fold(f64::INFINITY, f64::min)
    }
}

/// Returns true for letters of right-to-left scripts: Hebrew, Arabic and related ones.
fn runs_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

fn transformed(rect: Rect, transform: Transform) -> Rect {
    let corners = [rect.min, rect.max, Point::new(rect.min.x, rect.max.y), Point::new(rect.max.x, rect.min.y)]
        .map(|corner| corner.transform(transform));
    let all =
        |axis: fn(&Point) -> Abs, pick: fn(Abs, Abs) -> Abs| corners.iter().map(axis).reduce(pick).unwrap_or_default();
    Rect::new(
        Point::new(all(|corner| corner.x, Abs::min), all(|corner| corner.y, Abs::min)),
        Point::new(all(|corner| corner.x, Abs::max), all(|corner| corner.y, Abs::max)),
    )
}

fn overlap(first: Rect, second: Rect) -> Rect {
    Rect::new(
        Point::new(first.min.x.max(second.min.x), first.min.y.max(second.min.y)),
        Point::new(first.max.x.min(second.max.x), first.max.y.min(second.max.y)),
    )
}

/// Returns true if a point is inside a rectangle, with a tolerance of half a point.
fn contains(rect: Rect, point: Point) -> bool {
    let tolerance = Abs::pt(0.5);
    let within = |from: Abs, value: Abs, to: Abs| from <= value + tolerance && value <= to + tolerance;
    within(rect.min.x, point.x, rect.max.x) && within(rect.min.y, point.y, rect.max.y)
}

#[cfg(test)]
mod tests {
    use super::{PrintedGlyphs, without_spaces};

    fn letters(pieces: &[(&str, f64)]) -> PrintedGlyphs {
        let mut letters = PrintedGlyphs::default();
        for (text, size) in pieces {
            letters.text.extend(without_spaces(text));
            letters.sizes.resize(letters.text.len(), *size);
        }
        letters
    }

    #[test]
    fn a_text_is_found_across_hyphens_and_page_breaks() {
        let page = [("Results can var-", 9.0), ("y. Page 1", 8.0), ("HEAD", 8.0), ("It is safe. Results can", 10.0)];
        for (text, size) in [
            ("Results can vary.", Some(8.0)),
            ("results can", Some(10.0)),
            ("Results can vary. It is safe.", Some(8.0)),
            ("It is not safe.", None),
            ("It is safe. Results can vary.", None),
        ] {
            assert_eq!(letters(&page).size_of(text), size, "{text}");
        }
    }

    #[test]
    fn a_line_from_right_to_left_is_found_by_its_words() {
        let page = [("3 ", 9.0), ("שלום", 10.0)];
        assert_eq!(letters(&page).size_of("שלום 3"), Some(9.0));
        assert_eq!(letters(&page).size_of("שלום 4"), None);
    }
}
