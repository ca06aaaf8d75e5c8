//! The files of typst's project root, and a template as its source.

use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};

/// Parses a template. It is the only source file in the project root, so it cannot import another one.
pub(super) fn parse(template: &str) -> Source {
    match file("/template.typ") {
        Some(id) => Source::new(id, template.to_owned()),
        None => Source::detached(template),
    }
}

/// Returns the id of a file in the project root.
pub(super) fn file(path: &str) -> Option<FileId> {
    let path = VirtualPath::new(path).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}
