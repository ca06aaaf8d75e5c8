//! Removes intakes with their rows, files and journals, or not at all.

use super::audit_trail::Action;
use super::error::{ClinicAction, DeskError};
use super::exported_files::{self, FileStatus};
use super::service::{AuditNote, Desk, deferred_seal, minute};
use super::store::{AuditStamp, Intake, IntakeState};
use crate::storage::drafts::{self, DraftError, Drafts, RemovalLock};
use chrono::{DateTime, FixedOffset};
use std::collections::BTreeMap;

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

impl Desk {
    /// Returns what a removal of these intakes would remove.
    ///
    /// # Errors
    /// Returns an error if one does not exist.
    pub fn plan_removal(&self, intakes: &[u64]) -> Result<Vec<Removed>, DeskError> {
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
                files: files.into_iter().map(|file| (file.path.clone(), exported_files::inspect(&file))).collect(),
            })
        };
        intakes.iter().map(removed).collect()
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
        let journals =
            [lock_journals(&self.clinic.drafts(), intakes)?, lock_journals(&self.clinic.corrections(), intakes)?];
        let note = deferred_seal(&self.clinic, note.to_text());
        let mut statuses = BTreeMap::new();
        self.store.remove(what, intakes, AuditStamp { at: &minute(now), note: Some(&note) }, &mut |intakes| {
            for (number, files) in intakes {
                let files = files.iter().map(|file| (file.path.clone(), exported_files::remove(file)));
                statuses.insert(*number, files.collect::<Vec<_>>());
            }
        })?;
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
