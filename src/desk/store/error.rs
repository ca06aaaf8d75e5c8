//! Errors of the store.

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
        /// The time that this desk has waited, in seconds.
        seconds: u64,
    },
    /// The disk is full.
    #[error("the disk with {} is full", Printable::path(.0))]
    DiskFull(PathBuf),
    /// Reading or writing failed.
    #[error("the disk with {} cannot be read or written: it may be full", Printable::path(.0))]
    DiskFailed(PathBuf),
    /// The file cannot be written.
    #[error("the records in {} cannot be written", Printable::path(.0))]
    NotWritable(PathBuf),
    /// The file is damaged.
    #[error("the records in {} are damaged: {damage}", Printable::path(.path))]
    Damaged {
        /// The store's file.
        path: PathBuf,
        /// The damage.
        damage: StoreDamage,
    },
    /// SQLite failed for an unexpected reason.
    #[error("the records in {} cannot be used ({code})", Printable::path(.path))]
    Unusable {
        /// The store's file.
        path: PathBuf,
        /// SQLite's error code.
        code: String,
    },
    /// A later version of the program has written the file.
    #[error("the records in {} have version {version}, written by a later version of preconsult", Printable::path(.path))]
    LaterVersion {
        /// The store's file.
        path: PathBuf,
        /// The version of its tables.
        version: usize,
    },
}

/// The damage of a store's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StoreDamage {
    /// The file has no bytes.
    #[error("the file is empty")]
    Empty,
    /// SQLite does not recognise the file.
    #[error("SQLite cannot read it")]
    NotReadable,
    /// Another program has written the file.
    #[error("it belongs to another program")]
    OtherProgram,
    /// A column holds a value that this program does not write.
    #[error("a row cannot be read")]
    Row,
}

/// A row that holds a value that this program does not write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("row {row} of the table {table} was changed or is damaged")]
pub struct DamagedRow {
    /// The table.
    pub table: &'static str,
    /// The number of the row.
    pub row: u64,
}

/// A fault of the store's file that [`super::Store::integrity_problems`] finds.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreFault {
    /// A table, index or trigger is missing.
    #[error("the {kind} {name} is missing")]
    Missing {
        /// SQLite's type: `table`, `index` or `trigger`.
        kind: String,
        /// Its name.
        name: String,
    },
    /// A table, index or trigger has another definition.
    #[error("the {kind} {name} was redefined")]
    Redefined {
        /// SQLite's type: `table`, `index` or `trigger`.
        kind: String,
        /// Its name.
        name: String,
    },
    /// This program does not define this table, index or trigger.
    #[error("the {kind} {name} does not belong to this program")]
    Foreign {
        /// SQLite's type: `table`, `index` or `trigger`.
        kind: String,
        /// Its name.
        name: String,
    },
    /// A problem found by SQLite's integrity check.
    #[error("SQLite finds: {0}")]
    Integrity(String),
    /// A row refers to a missing row.
    #[error("a row in the table {table} refers to a missing row in {parent}")]
    Orphan {
        /// The table of the row.
        table: String,
        /// The table of the missing row.
        parent: String,
    },
}
