//! Removes intakes with their rows, files and journals, or not at all.

use super::audit_trail::{Action, AuditEntry, sha256};
use super::error::{ClinicAction, DeskError};
use super::exported_files::{self, FileStatus};
use super::running_server::RunningServer;
use super::sealing::deferred_seal;
use super::service::{AuditNote, Desk, minute};
use super::store::{AuditStamp, ExportedFile, Intake, IntakeState};
use crate::storage::drafts::{self, DraftError, Drafts, RemovalLock};
use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};
use std::collections::{BTreeMap, BTreeSet};

/// An intake that was removed, or would be.
#[derive(Debug, Clone)]
pub struct Removed {
    /// Its number.
    pub number: u64,
    /// The intake before its removal; `None` if its row was damaged.
    pub intake: Option<Intake>,
    /// The number of its versions.
    pub versions: usize,
    /// The paths of its exported files, each with its status.
    pub files: Vec<(String, FileStatus)>,
}

/// Files that this desk has written, each with its intake and the hash of its path.
#[derive(Debug, Default)]
struct WrittenHere(BTreeSet<(u64, String)>);

impl WrittenHere {
    /// Returns the status of a file, or that only a backup names it.
    fn status(&self, intake: u64, file: &ExportedFile, status: fn(&ExportedFile) -> FileStatus) -> FileStatus {
        let is_ours = self.0.contains(&(intake, sha256(file.path.as_bytes())));
        if is_ours { status(file) } else { FileStatus::OfBackup }
    }
}

impl Desk {
    /// Returns what a removal of these intakes would remove.
    ///
    /// # Errors
    /// Returns an error if one does not exist.
    pub fn plan_removal(&self, intakes: &[u64]) -> Result<Vec<Removed>, DeskError> {
        let written_here = self.written_here()?;
        let removed = |number: &u64| {
            let intake = match self.store.intake(*number)? {
                None => Some(self.intake(*number)?),
                Some(intake) => intake.ok(),
            };
            let files = self.store.files(*number)?;
            Ok(Removed {
                number: *number,
                intake,
                versions: self.store.versions(*number)?.len(),
                files: files
                    .into_iter()
                    .map(|file| (file.path.clone(), written_here.status(*number, &file, exported_files::inspect)))
                    .collect(),
            })
        };
        intakes.iter().map(removed).collect()
    }

    /// Returns the files that this desk has written since the records were last restored. A backup has no
    /// signature, so the paths in it cannot be trusted.
    fn written_here(&self) -> Result<WrittenHere, DeskError> {
        let mut written = WrittenHere::default();
        self.store.trail(&mut |entry| {
            match entry {
                Ok(AuditEntry { what: Action::Restored, .. }) => written.0.clear(),
                Ok(AuditEntry { what: Action::Written, intake: Some(intake), file: Some(path), .. }) => {
                    written.0.insert((intake, path));
                }
                _ => {}
            }
            Ok(())
        })?;
        Ok(written)
    }

    /// Returns the day when the desk was last used, if that is so long ago that the clock may be wrong. The last week does
    /// not count: with a wrong clock, it may have entries already.
    ///
    /// # Errors
    /// Returns an error if the audit log cannot be read.
    pub fn last_use_long_ago(&self, now: DateTime<FixedOffset>) -> Result<Option<NaiveDate>, DeskError> {
        const LONG: TimeDelta = TimeDelta::days(60);
        const LAST_WEEK: TimeDelta = TimeDelta::days(7);
        let mut last = None;
        self.store.trail(&mut |entry| {
            let at = entry.ok().and_then(|entry| entry.at.get(..10)?.parse::<NaiveDate>().ok());
            last = last.max(at.filter(|day| *day <= (now - LAST_WEEK).date_naive()));
            Ok(())
        })?;
        Ok(last.filter(|day| now.date_naive() - *day > LONG))
    }

    /// Removes intakes permanently. It first locks their journals, so that no interview is in progress, and deletes the
    /// rows in a transaction. Their files are removed before the commit, their journals after it. [`Self::compact`]
    /// erases what is left in the store's file.
    ///
    /// # Errors
    /// Returns an error if one does not exist or its interview is in progress; nothing is removed then.
    pub fn remove(
        &mut self,
        what: Action,
        intakes: &[u64],
        now: DateTime<FixedOffset>,
        note: &AuditNote,
    ) -> Result<Vec<Removed>, DeskError> {
        let mut removed = self.plan_removal(intakes)?;
        self.refuse_answering(intakes)?;
        let journals =
            [lock_journals(&self.clinic.drafts(), intakes)?, lock_journals(&self.clinic.corrections(), intakes)?];
        let note = deferred_seal(&self.clinic, note.to_text());
        let written_here = self.written_here()?;
        let mut statuses = BTreeMap::new();
        self.store.remove(
            what,
            intakes,
            AuditStamp { at: &minute(now), note: Some(&note), key: None },
            &mut |intakes| {
                for (number, files) in intakes {
                    let status = |file| written_here.status(*number, file, exported_files::remove);
                    let files = files.iter().map(|file| (file.path.clone(), status(file)));
                    statuses.insert(*number, files.collect::<Vec<_>>());
                }
            },
        )?;
        for intake in &mut removed {
            intake.files = statuses.remove(&intake.number).unwrap_or_default();
        }
        for path in journals.into_iter().flat_map(RemovalLock::remove) {
            let number = path.file_stem().and_then(|id| drafts::number(id.to_str()?));
            if let Some(intake) = removed.iter_mut().find(|intake| Some(intake.number) == number) {
                intake.files.push((path.display().to_string(), FileStatus::NotRemoved));
            }
        }
        Ok(removed)
    }

    /// Returns an error if one of the intakes is in a browser of a running server. Before its first answer it has no journal
    /// that could be locked.
    fn refuse_answering(&self, intakes: &[u64]) -> Result<(), DeskError> {
        if RunningServer::address(&self.clinic).is_none() {
            return Ok(());
        }
        let invitations = self.store.invitations()?;
        let answering = invitations.iter().find(|row| row.session.is_some() && intakes.contains(&row.intake));
        answering.map_or(Ok(()), |row| Err(DeskError::InterviewInProgress(row.intake)))
    }

    /// Removes journals of intakes that are finished or removed. They remain if the program stopped between storing the
    /// change and removing the journal. Journals that cannot be removed are left for the next call.
    ///
    /// # Errors
    /// Returns an error if the store cannot be read.
    pub fn remove_stale_journals(&self) -> Result<(), DeskError> {
        for (drafts, of_finished) in [(self.clinic.drafts(), true), (self.clinic.corrections(), false)] {
            for draft in drafts.list().unwrap_or_default() {
                let Some(number) = drafts::number(&draft.id) else { continue };
                let is_over = match self.store.intake(number)? {
                    Some(Ok(intake)) => {
                        of_finished && matches!(intake.state, IntakeState::Finished | IntakeState::Printed)
                    }
                    Some(Err(_)) => false,
                    None => self.store.is_removed(number)?,
                };
                if is_over {
                    let _ = drafts.discard(&draft.id);
                }
            }
        }
        Ok(())
    }

    /// Erases removed content from the store's files. Returns true if another desk prevented a complete erasure.
    ///
    /// # Errors
    /// Returns an error if the store cannot be rewritten.
    pub fn compact(&mut self) -> Result<bool, DeskError> {
        self.store.compact()
    }
}

/// Locks the journals of these intakes for removal.
fn lock_journals(drafts: &Drafts, intakes: &[u64]) -> Result<RemovalLock, DeskError> {
    let is_removed = |id: &str| drafts::number(id).is_some_and(|number| intakes.contains(&number));
    drafts.lock_for_removal(is_removed).map_err(|(id, error)| match (error, drafts::number(&id)) {
        (DraftError::InUse, Some(number)) => DeskError::InterviewInProgress(number),
        (DraftError::Io(error), _) => DeskError::io(ClinicAction::InspectJournals, drafts.folder(), error),
        _ => DeskError::JournalNotRemovable,
    })
}
