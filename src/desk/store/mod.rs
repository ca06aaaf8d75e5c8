//! Where the sealed records are. One trait, so that another database can follow; SQLite is the one there is.
//!
//! Every change is one transaction that also writes its entry in the trail: both are there, or neither is.

mod schema;
mod sqlite;
mod sqlite_read;
mod sqlite_write;

pub use sqlite::Sqlite;

use super::trail::{Entry, What};
use crate::error::Error;

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

/// When something is done, and the sealed note of who does it and why.
#[derive(Debug, Clone, Copy)]
pub struct Stamp<'s> {
    /// RFC 3339.
    pub at: &'s str,
    /// Who and why.
    pub note: Option<&'s [u8]>,
}

/// A version of a record that is to be kept.
#[derive(Debug, Clone, Copy)]
pub struct Kept<'s> {
    /// Of which intake.
    pub intake: u64,
    /// Which version: the one after those that are there.
    pub version: u32,
    /// The sealed record.
    pub sealed: &'s [u8],
    /// The hash of its pack.
    pub pack: &'s str,
    /// The sealed pack, if the store lacks it.
    pub sealed_pack: Option<&'s [u8]>,
}

/// Something sealed, and the name that the trail knows it by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// Its name.
    pub id: u64,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

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
pub struct File {
    /// Where.
    pub path: String,
    /// SHA-256 of what was written, so that nothing else is ever taken for it.
    pub hash: String,
}

/// Days as they stand in a store: from one to before another, each `YYYY-MM-DD`.
#[derive(Debug, Clone, Copy, Default)]
pub struct Span<'s> {
    /// The first day.
    pub from: Option<&'s str>,
    /// The first day that is no longer in it.
    pub before: Option<&'s str>,
}

/// Opens something sealed, and seals it anew.
pub type Reseal<'r> = dyn FnMut(&[u8]) -> Result<Vec<u8>, Error> + 'r;

/// Where records are kept.
pub trait Store: std::fmt::Debug {
    /// Begins an intake and gives its number.
    ///
    /// # Errors
    /// When it cannot be kept.
    fn begin(&mut self, stamp: Stamp<'_>) -> Result<u64, Error>;

    /// Keeps a version of a record.
    ///
    /// # Errors
    /// When it cannot be kept, when there is no such intake, or when it is not the next version.
    fn keep(&mut self, kept: Kept<'_>, stamp: Stamp<'_>) -> Result<(), Error>;

    /// Writes into the trail what was done with an intake or with the desk, and changes the state if it is printed.
    ///
    /// # Errors
    /// When it cannot be written, or there is no such intake.
    fn mark(&mut self, what: What, intake: Option<u64>, stamp: Stamp<'_>) -> Result<(), Error>;

    /// Remembers a file before it is written.
    ///
    /// # Errors
    /// When it cannot.
    fn claim(&mut self, intake: u64, file: &File) -> Result<(), Error>;

    /// Forgets a file that was not written after all.
    ///
    /// # Errors
    /// When it cannot.
    fn disclaim(&mut self, intake: u64, file: &File) -> Result<(), Error>;

    /// Removes intakes with everything that is known of them but their entries in the trail.
    ///
    /// # Errors
    /// When it cannot, or one is not there; then all stay.
    fn remove(&mut self, what: What, intakes: &[u64], stamp: Stamp<'_>) -> Result<(), Error>;

    /// Seals everything anew, and gives how much that was.
    ///
    /// # Errors
    /// When it cannot; then everything stays as it was.
    fn reseal(&mut self, reseal: &mut Reseal<'_>, stamp: Stamp<'_>) -> Result<usize, Error>;

    /// The intakes of these days, in order of number.
    ///
    /// # Errors
    /// When they cannot be read.
    fn intakes(&self, span: Span<'_>) -> Result<Vec<Intake>, Error>;

    /// One intake.
    ///
    /// # Errors
    /// When it cannot be read.
    fn intake(&self, number: u64) -> Result<Option<Intake>, Error>;

    /// The sealed records of these days, each with its intake, in its last version.
    ///
    /// # Errors
    /// When they cannot be read.
    fn records(&self, span: Span<'_>) -> Result<Vec<(Intake, Option<Sealed>)>, Error>;

    /// The versions of an intake, in order.
    ///
    /// # Errors
    /// When they cannot be read.
    fn versions(&self, intake: u64) -> Result<Vec<Version>, Error>;

    /// Something sealed, by its name.
    ///
    /// # Errors
    /// When it cannot be read, or is not what was kept.
    fn sealed(&self, id: u64) -> Result<Option<Sealed>, Error>;

    /// The sealed packs: the name that each is sealed in, by its hash.
    ///
    /// # Errors
    /// When they cannot be read.
    fn packs(&self) -> Result<Vec<(String, u64)>, Error>;

    /// The files that were written of an intake.
    ///
    /// # Errors
    /// When they cannot be read.
    fn files(&self, intake: u64) -> Result<Vec<File>, Error>;

    /// The trail from its first entry on.
    ///
    /// # Errors
    /// When it cannot be read, or what is given to refuses.
    fn trail(&self, each: &mut dyn FnMut(Entry) -> Result<(), Error>) -> Result<(), Error>;

    /// When wrong passphrases were tried since the last right one.
    ///
    /// # Errors
    /// When it cannot be read.
    fn refusals(&self) -> Result<Vec<String>, Error>;

    /// Everything sealed, whatever it belongs to and whether or not it was changed.
    ///
    /// # Errors
    /// When it cannot be read, or what is given to refuses.
    fn every_sealed(&self, each: &mut dyn FnMut(Sealed) -> Result<(), Error>) -> Result<(), Error>;

    /// Leaves nothing of what was removed on the disk. Gives whether another desk was in the way.
    ///
    /// # Errors
    /// When it cannot.
    fn compact(&mut self) -> Result<bool, Error>;

    /// Everything, as a file of its own would hold it.
    ///
    /// # Errors
    /// When it cannot be read.
    fn copy(&mut self) -> Result<Vec<u8>, Error>;
}
