//! `preconsult drafts`: lists and discards unfinished interviews. No answer is shown.

use super::{now, print, print_flowing, print_note};
use crate::cli::{DiscardArgs, DraftsCommand};
use crate::error::Error;
use crate::intake::drafts::{content, discard, elapsed, list, started_at};
use crate::intake::error::IntakeError;
use crate::printable::Printable;
use crate::storage::drafts::{Draft, DraftError, DraftState, Drafts};
use crate::storage::journal::{Recovered, Unreadable};
use chrono::{DateTime, FixedOffset, TimeDelta};
use std::fmt::Write as _;

pub(super) fn run(command: &DraftsCommand) -> Result<(), Error> {
    let drafts = Drafts::for_user()?;
    match command {
        DraftsCommand::List => print_list(&list(&drafts)?, now()),
        DraftsCommand::Discard(args) => discard_drafts(&drafts, args, now()),
    }
}

fn print_list(all: &[Draft], now: DateTime<FixedOffset>) -> Result<(), Error> {
    if all.is_empty() {
        print_note("There are no drafts.");
        return Ok(());
    }
    let mut table = format!("{:<17}{:<18}{:<12}{:<10}PACK\n", "ID", "STARTED", "AGE", "ANSWERED");
    for draft in all {
        let remark = match &draft.state {
            DraftState::Resumable(recovered) if recovered.damage.is_some_and(|damage| !damage.is_torn) => {
                "  (damaged at the end)"
            }
            DraftState::Resumable(_) => "",
            DraftState::InUse(_) => "  (in use)",
            DraftState::Unreadable(Unreadable::OtherFormat(_)) => "  (of another version of this program)",
            DraftState::Unreadable(_) => "  (damaged, unreadable)",
        };
        let recovered = content(draft);
        let answered = recovered.map_or_else(|| "?".to_owned(), |recovered| recovered.answered().to_string());
        let pack = recovered.map_or_else(|| "?".to_owned(), pack_text);
        let (id, started, age) = (&draft.id, started_at(draft), age_text(elapsed(now, draft)));
        let _ = writeln!(table, "{id:<17}{started:<18}{age:<12}{answered:<10}{pack}{remark}");
    }
    print(table.as_bytes())
}

fn discard_drafts(drafts: &Drafts, args: &DiscardArgs, now: DateTime<FixedOffset>) -> Result<(), Error> {
    let all = list(drafts)?;
    if let Some(unknown) = args.ids.iter().find(|id| !all.iter().any(|draft| draft.id == **id)) {
        let (folder, id) = (drafts.folder().to_owned(), unknown.clone());
        return Err(IntakeError::Draft { folder, id, source: DraftError::Missing }.into());
    }
    let is_named = |draft: &Draft| args.ids.contains(&draft.id);
    let is_old = |draft: &Draft| {
        let limit = args.older_than.map(|days| TimeDelta::days(days.into()));
        limit.is_some_and(|limit| elapsed(now, draft) > limit)
    };
    let mut discarded = String::new();
    let mut failed = None;
    for draft in all.iter().filter(|draft| args.all || is_named(draft) || is_old(draft)) {
        match discard(drafts, &draft.id) {
            Ok(()) => {
                let _ = writeln!(discarded, "discarded {}", describe(draft));
            }
            Err(IntakeError::Draft { source: DraftError::InUse, .. }) if !is_named(draft) => {
                print_note(&format!("skipped, in use: {}", draft.id));
            }
            Err(error) => failed = failed.or(Some(error)),
        }
    }
    if discarded.is_empty() && failed.is_none() {
        print_note("No draft was discarded.");
    }
    print_flowing(&discarded)?;
    failed.map_or(Ok(()), |error| Err(error.into()))
}

fn describe(draft: &Draft) -> String {
    let answered = match content(draft).map(Recovered::answered) {
        Some(1) => ", 1 question answered".to_owned(),
        Some(count) => format!(", {count} questions answered"),
        None => String::new(),
    };
    format!("{} (started {}{answered})", draft.id, started_at(draft))
}

fn pack_text(recovered: &Recovered) -> String {
    Printable::line(&format!("{} {}", recovered.header.pack, recovered.header.version)).to_string()
}

fn age_text(age: TimeDelta) -> String {
    let count = |count: i64, unit: &str| format!("{count} {unit}{}", if count == 1 { "" } else { "s" });
    match (age.num_days(), age.num_hours()) {
        (0, 0) => count(age.num_minutes(), "minute"),
        (0, hours) => count(hours, "hour"),
        (days, _) => count(days, "day"),
    }
}
