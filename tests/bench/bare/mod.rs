//! The floor of the PDF benchmark: typst alone.

use std::path::Path;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

/// Typesets `summary.typ` of a folder, with its data and fonts, to a PDF file.
pub(crate) fn page(folder: &Path, to: &Path) {
    let text = std::fs::read_to_string(folder.join("summary.typ")).expect("a template");
    let data = std::fs::read(folder.join("data.json")).expect("data");
    let fonts: Vec<Font> = std::fs::read_dir(folder.join("fonts"))
        .expect("fonts")
        .flat_map(|file| Font::iter(Bytes::new(std::fs::read(file.expect("a font").path()).expect("a font"))))
        .collect();
    let world = Bare {
        library: LazyHash::new(Library::default()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        fonts,
        main: Source::new(id("/summary.typ"), text),
        data: (id("/data.json"), Bytes::new(data)),
    };
    let document = typst::compile::<PagedDocument>(&world).output.expect("a document");
    let standards = PdfStandards::new(&[PdfStandard::Ua_1]).expect("PDF/UA-1");
    let pdf = typst_pdf::pdf(&document, &PdfOptions { standards, ..PdfOptions::default() }).expect("a PDF");
    std::fs::write(to, pdf).expect("the PDF is written");
}

fn id(path: &str) -> FileId {
    RootedPath::new(VirtualRoot::Project, VirtualPath::new(path).expect("a path")).intern()
}

struct Bare {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    main: Source,
    data: (FileId, Bytes),
}

impl World for Bare {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data.0 { Ok(self.data.1.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
