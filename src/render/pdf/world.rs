//! The files that typst can access: one template, one data file, one logo, and the fonts.

use super::super::style::Style;
use super::data::logo_path;
use super::source::file;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, World};

/// The typst world of one document.
pub(super) struct TemplateWorld<'d> {
    style: &'d Style,
    template: Source,
    files: Vec<(FileId, Bytes)>,
}

impl<'d> TemplateWorld<'d> {
    pub(super) fn new(template: Source, data: String, style: &'d Style) -> Self {
        let mut files = Vec::new();
        files.extend(file("/data.json").map(|id| (id, Bytes::from_string(data))));
        if let Some(logo) = &style.letterhead.logo {
            files.extend(file(logo_path(logo.kind)).map(|id| (id, Bytes::new(logo.bytes.clone()))));
        }
        Self { style, template, files }
    }

    pub(super) fn template(&self) -> &Source {
        &self.template
    }
}

impl World for TemplateWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.style.fonts().library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.style.fonts().book
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() { Ok(self.template.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let file = self.files.iter().find(|(file_id, _)| *file_id == id);
        file.map(|(_, bytes)| bytes.clone()).ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.style.fonts().faces.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
