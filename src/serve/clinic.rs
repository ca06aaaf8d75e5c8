//! The interviews of a clinic. The server has no key of the clinic: it can store answers, and read none.
//!
//! Each browser's secret determines a key. The lines of its interview are encrypted for that key and for the clinic's, so
//! the server can read the answers of an interview only with its browser's requests.

use super::kept::{BeginError, Kept, Languages, NewInterview, NotHandedIn, Unfinished, age};
use super::secret::{Secret, SessionId};
use crate::desk::journal::{SealedLines, journal_id};
use crate::desk::store::{InvitationRow, Progress};
use crate::desk::{AuditNote, Desk, DeskError, FinishedIntake, Knock, KnockWith, PrivateKeys};
use crate::interview::{AnswersFile, FilledInBy, Finished};
use crate::pack::{Language, PackFiles};
use crate::storage::drafts::Drafts;
use chrono::{DateTime, FixedOffset, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Wrong codes in a row, from all browsers together, before a pause.
const MAX_WRONG_CODES: u32 = 10;

/// The pause after too many wrong codes. Links open during a pause too.
pub(super) const WRONG_CODES_PAUSE: Duration = Duration::from_secs(60);

/// The delay of the reply to a wrong code.
pub(super) const WRONG_CODE_DELAY: Duration = Duration::from_secs(1);

/// Reports an error of the clinic's records to the staff.
pub type ReportError = Box<dyn Fn(DeskError) + Send + Sync>;

/// Keeps the interviews of a clinic.
pub struct ClinicKeeper {
    desk: Mutex<Desk>,
    /// The files of the pack, which the records need.
    pack: PackFiles,
    /// The date on the pages, if it is not the day of the interview.
    date: Option<NaiveDate>,
    /// The user that the audit log names for what the server does.
    note: AuditNote,
    report: ReportError,
    tries: Mutex<CodeTries>,
    /// The last stored progress of each intake.
    progress: Mutex<BTreeMap<u64, Progress>>,
}

#[derive(Debug, Default)]
struct CodeTries {
    wrong: u32,
    paused_until: Option<Instant>,
}

impl ClinicKeeper {
    /// Creates the keeper for a locked desk.
    #[must_use]
    pub fn new(desk: Desk, pack: PackFiles, date: Option<NaiveDate>, note: AuditNote, report: ReportError) -> Self {
        let (desk, tries, progress) = (Mutex::new(desk), Mutex::default(), Mutex::default());
        Self { desk, pack, date, note, report, tries, progress }
    }

    pub(super) fn begin(
        &self,
        (language, tag): (Language, &str),
        secret: &Secret,
        key: KnockWith<'_>,
        is_in_memory: &dyn Fn(&SessionId) -> bool,
    ) -> Result<NewInterview, BeginError> {
        let now = chrono::Local::now().fixed_offset();
        let row = self.find_invitation(key, now)?;
        let previous = row.session.clone().map(SessionId);
        let mut desk = self.desk();
        // Without the key of the earlier browser, the answers so far would be lost to the patient.
        let has_answers = journal_id(&desk.clinic().drafts(), row.intake).map_err(|error| self.not_stored(error))?;
        if has_answers.is_some() && !previous.as_ref().is_some_and(is_in_memory) {
            return Err(BeginError::OnlyAtDesk);
        }
        let kept = Self::kept(&desk, secret, row.intake).map_err(|error| self.not_stored(error))?;
        match desk.accept(&row, &secret.id().0, tag, now, &self.note) {
            Ok(true) => {}
            Ok(false) => return Err(BeginError::Spent),
            Err(error) => return Err(self.not_stored(error)),
        }
        let (label, date, filled_in_by) = (None, Some(self.date(now)), filled_in_by(&row));
        Ok(NewInterview { kept, language, label, date, filled_in_by, previous })
    }

    /// Returns the language that the staff chose for the invitation of a link, or the reason why the link does not open.
    pub(super) fn look_at_link(&self, link: &str) -> Result<Option<String>, BeginError> {
        Ok(self.find_invitation(KnockWith::Link(link), chrono::Local::now().fixed_offset())?.language)
    }

    fn find_invitation(&self, key: KnockWith<'_>, now: DateTime<FixedOffset>) -> Result<InvitationRow, BeginError> {
        if matches!(key, KnockWith::Code(code) if code.trim().is_empty()) {
            return Err(BeginError::NoCode);
        }
        // The tries are locked until this one is counted, so that many at once do not escape the limit.
        let mut tries = lock(&self.tries);
        let is_code = matches!(key, KnockWith::Code(_));
        if is_code && tries.paused_until.is_some_and(|until| Instant::now() < until) {
            return Err(BeginError::Paused);
        }
        let knock = self.desk().knock(key, now).map_err(|error| self.not_stored(error))?;
        if is_code {
            tries.count(&knock);
        }
        match knock {
            Knock::Open(row) => Ok(*row),
            Knock::Spent => Err(BeginError::Spent),
            Knock::Expired => Err(BeginError::Expired),
            Knock::Unknown => Err(BeginError::Unknown),
        }
    }

    pub(super) fn find(&self, languages: Languages<'_>, secret: &Secret) -> Option<Unfinished> {
        let desk = self.desk();
        let found = desk.invitation_of_session(&secret.id().0).map_err(|error| (self.report)(error)).ok()??;
        let kept = Self::kept(&desk, secret, found.intake).map_err(|error| (self.report)(error)).ok()?;
        let draft = journal_id(&kept.drafts, found.intake).map_err(|error| (self.report)(error)).ok()?;
        Some(Unfinished {
            age: draft.as_ref().map(|draft| age(&kept.drafts, draft)).unwrap_or_default(),
            draft,
            kept,
            language: languages.of(found.language.as_deref()),
            filled_in_by: filled_in_by(&found),
            date: Some(self.date(chrono::Local::now().fixed_offset())),
        })
    }

    pub(super) fn hand_in(
        &self,
        finished: &Finished<'_>,
        file: AnswersFile,
        intake: u64,
        started: DateTime<FixedOffset>,
    ) -> Result<(), NotHandedIn> {
        let interviewed = FinishedIntake { finished, file, pack: Some(&self.pack), started };
        let now = chrono::Local::now().fixed_offset();
        self.desk().finish(intake, 1, interviewed, now, &self.note).map_err(|error| {
            (self.report)(error);
            NotHandedIn
        })
    }

    /// Stores how far the interviews have come, for the desk's list.
    pub(super) fn set_progress(&self, current: &BTreeMap<u64, Progress>) {
        let mut stored = lock(&self.progress);
        let changed = current.iter().filter(|(intake, progress)| stored.get(intake) != Some(progress));
        let changed: Vec<(u64, Progress)> = changed.map(|(intake, progress)| (*intake, *progress)).collect();
        // It is no answer: what cannot be stored now is stored with the next change.
        if !changed.is_empty() && self.desk().set_progress(&changed).is_ok() {
            stored.extend(changed);
        }
    }

    /// Returns the sessions whose invitations the desk has not taken back; `None` if that cannot be read.
    pub(super) fn sessions(&self) -> Option<BTreeSet<SessionId>> {
        let rows = self.desk().store().invitations().ok()?;
        Some(rows.into_iter().filter_map(|row| row.session).map(SessionId).collect())
    }

    fn kept(desk: &Desk, secret: &Secret, intake: u64) -> Result<Kept, DeskError> {
        let key = PrivateKeys::from_secret(&secret.journal_key()).ok_or(DeskError::NoJournal)?;
        let cipher = SealedLines::of_browser(desk.key()?, key);
        let drafts: Drafts = desk.clinic().drafts().with_cipher(Arc::new(cipher)).with_number(intake);
        Ok(Kept { drafts, intake: Some(intake) })
    }

    fn date(&self, now: DateTime<FixedOffset>) -> NaiveDate {
        self.date.unwrap_or(now.date_naive())
    }

    fn not_stored(&self, error: DeskError) -> BeginError {
        (self.report)(error);
        BeginError::NotStored
    }

    fn desk(&self) -> MutexGuard<'_, Desk> {
        lock(&self.desk)
    }
}

impl CodeTries {
    fn count(&mut self, knock: &Knock) {
        match knock {
            // A used or expired code does not reset the count: a patient could otherwise guess without limit.
            Knock::Open(_) => self.wrong = 0,
            Knock::Spent | Knock::Expired => {}
            Knock::Unknown => self.wrong += 1,
        }
        if self.wrong >= MAX_WRONG_CODES {
            self.wrong = 0;
            self.paused_until = Instant::now().checked_add(WRONG_CODES_PAUSE);
        }
    }
}

impl fmt::Debug for ClinicKeeper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClinicKeeper").field("desk", &self.desk).finish_non_exhaustive()
    }
}

fn filled_in_by(row: &InvitationRow) -> Option<FilledInBy> {
    row.filled_in_by.as_deref().and_then(|name| FilledInBy::ALL.into_iter().find(|by| by.name() == name))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
