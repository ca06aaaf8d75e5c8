//! All sessions of a server: the open ones in memory, the others as drafts on disk.
//!
//! An interview that is locked is not in memory, and its draft is not in use. The staff can resume it at the terminal.

use super::keeper::Keeper;
use super::kept::BeginError;
use super::place::{LockNotice, Place, Seen, Slot, close, close_if_idle, lock};
use super::secret::{Secret, SessionId};
use super::session::Session;
use super::site::Site;
use crate::desk::KnockWith;
use crate::intake::error::IntakeError;
use crate::pack::Language;
use crate::storage::drafts::DraftError;
use crate::storage::error::StorageError;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

/// Maximum number of interviews in memory. Each has an open file.
const MAX_OPEN: usize = 500;

/// The time for which a finished interview is remembered, without its answers, so that a second click is understood.
const FINISHED_KEPT: Duration = Duration::from_secs(10 * 60);

/// All sessions of a server.
#[derive(Default)]
pub(super) struct Sessions {
    places: Mutex<BTreeMap<SessionId, Place>>,
    /// Locked while the sessions of a clinic's store and the places change together.
    store: Mutex<()>,
}

/// The access to a session.
pub(super) enum Access<R> {
    Granted(R),
    Locked,
    Finished(Language),
    Unknown,
}

impl Sessions {
    /// Finds the interviews in browsers that an earlier run of the server has left.
    ///
    /// # Errors
    /// Returns an error if the drafts cannot be read.
    pub(super) fn load(site: &Site) -> Result<Self, StorageError> {
        let unfinished = site.keeper.unfinished(site.kept_languages())?;
        let places = unfinished.into_iter().map(|(id, found)| {
            let place = Place::unfinished(site, found, &id);
            (id, place)
        });
        Ok(Self { places: Mutex::new(places.collect()), store: Mutex::default() })
    }

    /// Adds a new interview, or one that continues in another browser.
    pub(super) fn begin(
        &self,
        site: &Site,
        language: Language,
        secret: &Secret,
        key: Option<KnockWith<'_>>,
    ) -> Result<(), BeginError> {
        self.close_idle(site);
        let id = secret.id();
        if self.lock().values().filter(|place| matches!(place, Place::Open { .. })).count() >= MAX_OPEN {
            return Err(BeginError::Full);
        }
        let is_in_memory = |id: &SessionId| matches!(self.lock().get(id), Some(Place::Open { .. } | Place::Closed(_)));
        let _store = lock(&self.store);
        let new = site.keeper.begin(site.pack, language, secret, key, &is_in_memory)?;
        let mut places = self.lock();
        let previous = new.previous.as_ref().and_then(|previous| {
            close(&mut places, previous);
            places.remove(previous)
        });
        let session = match previous {
            Some(Place::Closed(closed)) => {
                // The draft is in use at the desk, or cannot be read.
                Session::take_over(site, (&closed.kept, &closed.draft), new, &id).map_err(|_| BeginError::OnlyAtDesk)?
            }
            _ => Session::begin(site, new, &id),
        };
        places.insert(id, Place::open(session));
        Ok(())
    }

    /// Finds the interview of a browser that the server has not in memory, as after a restart.
    pub(super) fn find(&self, site: &Site, secret: &Secret) {
        let id = secret.id();
        if self.lock().contains_key(&id) {
            return;
        }
        let _store = lock(&self.store);
        if let Some(found) = site.keeper.find(site.kept_languages(), secret) {
            let mut places = self.lock();
            // Another request of the browser may have found it first.
            places.entry(id.clone()).or_insert_with(|| Place::unfinished(site, found, &id));
        }
    }

    /// Stores how far the interviews of a clinic have come, and closes those whose invitations the desk has taken back.
    pub(super) fn synchronize(&self, site: &Site) {
        let Keeper::Clinic(clinic) = &site.keeper else { return };
        let (mut ids, mut progress) = (Vec::new(), BTreeMap::new());
        for (id, place) in self.lock().iter() {
            match place {
                Place::Finished(..) => continue,
                Place::Closed(_) => {}
                // An interview that is busy right now is asked next time.
                Place::Open { cell, .. } => {
                    if let Ok(slot) = cell.try_lock()
                        && let Slot::Active(session) = &*slot
                        && let Some(intake) = session.kept().intake
                    {
                        progress.insert(intake, session.progress());
                    }
                }
            }
            ids.push(id.clone());
        }
        clinic.set_progress(&progress);
        let _store = lock(&self.store);
        let Some(current) = clinic.sessions() else { return };
        let mut places = self.lock();
        for id in ids.iter().filter(|id| !current.contains(id)) {
            close(&mut places, id);
            if matches!(places.get(id), Some(Place::Closed(_))) {
                places.remove(id);
            }
        }
    }

    /// Calls `act` with an open session. This counts as a sign of the patient.
    ///
    /// An answer that was sent from a page that has been locked meanwhile is taken (`is_answer`), so that it is not lost;
    /// the session stays locked.
    pub(super) fn access<R>(
        &self,
        site: &Site,
        id: &SessionId,
        is_answer: bool,
        act: impl FnOnce(&mut Session) -> R,
    ) -> Access<R> {
        let (cell, was_locked) = {
            let mut places = self.lock();
            close_if_idle(&mut places, id, site.idle);
            match places.get_mut(id) {
                None => return Access::Unknown,
                Some(Place::Finished(language, _)) => return Access::Finished(*language),
                Some(Place::Open { locked: Some(_), .. }) if !is_answer => return Access::Locked,
                Some(Place::Open { cell, seen, locked }) => {
                    if locked.is_none() {
                        *seen = Seen::now();
                    }
                    (Arc::clone(cell), locked.is_some())
                }
                Some(Place::Closed(closed)) if closed.is_locked && !is_answer => return Access::Locked,
                Some(Place::Closed(closed)) => {
                    let locked = closed.is_locked.then(|| closed.codes.clone());
                    match Session::resume(site, closed.kept.clone(), &closed.draft) {
                        Ok(session) => {
                            let (cell, was_locked) = (Slot::cell(session), locked.is_some());
                            let place = Place::Open { cell: Arc::clone(&cell), seen: Seen::now(), locked };
                            places.insert(id.clone(), place);
                            (cell, was_locked)
                        }
                        Err(error) => return refuse_resume(&mut places, id, &error),
                    }
                }
            }
        };
        let mut slot = lock(&cell);
        let result = match &mut *slot {
            Slot::Active(session) => act(session),
            Slot::Finished(language) => return Access::Finished(*language),
            // Closed between the two locks, because the session was idle.
            Slot::Closed => return Access::Locked,
        };
        let finished = match &*slot {
            Slot::Active(session) if session.is_finished => Some(session.language),
            _ => None,
        };
        if let Some(language) = finished {
            if let Slot::Active(session) = std::mem::replace(&mut *slot, Slot::Finished(language)) {
                session.end();
            }
            drop(slot);
            self.lock().insert(id.clone(), Place::Finished(language, Instant::now()));
        } else if was_locked {
            drop(slot);
            close(&mut self.lock(), id);
            return Access::Locked;
        }
        Access::Granted(result)
    }

    /// Returns the state of a session, without a sign of the patient.
    pub(super) fn state(&self, site: &Site, id: &SessionId) -> Access<Language> {
        let mut places = self.lock();
        close_if_idle(&mut places, id, site.idle);
        match places.get(id) {
            None => Access::Unknown,
            Some(Place::Finished(language, _)) => Access::Finished(*language),
            Some(Place::Closed(closed)) if closed.is_locked => Access::Locked,
            Some(Place::Closed(closed)) => Access::Granted(closed.language),
            Some(Place::Open { locked: Some(_), .. }) => Access::Locked,
            Some(Place::Open { cell, .. }) => {
                let cell = Arc::clone(cell);
                drop(places);
                match &*lock(&cell) {
                    Slot::Active(session) => Access::Granted(session.language),
                    Slot::Finished(language) => Access::Finished(*language),
                    Slot::Closed => Access::Locked,
                }
            }
        }
    }

    /// Returns the language of a locked session, and what happened to its last return code.
    pub(super) fn locked(&self, id: &SessionId) -> Option<(Language, Option<LockNotice>)> {
        match self.lock().get(id) {
            Some(Place::Closed(closed)) => Some((closed.language, closed.codes.notice)),
            _ => None,
        }
    }

    /// Returns the time until an open session is locked.
    pub(super) fn remaining(&self, site: &Site, id: &SessionId) -> Duration {
        match self.lock().get(id) {
            Some(Place::Open { seen, .. }) => site.idle.saturating_sub(seen.elapsed()),
            _ => Duration::ZERO,
        }
    }

    /// Opens a locked session with its return code. Returns whether that was done.
    pub(super) fn unlock(&self, site: &Site, secret: &Secret, code: &str) -> bool {
        let id = secret.id();
        let mut places = self.lock();
        close_if_idle(&mut places, &id, site.idle);
        let Some(Place::Closed(closed)) = places.get_mut(&id) else { return true };
        if !closed.codes.accepts(secret, code) {
            return false;
        }
        match Session::resume(site, closed.kept.clone(), &closed.draft) {
            Ok(session) => {
                places.insert(id, Place::open(session));
                true
            }
            Err(error) => {
                let _: Access<()> = refuse_resume(&mut places, &id, &error);
                false
            }
        }
    }

    /// Locks the sessions without a sign of the patient, and forgets the finished ones after a while.
    pub(super) fn close_idle(&self, site: &Site) {
        let mut places = self.lock();
        let ids: Vec<SessionId> = places.keys().cloned().collect();
        for id in ids {
            close_if_idle(&mut places, &id, site.idle);
        }
        places.retain(|_, place| !matches!(place, Place::Finished(_, at) if at.elapsed() > FINISHED_KEPT));
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<SessionId, Place>> {
        lock(&self.places)
    }
}

/// Handles a draft that cannot be resumed: the staff has resumed or removed it.
fn refuse_resume<R>(places: &mut BTreeMap<SessionId, Place>, id: &SessionId, error: &IntakeError) -> Access<R> {
    let is_gone = matches!(error, IntakeError::Draft { source: DraftError::Missing | DraftError::Unreadable(_), .. });
    if is_gone {
        places.remove(id);
        return Access::Unknown;
    }
    if let Some(Place::Closed(closed)) = places.get_mut(id) {
        (closed.is_locked, closed.codes.notice) = (true, Some(LockNotice::InUse));
    }
    Access::Locked
}
