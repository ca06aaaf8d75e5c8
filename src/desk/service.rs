//! The desk's operations. Each is atomic and writes its entry in the audit log.

use super::audit_trail::{Action, AuditEntry};
use super::clinic::Clinic;
use super::error::{DeskError, RecordDamage};
use super::exported_files::{FileStatus, inspect};
use super::file_names::{RECORDS, SETTINGS};
use super::key::{Passphrase, PrivateKeys, PublicKey};
use super::record::{Record, pack_from_text, pack_to_text};
use super::sealing::{deferred_seal, open, open_label, seal_label, trusted_key};
use super::store::sqlite::Sqlite;
use super::store::{
    AuditStamp, ExportedFile, Intake, IntakeState, NewVersion, Seal, SealLabel, Sealed, Store, Version,
};
use crate::answer::AnswerKey;
use crate::interview::{AnswersFile, Finished};
use crate::pack::{Pack, PackFiles, Role};
use chrono::{DateTime, FixedOffset, SecondsFormat};
use serde_json::{Value, json};
use std::path::Path;

/// An open desk: a clinic and its store.
#[derive(Debug)]
pub struct Desk {
    pub(super) clinic: Clinic,
    pub(super) store: Box<dyn Store>,
}

/// The user who performs an action, and the reason.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditNote {
    /// The user's name.
    pub who: String,
    /// The reason, for actions that require one.
    pub why: Option<String>,
}

/// A finished interview and its metadata.
#[derive(Debug)]
pub struct FinishedIntake<'i> {
    /// The finished interview.
    pub finished: &'i Finished<'i>,
    /// The other fields of the answers file.
    pub file: AnswersFile,
    /// The files of the interview's pack; `None` if the store is certain to have them.
    pub pack: Option<&'i PackFiles>,
    /// Start of the interview.
    pub started: DateTime<FixedOffset>,
}

impl Desk {
    /// Creates a clinic in a folder, with new keys and an empty store.
    ///
    /// # Errors
    /// Returns an error if it cannot be created; the folder is then as before.
    pub fn create(
        folder: &Path,
        passphrase: &Passphrase,
        work: u8,
        settings: &str,
        now: DateTime<FixedOffset>,
        note: &AuditNote,
    ) -> Result<Self, DeskError> {
        let new = Clinic::create(folder)?;
        let clinic = new.clinic().clone();
        crate::storage::output::replace(&clinic.path(SETTINGS), settings.as_bytes())?;
        let keys = PrivateKeys::generate();
        let store = Sqlite::create(&clinic.path(RECORDS), || {})?;
        // The public key marks a folder as a clinic, so it is written last.
        clinic.write_keys(&keys, passphrase, work)?;
        let mut desk = Self { clinic: clinic.clone(), store: Box::new(store) };
        let note = deferred_seal(&clinic, note.to_text());
        let stamp = AuditStamp { at: &minute(now), note: Some(&note), key: Some(&keys.public().hash()) };
        desk.store.record_action(Action::Created, None, stamp)?;
        new.commit();
        Ok(desk)
    }

    /// Opens a clinic's desk, locked. `waiting` is called when it has to wait for another desk.
    ///
    /// # Errors
    /// Returns an error if the records or the public key cannot be read.
    pub fn open(clinic: Clinic, waiting: fn()) -> Result<Self, DeskError> {
        let desk = Self { store: Box::new(Sqlite::open(&clinic.path(RECORDS), waiting)?), clinic };
        desk.key()?;
        Ok(desk)
    }

    /// Opens a clinic's desk for reading, which works on a full disk too.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_to_read(clinic: Clinic, waiting: fn()) -> Result<Self, DeskError> {
        let store = Sqlite::open_to_read(&clinic.path(RECORDS), waiting)?;
        clinic.public_key()?;
        Ok(Self { clinic, store: Box::new(store) })
    }

    /// The clinic.
    #[must_use]
    pub fn clinic(&self) -> &Clinic {
        &self.clinic
    }

    /// The store.
    #[must_use]
    pub fn store(&self) -> &dyn Store {
        &*self.store
    }

    /// Reads the current public key, which another desk may have changed.
    ///
    /// # Errors
    /// Returns an error if it cannot be read, or is not the key of the audit log.
    pub fn key(&self) -> Result<PublicKey, DeskError> {
        const TRIES: usize = 3;
        let read = || trusted_key(&self.clinic, &self.store.trusted_keys()?);
        // Another desk may change the key between the two reads.
        let is_changing = |result: &Result<_, DeskError>| matches!(result, Err(DeskError::ForeignKey(_)));
        let mut result = read();
        for _ in 1..TRIES {
            if !is_changing(&result) {
                break;
            }
            result = read();
        }
        result
    }

    /// Begins an intake and returns its number.
    ///
    /// # Errors
    /// Returns an error if it cannot be stored.
    pub fn begin(&mut self, now: DateTime<FixedOffset>, note: &AuditNote) -> Result<u64, DeskError> {
        let note = deferred_seal(&self.clinic, note.to_text());
        self.store.begin(AuditStamp { at: &minute(now), note: Some(&note), key: None })
    }

    /// Stores a finished interview as this version of an intake. The version is 1, or follows the last stored one.
    ///
    /// # Errors
    /// Returns an error if it cannot be stored, or another desk has stored this version.
    pub fn finish(
        &mut self,
        intake: u64,
        version: u32,
        interviewed: FinishedIntake<'_>,
        now: DateTime<FixedOffset>,
        note: &AuditNote,
    ) -> Result<(), DeskError> {
        let FinishedIntake { finished, mut file, pack: files, started } = interviewed;
        let pack = finished.pack();
        let label =
            pack.with_role(Role::Label).and_then(|question| finished.answers().get(&AnswerKey::of_question(question)));
        let label = label.and_then(|answer| answer.value()).and_then(|value| match value {
            crate::answer::AnswerValue::Text(text) => Some(text.clone()),
            _ => None,
        });
        file.answers = finished.answers().clone();
        file.pack_version = Some(pack.version.clone());
        let stored_label = label.clone().unwrap_or_default();
        let clinic = self.clinic.clone();
        let separate_label = move |intake, trusted: &[String]| seal_label(&clinic, intake, &stored_label, trusted);
        // A label of the staff is stored separately and is not replaced by the patient's answer. A correction starts with the
        // staff's label, so its own label is the current one.
        let separate_label: Option<&SealLabel<'_>> = (version > 1).then_some(&separate_label);
        let record = Record {
            intake,
            version,
            started: second(started),
            finished: second(now),
            label,
            pack: pack.hash.clone(),
            answers: file.write(pack),
        };
        let sealed = deferred_seal(&self.clinic, record.to_json().to_string());
        let is_known = self.store.packs()?.iter().any(|(hash, _)| *hash == pack.hash);
        let files = files.filter(|_| !is_known);
        let sealed_pack = files.map(|files| deferred_seal(&self.clinic, pack_to_text(files)));
        let sealed_pack = sealed_pack.as_ref().map(|seal| seal as &Seal<'_>);
        let note = deferred_seal(&self.clinic, note.to_text());
        let version =
            NewVersion { intake, version, sealed: &sealed, pack: &pack.hash, sealed_pack, label: separate_label };
        self.store.add_version(version, AuditStamp { at: &minute(now), note: Some(&note), key: None })
    }

    /// Adds an action on an intake or at the desk to the audit log.
    ///
    /// # Errors
    /// Returns an error if it cannot be written.
    pub fn record_action(
        &mut self,
        what: Action,
        intake: Option<u64>,
        now: DateTime<FixedOffset>,
        note: &AuditNote,
    ) -> Result<(), DeskError> {
        let note = deferred_seal(&self.clinic, note.to_text());
        self.store.record_action(what, intake, AuditStamp { at: &minute(now), note: Some(&note), key: None })
    }

    /// Decrypts one version of a record, by default the last one.
    ///
    /// # Errors
    /// Returns an error if there is none, or it cannot be decrypted.
    pub fn record(&self, keys: &PrivateKeys, intake: u64, version: Option<u32>) -> Result<Record, DeskError> {
        let mut record = None;
        // Another desk may re-encrypt or delete it between two queries.
        self.store.snapshot(&mut || {
            record = Some(self.record_of(keys, intake, version)?);
            Ok(())
        })?;
        record.ok_or(DeskError::damaged(intake, RecordDamage::NoRecord))
    }

    fn record_of(&self, keys: &PrivateKeys, intake: u64, version: Option<u32>) -> Result<Record, DeskError> {
        let (version, sealed) = self.sealed_version(intake, version)?;
        let mut record = open(keys, intake, &sealed, Some(version.version))?;
        if let Some(sealed) = self.sealed_label(intake)? {
            record.label = open_label(keys, intake, &sealed)?;
        }
        Ok(record)
    }

    /// Decrypts the separate label of an intake. `None` if there is none, or it was removed.
    ///
    /// # Errors
    /// Returns an error if it cannot be decrypted.
    pub fn separate_label(&self, keys: &PrivateKeys, intake: u64) -> Result<Option<String>, DeskError> {
        self.sealed_label(intake)?.map_or(Ok(None), |sealed| open_label(keys, intake, &sealed))
    }

    fn sealed_label(&self, intake: u64) -> Result<Option<Sealed>, DeskError> {
        let label = self.store.labels()?.into_iter().find(|(number, _)| *number == intake);
        let Some((_, id)) = label else { return Ok(None) };
        let sealed = self.store.sealed(id)?;
        Ok(Some(sealed.ok_or(DeskError::damaged(intake, RecordDamage::LostLabel))?))
    }

    /// Returns one version of a record, still encrypted; by default the last one.
    ///
    /// # Errors
    /// Returns an error if there is none.
    pub fn sealed_record(&self, intake: u64, version: Option<u32>) -> Result<Vec<u8>, DeskError> {
        Ok(self.sealed_version(intake, version)?.1.bytes)
    }

    fn sealed_version(&self, intake: u64, number: Option<u32>) -> Result<(Version, Sealed), DeskError> {
        let state = self.intake(intake)?.state;
        let mut versions = self.store.versions(intake)?;
        let is_match = |version: &Version| number.is_none_or(|number| version.version == number);
        let Some(index) = versions.iter().rposition(is_match) else {
            return Err(match (state, number) {
                (IntakeState::Invited | IntakeState::Started, _) => DeskError::NotFinished(intake),
                (_, Some(version)) => DeskError::NoVersion { intake, version, versions: versions.len() },
                _ => DeskError::damaged(intake, RecordDamage::NoRecord),
            });
        };
        let version = versions.swap_remove(index);
        let sealed = self.store.sealed(version.sealed)?;
        let sealed = sealed.ok_or(DeskError::damaged(intake, RecordDamage::LostRecord))?;
        Ok((version, sealed))
    }

    /// Decrypts the pack of a record.
    ///
    /// # Errors
    /// Returns an error if it is missing, or cannot be decrypted.
    pub fn pack(&self, keys: &PrivateKeys, record: &Record) -> Result<Pack, DeskError> {
        let packs = self.store.packs()?;
        let id = packs.iter().find(|(hash, _)| *hash == record.pack).map(|(_, id)| *id);
        let sealed = id.map(|id| self.store.sealed(id)).transpose()?.flatten();
        let text = sealed.and_then(|sealed| keys.open(&sealed.bytes));
        text.and_then(|text| pack_from_text(&text, &record.pack))
            .ok_or(DeskError::damaged(record.intake, RecordDamage::LostPack))
    }

    /// Returns an intake by its number.
    ///
    /// # Errors
    /// Returns an error if there is none with that number.
    pub fn intake(&self, number: u64) -> Result<Intake, DeskError> {
        Ok(self.store.intake(number)?.ok_or(DeskError::NoIntake(number))??)
    }

    /// Registers a file of an intake before it is written.
    ///
    /// # Errors
    /// Returns an error if the store cannot be written.
    pub fn register_file(
        &mut self,
        intake: u64,
        file: &ExportedFile,
        now: DateTime<FixedOffset>,
    ) -> Result<(), DeskError> {
        self.store.register_file(intake, file, &minute(now))
    }

    /// Unregisters a file that was not written, because its path was taken. It stays registered if the existing file
    /// has the same content, as after an earlier export.
    ///
    /// # Errors
    /// Returns an error if the store cannot be written.
    pub fn unregister_file(
        &mut self,
        intake: u64,
        file: &ExportedFile,
        now: DateTime<FixedOffset>,
    ) -> Result<(), DeskError> {
        if inspect(file) == FileStatus::Present {
            return Ok(());
        }
        self.store.unregister_file(intake, file, &minute(now))
    }

    /// Returns a copy of the whole store, as the bytes of a database file.
    ///
    /// # Errors
    /// Returns an error if it cannot be read.
    pub fn copy(&mut self) -> Result<Vec<u8>, DeskError> {
        self.store.copy()
    }

    /// Returns the audit log, of one intake or of all. With the keys, each entry has its decrypted note.
    ///
    /// # Errors
    /// Returns an error if it cannot be read.
    pub fn trail(
        &self,
        keys: Option<&PrivateKeys>,
        intake: Option<u64>,
    ) -> Result<Vec<(AuditEntry, Option<AuditNote>)>, DeskError> {
        let mut entries = Vec::new();
        self.store.trail(&mut |entry| {
            let entry = entry?;
            if intake.is_none() || entry.intake == intake {
                entries.push(entry);
            }
            Ok(())
        })?;
        let open = |entry: AuditEntry| {
            let sealed = keys
                .zip(entry.note.as_ref())
                .map(|(keys, note)| Ok::<_, DeskError>((keys, self.store.sealed(note.sealed)?)));
            let note = match sealed.transpose()? {
                Some((keys, Some(sealed))) => keys.open(&sealed.bytes).and_then(|text| AuditNote::from_text(&text)),
                _ => None,
            };
            Ok((entry, note))
        };
        entries.into_iter().map(open).collect()
    }
}

impl AuditNote {
    pub(super) fn to_text(&self) -> String {
        json!({ "who": self.who, "why": self.why }).to_string()
    }

    fn from_text(text: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(text).ok()?;
        let why = value.get("why").and_then(Value::as_str).map(str::to_owned);
        Some(Self { who: value.get("who")?.as_str()?.to_owned(), why })
    }
}

/// Formats a time for a plain-text column: to the minute, so that it reveals no more than the list shows.
pub(super) fn minute(at: DateTime<FixedOffset>) -> String {
    at.format("%Y-%m-%dT%H:%M%:z").to_string()
}

pub(super) fn second(at: DateTime<FixedOffset>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, false)
}
