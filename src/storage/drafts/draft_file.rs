//! The file of one draft, locked for as long as it is open.

use super::Drafts;
use crate::storage::journal::{LineCipher, Storage};
use crate::storage::output::sync_folder;
use chrono::{DateTime, FixedOffset};
use std::fs::File;
use std::io::{self, Write};
use std::sync::Arc;

/// The file of one draft; it is on the disk from the first write on.
#[derive(Debug)]
pub struct DraftFile {
    drafts: Drafts,
    now: DateTime<FixedOffset>,
    open: Option<Open>,
}

#[derive(Debug)]
struct Open {
    id: String,
    file: File,
    /// Whether a power cut would leave its name in the folder.
    named: bool,
}

impl DraftFile {
    pub(super) fn new(drafts: Drafts, now: DateTime<FixedOffset>) -> Self {
        Self { drafts, now, open: None }
    }

    pub(super) fn taken(drafts: Drafts, id: String, file: File) -> Self {
        Self { drafts, now: DateTime::default(), open: Some(Open { id, file, named: true }) }
    }

    /// The draft's name, once it has one.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.open.as_ref().map(|open| open.id.as_str())
    }

    /// How its lines are covered.
    #[must_use]
    pub fn cover(&self) -> Arc<dyn LineCipher> {
        self.drafts.cover()
    }

    /// The same file, its further lines covered by somebody who need not be able to read those before.
    #[must_use]
    pub fn covered(mut self, cover: Arc<dyn LineCipher>) -> Self {
        self.drafts = self.drafts.with_cipher(cover);
        self
    }

    /// Removes the draft: the interview is finished, or another draft holds everything in this one.
    ///
    /// # Errors
    /// When it is still there.
    pub fn remove(self) -> io::Result<()> {
        let Some(open) = self.open else { return Ok(()) };
        // Held until the file is closed, so that nobody takes over what is going away.
        let _lock = self.drafts.lock()?;
        let removed = self.drafts.remove(&open.id);
        drop(open);
        removed
    }
}

impl Storage for DraftFile {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        let open = match &mut self.open {
            Some(open) => open,
            none => {
                let (id, file) = self.drafts.create(self.now)?;
                none.insert(Open { id, file, named: false })
            }
        };
        open.file.write_all(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        let Some(open) = &mut self.open else { return Ok(()) };
        open.file.sync_data()?;
        if !open.named {
            sync_folder(&self.drafts.folder)?;
            open.named = true;
        }
        Ok(())
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        match &mut self.open {
            Some(open) => open.file.set_len(length),
            None => Ok(()),
        }
    }
}
