//! The keeper of a server's interviews: where unfinished ones are saved, and what happens with a finished one.

use super::clinic::ClinicKeeper;
use super::kept::{BeginError, Kept, Languages, NewInterview, NotHandedIn, Unfinished, age};
use super::secret::{Secret, SessionId};
use crate::desk::KnockWith;
use crate::interview::{AnswersFile, FilledInBy, Finished};
use crate::pack::{Language, Pack};
use crate::storage::drafts::{DraftState, Drafts};
use crate::storage::error::StorageError;
use chrono::{DateTime, FixedOffset, NaiveDate};
use std::fmt;

/// The keeper of a server's interviews.
#[derive(Debug)]
pub enum Keeper {
    /// The user's own folder: an interview needs no invitation, and a finished one is written to files.
    User(UserKeeper),
    /// A clinic: an interview needs an invitation, and a finished one becomes a record.
    Clinic(ClinicKeeper),
}

/// Keeps unfinished interviews in the user's drafts, and hands finished ones in.
pub struct UserKeeper {
    /// The folder of unfinished interviews.
    pub drafts: Drafts,
    /// The label of every interview.
    pub label: Option<String>,
    /// The date on the pages.
    pub date: Option<NaiveDate>,
    /// The person who fills in the form.
    pub filled_in_by: Option<FilledInBy>,
    /// Hands in a finished interview.
    pub hand_in: HandIn,
}

/// Hands in a finished interview. An error means that its answers have to be kept.
pub type HandIn = Box<dyn Fn(&Finished<'_>, &AnswersFile) -> Result<(), NotHandedIn> + Send + Sync>;

impl Keeper {
    /// Finds the interviews in browsers that an earlier run of the server has left. Those of a clinic are found when
    /// their browser asks, because only it has their key.
    ///
    /// # Errors
    /// Returns an error if the drafts cannot be read.
    pub(super) fn unfinished(&self, languages: Languages<'_>) -> Result<Vec<(SessionId, Unfinished)>, StorageError> {
        match self {
            Self::User(user) => user.unfinished(languages),
            Self::Clinic(_) => Ok(Vec::new()),
        }
    }

    /// Finds the interview of a browser that is not in memory.
    pub(super) fn find(&self, languages: Languages<'_>, secret: &Secret) -> Option<Unfinished> {
        match self {
            Self::User(_) => None,
            Self::Clinic(clinic) => clinic.find(languages, secret),
        }
    }

    /// Begins an interview. `is_in_memory` tells whether the server has a session's key.
    pub(super) fn begin(
        &self,
        pack: &Pack,
        language: Language,
        secret: &Secret,
        key: Option<KnockWith<'_>>,
        is_in_memory: &dyn Fn(&SessionId) -> bool,
    ) -> Result<NewInterview, BeginError> {
        match self {
            Self::User(UserKeeper { drafts, label, date, filled_in_by, .. }) => Ok(NewInterview {
                kept: Kept { drafts: drafts.clone(), intake: None },
                language,
                label: label.clone(),
                date: *date,
                filled_in_by: *filled_in_by,
                previous: None,
            }),
            Self::Clinic(clinic) => {
                let tag = pack.tag(language);
                clinic.begin((language, tag), secret, key.ok_or(BeginError::NoCode)?, is_in_memory)
            }
        }
    }

    /// Hands in a finished interview.
    pub(super) fn hand_in(
        &self,
        finished: &Finished<'_>,
        file: AnswersFile,
        intake: Option<u64>,
        started: DateTime<FixedOffset>,
    ) -> Result<(), NotHandedIn> {
        match (self, intake) {
            (Self::User(user), _) => (user.hand_in)(finished, &file),
            (Self::Clinic(clinic), Some(intake)) => clinic.hand_in(finished, file, intake, started),
            (Self::Clinic(_), None) => Err(NotHandedIn),
        }
    }
}

impl UserKeeper {
    fn unfinished(&self, languages: Languages<'_>) -> Result<Vec<(SessionId, Unfinished)>, StorageError> {
        let mut found = Vec::new();
        for draft in crate::intake::drafts::resumable(languages.pack, &self.drafts)? {
            let DraftState::Resumable(recovered) = draft.state else { continue };
            let Some(browser) = recovered.header.browser else { continue };
            let unfinished = Unfinished {
                kept: Kept { drafts: self.drafts.clone(), intake: None },
                age: age(&self.drafts, &draft.id),
                language: languages.of(Some(&recovered.header.language)),
                date: recovered.header.date,
                filled_in_by: recovered.header.filled_in_by,
                draft: Some(draft.id),
            };
            found.push((SessionId(browser), unfinished));
        }
        Ok(found)
    }
}

impl fmt::Debug for UserKeeper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UserKeeper").field("drafts", &self.drafts).finish_non_exhaustive()
    }
}
