//! The drafts of a folder: listing, age, and expiry.

use super::error::IntakeError;
use crate::pack::Pack;
use crate::storage::drafts::{Draft, DraftError, DraftState, Drafts, parse_id_time};
use crate::storage::error::{FileAction, StorageError};
use crate::storage::journal::Recovered;
use chrono::{DateTime, FixedOffset, TimeDelta};

/// Lists every draft of a folder, the latest first.
///
/// # Errors
/// Returns an error if the folder cannot be read.
pub fn list(drafts: &Drafts) -> Result<Vec<Draft>, StorageError> {
    drafts.list().map_err(|error| StorageError::io(FileAction::ListDrafts, drafts.folder(), error))
}

/// Lists the drafts for this pack that no process is writing, the latest first.
///
/// # Errors
/// Returns an error if the folder cannot be read.
pub fn resumable(pack: &Pack, drafts: &Drafts) -> Result<Vec<Draft>, StorageError> {
    let is_resumable =
        |draft: &Draft| matches!(&draft.state, DraftState::Resumable(recovered) if recovered.header.pack == pack.id);
    Ok(list(drafts)?.into_iter().filter(is_resumable).collect())
}

/// Discards a draft.
///
/// # Errors
/// Returns an error if the draft is missing, in use or cannot be removed.
pub fn discard(drafts: &Drafts, id: &str) -> Result<(), IntakeError> {
    drafts.discard(id).map_err(|source| draft_error(drafts, id, source))
}

/// Discards the drafts that are older than a number of days, and returns the discarded ones. All are
/// kept if even the newest seems to be more than a year older: the clock may be wrong.
///
/// # Errors
/// Returns an error if the folder cannot be read.
pub fn discard_expired(drafts: &Drafts, now: DateTime<FixedOffset>, days: u32) -> Result<Vec<Draft>, StorageError> {
    const IMPLAUSIBLE: TimeDelta = TimeDelta::days(366);
    let limit = TimeDelta::days(days.into());
    let mut discarded = list(drafts)?;
    let newest = discarded.iter().map(|draft| elapsed(now, draft)).min();
    if newest.is_some_and(|age| age - limit > IMPLAUSIBLE) {
        return Ok(Vec::new());
    }
    discarded.retain(|draft| elapsed(now, draft) > limit && drafts.discard(&draft.id).is_ok());
    Ok(discarded)
}

/// Returns the content of a draft, as far as it can be read.
#[must_use]
pub fn content(draft: &Draft) -> Option<&Recovered> {
    match &draft.state {
        DraftState::Resumable(recovered) => Some(recovered),
        DraftState::InUse(recovered) => recovered.as_ref(),
        DraftState::Unreadable(_) => None,
    }
}

/// Formats the time when a draft was started, to the minute; for an unreadable draft it comes from the id.
#[must_use]
pub fn started_at(draft: &Draft) -> String {
    let started =
        content(draft).map(|recovered| recovered.header.started.naive_local()).or_else(|| parse_id_time(&draft.id));
    started.map(|started| started.format("%Y-%m-%d %H:%M").to_string()).unwrap_or_default()
}

/// Returns the time since a draft was started; zero if the clock was set back meanwhile.
#[must_use]
pub fn elapsed(now: DateTime<FixedOffset>, draft: &Draft) -> TimeDelta {
    let since_id_time = || parse_id_time(&draft.id).map(|started| now.naive_local() - started);
    let elapsed = content(draft).map(|recovered| now - recovered.header.started).or_else(since_id_time);
    elapsed.unwrap_or_default().max(TimeDelta::zero())
}

pub(super) fn draft_error(drafts: &Drafts, id: &str, source: DraftError) -> IntakeError {
    IntakeError::Draft { folder: drafts.folder().to_owned(), id: id.to_owned(), source }
}
