//! The answer journal: every answer is on disk before the next question shows.
//!
//! A journal is an append-only file of lines. [`checksum`] protects each line by a checksum that also covers the
//! previous line. A [`LineCipher`] may encrypt the text of a line. [`record`] defines the content of the lines, and
//! [`mod@replay`] fits it to a pack. These modules do no I/O. [`Journal`] writes the lines to a [`Storage`].

pub mod checksum;
pub mod cipher;
pub mod record;
pub mod replay;

pub use cipher::{CipherError, LineCipher, Plaintext};
pub use record::{Header, JournalEntry, QuestionRef, Recovered, Unreadable, recover, recover_with};
pub use replay::{DroppedAnswer, Replayed, replay};

use checksum::Chain;
use std::io;
use std::sync::Arc;

/// Destination of a journal's bytes.
pub trait Storage {
    /// Adds bytes at the end.
    ///
    /// # Errors
    /// Returns an error if not all bytes were written; some may have been.
    fn append(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Waits until all appended bytes are on the disk.
    ///
    /// # Errors
    /// Returns an error if they may not be.
    fn sync(&mut self) -> io::Result<()>;

    /// Truncates the file to this length in bytes.
    ///
    /// # Errors
    /// Returns an error if the bytes could not be cut off.
    fn truncate(&mut self, length: u64) -> io::Result<()>;
}

/// A journal that is being written.
#[derive(Debug)]
pub struct Journal<S> {
    storage: S,
    cipher: Arc<dyn LineCipher>,
    chain: Chain,
    /// The number of bytes that are certainly on the disk.
    synced_len: u64,
    /// Complete lines that are not on the disk yet.
    pending: Vec<u8>,
    /// True if a failed write may have left bytes after `synced_len`.
    may_be_torn: bool,
}

impl<S: Storage> Journal<S> {
    /// Starts a journal. Nothing is written before the first [`Journal::append`].
    pub fn begin(storage: S, header: &Header) -> Self {
        Self::begin_with(storage, header, Arc::new(Plaintext))
    }

    /// Starts a journal whose lines are encrypted.
    pub fn begin_with(storage: S, header: &Header, cipher: Arc<dyn LineCipher>) -> Self {
        let mut journal =
            Self { storage, cipher, chain: Chain::default(), synced_len: 0, pending: Vec::new(), may_be_torn: false };
        journal.enqueue(&header.to_text());
        journal
    }

    /// Resumes a journal after its last verified line. A damaged end is cut off by the first write.
    pub fn resume(storage: S, recovered: &Recovered) -> Self {
        Self::resume_with(storage, recovered, Arc::new(Plaintext))
    }

    /// Resumes a journal whose lines are encrypted.
    pub fn resume_with(storage: S, recovered: &Recovered, cipher: Arc<dyn LineCipher>) -> Self {
        let (synced_len, chain, may_be_torn) =
            (recovered.verified_len as u64, recovered.chain.clone(), recovered.damage.is_some());
        Self { storage, cipher, chain, synced_len, pending: Vec::new(), may_be_torn }
    }

    /// Queues an entry, to be written together with the next appended one.
    pub fn queue(&mut self, entry: &JournalEntry) {
        self.enqueue(&entry.to_text());
    }

    /// Writes an entry; it is on the disk when this returns.
    ///
    /// # Errors
    /// Returns an error if the entry could not be written. It stays queued for the next write; earlier entries are not affected.
    pub fn append(&mut self, entry: &JournalEntry) -> io::Result<()> {
        self.queue(entry);
        self.flush()
    }

    /// Writes all queued entries.
    ///
    /// # Errors
    /// Returns an error as [`Journal::append`] does.
    pub fn flush(&mut self) -> io::Result<()> {
        if self.may_be_torn {
            self.storage.truncate(self.synced_len)?;
        }
        // After a failed sync the system may drop unwritten pages, so everything is written again.
        self.may_be_torn = true;
        self.storage.append(&self.pending)?;
        self.storage.sync()?;
        self.may_be_torn = false;
        self.synced_len += self.pending.len() as u64;
        self.pending.clear();
        Ok(())
    }

    /// Returns true if anything has been written.
    #[must_use]
    pub fn is_begun(&self) -> bool {
        self.synced_len > 0
    }

    /// Returns true if queued entries are not written yet.
    #[must_use]
    pub fn has_pending(&self) -> bool {
        !self.pending.is_empty()
    }

    /// Returns the storage.
    #[must_use]
    pub fn storage(&self) -> &S {
        &self.storage
    }

    /// Ends the journal and returns its storage.
    #[must_use]
    pub fn into_storage(self) -> S {
        self.storage
    }

    fn enqueue(&mut self, text: &str) {
        self.pending.extend_from_slice(self.chain.append_checksum(&self.cipher.seal(text)).as_bytes());
    }
}
