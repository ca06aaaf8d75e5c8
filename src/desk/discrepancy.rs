//! Discrepancies between the store and the audit log.

use super::error::DeskError;
use super::store::error::{DamagedRow, StoreFault};

/// A difference between the store, its audit log and what this program writes.
#[derive(Debug, thiserror::Error)]
pub enum Discrepancy {
    /// The store's file has a fault.
    #[error(transparent)]
    Store(#[from] StoreFault),
    /// A part of the store cannot be read.
    #[error(transparent)]
    Unreadable(#[from] DeskError),
    /// A row cannot be used.
    #[error(transparent)]
    Row(#[from] DamagedRow),
    /// An entry of the audit log has a fault.
    #[error("entry {place} of the audit log {fault}")]
    Entry {
        /// Its place in the audit log.
        place: u64,
        /// The fault.
        fault: EntryFault,
    },
    /// The audit log does not hold the expected hash.
    #[error("the audit log does not hold the expected hash: it was cut or rewritten")]
    HashNotFound,
    /// The store has assigned more or fewer numbers than the audit log has.
    #[error(
        "the store has assigned {assigned} numbers to {numbered}, but the audit log has {known}: \
         entries are missing at its end, or were added"
    )]
    Numbers {
        /// The kind of numbered item.
        numbered: Numbered,
        /// The count of the store.
        assigned: u64,
        /// The count of the audit log.
        known: u64,
    },
    /// The start time or state of an intake differs from the audit log.
    #[error("intake {0} differs from the audit log")]
    IntakeDiffers(u64),
    /// The store has no intake with this number.
    #[error("intake {0} is missing")]
    IntakeMissing(u64),
    /// The audit log lacks this version, or names another item as its record.
    #[error("version {version} of intake {intake} differs from the audit log")]
    VersionDiffers {
        /// The intake.
        intake: u64,
        /// The version.
        version: u32,
    },
    /// The store lacks this version.
    #[error("version {version} of intake {intake} is missing")]
    VersionMissing {
        /// The intake.
        intake: u64,
        /// The version.
        version: u32,
    },
    /// The store has a file of this intake that the audit log lacks.
    #[error("the audit log does not mention a file that is registered for intake {0}")]
    UnknownFile(u64),
    /// The store lacks a file of this intake.
    #[error("the path of a file of intake {0} is missing: a deletion would leave the file behind")]
    FileMissing(u64),
    /// The label of this intake is missing, or is another item than the audit log names.
    #[error("the label of intake {0} differs from the audit log")]
    LabelDiffers(u64),
    /// The store has a pack that the audit log lacks.
    #[error("the audit log does not mention the pack in encrypted item {0}")]
    UnknownPack(u64),
    /// The list of packs has another hash for a pack.
    #[error("the pack in encrypted item {0} has another hash in the list of packs than in the audit log")]
    PackHashDiffers(u64),
    /// The public key is not that of the audit log.
    #[error("key.pub is not the public key of the audit log: what is entered now could be read by someone else")]
    ForeignKey,
    /// The list of packs lacks a pack.
    #[error("the pack in encrypted item {0} is missing from the list of packs")]
    PackNotListed(u64),
    /// The store has an encrypted item that the audit log lacks.
    #[error("the audit log does not mention encrypted item {0}")]
    UnknownSealed(u64),
    /// An encrypted item has a fault.
    #[error("{item} {fault}")]
    Sealed {
        /// The item.
        item: SealedItem,
        /// The fault.
        fault: SealedFault,
    },
    /// The pack of a record is not in the store.
    #[error("the pack of {0} is missing")]
    PackOfRecordMissing(SealedItem),
    /// A record or label is not in the store.
    #[error("{0} is missing")]
    RecordMissing(SealedItem),
    /// A note or a pack is not in the store.
    #[error("encrypted item {0} is missing")]
    SealedMissing(u64),
}

/// A fault of an entry of the audit log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EntryFault {
    /// Its number does not follow that of the previous entry.
    #[error("is out of place: an entry before it is missing")]
    OutOfPlace,
    /// Its hash does not match its content and the previous hash.
    #[error("was changed, or an entry before it was")]
    Changed,
    /// It removes an unknown intake.
    #[error("removes an intake that did not exist")]
    RemovesUnknownIntake,
    /// It re-encrypts an unknown item.
    #[error("re-encrypts an item that did not exist")]
    ReencryptsUnknown,
    /// It unregisters an unknown file.
    #[error("unregisters a file that was not registered")]
    UnregistersUnknownFile,
    /// The state of the intake does not allow it.
    #[error("does not follow from the entries before it")]
    DoesNotFollow,
}

/// A kind of item that the store numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Numbered {
    /// Intakes.
    #[error("intakes")]
    Intakes,
    /// Encrypted records, packs, labels and notes.
    #[error("encrypted items")]
    Sealed,
}

/// An encrypted item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealedItem {
    /// A note, by its number.
    #[error("the note in encrypted item {0}")]
    Note(u64),
    /// A pack, by its number.
    #[error("the pack in encrypted item {0}")]
    Pack(u64),
    /// A record, by its intake and version.
    #[error("the record of intake {0} (version {1})")]
    Record(u64, u32),
    /// A label, by its intake.
    #[error("the label of intake {0}")]
    Label(u64),
}

/// A fault of an encrypted item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealedFault {
    /// Its bytes have another hash.
    #[error("was changed")]
    Changed,
    /// Its row has another hash than the audit log, so that no command reads it.
    #[error("has another hash in its row than in the audit log")]
    HashDiffers,
    /// Its answers are not valid for its pack.
    #[error("does not fit its pack")]
    DoesNotFitPack,
    /// The key does not decrypt it.
    #[error("cannot be decrypted with the clinic's key")]
    DoesNotOpen,
    /// It decrypts to other content.
    #[error("holds other content")]
    OtherContent,
}
