//! `preconsult summarize`: from an answers file, without a question.

use super::{Page, apply_label, language, load_pack, note, print, write_files};
use crate::cli::{PackArgs, SummarizeArgs};
use crate::error::Error;
use crate::interview::{AnswersFile, Interview, Need};
use crate::keep::read_text;
use crate::pack::Pack;
use crate::render::{Format, render};
use std::path::Path;

pub(super) fn run(args: &SummarizeArgs) -> Result<(), Error> {
    let (pack, file) = read(&args.pack, args.file.as_deref())?;
    let language = language(&pack, args.pack.lang.as_deref(), Some(&file))?;
    let page = Page::new(language, &args.output, &file);
    let mut interview = Interview::new(&pack, file.answers);
    apply_label(&mut interview, args.output.label.as_deref())?;
    let finished = interview.finish().map_err(|_| Error::input("a required question has no answer"))?;
    if !args.stdout {
        return write_files(&finished, &page, &args.output);
    }
    let (&[copy], formats) = (args.output.copies().as_slice(), args.output.format.as_slice()) else {
        return Err(Error::input("standard output takes one copy").hint("choose --copy patient or --copy clinician"));
    };
    let format = match formats {
        [] => Format::Text,
        [format] => *format,
        _ => return Err(Error::input("standard output takes one format").hint("name one in --format")),
    };
    print(&render(&page.summary(&finished, copy), format))
}

/// Reads a pack and a complete answers file for it.
pub(super) fn read(pack: &PackArgs, file: Option<&Path>) -> Result<(Pack, AnswersFile), Error> {
    let pack = load_pack(pack)?;
    let (name, text) = read_text(file)?;
    let file = AnswersFile::read(&pack, &name, &text, Need::Complete)?;
    if let Some(version) = file.pack_version.as_ref().filter(|version| **version != pack.version) {
        let version = crate::printable::Printable::line(version);
        note(&format!(
            "note: these answers were taken with version {version} of the pack; they all fit version {}",
            pack.version
        ));
    }
    Ok((pack, file))
}
