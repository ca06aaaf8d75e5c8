//! What a check finds where the store and the audit trail do not agree.

use super::error::DeskError;
use super::store::error::{DamagedRow, StoreFault};

/// A difference between the store, its audit trail and what this program writes.
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
    /// An entry of the trail has a fault.
    #[error("entry {place} of the trail {fault}")]
    Entry {
        /// Its place in the trail.
        place: u64,
        /// What is wrong with it.
        fault: EntryFault,
    },
    /// The trail does not hold the expected hash.
    #[error("the trail does not hold the hash that was noted: it was cut or written anew")]
    HashNotFound,
    /// The store has used more or fewer numbers than the trail has.
    #[error(
        "the store has given {given} numbers to {numbered}, and the trail knows of {known}: entries are missing at its end, or were added"
    )]
    Numbers {
        /// What the numbers are for.
        numbered: Numbered,
        /// How many the store has used.
        given: u64,
        /// How many the trail has.
        known: u64,
    },
    /// An intake has another time or state than the trail says.
    #[error("intake {0} is not as the trail says")]
    IntakeDiffers(u64),
    /// The store has no intake with this number.
    #[error("intake {0} is missing")]
    IntakeMissing(u64),
    /// The store has this version, and the trail does not or in another place.
    #[error("version {version} of intake {intake} is not as the trail says")]
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
    /// The store has a file of this intake, and the trail does not.
    #[error("the trail does not speak of a file that is noted of intake {0}")]
    UnknownFile(u64),
    /// The store lacks a file of this intake.
    #[error("it is not noted any more where a file of intake {0} was written: it would stay behind")]
    FileMissing(u64),
    /// The store has this pack, and the trail does not.
    #[error("the trail does not speak of the pack sealed in {0}")]
    UnknownPack(u64),
    /// The list of packs lacks this one.
    #[error("the pack sealed in {0} is missing from the list of packs")]
    PackNotListed(u64),
    /// The store has something encrypted, and the trail does not.
    #[error("the trail does not speak of what is sealed in {0}")]
    UnknownSealed(u64),
    /// Something encrypted has a fault.
    #[error("{item} {fault}")]
    Sealed {
        /// What it is.
        item: SealedItem,
        /// What is wrong with it.
        fault: SealedFault,
    },
    /// The pack of a record is not in the store.
    #[error("the pack of {0} is missing")]
    PackOfRecordMissing(SealedItem),
    /// A record is not in the store.
    #[error("{0} is missing")]
    RecordMissing(SealedItem),
    /// A note or a pack is not in the store.
    #[error("what was sealed in {0} is missing")]
    SealedMissing(u64),
}

/// What is wrong with an entry of the trail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EntryFault {
    /// The number before it is not there.
    #[error("is out of place: one before it is missing")]
    OutOfPlace,
    /// Its hash is not the one over its content.
    #[error("was changed, or one before it was")]
    Changed,
    /// It removes an unknown intake.
    #[error("removes an intake that was not there")]
    RemovesUnknownIntake,
    /// It encrypts something unknown for a new key.
    #[error("seals something anew that was not there")]
    ReencryptsUnknown,
    /// It unregisters an unknown file.
    #[error("gives up a file that was not there")]
    UnregistersUnknownFile,
    /// The state of the intake does not allow it.
    #[error("does not follow from those before it")]
    DoesNotFollow,
}

/// What the store numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Numbered {
    /// Intakes.
    #[error("intakes")]
    Intakes,
    /// Encrypted records, packs and notes.
    #[error("what it sealed")]
    Sealed,
}

/// Something encrypted, by what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealedItem {
    /// A note, by its number.
    #[error("the note sealed in {0}")]
    Note(u64),
    /// A pack, by its number.
    #[error("the pack sealed in {0}")]
    Pack(u64),
    /// A record, by its intake and version.
    #[error("the record of intake {0} (version {1})")]
    Record(u64, u32),
}

/// What is wrong with something encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealedFault {
    /// Its bytes have another hash.
    #[error("was changed")]
    Changed,
    /// The key does not decrypt it.
    #[error("does not open with the clinic's key")]
    DoesNotOpen,
    /// It decrypts to something else.
    #[error("holds something else")]
    OtherContent,
}
