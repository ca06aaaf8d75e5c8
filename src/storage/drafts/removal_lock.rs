//! Locks drafts so that they can be deleted together with their record, or not at all.

use super::{DraftError, Drafts};
use std::fs::File;
use std::io;
use std::path::PathBuf;

/// Drafts that no process writes, and that no process can claim while this lock exists.
#[derive(Debug)]
pub struct RemovalLock {
    drafts: Drafts,
    ids: Vec<String>,
    /// The lock of the folder; `None` if there is no folder.
    _lock: Option<File>,
}

impl RemovalLock {
    pub(super) fn new(drafts: Drafts, is_selected: impl Fn(&str) -> bool) -> Result<Self, (String, DraftError)> {
        let failed = |error: io::Error| (String::new(), DraftError::Io(error));
        if !drafts.folder.try_exists().map_err(failed)? {
            return Ok(Self { drafts, ids: Vec::new(), _lock: None });
        }
        let lock = drafts.lock().map_err(failed)?;
        let mut ids = drafts.ids().map_err(failed)?;
        ids.retain(|id| is_selected(id));
        for id in &ids {
            match drafts.lock_draft(id) {
                // The lock is released at once: one open file for each draft could exceed the limit of a process. The
                // folder's lock keeps other processes out. A path that is not a regular file is written by no process.
                Ok(_) | Err(DraftError::Unreadable(_) | DraftError::Missing) => {}
                Err(error) => return Err((id.clone(), error)),
            }
        }
        Ok(Self { drafts, ids, _lock: Some(lock) })
    }

    /// Removes the drafts, and returns the paths of those that could not be removed.
    #[must_use]
    pub fn remove(self) -> Vec<PathBuf> {
        let failed = |id: &&String| self.drafts.remove(id).is_err();
        let failed_paths = self.ids.iter().filter(failed).map(|id| self.drafts.path(id));
        failed_paths.filter(|path| path.symlink_metadata().is_ok()).collect()
    }
}
