//! The tables of the SQLite store and the migrations between their versions.

use super::error::StoreFault;
use super::write::{ChangeError, WriteTransaction};
use rusqlite::{Connection, TransactionBehavior};
use std::collections::BTreeMap;

/// SQLite's application id for a store of this program: "prec" in ASCII.
pub(super) const APPLICATION_ID: i32 = 0x7072_6563;

/// One migration for each version of the tables. A released migration is never changed; a new one is appended.
const MIGRATIONS: [&str; 3] = [
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
    // The audit log records exported files too, by the hash of their path.
    "ALTER TABLE trail ADD COLUMN file TEXT;",
    // An interview in a browser: `code`, `link` and `session` are hashes. A row ends with its interview.
    "
    CREATE TABLE invitations (
        intake       INTEGER PRIMARY KEY REFERENCES intakes,
        created      TEXT NOT NULL,
        expires      TEXT NOT NULL,
        code         TEXT NOT NULL,
        link         TEXT NOT NULL,
        is_spent     INTEGER NOT NULL,
        language     TEXT,
        filled_in_by TEXT,
        session      TEXT,
        position     INTEGER,
        total        INTEGER
    ) STRICT;

    -- A label that is stored separately from the record. It replaces the one in the record.
    CREATE TABLE labels (
        intake INTEGER PRIMARY KEY REFERENCES intakes,
        sealed INTEGER NOT NULL REFERENCES sealed
    ) STRICT;
",
];

/// The result of [`migrate`].
pub(super) enum Migration {
    /// The tables have this program's version.
    UpToDate,
    /// The tables have a later version, and are unchanged.
    LaterVersion(usize),
}

/// Migrates the tables to the version of this program.
pub(super) fn migrate(connection: &mut Connection) -> Result<Migration, ChangeError> {
    let version = |connection: &Connection| connection.pragma_query_value(None, "user_version", |row| row.get(0));
    let current: usize = version(connection)?;
    if current == MIGRATIONS.len() {
        return Ok(Migration::UpToDate);
    }
    // Another desk may migrate at the same time, so the version is read again inside the transaction.
    let change = WriteTransaction::new(connection.transaction_with_behavior(TransactionBehavior::Immediate)?);
    let current: usize = version(change.connection())?;
    let Some(missing) = MIGRATIONS.get(current..) else { return Ok(Migration::LaterVersion(current)) };
    for migration in missing {
        change.connection().execute_batch(migration)?;
    }
    if current == 1 {
        change.backfill_file_entries()?;
    }
    change.connection().pragma_update(None, "application_id", APPLICATION_ID)?;
    change.connection().pragma_update(None, "user_version", MIGRATIONS.len())?;
    change.commit()?;
    Ok(Migration::UpToDate)
}

/// The definition of each table, index and trigger, by kind and name. Definitions are compared without spaces, because
/// `ALTER TABLE` leaves other spaces than the original statement.
type SchemaObjects = BTreeMap<(String, String), String>;

/// Returns the tables, indexes and triggers that differ from the definitions of this program.
pub(super) fn schema_faults(connection: &Connection) -> rusqlite::Result<Vec<StoreFault>> {
    let new = Connection::open_in_memory()?;
    for migration in MIGRATIONS {
        new.execute_batch(migration)?;
    }
    let (expected, mut actual) = (schema_objects(&new)?, schema_objects(connection)?);
    let mut faults = Vec::new();
    for (key, definition) in expected {
        let other = actual.remove(&key);
        let (kind, name) = key;
        match other {
            None => faults.push(StoreFault::Missing { kind, name }),
            Some(other) if other != definition => faults.push(StoreFault::Redefined { kind, name }),
            Some(_) => {}
        }
    }
    faults.extend(actual.into_keys().map(|(kind, name)| StoreFault::Foreign { kind, name }));
    Ok(faults)
}

fn schema_objects(connection: &Connection) -> rusqlite::Result<SchemaObjects> {
    let mut query = connection.prepare("SELECT type, name, coalesce(sql, '') FROM sqlite_schema")?;
    let without_spaces = |text: String| text.split_whitespace().collect::<String>();
    query.query_map([], |row| Ok(((row.get(0)?, row.get(1)?), without_spaces(row.get(2)?))))?.collect()
}
