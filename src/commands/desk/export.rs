//! `preconsult desk export`: writes a record to files, or encrypted to standard output.

use super::open_desk::{audit_note, open};
use super::open_record::OpenRecord;
use super::report::print_json;
use crate::cli::{DeskOptions, ExportArgs, OutputArgs};
use crate::commands::error_text::Localize;
use crate::commands::output_plan::{OutputJob, RenderedPage};
use crate::commands::{now, print as print_bytes, print_path, written_anyway};
use crate::desk::audit_trail::Action;
use crate::desk::exported_files::planned;
use crate::desk::{AuditNote, Desk, DeskError};
use crate::error::Error;
use crate::messages::Messages;
use crate::storage::output::{self, Reservation};
use serde_json::json;
use std::path::{Path, PathBuf};

pub(super) fn run(options: &DeskOptions, args: &ExportArgs) -> Result<(), Error> {
    let mut desk = open(options)?;
    let number = args.record.number;
    let reason = audit_note(options, None);
    if args.sealed {
        let bytes = desk.sealed_record(number, args.record.version)?;
        desk.record_action(Action::Exported, Some(number), now(), &reason)?;
        return print_bytes(&bytes);
    }
    let opened = OpenRecord::unlock(&mut desk, options, &args.record)?;
    let output = OutputArgs {
        copy: args.copy.clone(),
        format: args.format.clone(),
        out: args.out.clone(),
        large_print: args.large_print,
        ..OutputArgs::default()
    };
    let page = opened.page(&desk, args.record.lang.as_deref(), &output)?;
    if args.stdout {
        let bytes = page.for_stdout(&opened.finished()?, &args.format)?;
        opened.record_action(&mut desk, Action::Exported, &reason)?;
        return print_bytes(&bytes);
    }
    let Export { paths, result } = export(&mut desk, &opened, &page, &reason, &Messages::default())?;
    let printed = if args.json {
        let written: Vec<String> = paths.iter().map(|path| written_anyway(path)).collect();
        let paths: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        print_json(&json!({ "number": number, "files": paths }), &written.join("\n"))
    } else {
        paths.iter().map(|path| print_path(path)).fold(Ok(()), Result::and)
    };
    result.and(printed)
}

/// The result of an export.
pub(super) struct Export {
    /// The files that were written, even if a later one failed.
    pub(super) paths: Vec<PathBuf>,
    /// The error of the first file that could not be written.
    pub(super) result: Result<(), Error>,
}

/// Writes a record to files. The action is recorded before the first file is written, but after the folder is checked.
pub(super) fn export(
    desk: &mut Desk,
    opened: &OpenRecord,
    page: &OutputJob,
    reason: &AuditNote,
    words: &Messages,
) -> Result<Export, Error> {
    page.check_folder(words)?;
    let sheets = page.sheets(&opened.finished()?)?;
    opened.record_action(desk, Action::Exported, reason)?;
    let mut paths = Vec::new();
    let result = sheets.iter().try_for_each(|sheet| {
        paths.push(write(desk, opened.record.intake, page, sheet, words)?);
        Ok(())
    });
    Ok(Export { paths, result })
}

/// Writes a page to a file named after the intake's number, so that the name reveals no label. The path and hash are
/// registered in the store before the file is written, so that a deletion of the intake finds it.
fn write(
    desk: &mut Desk,
    number: u64,
    page: &OutputJob,
    sheet: &RenderedPage,
    words: &Messages,
) -> Result<PathBuf, Error> {
    let name = output::name_from(&format!("{}-intake-{number}", sheet.date), sheet.copy, sheet.format);
    let mut claim = |path: &Path, claim| -> Result<(), DeskError> {
        let file = planned(path, &sheet.bytes)?;
        match claim {
            Reservation::Taken => desk.register_file(number, &file, now()),
            Reservation::Released => desk.unregister_file(number, &file, now()),
        }
    };
    output::write_reserved(page.folder(), &name, sheet.format, &sheet.bytes, &mut claim).localize(words)
}
