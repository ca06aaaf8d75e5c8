//! The answer journal: every answer is on disk before the next question shows.
//!
//! An append-only file of lines. [`checksum`] protects each line by a checksum that also covers the line before it, and
//! knows nothing of what the lines say: text in the clear, or sealed by a [`LineCipher`]. [`record`] says what is in them, and
//! [`mod@replay`] fits them to a pack. All of these are pure. [`Journal`] writes, to any [`Storage`].

pub mod checksum;
pub mod cipher;
pub mod record;
pub mod replay;

pub use cipher::{CipherError, LineCipher, Plaintext};
pub use record::{Header, JournalEntry, QuestionRef, Recovered, Unreadable, recover, recover_covered};
pub use replay::{DroppedAnswer, Replayed, replay};

use checksum::Chain;
use std::io;
use std::sync::Arc;

/// Where the bytes of a journal go.
pub trait Storage {
    /// Adds bytes at the end.
    ///
    /// # Errors
    /// When not all of them could be written; some may have been.
    fn append(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Gives back when everything appended is on the disk itself.
    ///
    /// # Errors
    /// When it may not be there.
    fn sync(&mut self) -> io::Result<()>;

    /// Cuts off everything from this byte on.
    ///
    /// # Errors
    /// When it is still there.
    fn cut(&mut self, length: u64) -> io::Result<()>;
}

/// A journal that is being written.
#[derive(Debug)]
pub struct Journal<S> {
    storage: S,
    cover: Arc<dyn LineCipher>,
    chain: Chain,
    /// How many bytes are on the disk for certain.
    synced_len: u64,
    /// Whole lines that are not.
    waiting: Vec<u8>,
    /// Whether something uncertain may stand after the whole bytes.
    torn: bool,
}

impl<S: Storage> Journal<S> {
    /// Begins a journal. Nothing is written before the first [`Journal::keep`].
    pub fn begin(storage: S, header: &Header) -> Self {
        Self::begin_covered(storage, header, Arc::new(Plaintext))
    }

    /// Begins a journal whose lines are covered.
    pub fn begin_covered(storage: S, header: &Header, cover: Arc<dyn LineCipher>) -> Self {
        let mut journal =
            Self { storage, cover, chain: Chain::default(), synced_len: 0, waiting: Vec::new(), torn: false };
        journal.wait(&header.to_text());
        journal
    }

    /// Goes on with a journal where its last whole line ends; what was cut out there goes with the first write.
    pub fn resume(storage: S, recovered: &Recovered) -> Self {
        Self::go_on_covered(storage, recovered, Arc::new(Plaintext))
    }

    /// Goes on with a journal whose lines are covered.
    pub fn go_on_covered(storage: S, recovered: &Recovered, cover: Arc<dyn LineCipher>) -> Self {
        let (synced_len, chain, torn) = (recovered.whole as u64, recovered.chain.clone(), recovered.cut.is_some());
        Self { storage, cover, chain, synced_len, waiting: Vec::new(), torn }
    }

    /// Takes an entry that is written with the next one that is kept.
    pub fn queue(&mut self, entry: &JournalEntry) {
        self.wait(&entry.to_text());
    }

    /// Keeps an entry: it is on the disk when this returns.
    ///
    /// # Errors
    /// When it is not. It waits, and goes with the next entry; what has been kept before stays whole.
    pub fn append(&mut self, entry: &JournalEntry) -> io::Result<()> {
        self.queue(entry);
        self.flush()
    }

    /// Writes everything that waits.
    ///
    /// # Errors
    /// As [`Journal::keep`].
    pub fn flush(&mut self) -> io::Result<()> {
        if self.torn {
            self.storage.cut(self.synced_len)?;
        }
        // After a failed sync the system may forget what it had not written: all of it is written again.
        self.torn = true;
        self.storage.append(&self.waiting)?;
        self.storage.sync()?;
        self.torn = false;
        self.synced_len += self.waiting.len() as u64;
        self.waiting.clear();
        Ok(())
    }

    /// Whether anything has been kept.
    #[must_use]
    pub fn is_begun(&self) -> bool {
        self.synced_len > 0
    }

    /// Whether something waits that could not be kept.
    #[must_use]
    pub fn has_pending(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// Where it is written.
    #[must_use]
    pub fn storage(&self) -> &S {
        &self.storage
    }

    /// Ends the journal, and gives back where it was written.
    #[must_use]
    pub fn into_storage(self) -> S {
        self.storage
    }

    fn wait(&mut self, payload: &str) {
        self.waiting.extend_from_slice(self.chain.frame(&self.cover.cover(payload)).as_bytes());
    }
}
