//! A decrypted record with its pack and its answers.

use super::open_desk::{config, unlock};
use crate::cli::{DeskOptions, OutputArgs, PackArgs, RecordSelector};
use crate::commands::now;
use crate::commands::output_plan::OutputJob;
use crate::desk::audit_trail::Action;
use crate::desk::{AuditNote, Desk, DeskError, PrivateKeys, Record};
use crate::error::Error;
use crate::interview::{AnswersFile, Finished, Interview};
use crate::pack::Pack;
use crate::storage::config_file;

/// A decrypted record with its pack and its checked answers.
pub(super) struct OpenRecord {
    pub(super) record: Record,
    pub(super) pack: Pack,
    pub(super) file: AnswersFile,
}

impl OpenRecord {
    /// Decrypts a record with the keys.
    pub(super) fn new(desk: &Desk, keys: &PrivateKeys, number: u64, version: Option<u32>) -> Result<Self, DeskError> {
        let record = desk.record(keys, number, version)?;
        let pack = desk.pack(keys, &record)?;
        let file = record.answers(&pack)?;
        Ok(Self { record, pack, file })
    }

    /// Unlocks the desk and decrypts a record. Callers record the action in the audit log before they show the record.
    pub(super) fn unlock(desk: &mut Desk, options: &DeskOptions, which: &RecordSelector) -> Result<Self, Error> {
        let keys = unlock(desk, options)?;
        Ok(Self::new(desk, &keys, which.number, which.version)?)
    }

    /// Adds an action on the record to the audit log.
    pub(super) fn record_action(&self, desk: &mut Desk, what: Action, note: &AuditNote) -> Result<(), DeskError> {
        desk.record_action(what, Some(self.record.intake), now(), note)
    }

    /// Prepares the record's output.
    pub(super) fn page(&self, desk: &Desk, lang: Option<&str>, output: &OutputArgs) -> Result<OutputJob, Error> {
        let pack_args = PackArgs { pack: None, lang: lang.map(str::to_owned) };
        let settings = config_file::load(config(desk).config.as_deref())?;
        OutputJob::new(&self.pack, &settings, &pack_args, output, &self.file)
    }

    /// Returns the answers as a finished interview.
    pub(super) fn finished(&self) -> Result<Finished<'_>, Error> {
        Interview::new(&self.pack, self.file.answers.clone()).finish().map_err(|_| unfinished())
    }
}

/// Returns the error for a record that lacks an answer.
pub(super) fn unfinished() -> Error {
    Error::failed("a required question has no answer in this record")
}
