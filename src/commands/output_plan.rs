//! Plans the output of a finished interview: copies, formats, languages and letterhead.
//!
//! The command line has priority, then the answers file, then the clinic's settings.

mod files;

use super::error_text::Localize;
#[cfg(feature = "desk")]
use super::error_text::storage::print_error;
use super::{print, print_note};
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
use crate::storage::output;
#[cfg(feature = "desk")]
use crate::storage::printer;
use crate::summary::{CopyKind, Languages, Summary, SummaryOptions};
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

/// The output options that are the same for all answers.
pub(super) struct OutputPlan {
    pub(super) languages: Languages,
    pub(super) copies: Vec<CopyKind>,
    pub(super) formats: Vec<Format>,
    pub(super) folder: PathBuf,
    pub(super) date: Option<NaiveDate>,
    filled_in_by: Option<FilledInBy>,
    pub(super) exporter: Exporter,
    /// The printer to send pages to, if any.
    printer: Option<Printer>,
}

/// The output options for one set of answers.
pub(super) struct OutputJob {
    plan: Arc<OutputPlan>,
    /// The language of the questions.
    pub(super) language: Language,
    file: AnswersFile,
}

/// A rendered page that is not written to a file.
#[cfg(feature = "desk")]
pub(super) struct RenderedPage {
    pub(super) copy: CopyKind,
    pub(super) format: Format,
    pub(super) date: NaiveDate,
    pub(super) bytes: Vec<u8>,
}

/// A printer by name, or (`None`) the default one.
struct Printer(Option<String>);

impl OutputPlan {
    pub(super) fn new(
        pack: &Pack,
        settings: &Settings,
        pack_args: &PackArgs,
        args: &OutputArgs,
    ) -> Result<Self, Error> {
        let config = &settings.config;
        let copies = args.copies(config.copy.as_deref());
        let named = pack_args.lang.as_deref().map(|tag| language(pack, [Some(tag)])).transpose()?;
        // With the clinician's copy alone, a language on the command line is meant for that copy.
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
            exporter: exporter(settings, pack, args.large_print)?,
        })
    }

    /// Returns the formats of a copy. The answers file is the same for all copies and belongs to the first.
    pub(super) fn formats_of(&self, copy: CopyKind) -> impl Iterator<Item = Format> {
        let is_first = self.copies.first() == Some(&copy);
        self.formats.iter().copied().filter(move |format| is_first || *format != Format::Answers)
    }

    /// Builds one copy of the summary.
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
        summary.unassigned.clone_from(&file.unassigned);
        summary
    }
}

impl OutputJob {
    pub(super) fn new(
        pack: &Pack,
        settings: &Settings,
        pack_args: &PackArgs,
        args: &OutputArgs,
        file: &AnswersFile,
    ) -> Result<Self, Error> {
        Self::planned(Arc::new(OutputPlan::new(pack, settings, pack_args, args)?), pack, file)
    }

    /// Creates the job for one set of answers of a plan that serves many.
    pub(super) fn planned(plan: Arc<OutputPlan>, pack: &Pack, file: &AnswersFile) -> Result<Self, Error> {
        let named = file.language.as_deref();
        let language = plan.languages.asked(pack, named).ok_or_else(|| no_language(pack, named.unwrap_or_default()))?;
        // The answers themselves are in the interview.
        let file = AnswersFile { answers: Answers::new(), ..file.clone() };
        Ok(Self { plan, language, file })
    }

    pub(super) fn summary(&self, finished: &Finished<'_>, copy: CopyKind) -> Summary {
        self.plan.summary(finished, &self.file, self.language, copy)
    }

    /// Returns the number of files to write.
    pub(super) fn files(&self) -> usize {
        self.plan.copies.len() * self.plan.formats.len()
    }

    /// Checks that the output folder exists, so that a mistake shows before the first question.
    pub(super) fn check_folder(&self, words: &Messages) -> Result<(), Error> {
        output::check_folder(&self.plan.folder, FolderPurpose::Summaries).localize(words)
    }

    /// Checks that the clinic's own template can print these sample answers.
    pub(super) fn try_template(&self, finished: &Finished<'_>) -> Result<(), Error> {
        for copy in &self.plan.copies {
            self.plan.exporter.export(&self.summary(finished, *copy), DEFAULT_FORMAT)?;
        }
        Ok(())
    }

    /// Returns true if pages are made with the clinic's own template.
    pub(super) fn has_template(&self) -> bool {
        self.plan.exporter.style.template.is_some() && self.plan.formats.contains(&DEFAULT_FORMAT)
    }

    /// Returns the output folder.
    #[cfg(feature = "desk")]
    pub(super) fn folder(&self) -> &std::path::Path {
        &self.plan.folder
    }

    /// Renders each copy in each format, for a caller that writes or prints them itself.
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

    /// Sends pages to a printer and returns its name.
    ///
    /// There are no files to print by hand, so an error names `command`, which writes them.
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
            let result = printer::print(&sheet.bytes, printer, self.plan.exporter.style.letterhead.paper);
            name = Some(result.map_err(|error| print_error(&error, &instead, words))?);
        }
        Ok(name.map_or_else(String::new, |name| printer_text(name, words)))
    }

    /// Renders the first copy as text for the screen.
    pub(super) fn on_screen(&self, finished: &Finished<'_>) -> String {
        let columns = crossterm::terminal::size().map_or(usize::MAX, |(columns, _)| usize::from(columns));
        self.plan.exporter.on_screen(&self.summary(finished, self.first_copy()), columns)
    }

    /// Returns the files to start a custom template from, for the first copy.
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

    /// Renders the page for standard output without writing it.
    pub(super) fn for_stdout(&self, finished: &Finished<'_>, formats: &[Format]) -> Result<Vec<u8>, Error> {
        let format = match formats {
            [] => Format::Text,
            [format] => *format,
            _ => {
                return Err(
                    Error::input("only one format can be written to standard output").hint("name one with --format")
                );
            }
        };
        let copy = match self.plan.copies.as_slice() {
            [copy] => *copy,
            _ if format == Format::Answers => self.first_copy(),
            _ => {
                return Err(Error::input("only one copy can be written to standard output")
                    .hint("choose --copy patient or --copy clinician"));
            }
        };
        let page = self.plan.exporter.export(&self.summary(finished, copy), format)?;
        report_missing(&page.missing, &Messages::default());
        Ok(page.bytes)
    }
}

/// Returns the name of a printer, or the message for the default one.
fn printer_text(name: Option<Printable>, words: &Messages) -> String {
    name.map_or_else(|| words.get("printer-default"), |name| name.to_string())
}

/// Removes repeated formats and keeps the order.
fn dedup_formats(formats: &[Format]) -> Vec<Format> {
    let mut unique = Vec::new();
    for format in formats {
        if !unique.contains(format) {
            unique.push(*format);
        }
    }
    unique
}

/// The format if none is named: PDF in a build that has it, else text.
#[cfg(feature = "pdf")]
pub(super) const DEFAULT_FORMAT: Format = Format::Pdf;
#[cfg(not(feature = "pdf"))]
pub(super) const DEFAULT_FORMAT: Format = Format::Text;

/// Returns the language of the first tag that is set, else the pack's default language.
pub(super) fn language<const N: usize>(pack: &Pack, tags: [Option<&str>; N]) -> Result<Language, Error> {
    let Some(tag) = tags.into_iter().flatten().next() else { return Ok(Language::default()) };
    pack.language(tag).ok_or_else(|| no_language(pack, tag))
}

fn no_language(pack: &Pack, tag: &str) -> Error {
    let tag = Printable::line(tag);
    Error::input(format!("the pack {} has no language {tag}", pack.id))
        .hint(format!("choose with --lang: {}", pack.languages.join(", ")))
}

/// Reads the letterhead, template and fonts that the settings name. The settings can ask for large print too.
pub(super) fn style(settings: &Settings, pack: &Pack, large_print: bool) -> Result<Style, Error> {
    let language = language(pack, [settings.config.language.as_deref()])?;
    let fonts = settings.fonts().collect::<Result<_, _>>()?;
    let large_print = large_print || settings.config.large_print;
    Ok(Style::new(settings.letterhead(pack.tag(language))?, settings.template()?, large_print, fonts))
}

/// Creates the exporter that the settings describe.
pub(super) fn exporter(settings: &Settings, pack: &Pack, large_print: bool) -> Result<Exporter, Error> {
    Ok(Exporter::new(style(settings, pack, large_print)?, settings.config.fhir()))
}

/// Prints a note with the characters that a page could not show.
pub(super) fn report_missing(missing: &BTreeSet<char>, words: &Messages) {
    if missing.is_empty() {
        return;
    }
    let listed: Vec<String> = missing.iter().map(|c| format!("{c} (U+{:04X})", u32::from(*c))).collect();
    print_note(&words.format("missing-characters", [("listed", listed.join(", ").into())]));
    print_note(&format!("{}: {}", words.get("hint-label"), words.get("missing-characters-way-out")));
}
