//! The place of one session: in memory, in its draft, or handed in.

use super::kept::{Kept, NewInterview, Unfinished};
use super::secret::{Secret, SessionId};
use super::session::Session;
use super::site::Site;
use crate::pack::Language;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

/// Wrong return codes in a row before a pause.
const MAX_WRONG_CODES: u32 = 5;

/// The pause after too many wrong return codes.
pub(super) const CODE_PAUSE: Duration = Duration::from_secs(5 * 60);

/// The place where a session is.
pub(super) enum Place {
    /// In memory. A locked session is open only for the moment in which it takes an answer.
    Open { cell: Arc<Mutex<Slot>>, seen: Seen, locked: Option<ReturnCodes> },
    /// In its draft.
    Closed(Closed),
    /// Handed in.
    Finished(Language, Instant),
}

/// The content of an open place. It changes while other requests wait for it.
pub(super) enum Slot {
    Active(Box<Session>),
    Finished(Language),
    Closed,
}

/// A session whose answers are in its draft alone.
pub(super) struct Closed {
    pub(super) kept: Kept,
    pub(super) draft: String,
    pub(super) language: Language,
    pub(super) is_locked: bool,
    pub(super) codes: ReturnCodes,
}

/// The return codes that were typed at a locked session.
#[derive(Clone, Default)]
pub(super) struct ReturnCodes {
    wrong: u32,
    paused_until: Option<Instant>,
    pub(super) notice: Option<LockNotice>,
}

/// What happened to the last return code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LockNotice {
    WrongCode,
    Paused,
    /// The staff has resumed the draft at the terminal.
    InUse,
}

/// The time of the last request. The longer time of two clocks counts: one stops while the machine sleeps, the other can be set.
#[derive(Clone, Copy)]
pub(super) struct Seen {
    at: Instant,
    time: SystemTime,
}

impl Seen {
    pub(super) fn now() -> Self {
        Self { at: Instant::now(), time: SystemTime::now() }
    }

    pub(super) fn elapsed(&self) -> Duration {
        self.at.elapsed().max(self.time.elapsed().unwrap_or_default())
    }
}

impl ReturnCodes {
    /// Returns whether a typed code is the session's return code. Too many wrong ones cause a pause.
    pub(super) fn accepts(&mut self, secret: &Secret, code: &str) -> bool {
        if self.paused_until.is_some_and(|until| Instant::now() < until) {
            self.notice = Some(LockNotice::Paused);
            return false;
        }
        if secret.is_return_code(code) {
            return true;
        }
        // An empty code is not an attempt.
        let is_attempt = !code.trim().is_empty();
        self.wrong += u32::from(is_attempt);
        self.notice = Some(LockNotice::WrongCode);
        if is_attempt && self.wrong.is_multiple_of(MAX_WRONG_CODES) {
            self.notice = Some(LockNotice::Paused);
            self.paused_until = Instant::now().checked_add(CODE_PAUSE);
        }
        false
    }
}

impl Place {
    pub(super) fn open(session: Session) -> Self {
        Self::Open { cell: Slot::cell(session), seen: Seen::now(), locked: None }
    }

    pub(super) fn unfinished(site: &Site, found: Unfinished, id: &SessionId) -> Self {
        let Unfinished { kept, draft, language, date, filled_in_by, age } = found;
        let Some(draft) = draft else {
            let new = NewInterview { kept, language, label: None, date, filled_in_by, previous: None };
            return Self::open(Session::begin(site, new, id));
        };
        Self::Closed(Closed { is_locked: age >= site.idle, ..Closed::new(kept, draft, language) })
    }
}

impl Slot {
    pub(super) fn cell(session: Session) -> Arc<Mutex<Self>> {
        Arc::new(Mutex::new(Self::Active(Box::new(session))))
    }
}

impl Closed {
    pub(super) fn new(kept: Kept, draft: String, language: Language) -> Self {
        Self { kept, draft, language, is_locked: true, codes: ReturnCodes::default() }
    }
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Locks a session that had no sign of its patient for a while.
pub(super) fn close_if_idle(places: &mut BTreeMap<SessionId, Place>, id: &SessionId, idle: Duration) {
    if matches!(places.get(id), Some(Place::Open { seen, .. }) if seen.elapsed() >= idle) {
        close(places, id);
    }
}

/// Removes a session from memory. One without answers is forgotten.
pub(super) fn close(places: &mut BTreeMap<SessionId, Place>, id: &SessionId) {
    let Some(Place::Open { cell, locked, .. }) = places.get(id) else { return };
    let codes = locked.clone().unwrap_or_default();
    let slot = std::mem::replace(&mut *lock(cell), Slot::Closed);
    let place = match slot {
        Slot::Active(session) => {
            let closed = |draft: &str| Closed {
                codes,
                ..Closed::new(session.kept().clone(), draft.to_owned(), session.language)
            };
            session.draft().map(closed).map(Place::Closed)
        }
        Slot::Finished(language) => Some(Place::Finished(language, Instant::now())),
        Slot::Closed => None,
    };
    match place {
        Some(place) => _ = places.insert(id.clone(), place),
        None => _ = places.remove(id),
    }
}
