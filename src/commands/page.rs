//! From a finished interview to files: copies, formats, languages, letterhead. The command line decides first, then
//! the answers file, then the clinic's settings.

use super::{note, print};
use crate::cli::{OutputArgs, PackArgs};
use crate::error::Error;
use crate::interview::{AnswersFile, FilledInBy, Finished};
use crate::keep::config_file::{self, Settings};
use crate::keep::{output, printer};
use crate::pack::{Language, Pack};
use crate::render::{Format, Style, render};
use crate::summary::{Copy, Setting, Summary};
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// The files that were written.
pub(super) struct Written(Vec<(Format, PathBuf)>);

/// What is written, and how, once there are answers.
pub(super) struct Page {
    /// The language that is asked in.
    pub(super) language: Language,
    clinic_language: Language,
    copies: Vec<Copy>,
    formats: Vec<Format>,
    folder: PathBuf,
    date: NaiveDate,
    filled_in_by: Option<FilledInBy>,
    style: Style,
    /// The printer to send pages to: named, or the default one.
    printer: Option<Printer>,
}

/// A page that is in no file yet.
#[cfg(feature = "desk")]
pub(super) struct Sheet {
    pub(super) copy: Copy,
    pub(super) format: Format,
    pub(super) date: NaiveDate,
    pub(super) bytes: Vec<u8>,
}

/// A printer, or the default one.
struct Printer(Option<String>);

impl Page {
    pub(super) fn new(pack: &Pack, wanted: &PackArgs, args: &OutputArgs, file: &AnswersFile) -> Result<Self, Error> {
        let settings = config_file::load(args.config.config.as_deref())?;
        let config = &settings.config;
        let language = language(pack, [wanted.lang.as_deref(), file.language.as_deref(), config.language.as_deref()])?;
        let copies = args.copies(config.copy.as_deref());
        // Whoever asks for the clinician's copy alone and names a language means that one.
        let clinic_language = match (&copies[..], &wanted.lang) {
            ([Copy::Clinician], Some(_)) => language,
            _ => self::language(pack, [config.language.as_deref()])?,
        };
        let formats = [&args.format, &config.formats].into_iter().find(|formats| !formats.is_empty());
        let mut formats = formats.map_or_else(|| vec![PRINTED], |formats| once_each(formats));
        if args.print.is_some() && !formats.contains(&PRINTED) {
            formats.push(PRINTED);
        }
        Ok(Self {
            language,
            clinic_language,
            copies,
            formats,
            printer: args.print.clone().map(Printer),
            folder: args.out.clone().or_else(|| config.out.clone()).unwrap_or_default(),
            date: args.date.or(file.date).unwrap_or_else(super::today),
            filled_in_by: args.filled_in_by.or(file.filled_in_by),
            style: style(&settings)?,
        })
    }

    pub(super) fn summary(&self, finished: &Finished<'_>, copy: Copy) -> Summary {
        let language = if copy == Copy::Clinician { self.clinic_language } else { self.language };
        let Self { date, filled_in_by, language: asked_in, .. } = *self;
        Summary::new(finished, Setting { date, language, asked_in, copy, filled_in_by })
    }

    /// Whether there is a folder to write to; better known before the first question than after the last.
    pub(super) fn check_folder(&self) -> Result<(), Error> {
        output::check_folder(&self.folder)
    }

    /// Writes each copy in each format, prints the paths and gives them back.
    pub(super) fn write_files(&self, finished: &Finished<'_>) -> Result<Written, Error> {
        let mut written = Vec::new();
        for copy in &self.copies {
            let summary = self.summary(finished, *copy);
            for format in &self.formats {
                let page = render(&summary, *format, &self.style)?;
                report_missing(&page.missing);
                let path = output::write(&self.folder, &output::name(&summary), *format, &page.bytes)?;
                // Told at once: if the next one fails, this one is there all the same.
                print(format!("{}\n", path.display()).as_bytes())?;
                written.push((*format, path));
            }
        }
        Ok(Written(written))
    }

    /// Sends what was written to the printer, if one is wanted. Every file is there before the first one is printed: a
    /// printer that fails takes nothing away.
    pub(super) fn send_to_printer(&self, Written(written): &Written) -> Result<(), Error> {
        let Some(Printer(printer)) = &self.printer else { return Ok(()) };
        for (_, path) in written.iter().filter(|(format, _)| *format == PRINTED) {
            let printer = printer::print(path, printer.as_deref(), self.style.letterhead.paper)?;
            note(&format!("sent to the printer {printer}: {}", path.display()));
        }
        Ok(())
    }

    /// The folder for files.
    #[cfg(feature = "desk")]
    pub(super) fn folder(&self) -> &std::path::Path {
        &self.folder
    }

    /// Each copy in each format, for whoever keeps them in a way of their own.
    #[cfg(feature = "desk")]
    pub(super) fn sheets(&self, finished: &Finished<'_>) -> Result<Vec<Sheet>, Error> {
        let mut sheets = Vec::new();
        for copy in &self.copies {
            let summary = self.summary(finished, *copy);
            for format in &self.formats {
                let page = render(&summary, *format, &self.style)?;
                report_missing(&page.missing);
                sheets.push(Sheet { copy: *copy, format: *format, date: self.date, bytes: page.bytes });
            }
        }
        Ok(sheets)
    }

    /// Sends pages to a printer, and gives its name.
    #[cfg(feature = "desk")]
    pub(super) fn print_sheets(&self, sheets: &[Sheet], printer: Option<&str>) -> Result<String, Error> {
        let mut name = String::new();
        for sheet in sheets {
            name = printer::print_bytes(&sheet.bytes, printer, self.style.letterhead.paper)?;
        }
        Ok(name)
    }

    /// The first copy as text, for the screen.
    pub(super) fn on_screen(&self, finished: &Finished<'_>) -> Result<String, Error> {
        let copy = self.copies.first().copied().unwrap_or(Copy::Patient);
        let page = render(&self.summary(finished, copy), Format::Text, &self.style)?;
        Ok(String::from_utf8_lossy(&page.bytes).into_owned())
    }

    /// Writes one copy in one format to standard output; text if no format was named.
    pub(super) fn write_stdout(&self, finished: &Finished<'_>, formats: &[Format]) -> Result<(), Error> {
        let &[copy] = self.copies.as_slice() else {
            return Err(
                Error::input("standard output takes one copy").hint("choose --copy patient or --copy clinician")
            );
        };
        let format = match formats {
            [] => Format::Text,
            [format] => *format,
            _ => return Err(Error::input("standard output takes one format").hint("name one in --format")),
        };
        let page = render(&self.summary(finished, copy), format, &self.style)?;
        report_missing(&page.missing);
        print(&page.bytes)
    }
}

/// A format named twice is written once.
fn once_each(named: &[Format]) -> Vec<Format> {
    let mut formats = Vec::new();
    for format in named {
        if !formats.contains(format) {
            formats.push(*format);
        }
    }
    formats
}

/// What is written and printed where nobody names a format: PDF in a build that has it, else text.
#[cfg(feature = "pdf")]
pub(super) const PRINTED: Format = Format::Pdf;
#[cfg(not(feature = "pdf"))]
pub(super) const PRINTED: Format = Format::Text;

/// The first language that somebody named, else the pack's own.
pub(super) fn language<const N: usize>(pack: &Pack, wanted: [Option<&str>; N]) -> Result<Language, Error> {
    let Some(tag) = wanted.into_iter().flatten().next() else { return Ok(Language::default()) };
    pack.language(tag).ok_or_else(|| {
        let tag = crate::printable::Printable::line(tag);
        Error::input(format!("the pack {} has no language {tag}", pack.id))
            .hint(format!("choose with --lang: {}", pack.languages.join(", ")))
    })
}

/// The letterhead and what goes with it, read from where the settings say.
pub(super) fn style(settings: &Settings) -> Result<Style, Error> {
    Ok(Style::new(settings.letterhead()?, settings.template()?, settings.fonts()?))
}

/// Says which characters a page could not show.
pub(super) fn report_missing(missing: &BTreeSet<char>) {
    if missing.is_empty() {
        return;
    }
    let listed: Vec<String> = missing.iter().map(|c| format!("{c} (U+{:04X})", u32::from(*c))).collect();
    note(&format!("note: no font has these characters, and \u{fffd} stands for each: {}", listed.join(", ")));
    note("hint: name a font file that has them in `fonts` of the settings; other formats show them");
}
