//! `preconsult desk list`: lists intakes with time and state, and with labels if the desk is unlocked.

use super::open_desk::{open_to_read, unlock_if};
use super::report::fail_if_damaged;
use super::status::{Activity, Status};
use crate::answer::{Answer, AnswerValue};
use crate::cli::{DeskOptions, ListArgs};
use crate::commands::{print as print_bytes, print_json, print_note, today};
use crate::desk::journal::SealedLines;
use crate::desk::store::{DateRange, Progress};
use crate::desk::{Desk, DeskError, Intake, IntakeMatch, IntakeState, PrivateKeys, SearchResult};
use crate::error::Error;
use crate::intake::label_slot;
use crate::messages::Messages;
use crate::pack::Pack;
use crate::printable::{Printable, comparison_form};
use crate::storage::drafts::{self, Draft};
use crate::storage::journal::replay;
use chrono::{Days, NaiveDate, SecondsFormat};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;
use textwrap::core::display_width;

pub(super) fn run(options: &DeskOptions, args: &ListArgs) -> Result<(), Error> {
    let mut desk = open_to_read(options)?;
    let keys = unlock_if(args.unlock || args.search.is_some(), &mut desk, options)?.map(Arc::new);
    let every = args.all || (args.search.is_some() && args.day.is_none());
    let days = if every { None } else { Some(Day::new(args.day.unwrap_or_else(today))) };
    let span = days.as_ref().map_or_else(DateRange::default, Day::span);
    let pack = keys.as_ref().map(|_| Pack::built_in()).transpose()?;
    let SearchResult { found, damaged } = find(&desk, keys.as_ref().zip(pack.as_ref()), span, args.search.as_deref())?;
    let activity = Activity::read(&desk)?;
    if args.json {
        let list: Value = found.iter().map(|found| to_json(found, keys.is_some(), &activity)).collect();
        print_json(&list)?;
        return fail_if_damaged(&damaged);
    }
    if found.is_empty() && !damaged.is_empty() {
        return fail_if_damaged(&damaged);
    }
    if found.is_empty() {
        print_note(if every { "There are no such intakes." } else { "There are no intakes of that day." });
        return Ok(());
    }
    print_bytes(table(&found, keys.is_some(), &activity).as_bytes())?;
    fail_if_damaged(&damaged)
}

/// Formats the intakes as a table, with labels if the desk is `unlocked`.
fn table(found: &[IntakeMatch], unlocked: bool, activity: &Activity) -> String {
    let words = Messages::default();
    let label = |found: &IntakeMatch| Printable::line(found.label.as_deref().unwrap_or_default()).to_string();
    let heading = if unlocked { "LABEL" } else { "" };
    let widest = found.iter().map(|found| display_width(&label(found))).max().unwrap_or_default();
    let width = if unlocked { widest.max(heading.len()) + 2 } else { 0 };
    let mut table = String::new();
    let mut add = |number: &str, started: &str, state: &str, label: &str, note: &str| {
        // `format!` pads by characters, but a wide character takes two columns.
        let gap = " ".repeat(width.saturating_sub(display_width(label)));
        let line = format!("{number:<8}{started:<18}{state:<12}{label}{gap}{note}");
        let _ = writeln!(table, "{}", line.trim_end());
    };
    add("NUMBER", "BEGUN", "STATE", heading, "NOTE");
    for found in found {
        let IntakeMatch { intake, version, .. } = found;
        let note = match activity.of(intake).detail(&words) {
            None if *version > 1 => format!("version {version}"),
            detail => detail.unwrap_or_default(),
        };
        add(&intake.number.to_string(), &time(intake), intake.state.name(), &label(found), &note);
    }
    table
}

/// Lists the intakes of a date range. With the keys they have labels, including unfinished ones, so that staff know
/// whose interview they resume. `unlocked` also holds the pack of the unfinished interviews.
pub(super) fn find(
    desk: &Desk,
    unlocked: Option<(&Arc<PrivateKeys>, &Pack)>,
    span: DateRange<'_>,
    search: Option<&str>,
) -> Result<SearchResult, DeskError> {
    let Some((keys, pack)) = unlocked else { return desk.intakes(span) };
    let SearchResult { mut found, damaged } = desk.find(keys, span, search)?;
    let mut labels = labels_so_far(desk, keys, pack);
    if let Some(part) = search {
        let part = comparison_form(part);
        labels.retain(|_, label| comparison_form(label).contains(&part));
        // An intake with a separate label may have been found already.
        let known: BTreeSet<u64> = found.iter().map(|found| found.intake.number).collect();
        let in_progress = |IntakeMatch { intake, .. }: &IntakeMatch| {
            intake.state == IntakeState::Started
                && labels.contains_key(&intake.number)
                && !known.contains(&intake.number)
        };
        found.extend(desk.intakes(span)?.found.into_iter().filter(in_progress));
        found.sort_by_key(|found| found.intake.number);
    }
    for found in found.iter_mut().filter(|found| found.intake.state == IntakeState::Started) {
        let in_journal = labels.remove(&found.intake.number);
        found.label = found.label.take().or(in_journal);
    }
    Ok(SearchResult { found, damaged })
}

/// Reads the labels in journals, by the number of the intake.
fn labels_so_far(desk: &Desk, keys: &Arc<PrivateKeys>, pack: &Pack) -> BTreeMap<u64, String> {
    let Some(slot) = label_slot(pack) else { return BTreeMap::new() };
    let Ok(key) = desk.key() else { return BTreeMap::new() };
    let cover = SealedLines::new(key, Some(Arc::clone(keys)));
    let label = |draft: Draft| {
        let (drafts::DraftState::Resumable(read) | drafts::DraftState::InUse(Some(read))) = draft.state else {
            return None;
        };
        match replay(pack, &read.entries).answers.remove(&slot)? {
            Answer::Value(AnswerValue::Text(label)) => Some((drafts::number(&draft.id)?, label)),
            _ => None,
        }
    };
    // An unreadable journal is reported when its interview is resumed.
    let drafts = desk.clinic().drafts().with_cipher(Arc::new(cover)).list().unwrap_or_default();
    drafts.into_iter().filter_map(label).collect()
}

/// A day in the format of the store, and the day after it.
pub(super) struct Day(String, String);

impl Day {
    pub(super) fn new(day: NaiveDate) -> Self {
        Self(day.to_string(), day.checked_add_days(Days::new(1)).unwrap_or(day).to_string())
    }

    pub(super) fn span(&self) -> DateRange<'_> {
        DateRange { from: Some(&self.0), before: Some(&self.1) }
    }
}

/// Formats the start time of an intake: `2026-11-24T09:14+01:00` as `2026-11-24 09:14`.
pub(super) fn time(intake: &Intake) -> String {
    intake.started.chars().take(16).map(|c| if c == 'T' { ' ' } else { c }).collect()
}

fn to_json(found: &IntakeMatch, unlocked: bool, activity: &Activity) -> Value {
    let IntakeMatch { intake, label, version } = found;
    let mut value = json!({ "number": intake.number, "started": intake.started, "state": intake.state.name() });
    if intake.state == IntakeState::Started {
        value["can_go_on"] = json!(activity.can_go_on(intake.number));
    }
    let status = activity.of(intake);
    if intake.state == IntakeState::Invited {
        value["expires"] = match status {
            Status::Waiting { expires, .. } => json!(expires.to_rfc3339_opts(SecondsFormat::Secs, false)),
            _ => Value::Null,
        };
    }
    if let Some(Progress { position, total }) = status.progress() {
        value["position"] = json!(position);
        value["about"] = json!(total);
    }
    if unlocked {
        value["label"] = json!(label);
        value["version"] = json!(version);
    }
    value
}
