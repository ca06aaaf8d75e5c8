//! `preconsult desk list`: time and state of intakes, and their labels where the desk is unlocked.

use super::{all_read, note, open, print_bytes, unlock};
use crate::cli::{DeskAt, ListArgs};
use crate::desk::store::Span;
use crate::desk::{Desk, Found, Intake, Search, State};
use crate::error::Error;
use crate::keep::drafts::{self, Draft};
use crate::printable::Printable;
use chrono::{Days, NaiveDate};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;

pub(super) fn run(at: &DeskAt, args: &ListArgs) -> Result<(), Error> {
    let mut desk = open(at)?;
    let keys = if args.unlock || args.search.is_some() { Some(unlock(&mut desk, at)?) } else { None };
    let every = args.all || (args.search.is_some() && args.day.is_none());
    let days = if every { None } else { Some(Day::new(args.day.unwrap_or_else(crate::commands::today))) };
    let span = days.as_ref().map_or_else(Span::default, Day::span);
    let Search { found, damaged } = match &keys {
        Some(keys) => desk.find(keys, span, args.search.as_deref())?,
        None => desk.intakes(span)?,
    };
    let waiting = waiting(&desk)?;
    if args.json {
        let list: Value = found.iter().map(|found| to_json(found, keys.is_some(), &waiting)).collect();
        print_bytes(format!("{list:#}\n").as_bytes())?;
        return all_read(&damaged);
    }
    if found.is_empty() && !damaged.is_empty() {
        return all_read(&damaged);
    }
    if found.is_empty() {
        note(if every { "There are no such intakes." } else { "There are no intakes of that day." });
        return Ok(());
    }
    let mut table =
        format!("{:<8}{:<18}{:<12}{}", "NUMBER", "BEGUN", "STATE", if keys.is_some() { "LABEL" } else { "" });
    table = format!("{}\n", table.trim_end());
    for Found { intake, label, version } in &found {
        let label = Printable::line(label.as_deref().unwrap_or_default());
        let corrected = if *version > 1 { format!(" (version {version})") } else { String::new() };
        let draft = match (intake.state, waiting.get(&intake.number)) {
            (State::Started, Some(true)) => "being asked now",
            (State::Started, Some(false)) => "can go on",
            _ => "",
        };
        let line =
            format!("{:<8}{:<18}{:<12}{label}{corrected}{draft}", intake.number, time(intake), intake.state.name());
        let _ = writeln!(table, "{}", line.trim_end());
    }
    print_bytes(table.as_bytes())?;
    all_read(&damaged)
}

/// A day as the store compares it.
pub(super) struct Day(String, String);

impl Day {
    pub(super) fn new(day: NaiveDate) -> Self {
        Self(day.to_string(), day.checked_add_days(Days::new(1)).unwrap_or(day).to_string())
    }

    pub(super) fn span(&self) -> Span<'_> {
        Span { from: Some(&self.0), before: Some(&self.1) }
    }
}

/// The intakes of which answers are kept in a journal, and whether somebody is being asked at the moment.
pub(super) fn waiting(desk: &Desk) -> Result<BTreeMap<u64, bool>, Error> {
    let drafts = desk.clinic().drafts();
    let list = drafts.list().map_err(|error| Error::io("read the journals in", drafts.folder(), &error))?;
    let in_use = |draft: &Draft| matches!(draft.state, drafts::State::InUse(_));
    Ok(list.iter().filter_map(|draft| Some((drafts::number(&draft.id)?, in_use(draft)))).collect())
}

/// `2026-11-24T09:14+01:00` without what nobody needs at the desk.
pub(super) fn time(intake: &Intake) -> String {
    intake.started.chars().take(16).map(|c| if c == 'T' { ' ' } else { c }).collect()
}

fn to_json(found: &Found, unlocked: bool, waiting: &BTreeMap<u64, bool>) -> Value {
    let Found { intake, label, version } = found;
    let mut value = json!({ "number": intake.number, "started": intake.started, "state": intake.state.name() });
    if intake.state == State::Started {
        value["can_go_on"] = json!(waiting.get(&intake.number) == Some(&false));
    }
    if unlocked {
        value["label"] = json!(label);
        value["version"] = json!(version);
    }
    value
}
