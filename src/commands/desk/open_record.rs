//! A record, opened: the pack that it was taken with, and its answers.

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
    /// Opens a record with the keys.
    pub(super) fn new(desk: &Desk, keys: &PrivateKeys, number: u64, version: Option<u32>) -> Result<Self, DeskError> {
        let record = desk.record(keys, number, version)?;
        let pack = desk.pack(keys, &record)?;
        let file = record.answers(&pack)?;
        Ok(Self { record, pack, file })
    }

    /// Unlocks the desk and opens a record. What is shown of it is recorded in the trail first.
    pub(super) fn unlock(desk: &mut Desk, at: &DeskOptions, which: &RecordSelector) -> Result<Self, Error> {
        let keys = unlock(desk, at)?;
        Ok(Self::new(desk, &keys, which.number, which.version)?)
    }

    /// Records in the trail what is done with it.
    pub(super) fn record_action(&self, desk: &mut Desk, what: Action, note: &AuditNote) -> Result<(), DeskError> {
        desk.record_action(what, Some(self.record.intake), now(), note)
    }

    /// How it is put on pages.
    pub(super) fn page(&self, desk: &Desk, lang: Option<&str>, output: OutputArgs) -> Result<OutputJob, Error> {
        let wanted = PackArgs { pack: None, lang: lang.map(str::to_owned) };
        let settings = config_file::load(config(desk).config.as_deref())?;
        OutputJob::new(&self.pack, &settings, &wanted, &output, &self.file)
    }

    /// The answers, finished.
    pub(super) fn finished(&self) -> Result<Finished<'_>, Error> {
        Interview::new(&self.pack, self.file.answers.clone()).finish().map_err(|_| unfinished())
    }
}

/// The error for a record that lacks an answer.
pub(super) fn unfinished() -> Error {
    Error::failed("a required question has no answer in this record")
}
