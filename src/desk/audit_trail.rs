//! The trail: everything that was ever done at the desk, in order. Nothing is changed in it, and nothing taken out.
//!
//! Each entry has a hash over what it says and the hash before it, so an entry that is changed, moved or missing breaks the
//! chain there. Whoever can write to the file could write a whole new chain, or cut it at its end: note the last hash
//! elsewhere now and then, and `desk verify --expect` says whether it is still in the chain.

use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// The clinic was made.
    Created,
    /// An interview began.
    Started,
    /// It was finished.
    Finished,
    /// A new version took the place of the one before.
    Corrected,
    /// Somebody looked at it.
    Shown,
    /// It was printed.
    Printed,
    /// It was written to a file or handed to another program.
    Exported,
    /// A file is written of it, which goes when it goes.
    Written,
    /// That file was not written after all.
    NotWritten,
    /// It was deleted.
    Deleted,
    /// It went because its time was over.
    Purged,
    /// A pack was put beside the records.
    PackKept,
    /// The desk was unlocked.
    Unlocked,
    /// Somebody tried a wrong passphrase.
    Refused,
    /// Something was sealed for a new key.
    Resealed,
    /// The passphrase was changed.
    PassphraseChanged,
    /// The key was changed.
    KeyRotated,
    /// A backup was made.
    BackedUp,
    /// The clinic was made from a backup.
    Restored,
}

impl Action {
    /// Everything that can be done.
    pub const ALL: [Self; 19] = [
        Self::Created,
        Self::Started,
        Self::Finished,
        Self::Corrected,
        Self::Shown,
        Self::Printed,
        Self::Exported,
        Self::Written,
        Self::NotWritten,
        Self::Deleted,
        Self::Purged,
        Self::PackKept,
        Self::Unlocked,
        Self::Refused,
        Self::Resealed,
        Self::PassphraseChanged,
        Self::KeyRotated,
        Self::BackedUp,
        Self::Restored,
    ];

    /// As the trail writes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Created => "made",
            Self::Started => "started",
            Self::Finished => "finished",
            Self::Corrected => "corrected",
            Self::Shown => "shown",
            Self::Printed => "printed",
            Self::Exported => "exported",
            Self::Written => "written",
            Self::NotWritten => "not-written",
            Self::Deleted => "deleted",
            Self::Purged => "purged",
            Self::PackKept => "pack-kept",
            Self::Unlocked => "unlocked",
            Self::Refused => "refused",
            Self::Resealed => "resealed",
            Self::PassphraseChanged => "passphrase-changed",
            Self::KeyRotated => "key-rotated",
            Self::BackedUp => "backed-up",
            Self::Restored => "restored",
        }
    }

    /// What has this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|what| what.name() == name)
    }
}

/// Something sealed that an entry speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedRef {
    /// The name that it is sealed in.
    pub sealed: u64,
    /// SHA-256 of the sealed bytes.
    pub hash: String,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its place, counted from 1.
    pub place: u64,
    /// When: RFC 3339.
    pub at: String,
    /// What was done.
    pub what: Action,
    /// With which intake.
    pub intake: Option<u64>,
    /// With which version of it.
    pub version: Option<u32>,
    /// What was kept or sealed anew.
    pub record: Option<SealedRef>,
    /// The sealed note of who did it and why.
    pub note: Option<SealedRef>,
    /// SHA-256 of the path of a file that was written of the intake. Its content is not in it: whoever guesses at a page
    /// that was deleted must not be able to prove the guess.
    pub file: Option<String>,
    /// The hash over all this and the hash before.
    pub hash: String,
}

impl Entry {
    /// The hash of this entry after the entry with that hash; the first comes after nothing.
    #[must_use]
    pub fn chain_hash(&self, before: &str) -> String {
        let mut text = format!("{before}\n{}\n{}\n{}\n", self.place, self.at, self.what.name());
        let number = |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
        let _ = writeln!(text, "{}\n{}", number(self.intake), number(self.version.map(u64::from)));
        for mention in [&self.record, &self.note] {
            match mention {
                Some(SealedRef { sealed, hash }) => {
                    let _ = writeln!(text, "{sealed} {hash}");
                }
                None => text.push('\n'),
            }
        }
        if let Some(file) = &self.file {
            let _ = writeln!(text, "{file}");
        }
        sha256(text.as_bytes())
    }
}

/// SHA-256 in hexadecimal digits.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
