//! Invitations: the front desk hands an interview over to a browser.
//!
//! An invitation opens with a code of six letters and digits, or with a link that holds 128 random bits. The store holds
//! only hashes of both. One browser can use it, within [`INVITATION_TIME`]. The desk can give out another code: for a
//! patient who is late, or whose browser has lost its session.

use super::error::DeskError;
use super::key::KeyError;
use super::sealing::{deferred_seal, seal_label};
use super::service::{AuditNote, Desk, minute, second};
use super::store::{AuditStamp, InvitationKeys, InvitationRow, NewInvitation, Progress, SealLabel};
use crate::intake::typed_code;
use crate::interview::FilledInBy;
use chrono::{DateTime, FixedOffset, TimeDelta};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The time in which an invitation has to be used.
const INVITATION_TIME: TimeDelta = TimeDelta::minutes(15);

/// Length of a code. With ten tries and then a pause, a guess in [`INVITATION_TIME`] is hopeless: there are 85 million.
const CODE_LENGTH: usize = 6;

/// The field of a link's address that holds its secret.
pub const LINK_FIELD: &str = "i";

/// Length of the secret in a link, in bytes.
const LINK_BYTES: usize = 16;

/// An invitation with its code and secret. It is shown once: the store holds only their hashes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// The intake's number.
    pub intake: u64,
    /// The code that a patient types.
    pub code: String,
    /// The secret that the link holds, in hexadecimal digits. Capital letters take less room in a QR code.
    pub secret: String,
    /// The time at which it expires.
    pub expires: DateTime<FixedOffset>,
}

/// The state of an invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvitationState {
    /// No browser has used it yet. It opens until this time.
    Waiting(DateTime<FixedOffset>),
    /// No browser has used it in time.
    Expired,
    /// The interview has begun in a browser. `None` before its first question was shown.
    Begun(Option<Progress>),
}

/// The key with which a browser opens an invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KnockWith<'k> {
    /// A typed code. Case and spaces do not matter.
    Code(&'k str),
    /// The secret of a link.
    Link(&'k str),
}

/// The result of opening an invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Knock {
    /// An invitation.
    Open(Box<InvitationRow>),
    /// An invitation that a browser has used.
    Spent,
    /// An invitation that was not used in time.
    Expired,
    /// No invitation.
    Unknown,
}

impl Desk {
    /// Invites a patient to an interview in a browser. The intake begins when a browser uses the invitation.
    ///
    /// # Errors
    /// Returns an error if it cannot be stored.
    pub fn invite(
        &mut self,
        label: Option<&str>,
        language: Option<&str>,
        filled_in_by: Option<FilledInBy>,
        now: DateTime<FixedOffset>,
        note: &AuditNote,
    ) -> Result<Invitation, DeskError> {
        let (mut invitation, keys) = Invitation::generate(now)?;
        let clinic = self.clinic.clone();
        let seal = |intake, trusted: &[String]| seal_label(&clinic, intake, label.unwrap_or_default(), trusted);
        let label: Option<&SealLabel<'_>> = label.is_some().then_some(&seal);
        let filled_in_by = filled_in_by.map(FilledInBy::name);
        let note = deferred_seal(&self.clinic, note.to_text());
        let stamp = AuditStamp { at: &minute(now), note: Some(&note), key: None };
        invitation.intake = self.store.invite(NewInvitation { keys: &keys, language, filled_in_by, label }, stamp)?;
        Ok(invitation)
    }

    /// Creates another code for an intake and invalidates the earlier one. An interview in progress continues in the
    /// browser that uses the new code, if the server was not restarted since.
    ///
    /// # Errors
    /// Returns an error if the intake has no invitation, or it cannot be stored.
    pub fn invite_again(
        &mut self,
        intake: u64,
        now: DateTime<FixedOffset>,
        note: &AuditNote,
    ) -> Result<Invitation, DeskError> {
        let (invitation, keys) = Invitation::generate(now)?;
        let note = deferred_seal(&self.clinic, note.to_text());
        self.store.invite_again(intake, &keys, AuditStamp { at: &minute(now), note: Some(&note), key: None })?;
        Ok(Invitation { intake, ..invitation })
    }

    /// Takes an invitation back: its code becomes invalid, and its browser loses the interview. The saved answers are kept.
    ///
    /// # Errors
    /// Returns an error if the intake has no invitation, or it cannot be stored.
    pub fn withdraw_invitation(
        &mut self,
        intake: u64,
        now: DateTime<FixedOffset>,
        note: &AuditNote,
    ) -> Result<(), DeskError> {
        let note = deferred_seal(&self.clinic, note.to_text());
        self.store.withdraw(intake, AuditStamp { at: &minute(now), note: Some(&note), key: None })
    }

    /// Sets or changes the label of an intake, finished or not. An empty label removes it.
    ///
    /// # Errors
    /// Returns an error if the intake does not exist, or the label cannot be stored.
    pub fn set_label(
        &mut self,
        intake: u64,
        label: &str,
        now: DateTime<FixedOffset>,
        note: &AuditNote,
    ) -> Result<(), DeskError> {
        let clinic = self.clinic.clone();
        let seal = |intake, trusted: &[String]| seal_label(&clinic, intake, label, trusted);
        let note = deferred_seal(&self.clinic, note.to_text());
        self.store.set_label(intake, &seal, AuditStamp { at: &minute(now), note: Some(&note), key: None })
    }

    /// Returns the state of each invitation, by the number of its intake.
    ///
    /// # Errors
    /// Returns an error if the store cannot be read.
    pub fn invitations(&self, now: DateTime<FixedOffset>) -> Result<BTreeMap<u64, InvitationState>, DeskError> {
        Ok(self.store.invitations()?.iter().map(|row| (row.intake, row.state(now))).collect())
    }

    /// Returns the intake whose interview runs in the browser with this session.
    ///
    /// # Errors
    /// Returns an error if the store cannot be read.
    pub fn invitation_of_session(&self, session: &str) -> Result<Option<InvitationRow>, DeskError> {
        Ok(self.store.invitations()?.into_iter().find(|row| row.session.as_deref() == Some(session)))
    }

    /// Finds the invitation with a typed code or the secret of a link.
    ///
    /// # Errors
    /// Returns an error if the store cannot be read.
    pub fn knock(&self, with: KnockWith<'_>, now: DateTime<FixedOffset>) -> Result<Knock, DeskError> {
        let is_match = |keys: &InvitationKeys| match with {
            KnockWith::Code(typed) => keys.code == code_hash(typed),
            KnockWith::Link(secret) => keys.link == link_hash(secret),
        };
        let found = self.store.invitations()?.into_iter().find(|row| is_match(&row.keys));
        Ok(match found {
            None => Knock::Unknown,
            Some(row) if row.is_spent => Knock::Spent,
            Some(row) if row.keys.valid_until(now).is_none() => Knock::Expired,
            Some(row) => Knock::Open(Box::new(row)),
        })
    }

    /// Uses an invitation for the browser with this session and language. Returns false if another browser was faster.
    ///
    /// # Errors
    /// Returns an error if it cannot be stored.
    pub fn accept(
        &mut self,
        invitation: &InvitationRow,
        session: &str,
        language: &str,
        now: DateTime<FixedOffset>,
        note: &AuditNote,
    ) -> Result<bool, DeskError> {
        let note = deferred_seal(&self.clinic, note.to_text());
        let stamp = AuditStamp { at: &minute(now), note: Some(&note), key: None };
        self.store.accept(invitation, session, language, stamp)
    }

    /// Stores how far interviews in browsers have come.
    ///
    /// # Errors
    /// Returns an error if it cannot be stored.
    pub fn set_progress(&mut self, progress: &[(u64, Progress)]) -> Result<(), DeskError> {
        self.store.set_progress(progress)
    }
}

impl Invitation {
    /// Returns the code in two groups, as people read and type it.
    #[must_use]
    pub fn spaced_code(&self) -> String {
        let (first, second) = self.code.split_at(CODE_LENGTH / 2);
        format!("{first} {second}")
    }

    /// Returns the link that a phone opens, for a server at this address.
    #[must_use]
    pub fn link(&self, address: &str) -> String {
        format!("{address}?{LINK_FIELD}={}", self.secret)
    }

    fn generate(now: DateTime<FixedOffset>) -> Result<(Self, InvitationKeys), DeskError> {
        let mut random = [0; LINK_BYTES];
        getrandom::fill(&mut random).map_err(|_| KeyError::CannotEncrypt)?;
        let secret = hex(&random).to_uppercase();
        let mut random = [0; 4 * CODE_LENGTH];
        getrandom::fill(&mut random).map_err(|_| KeyError::CannotEncrypt)?;
        let code = typed_code::from_random(random, CODE_LENGTH);
        let expires = now + INVITATION_TIME;
        let keys = InvitationKeys {
            created: second(now),
            expires: second(expires),
            code: code_hash(&code),
            link: link_hash(&secret),
        };
        Ok((Self { intake: 0, code, secret, expires }, keys))
    }
}

impl InvitationKeys {
    /// Returns the time until which it opens, if it opens now. A clock that was set back does not make it open longer.
    fn valid_until(&self, now: DateTime<FixedOffset>) -> Option<DateTime<FixedOffset>> {
        let time = |text: &str| DateTime::parse_from_rfc3339(text).ok();
        let (created, expires) = (time(&self.created)?, time(&self.expires)?);
        (created - CLOCK_TOLERANCE..expires).contains(&now).then_some(expires)
    }
}

/// Largest backward step of the clock that is tolerated, as when the network sets it.
const CLOCK_TOLERANCE: TimeDelta = TimeDelta::minutes(1);

impl InvitationRow {
    fn state(&self, now: DateTime<FixedOffset>) -> InvitationState {
        match (&self.session, self.keys.valid_until(now)) {
            (Some(_), _) => InvitationState::Begun(self.progress),
            (None, Some(expires)) if !self.is_spent => InvitationState::Waiting(expires),
            (None, _) => InvitationState::Expired,
        }
    }
}

fn code_hash(typed: &str) -> String {
    hash("code", &typed_code::normalize(typed))
}

fn link_hash(link: &str) -> String {
    hash("link", link)
}

fn hash(purpose: &str, secret: &str) -> String {
    hex(&Sha256::new()
        .chain_update("preconsult invitation ")
        .chain_update(purpose)
        .chain_update([0])
        .chain_update(secret)
        .finalize())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
