//! The measures of the leaflet, read from the glyphs of the PDF: sizes, lines, leading and pages.

use super::{PATIENTS, flowing, page, patient};
use crate::support::Sandbox;
use crate::support::thoroughness::thoroughness;
use crate::support::tools::{find_program, output};
use serde_json::json;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// A line of text in one font, with its place on the page. All lengths are in points.
struct Line {
    page: usize,
    left: f64,
    top: f64,
    size: f64,
    text: String,
}

/// The factor of the measures in the tool's output, which rounds them.
const ZOOM: f64 = 3.0;
/// The most that a size loses by the tool's rounding, in points.
const ROUNDING: f64 = 0.1;

fn attribute(tag: &str, name: &str) -> Option<f64> {
    tag.split_once(&format!(" {name}=\""))?.1.split('"').next()?.parse().ok()
}

/// The lines of a PDF in reading order. Pieces that follow each other on one baseline are one line.
fn lines(pdftohtml: &Path, path: &Path) -> Vec<Line> {
    let command = &mut Command::new(pdftohtml);
    let xml = output(command.args(["-xml", "-i", "-zoom", &ZOOM.to_string(), "-stdout"]).arg(path)).stdout;
    let xml = String::from_utf8_lossy(&xml).into_owned();
    let (mut sizes, mut lines, mut page) = (BTreeMap::new(), Vec::<Line>::new(), 0);
    let mut end = 0.0;
    for tag in xml.lines().map(str::trim) {
        let measure = |name: &str| attribute(tag, name).unwrap_or_else(|| panic!("no {name} in {tag}"));
        if tag.starts_with("<page") {
            page += 1;
        } else if tag.starts_with("<fontspec") {
            sizes.insert(measure("id").to_string(), measure("size") / ZOOM);
        } else if tag.starts_with("<text") {
            let (left, top, height) = (measure("left") / ZOOM, measure("top") / ZOOM, measure("height") / ZOOM);
            let size = sizes[&measure("font").to_string()];
            let text = plain(tag.split_once('>').map_or("", |(_, text)| text));
            match lines.last_mut() {
                // A mark is smaller than its sentence, and bold text has a font of its own.
                Some(line)
                    if line.page == page && (line.top - top).abs() < height / 2.0 && (left - end).abs() < 5.0 =>
                {
                    line.text.push_str(&text);
                    line.size = line.size.max(size);
                }
                _ => lines.push(Line { page, left, top, size, text }),
            }
            end = left + measure("width") / ZOOM;
        }
    }
    assert!(lines.len() > 10, "{}: {} lines", path.display(), lines.len());
    lines
}

/// A text without tags, in which an entity counts as one character.
fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut in_tag = false;
    for c in html.chars() {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            _ if !in_tag => text.push(c),
            _ => {}
        }
    }
    text.replace("&amp;", "&").replace("&#34;", "\"").replace("&lt;", "<").replace("&gt;", ">")
}

/// The answers of the tests' patients and of the vignettes, each with a name.
fn intakes() -> Vec<(String, String)> {
    let patients = PATIENTS.map(|name| (name.to_owned(), patient(name)));
    let vignettes = crate::vignettes::vignettes().into_iter().map(|(name, text)| {
        let vignette: serde_json::Value = serde_json::from_str(&text).expect("a vignette is JSON");
        let answers =
            json!({ "format": 1, "pack": "microneedling", "date": "2026-11-22", "answers": vignette["answers"] });
        (format!("vignette {name}"), answers.to_string())
    });
    patients.into_iter().chain(vignettes).collect()
}

/// Calls a check with the lines of each leaflet, in both languages and on both papers.
fn for_each_leaflet(large: bool, check: impl Fn(&str, &[Line])) {
    let Some(pdftohtml) = find_program("pdftohtml") else { return };
    let leaflets = intakes().into_iter().flat_map(|(name, answers)| {
        let kinds = [("en", "a4"), ("en", "us-letter"), ("es", "a4"), ("es", "us-letter")];
        kinds.map(|(language, paper)| (name.clone(), answers.clone(), language, paper))
    });
    for (name, answers, language, paper) in thoroughness().sample(leaflets, 23, 4) {
        let mut sandbox = Sandbox::with("answers.json", answers);
        sandbox.file("clinic.toml", format!("paper = \"{paper}\"\nlarge_print = {large}\n"));
        let path = page(&sandbox, "pdf", "patient", &format!("--lang {language} --config clinic.toml"));
        check(&format!("{name}, {language}, {paper}"), &lines(&pdftohtml, &path));
    }
}

/// The size of most characters.
fn size_of_most(lines: &[Line]) -> f64 {
    let mut characters = BTreeMap::<u64, usize>::new();
    for line in lines {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a font size is small and positive"
        )]
        let tenths = (line.size * 10.0).round() as u64;
        *characters.entry(tenths).or_default() += line.text.chars().count();
    }
    let (tenths, _) = characters.into_iter().max_by_key(|(_, count)| *count).expect("text");
    f64::from(u32::try_from(tenths).expect("a font size")) / 10.0
}

/// A patient may not see small print well, and long lines are hard to follow.
#[test]
fn a_leaflet_keeps_to_the_measures_of_clear_print() {
    for_each_leaflet(false, |of, lines| {
        check_sizes(of, lines, 12.0, 10.0);
        check_lengths(of, lines);
        check_leading(of, lines);
        check_pages(of, lines);
    });
}

#[test]
fn large_print_has_18_points() {
    for_each_leaflet(true, |of, lines| check_sizes(of, lines, 18.0, 14.0));
}

fn check_sizes(of: &str, lines: &[Line], body: f64, smallest: f64) {
    let found = lines.iter().min_by(|one, other| one.size.total_cmp(&other.size)).expect("a line");
    assert!(found.size >= smallest - ROUNDING, "{of}: {} points: {}", found.size, found.text);
    // Most of the longest copy is the table of its answers, which is smaller.
    let of_most = size_of_most(lines);
    assert!(of_most >= body - ROUNDING || of.starts_with("longest"), "{of}: {of_most} points");
}

fn check_lengths(of: &str, lines: &[Line]) {
    // The running head and foot are no running text, and the marks of the source are set smaller between it.
    let running = lines.iter().filter(|line| !line.text.contains(" \u{b7} "));
    let lengths = running.map(|line| (flowing(&without_marks(&line.text)).chars().count(), &line.text));
    let (count, longest) = lengths.max().expect("a line");
    // The tool takes the narrow cells of the longest copy's table for one line.
    assert!(count <= 75 || of.starts_with("longest"), "{of}: {count} characters: {longest}");
}

/// A leaflet has two pages, or three. Only the longest intakes have more.
fn check_pages(of: &str, lines: &[Line]) {
    let pages = lines.last().map_or(0, |line| line.page);
    let is_long = of.starts_with("longest") || of.contains("all-concerns");
    assert!((2..=3).contains(&pages) || (is_long && pages <= 9), "{of}: {pages} pages");
}

/// A text without what stands in square brackets.
fn without_marks(text: &str) -> String {
    let pieces = text.split('[').enumerate();
    pieces
        .map(|(index, piece)| if index == 0 { piece } else { piece.split_once(']').map_or("", |(_, rest)| rest) })
        .collect()
}

/// Checks lines one below the other, in one size and from one margin: they belong to one paragraph, or are further apart.
fn check_leading(of: &str, lines: &[Line]) {
    let mut seen = 0;
    for pair in lines.windows(2) {
        let [upper, lower] = pair else { continue };
        let (same_place, same_size) = ((upper.left - lower.left).abs() < 1.0, (upper.size - lower.size).abs() < 0.1);
        // The tool takes combining marks for lines of their own.
        let has_words = [upper, lower].iter().all(|line| line.text.chars().count() > 9);
        if has_words
            && upper.page == lower.page
            && same_place
            && same_size
            && upper.size > 11.0
            && lower.top > upper.top
        {
            let leading = (lower.top - upper.top) / upper.size;
            assert!(leading >= 1.3 - 0.03, "{of}: {leading:.2} between {:?} and {:?}", upper.text, lower.text);
            seen += 1;
        }
    }
    assert!(seen > 5, "{of}: {seen} lines");
}
