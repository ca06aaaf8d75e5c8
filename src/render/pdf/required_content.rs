//! What a page has to print, whoever wrote its template: a benefit never stands without its limits and the caveats, and
//! nothing without where it comes from.
//!
//! The text is read off the pages as they are laid out. Text that is taken off the paper, clipped away or too small to read
//! does not count; text in a colour that nobody sees does.

use super::super::error::{PartTexts, RenderError};
use super::super::style::Template;
use super::fonts::Fonts;
use crate::outline::{Block, Outline, PartKind};
use crate::printable::is_hidden;
use typst::layout::{Abs, Frame, FrameItem, Point, Rect, Transform};
use typst_layout::PagedDocument;

/// Smaller letters, in points, cannot be read on paper.
const MIN_FONT_SIZE: f64 = 6.0;

/// Something that the page has to print.
struct RequiredText {
    /// What belongs together, as a report names it.
    part: &'static str,
    text: String,
    kind: DemandKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum DemandKind {
    /// What a benefit is.
    Claim,
    /// What goes with it, in letters as large: limits, variability, safety, the advice to consult.
    Caveat,
    /// What has to be there in whatever size can be read.
    Other,
}

/// Fails unless the pages print everything that this copy has to, and says all that they lack.
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
    for demand in of_outline(outline) {
        match (letters.size_of(&fonts.as_shown(&demand.text)), demand.kind) {
            (None, _) => missing.push(demand),
            (Some(size), DemandKind::Claim) => largest_claim = largest_claim.max(size),
            (Some(size), DemandKind::Caveat) => caveats.push((size, demand)),
            (Some(_), DemandKind::Other) => {}
        }
    }
    let smaller = caveats.into_iter().filter(|(size, _)| *size < largest_claim - 0.05).map(|(_, demand)| demand);
    let (missing, smaller) = (by_part(missing), by_part(smaller));
    if missing.is_empty() && smaller.is_empty() {
        return Ok(());
    }
    Err(RenderError::RequiredContent { template: template.name.clone(), missing, smaller })
}

/// Groups texts by their part, in the order of the first text of each.
fn by_part(demands: impl IntoIterator<Item = RequiredText>) -> Vec<PartTexts> {
    let mut parts: Vec<PartTexts> = Vec::new();
    for RequiredText { part, text, .. } in demands {
        match parts.iter_mut().find(|known| known.part == part) {
            Some(known) => known.more += 1,
            None => parts.push(PartTexts { part, first: text, more: 0 }),
        }
    }
    parts
}

/// In the order of the page.
fn of_outline(outline: &Outline) -> Vec<RequiredText> {
    let mut demands = Vec::new();
    let mut demand = |part, text: &str, kind| {
        if !text.is_empty() {
            demands.push(RequiredText { part, text: text.to_owned(), kind });
        }
    };
    for part in &outline.parts {
        for block in &part.blocks {
            match (part.kind, block) {
                (PartKind::Notice, Block::Text(text)) => demand("notice", text.as_str(), DemandKind::Other),
                (PartKind::Benefits | PartKind::Overview, Block::Legend { text, .. }) => {
                    demand("benefits", text.as_str(), DemandKind::Other);
                }
                (_, Block::Meaning { text, mark, .. }) => {
                    demand("meanings", text.as_str(), DemandKind::Other);
                    demand("marks of the source", mark, DemandKind::Other);
                }
                (_, Block::ClinicText(own)) => demand("privacy notice", own.text.as_str(), DemandKind::Other),
                (PartKind::NotCovered, Block::Fact(fact)) => {
                    demand("not covered", fact.entry.text.as_str(), DemandKind::Other);
                }
                (kind, Block::Claim { text, mark, limits, .. }) => {
                    let (part, kind) = match kind {
                        PartKind::Caveats => ("caveats", DemandKind::Caveat),
                        PartKind::NotCovered => ("not covered", DemandKind::Claim),
                        _ => ("benefits", DemandKind::Claim),
                    };
                    demand(part, text.as_str(), kind);
                    demand("marks of the source", mark, DemandKind::Other);
                    for (limit, mark) in limits {
                        demand("limits", limit.as_str(), DemandKind::Caveat);
                        demand("marks of the source", mark, DemandKind::Other);
                    }
                }
                _ => {}
            }
        }
    }
    for line in &outline.sources {
        demand("sources", line.as_str(), DemandKind::Other);
    }
    demands
}

/// The letters on the pages that can be read, in the order in which they are set.
#[derive(Default)]
struct PrintedGlyphs {
    /// Without spaces, hyphens and capitals, which typesetting may add and take away.
    text: String,
    /// The size of the letter that each byte belongs to, in points.
    sizes: Vec<f64>,
}

fn without_spaces(text: &str) -> impl Iterator<Item = char> {
    let kept = |c: &char| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}' | '\u{2011}') && !is_hidden(*c);
    text.chars().flat_map(char::to_lowercase).filter(kept)
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

    /// `place` leads from the frame to the page, and only what is inside `seen` shows.
    fn frame(&mut self, frame: &Frame, place: Transform, seen: Rect) {
        for (at, item) in frame.items() {
            let place = place.pre_concat(Transform::translate(at.x, at.y));
            match item {
                FrameItem::Group(group) => {
                    let place = place.pre_concat(group.transform);
                    let window = group.clip.as_ref().map(|clip| transformed(clip.bbox(None), place));
                    self.frame(&group.frame, place, window.map_or(seen, |window| overlap(seen, window)));
                }
                FrameItem::Text(run) => {
                    let scale = (place.sx.get() * place.sy.get() - place.kx.get() * place.ky.get()).abs().sqrt();
                    let size = run.size.to_pt() * scale;
                    if size >= MIN_FONT_SIZE && holds(seen, Point::zero().transform(place)) {
                        self.text.extend(without_spaces(&run.text));
                        self.sizes.resize(self.text.len(), size);
                    }
                }
                FrameItem::Shape(..) | FrameItem::Image(..) | FrameItem::Link(..) | FrameItem::Tag(_) => {}
            }
        }
    }

    /// The size in which a text is printed, which is that of its smallest letter; nothing where it is not printed whole.
    fn size_of(&self, text: &str) -> Option<f64> {
        let sought: String = without_spaces(text).collect();
        self.whole(&sought).or_else(|| self.in_two(&sought)).or_else(|| {
            // A line that runs from right to left is set from its end, run by run: its words are there, in another order.
            let words = text.chars().any(runs_left).then(|| text.split_whitespace());
            words?
                .map(|word| self.whole(&without_spaces(word).collect::<String>()))
                .try_fold(f64::INFINITY, |size, word| Some(size.min(word?)))
        })
    }

    /// Where it is printed several times, the largest counts.
    fn whole(&self, sought: &str) -> Option<f64> {
        self.text.match_indices(sought).map(|(at, found)| self.smallest(at, found.len())).reduce(f64::max)
    }

    /// The end of a page or a column may stand in between, with its foot and the next one's head.
    fn in_two(&self, sought: &str) -> Option<f64> {
        sought
            .char_indices()
            .rev()
            .map(|(cut, _)| sought.split_at(cut))
            .filter(|(before, _)| !before.is_empty())
            .find_map(|(before, after)| {
                let first = self.text.find(before)?;
                let second = first + before.len() + self.text[first + before.len()..].find(after)?;
                Some(self.smallest(first, before.len()).min(self.smallest(second, after.len())))
            })
    }

    fn smallest(&self, at: usize, length: usize) -> f64 {
        self.sizes[at..at + length].iter().copied().fold(f64::INFINITY, f64::min)
    }
}

/// Hebrew, Arabic and their neighbours.
fn runs_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

fn transformed(rect: Rect, by: Transform) -> Rect {
    let corners = [rect.min, rect.max, Point::new(rect.min.x, rect.max.y), Point::new(rect.max.x, rect.min.y)]
        .map(|corner| corner.transform(by));
    let all =
        |of: fn(&Point) -> Abs, pick: fn(Abs, Abs) -> Abs| corners.iter().map(of).reduce(pick).unwrap_or_default();
    Rect::new(
        Point::new(all(|corner| corner.x, Abs::min), all(|corner| corner.y, Abs::min)),
        Point::new(all(|corner| corner.x, Abs::max), all(|corner| corner.y, Abs::max)),
    )
}

fn overlap(one: Rect, other: Rect) -> Rect {
    Rect::new(
        Point::new(one.min.x.max(other.min.x), one.min.y.max(other.min.y)),
        Point::new(one.max.x.min(other.max.x), one.max.y.min(other.max.y)),
    )
}

/// Whether a point lies inside, a hair more or less.
fn holds(rect: Rect, point: Point) -> bool {
    let hair = Abs::pt(0.5);
    let within = |from: Abs, at: Abs, to: Abs| from <= at + hair && at <= to + hair;
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
    fn a_text_is_found_however_it_is_set() {
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
