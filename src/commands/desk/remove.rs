//! `preconsult desk delete` and `purge`: what goes, goes everywhere, and is reported.

use super::list::time;
use super::open_desk::{audit_note, config, open};
use super::report::fail_if_damaged;
use crate::cli::{DeleteArgs, DeskOptions, PurgeArgs};
use crate::commands::error_text::desk::version_count;
use crate::commands::{now, print_note, print_or_note, today};
use crate::desk::audit_trail::Action;
use crate::desk::exported_files::FileStatus;
use crate::desk::store::DateRange;
use crate::desk::{AuditNote, Desk, DeskError, Removed};
use crate::error::Error;
use crate::printable::Printable;
use crate::storage::config_file;
use chrono::Days;
use serde_json::{Value, json};
use std::fmt::Write as _;

pub(super) fn delete(at: &DeskOptions, args: &DeleteArgs) -> Result<(), Error> {
    let mut desk = open(at)?;
    desk.remove_stale_journals()?;
    let mut numbers = args.numbers.clone();
    numbers.sort_unstable();
    numbers.dedup();
    if args.dry_run {
        return report(&desk.plan_removal(&numbers)?, true, args.json);
    }
    remove(&mut desk, Action::Deleted, &numbers, &audit_note(at, args.why.as_deref()))?.report(args.json)
}

pub(super) fn purge(at: &DeskOptions, args: &PurgeArgs) -> Result<(), Error> {
    let mut desk = open(at)?;
    desk.remove_stale_journals()?;
    let days = args.older_than.or(config_file::load(config(&desk).config.as_deref())?.config.retention_days);
    let Some(days) = days else {
        return Err(Error::input("nobody has said how long the clinic keeps its records")
            .hint("set retention_days in the clinic's preconsult.toml, or name the days with --older-than"));
    };
    let limit = today().checked_sub_days(Days::new(days.into())).unwrap_or_default().to_string();
    let old = desk.intakes(DateRange { from: None, before: Some(&limit) })?;
    let numbers: Vec<u64> = old.found.iter().map(|found| found.intake.number).collect();
    let why = format!("kept for {days} days");
    if args.dry_run {
        report(&desk.plan_removal(&numbers)?, true, args.json)?;
    } else {
        // Also where nothing has to go: the last purge may have been stopped before its end.
        remove(&mut desk, Action::Purged, &numbers, &audit_note(at, Some(&why)))?.report(args.json)?;
    }
    fail_if_damaged(&old.damaged)
}

/// What a removal has done.
pub(super) struct Removal {
    /// The intakes that were removed.
    removed: Vec<Removed>,
    /// Whether the store's file has nothing left of them.
    compacted: Result<(), Error>,
}

/// Removes intakes with everything that is left of them on the disk.
pub(super) fn remove(desk: &mut Desk, what: Action, numbers: &[u64], reason: &AuditNote) -> Result<Removal, DeskError> {
    let removed = desk.remove(what, numbers, now(), reason)?;
    Ok(Removal { removed, compacted: compact(desk, "the records are removed") })
}

impl Removal {
    fn report(self, as_json: bool) -> Result<(), Error> {
        report(&self.removed, false, as_json)?;
        self.compacted
    }

    /// What was removed, in lines, and what is left of it in the store's file.
    pub(super) fn into_text(self) -> (String, Option<Error>) {
        (text(&self.removed, false), self.compacted.err())
    }
}

/// Leaves nothing on the disk of what was removed or encrypted for another key; an error begins with what is `done`.
pub(super) fn compact(desk: &mut Desk, done: &str) -> Result<(), Error> {
    let done = format!("{done}; what was there before leaves the file with the next purge");
    if desk.compact().map_err(|error| Error::from(error).with_context(&done))? {
        print_note(
            "note: another desk is reading; what was removed leaves the file for good with the next delete or purge",
        );
    }
    Ok(())
}

fn report(removed: &[Removed], dry_run: bool, as_json: bool) -> Result<(), Error> {
    if as_json {
        let intakes: Value = removed.iter().map(to_json).collect();
        let json = json!({ "dry_run": dry_run, "intakes": intakes });
        return print_or_note(&format!("{json:#}\n"), text(removed, dry_run).trim_end());
    }
    if removed.is_empty() {
        print_note("Nothing has to go.");
        return Ok(());
    }
    let text = text(removed, dry_run);
    print_or_note(&text, text.trim_end())
}

/// A line for each intake and each of its files.
fn text(removed: &[Removed], dry_run: bool) -> String {
    let mut text = String::new();
    let gone = if dry_run { "would go" } else { "removed" };
    for Removed { number, intake, versions, files } in removed {
        let versions = version_count(*versions);
        let known = intake.as_ref().map_or_else(
            || "its row is damaged".to_owned(),
            |intake| format!("begun {}, {}", time(intake), intake.state.name()),
        );
        let _ = writeln!(text, "{gone}: intake {number} ({known}, {versions})");
        for (path, status) in files {
            let status = match status {
                FileStatus::Present | FileStatus::Removed => gone,
                FileStatus::Missing => "not there any more",
                FileStatus::Changed => "left, because it was changed since it was written: look at it",
                FileStatus::NotRemoved => "left, because the system does not let it go: look at it",
            };
            let _ = writeln!(text, "  {status}: {}", Printable::line(path));
        }
    }
    text
}

fn to_json(Removed { number, intake, versions, files }: &Removed) -> Value {
    let files: Value = files.iter().map(|(path, status)| json!({ "path": path, "fate": status.name() })).collect();
    json!({
        "number": number, "started": intake.as_ref().map(|intake| &intake.started),
        "state": intake.as_ref().map(|intake| intake.state.name()), "versions": versions, "files": files,
    })
}
