//! Parses rows of the SQLite store, and detects damaged ones.

use super::error::DamagedRow;
use super::{ExportedFile, Intake, IntakeState, RowResult, Sealed};
use crate::desk::audit_trail::{Action, AuditEntry, SealedRef, sha256};
use rusqlite::types::Type;
use rusqlite::{Connection, Row};

/// Selects the last entry of the audit log.
pub(super) const SELECT_LAST_ENTRY: &str = "SELECT place, hash FROM trail ORDER BY place DESC LIMIT 1";

/// Returns the registered files of an intake.
pub(super) fn files_of(connection: &Connection, intake: u64) -> rusqlite::Result<Vec<ExportedFile>> {
    let mut query = connection.prepare_cached("SELECT path, hash FROM files WHERE intake = ?1 ORDER BY path, hash")?;
    query.query_map([intake], |row| Ok(ExportedFile { path: row.get(0)?, hash: row.get(1)? }))?.collect()
}

/// Returns the hashes of the public keys in the audit log since the key was last changed. No action on an intake has one.
pub(super) fn trusted_keys(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let query = "SELECT file FROM trail WHERE intake IS NULL AND file IS NOT NULL
        AND what IN ('made', 'unlocked', 'key-rotated') AND place >= coalesce(
            (SELECT max(place) FROM trail WHERE intake IS NULL AND file IS NOT NULL AND what IN ('made', 'key-rotated')), 0)";
    connection.prepare_cached(query)?.query_map([], |row| row.get(0))?.collect()
}

/// Parses a row whose first column is its number. A damaged row does not end the query.
pub(super) fn read<T>(
    row: &Row<'_>,
    table: &'static str,
    parse: fn(&Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<RowResult<T>> {
    let number: i64 = row.get(0)?;
    in_row(table, number.unsigned_abs(), parse(row))
}

pub(super) fn read_sealed(row: &Row<'_>, id: u64, from: usize) -> rusqlite::Result<RowResult<Sealed>> {
    in_row("sealed", id, sealed_row(row, id, from))
}

fn in_row<T>(table: &'static str, row: u64, result: rusqlite::Result<T>) -> rusqlite::Result<RowResult<T>> {
    match result {
        // SQLite could read the row, but its values are not what this program writes.
        Err(error) if error.sqlite_error_code().is_none() => Ok(Err(DamagedRow { table, row })),
        result => result.map(Ok),
    }
}

pub(super) fn intake_row(row: &Row<'_>) -> rusqlite::Result<Intake> {
    let (number, started, state): (u64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
    let state = IntakeState::named(&state).ok_or_else(|| unreadable(2))?;
    if row.get::<_, String>(3)? != row_checksum(number, &started, state) {
        return Err(unreadable(3));
    }
    Ok(Intake { number, started, state })
}

fn sealed_row(row: &Row<'_>, id: u64, from: usize) -> rusqlite::Result<Sealed> {
    let (hash, bytes): (String, Vec<u8>) = (row.get(from)?, row.get(from + 1)?);
    if sha256(&bytes) != hash {
        return Err(unreadable(from));
    }
    Ok(Sealed { id, bytes })
}

pub(super) fn entry_row(row: &Row<'_>) -> rusqlite::Result<AuditEntry> {
    let sealed_ref = |column| -> rusqlite::Result<Option<SealedRef>> {
        let (sealed, hash): (Option<u64>, Option<String>) = (row.get(column)?, row.get(column + 1)?);
        match (sealed, hash) {
            (Some(sealed), Some(hash)) => Ok(Some(SealedRef { sealed, hash })),
            (None, None) => Ok(None),
            _ => Err(unreadable(column)),
        }
    };
    Ok(AuditEntry {
        place: row.get(0)?,
        at: row.get(1)?,
        what: Action::named(&row.get::<_, String>(2)?).ok_or_else(|| unreadable(2))?,
        intake: row.get(3)?,
        version: row.get(4)?,
        record: sealed_ref(5)?,
        note: sealed_ref(7)?,
        hash: row.get(9)?,
        file: row.get(10)?,
    })
}

/// Computes the checksum of a row of intakes, which lists read without the audit log.
pub(super) fn row_checksum(number: u64, started: &str, state: IntakeState) -> String {
    sha256(format!("{number}\n{started}\n{}", state.name()).as_bytes())[..16].to_owned()
}

fn unreadable(column: usize) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Null, "it was changed".into())
}
