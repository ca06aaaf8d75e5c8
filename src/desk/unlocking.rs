//! Unlocks and changes the keys. A file lock allows one attempt or change at a time.

use super::audit_trail::Action;
use super::error::DeskError;
use super::file_names::PUBLIC_KEY;
use super::key::{Passphrase, PrivateKeys};
use super::sealing::deferred_seal;
use super::service::{AuditNote, Desk, minute};
use super::store::AuditStamp;
use chrono::{DateTime, FixedOffset, SecondsFormat, TimeDelta};
use std::time::{Duration, Instant};

impl Desk {
    /// Returns the delay before the next attempt at the passphrase. Each wrong one doubles it, up to one minute.
    ///
    /// # Errors
    /// Returns an error if the audit log cannot be read.
    pub fn unlock_delay(&self, now: DateTime<FixedOffset>) -> Result<Duration, DeskError> {
        let failures = self.store.failed_unlocks()?;
        let Some(last) = failures.last().and_then(|time| DateTime::parse_from_rfc3339(time).ok()) else {
            return Ok(Duration::ZERO);
        };
        let doublings = u32::try_from(failures.len()).unwrap_or(u32::MAX).saturating_sub(1).min(6);
        let delay = TimeDelta::seconds((1 << doublings).min(60));
        // The upper bound limits the delay if the clock was set back.
        let remaining = (last + delay - now).clamp(TimeDelta::zero(), delay);
        Ok(remaining.to_std().unwrap_or_default())
    }

    /// Unlocks the desk.
    ///
    /// # Errors
    /// Returns an error if the passphrase is wrong, or the delay after a wrong one is not over.
    pub fn unlock(
        &mut self,
        passphrase: &Passphrase,
        now: DateTime<FixedOffset>,
        note: &AuditNote,
    ) -> Result<PrivateKeys, DeskError> {
        let since = Instant::now();
        // Without the lock, parallel attempts would all run before the first failure is recorded.
        let _lock = self.clinic.lock_keys()?;
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
        let key = self.key()?;
        if unlocked.as_ref().is_ok_and(|keys| !keys.match_public(&key)) {
            return Err(DeskError::ForeignKey(self.clinic.path(PUBLIC_KEY)));
        }
        let what = match &unlocked {
            Ok(_) => Action::Unlocked,
            Err(DeskError::WrongPassphrase) => Action::Refused,
            Err(_) => return unlocked,
        };
        // The delay counts from the end of the key derivation, which may take long.
        let time = by_now().to_rfc3339_opts(SecondsFormat::Millis, false);
        let note = deferred_seal(&self.clinic, note.to_text());
        // The first unlocking of a clinic from an earlier version shows that the key is right.
        let is_new = what == Action::Unlocked && self.store.trusted_keys()?.is_empty();
        let hash = is_new.then(|| key.hash());
        let stamp = AuditStamp { at: &time, note: Some(&note), key: hash.as_deref() };
        self.store.record_action(what, None, stamp)?;
        unlocked
    }

    /// Encrypts the keys with another passphrase. The old one must unlock the current key file.
    ///
    /// # Errors
    /// Returns an error if it does not, or the keys cannot be written; the passphrase is then unchanged. If only the
    /// entry in the audit log is missing, the error is [`DeskError::PassphraseChangeNotRecorded`].
    pub fn change_passphrase(
        &mut self,
        old: &Passphrase,
        new: &Passphrase,
        work: u8,
        now: DateTime<FixedOffset>,
        note: &AuditNote,
    ) -> Result<(), DeskError> {
        let _lock = self.clinic.lock_keys()?;
        let keys = self.clinic.unlock(old).map_err(|error| match error {
            DeskError::WrongPassphrase => DeskError::PassphraseChangedElsewhere,
            error => error,
        })?;
        self.clinic.write_keys(&keys, new, work)?;
        self.record_action(Action::PassphraseChanged, None, now, note)
            .map_err(|error| DeskError::PassphraseChangeNotRecorded(Box::new(error)))
    }

    /// Creates a new key for the clinic and re-encrypts everything for it. Returns the keys and the number of
    /// re-encrypted items. [`Self::compact`] erases the old ciphertexts from the store's file.
    ///
    /// # Errors
    /// Returns an error if the passphrase is wrong, an item cannot be decrypted, or a file cannot be written.
    /// Everything can still be decrypted then.
    pub fn rotate(
        &mut self,
        passphrase: &Passphrase,
        work: u8,
        now: DateTime<FixedOffset>,
        note: &AuditNote,
    ) -> Result<(PrivateKeys, usize), DeskError> {
        let since = Instant::now();
        // The lock covers reading and replacing the keys, so no concurrent change is lost.
        let _lock = self.clinic.lock_keys()?;
        let keys = self.try_passphrase(passphrase, now, since, note)?.rotated();
        // The key file still holds the old keys, so everything can be decrypted if the program stops after this line.
        // Another desk reads the public key inside its write transaction. It therefore encrypts for the old key before
        // the re-encryption below, or for the new key after it.
        // The audit log trusts the new key before it is written, and only the new one after the re-encryption.
        let (key, at) = (keys.public(), minute(now));
        let hash = key.hash();
        self.store.record_action(Action::Unlocked, None, AuditStamp { at: &at, note: None, key: Some(&hash) })?;
        self.clinic.write_keys(&keys, passphrase, work)?;
        let mut reencrypt = |bytes: &[u8]| {
            let text = keys.open(bytes).ok_or(DeskError::CannotReencrypt)?;
            Ok(key.seal(&text)?)
        };
        let note = deferred_seal(&self.clinic, note.to_text());
        let count =
            self.store.reencrypt(&mut reencrypt, AuditStamp { at: &at, note: Some(&note), key: Some(&hash) })?;
        Ok((keys, count))
    }
}
