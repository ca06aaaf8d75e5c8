//! What is changed in the SQLite store, each change with its entry in the trail.

use super::sqlite::Sqlite;
use super::sqlite_read::{LAST, intake_row, sum};
use super::{Entry, File, Kept, Reseal, Stamp, State, What};
use crate::desk::trail::{Mention, sha256};
use crate::error::Error;
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};

/// A transaction under way.
pub(super) struct Change<'t> {
    transaction: Transaction<'t>,
}

/// Why a change is not made: the database refuses, or what is asked for does not fit what is there.
pub(super) enum Refused {
    Database(rusqlite::Error),
    Request(Error),
}

impl From<rusqlite::Error> for Refused {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Self::Request(error)
    }
}

impl Sqlite {
    /// Makes a change, or leaves everything as it was.
    pub(super) fn write<T>(&mut self, change: impl FnOnce(&Change<'_>) -> Result<T, Refused>) -> Result<T, Error> {
        let run = || -> Result<T, Refused> {
            // Taken at once: a reader that becomes a writer half way could not wait for another one.
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let open = Change { transaction };
            let made = change(&open)?;
            open.transaction.commit()?;
            Ok(made)
        };
        match run() {
            Ok(made) => Ok(made),
            Err(Refused::Database(error)) => Err(self.failed(&error)),
            Err(Refused::Request(error)) => Err(error),
        }
    }
}

impl Change<'_> {
    pub(super) fn begin(&self, stamp: Stamp<'_>) -> Result<u64, Refused> {
        let insert = "INSERT INTO intakes (started, state, sum) VALUES (?1, ?2, '')";
        self.transaction.prepare_cached(insert)?.execute(params![stamp.at, State::Started.name()])?;
        let number = self.transaction.last_insert_rowid().unsigned_abs();
        self.set_state(number, State::Started)?;
        self.append(What::Started, Some(number), None, None, stamp)?;
        Ok(number)
    }

    pub(super) fn keep(&self, kept: Kept<'_>, stamp: Stamp<'_>) -> Result<(), Refused> {
        let Kept { intake, version, sealed, pack, sealed_pack } = kept;
        self.state(intake)?;
        let last = "SELECT coalesce(max(version), 0) FROM versions WHERE intake = ?1";
        let last: u32 = self.transaction.prepare_cached(last)?.query_row([intake], |row| row.get(0))?;
        if last + 1 != version {
            let error = match version {
                1 => Error::failed(format!("intake {intake} is finished already")).hint("open its record instead"),
                _ => Error::failed(format!("somebody else has corrected intake {intake} in the meantime"))
                    .hint("look at it again, then correct it once more"),
            };
            return Err(error.into());
        }
        if let Some(sealed_pack) = sealed_pack {
            let known = "SELECT 1 FROM packs WHERE hash = ?1";
            if !self.transaction.prepare_cached(known)?.exists([pack])? {
                let mention = self.seal(sealed_pack)?;
                let insert = "INSERT INTO packs (hash, sealed) VALUES (?1, ?2)";
                self.transaction.prepare_cached(insert)?.execute(params![pack, mention.sealed])?;
                self.append(What::PackKept, None, None, Some(mention), Stamp { note: None, ..stamp })?;
            }
        }
        let mention = self.seal(sealed)?;
        let insert = "INSERT INTO versions (intake, version, kept, sealed) VALUES (?1, ?2, ?3, ?4)";
        self.transaction.prepare_cached(insert)?.execute(params![intake, version, stamp.at, mention.sealed])?;
        self.set_state(intake, State::Finished)?;
        let what = if version == 1 { What::Finished } else { What::Corrected };
        self.append(what, Some(intake), Some(version), Some(mention), stamp)
    }

    pub(super) fn mark(&self, what: What, intake: Option<u64>, stamp: Stamp<'_>) -> Result<(), Refused> {
        if let Some(intake) = intake {
            self.state(intake)?;
            if what == What::Printed {
                self.set_state(intake, State::Printed)?;
            }
        }
        self.append(what, intake, None, None, stamp)
    }

    pub(super) fn claim(&self, intake: u64, file: &File) -> Result<(), Refused> {
        let insert = "INSERT OR IGNORE INTO files (intake, path, hash) VALUES (?1, ?2, ?3)";
        self.transaction.execute(insert, params![intake, file.path, file.hash])?;
        Ok(())
    }

    pub(super) fn disclaim(&self, intake: u64, file: &File) -> Result<(), Refused> {
        let delete = "DELETE FROM files WHERE intake = ?1 AND path = ?2 AND hash = ?3";
        self.transaction.execute(delete, params![intake, file.path, file.hash])?;
        Ok(())
    }

    /// Removes intakes; one note of who and why is for all of them, and where there is none it is not kept.
    pub(super) fn remove(&self, what: What, intakes: &[u64], stamp: Stamp<'_>) -> Result<(), Refused> {
        if intakes.is_empty() {
            return Ok(());
        }
        let note = stamp.note.map(|note| self.seal(note)).transpose()?;
        for intake in intakes {
            self.remove_rows(*intake)?;
            self.append_noted(what, Some(*intake), None, None, stamp.at, note.clone())?;
        }
        Ok(())
    }

    fn remove_rows(&self, intake: u64) -> Result<(), Refused> {
        self.state(intake)?;
        let sealed = "SELECT sealed FROM versions WHERE intake = ?1
            UNION SELECT note FROM trail WHERE intake = ?1 AND note IS NOT NULL";
        let ids: Result<Vec<u64>, _> =
            self.transaction.prepare_cached(sealed)?.query_map([intake], |row| row.get(0))?.collect();
        for table in ["versions", "files"] {
            self.transaction.prepare_cached(&format!("DELETE FROM {table} WHERE intake = ?1"))?.execute([intake])?;
        }
        for id in ids? {
            self.transaction.prepare_cached("DELETE FROM sealed WHERE id = ?1")?.execute([id])?;
        }
        self.transaction.prepare_cached("DELETE FROM intakes WHERE number = ?1")?.execute([intake])?;
        Ok(())
    }

    pub(super) fn reseal(&self, reseal: &mut Reseal<'_>, stamp: Stamp<'_>) -> Result<usize, Refused> {
        let ids: Result<Vec<u64>, _> =
            self.transaction.prepare("SELECT id FROM sealed ORDER BY id")?.query_map([], |row| row.get(0))?.collect();
        let ids = ids?;
        for id in &ids {
            let read = "SELECT bytes FROM sealed WHERE id = ?1";
            let bytes: Vec<u8> = self.transaction.prepare_cached(read)?.query_row([id], |row| row.get(0))?;
            let bytes = reseal(&bytes)?;
            let mention = Mention { sealed: *id, hash: sha256(&bytes) };
            let update = "UPDATE sealed SET hash = ?2, bytes = ?3 WHERE id = ?1";
            self.transaction.prepare_cached(update)?.execute(params![id, mention.hash, bytes])?;
            self.append(What::Resealed, None, None, Some(mention), Stamp { note: None, ..stamp })?;
        }
        self.append(What::KeyRotated, None, None, None, stamp)?;
        Ok(ids.len())
    }

    /// The state of an intake that has to be there.
    fn state(&self, intake: u64) -> Result<State, Refused> {
        let read = "SELECT number, started, state, sum FROM intakes WHERE number = ?1";
        let row = self.transaction.prepare_cached(read)?.query_row([intake], intake_row).optional()?;
        let Some(row) = row else {
            return Err(Error::input(format!("there is no intake {intake}"))
                .hint("see which there are with `preconsult desk list --all`")
                .into());
        };
        Ok(row.state)
    }

    fn set_state(&self, intake: u64, state: State) -> Result<(), Refused> {
        let read = "SELECT started FROM intakes WHERE number = ?1";
        let started: String = self.transaction.prepare_cached(read)?.query_row([intake], |row| row.get(0))?;
        let update = "UPDATE intakes SET state = ?2, sum = ?3 WHERE number = ?1";
        let sum = sum(intake, &started, state);
        self.transaction.prepare_cached(update)?.execute(params![intake, state.name(), sum])?;
        Ok(())
    }

    fn seal(&self, bytes: &[u8]) -> Result<Mention, Refused> {
        let hash = sha256(bytes);
        let insert = "INSERT INTO sealed (hash, bytes) VALUES (?1, ?2)";
        self.transaction.prepare_cached(insert)?.execute(params![hash, bytes])?;
        Ok(Mention { sealed: self.transaction.last_insert_rowid().unsigned_abs(), hash })
    }

    fn append(
        &self,
        what: What,
        intake: Option<u64>,
        version: Option<u32>,
        record: Option<Mention>,
        stamp: Stamp<'_>,
    ) -> Result<(), Refused> {
        let note = stamp.note.map(|note| self.seal(note)).transpose()?;
        self.append_noted(what, intake, version, record, stamp.at, note)
    }

    fn append_noted(
        &self,
        what: What,
        intake: Option<u64>,
        version: Option<u32>,
        record: Option<Mention>,
        at: &str,
        note: Option<Mention>,
    ) -> Result<(), Refused> {
        let last =
            self.transaction.prepare_cached(LAST)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        let (place, before): (u64, String) = last.unwrap_or_default();
        let at = at.to_owned();
        let mut entry = Entry { place: place + 1, at, what, intake, version, record, note, hash: String::new() };
        entry.hash = entry.chained(&before);
        let [record, note] = [&entry.record, &entry.note].map(|mention| mention.as_ref());
        let insert = "INSERT INTO trail (place, at, what, intake, version, record, record_hash, note, note_hash, hash)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
        self.transaction.prepare_cached(insert)?.execute(params![
            entry.place,
            entry.at,
            what.name(),
            intake,
            version,
            record.map(|mention| mention.sealed),
            record.map(|mention| &mention.hash),
            note.map(|mention| mention.sealed),
            note.map(|mention| &mention.hash),
            entry.hash,
        ])?;
        Ok(())
    }
}
