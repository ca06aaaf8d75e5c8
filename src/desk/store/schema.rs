//! The tables, as they have become from version to version.

use rusqlite::{Connection, TransactionBehavior};

/// Marks a file as a store of this program: "prec".
pub(super) const APPLICATION: i32 = 0x7072_6563;

/// What makes each version from the one before. A version that clinics have is never changed: the next one is added.
const MIGRATIONS: [&str; 1] = ["
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
"];

/// Brings the tables to the version that this program knows; gives the version found if that is a later one.
pub(super) fn migrate(connection: &mut Connection) -> rusqlite::Result<Result<(), usize>> {
    let version = |connection: &Connection| connection.pragma_query_value(None, "user_version", |row| row.get(0));
    let found: usize = version(connection)?;
    if found == MIGRATIONS.len() {
        return Ok(Ok(()));
    }
    // Another desk may be at it too: looked at again where nobody else writes.
    let change = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found: usize = version(&change)?;
    let Some(missing) = MIGRATIONS.get(found..) else { return Ok(Err(found)) };
    for migration in missing {
        change.execute_batch(migration)?;
    }
    change.pragma_update(None, "application_id", APPLICATION)?;
    change.pragma_update(None, "user_version", MIGRATIONS.len())?;
    change.commit()?;
    Ok(Ok(()))
}
