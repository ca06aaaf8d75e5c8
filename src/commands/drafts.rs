//! `preconsult drafts`: interviews that were begun and not finished. No answer is shown.

use super::error_text::{Localize, io_error_in};
use super::{note, print, print_flowing};
use crate::cli::{Discard, DraftsCommand};
use crate::error::Error;
use crate::messages::Words;
use crate::printable::Printable;
use crate::storage::drafts::{Draft, Drafts, Refused, State, begun};
use crate::storage::error::{FileAction, StorageError};
use crate::storage::journal::{Recovered, Unreadable};
use chrono::{DateTime, FixedOffset, TimeDelta};
use std::fmt::Write as _;

pub(super) fn run(command: &DraftsCommand) -> Result<(), Error> {
    let drafts = Drafts::of_user()?;
    let now = super::now();
    match command {
        DraftsCommand::List => list(&found(&drafts, &Words::default())?, now),
        DraftsCommand::Discard(which) => discard(&drafts, which, now),
    }
}

/// Every draft there is.
pub(super) fn found(drafts: &Drafts, words: &Words) -> Result<Vec<Draft>, Error> {
    let failed = |error| StorageError::io(FileAction::ListDrafts, drafts.folder(), error);
    drafts.list().map_err(failed).localize(words)
}

fn list(found: &[Draft], now: DateTime<FixedOffset>) -> Result<(), Error> {
    if found.is_empty() {
        note("There are no drafts.");
        return Ok(());
    }
    let mut table = format!("{:<17}{:<18}{:<12}{:<10}PACK\n", "ID", "BEGUN", "AGE", "ANSWERED");
    for Draft { id, state } in found {
        let (read, remark) = match state {
            State::Waiting(read) if read.cut.is_some_and(|cut| !cut.torn) => (Some(read), "  (damaged at its end)"),
            State::Waiting(read) => (Some(read), ""),
            State::InUse(read) => (read.as_ref(), "  (in use)"),
            State::Unreadable(Unreadable::OtherFormat(_)) => (None, "  (of another version of this program)"),
            State::Unreadable(_) => (None, "  (damaged, cannot be read)"),
        };
        let answered = read.map_or_else(|| "?".to_owned(), |read| read.answered().to_string());
        let pack = read.map_or_else(|| "?".to_owned(), pack_of);
        let (began, age) = (began(id, read), age(now, id, read));
        let _ = writeln!(table, "{id:<17}{began:<18}{age:<12}{answered:<10}{pack}{remark}");
    }
    print(table.as_bytes())
}

fn discard(drafts: &Drafts, which: &Discard, now: DateTime<FixedOffset>) -> Result<(), Error> {
    let words = Words::default();
    let found = found(drafts, &words)?;
    if let Some(unknown) = which.ids.iter().find(|id| !found.iter().any(|draft| draft.id == **id)) {
        return Err(missing(unknown, &words));
    }
    let named = |draft: &Draft| which.ids.contains(&draft.id);
    let is_old = |draft: &Draft| {
        let limit = which.older_than.map(|days| TimeDelta::days(days.into()));
        limit.is_some_and(|limit| elapsed(now, &draft.id, read_of(draft)) > limit)
    };
    let mut discarded = String::new();
    let mut failed = None;
    for draft in found.iter().filter(|draft| which.all || named(draft) || is_old(draft)) {
        match drafts.discard(&draft.id) {
            Ok(()) => {
                let _ = writeln!(discarded, "discarded {}", describe(draft));
            }
            Err(Refused::InUse) if !named(draft) => note(&format!("left alone, in use: {}", draft.id)),
            Err(why) => failed = failed.or(Some(refused(drafts, &draft.id, &why, &words))),
        }
    }
    if discarded.is_empty() && failed.is_none() {
        note("No draft was discarded.");
    }
    print_flowing(&discarded)?;
    failed.map_or(Ok(()), Err)
}

/// Discards the drafts that are older than the clinic keeps things, and says so.
pub(super) fn discard_old(drafts: &Drafts, days: u32, words: &Words) -> Result<(), Error> {
    let (now, limit) = (super::now(), TimeDelta::days(days.into()));
    for draft in found(drafts, words)? {
        let read = read_of(&draft);
        if elapsed(now, &draft.id, read) > limit && drafts.discard(&draft.id).is_ok() {
            let began = began(&draft.id, read);
            let told = [("id", draft.id.as_str().into()), ("began", began.into()), ("days", days.into())];
            note(&words.with("draft-old", told));
        }
    }
    Ok(())
}

fn describe(draft: &Draft) -> String {
    let read = read_of(draft);
    let answered = match read.map(Recovered::answered) {
        Some(1) => ", 1 question answered".to_owned(),
        Some(count) => format!(", {count} questions answered"),
        None => String::new(),
    };
    format!("{} (begun {}{answered})", draft.id, began(&draft.id, read))
}

fn read_of(draft: &Draft) -> Option<&Recovered> {
    match &draft.state {
        State::Waiting(read) => Some(read),
        State::InUse(read) => read.as_ref(),
        State::Unreadable(_) => None,
    }
}

fn pack_of(read: &Recovered) -> String {
    Printable::line(&format!("{} {}", read.header.pack, read.header.version)).to_string()
}

/// When a draft was begun; one that cannot be read tells by its name.
pub(super) fn began(id: &str, read: Option<&Recovered>) -> String {
    let began = read.map(|read| read.header.started.naive_local()).or_else(|| begun(id));
    began.map(|began| began.format("%Y-%m-%d %H:%M").to_string()).unwrap_or_default()
}

/// How long ago that was; no time at all if the clock went back.
fn elapsed(now: DateTime<FixedOffset>, id: &str, read: Option<&Recovered>) -> TimeDelta {
    let by_name = || begun(id).map(|begun| now.naive_local() - begun);
    read.map(|read| now - read.header.started).or_else(by_name).unwrap_or_default().max(TimeDelta::zero())
}

fn age(now: DateTime<FixedOffset>, id: &str, read: Option<&Recovered>) -> String {
    let elapsed = elapsed(now, id, read);
    let count = |count: i64, unit: &str| format!("{count} {unit}{}", if count == 1 { "" } else { "s" });
    match (elapsed.num_days(), elapsed.num_hours()) {
        (0, 0) => count(elapsed.num_minutes(), "minute"),
        (0, hours) => count(hours, "hour"),
        (days, _) => count(days, "day"),
    }
}

/// Why a draft cannot be had, for whoever named or chose it.
pub(super) fn refused(drafts: &Drafts, id: &str, why: &Refused, words: &Words) -> Error {
    let say = |key: &str| words.with(key, [("id", Printable::line(id).to_string().into())]);
    let error = match why {
        Refused::Missing => return missing(id, words),
        Refused::InUse => Error::failed(say("draft-in-use")).hint(say("draft-in-use-way-out")),
        Refused::Unreadable(Unreadable::OtherFormat(format)) => {
            let told = [("id", id.into()), ("format", format.to_string().into())];
            Error::failed(words.with("draft-other-format", told)).hint(say("draft-other-format-way-out"))
        }
        Refused::Unreadable(Unreadable::Sealed) => Error::failed(say("draft-sealed")).hint(say("draft-sealed-way-out")),
        Refused::Unreadable(_) => Error::failed(say("draft-unreadable")).hint(say("draft-unreadable-way-out")),
        Refused::Io(error) => return io_error_in(words, "drafts-not-used", drafts.folder(), error),
    };
    error.spoken(words)
}

fn missing(id: &str, words: &Words) -> Error {
    let message = words.with("draft-missing", [("id", Printable::line(id).to_string().into())]);
    Error::input(message).hint(words.say("draft-missing-way-out")).spoken(words)
}
