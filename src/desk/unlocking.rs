//! The passphrase and the keys behind it: tried one at a time, and changed by one desk at a time.

use super::audit_trail::Action;
use super::error::DeskError;
use super::key::{Passphrase, PrivateKeys};
use super::service::{AuditNote, Desk, deferred_seal, minute};
use super::store::AuditStamp;
use chrono::{DateTime, FixedOffset, SecondsFormat, TimeDelta};
use std::time::{Duration, Instant};

impl Desk {
    /// How long nobody may try a passphrase: after each wrong one twice as long, up to a minute.
    ///
    /// # Errors
    /// When the trail cannot be read.
    pub fn unlock_delay(&self, now: DateTime<FixedOffset>) -> Result<Duration, DeskError> {
        let refusals = self.store.failed_unlocks()?;
        let Some(last) = refusals.last().and_then(|at| DateTime::parse_from_rfc3339(at).ok()) else {
            return Ok(Duration::ZERO);
        };
        let doubled = u32::try_from(refusals.len()).unwrap_or(u32::MAX).saturating_sub(1).min(6);
        let delay = TimeDelta::seconds((1 << doubled).min(60));
        // If the clock went back, the whole time is waited again and no longer.
        let left = (last + delay - now).clamp(TimeDelta::zero(), delay);
        Ok(left.to_std().unwrap_or_default())
    }

    /// Unlocks the desk.
    ///
    /// # Errors
    /// When the passphrase is wrong, or too many wrong ones came before it.
    pub fn unlock(
        &mut self,
        passphrase: &Passphrase,
        now: DateTime<FixedOffset>,
        note: &AuditNote,
    ) -> Result<PrivateKeys, DeskError> {
        let since = Instant::now();
        // Tries side by side would all be made before the first of them is written down.
        let _one = self.clinic.lock_keys()?;
        self.try_passphrase(passphrase, now, since, note)
    }

    fn try_passphrase(
        &mut self,
        passphrase: &Passphrase,
        now: DateTime<FixedOffset>,
        since: Instant,
        note: &AuditNote,
    ) -> Result<PrivateKeys, DeskError> {
        let by_now = || now + TimeDelta::from_std(since.elapsed()).unwrap_or_default();
        let wait = self.unlock_delay(by_now())?;
        if !wait.is_zero() {
            return Err(DeskError::TooManyAttempts { seconds: wait.as_secs() + 1 });
        }
        let unlocked = self.clinic.unlock(passphrase);
        let what = match &unlocked {
            Ok(_) => Action::Unlocked,
            Err(DeskError::WrongPassphrase) => Action::Refused,
            Err(_) => return unlocked,
        };
        // The wait begins when the work is done: what takes long must not take from it.
        let at = by_now().to_rfc3339_opts(SecondsFormat::Millis, false);
        let note = deferred_seal(&self.clinic, note.to_text());
        self.store.mark(what, None, AuditStamp { at: &at, note: Some(&note) })?;
        unlocked
    }

    /// Locks the keys with another passphrase. The old one has to unlock them, as they are by now.
    ///
    /// # Errors
    /// When it does not, or they cannot be written; the old passphrase is the right one then.
    pub fn change_passphrase(
        &mut self,
        old: &Passphrase,
        new: &Passphrase,
        work: u8,
        now: DateTime<FixedOffset>,
        note: &AuditNote,
    ) -> Result<(), DeskError> {
        let _alone = self.clinic.lock_keys()?;
        let keys = self.clinic.unlock(old).map_err(|error| match error {
            DeskError::WrongPassphrase => DeskError::PassphraseChangedElsewhere,
            error => error,
        })?;
        self.clinic.write_keys(&keys, new, work)?;
        self.record_action(Action::PassphraseChanged, None, now, note)
            .map_err(|error| DeskError::PassphraseChangeNotRecorded(Box::new(error)))
    }

    /// Gives the clinic a new key, and seals everything for it. What was sealed for the old one leaves the store's file with
    /// [`Self::compact`].
    ///
    /// # Errors
    /// When the passphrase is wrong, something does not open, or cannot be written; everything still opens with the old
    /// keys and the new ones.
    pub fn rotate(
        &mut self,
        passphrase: &Passphrase,
        work: u8,
        now: DateTime<FixedOffset>,
        note: &AuditNote,
    ) -> Result<(PrivateKeys, usize), DeskError> {
        let since = Instant::now();
        // From the keys that are there to those that take their place nobody else changes them: none is ever lost.
        let _alone = self.clinic.lock_keys()?;
        let keys = self.try_passphrase(passphrase, now, since, note)?.rotated();
        // The old keys stay behind the passphrase, so whatever is stopped from here on leaves nothing that does not open.
        // What another desk keeps is sealed for the old key before this or for the new one after it: it reads the key
        // where nobody else writes to the store, and so does the sealing below.
        self.clinic.write_keys(&keys, passphrase, work)?;
        let key = keys.public();
        let mut reseal = |bytes: &[u8]| {
            let text = keys.open(bytes).ok_or(DeskError::CannotReencrypt)?;
            Ok(key.seal(&text)?)
        };
        let note = deferred_seal(&self.clinic, note.to_text());
        let count = self.store.reseal(&mut reseal, AuditStamp { at: &minute(now), note: Some(&note) })?;
        Ok((keys, count))
    }
}
