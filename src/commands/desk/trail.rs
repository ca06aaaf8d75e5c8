//! `preconsult desk trail`: prints the audit log, with users and reasons if the desk is unlocked.

use super::open_desk::{open_to_read, unlock_if};
use crate::cli::{DeskOptions, TrailArgs};
use crate::commands::{print as print_bytes, print_json};
use crate::error::Error;
use crate::printable::Printable;
use serde_json::{Value, json};
use std::fmt::Write as _;

pub(super) fn run(options: &DeskOptions, args: &TrailArgs) -> Result<(), Error> {
    let mut desk = open_to_read(options)?;
    let keys = unlock_if(args.unlock, &mut desk, options)?;
    let entries = desk.trail(keys.as_ref(), args.number)?;
    if args.json {
        let list: Value = entries
            .iter()
            .map(|(entry, note)| {
                json!({
                    "place": entry.place, "at": entry.at, "what": entry.what.name(), "intake": entry.intake,
                    "version": entry.version, "who": note.as_ref().map(|note| &note.who),
                    "why": note.as_ref().and_then(|note| note.why.as_ref()), "hash": entry.hash,
                })
            })
            .collect();
        return print_json(&list);
    }
    let mut table = String::new();
    for (entry, note) in &entries {
        let intake = entry.intake.map(|intake| format!("intake {intake}")).unwrap_or_default();
        let who = note.as_ref().map(|note| format!("{} {}", note.who, note.why.as_deref().unwrap_or_default()));
        let who = Printable::line(&who.unwrap_or_default());
        let line = format!("{:<7}{:<31}{:<20}{intake:<13}{who}", entry.place, entry.at, entry.what.name());
        let _ = writeln!(table, "{}", line.trim_end());
    }
    print_bytes(table.as_bytes())
}
