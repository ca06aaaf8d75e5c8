//! Changes of the SQLite store, each with its entry in the audit log.

use super::rows::{SELECT_LAST_ENTRY, files_of, intake_row, read, row_checksum, trusted_keys};
use super::{AuditStamp, ExportedFile, IntakeState, NewVersion, OnRemove, Reencrypt, Seal};
use crate::desk::audit_trail::{Action, AuditEntry, SealedRef, sha256};
use crate::desk::error::DeskError;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

/// An open transaction that writes.
pub(super) struct WriteTransaction<'t> {
    transaction: Transaction<'t>,
}

/// The error of a failed change: from the database, or because the request does not fit the stored data.
pub(super) enum ChangeError {
    Database(rusqlite::Error),
    Request(DeskError),
}

impl From<rusqlite::Error> for ChangeError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

impl From<DeskError> for ChangeError {
    fn from(error: DeskError) -> Self {
        Self::Request(error)
    }
}

impl<'t> WriteTransaction<'t> {
    pub(super) fn new(transaction: Transaction<'t>) -> Self {
        Self { transaction }
    }

    pub(super) fn connection(&self) -> &Connection {
        &self.transaction
    }

    pub(super) fn commit(self) -> rusqlite::Result<()> {
        self.transaction.commit()
    }

    pub(super) fn begin(&self, stamp: AuditStamp<'_>) -> Result<u64, ChangeError> {
        let number = self.insert_intake(IntakeState::Started, stamp.at)?;
        self.append(Action::Started, Some(number), None, None, stamp)?;
        Ok(number)
    }

    /// Adds a row for a new intake, and returns its number.
    pub(super) fn insert_intake(&self, state: IntakeState, at: &str) -> rusqlite::Result<u64> {
        let insert = "INSERT INTO intakes (started, state, sum) VALUES (?1, ?2, '')";
        self.transaction.prepare_cached(insert)?.execute(params![at, state.name()])?;
        let number = self.transaction.last_insert_rowid().unsigned_abs();
        self.set_state(number, state)?;
        Ok(number)
    }

    pub(super) fn add_version(&self, version: NewVersion<'_>, stamp: AuditStamp<'_>) -> Result<(), ChangeError> {
        let NewVersion { intake, version, sealed, pack, sealed_pack, label } = version;
        self.state(intake)?;
        let last = "SELECT coalesce(max(version), 0) FROM versions WHERE intake = ?1";
        let last: u32 = self.transaction.prepare_cached(last)?.query_row([intake], |row| row.get(0))?;
        if last + 1 != version {
            let error = match version {
                1 => DeskError::AlreadyFinished(intake),
                _ => DeskError::CorrectedElsewhere(intake),
            };
            return Err(error.into());
        }
        if let Some(sealed_pack) = sealed_pack {
            let query = "SELECT 1 FROM packs WHERE hash = ?1";
            if !self.transaction.prepare_cached(query)?.exists([pack])? {
                let item = self.seal(sealed_pack)?;
                let insert = "INSERT INTO packs (hash, sealed) VALUES (?1, ?2)";
                self.transaction.prepare_cached(insert)?.execute(params![pack, item.sealed])?;
                let entry = AuditEntry {
                    record: Some(item),
                    file: Some(pack.to_owned()),
                    ..entry(Action::PackStored, None, stamp.at)
                };
                self.append_entry(entry)?;
            }
        }
        let item = self.seal(sealed)?;
        let insert = "INSERT INTO versions (intake, version, kept, sealed) VALUES (?1, ?2, ?3, ?4)";
        self.transaction.prepare_cached(insert)?.execute(params![intake, version, stamp.at, item.sealed])?;
        self.set_state(intake, IntakeState::Finished)?;
        let what = if version == 1 { Action::Finished } else { Action::Corrected };
        self.append(what, Some(intake), Some(version), Some(item), stamp)?;
        if let Some(label) = label {
            self.replace_label(intake, label, stamp)?;
        }
        self.end_invitation(intake)?;
        Ok(())
    }

    pub(super) fn record_action(
        &self,
        what: Action,
        intake: Option<u64>,
        stamp: AuditStamp<'_>,
    ) -> Result<(), ChangeError> {
        if let Some(intake) = intake {
            self.state(intake)?;
            if what == Action::Printed {
                self.set_state(intake, IntakeState::Printed)?;
            }
        }
        self.append(what, intake, None, None, stamp)
    }

    pub(super) fn register_file(&self, intake: u64, file: &ExportedFile, at: &str) -> Result<(), ChangeError> {
        let insert = "INSERT OR IGNORE INTO files (intake, path, hash) VALUES (?1, ?2, ?3)";
        let changed = self.transaction.execute(insert, params![intake, file.path, file.hash])?;
        if changed > 0 { self.append_file(Action::Written, intake, &file.path, at) } else { Ok(()) }
    }

    pub(super) fn unregister_file(&self, intake: u64, file: &ExportedFile, at: &str) -> Result<(), ChangeError> {
        let delete = "DELETE FROM files WHERE intake = ?1 AND path = ?2 AND hash = ?3";
        let changed = self.transaction.execute(delete, params![intake, file.path, file.hash])?;
        if changed > 0 { self.append_file(Action::NotWritten, intake, &file.path, at) } else { Ok(()) }
    }

    /// Adds the registered files to the audit log of a store from before version 2 of the tables.
    pub(super) fn backfill_file_entries(&self) -> Result<(), ChangeError> {
        let at = "SELECT at FROM trail ORDER BY place DESC LIMIT 1";
        let at: String = self.transaction.query_row(at, [], |row| row.get(0)).optional()?.unwrap_or_default();
        let mut query = self.transaction.prepare("SELECT intake, path FROM files ORDER BY intake, path, hash")?;
        let files: rusqlite::Result<Vec<(u64, String)>> =
            query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect();
        files?.iter().try_for_each(|(intake, path)| self.append_file(Action::Written, *intake, path, &at))
    }

    /// Removes intakes. All their entries in the audit log share one note; without any intake, the note is not stored.
    pub(super) fn remove(
        &self,
        what: Action,
        intakes: &[u64],
        stamp: AuditStamp<'_>,
        on_remove: &mut OnRemove<'_>,
    ) -> Result<(), ChangeError> {
        if intakes.is_empty() {
            return Ok(());
        }
        let note = stamp.note.map(|note| self.seal(note)).transpose()?;
        let mut files = Vec::new();
        for intake in intakes {
            files.push((*intake, files_of(&self.transaction, *intake)?));
            self.remove_rows(*intake)?;
            let entry = AuditEntry { note: note.clone(), ..entry(what, Some(*intake), stamp.at) };
            self.append_entry(entry)?;
        }
        on_remove(&files);
        Ok(())
    }

    fn remove_rows(&self, intake: u64) -> Result<(), ChangeError> {
        // A damaged row can be removed too, so it is not parsed.
        let query = "SELECT 1 FROM intakes WHERE number = ?1";
        if !self.transaction.prepare_cached(query)?.exists([intake])? {
            return Err(DeskError::NoIntake(intake).into());
        }
        let sealed = "SELECT sealed FROM versions WHERE intake = ?1
            UNION SELECT record FROM trail WHERE intake = ?1 AND record IS NOT NULL
            UNION SELECT note FROM trail WHERE intake = ?1 AND note IS NOT NULL";
        let ids: Result<Vec<u64>, _> =
            self.transaction.prepare_cached(sealed)?.query_map([intake], |row| row.get(0))?.collect();
        for table in ["versions", "files", "labels", "invitations"] {
            self.transaction.prepare_cached(&format!("DELETE FROM {table} WHERE intake = ?1"))?.execute([intake])?;
        }
        for id in ids? {
            self.transaction.prepare_cached("DELETE FROM sealed WHERE id = ?1")?.execute([id])?;
        }
        self.transaction.prepare_cached("DELETE FROM intakes WHERE number = ?1")?.execute([intake])?;
        Ok(())
    }

    pub(super) fn reencrypt(&self, reencrypt: &mut Reencrypt<'_>, stamp: AuditStamp<'_>) -> Result<usize, ChangeError> {
        let ids: Result<Vec<u64>, _> =
            self.transaction.prepare("SELECT id FROM sealed ORDER BY id")?.query_map([], |row| row.get(0))?.collect();
        let ids = ids?;
        for id in &ids {
            let read = "SELECT bytes FROM sealed WHERE id = ?1";
            let bytes: Vec<u8> = self.transaction.prepare_cached(read)?.query_row([id], |row| row.get(0))?;
            let bytes = reencrypt(&bytes)?;
            let item = SealedRef { sealed: *id, hash: sha256(&bytes) };
            let update = "UPDATE sealed SET hash = ?2, bytes = ?3 WHERE id = ?1";
            self.transaction.prepare_cached(update)?.execute(params![id, item.hash, bytes])?;
            let entry = AuditEntry { record: Some(item), ..entry(Action::Reencrypted, None, stamp.at) };
            self.append_entry(entry)?;
        }
        self.append(Action::KeyRotated, None, None, None, stamp)?;
        Ok(ids.len())
    }

    /// Returns the state of an intake, or an error if it does not exist.
    pub(super) fn state(&self, intake: u64) -> Result<IntakeState, ChangeError> {
        let query = "SELECT number, started, state, sum FROM intakes WHERE number = ?1";
        let row = |row: &Row<'_>| read(row, "intakes", intake_row);
        let row = self.transaction.prepare_cached(query)?.query_row([intake], row).optional()?;
        Ok(row.ok_or(DeskError::NoIntake(intake))?.map_err(DeskError::from)?.state)
    }

    pub(super) fn set_state(&self, intake: u64, state: IntakeState) -> rusqlite::Result<()> {
        let read = "SELECT started FROM intakes WHERE number = ?1";
        let started: String = self.transaction.prepare_cached(read)?.query_row([intake], |row| row.get(0))?;
        let update = "UPDATE intakes SET state = ?2, sum = ?3 WHERE number = ?1";
        let sum = row_checksum(intake, &started, state);
        self.transaction.prepare_cached(update)?.execute(params![intake, state.name(), sum])?;
        Ok(())
    }

    pub(super) fn seal(&self, seal: &Seal<'_>) -> Result<SealedRef, ChangeError> {
        let bytes = seal(&trusted_keys(&self.transaction)?)?;
        let hash = sha256(&bytes);
        let insert = "INSERT INTO sealed (hash, bytes) VALUES (?1, ?2)";
        self.transaction.prepare_cached(insert)?.execute(params![hash, bytes])?;
        Ok(SealedRef { sealed: self.transaction.last_insert_rowid().unsigned_abs(), hash })
    }

    pub(super) fn append(
        &self,
        what: Action,
        intake: Option<u64>,
        version: Option<u32>,
        record: Option<SealedRef>,
        stamp: AuditStamp<'_>,
    ) -> Result<(), ChangeError> {
        let note = stamp.note.map(|note| self.seal(note)).transpose()?;
        let file = stamp.key.map(str::to_owned);
        self.append_entry(AuditEntry { version, record, note, file, ..entry(what, intake, stamp.at) })
    }

    fn append_file(&self, what: Action, intake: u64, path: &str, at: &str) -> Result<(), ChangeError> {
        self.append_entry(AuditEntry { file: Some(sha256(path.as_bytes())), ..entry(what, Some(intake), at) })
    }

    /// Appends an entry to the audit log, with its place and hash.
    fn append_entry(&self, mut entry: AuditEntry) -> Result<(), ChangeError> {
        let last = self
            .transaction
            .prepare_cached(SELECT_LAST_ENTRY)?
            .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let (place, previous): (u64, String) = last.unwrap_or_default();
        entry.place = place + 1;
        entry.hash = entry.chain_hash(&previous);
        let [record, note] = [&entry.record, &entry.note].map(|item| item.as_ref());
        let insert =
            "INSERT INTO trail (place, at, what, intake, version, record, record_hash, note, note_hash, hash, file)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
        self.transaction.prepare_cached(insert)?.execute(params![
            entry.place,
            entry.at,
            entry.what.name(),
            entry.intake,
            entry.version,
            record.map(|item| item.sealed),
            record.map(|item| &item.hash),
            note.map(|item| item.sealed),
            note.map(|item| &item.hash),
            entry.hash,
            entry.file,
        ])?;
        Ok(())
    }
}

/// Creates an entry that has no place or hash yet.
fn entry(what: Action, intake: Option<u64>, at: &str) -> AuditEntry {
    let at = at.to_owned();
    AuditEntry { place: 0, at, what, intake, version: None, record: None, note: None, file: None, hash: String::new() }
}
