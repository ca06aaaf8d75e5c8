//! The drafts of a folder: their age, and which of them can be resumed or have expired.

use super::error::IntakeError;
use crate::pack::Pack;
use crate::storage::drafts::{Draft, DraftError, DraftState, Drafts, parse_id_time};
use crate::storage::error::{FileAction, StorageError};
use crate::storage::journal::Recovered;
use chrono::{DateTime, FixedOffset, TimeDelta};

/// Lists every draft of a folder, the latest first.
///
/// # Errors
/// When the folder cannot be read.
pub fn list(drafts: &Drafts) -> Result<Vec<Draft>, StorageError> {
    drafts.list().map_err(|error| StorageError::io(FileAction::ListDrafts, drafts.folder(), error))
}

/// Lists the drafts for this pack that no process is writing, the latest first.
///
/// # Errors
/// When the folder cannot be read.
pub fn resumable(pack: &Pack, drafts: &Drafts) -> Result<Vec<Draft>, StorageError> {
    let fits = |draft: &Draft| matches!(&draft.state, DraftState::Waiting(read) if read.header.pack == pack.id);
    Ok(list(drafts)?.into_iter().filter(fits).collect())
}

/// Discards a draft.
///
/// # Errors
/// When it is in use, or cannot be removed.
pub fn discard(drafts: &Drafts, id: &str) -> Result<(), IntakeError> {
    drafts.discard(id).map_err(|source| draft_error(drafts, id, source))
}

/// Discards the drafts that are older than a number of days, and gives those that are gone.
///
/// # Errors
/// When the folder cannot be read.
pub fn discard_expired(drafts: &Drafts, now: DateTime<FixedOffset>, days: u32) -> Result<Vec<Draft>, StorageError> {
    let limit = TimeDelta::days(days.into());
    let mut discarded = list(drafts)?;
    discarded.retain(|draft| elapsed(now, draft) > limit && drafts.discard(&draft.id).is_ok());
    Ok(discarded)
}

/// The content of a draft, as far as it can be read.
#[must_use]
pub fn content(draft: &Draft) -> Option<&Recovered> {
    match &draft.state {
        DraftState::Waiting(read) => Some(read),
        DraftState::InUse(read) => read.as_ref(),
        DraftState::Unreadable(_) => None,
    }
}

/// When a draft was started, to the minute; a draft that cannot be read has the time in its name.
#[must_use]
pub fn started_at(draft: &Draft) -> String {
    let started = content(draft).map(|read| read.header.started.naive_local()).or_else(|| parse_id_time(&draft.id));
    started.map(|started| started.format("%Y-%m-%d %H:%M").to_string()).unwrap_or_default()
}

/// How long ago a draft was started; zero if the clock was set back since.
#[must_use]
pub fn elapsed(now: DateTime<FixedOffset>, draft: &Draft) -> TimeDelta {
    let by_name = || parse_id_time(&draft.id).map(|started| now.naive_local() - started);
    let elapsed = content(draft).map(|read| now - read.header.started).or_else(by_name);
    elapsed.unwrap_or_default().max(TimeDelta::zero())
}

pub(super) fn draft_error(drafts: &Drafts, id: &str, source: DraftError) -> IntakeError {
    IntakeError::Draft { folder: drafts.folder().to_owned(), id: id.to_owned(), source }
}
