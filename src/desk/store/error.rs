//! What can go wrong in the store.

use crate::printable::Printable;
use std::path::PathBuf;

/// A failure of the store in a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// Another desk has held the write lock for too long.
    #[error("another desk has held the records in {} for {seconds} seconds", Printable::path(.path))]
    Busy {
        /// The store's file.
        path: PathBuf,
        /// How long this desk has waited.
        seconds: u64,
    },
    /// The disk is full.
    #[error("the disk with {} is full", Printable::path(.0))]
    DiskFull(PathBuf),
    /// The disk refuses to read or write.
    #[error("the disk with {} refuses to read or write: it may be full", Printable::path(.0))]
    DiskFailed(PathBuf),
    /// The file cannot be written.
    #[error("the records in {} cannot be written", Printable::path(.0))]
    NotWritable(PathBuf),
    /// The file is not as it was stored.
    #[error("the records in {} are damaged: {damage}", Printable::path(.path))]
    Damaged {
        /// The store's file.
        path: PathBuf,
        /// What is wrong with it.
        damage: StoreDamage,
    },
    /// SQLite refuses for a reason that should not arise.
    #[error("the records in {} cannot be used ({code})", Printable::path(.path))]
    Unusable {
        /// The store's file.
        path: PathBuf,
        /// SQLite's name for the reason.
        code: String,
    },
    /// A later version of the program has written the file.
    #[error("the records in {} have version {version}, of a later version of this program", Printable::path(.path))]
    LaterVersion {
        /// The store's file.
        path: PathBuf,
        /// The version of its tables.
        version: usize,
    },
}

/// What is wrong with a store's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StoreDamage {
    /// The file has no bytes.
    #[error("the file is empty")]
    Empty,
    /// SQLite does not recognise the file.
    #[error("SQLite cannot read it")]
    NotReadable,
    /// Another program has written the file.
    #[error("it is a file of another program")]
    OtherProgram,
    /// A column holds another kind of value than this program writes.
    #[error("a row cannot be read")]
    Row,
}

/// A row that holds what this program does not write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("row {row} of the table {table} was changed or is damaged")]
pub struct DamagedRow {
    /// The table.
    pub table: &'static str,
    /// The number of the row.
    pub row: u64,
}

/// A fault of the store's file that [`super::Store::faults`] finds.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreFault {
    /// A table, index or trigger is missing.
    #[error("the {kind} {name} is missing")]
    Missing {
        /// SQLite's word for what it is.
        kind: String,
        /// Its name.
        name: String,
    },
    /// A table, index or trigger has another definition.
    #[error("the {kind} {name} was made anew by other words")]
    Redefined {
        /// SQLite's word for what it is.
        kind: String,
        /// Its name.
        name: String,
    },
    /// This program defines no such table, index or trigger.
    #[error("the {kind} {name} is not of this program")]
    Foreign {
        /// SQLite's word for what it is.
        kind: String,
        /// Its name.
        name: String,
    },
    /// SQLite's own check of the file.
    #[error("SQLite finds: {0}")]
    Integrity(String),
    /// A row refers to another one that is not there.
    #[error("something in the table {table} belongs to nothing in {parent}")]
    Orphan {
        /// The table of the row.
        table: String,
        /// The table of the missing row.
        parent: String,
    },
}
