//! Encrypts records, labels and notes for the clinic's trusted key, and decrypts them.

use super::clinic::Clinic;
use super::error::{DeskError, RecordDamage};
use super::file_names::PUBLIC_KEY;
use super::key::{PrivateKeys, PublicKey};
use super::record::{Record, label_from_text, label_to_text};
use super::store::Sealed;

/// Returns a closure that encrypts a text when called, for the clinic's key at that time.
pub(super) fn deferred_seal(clinic: &Clinic, text: String) -> impl Fn(&[String]) -> Result<Vec<u8>, DeskError> {
    move |trusted| Ok(trusted_key(clinic, trusted)?.seal(&text)?)
}

/// Reads the public key and checks that its hash is one of the `trusted` ones, if there are any.
pub(super) fn trusted_key(clinic: &Clinic, trusted: &[String]) -> Result<PublicKey, DeskError> {
    let key = clinic.public_key()?;
    if trusted.is_empty() || trusted.contains(&key.hash()) {
        return Ok(key);
    }
    Err(DeskError::ForeignKey(clinic.path(PUBLIC_KEY)))
}

/// Decrypts a record and checks that it belongs to the intake and version.
pub(super) fn open(
    keys: &PrivateKeys,
    intake: u64,
    sealed: &Sealed,
    version: Option<u32>,
) -> Result<Record, DeskError> {
    let damaged = |damage| DeskError::damaged(intake, damage);
    let text = keys.open(&sealed.bytes).ok_or(damaged(RecordDamage::DoesNotOpen))?;
    let record = Record::from_text(&text).ok_or(damaged(RecordDamage::OtherFormat))?;
    if record.intake != intake || version.is_some_and(|version| record.version != version) {
        return Err(damaged(RecordDamage::OtherRecord));
    }
    Ok(record)
}

/// Encrypts a separate label.
pub(super) fn seal_label(clinic: &Clinic, intake: u64, label: &str, trusted: &[String]) -> Result<Vec<u8>, DeskError> {
    Ok(trusted_key(clinic, trusted)?.seal(&label_to_text(intake, label))?)
}

/// Decrypts a separate label; `None` if it was removed.
pub(super) fn open_label(keys: &PrivateKeys, intake: u64, sealed: &Sealed) -> Result<Option<String>, DeskError> {
    let label = keys.open(&sealed.bytes).and_then(|text| label_from_text(&text, intake));
    let label = label.ok_or(DeskError::damaged(intake, RecordDamage::LostLabel))?;
    Ok(Some(label).filter(|label| !label.is_empty()))
}
