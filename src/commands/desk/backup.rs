//! `preconsult desk backup` and `restore`.

use super::open_desk::{audit_note, open, print_waiting};
use super::report::print_json;
use crate::cli::DeskOptions;
use crate::commands::{now, print_note, print_path, written_anyway};
use crate::desk::audit_trail::Action;
use crate::desk::{Desk, backup};
use crate::error::Error;
use crate::printable::Printable;
use serde_json::json;
use std::path::Path;

pub(super) fn run(options: &DeskOptions, file: &Path, as_json: bool) -> Result<(), Error> {
    let mut desk = open(options)?;
    // Recorded before the copy, so that the restored audit log shows its origin.
    desk.record_action(Action::BackedUp, None, now(), &audit_note(options, None))?;
    let bytes = backup::write(&mut desk, file)?;
    if !as_json {
        return print_path(file);
    }
    print_json(&json!({ "file": file.display().to_string(), "bytes": bytes }), &written_anyway(file))
}

pub(super) fn restore(options: &DeskOptions, file: &Path, folder: &Path, as_json: bool) -> Result<(), Error> {
    if options.passphrase_file.is_some() {
        return Err(Error::input("`desk restore` does not use --passphrase-file")
            .hint("leave it out, then check the new folder with `preconsult desk verify --unlock --clinic FOLDER`"));
    }
    let new = backup::restore(file, folder)?;
    let mut desk = Desk::open(new.clinic().clone(), print_waiting)?;
    desk.record_action(Action::Restored, None, now(), &audit_note(options, None))?;
    new.commit();
    print_note(&format!("check it with `preconsult desk verify --unlock --clinic {}`", Printable::path(folder)));
    if !as_json {
        return print_path(folder);
    }
    print_json(&json!({ "folder": folder.display().to_string() }), &written_anyway(folder))
}
