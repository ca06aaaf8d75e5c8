//! What is read of the SQLite store. Nothing damaged is taken for something else.

use super::sqlite::Sqlite;
use super::{Damaged, Entry, File, Given, Intake, Listed, Read, Sealed, Span, State, Version, What, migrations};
use crate::desk::audit_trail::{Mention, sha256};
use crate::error::Error;
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row, params};

/// The last entry of the trail.
pub(super) const LAST: &str = "SELECT place, hash FROM trail ORDER BY place DESC LIMIT 1";

/// The rows of some days. A day compares with a time as text: both begin with the year.
const IN_SPAN: &str = "(?1 IS NULL OR started >= ?1) AND (?2 IS NULL OR started < ?2) ORDER BY number";

impl Sqlite {
    pub(super) fn read_intakes(&self, span: Span<'_>) -> Result<Vec<Read<Intake>>, Error> {
        let read = || -> rusqlite::Result<Vec<_>> {
            let query = format!("SELECT number, started, state, sum FROM intakes WHERE {IN_SPAN}");
            let mut query = self.connection.prepare_cached(&query)?;
            query.query_map(params![span.from, span.before], |row| read(row, "intakes", intake_row))?.collect()
        };
        read().map_err(|error| self.failed(&error))
    }

    pub(super) fn read_intake(&self, number: u64) -> Result<Option<Read<Intake>>, Error> {
        let query = "SELECT number, started, state, sum FROM intakes WHERE number = ?1";
        let found = self.connection.query_row(query, [number], |row| read(row, "intakes", intake_row)).optional();
        found.map_err(|error| self.failed(&error))
    }

    pub(super) fn read_records(&self, span: Span<'_>) -> Result<Vec<Read<Listed>>, Error> {
        let read = || -> rusqlite::Result<Vec<_>> {
            let query = format!(
                "SELECT number, started, state, sum, sealed.id, sealed.hash, sealed.bytes FROM intakes
                LEFT JOIN versions ON intake = number
                    AND version = (SELECT max(version) FROM versions WHERE intake = number)
                LEFT JOIN sealed ON sealed.id = versions.sealed
                WHERE {IN_SPAN}"
            );
            let mut query = self.connection.prepare_cached(&query)?;
            let rows = query.query_map(params![span.from, span.before], |row| {
                let sealed = row.get::<_, Option<u64>>(4)?.map(|id| read_sealed(row, id, 5));
                let sealed = sealed.transpose()?;
                Ok(read(row, "intakes", intake_row)?.map(|intake| (intake, sealed)))
            })?;
            rows.collect()
        };
        read().map_err(|error| self.failed(&error))
    }

    pub(super) fn read_versions(&self, intake: u64) -> Result<Vec<Version>, Error> {
        let read = || -> rusqlite::Result<Vec<_>> {
            let mut query = self
                .connection
                .prepare_cached("SELECT version, kept, sealed FROM versions WHERE intake = ?1 ORDER BY version")?;
            let version = |row: &Row<'_>| Ok(Version { version: row.get(0)?, kept: row.get(1)?, sealed: row.get(2)? });
            query.query_map([intake], version)?.collect()
        };
        read().map_err(|error| self.failed(&error))
    }

    pub(super) fn read_sealed(&self, id: u64) -> Result<Option<Sealed>, Error> {
        let query = "SELECT hash, bytes FROM sealed WHERE id = ?1";
        let found = self.connection.query_row(query, [id], |row| read_sealed(row, id, 0)).optional();
        Ok(found.map_err(|error| self.failed(&error))?.transpose()?)
    }

    pub(super) fn read_packs(&self) -> Result<Vec<(String, u64)>, Error> {
        let read = || -> rusqlite::Result<Vec<_>> {
            let mut query = self.connection.prepare_cached("SELECT hash, sealed FROM packs ORDER BY hash")?;
            query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        };
        read().map_err(|error| self.failed(&error))
    }

    pub(super) fn read_files(&self, intake: u64) -> Result<Vec<File>, Error> {
        files_of(&self.connection, intake).map_err(|error| self.failed(&error))
    }

    pub(super) fn read_trail(&self, each: &mut dyn FnMut(Read<Entry>) -> Result<(), Error>) -> Result<(), Error> {
        let failed = |error| self.failed(&error);
        let query = "SELECT place, at, what, intake, version, record, record_hash, note, note_hash, hash, file
            FROM trail ORDER BY place";
        let mut query = self.connection.prepare_cached(query).map_err(failed)?;
        let mut rows = query.query([]).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            each(read(row, "trail", entry_row).map_err(failed)?)?;
        }
        Ok(())
    }

    pub(super) fn read_is_removed(&self, intake: u64) -> Result<bool, Error> {
        let read = || -> rusqlite::Result<bool> {
            let query = "SELECT 1 FROM trail WHERE intake = ?1 AND what IN ('deleted', 'purged')";
            self.connection.prepare_cached(query)?.exists([intake])
        };
        read().map_err(|error| self.failed(&error))
    }

    pub(super) fn read_given(&self) -> Result<Given, Error> {
        let last = |table: &str| {
            let query = "SELECT seq FROM sqlite_sequence WHERE name = ?1";
            self.connection.query_row(query, [table], |row| row.get(0)).optional().map(Option::unwrap_or_default)
        };
        let read = || Ok(Given { intakes: last("intakes")?, sealed: last("sealed")? });
        read().map_err(|error| self.failed(&error))
    }

    pub(super) fn read_faults(&self) -> Result<Vec<String>, Error> {
        let texts = |query: &str| -> rusqlite::Result<Vec<String>> {
            self.connection.prepare(query)?.query_map([], |row| row.get(0))?.collect()
        };
        let read = || -> rusqlite::Result<Vec<String>> {
            let mut faults = migrations::faults(&self.connection)?;
            let check = texts("SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'")?;
            faults.extend(check.into_iter().map(|what| format!("SQLite finds: {what}")));
            let lost = "SELECT DISTINCT 'something in the table ' || \"table\" || ' belongs to nothing in ' || parent
                FROM pragma_foreign_key_check";
            faults.extend(texts(lost)?);
            Ok(faults)
        };
        read().map_err(|error| self.failed(&error))
    }

    pub(super) fn read_refusals(&self) -> Result<Vec<String>, Error> {
        let read = || -> rusqlite::Result<Vec<_>> {
            let mut query = self.connection.prepare_cached(
                "SELECT at FROM trail WHERE what = 'refused'
                AND place > coalesce((SELECT max(place) FROM trail WHERE what = 'unlocked'), 0) ORDER BY place",
            )?;
            query.query_map([], |row| row.get(0))?.collect()
        };
        read().map_err(|error| self.failed(&error))
    }

    pub(super) fn read_every_sealed(&self, each: &mut dyn FnMut(Sealed) -> Result<(), Error>) -> Result<(), Error> {
        let failed = |error| self.failed(&error);
        let mut query = self.connection.prepare_cached("SELECT id, bytes FROM sealed ORDER BY id").map_err(failed)?;
        let mut rows = query.query([]).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            each(Sealed { id: row.get(0).map_err(failed)?, bytes: row.get(1).map_err(failed)? })?;
        }
        Ok(())
    }
}

/// The files that were written of an intake.
pub(super) fn files_of(connection: &Connection, intake: u64) -> rusqlite::Result<Vec<File>> {
    let mut query = connection.prepare_cached("SELECT path, hash FROM files WHERE intake = ?1 ORDER BY path, hash")?;
    query.query_map([intake], |row| Ok(File { path: row.get(0)?, hash: row.get(1)? }))?.collect()
}

/// Reads a row that begins with its number. What it holds may be damaged and the rest of the table whole.
pub(super) fn read<T>(
    row: &Row<'_>,
    table: &'static str,
    whole: fn(&Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Read<T>> {
    let number: i64 = row.get(0)?;
    in_row(table, number.unsigned_abs(), whole(row))
}

fn read_sealed(row: &Row<'_>, id: u64, from: usize) -> rusqlite::Result<Read<Sealed>> {
    in_row("sealed", id, sealed_row(row, id, from))
}

fn in_row<T>(table: &'static str, row: u64, read: rusqlite::Result<T>) -> rusqlite::Result<Read<T>> {
    match read {
        // SQLite itself has read it; it is only not what this program writes.
        Err(error) if error.sqlite_error_code().is_none() => Ok(Err(Damaged { table, row })),
        read => read.map(Ok),
    }
}

pub(super) fn intake_row(row: &Row<'_>) -> rusqlite::Result<Intake> {
    let (number, started, state): (u64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
    let state = State::named(&state).ok_or_else(|| unreadable(2))?;
    if row.get::<_, String>(3)? != sum(number, &started, state) {
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

fn entry_row(row: &Row<'_>) -> rusqlite::Result<Entry> {
    let mention = |at| -> rusqlite::Result<Option<Mention>> {
        let (sealed, hash): (Option<u64>, Option<String>) = (row.get(at)?, row.get(at + 1)?);
        Ok(sealed.zip(hash).map(|(sealed, hash)| Mention { sealed, hash }))
    };
    Ok(Entry {
        place: row.get(0)?,
        at: row.get(1)?,
        what: What::named(&row.get::<_, String>(2)?).ok_or_else(|| unreadable(2))?,
        intake: row.get(3)?,
        version: row.get(4)?,
        record: mention(5)?,
        note: mention(7)?,
        hash: row.get(9)?,
        file: row.get(10)?,
    })
}

/// Guards a row that is read without the trail.
pub(super) fn sum(number: u64, started: &str, state: State) -> String {
    sha256(format!("{number}\n{started}\n{}", state.name()).as_bytes())[..16].to_owned()
}

fn unreadable(column: usize) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Null, "it was changed".into())
}
