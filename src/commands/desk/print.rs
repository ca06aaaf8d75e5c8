//! `preconsult desk print`: prints a record.

use super::open_desk::{audit_note, open};
use super::open_record::OpenRecord;
use super::report::print_json;
use crate::cli::{DeskOptions, OutputArgs, PrintArgs, RecordSelector};
use crate::commands::output_plan::DEFAULT_FORMAT;
use crate::commands::print_note;
use crate::desk::audit_trail::Action;
use crate::desk::{AuditNote, Desk, DeskError};
use crate::error::Error;
use crate::messages::Messages;
use serde_json::json;

pub(super) fn run(options: &DeskOptions, args: &PrintArgs) -> Result<(), Error> {
    let mut desk = open(options)?;
    let opened = OpenRecord::unlock(&mut desk, options, &args.record)?;
    let job = PrintJob {
        which: &args.record,
        copy: args.copy.as_deref(),
        large_print: args.large_print,
        printer: args.printer.as_deref(),
    };
    let PrintResult { printer, recorded } =
        job.print(&mut desk, &opened, &audit_note(options, None), &Messages::default())?;
    let sent = format!("sent to the printer {printer}: intake {}", args.record.number);
    recorded
        .map_err(|error| Error::from(error).with_context(&format!("{sent}, but the audit log has no entry for it")))?;
    if args.json {
        return print_json(&json!({ "number": args.record.number, "printer": printer }), &sent);
    }
    print_note(&sent);
    Ok(())
}

/// A record to print.
pub(super) struct PrintJob<'p> {
    pub(super) which: &'p RecordSelector,
    pub(super) copy: Option<&'p str>,
    pub(super) large_print: bool,
    /// The printer's name; `None` for the default printer.
    pub(super) printer: Option<&'p str>,
}

/// The result of a print job.
pub(super) struct PrintResult {
    /// The name of the printer that received the pages.
    pub(super) printer: String,
    /// The result of adding the action to the audit log.
    pub(super) recorded: Result<(), DeskError>,
}

impl PrintJob<'_> {
    /// Sends a record to the printer. Only what the printer has taken is recorded as printed.
    pub(super) fn print(
        &self,
        desk: &mut Desk,
        opened: &OpenRecord,
        reason: &AuditNote,
        words: &Messages,
    ) -> Result<PrintResult, Error> {
        let output = OutputArgs {
            copy: self.copy.map(str::to_owned),
            format: vec![DEFAULT_FORMAT],
            large_print: self.large_print,
            ..OutputArgs::default()
        };
        let page = opened.page(desk, self.which.lang.as_deref(), &output)?;
        let sheets = page.sheets(&opened.finished()?)?;
        let printer = page.print_sheets(&sheets, self.printer, &self.export_command(), words)?;
        Ok(PrintResult { printer, recorded: opened.record_action(desk, Action::Printed, reason) })
    }

    /// Returns the command that writes the same pages to files.
    fn export_command(&self) -> String {
        let version = self.which.version.map(|version| version.to_string());
        let format = Some(DEFAULT_FORMAT.name());
        let lang = self.which.lang.as_deref();
        let options = [("version", version.as_deref()), ("lang", lang), ("copy", self.copy), ("format", format)];
        let options = options.into_iter().filter_map(|(name, value)| Some(format!(" --{name} {}", value?)));
        let large_print = if self.large_print { " --large-print" } else { "" };
        format!("preconsult desk export {}{}{large_print}", self.which.number, options.collect::<String>())
    }
}
