//! The file of one draft, locked while it is open.

use super::Drafts;
use crate::storage::journal::{LineCipher, Storage};
use crate::storage::output::sync_folder;
use chrono::{DateTime, FixedOffset};
use std::fs::File;
use std::io::{self, Write};
use std::sync::Arc;

/// The file of one draft; it is created on the first write.
#[derive(Debug)]
pub struct DraftFile {
    drafts: Drafts,
    now: DateTime<FixedOffset>,
    open: Option<OpenDraft>,
}

#[derive(Debug)]
struct OpenDraft {
    id: String,
    file: File,
    /// True if the folder is synced, so that the name survives a power cut.
    is_name_synced: bool,
}

impl DraftFile {
    pub(super) fn new(drafts: Drafts, now: DateTime<FixedOffset>) -> Self {
        Self { drafts, now, open: None }
    }

    pub(super) fn claimed(drafts: Drafts, id: String, file: File) -> Self {
        Self { drafts, now: DateTime::default(), open: Some(OpenDraft { id, file, is_name_synced: true }) }
    }

    /// Returns the draft's id, once the file is created.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.open.as_ref().map(|open| open.id.as_str())
    }

    /// Returns the cipher of its lines.
    #[must_use]
    pub fn cipher(&self) -> Arc<dyn LineCipher> {
        self.drafts.cipher()
    }

    /// Encrypts the following lines with another cipher, which need not be able to open the earlier ones.
    #[must_use]
    pub fn with_cipher(mut self, cipher: Arc<dyn LineCipher>) -> Self {
        self.drafts = self.drafts.with_cipher(cipher);
        self
    }

    /// Removes the draft: the interview is finished, or another draft has all of its content.
    ///
    /// # Errors
    /// Returns an error if the draft cannot be removed.
    pub fn remove(self) -> io::Result<()> {
        let Some(open) = self.open else { return Ok(()) };
        // Held until the file is closed, so that no process claims the draft meanwhile.
        let _lock = self.drafts.lock()?;
        let result = self.drafts.remove(&open.id);
        drop(open);
        result
    }
}

impl Storage for DraftFile {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        let open = match &mut self.open {
            Some(open) => open,
            none => {
                let (id, file) = self.drafts.create(self.now)?;
                none.insert(OpenDraft { id, file, is_name_synced: false })
            }
        };
        open.file.write_all(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        let Some(open) = &mut self.open else { return Ok(()) };
        open.file.sync_data()?;
        if !open.is_name_synced {
            sync_folder(&self.drafts.folder)?;
            open.is_name_synced = true;
        }
        Ok(())
    }

    fn truncate(&mut self, length: u64) -> io::Result<()> {
        match &mut self.open {
            Some(open) => open.file.set_len(length),
            None => Ok(()),
        }
    }
}
