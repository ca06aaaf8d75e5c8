//! The audit log: every action at the desk, in order. Entries are never changed or removed.
//!
//! Each entry has a hash over its content and the previous hash, so a changed, moved or missing entry breaks the chain.
//! A program with write access could still rewrite the whole chain or cut its end. `desk verify --expect` detects this
//! if the last hash was noted elsewhere.

use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// An action that the audit log records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// The clinic was created.
    Created,
    /// A patient was invited to a browser.
    Invited,
    /// An invitation got another code.
    InvitedAgain,
    /// An invitation was taken back.
    Withdrawn,
    /// The label was set or changed.
    Labelled,
    /// An interview began.
    Started,
    /// The interview was finished.
    Finished,
    /// A new version of the record was stored.
    Corrected,
    /// The record was shown.
    Shown,
    /// The record was printed.
    Printed,
    /// The record was written to a file or to standard output.
    Exported,
    /// A file of the record is about to be written; a deletion of the intake removes it.
    Written,
    /// That file was not written.
    NotWritten,
    /// The intake was deleted.
    Deleted,
    /// The intake was deleted because its retention period was over.
    Purged,
    /// A pack was stored.
    PackStored,
    /// The desk was unlocked.
    Unlocked,
    /// A wrong passphrase was tried.
    Refused,
    /// An item was encrypted for a new key.
    Reencrypted,
    /// The passphrase was changed.
    PassphraseChanged,
    /// The key was changed.
    KeyRotated,
    /// A backup was written.
    BackedUp,
    /// The clinic was restored from a backup.
    Restored,
}

impl Action {
    /// All actions.
    pub const ALL: [Self; 23] = [
        Self::Created,
        Self::Invited,
        Self::InvitedAgain,
        Self::Withdrawn,
        Self::Labelled,
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
        Self::PackStored,
        Self::Unlocked,
        Self::Refused,
        Self::Reencrypted,
        Self::PassphraseChanged,
        Self::KeyRotated,
        Self::BackedUp,
        Self::Restored,
    ];

    /// Returns the name in the audit log.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Created => "made",
            Self::Invited => "invited",
            Self::InvitedAgain => "invited-again",
            Self::Withdrawn => "withdrawn",
            Self::Labelled => "labelled",
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
            Self::PackStored => "pack-kept",
            Self::Unlocked => "unlocked",
            Self::Refused => "refused",
            Self::Reencrypted => "resealed",
            Self::PassphraseChanged => "passphrase-changed",
            Self::KeyRotated => "key-rotated",
            Self::BackedUp => "backed-up",
            Self::Restored => "restored",
        }
    }

    /// Finds the action with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|what| what.name() == name)
    }
}

/// A reference to an encrypted item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedRef {
    /// The item's number in the store.
    pub sealed: u64,
    /// SHA-256 of the encrypted bytes.
    pub hash: String,
}

/// An entry of the audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// Its place, from 1.
    pub place: u64,
    /// The time: RFC 3339.
    pub at: String,
    /// The action.
    pub what: Action,
    /// The intake's number.
    pub intake: Option<u64>,
    /// The version of its record.
    pub version: Option<u32>,
    /// The stored or re-encrypted record, pack or label.
    pub record: Option<SealedRef>,
    /// The encrypted [`AuditNote`](super::AuditNote).
    pub note: Option<SealedRef>,
    /// SHA-256 of the path of an exported file. The content is not hashed: otherwise a guess at the text of a deleted
    /// page could be confirmed. An entry without an intake has the hash of the public key or of the stored pack here.
    pub file: Option<String>,
    /// Hash over the other fields and the previous hash.
    pub hash: String,
}

impl AuditEntry {
    /// Computes the hash of this entry from the previous hash, which is empty for the first entry.
    #[must_use]
    pub fn chain_hash(&self, previous: &str) -> String {
        let mut text = format!("{previous}\n{}\n{}\n{}\n", self.place, self.at, self.what.name());
        let number = |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
        let _ = writeln!(text, "{}\n{}", number(self.intake), number(self.version.map(u64::from)));
        for item in [&self.record, &self.note] {
            match item {
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

/// Returns the SHA-256 in lower-case hexadecimal digits.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
