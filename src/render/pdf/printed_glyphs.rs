//! The text of laid-out pages that a reader can see.

use crate::printable::is_hidden;
use typst::layout::{Abs, Frame, FrameItem, Point, Rect, Transform};
use typst::text::TextItem;
use typst::visualize::{Geometry, Paint};
use typst_layout::PagedDocument;

/// The smallest readable font size on paper, in points.
const MIN_FONT_SIZE: f64 = 6.0;

/// The thinnest line that hides text below it, in points. Underlines and table rules are thinner.
const MIN_COVERING_STROKE: f64 = 3.0;

/// The smallest difference in lightness with which text is read on its background.
const MIN_CONTRAST: f32 = 0.25;

/// The opacity from which a paint hides what is below it, and from which text is seen.
const MIN_ALPHA: f32 = 0.3;

/// The readable letters on the pages, in the order of typesetting. Text off the paper, clipped text, text that is too small or
/// hardly differs from its background, and text below a later shape or image does not count.
#[derive(Default)]
pub(super) struct PrintedGlyphs {
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
    pub(super) fn of(document: &PagedDocument) -> Self {
        let mut letters = Self::default();
        for page in document.pages() {
            let paper = Rect::new(Point::zero(), page.frame.size().to_point());
            let fill = page.fill_or_white();
            let mut sheet =
                Sheet { fills: fill.iter().map(|fill| (paper, lightness(fill))).collect(), ..Sheet::default() };
            sheet.paint(&page.frame, Transform::identity(), paper);
            for run in sheet.runs {
                letters.text.extend(without_spaces(&run.text));
                letters.sizes.resize(letters.text.len(), run.size);
            }
        }
        letters
    }

    /// The size of the smallest letter of a printed text; `None` if the text is not printed completely.
    pub(super) fn size_of(&self, text: &str) -> Option<f64> {
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

/// A page while its items are painted one over the other.
#[derive(Default)]
struct Sheet {
    /// The text that can be seen so far.
    runs: Vec<Run>,
    /// The areas that were filled, each with its lightness; `None` for a gradient or a picture.
    fills: Vec<(Rect, Option<f32>)>,
}

/// A run of text that was painted.
struct Run {
    text: String,
    /// The font size on the page, in points.
    size: f64,
    /// Points at its start, middle and end, at half the height of its letters.
    points: [Point; 3],
}

impl Sheet {
    /// Paints a frame. `to_page` transforms the frame to the page, and only what is inside `visible` shows.
    fn paint(&mut self, frame: &Frame, to_page: Transform, visible: Rect) {
        for (position, item) in frame.items() {
            let to_page = to_page.pre_concat(Transform::translate(position.x, position.y));
            match item {
                FrameItem::Group(group) => {
                    let to_page = to_page.pre_concat(group.transform);
                    let window = group.clip.as_ref().map(|clip| transformed(clip.bbox(None), to_page));
                    self.paint(&group.frame, to_page, window.map_or(visible, |window| overlap(visible, window)));
                }
                FrameItem::Text(run) => self.paint_text(run, to_page, visible),
                FrameItem::Shape(shape, _) => {
                    let line = shape.stroke.as_ref().filter(|stroke| stroke.thickness.to_pt() >= MIN_COVERING_STROKE);
                    let paint = match (&shape.fill, &shape.geometry) {
                        (Some(fill), _) => Some(fill),
                        (None, Geometry::Line(_)) => line.map(|stroke| &stroke.paint),
                        (None, _) => None,
                    };
                    if let Some(paint) = paint.filter(|paint| is_opaque(paint)) {
                        self.cover(
                            overlap(visible, transformed(shape.bbox(line.is_some()), to_page)),
                            lightness(paint),
                        );
                    }
                }
                FrameItem::Image(_, size, _) => {
                    let area = Rect::new(Point::zero(), size.to_point());
                    self.cover(overlap(visible, transformed(area, to_page)), None);
                }
                FrameItem::Link(..) | FrameItem::Tag(_) => {}
            }
        }
    }

    fn paint_text(&mut self, run: &TextItem, to_page: Transform, visible: Rect) {
        let scale = (to_page.sx.get() * to_page.sy.get() - to_page.kx.get() * to_page.ky.get()).abs().sqrt();
        let size = run.size.to_pt() * scale;
        if size < MIN_FONT_SIZE || !contains(visible, Point::zero().transform(to_page)) {
            return;
        }
        let height = run.size * -0.25;
        let points = [0.02, 0.5, 0.98].map(|part| Point::new(run.width() * part, height).transform(to_page));
        if is_opaque(&run.fill) && points.iter().all(|point| self.contrasts(lightness(&run.fill), *point)) {
            self.runs.push(Run { text: run.text.to_string(), size, points });
        }
    }

    /// Returns whether a lightness differs from the background at a point. Nothing is known about text or a background that
    /// is not of one colour, so text on it counts, and such text does not.
    fn contrasts(&self, text: Option<f32>, point: Point) -> bool {
        let background =
            self.fills.iter().rev().find(|(area, _)| contains(*area, point)).map_or(Some(1.0), |fill| fill.1);
        match (text, background) {
            (None, _) => false,
            (Some(_), None) => true,
            (Some(text), Some(background)) => (text - background).abs() >= MIN_CONTRAST,
        }
    }

    fn cover(&mut self, area: Rect, lightness: Option<f32>) {
        self.runs.retain(|run| !run.points.iter().any(|point| is_inside(area, *point)));
        self.fills.push((area, lightness));
    }
}

/// Returns whether a paint hides what is below it, or can be seen as text.
fn is_opaque(paint: &Paint) -> bool {
    match paint {
        Paint::Solid(color) => color.alpha().is_none_or(|alpha| alpha >= MIN_ALPHA),
        Paint::Gradient(_) | Paint::Tiling(_) => true,
    }
}

/// Returns the lightness of a paint of one colour, from 0 (black) to 1 (white).
fn lightness(paint: &Paint) -> Option<f32> {
    match paint {
        Paint::Solid(color) => Some(color.to_luma().luma),
        Paint::Gradient(_) | Paint::Tiling(_) => None,
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

fn is_inside(rect: Rect, point: Point) -> bool {
    rect.min.x < point.x && point.x < rect.max.x && rect.min.y < point.y && point.y < rect.max.y
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
