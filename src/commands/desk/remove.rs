//! `preconsult desk delete` and `purge`: what goes, goes everywhere, and is reported.

use super::{all_read, by, config, note, open, print_done};
use crate::cli::{DeleteArgs, DeskAt, PurgeArgs};
use crate::commands::{now, today};
use crate::desk::audit_trail::What;
use crate::desk::exported_files::Fate;
use crate::desk::store::Span;
use crate::desk::{Desk, Note, Removed, counted};
use crate::error::Error;
use crate::printable::Printable;
use crate::storage::config_file;
use chrono::Days;
use serde_json::{Value, json};
use std::fmt::Write as _;

pub(super) fn delete(at: &DeskAt, args: &DeleteArgs) -> Result<(), Error> {
    let mut desk = open(at)?;
    desk.tidy()?;
    let mut numbers = args.numbers.clone();
    numbers.sort_unstable();
    numbers.dedup();
    let note = by(at, args.why.as_deref());
    let removed = remove(&mut desk, What::Deleted, &numbers, args.dry_run, &note)?;
    end(&mut desk, &removed, args.dry_run, args.json)
}

pub(super) fn purge(at: &DeskAt, args: &PurgeArgs) -> Result<(), Error> {
    let mut desk = open(at)?;
    desk.tidy()?;
    let days = args.older_than.or(config_file::load(config(&desk).config.as_deref())?.config.retention_days);
    let Some(days) = days else {
        return Err(Error::input("nobody has said how long the clinic keeps its records")
            .hint("set retention_days in the clinic's preconsult.toml, or name the days with --older-than"));
    };
    let limit = today().checked_sub_days(Days::new(days.into())).unwrap_or_default().to_string();
    let old = desk.intakes(Span { from: None, before: Some(&limit) })?;
    let numbers: Vec<u64> = old.found.iter().map(|found| found.intake.number).collect();
    let why = format!("kept for {days} days");
    let removed = remove(&mut desk, What::Purged, &numbers, args.dry_run, &by(at, Some(&why)))?;
    end(&mut desk, &removed, args.dry_run, args.json)?;
    all_read(&old.damaged)
}

/// Removes intakes, or looks at what would go. What is left of them in the store's file goes with [`compact`].
pub(super) fn remove(
    desk: &mut Desk,
    what: What,
    numbers: &[u64],
    dry_run: bool,
    reason: &Note,
) -> Result<Vec<Removed>, Error> {
    if dry_run {
        return desk.to_remove(numbers);
    }
    desk.remove(what, numbers, now(), reason)
}

/// What is done when the records are removed.
pub(super) const REMOVED: &str = "the records are removed";

/// Leaves nothing on the disk of what was there before; what is done already is told where that fails.
pub(super) fn compact(desk: &mut Desk, done: &str) -> Result<(), Error> {
    let busy = desk
        .compact()
        .map_err(|error| error.after(&format!("{done}; what was there before leaves the file with the next purge")))?;
    if busy {
        note("note: another desk is reading; what was removed leaves the file for good with the next delete or purge");
    }
    Ok(())
}

/// Also where nothing had to go: the last time may have been stopped before its end.
fn end(desk: &mut Desk, removed: &[Removed], dry_run: bool, as_json: bool) -> Result<(), Error> {
    let compacted = if dry_run { Ok(()) } else { compact(desk, REMOVED) };
    report(removed, dry_run, as_json)?;
    compacted
}

fn report(removed: &[Removed], dry_run: bool, as_json: bool) -> Result<(), Error> {
    if as_json {
        let intakes: Value = removed.iter().map(to_json).collect();
        let json = json!({ "dry_run": dry_run, "intakes": intakes });
        return print_done(&format!("{json:#}\n"), told(removed, dry_run).trim_end());
    }
    if removed.is_empty() {
        note("Nothing has to go.");
        return Ok(());
    }
    let told = told(removed, dry_run);
    print_done(&told, told.trim_end())
}

/// What went, a line for each intake and each of its files.
pub(super) fn told(removed: &[Removed], dry_run: bool) -> String {
    let mut told = String::new();
    let gone = if dry_run { "would go" } else { "removed" };
    for Removed { number, intake, versions, files } in removed {
        let versions = counted(*versions);
        let known = intake.as_ref().map_or_else(
            || "its row is damaged".to_owned(),
            |intake| format!("begun {}, {}", super::list::time(intake), intake.state.name()),
        );
        let _ = writeln!(told, "{gone}: intake {number} ({known}, {versions})");
        for (path, fate) in files {
            let what = match fate {
                Fate::Removed => gone,
                Fate::Missing => "not there any more",
                Fate::Changed => "left, because it was changed since it was written: look at it",
                Fate::Kept => "left, because the system does not let it go: look at it",
            };
            let _ = writeln!(told, "  {what}: {}", Printable::line(path));
        }
    }
    told
}

fn to_json(Removed { number, intake, versions, files }: &Removed) -> Value {
    let files: Value = files.iter().map(|(path, fate)| json!({ "path": path, "fate": fate.name() })).collect();
    json!({
        "number": number, "started": intake.as_ref().map(|intake| &intake.started),
        "state": intake.as_ref().map(|intake| intake.state.name()), "versions": versions, "files": files,
    })
}
