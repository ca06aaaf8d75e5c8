//! The fonts of a page, and which text they can show.

use super::source::parse;
use damascene_fonts_roboto::{ROBOTO_BOLD, ROBOTO_ITALIC, ROBOTO_REGULAR};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Mutex, PoisonError};
use typst::foundations::Bytes;
use typst::syntax::Source;
use typst::text::{Font, FontBook, FontFamily, FontList, TextElem, is_default_ignorable};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _};
use unicode_segmentation::UnicodeSegmentation as _;

/// Latin, Greek and Cyrillic.
const OURS: [(&str, &[u8]); 3] =
    [("Roboto-Regular.ttf", ROBOTO_REGULAR), ("Roboto-Bold.ttf", ROBOTO_BOLD), ("Roboto-Italic.ttf", ROBOTO_ITALIC)];
pub(super) const FAMILY: &str = "Roboto";

/// Stands for a character that no font has; every one of our fonts has this one.
const MISSING: char = '\u{fffd}';

/// The fonts that pages are set in, read once for all documents. Nothing is taken from the system.
pub(in crate::render) struct Fonts {
    pub(super) library: LazyHash<Library>,
    pub(super) book: LazyHash<FontBook>,
    /// In the order of `book`; ours first.
    pub(super) faces: Vec<Font>,
    /// The template of the last document: the next one mostly has the same.
    template: Mutex<Option<Source>>,
}

/// Our font files: name and bytes.
pub(super) fn files() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    OURS.into_iter()
}

/// Whether a file has a face that can be used.
#[must_use]
pub fn is_font(file: &[u8]) -> bool {
    Font::iter(Bytes::new(file.to_vec())).next().is_some()
}

impl fmt::Debug for Fonts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.faces).finish()
    }
}

impl Fonts {
    /// Our fonts, and the clinic's behind them: they show what ours cannot.
    pub(in crate::render) fn new(clinic: &[Vec<u8>]) -> Self {
        let ours = OURS.iter().flat_map(|(_, bytes)| Font::iter(Bytes::new(*bytes)));
        let theirs = clinic.iter().flat_map(|bytes| Font::iter(Bytes::new(bytes.clone())));
        let faces: Vec<Font> = ours.chain(theirs).collect();
        let book = FontBook::from_fonts(&faces);
        // A clinic's template that names no font gets ours too.
        let mut library = Library::default();
        library.styles.set(TextElem::font, FontList(vec![FontFamily::new(FAMILY)]));
        Self { library: LazyHash::new(library), book: LazyHash::new(book), faces, template: Mutex::default() }
    }

    /// `template`, parsed unless the last one was the same.
    pub(super) fn parsed(&self, template: &str) -> Source {
        let mut last = self.template.lock().unwrap_or_else(PoisonError::into_inner);
        match &*last {
            Some(source) if source.text() == template => source.clone(),
            _ => last.insert(parse(template)).clone(),
        }
    }

    /// Names the font in `data`, makes every text there printable, and returns the characters that no font has: a visible
    /// mark stands for each.
    ///
    /// A character that is drawn together with others (a letter and its accents, an emoji of several parts) is replaced as
    /// a whole, because typst drops parts of it without an error when one font has only some.
    pub(super) fn prepare(&self, data: &mut Value) -> BTreeSet<char> {
        let mut missing = BTreeSet::new();
        self.clean(data, &mut missing);
        data["fonts"] = FAMILY.into();
        missing
    }

    /// A text as the page has it, with marks for what no font has.
    pub(super) fn as_shown(&self, text: &str) -> String {
        self.shown(text, &mut BTreeSet::new())
    }

    fn clean(&self, data: &mut Value, missing: &mut BTreeSet<char>) {
        match data {
            Value::String(text) => *text = self.shown(text, missing),
            Value::Array(items) => items.iter_mut().for_each(|item| self.clean(item, missing)),
            Value::Object(fields) => fields.values_mut().for_each(|field| self.clean(field, missing)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn shown(&self, text: &str, missing: &mut BTreeSet<char>) -> String {
        let mut shown = String::with_capacity(text.len());
        for cluster in text.graphemes(true) {
            if cluster == "\n" || self.covers(cluster) {
                shown.push_str(cluster);
            } else {
                missing.extend(cluster.chars().filter(|character| !is_default_ignorable(*character)));
                shown.push(MISSING);
            }
        }
        shown
    }

    /// Whether typst will set all of `cluster` in one font: the first font that has a part of it must have the whole.
    fn covers(&self, cluster: &str) -> bool {
        let has = |face: &Font, character: char| face.info().coverage.contains(character as u32);
        let mut parts = cluster.chars().filter(|character| !is_default_ignorable(*character)).peekable();
        if parts.peek().is_none() {
            return true;
        }
        let found = self.faces.iter().find(|face| parts.clone().any(|part| has(face, part)));
        found.is_some_and(|face| parts.all(|part| has(face, part)))
    }
}
