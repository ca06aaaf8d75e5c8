//! Saves the answers of one interview while it is under way.

use super::error::SaveError;
use crate::answer::{Answer, AnswerKey};
use crate::ask::InterviewEvent;
use crate::interview::Interview;
use crate::pack::Pack;
use crate::storage::drafts::{DraftFile, Drafts};
use crate::storage::error::{FileAction, StorageError};
use crate::storage::journal::{DroppedAnswer, Header, Journal, JournalEntry, Recovered};
use chrono::{DateTime, FixedOffset};
use std::fmt;
use std::io;

/// Saves answers if the machine allows it: a full disk is reported and does not stop an interview.
pub struct Autosave<'p> {
    pack: &'p Pack,
    notify: Notify,
    journal: Option<Journal<DraftFile>>,
    /// The draft that this one replaces, until this one is complete.
    replaced: Option<DraftFile>,
    /// The reason why the draft lacks the latest answers, once it was reported.
    save_error: Option<SaveError>,
}

/// A notice about the autosave for the person at the screen.
#[derive(Debug)]
pub enum AutosaveNotice<'n> {
    /// The latest answers are not on disk.
    NotSaved(&'n SaveError),
    /// All answers are on disk again.
    SavedAgain,
    /// The interview is finished, but its draft could not be removed.
    NotRemoved {
        /// The draft's id.
        id: &'n str,
        /// The system's reason.
        source: &'n io::Error,
    },
}

/// Callback that reports a notice immediately.
pub type Notify = Box<dyn Fn(&AutosaveNotice<'_>) + Send>;

impl<'p> Autosave<'p> {
    /// Starts the autosave of a new interview. Initial answers are saved together with the first new one.
    #[must_use]
    pub fn begin(
        drafts: &Drafts,
        header: &Header,
        interview: &Interview<'p>,
        now: DateTime<FixedOffset>,
        notify: Notify,
    ) -> Self {
        let mut journal = Journal::begin_with(drafts.begin(now), header, drafts.cipher());
        queue_answers(&mut journal, interview);
        let mut autosave = Self::new(interview.pack(), Some(journal), notify);
        if let Err(error) = drafts.prepare() {
            // Every answer tries again: the cause may be temporary.
            autosave.warn_not_saved(StorageError::io(FileAction::SaveDrafts, drafts.folder(), error).into());
        }
        autosave
    }

    /// Creates the autosave of an interview that cannot be saved because there is no folder for drafts.
    #[must_use]
    pub fn unavailable(interview: &Interview<'p>, error: StorageError, notify: Notify) -> Self {
        let mut autosave = Self::new(interview.pack(), None, notify);
        autosave.warn_not_saved(error.into());
        autosave
    }

    /// Resumes a draft of the same version of the pack.
    #[must_use]
    pub fn resume(interview: &Interview<'p>, recovered: &Recovered, file: DraftFile, notify: Notify) -> Self {
        let cipher = file.cipher();
        Self::new(interview.pack(), Some(Journal::resume_with(file, recovered, cipher)), notify)
    }

    fn new(pack: &'p Pack, journal: Option<Journal<DraftFile>>, notify: Notify) -> Self {
        Self { pack, notify, journal, replaced: None, save_error: None }
    }

    /// Saves the carried over and dropped answers in this draft, which replaces the draft for another version of the
    /// pack.
    pub fn replace(&mut self, interview: &Interview<'_>, dropped: &[DroppedAnswer], old: DraftFile) {
        let Some(journal) = &mut self.journal else { return };
        for DroppedAnswer { question, answer, reason } in dropped {
            journal.queue(&JournalEntry::Dropped(question.clone(), answer.clone(), reason.clone()));
        }
        self.replaced = Some(old);
        self.write(|journal, pack| journal.append(&JournalEntry::opened(pack, interview.step())));
    }

    /// Saves an answer to no prompt, such as the label from the command line.
    pub fn add(&mut self, interview: &Interview<'_>, slot: AnswerKey, answer: &Answer) {
        self.write(|journal, pack| {
            journal.queue(&JournalEntry::answered(pack, slot, answer));
            journal.append(&JournalEntry::opened(pack, interview.step()))
        });
    }

    /// Saves what is not saved yet.
    pub fn flush(&mut self) {
        self.write(|journal, _| if journal.has_pending() { journal.flush() } else { Ok(()) });
    }

    /// Saves what is not saved yet, or returns the reason why it cannot be saved.
    ///
    /// # Errors
    /// Returns an error if the latest answers are not on disk.
    pub fn save(&mut self) -> Result<(), &SaveError> {
        self.flush();
        self.save_error.as_ref().map_or(Ok(()), Err)
    }

    /// Saves an event of the interview.
    pub fn event(&mut self, event: &InterviewEvent<'_>) {
        self.write(|journal, pack| match event {
            InterviewEvent::Answered(slot, answer) => journal.append(&JournalEntry::answered(pack, *slot, answer)),
            InterviewEvent::Moved(step) if journal.is_begun() => journal.append(&JournalEntry::opened(pack, *step)),
            // Moving around before the first answer creates no draft.
            InterviewEvent::Moved(step) => {
                journal.queue(&JournalEntry::opened(pack, *step));
                Ok(())
            }
        });
    }

    fn write(&mut self, append: impl FnOnce(&mut Journal<DraftFile>, &Pack) -> io::Result<()>) {
        let Some(journal) = &mut self.journal else { return };
        let result = append(journal, self.pack);
        let is_begun = journal.is_begun();
        match result {
            Ok(()) if is_begun => {
                if self.save_error.take().is_some() {
                    (self.notify)(&AutosaveNotice::SavedAgain);
                }
                if let Some(old) = self.replaced.take() {
                    // If it cannot be removed it is offered again; nothing is lost.
                    let _ = old.remove();
                }
            }
            Err(error) if self.save_error.is_none() => self.warn_not_saved(error.into()),
            Ok(()) | Err(_) => {}
        }
    }

    fn warn_not_saved(&mut self, error: SaveError) {
        (self.notify)(&AutosaveNotice::NotSaved(&error));
        self.save_error = Some(error);
    }

    /// Returns the id of the draft that has every saved answer.
    #[must_use]
    pub fn draft(&self) -> Option<&str> {
        let old = || self.replaced.as_ref().and_then(DraftFile::id);
        self.journal.as_ref().filter(|journal| journal.is_begun()).map_or_else(old, |journal| journal.storage().id())
    }

    /// Returns true if the draft lacks the latest answers.
    #[must_use]
    pub fn has_unsaved(&self) -> bool {
        self.save_error.is_some()
    }

    /// Removes the draft: the summary is written.
    pub fn finish(mut self) {
        for file in self.journal.take().map(Journal::into_storage).into_iter().chain(self.replaced.take()) {
            let id = file.id().unwrap_or_default().to_owned();
            if let Err(error) = file.remove() {
                (self.notify)(&AutosaveNotice::NotRemoved { id: &id, source: &error });
            }
        }
    }
}

impl fmt::Debug for Autosave<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Autosave").field("draft", &self.draft()).finish_non_exhaustive()
    }
}

impl Drop for Autosave<'_> {
    /// Removes a draft without a complete answer.
    fn drop(&mut self) {
        if let Some(journal) = self.journal.take().filter(|journal| !journal.is_begun()) {
            let _ = journal.into_storage().remove();
        }
    }
}

fn queue_answers(journal: &mut Journal<DraftFile>, interview: &Interview<'_>) {
    for (slot, answer) in interview.answers() {
        journal.queue(&JournalEntry::answered(interview.pack(), *slot, answer));
    }
}
