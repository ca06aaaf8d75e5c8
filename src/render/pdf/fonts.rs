//! The fonts of a page, and the text that they can show.

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

/// The built-in fonts: Latin, Greek and Cyrillic.
const BUILT_IN: [(&str, &[u8]); 3] =
    [("Roboto-Regular.ttf", ROBOTO_REGULAR), ("Roboto-Bold.ttf", ROBOTO_BOLD), ("Roboto-Italic.ttf", ROBOTO_ITALIC)];
pub(super) const FAMILY: &str = "Roboto";

/// Replaces a character that no font has; every built-in font has this one.
const MISSING: char = '\u{fffd}';

/// The fonts of all pages, read once for all documents. System fonts are never used.
pub(in crate::render) struct Fonts {
    pub(super) library: LazyHash<Library>,
    pub(super) book: LazyHash<FontBook>,
    /// The faces in the order of `book`, built-in fonts first.
    pub(super) faces: Vec<Font>,
    /// The parsed template of the last document, since the next document usually has the same.
    template: Mutex<Option<Source>>,
}

/// The names and bytes of the built-in font files.
pub(super) fn files() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    BUILT_IN.into_iter()
}

/// Returns true if a file contains a usable font face.
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
    /// Loads the built-in fonts, and after them the clinic's, for characters that the built-in fonts lack.
    pub(in crate::render) fn new(clinic: &[Vec<u8>]) -> Self {
        let built_in = BUILT_IN.iter().flat_map(|(_, bytes)| Font::iter(Bytes::new(*bytes)));
        let clinic = clinic.iter().flat_map(|bytes| Font::iter(Bytes::new(bytes.clone())));
        let faces: Vec<Font> = built_in.chain(clinic).collect();
        let book = FontBook::from_fonts(&faces);
        // A clinic's template that names no font uses the built-in ones too.
        let mut library = Library::default();
        library.styles.set(TextElem::font, FontList(vec![FontFamily::new(FAMILY)]));
        Self { library: LazyHash::new(library), book: LazyHash::new(book), faces, template: Mutex::default() }
    }

    /// Returns the parsed template; reuses the last one if its text is the same.
    pub(super) fn parsed(&self, template: &str) -> Source {
        let mut last = self.template.lock().unwrap_or_else(PoisonError::into_inner);
        match &*last {
            Some(source) if source.text() == template => source.clone(),
            _ => last.insert(parse(template)).clone(),
        }
    }

    /// Sets the font name in `data`, and replaces every character that no font has by a visible mark. Returns the replaced
    /// characters.
    ///
    /// A cluster of characters (a letter and its accents, an emoji of several parts) is replaced as a whole: if one font has
    /// only some of its parts, typst drops the others without an error.
    pub(super) fn prepare(&self, data: &mut Value) -> BTreeSet<char> {
        let mut missing = BTreeSet::new();
        self.clean(data, &mut missing);
        data["fonts"] = FAMILY.into();
        missing
    }

    /// Returns a text as the page prints it, with marks for missing characters.
    pub(super) fn as_shown(&self, text: &str) -> String {
        self.replace_missing(text, &mut BTreeSet::new())
    }

    fn clean(&self, data: &mut Value, missing: &mut BTreeSet<char>) {
        match data {
            Value::String(text) => *text = self.replace_missing(text, missing),
            Value::Array(items) => items.iter_mut().for_each(|item| self.clean(item, missing)),
            Value::Object(fields) => fields.values_mut().for_each(|field| self.clean(field, missing)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn replace_missing(&self, text: &str, missing: &mut BTreeSet<char>) -> String {
        let mut printable = String::with_capacity(text.len());
        for cluster in text.graphemes(true) {
            if cluster == "\n" || self.covers(cluster) {
                printable.push_str(cluster);
            } else {
                missing.extend(cluster.chars().filter(|character| !is_default_ignorable(*character)));
                printable.push(MISSING);
            }
        }
        printable
    }

    /// Returns true if typst sets all of `cluster` in one font: the first font that has a part of it must have all parts.
    fn covers(&self, cluster: &str) -> bool {
        let has = |face: &Font, character: char| face.info().coverage.contains(character as u32);
        let mut parts = cluster.chars().filter(|character| !is_default_ignorable(*character)).peekable();
        if parts.peek().is_none() {
            return true;
        }
        let face = self.faces.iter().find(|face| parts.clone().any(|part| has(face, part)));
        face.is_some_and(|face| parts.all(|part| has(face, part)))
    }
}
