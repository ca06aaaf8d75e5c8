//! Queries of the SQLite store.

use super::error::StoreFault;
use super::rows::{entry_row, files_of, intake_row, read, read_sealed};
use super::{DateRange, ExportedFile, Intake, IntakeWithRecord, RowResult, Sealed, Sequences, Version, migrations};
use crate::desk::audit_trail::AuditEntry;
use rusqlite::{Connection, OptionalExtension, Result, Row, params};

/// Restricts rows to a date range. A day compares with a time as text, because both begin with the date.
const WHERE_IN_RANGE: &str = "(?1 IS NULL OR started >= ?1) AND (?2 IS NULL OR started < ?2) ORDER BY number";

pub(super) fn intakes(connection: &Connection, range: DateRange<'_>) -> Result<Vec<RowResult<Intake>>> {
    let query = format!("SELECT number, started, state, sum FROM intakes WHERE {WHERE_IN_RANGE}");
    let mut query = connection.prepare_cached(&query)?;
    query.query_map(params![range.from, range.before], |row| read(row, "intakes", intake_row))?.collect()
}

pub(super) fn intake(connection: &Connection, number: u64) -> Result<Option<RowResult<Intake>>> {
    let query = "SELECT number, started, state, sum FROM intakes WHERE number = ?1";
    connection.query_row(query, [number], |row| read(row, "intakes", intake_row)).optional()
}

pub(super) fn records(connection: &Connection, range: DateRange<'_>) -> Result<Vec<RowResult<IntakeWithRecord>>> {
    let query = format!(
        "SELECT number, started, state, sum, record.id, record.hash, record.bytes, label.id, label.hash, label.bytes
        FROM intakes
        LEFT JOIN versions ON versions.intake = number
            AND version = (SELECT max(version) FROM versions WHERE intake = number)
        LEFT JOIN sealed AS record ON record.id = versions.sealed
        LEFT JOIN labels ON labels.intake = number
        LEFT JOIN sealed AS label ON label.id = labels.sealed
        WHERE {WHERE_IN_RANGE}"
    );
    let mut query = connection.prepare_cached(&query)?;
    let rows = query.query_map(params![range.from, range.before], |row| {
        let sealed = |column| {
            let id: Option<u64> = row.get(column)?;
            id.map(|id| read_sealed(row, id, column + 1)).transpose()
        };
        let (record, label) = (sealed(4)?, sealed(7)?);
        Ok(read(row, "intakes", intake_row)?.map(|intake| IntakeWithRecord { intake, record, label }))
    })?;
    rows.collect()
}

pub(super) fn versions(connection: &Connection, intake: u64) -> Result<Vec<Version>> {
    let query = "SELECT version, kept, sealed FROM versions WHERE intake = ?1 ORDER BY version";
    let version = |row: &Row<'_>| Ok(Version { version: row.get(0)?, stored: row.get(1)?, sealed: row.get(2)? });
    connection.prepare_cached(query)?.query_map([intake], version)?.collect()
}

pub(super) fn sealed(connection: &Connection, id: u64) -> Result<Option<RowResult<Sealed>>> {
    let query = "SELECT hash, bytes FROM sealed WHERE id = ?1";
    connection.query_row(query, [id], |row| read_sealed(row, id, 0)).optional()
}

pub(super) fn packs(connection: &Connection) -> Result<Vec<(String, u64)>> {
    let mut query = connection.prepare_cached("SELECT hash, sealed FROM packs ORDER BY hash")?;
    query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

pub(super) fn files(connection: &Connection, intake: u64) -> Result<Vec<ExportedFile>> {
    files_of(connection, intake)
}

/// Calls `visit` with each entry of the audit log, until it returns an error.
pub(super) fn trail<E: From<rusqlite::Error>>(
    connection: &Connection,
    visit: &mut dyn FnMut(RowResult<AuditEntry>) -> std::result::Result<(), E>,
) -> std::result::Result<(), E> {
    let query = "SELECT place, at, what, intake, version, record, record_hash, note, note_hash, hash, file
        FROM trail ORDER BY place";
    let mut query = connection.prepare_cached(query)?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        visit(read(row, "trail", entry_row)?)?;
    }
    Ok(())
}

pub(super) fn is_removed(connection: &Connection, intake: u64) -> Result<bool> {
    let query = "SELECT 1 FROM trail WHERE intake = ?1 AND what IN ('deleted', 'purged')";
    connection.prepare_cached(query)?.exists([intake])
}

pub(super) fn sequences(connection: &Connection) -> Result<Sequences> {
    let last = |table: &str| {
        let query = "SELECT seq FROM sqlite_sequence WHERE name = ?1";
        connection.query_row(query, [table], |row| row.get(0)).optional().map(Option::unwrap_or_default)
    };
    Ok(Sequences { intakes: last("intakes")?, sealed: last("sealed")? })
}

pub(super) fn integrity_problems(connection: &Connection) -> Result<Vec<StoreFault>> {
    let mut faults = migrations::schema_faults(connection)?;
    let check = "SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'";
    let check: Result<Vec<String>> = connection.prepare(check)?.query_map([], |row| row.get(0))?.collect();
    faults.extend(check?.into_iter().map(StoreFault::Integrity));
    let orphans = "SELECT DISTINCT \"table\", parent FROM pragma_foreign_key_check";
    let orphan = |row: &Row<'_>| Ok(StoreFault::Orphan { table: row.get(0)?, parent: row.get(1)? });
    let orphans: Result<Vec<StoreFault>> = connection.prepare(orphans)?.query_map([], orphan)?.collect();
    faults.extend(orphans?);
    Ok(faults)
}

pub(super) fn failed_unlocks(connection: &Connection) -> Result<Vec<String>> {
    let mut query = connection.prepare_cached(
        "SELECT at FROM trail WHERE what = 'refused'
        AND place > coalesce((SELECT max(place) FROM trail WHERE what = 'unlocked'), 0) ORDER BY place",
    )?;
    query.query_map([], |row| row.get(0))?.collect()
}

/// Calls `visit` with every encrypted item and the hash in its row, until it returns an error.
pub(super) fn every_sealed<E: From<rusqlite::Error>>(
    connection: &Connection,
    visit: &mut dyn FnMut(Sealed, &str) -> std::result::Result<(), E>,
) -> std::result::Result<(), E> {
    let mut query = connection.prepare_cached("SELECT id, bytes, hash FROM sealed ORDER BY id")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        visit(Sealed { id: row.get(0)?, bytes: row.get(1)? }, &row.get::<_, String>(2)?)?;
    }
    Ok(())
}
