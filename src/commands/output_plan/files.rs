//! Writes the files of a finished interview and prints its pages.

use super::{DEFAULT_FORMAT, OutputJob, Printer, printer_text, report_missing};
use crate::commands::error_text::{Localize, storage::print_error};
use crate::commands::{print_note, print_path_localized};
use crate::error::Error;
use crate::export::Format;
use crate::interview::Finished;
use crate::messages::Messages;
use crate::printable::Printable;
use crate::storage::error::FileAction;
use crate::storage::{output, printer, read_bytes};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The written files.
pub(in crate::commands) struct WrittenFiles {
    files: Vec<(Format, PathBuf)>,
    /// The error of printing their paths, if any.
    print_error: Option<Error>,
}

impl OutputJob {
    /// Writes each copy in each format, prints the paths and returns them.
    ///
    /// `heading` is printed before the first path. Errors are in the language of `words`.
    pub(in crate::commands) fn write_files(
        &self,
        finished: &Finished<'_>,
        heading: Option<&str>,
        words: &Messages,
    ) -> Result<WrittenFiles, Error> {
        let mut print_error = None;
        let mut heading = heading;
        let files = self.write(finished, words, &mut |path, missing| {
            report_missing(missing, words);
            if let Some(heading) = heading.take() {
                print_note(heading);
            }
            // Printed immediately, because this file exists even if the next one fails.
            if let Err(error) = print_path_localized(path, words) {
                print_error.get_or_insert(error);
            }
        })?;
        Ok(WrittenFiles { files, print_error })
    }

    /// Writes each copy in each format and prints it if that was requested, without naming a file: its name may have the
    /// patient's label.
    ///
    /// Returns the number of files, and the error of the printer if there is one.
    #[cfg(feature = "serve")]
    pub(in crate::commands) fn write_unnamed(
        &self,
        finished: &Finished<'_>,
        words: &Messages,
    ) -> Result<(usize, Option<Error>), Error> {
        let files = self.write(finished, words, &mut |_, _| {})?;
        let result = self.print_pages(&files, words, |_, _| {});
        Ok((files.len(), result.err()))
    }

    /// Writes each copy in each format. Calls `on_written` for each file, with the characters that it could not show.
    fn write(
        &self,
        finished: &Finished<'_>,
        words: &Messages,
        on_written: &mut dyn FnMut(&Path, &BTreeSet<char>),
    ) -> Result<Vec<(Format, PathBuf)>, Error> {
        let mut files = Vec::new();
        for copy in &self.plan.copies {
            let summary = self.summary(finished, *copy);
            for format in self.plan.formats_of(*copy) {
                let page = self.plan.exporter.export(&summary, format)?;
                let name = output::name_in(&summary, format);
                let path = output::write(&self.plan.folder, &name, format, &page.bytes).localize(words)?;
                on_written(&path, &page.missing);
                files.push((format, path));
            }
        }
        Ok(files)
    }

    /// Sends the written pages to the printer, if one was requested.
    ///
    /// All files are written before the first is printed, so that no error of the printer or of standard output loses
    /// one.
    pub(in crate::commands) fn send_to_printer(
        &self,
        WrittenFiles { files, print_error: path_error }: WrittenFiles,
        words: &Messages,
    ) -> Result<(), Error> {
        let sent = self.print_pages(&files, words, |printer, path| {
            let parameters = [("printer", printer.into()), ("path", Printable::path(path).to_string().into())];
            print_note(&words.format("printer-sent", parameters));
        });
        sent.map_err(|error| with_kept_files(error, &files))?;
        path_error.map_or(Ok(()), Err)
    }

    /// Sends the pages among the files to the printer, if one was requested. Calls `on_sent` with the printer's name.
    fn print_pages(
        &self,
        files: &[(Format, PathBuf)],
        words: &Messages,
        on_sent: impl Fn(String, &Path),
    ) -> Result<(), Error> {
        let Some(Printer(printer)) = &self.plan.printer else { return Ok(()) };
        for (_, path) in files.iter().filter(|(format, _)| *format == DEFAULT_FORMAT) {
            let page = read_bytes(FileAction::Read, path).localize(words)?;
            let result = printer::print(&page, printer.as_deref(), self.plan.exporter.style.letterhead.paper);
            let printer = result.map_err(|error| print_error(&error, &words.get("printer-by-hand"), words))?;
            on_sent(printer_text(printer, words), path);
        }
        Ok(())
    }
}

/// Adds to a printing error that the files were kept.
fn with_kept_files(mut error: Error, files: &[(Format, PathBuf)]) -> Error {
    let paths: Vec<String> = files.iter().map(|(_, path)| Printable::path(path).to_string()).collect();
    let parameters =
        [("error", error.message.into()), ("count", paths.len().into()), ("paths", paths.join(", ").into())];
    error.message = error.words.format("printer-page-kept", parameters);
    error
}
