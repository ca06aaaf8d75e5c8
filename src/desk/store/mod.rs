//! Where the sealed records are. One trait, so that another database can follow; SQLite is the one there is.
//!
//! Every change is one transaction that also writes its entry in the trail: both are there, or neither is.

pub mod error;
pub mod sqlite;

mod migrations;
mod read;
mod rows;
mod write;

use super::audit_trail::{Action, Entry};
use super::error::DeskError;
use error::{DamagedRow, StoreFault};

/// What can be known of an intake without a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intake {
    /// Its number; none is ever given twice.
    pub number: u64,
    /// When it began: RFC 3339, to the minute.
    pub started: String,
    /// How far it is.
    pub state: State,
}

/// How far an intake is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// The interview began.
    Started,
    /// It is finished, or was corrected, and not printed since.
    Finished,
    /// It was printed.
    Printed,
}

impl State {
    /// As JSON and the store write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Started => "started",
            Self::Finished => "finished",
            Self::Printed => "printed",
        }
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        [Self::Started, Self::Finished, Self::Printed].into_iter().find(|state| state.name() == name)
    }
}

/// A row as it was read: one may be damaged while all others are whole.
pub type RowResult<T> = Result<T, DamagedRow>;

/// How many numbers were ever given; none is given twice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sequences {
    /// To intakes.
    pub intakes: u64,
    /// To what was sealed.
    pub sealed: u64,
}

/// Seals something at the moment when it is kept, and no other desk writes: for the key that the clinic has then.
pub type Seal<'s> = dyn Fn() -> Result<Vec<u8>, DeskError> + 's;

/// When something is done, and the note of who does it and why.
#[derive(Clone, Copy)]
pub struct AuditStamp<'s> {
    /// RFC 3339.
    pub at: &'s str,
    /// Who and why.
    pub note: Option<&'s Seal<'s>>,
}

/// A version of a record that is to be kept.
#[derive(Clone, Copy)]
pub struct NewVersion<'s> {
    /// Of which intake.
    pub intake: u64,
    /// Which version: the one after those that are there.
    pub version: u32,
    /// The record.
    pub sealed: &'s Seal<'s>,
    /// The hash of its pack.
    pub pack: &'s str,
    /// The pack, if the store lacks it.
    pub sealed_pack: Option<&'s Seal<'s>>,
}

/// Something sealed, and the name that the trail knows it by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// Its name.
    pub id: u64,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// An intake with the last version of its record, if it has one.
pub type IntakeWithRecord = (Intake, Option<RowResult<Sealed>>);

/// What the store knows of a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Counted from 1.
    pub version: u32,
    /// When it was kept.
    pub kept: String,
    /// What it is sealed in.
    pub sealed: u64,
}

/// A file that the desk wrote of an intake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportedFile {
    /// Where.
    pub path: String,
    /// SHA-256 of what was written, so that nothing else is ever taken for it.
    pub hash: String,
}

/// Days as they stand in a store: from one to before another, each `YYYY-MM-DD`.
#[derive(Debug, Clone, Copy, Default)]
pub struct DateRange<'s> {
    /// The first day.
    pub from: Option<&'s str>,
    /// The first day that is no longer in it.
    pub before: Option<&'s str>,
}

/// Opens something sealed, and seals it anew.
pub type Reseal<'r> = dyn FnMut(&[u8]) -> Result<Vec<u8>, DeskError> + 'r;

/// What is told of intakes with their files when they are as good as removed.
pub type OnRemove<'l> = dyn FnMut(&[(u64, Vec<ExportedFile>)]) + 'l;

/// Where records are kept.
pub trait Store: std::fmt::Debug {
    /// Begins an intake and gives its number.
    ///
    /// # Errors
    /// When it cannot be kept.
    fn begin(&mut self, stamp: AuditStamp<'_>) -> Result<u64, DeskError>;

    /// Keeps a version of a record.
    ///
    /// # Errors
    /// When it cannot be kept, when there is no such intake, or when it is not the next version.
    fn keep(&mut self, kept: NewVersion<'_>, stamp: AuditStamp<'_>) -> Result<(), DeskError>;

    /// Writes into the trail what was done with an intake or with the desk, and changes the state if it is printed.
    ///
    /// # Errors
    /// When it cannot be written, or there is no such intake.
    fn mark(&mut self, what: Action, intake: Option<u64>, stamp: AuditStamp<'_>) -> Result<(), DeskError>;

    /// Remembers a file before it is written.
    ///
    /// # Errors
    /// When it cannot.
    fn claim(&mut self, intake: u64, file: &ExportedFile, at: &str) -> Result<(), DeskError>;

    /// Forgets a file that was not written after all.
    ///
    /// # Errors
    /// When it cannot.
    fn disclaim(&mut self, intake: u64, file: &ExportedFile, at: &str) -> Result<(), DeskError>;

    /// Removes intakes with everything that is known of them but their entries in the trail. `leaving` is told of their
    /// files when nothing but the end of the change is left: whatever refuses has refused by then, and if all is stopped
    /// there, the files are known still.
    ///
    /// # Errors
    /// When it cannot, or one is not there; then all stay.
    fn remove(
        &mut self,
        what: Action,
        intakes: &[u64],
        stamp: AuditStamp<'_>,
        leaving: &mut OnRemove<'_>,
    ) -> Result<(), DeskError>;

    /// Seals everything anew, and gives how much that was.
    ///
    /// # Errors
    /// When it cannot; then everything stays as it was.
    fn reseal(&mut self, reseal: &mut Reseal<'_>, stamp: AuditStamp<'_>) -> Result<usize, DeskError>;

    /// Reads several things as they were at one moment, whatever other desks write meanwhile.
    ///
    /// # Errors
    /// When it cannot, or what is to be read refuses.
    fn snapshot(&self, read: &mut dyn FnMut() -> Result<(), DeskError>) -> Result<(), DeskError>;

    /// The intakes of these days, in order of number.
    ///
    /// # Errors
    /// When they cannot be read.
    fn intakes(&self, span: DateRange<'_>) -> Result<Vec<RowResult<Intake>>, DeskError>;

    /// One intake.
    ///
    /// # Errors
    /// When it cannot be read.
    fn intake(&self, number: u64) -> Result<Option<RowResult<Intake>>, DeskError>;

    /// The sealed records of these days, each with its intake, in its last version.
    ///
    /// # Errors
    /// When they cannot be read.
    fn records(&self, span: DateRange<'_>) -> Result<Vec<RowResult<IntakeWithRecord>>, DeskError>;

    /// The versions of an intake, in order.
    ///
    /// # Errors
    /// When they cannot be read.
    fn versions(&self, intake: u64) -> Result<Vec<Version>, DeskError>;

    /// Something sealed, by its name.
    ///
    /// # Errors
    /// When it cannot be read, or is not what was kept.
    fn sealed(&self, id: u64) -> Result<Option<Sealed>, DeskError>;

    /// The sealed packs: the name that each is sealed in, by its hash.
    ///
    /// # Errors
    /// When they cannot be read.
    fn packs(&self) -> Result<Vec<(String, u64)>, DeskError>;

    /// The files that were written of an intake.
    ///
    /// # Errors
    /// When they cannot be read.
    fn files(&self, intake: u64) -> Result<Vec<ExportedFile>, DeskError>;

    /// The trail from its first entry on.
    ///
    /// # Errors
    /// When it cannot be read, or what is given to refuses.
    fn trail(&self, each: &mut dyn FnMut(RowResult<Entry>) -> Result<(), DeskError>) -> Result<(), DeskError>;

    /// Whether the trail says that an intake was deleted or purged.
    ///
    /// # Errors
    /// When it cannot be read.
    fn is_removed(&self, intake: u64) -> Result<bool, DeskError>;

    /// How many numbers were ever given.
    ///
    /// # Errors
    /// When it cannot be read.
    fn given(&self) -> Result<Sequences, DeskError>;

    /// What of the store itself is not as this program makes it: tables, indexes, triggers, and how they hang together.
    ///
    /// # Errors
    /// When it cannot be looked at.
    fn integrity_problems(&self) -> Result<Vec<StoreFault>, DeskError>;

    /// When wrong passphrases were tried since the last right one.
    ///
    /// # Errors
    /// When it cannot be read.
    fn failed_unlocks(&self) -> Result<Vec<String>, DeskError>;

    /// Everything sealed, whatever it belongs to and whether or not it was changed.
    ///
    /// # Errors
    /// When it cannot be read, or what is given to refuses.
    fn every_sealed(&self, each: &mut dyn FnMut(Sealed) -> Result<(), DeskError>) -> Result<(), DeskError>;

    /// Leaves nothing of what was removed on the disk. Gives whether another desk was in the way.
    ///
    /// # Errors
    /// When it cannot.
    fn compact(&mut self) -> Result<bool, DeskError>;

    /// Everything, as a file of its own would hold it.
    ///
    /// # Errors
    /// When it cannot be read.
    fn copy(&mut self) -> Result<Vec<u8>, DeskError>;
}
