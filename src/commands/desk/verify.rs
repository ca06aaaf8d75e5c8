//! `preconsult desk verify`: compares the store with the audit log.

use super::open_desk::{open_to_read, unlock_if};
use crate::cli::{DeskOptions, VerifyArgs};
use crate::commands::error_text::desk::damaged;
use crate::commands::{print_flowing, print_json};
use crate::desk::DeskError;
use crate::desk::discrepancy::Discrepancy;
use crate::desk::verify::{Report, verify};
use crate::error::{Error, ErrorKind};
use serde_json::json;
use std::fmt::Write as _;

pub(super) fn run(options: &DeskOptions, args: &VerifyArgs) -> Result<(), Error> {
    check(options, args).map_err(|error| {
        // The usual hint for damage would name this command.
        if error.kind == ErrorKind::Damaged { error.hint(RESTORE_HINT) } else { error }
    })
}

/// The hint for damage that this command reports.
const RESTORE_HINT: &str =
    "restore a backup to a new folder with `preconsult desk restore`, and compare before you use it";

fn check(options: &DeskOptions, args: &VerifyArgs) -> Result<(), Error> {
    let mut desk = open_to_read(options)?;
    let keys = unlock_if(args.unlock, &mut desk, options)?;
    let mut report = verify(desk.store(), keys.as_ref(), args.expect.as_deref())?;
    if let Err(DeskError::ForeignKey(_)) = desk.key() {
        report.problems.push(Discrepancy::ForeignKey);
    }
    if args.json {
        let Report { entries, head, intakes, sealed, opened, problems } = &report;
        let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
        let value = json!({
            "ok": problems.is_empty(), "entries": entries, "head": head, "intakes": intakes, "sealed": sealed,
            "opened": opened, "problems": problems,
        });
        print_json(&value)?;
    } else {
        print_flowing(&text(&report))?;
    }
    match report.problems.len() {
        0 => Ok(()),
        1 => Err(damaged("1 problem found".to_owned())),
        count => Err(damaged(format!("{count} problems found"))),
    }
}

fn text(Report { entries, head, intakes, sealed, opened, problems }: &Report) -> String {
    let mut text: String = problems.iter().map(|problem| format!("{problem}\n")).collect();
    let opened = match opened {
        Some(opened) if opened == sealed => ", all decrypted".to_owned(),
        Some(opened) => format!(", {opened} of them decrypted"),
        None => String::new(),
    };
    let entry = if *entries == 1 { "entry" } else { "entries" };
    let intake = if *intakes == 1 { "intake" } else { "intakes" };
    let item = if *sealed == 1 { "item" } else { "items" };
    let _ = writeln!(text, "{entries} {entry} in the audit log, {intakes} {intake}, {sealed} encrypted {item}{opened}");
    let _ = writeln!(text, "last hash: {head}");
    text.push_str("Write this down. Later, `verify --expect HASH` shows whether the log was cut or rewritten.\n");
    text
}
