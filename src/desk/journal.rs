//! Encrypted journals of intakes. Each line is encrypted separately, so a locked desk can append but not read.

use super::clinic::Clinic;
use super::error::{ClinicAction, DeskError};
use super::key::{PrivateKeys, PublicKey};
use crate::storage::drafts::{self, Draft, DraftError, DraftFile, DraftState, Drafts};
use crate::storage::journal::{CipherError, LineCipher, Recovered};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Encrypts the lines of a journal, and decrypts them if it has the private keys.
#[derive(Debug)]
pub struct SealedLines {
    key: PublicKey,
    /// The public key of the browser that the interview runs in.
    browser: Option<PublicKey>,
    keys: Option<Arc<PrivateKeys>>,
}

impl SealedLines {
    /// Creates a cipher that encrypts with this key and decrypts with `keys`, if there are any.
    #[must_use]
    pub fn new(key: PublicKey, keys: Option<Arc<PrivateKeys>>) -> Self {
        Self { key, browser: None, keys }
    }

    /// Creates a cipher for an interview in a browser: it encrypts with the clinic's key and the browser's, and decrypts
    /// what the browser's key can decrypt.
    #[must_use]
    pub fn of_browser(key: PublicKey, browser: PrivateKeys) -> Self {
        Self { key, browser: Some(browser.public()), keys: Some(Arc::new(browser)) }
    }
}

impl LineCipher for SealedLines {
    fn seal(&self, text: &str) -> String {
        // `PublicKey::parse` has tried the key. An empty line would be read as damage, never as an answer.
        self.key.seal_with(self.browser.as_ref(), text).map(|sealed| STANDARD_NO_PAD.encode(sealed)).unwrap_or_default()
    }

    fn open(&self, sealed: &str) -> Result<String, CipherError> {
        let keys = self.keys.as_ref().ok_or(CipherError::Locked)?;
        let bytes = STANDARD_NO_PAD.decode(sealed).map_err(|_| CipherError::Damaged)?;
        keys.open(&bytes).ok_or(CipherError::Damaged)
    }
}

/// Returns the numbers of the intakes with a journal, each with whether a running process writes it.
///
/// # Errors
/// Returns an error if the folder of the journals cannot be read.
pub fn interviews_in_progress(clinic: &Clinic) -> Result<BTreeMap<u64, bool>, DeskError> {
    let drafts = clinic.drafts();
    let list = drafts.list().map_err(|error| DeskError::io(ClinicAction::ReadJournals, drafts.folder(), error))?;
    let in_use = |draft: &Draft| matches!(draft.state, DraftState::InUse(_));
    Ok(list.iter().filter_map(|draft| Some((drafts::number(&draft.id)?, in_use(draft)))).collect())
}

/// Returns the id of the journal of an intake. If there are two, returns the later one.
///
/// # Errors
/// Returns an error if the folder of the journals cannot be read.
pub fn journal_id(drafts: &Drafts, number: u64) -> Result<Option<String>, DeskError> {
    drafts.find_number(number).map_err(|error| DeskError::io(ClinicAction::UseJournals, drafts.folder(), error))
}

/// Takes over the journal of an intake from a process that has ended. If there are two, for two versions of the pack,
/// it takes the later one.
///
/// # Errors
/// Returns an error if there is none, or it is in use or cannot be read.
pub fn claim_journal(drafts: &Drafts, number: u64) -> Result<(Recovered, DraftFile), DeskError> {
    let failed = |error| DeskError::io(ClinicAction::UseJournals, drafts.folder(), error);
    let id = journal_id(drafts, number)?;
    drafts.claim(&id.ok_or(DeskError::NoJournal)?).map_err(|error| match error {
        DraftError::Io(error) => failed(error),
        DraftError::InUse => DeskError::JournalInUse,
        DraftError::Missing => DeskError::NoJournal,
        DraftError::Unreadable(_) => DeskError::DamagedJournal,
    })
}
