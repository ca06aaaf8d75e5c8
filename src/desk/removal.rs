//! What goes from a desk goes as a whole: rows, files and journals, or nothing of it.

use super::audit_trail::Action;
use super::error::{ClinicAction, DeskError};
use super::exported_files::{self, FileStatus};
use super::service::{AuditNote, Desk, deferred_seal, minute};
use super::store::{AuditStamp, Intake, State};
use crate::storage::drafts::{self, DraftError, Drafts, RemovalLock};
use chrono::{DateTime, FixedOffset};
use std::collections::BTreeMap;

/// An intake that was removed, or is to be.
#[derive(Debug, Clone)]
pub struct Removed {
    /// Its number.
    pub number: u64,
    /// The intake as it was; none where its row was damaged.
    pub intake: Option<Intake>,
    /// How many versions it had.
    pub versions: usize,
    /// The files that were written of it.
    pub files: Vec<(String, FileStatus)>,
}

impl Desk {
    /// What would go if these intakes were removed.
    ///
    /// # Errors
    /// When one is not there.
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

    /// Removes intakes for good. First it is certain that none is being asked and that the store lets all of them go;
    /// then their files go, with the rows that know of them, and when that is on the disk their journals. What is left
    /// of them in the store's file goes with [`Self::compact`].
    ///
    /// # Errors
    /// When one is not there, or is being asked at the moment; then nothing is touched.
    pub fn remove(
        &mut self,
        what: Action,
        intakes: &[u64],
        now: DateTime<FixedOffset>,
        note: &AuditNote,
    ) -> Result<Vec<Removed>, DeskError> {
        let mut removed = self.plan_removal(intakes)?;
        let doomed =
            [lock_journals(&self.clinic.drafts(), intakes)?, lock_journals(&self.clinic.corrections(), intakes)?];
        let note = deferred_seal(&self.clinic, note.to_text());
        let mut fates = BTreeMap::new();
        self.store.remove(what, intakes, AuditStamp { at: &minute(now), note: Some(&note) }, &mut |leaving| {
            for (number, files) in leaving {
                let files = files.iter().map(|file| (file.path.clone(), exported_files::remove(file)));
                fates.insert(*number, files.collect::<Vec<_>>());
            }
        })?;
        for gone in &mut removed {
            gone.files = fates.remove(&gone.number).unwrap_or_default();
        }
        for path in doomed.into_iter().flat_map(RemovalLock::remove) {
            let number = path.file_stem().and_then(|id| drafts::number(id.to_str()?));
            if let Some(gone) = removed.iter_mut().find(|gone| Some(gone.number) == number) {
                gone.files.push((path.display().to_string(), FileStatus::NotRemoved));
            }
        }
        Ok(removed)
    }

    /// Removes journals of intakes that are finished or were removed: the program was stopped after that was kept and
    /// before the journal was gone. What cannot be removed now is removed another time.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn remove_stale_journals(&self) -> Result<(), DeskError> {
        for (drafts, of_finished) in [(self.clinic.drafts(), true), (self.clinic.corrections(), false)] {
            for draft in drafts.list().unwrap_or_default() {
                let Some(number) = drafts::number(&draft.id) else { continue };
                let is_over = match self.store.intake(number)? {
                    Some(Ok(intake)) => of_finished && intake.state != State::Started,
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

    /// Leaves nothing of what was removed in the store's files. Gives whether another desk was in the way.
    ///
    /// # Errors
    /// When it cannot.
    pub fn compact(&mut self) -> Result<bool, DeskError> {
        self.store.compact()
    }
}

/// Sees to it that the journals of these intakes can go.
fn lock_journals(drafts: &Drafts, intakes: &[u64]) -> Result<RemovalLock, DeskError> {
    let wanted = |id: &str| drafts::number(id).is_some_and(|number| intakes.contains(&number));
    drafts.lock_for_removal(wanted).map_err(|(id, why)| match (why, drafts::number(&id)) {
        (DraftError::InUse, Some(number)) => DeskError::InterviewInProgress(number),
        (DraftError::Io(error), _) => DeskError::io(ClinicAction::InspectJournals, drafts.folder(), error),
        _ => DeskError::JournalNotRemovable,
    })
}
