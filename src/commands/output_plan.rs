//! From a finished interview to files: copies, formats, languages, letterhead. The command line decides first, then
//! the answers file, then the clinic's settings.

use super::error_text::{Localize, storage::print_error};
use super::{print, print_note, print_path_in};
use crate::answer::Answers;
use crate::cli::{OutputArgs, PackArgs};
use crate::error::Error;
use crate::export::{Exporter, Format};
use crate::interview::{AnswersFile, FilledInBy, Finished};
use crate::messages::Messages;
use crate::pack::{Language, Pack};
use crate::printable::Printable;
use crate::render::Style;
use crate::storage::config_file::Settings;
use crate::storage::error::FolderPurpose;
use crate::storage::{output, printer};
use crate::summary::{CopyKind, Languages, Summary, SummaryOptions};
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// The files that were written.
pub(super) struct WrittenFiles {
    files: Vec<(Format, PathBuf)>,
    /// Why somebody has not been told of them, if so.
    print_error: Option<Error>,
}

/// What is written, and how: what holds for all answers.
pub(super) struct OutputPlan {
    pub(super) languages: Languages,
    pub(super) copies: Vec<CopyKind>,
    pub(super) formats: Vec<Format>,
    pub(super) folder: PathBuf,
    pub(super) date: Option<NaiveDate>,
    filled_in_by: Option<FilledInBy>,
    pub(super) exporter: Exporter,
    /// The printer to send pages to: named, or the default one.
    printer: Option<Printer>,
}

/// What is written, and how, once there are answers.
pub(super) struct OutputJob {
    plan: OutputPlan,
    /// The language that is asked in.
    pub(super) language: Language,
    file: AnswersFile,
}

/// A page that is in no file yet.
#[cfg(feature = "desk")]
pub(super) struct RenderedPage {
    pub(super) copy: CopyKind,
    pub(super) format: Format,
    pub(super) date: NaiveDate,
    pub(super) bytes: Vec<u8>,
}

/// A printer, or the default one.
struct Printer(Option<String>);

impl OutputPlan {
    pub(super) fn new(pack: &Pack, settings: &Settings, wanted: &PackArgs, args: &OutputArgs) -> Result<Self, Error> {
        let config = &settings.config;
        let copies = args.copies(config.copy.as_deref());
        let named = wanted.lang.as_deref().map(|tag| language(pack, [Some(tag)])).transpose()?;
        // Whoever asks for the clinician's copy alone and names a language means that one.
        let clinic = match (&copies[..], named) {
            ([CopyKind::Clinician], Some(named)) => named,
            _ => language(pack, [config.language.as_deref()])?,
        };
        let formats = [&args.format, &config.formats].into_iter().find(|formats| !formats.is_empty());
        let mut formats = formats.map_or_else(|| vec![DEFAULT_FORMAT], |formats| dedup_formats(formats));
        if args.print.is_some() && !formats.contains(&DEFAULT_FORMAT) {
            formats.push(DEFAULT_FORMAT);
        }
        Ok(Self {
            languages: Languages { named, clinic },
            copies,
            formats,
            printer: args.print.clone().map(Printer),
            folder: args.out.clone().or_else(|| config.out.clone()).unwrap_or_default(),
            date: args.metadata.date,
            filled_in_by: args.metadata.filled_in_by,
            exporter: exporter(settings, pack)?,
        })
    }

    /// The formats that a copy is written in. The answers are the same, whoever a copy is for, and go with the first.
    pub(super) fn formats_of(&self, copy: CopyKind) -> impl Iterator<Item = Format> {
        let is_first = self.copies.first() == Some(&copy);
        self.formats.iter().copied().filter(move |format| is_first || *format != Format::Answers)
    }

    /// One copy of the summary of these answers.
    pub(super) fn summary(
        &self,
        finished: &Finished<'_>,
        file: &AnswersFile,
        asked_in: Language,
        copy: CopyKind,
    ) -> Summary {
        let language = self.languages.of_copy(copy, asked_in);
        let date = self.date.or(file.date).unwrap_or_else(super::today);
        let filled_in_by = self.filled_in_by.or(file.filled_in_by);
        let mut summary = Summary::new(finished, SummaryOptions { date, language, asked_in, copy, filled_in_by });
        summary.id.clone_from(&file.id);
        summary
    }
}

impl OutputJob {
    pub(super) fn new(
        pack: &Pack,
        settings: &Settings,
        wanted: &PackArgs,
        args: &OutputArgs,
        file: &AnswersFile,
    ) -> Result<Self, Error> {
        let plan = OutputPlan::new(pack, settings, wanted, args)?;
        let named = file.language.as_deref();
        let language = plan.languages.asked(pack, named).ok_or_else(|| no_language(pack, named.unwrap_or_default()))?;
        // The answers themselves are in the interview.
        let file = AnswersFile { answers: Answers::new(), ..file.clone() };
        Ok(Self { plan, language, file })
    }

    pub(super) fn summary(&self, finished: &Finished<'_>, copy: CopyKind) -> Summary {
        self.plan.summary(finished, &self.file, self.language, copy)
    }

    /// How many files are written.
    pub(super) fn files(&self) -> usize {
        self.plan.copies.len() * self.plan.formats.len()
    }

    /// Whether there is a folder to write to; better known before the first question than after the last.
    pub(super) fn check_folder(&self, words: &Messages) -> Result<(), Error> {
        output::check_folder(&self.plan.folder, FolderPurpose::Summaries).localize(words)
    }

    /// Whether the clinic's own template can print these answers, which nobody gave; where it has none there is nothing to
    /// find out.
    pub(super) fn try_template(&self, finished: &Finished<'_>) -> Result<(), Error> {
        for copy in &self.plan.copies {
            self.plan.exporter.export(&self.summary(finished, *copy), DEFAULT_FORMAT)?;
        }
        Ok(())
    }

    /// Whether pages are made by a template of the clinic's own.
    pub(super) fn has_template(&self) -> bool {
        self.plan.exporter.style.template.is_some() && self.plan.formats.contains(&DEFAULT_FORMAT)
    }

    /// Writes each copy in each format, prints the paths and gives them back.
    /// `before` is told before the first path; what goes wrong is told in these words.
    pub(super) fn write_files(
        &self,
        finished: &Finished<'_>,
        before: Option<&str>,
        words: &Messages,
    ) -> Result<WrittenFiles, Error> {
        let mut written = WrittenFiles { files: Vec::new(), print_error: None };
        for copy in &self.plan.copies {
            let summary = self.summary(finished, *copy);
            for format in self.plan.formats_of(*copy) {
                let page = self.plan.exporter.export(&summary, format)?;
                report_missing(&page.missing, words);
                let name = output::name_in(&summary, format);
                let path = output::write(&self.plan.folder, &name, format, &page.bytes).localize(words)?;
                if let Some(before) = before.filter(|_| written.files.is_empty()) {
                    print_note(before);
                }
                // Told at once: if the next one fails, this one is there all the same.
                if let Err(error) = print_path_in(&path, words) {
                    written.print_error = written.print_error.or(Some(error));
                }
                written.files.push((format, path));
            }
        }
        Ok(written)
    }

    /// Sends what was written to the printer, if one is wanted. Every file is there before the first one is printed: a
    /// printer that fails takes nothing away. Neither does a standard output that took no path; that is told here.
    pub(super) fn send_to_printer(
        &self,
        WrittenFiles { files, print_error: untold }: WrittenFiles,
        words: &Messages,
    ) -> Result<(), Error> {
        let told = untold.map_or(Ok(()), Err);
        let Some(Printer(printer)) = &self.plan.printer else { return told };
        for (_, path) in files.iter().filter(|(format, _)| *format == DEFAULT_FORMAT) {
            let sent = printer::print(path, printer.as_deref(), self.plan.exporter.style.letterhead.paper);
            let by_hand = words.get("printer-by-hand");
            let printer = sent.map_err(|error| with_kept_files(print_error(&error, &by_hand, words), &files))?;
            let told =
                [("printer", printer_text(printer, words).into()), ("path", Printable::path(path).to_string().into())];
            print_note(&words.format("printer-sent", told));
        }
        told
    }

    /// The folder for files.
    #[cfg(feature = "desk")]
    pub(super) fn folder(&self) -> &std::path::Path {
        &self.plan.folder
    }

    /// Each copy in each format, for whoever keeps them in a way of their own.
    #[cfg(feature = "desk")]
    pub(super) fn sheets(&self, finished: &Finished<'_>) -> Result<Vec<RenderedPage>, Error> {
        let mut sheets = Vec::new();
        for copy in &self.plan.copies {
            let summary = self.summary(finished, *copy);
            for format in self.plan.formats_of(*copy) {
                let page = self.plan.exporter.export(&summary, format)?;
                report_missing(&page.missing, &Messages::default());
                sheets.push(RenderedPage { copy: *copy, format, date: summary.date, bytes: page.bytes });
            }
        }
        Ok(sheets)
    }

    /// Sends pages to a printer, and gives its name. There are no files of them to print by hand: `command` is told, which
    /// writes some.
    #[cfg(feature = "desk")]
    pub(super) fn print_sheets(
        &self,
        sheets: &[RenderedPage],
        printer: Option<&str>,
        command: &str,
        words: &Messages,
    ) -> Result<String, Error> {
        let instead = words.format("printer-export", [("command", command.into())]);
        let mut name = None;
        for sheet in sheets {
            let sent = printer::print_bytes(&sheet.bytes, printer, self.plan.exporter.style.letterhead.paper);
            name = Some(sent.map_err(|error| print_error(&error, &instead, words))?);
        }
        Ok(name.map_or_else(String::new, |name| printer_text(name, words)))
    }

    /// The first copy as text, for the screen.
    pub(super) fn on_screen(&self, finished: &Finished<'_>) -> String {
        let columns = crossterm::terminal::size().map_or(usize::MAX, |(columns, _)| usize::from(columns));
        self.plan.exporter.on_screen(&self.summary(finished, self.first_copy()), columns)
    }

    /// What it takes to make a template of one's own for the first copy.
    #[cfg(feature = "pdf")]
    pub(super) fn template_kit(&self, finished: &Finished<'_>) -> Result<Vec<(String, Vec<u8>)>, Error> {
        Ok(self.plan.exporter.template_kit(&self.summary(finished, self.first_copy()))?)
    }

    fn first_copy(&self) -> CopyKind {
        self.plan.copies.first().copied().unwrap_or(CopyKind::Patient)
    }

    /// Writes one copy in one format to standard output; text if no format was named.
    pub(super) fn write_stdout(&self, finished: &Finished<'_>, formats: &[Format]) -> Result<(), Error> {
        print(&self.for_stdout(finished, formats)?)
    }

    /// What goes to standard output, for whoever has something to do before it does.
    pub(super) fn for_stdout(&self, finished: &Finished<'_>, formats: &[Format]) -> Result<Vec<u8>, Error> {
        let format = match formats {
            [] => Format::Text,
            [format] => *format,
            _ => return Err(Error::input("standard output takes one format").hint("name one in --format")),
        };
        let copy = match self.plan.copies.as_slice() {
            [copy] => *copy,
            _ if format == Format::Answers => self.first_copy(),
            _ => {
                return Err(
                    Error::input("standard output takes one copy").hint("choose --copy patient or --copy clinician")
                );
            }
        };
        let page = self.plan.exporter.export(&self.summary(finished, copy), format)?;
        report_missing(&page.missing, &Messages::default());
        Ok(page.bytes)
    }
}

/// The name of a printer, or what stands for the one that the service chose.
fn printer_text(name: Option<Printable>, words: &Messages) -> String {
    name.map_or_else(|| words.get("printer-default"), |name| name.to_string())
}

/// Says of a failure that it took nothing away.
fn with_kept_files(mut error: Error, written: &[(Format, PathBuf)]) -> Error {
    let paths: Vec<String> = written.iter().map(|(_, path)| Printable::path(path).to_string()).collect();
    let told = [("error", error.message.into()), ("count", paths.len().into()), ("paths", paths.join(", ").into())];
    error.message = error.words.format("printer-page-kept", told);
    error
}

/// A format named twice is written once.
fn dedup_formats(named: &[Format]) -> Vec<Format> {
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
pub(super) const DEFAULT_FORMAT: Format = Format::Pdf;
#[cfg(not(feature = "pdf"))]
pub(super) const DEFAULT_FORMAT: Format = Format::Text;

/// The first language that somebody named, else the pack's own.
pub(super) fn language<const N: usize>(pack: &Pack, wanted: [Option<&str>; N]) -> Result<Language, Error> {
    let Some(tag) = wanted.into_iter().flatten().next() else { return Ok(Language::default()) };
    pack.language(tag).ok_or_else(|| no_language(pack, tag))
}

fn no_language(pack: &Pack, tag: &str) -> Error {
    let tag = Printable::line(tag);
    Error::input(format!("the pack {} has no language {tag}", pack.id))
        .hint(format!("choose with --lang: {}", pack.languages.join(", ")))
}

/// The letterhead and what goes with it, read from where the settings say.
pub(super) fn style(settings: &Settings, pack: &Pack) -> Result<Style, Error> {
    let language = language(pack, [settings.config.language.as_deref()])?;
    let fonts = settings.fonts().collect::<Result<_, _>>()?;
    Ok(Style::new(settings.letterhead(pack.tag(language))?, settings.template()?, fonts))
}

/// Creates the exporter that the settings describe.
pub(super) fn exporter(settings: &Settings, pack: &Pack) -> Result<Exporter, Error> {
    Ok(Exporter::new(style(settings, pack)?, settings.config.fhir()))
}

/// Says which characters a page could not show.
pub(super) fn report_missing(missing: &BTreeSet<char>, words: &Messages) {
    if missing.is_empty() {
        return;
    }
    let listed: Vec<String> = missing.iter().map(|c| format!("{c} (U+{:04X})", u32::from(*c))).collect();
    print_note(&words.format("missing-characters", [("listed", listed.join(", ").into())]));
    print_note(&format!("{}: {}", words.get("hint-label"), words.get("missing-characters-way-out")));
}
