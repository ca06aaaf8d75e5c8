//! The types that a keeper exchanges with the sessions: new and unfinished interviews, and errors.

use super::secret::SessionId;
use crate::interview::FilledInBy;
use crate::pack::{Language, Pack};
use crate::storage::drafts::Drafts;
use chrono::NaiveDate;
use std::time::Duration;

/// The languages of a pack, and the one for interviews without any of them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Languages<'p> {
    pub(super) pack: &'p Pack,
    pub(super) first: Language,
}

impl Languages<'_> {
    /// Returns the language with this tag.
    pub(super) fn of(self, tag: Option<&str>) -> Language {
        tag.and_then(|tag| self.pack.language(tag)).unwrap_or(self.first)
    }
}

/// A finished interview could not be handed in. The reason was reported to the staff.
#[derive(Debug, Clone, Copy)]
pub struct NotHandedIn;

/// Where an interview is kept.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    /// The folder of its draft, with the key that opens it.
    pub(super) drafts: Drafts,
    /// The number of its intake in a clinic.
    pub(super) intake: Option<u64>,
}

/// An interview that begins.
pub(super) struct NewInterview {
    pub(super) kept: Kept,
    pub(super) language: Language,
    pub(super) label: Option<String>,
    pub(super) date: Option<NaiveDate>,
    pub(super) filled_in_by: Option<FilledInBy>,
    /// The session of the browser from which this one takes the interview over.
    pub(super) previous: Option<SessionId>,
}

/// An unfinished interview that no process has in memory.
pub(super) struct Unfinished {
    pub(super) kept: Kept,
    /// The id of its draft; `None` before the first answer.
    pub(super) draft: Option<String>,
    pub(super) language: Language,
    pub(super) date: Option<NaiveDate>,
    pub(super) filled_in_by: Option<FilledInBy>,
    /// The time since its last answer.
    pub(super) age: Duration,
}

/// The reason why an interview does not begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BeginError {
    /// The number of open interviews is at its limit.
    Full,
    /// No code was typed.
    NoCode,
    /// No invitation has this code or link.
    Unknown,
    /// Another browser has used it.
    Spent,
    /// It was not used in time.
    Expired,
    /// Too many wrong codes were typed.
    Paused,
    /// The interview has begun in a browser whose key the server does not have.
    OnlyAtDesk,
    /// The clinic's records cannot be written.
    NotStored,
}

/// Returns the time since the last write to a draft; zero if the clock was set back since.
pub(super) fn age(drafts: &Drafts, id: &str) -> Duration {
    drafts.modified(id).ok().and_then(|time| time.elapsed().ok()).unwrap_or_default()
}
