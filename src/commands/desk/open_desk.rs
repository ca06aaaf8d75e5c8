//! Finds the clinic, opens its desk and unlocks it, as the options say.

use super::{current_user, passphrase};
use crate::cli::{ConfigArgs, DeskOptions};
use crate::commands::{now, print_note};
use crate::desk::{AuditNote, Clinic, Desk, PrivateKeys};
use crate::error::Error;
use crate::storage::config_file;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Opens the clinic's desk, locked.
pub(super) fn open(at: &DeskOptions) -> Result<Desk, Error> {
    Ok(Desk::open(clinic(at)?, print_waiting)?)
}

/// Opens the clinic's desk for a command that only reads: also where the disk has no room for another desk.
pub(super) fn open_to_read(at: &DeskOptions) -> Result<Desk, Error> {
    Ok(Desk::open_to_read(clinic(at)?, print_waiting)?)
}

fn clinic(at: &DeskOptions) -> Result<Clinic, Error> {
    let settings = config_file::load(None)?;
    Ok(Clinic::find(at.clinic.as_deref(), settings.config.desk.as_deref())?)
}

/// The clinic's settings; without any in its folder, the user's.
pub(super) fn config(desk: &Desk) -> ConfigArgs {
    ConfigArgs { config: desk.clinic().settings() }
}

/// Unlocks the desk with the passphrase that is typed or in a file.
pub(super) fn unlock(desk: &mut Desk, at: &DeskOptions) -> Result<PrivateKeys, Error> {
    let passphrase = passphrase::read(at.passphrase_file.as_deref(), "Passphrase of the clinic:")?;
    Ok(desk.unlock(&passphrase, now(), &audit_note(at, None))?)
}

/// Unlocks the desk if `is_wanted`.
pub(super) fn unlock_if(is_wanted: bool, desk: &mut Desk, at: &DeskOptions) -> Result<Option<PrivateKeys>, Error> {
    if is_wanted {
        return unlock(desk, at).map(Some);
    }
    if at.passphrase_file.is_some() {
        print_note("note: the desk stays locked, and nobody looked at --passphrase-file: --unlock unlocks it");
    }
    Ok(None)
}

/// Who does something, and why.
pub(super) fn audit_note(at: &DeskOptions, why: Option<&str>) -> AuditNote {
    let who = at.who.clone().filter(|who| !who.is_empty()).or_else(current_user::user);
    AuditNote { who: who.unwrap_or_else(current_user::number), why: why.map(str::to_owned) }
}

/// Tells that another desk writes; once a wait, which the store begins again for each lock that it has to get.
pub(super) fn print_waiting() {
    static LAST: Mutex<Option<Instant>> = Mutex::new(None);
    let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    if last.is_none_or(|last| last.elapsed() > SAME_WAIT) {
        print_note("the records are in use by another desk; waiting for it");
    }
    *last = Some(Instant::now());
}

/// Two locks within this time are one wait.
const SAME_WAIT: Duration = Duration::from_secs(5);
