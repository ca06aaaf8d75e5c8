//! `preconsult desk delete` and `purge`: remove intakes with all their data, and report each.

use super::list::time;
use super::open_desk::{audit_note, config, open};
use super::report::{fail_if_damaged, print_json};
use crate::cli::{DeleteArgs, DeskOptions, PurgeArgs};
use crate::commands::error_text::desk::version_count;
use crate::commands::prompter::prompter;
use crate::commands::{now, print_note, print_or_note, today};
use crate::desk::audit_trail::Action;
use crate::desk::exported_files::FileStatus;
use crate::desk::store::DateRange;
use crate::desk::{AuditNote, Desk, DeskError, Removed};
use crate::error::Error;
use crate::messages::Messages;
use crate::printable::Printable;
use crate::storage::config_file;
use chrono::Days;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::io::IsTerminal;

pub(super) fn delete(options: &DeskOptions, args: &DeleteArgs) -> Result<(), Error> {
    let mut desk = open(options)?;
    desk.remove_stale_journals()?;
    let mut numbers = args.numbers.clone();
    numbers.sort_unstable();
    numbers.dedup();
    if args.dry_run {
        return report(&desk.plan_removal(&numbers)?, true, args.json);
    }
    remove(&mut desk, Action::Deleted, &numbers, &audit_note(options, args.why.as_deref()))?.report(args.json)
}

pub(super) fn purge(options: &DeskOptions, args: &PurgeArgs) -> Result<(), Error> {
    let mut desk = open(options)?;
    desk.remove_stale_journals()?;
    let days = args.older_than.or(config_file::load(config(&desk).config.as_deref())?.config.retention_days);
    let Some(days) = days else {
        return Err(Error::input("the clinic's retention period is not set")
            .hint("set retention_days in the clinic's preconsult.toml, or pass --older-than DAYS"));
    };
    let limit = today().checked_sub_days(Days::new(days.into())).unwrap_or_default().to_string();
    let old = desk.intakes(DateRange { from: None, before: Some(&limit) })?;
    let numbers: Vec<u64> = old.found.iter().map(|found| found.intake.number).collect();
    let why = format!("kept for {days} days");
    if args.dry_run {
        report(&desk.plan_removal(&numbers)?, true, args.json)?;
    } else {
        if !numbers.is_empty() {
            check_clock(&desk, args)?;
        }
        // Runs even without old intakes, to complete a purge that was stopped.
        remove(&mut desk, Action::Purged, &numbers, &audit_note(options, Some(&why)))?.report(args.json)?;
    }
    fail_if_damaged(&old.damaged)
}

/// Stops a purge if the clock is so far ahead of the audit log that it is probably wrong, unless staff confirm the date.
fn check_clock(desk: &Desk, args: &PurgeArgs) -> Result<(), Error> {
    let today = today();
    if args.yes_now_is.is_some_and(|date| date != today) {
        let hint = "check the date of this machine and that of the option";
        return Err(Error::input(format!("--yes-now-is: today is {today}; nothing was deleted")).hint(hint));
    }
    let Some(last) = desk.last_use_long_ago(now())? else { return Ok(()) };
    if args.yes_now_is.is_some() {
        return Ok(());
    }
    let gap = format!("the clock says {today}, but the desk was last used on {last}");
    if std::io::stdin().is_terminal() && std::io::stderr().is_terminal() {
        print_note(&format!("{gap}. If the clock is wrong, records that are still needed would be deleted."));
        let words = Messages::default();
        let question = Printable::line(&format!("To delete them, type today's date as YYYY-MM-DD ({today}):"));
        let typed = prompter(true, &words).ask_text(&question, &Printable::default());
        if matches!(typed, Ok(Some(typed)) if typed.trim() == today.to_string()) {
            return Ok(());
        }
        return Err(Error::stopped("nothing was deleted"));
    }
    Err(Error::input(format!("{gap}; nothing was deleted"))
        .hint(format!("check the date of this machine; if it is right, add --yes-now-is {today}")))
}

/// The result of a removal.
pub(super) struct Removal {
    /// The intakes that were removed.
    removed: Vec<Removed>,
    /// The result of erasing them from the store's file.
    compacted: Result<(), Error>,
}

/// Removes intakes and erases their data from the disk.
pub(super) fn remove(desk: &mut Desk, what: Action, numbers: &[u64], reason: &AuditNote) -> Result<Removal, DeskError> {
    let removed = desk.remove(what, numbers, now(), reason)?;
    Ok(Removal { removed, compacted: compact(desk, "the records are removed") })
}

impl Removal {
    fn report(self, as_json: bool) -> Result<(), Error> {
        report(&self.removed, false, as_json)?;
        self.compacted
    }

    /// Returns the report of what was removed, and the error if the store's file was not compacted.
    pub(super) fn into_text(self) -> (String, Option<Error>) {
        (text(&self.removed, false), self.compacted.err())
    }
}

/// Erases removed or re-encrypted data from the disk. An error message begins with `done`, the completed action.
pub(super) fn compact(desk: &mut Desk, done: &str) -> Result<(), Error> {
    let done = format!("{done}, but old data remains in the file until the next purge");
    if desk.compact().map_err(|error| Error::from(error).with_context(&done))? {
        print_note(
            "note: another desk is reading; the removed data is erased from the file by the next delete or purge",
        );
    }
    Ok(())
}

fn report(removed: &[Removed], dry_run: bool, as_json: bool) -> Result<(), Error> {
    if as_json {
        let intakes: Value = removed.iter().map(to_json).collect();
        let json = json!({ "dry_run": dry_run, "intakes": intakes });
        return print_json(&json, text(removed, dry_run).trim_end());
    }
    if removed.is_empty() {
        print_note("Nothing is old enough to delete.");
        return Ok(());
    }
    let text = text(removed, dry_run);
    print_or_note(&text, text.trim_end())
}

/// Formats the report: a line for each intake and each of its files.
fn text(removed: &[Removed], dry_run: bool) -> String {
    let mut text = String::new();
    let removed_label = if dry_run { "would be removed" } else { "removed" };
    for Removed { number, intake, versions, files } in removed {
        let versions = version_count(*versions);
        let details = intake.as_ref().map_or_else(
            || "its row is damaged".to_owned(),
            |intake| format!("begun {}, {}", time(intake), intake.state.name()),
        );
        let _ = writeln!(text, "{removed_label}: intake {number} ({details}, {versions})");
        for (path, status) in files {
            let status = match status {
                FileStatus::Present | FileStatus::Removed => removed_label,
                FileStatus::Missing => "no longer exists",
                FileStatus::Changed => "not removed, because it has changed since the export; check it",
                FileStatus::OfBackup => "not removed, because only the restored backup names it; check it",
                FileStatus::NotRemoved => "not removed, because the system refused; check it",
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
