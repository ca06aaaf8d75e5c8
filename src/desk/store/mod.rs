//! The store of encrypted records: a trait and its implementation for SQLite.
//!
//! Every change is one transaction that includes its entry in the audit log.

pub mod error;
pub mod sqlite;

mod invitation_row;
mod invitations;
mod migrations;
mod read;
mod rows;
mod write;

use super::audit_trail::{Action, AuditEntry};
use super::error::DeskError;
use error::{DamagedRow, StoreFault};
pub use invitation_row::{InvitationKeys, InvitationRow, NewInvitation, Progress};

/// The data of an intake that is stored in plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intake {
    /// Its number; numbers are never reused.
    pub number: u64,
    /// Start of the interview: RFC 3339, to the minute.
    pub started: String,
    /// Its state.
    pub state: IntakeState,
}

/// The state of an intake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IntakeState {
    /// The patient has been invited to a browser, and has not begun.
    Invited,
    /// The interview has begun.
    Started,
    /// It was finished or corrected, and not printed since.
    Finished,
    /// It was printed.
    Printed,
}

impl IntakeState {
    /// Returns the name in JSON and in the store.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Started => "started",
            Self::Finished => "finished",
            Self::Printed => "printed",
        }
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        [Self::Invited, Self::Started, Self::Finished, Self::Printed].into_iter().find(|state| state.name() == name)
    }
}

/// A row, or the error if it is damaged. A damaged row does not affect the others.
pub type RowResult<T> = Result<T, DamagedRow>;

/// The highest numbers ever assigned; numbers are never reused.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sequences {
    /// The highest number of an intake.
    pub intakes: u64,
    /// The highest number of an encrypted item.
    pub sealed: u64,
}

/// Encrypts a text when it is called. The store calls it inside the write transaction, so it uses the key that is
/// current then. It receives [`Store::trusted_keys`].
pub type Seal<'s> = dyn Fn(&[String]) -> Result<Vec<u8>, DeskError> + 's;

/// Encrypts the label of the intake with this number, as [`Seal`] does.
pub type SealLabel<'s> = dyn Fn(u64, &[String]) -> Result<Vec<u8>, DeskError> + 's;

/// The time of an action and its note.
#[derive(Clone, Copy)]
pub struct AuditStamp<'s> {
    /// The time: RFC 3339.
    pub at: &'s str,
    /// The encrypted [`AuditNote`](super::AuditNote).
    pub note: Option<&'s Seal<'s>>,
    /// The hash of the clinic's public key, for an action that trusts it.
    pub key: Option<&'s str>,
}

/// A version of a record to store.
#[derive(Clone, Copy)]
pub struct NewVersion<'s> {
    /// The intake's number.
    pub intake: u64,
    /// The version: one more than the last stored one.
    pub version: u32,
    /// The record.
    pub sealed: &'s Seal<'s>,
    /// The hash of its pack.
    pub pack: &'s str,
    /// The pack, if the store lacks it.
    pub sealed_pack: Option<&'s Seal<'s>>,
    /// The label of the record, empty if it has none. It replaces a separate label; `None` leaves
    /// that one as it is.
    pub label: Option<&'s SealLabel<'s>>,
}

/// An encrypted item: a record, a pack or a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// Its number, which the audit log refers to.
    pub id: u64,
    /// The encrypted bytes.
    pub bytes: Vec<u8>,
}

/// An intake with what a list needs to show its label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntakeWithRecord {
    /// The intake.
    pub intake: Intake,
    /// The last version of its record, if it has one.
    pub record: Option<RowResult<Sealed>>,
    /// The separate label, if it has one.
    pub label: Option<RowResult<Sealed>>,
}

/// The stored data of a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The version, from 1.
    pub version: u32,
    /// When it was stored: RFC 3339, to the minute.
    pub stored: String,
    /// The number of the encrypted item that holds it.
    pub sealed: u64,
}

/// A file to which the desk exported an intake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportedFile {
    /// The absolute path.
    pub path: String,
    /// SHA-256 of the content; a file with other content is never removed.
    pub hash: String,
}

/// A half-open range of days, each `YYYY-MM-DD`.
#[derive(Debug, Clone, Copy, Default)]
pub struct DateRange<'s> {
    /// The first day.
    pub from: Option<&'s str>,
    /// The day after the last one.
    pub before: Option<&'s str>,
}

/// Decrypts an item and encrypts it for the new key.
pub type Reencrypt<'r> = dyn FnMut(&[u8]) -> Result<Vec<u8>, DeskError> + 'r;

/// Receives removed intakes with their files, just before the transaction commits.
pub type OnRemove<'l> = dyn FnMut(&[(u64, Vec<ExportedFile>)]) + 'l;

/// A store of records.
pub trait Store: std::fmt::Debug + Send {
    /// Begins an intake and returns its number.
    ///
    /// # Errors
    /// Returns an error if it cannot be stored.
    fn begin(&mut self, stamp: AuditStamp<'_>) -> Result<u64, DeskError>;

    /// Begins an intake with an invitation to a browser, and returns its number.
    ///
    /// # Errors
    /// Returns an error if it cannot be stored.
    fn invite(&mut self, new: NewInvitation<'_>, stamp: AuditStamp<'_>) -> Result<u64, DeskError>;

    /// Gives an invitation other keys, so that a browser can use it once more.
    ///
    /// # Errors
    /// Returns an error if the intake has no invitation, or the store cannot be written.
    fn invite_again(&mut self, intake: u64, keys: &InvitationKeys, stamp: AuditStamp<'_>) -> Result<(), DeskError>;

    /// Ends an invitation. The intake stays.
    ///
    /// # Errors
    /// Returns an error if the intake has no invitation, or the store cannot be written.
    fn withdraw(&mut self, intake: u64, stamp: AuditStamp<'_>) -> Result<(), DeskError>;

    /// Uses an invitation for the browser with this session and language. The interview begins, unless it has begun before. Returns
    /// false if the invitation is used or has other keys.
    ///
    /// # Errors
    /// Returns an error if the store cannot be written.
    fn accept(
        &mut self,
        invitation: &InvitationRow,
        session: &str,
        language: &str,
        stamp: AuditStamp<'_>,
    ) -> Result<bool, DeskError>;

    /// Stores how far interviews have come. Intakes without an invitation are ignored.
    ///
    /// # Errors
    /// Returns an error if the store cannot be written.
    fn set_progress(&mut self, progress: &[(u64, Progress)]) -> Result<(), DeskError>;

    /// Stores a label separately from the record of an intake.
    ///
    /// # Errors
    /// Returns an error if it cannot be stored, or the intake does not exist.
    fn set_label(&mut self, intake: u64, label: &SealLabel<'_>, stamp: AuditStamp<'_>) -> Result<(), DeskError>;

    /// Stores a version of a record. An invitation of the intake ends.
    ///
    /// # Errors
    /// Returns an error if it cannot be stored, the intake does not exist, or it is not the next version.
    fn add_version(&mut self, version: NewVersion<'_>, stamp: AuditStamp<'_>) -> Result<(), DeskError>;

    /// Adds an action to the audit log. [`Action::Printed`] also changes the state of the intake.
    ///
    /// # Errors
    /// Returns an error if it cannot be written, or the intake does not exist.
    fn record_action(&mut self, what: Action, intake: Option<u64>, stamp: AuditStamp<'_>) -> Result<(), DeskError>;

    /// Registers a file before it is written.
    ///
    /// # Errors
    /// Returns an error if the store cannot be written.
    fn register_file(&mut self, intake: u64, file: &ExportedFile, at: &str) -> Result<(), DeskError>;

    /// Unregisters a file that was not written.
    ///
    /// # Errors
    /// Returns an error if the store cannot be written.
    fn unregister_file(&mut self, intake: u64, file: &ExportedFile, at: &str) -> Result<(), DeskError>;

    /// Removes intakes with all their data except their entries in the audit log. `on_remove` receives their files as
    /// the last step before the commit. If the program stops there, the files are still registered.
    ///
    /// # Errors
    /// Returns an error if the store cannot be written, or one does not exist; no intake is removed then.
    fn remove(
        &mut self,
        what: Action,
        intakes: &[u64],
        stamp: AuditStamp<'_>,
        on_remove: &mut OnRemove<'_>,
    ) -> Result<(), DeskError>;

    /// Re-encrypts all items and returns their number.
    ///
    /// # Errors
    /// Returns an error if one cannot be re-encrypted or written; the store is unchanged then.
    fn reencrypt(&mut self, reencrypt: &mut Reencrypt<'_>, stamp: AuditStamp<'_>) -> Result<usize, DeskError>;

    /// Runs queries on one snapshot of the store, unaffected by other desks.
    ///
    /// # Errors
    /// Returns an error if the snapshot cannot be opened, or the error of `read`.
    fn snapshot(&self, read: &mut dyn FnMut() -> Result<(), DeskError>) -> Result<(), DeskError>;

    /// Returns the intakes of a date range, in order of number.
    ///
    /// # Errors
    /// Returns an error if they cannot be read.
    fn intakes(&self, range: DateRange<'_>) -> Result<Vec<RowResult<Intake>>, DeskError>;

    /// Returns an intake by its number, if it exists.
    ///
    /// # Errors
    /// Returns an error if it cannot be read.
    fn intake(&self, number: u64) -> Result<Option<RowResult<Intake>>, DeskError>;

    /// Returns the intakes of a date range, each with the last version of its record.
    ///
    /// # Errors
    /// Returns an error if they cannot be read.
    fn records(&self, range: DateRange<'_>) -> Result<Vec<RowResult<IntakeWithRecord>>, DeskError>;

    /// Returns all invitations, in order of their intakes.
    ///
    /// # Errors
    /// Returns an error if they cannot be read.
    fn invitations(&self) -> Result<Vec<InvitationRow>, DeskError>;

    /// Returns the separate labels: the number of each intake and of its encrypted item.
    ///
    /// # Errors
    /// Returns an error if they cannot be read.
    fn labels(&self) -> Result<Vec<(u64, u64)>, DeskError>;

    /// Returns the versions of an intake, in order.
    ///
    /// # Errors
    /// Returns an error if they cannot be read.
    fn versions(&self, intake: u64) -> Result<Vec<Version>, DeskError>;

    /// Returns an encrypted item by its number.
    ///
    /// # Errors
    /// Returns an error if it cannot be read or has changed.
    fn sealed(&self, id: u64) -> Result<Option<Sealed>, DeskError>;

    /// Returns the stored packs: the hash of each and the number of its encrypted item.
    ///
    /// # Errors
    /// Returns an error if they cannot be read.
    fn packs(&self) -> Result<Vec<(String, u64)>, DeskError>;

    /// Returns the registered files of an intake.
    ///
    /// # Errors
    /// Returns an error if they cannot be read.
    fn files(&self, intake: u64) -> Result<Vec<ExportedFile>, DeskError>;

    /// Calls `visit` with each entry of the audit log, in order.
    ///
    /// # Errors
    /// Returns an error if it cannot be read, or the first error of `visit`.
    fn trail(&self, visit: &mut dyn FnMut(RowResult<AuditEntry>) -> Result<(), DeskError>) -> Result<(), DeskError>;

    /// Returns whether the audit log says that an intake was deleted or purged.
    ///
    /// # Errors
    /// Returns an error if it cannot be read.
    fn is_removed(&self, intake: u64) -> Result<bool, DeskError>;

    /// Returns the highest numbers ever assigned.
    ///
    /// # Errors
    /// Returns an error if they cannot be read.
    fn sequences(&self) -> Result<Sequences, DeskError>;

    /// Returns faults of the database: changed definitions of tables, indexes and triggers, and broken references.
    ///
    /// # Errors
    /// Returns an error if they cannot be checked.
    fn integrity_problems(&self) -> Result<Vec<StoreFault>, DeskError>;

    /// Returns the times of wrong passphrases since the last right one.
    ///
    /// # Errors
    /// Returns an error if they cannot be read.
    fn failed_unlocks(&self) -> Result<Vec<String>, DeskError>;

    /// Returns the hashes of the public keys that may encrypt: those in the audit log since the key was last changed.
    /// A store of an earlier version has none until it is unlocked.
    ///
    /// # Errors
    /// Returns an error if they cannot be read.
    fn trusted_keys(&self) -> Result<Vec<String>, DeskError>;

    /// Calls `visit` with every encrypted item, whether changed or not, and the hash in its row.
    ///
    /// # Errors
    /// Returns an error if an item cannot be read, or the first error of `visit`.
    fn every_sealed(&self, visit: &mut dyn FnMut(Sealed, &str) -> Result<(), DeskError>) -> Result<(), DeskError>;

    /// Erases removed content from the disk. Returns true if another desk prevented a complete erasure.
    ///
    /// # Errors
    /// Returns an error if the store cannot be rewritten.
    fn compact(&mut self) -> Result<bool, DeskError>;

    /// Returns a copy of the whole store, as the bytes of a database file.
    ///
    /// # Errors
    /// Returns an error if it cannot be read.
    fn copy(&mut self) -> Result<Vec<u8>, DeskError>;
}
