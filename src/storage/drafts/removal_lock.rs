//! Drafts that are to go together with something else: first it is certain that all can go, then that goes, then they do.

use super::{DraftError, Drafts};
use std::fs::File;
use std::io;
use std::path::PathBuf;

/// Drafts that nobody writes, and that nobody can take over while this lives.
#[derive(Debug)]
pub struct RemovalLock {
    drafts: Drafts,
    ids: Vec<String>,
    /// The lock of the folder; none where there is no folder.
    _lock: Option<File>,
}

impl RemovalLock {
    pub(super) fn new(drafts: Drafts, wanted: impl Fn(&str) -> bool) -> Result<Self, (String, DraftError)> {
        let failed = |error: io::Error| (String::new(), DraftError::Io(error));
        if !drafts.folder.try_exists().map_err(failed)? {
            return Ok(Self { drafts, ids: Vec::new(), _lock: None });
        }
        let lock = drafts.lock().map_err(failed)?;
        let mut ids = drafts.ids().map_err(failed)?;
        ids.retain(|id| wanted(id));
        for id in &ids {
            match drafts.lock_draft(id) {
                // Nobody writes what is no file. A lock on each would take more open files than a process may have.
                Ok(_) | Err(DraftError::Unreadable(_) | DraftError::Missing) => {}
                Err(why) => return Err((id.clone(), why)),
            }
        }
        Ok(Self { drafts, ids, _lock: Some(lock) })
    }

    /// Removes them, and gives those that are still there.
    #[must_use]
    pub fn remove(self) -> Vec<PathBuf> {
        let failed = |id: &&String| self.drafts.remove(id).is_err();
        let left = self.ids.iter().filter(failed).map(|id| self.drafts.path(id));
        left.filter(|path| path.symlink_metadata().is_ok()).collect()
    }
}
