//! What happens with an intake until it is handed in, in the words of `desk list` and of the screen.

use crate::commands::now;
use crate::desk::journal::interviews_in_progress;
use crate::desk::store::Progress;
use crate::desk::{Desk, DeskError, Intake, IntakeState, InvitationState, RunningServer};
use crate::messages::Messages;
use chrono::{DateTime, FixedOffset};
use std::collections::BTreeMap;

/// What is under way at a clinic: its invitations and its journals.
pub(super) struct Activity {
    now: DateTime<FixedOffset>,
    invitations: BTreeMap<u64, InvitationState>,
    /// The intakes with a journal, each with whether a process writes it.
    journals: BTreeMap<u64, bool>,
    is_served: bool,
}

/// The status of an intake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    /// Its code waits for a browser.
    Waiting {
        /// The time until which the code opens.
        expires: DateTime<FixedOffset>,
        /// The minutes until then, at least 1.
        minutes: i64,
    },
    /// Its code has expired, and no browser has used it.
    Expired,
    /// Its invitation was taken back before a browser has used it.
    Withdrawn,
    /// A patient answers in a browser.
    Answering(Option<Progress>),
    /// The interview in a browser has stopped.
    Stopped(Option<Progress>),
    /// Its answers are written at a desk.
    InUse,
    /// It can be resumed at a desk.
    Resumable,
    /// It has begun, and has no answers yet.
    Begun,
    /// It is handed in.
    HandedIn,
}

impl Activity {
    /// Reads what is under way.
    ///
    /// # Errors
    /// Returns an error if the store or the journals cannot be read.
    pub(super) fn read(desk: &Desk) -> Result<Self, DeskError> {
        let now = now();
        Ok(Self {
            now,
            invitations: desk.invitations(now)?,
            journals: interviews_in_progress(desk.clinic())?,
            is_served: RunningServer::address(desk.clinic()).is_some(),
        })
    }

    /// Returns the status of an intake.
    pub(super) fn of(&self, intake: &Intake) -> Status {
        let journal = self.journals.get(&intake.number).copied();
        match (intake.state, self.invitations.get(&intake.number)) {
            (IntakeState::Finished | IntakeState::Printed, _) => Status::HandedIn,
            (IntakeState::Invited, Some(InvitationState::Waiting(expires))) => {
                Status::Waiting { expires: *expires, minutes: minutes_until(*expires, self.now) }
            }
            (IntakeState::Invited, Some(_)) => Status::Expired,
            (IntakeState::Invited, None) => Status::Withdrawn,
            // Before the first answer there is no journal.
            (IntakeState::Started, Some(InvitationState::Begun(progress))) if journal.unwrap_or(self.is_served) => {
                Status::Answering(*progress)
            }
            (IntakeState::Started, Some(InvitationState::Begun(progress))) => Status::Stopped(*progress),
            (IntakeState::Started, _) => match journal {
                Some(true) => Status::InUse,
                Some(false) => Status::Resumable,
                None => Status::Begun,
            },
        }
    }

    /// Returns whether the answers of an intake can be resumed at a desk.
    pub(super) fn can_go_on(&self, intake: u64) -> bool {
        self.journals.get(&intake) == Some(&false)
    }
}

/// Returns the minutes until a time, at least 1.
pub(super) fn minutes_until(expires: DateTime<FixedOffset>, now: DateTime<FixedOffset>) -> i64 {
    ((expires - now).num_seconds() + 59).div_euclid(60).max(1)
}

impl Status {
    /// Returns how far an interview in a browser has come.
    pub(super) fn progress(self) -> Option<Progress> {
        match self {
            Self::Answering(progress) | Self::Stopped(progress) => progress,
            _ => None,
        }
    }

    /// Returns the note that a list shows next to the state of the intake.
    pub(super) fn detail(self, words: &Messages) -> Option<String> {
        let at = |key, Progress { position, total }| {
            words.format(key, [("number", position.into()), ("count", total.into())])
        };
        Some(match self {
            Self::Waiting { minutes, .. } => words.format("desk-minutes-left", [("minutes", minutes.into())]),
            Self::Expired => words.get("desk-expired"),
            Self::Withdrawn => words.get("desk-taken-back"),
            Self::Answering(Some(progress)) => at("desk-answering", progress),
            Self::Stopped(Some(progress)) => at("desk-stopped-at", progress),
            Self::Answering(None) | Self::InUse => words.get("desk-in-use"),
            Self::Stopped(None) | Self::Resumable => words.get("desk-can-go-on"),
            Self::Begun | Self::HandedIn => return None,
        })
    }
}
