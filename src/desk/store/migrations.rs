//! The tables, as they have become from version to version.

use super::error::StoreFault;
use super::write::{ChangeError, WriteTransaction};
use rusqlite::{Connection, TransactionBehavior};
use std::collections::BTreeMap;

/// Marks a file as a store of this program: "prec".
pub(super) const APPLICATION_ID: i32 = 0x7072_6563;

/// What makes each version from the one before. A version that clinics have is never changed: the next one is added.
const MIGRATIONS: [&str; 2] = [
    "
    -- What can be known without a key. `sum` guards a row against damage to the file.
    CREATE TABLE intakes (
        number  INTEGER PRIMARY KEY AUTOINCREMENT,
        started TEXT NOT NULL,
        state   TEXT NOT NULL,
        sum     TEXT NOT NULL
    ) STRICT;
    CREATE INDEX intakes_started ON intakes (started);

    -- Everything that was sealed: records, packs, notes.
    CREATE TABLE sealed (
        id    INTEGER PRIMARY KEY AUTOINCREMENT,
        hash  TEXT NOT NULL,
        bytes BLOB NOT NULL
    ) STRICT;

    CREATE TABLE versions (
        intake  INTEGER NOT NULL REFERENCES intakes,
        version INTEGER NOT NULL,
        kept    TEXT NOT NULL,
        sealed  INTEGER NOT NULL REFERENCES sealed,
        PRIMARY KEY (intake, version)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE packs (
        hash   TEXT PRIMARY KEY,
        sealed INTEGER NOT NULL REFERENCES sealed
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE files (
        intake INTEGER NOT NULL REFERENCES intakes,
        path   TEXT NOT NULL,
        hash   TEXT NOT NULL,
        PRIMARY KEY (intake, path, hash)
    ) STRICT, WITHOUT ROWID;

    -- Mentions what is sealed by number and hash alone: an intake that is deleted takes its notes along.
    CREATE TABLE trail (
        place       INTEGER PRIMARY KEY,
        at          TEXT NOT NULL,
        what        TEXT NOT NULL,
        intake      INTEGER,
        version     INTEGER,
        record      INTEGER,
        record_hash TEXT,
        note        INTEGER,
        note_hash   TEXT,
        hash        TEXT NOT NULL
    ) STRICT;
    CREATE INDEX trail_intake ON trail (intake);
    CREATE TRIGGER trail_stays BEFORE UPDATE ON trail BEGIN SELECT RAISE(ABORT, 'the trail is not changed'); END;
    CREATE TRIGGER trail_keeps BEFORE DELETE ON trail BEGIN SELECT RAISE(ABORT, 'the trail is not cut'); END;
",
    // Which files were written is in the trail as well, by the hash of the path.
    "ALTER TABLE trail ADD COLUMN file TEXT;",
];

/// What [`migrate`] leaves.
pub(super) enum Migration {
    /// The tables have this program's version.
    UpToDate,
    /// The tables have a later version, and are unchanged.
    LaterVersion(usize),
}

/// Brings the tables to the version that this program knows.
pub(super) fn migrate(connection: &mut Connection) -> Result<Migration, ChangeError> {
    let version = |connection: &Connection| connection.pragma_query_value(None, "user_version", |row| row.get(0));
    let found: usize = version(connection)?;
    if found == MIGRATIONS.len() {
        return Ok(Migration::UpToDate);
    }
    // Another desk may be at it too: looked at again where nobody else writes.
    let change = WriteTransaction::new(connection.transaction_with_behavior(TransactionBehavior::Immediate)?);
    let found: usize = version(change.connection())?;
    let Some(missing) = MIGRATIONS.get(found..) else { return Ok(Migration::LaterVersion(found)) };
    for migration in missing {
        change.connection().execute_batch(migration)?;
    }
    if found == 1 {
        change.backfill_file_entries()?;
    }
    change.connection().pragma_update(None, "application_id", APPLICATION_ID)?;
    change.connection().pragma_update(None, "user_version", MIGRATIONS.len())?;
    change.commit()?;
    Ok(Migration::UpToDate)
}

/// The definition of each table, index and trigger, by kind and name. It has no spaces: a migration that changes a table
/// leaves others than the statement that created it.
type SchemaObjects = BTreeMap<(String, String), String>;

/// The tables, indexes and triggers that are not as this program defines them.
pub(super) fn faults(connection: &Connection) -> rusqlite::Result<Vec<StoreFault>> {
    let new = Connection::open_in_memory()?;
    for migration in MIGRATIONS {
        new.execute_batch(migration)?;
    }
    let (expected, mut found) = (schema_objects(&new)?, schema_objects(connection)?);
    let mut faults = Vec::new();
    for (key, definition) in expected {
        let other = found.remove(&key);
        let (kind, name) = key;
        match other {
            None => faults.push(StoreFault::Missing { kind, name }),
            Some(other) if other != definition => faults.push(StoreFault::Redefined { kind, name }),
            Some(_) => {}
        }
    }
    faults.extend(found.into_keys().map(|(kind, name)| StoreFault::Foreign { kind, name }));
    Ok(faults)
}

fn schema_objects(connection: &Connection) -> rusqlite::Result<SchemaObjects> {
    let mut query = connection.prepare("SELECT type, name, coalesce(sql, '') FROM sqlite_schema")?;
    let words = |text: String| text.split_whitespace().collect::<String>();
    query.query_map([], |row| Ok(((row.get(0)?, row.get(1)?), words(row.get(2)?))))?.collect()
}
