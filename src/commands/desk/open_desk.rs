//! Finds the clinic, opens its desk and unlocks it, according to the options.

use super::{current_user, passphrase};
use crate::cli::{ConfigArgs, DeskOptions};
use crate::commands::{now, print_note};
use crate::config::Config;
use crate::desk::{AuditNote, Clinic, Desk, PrivateKeys};
use crate::error::Error;
use crate::printable::Printable;
use crate::storage::config_file;
use crate::storage::own_files::TrustedOwners;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Opens the clinic's desk, locked.
pub(in crate::commands) fn open(options: &DeskOptions) -> Result<Desk, Error> {
    Ok(Desk::open(clinic(options)?, print_waiting)?)
}

/// Opens the clinic's desk for a command that only reads, which works on a full disk too.
pub(super) fn open_to_read(options: &DeskOptions) -> Result<Desk, Error> {
    Ok(Desk::open_to_read(clinic(options)?, print_waiting)?)
}

fn clinic(options: &DeskOptions) -> Result<Clinic, Error> {
    let config = config_file::load(None)?.config;
    Ok(Clinic::find(options.clinic.as_deref(), config.desk.as_deref(), trusted_owners(&config)?)?)
}

/// Returns who may own the clinic's folder, according to the user's settings.
pub(in crate::commands) fn trusted_owners(config: &Config) -> Result<TrustedOwners, Error> {
    let Some(name) = &config.desk_group else { return Ok(TrustedOwners::default()) };
    #[cfg(unix)]
    if let Ok(Some(group)) = nix::unistd::Group::from_name(name) {
        return Ok(TrustedOwners { group: Some(group.gid.as_raw()) });
    }
    let name = Printable::line(name);
    Err(Error::input(format!("desk_group: this system has no group {name}"))
        .hint("name a group that `getent group` lists, or remove the setting"))
}

/// Returns the absolute path of the clinic's folder, for messages.
pub(super) fn folder_text(desk: &Desk) -> String {
    let folder = desk.clinic().folder();
    Printable::path(&std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned())).to_string()
}

/// Returns the clinic's settings file, or none, so that the user's settings apply.
pub(in crate::commands) fn config(desk: &Desk) -> ConfigArgs {
    ConfigArgs { config: desk.clinic().settings() }
}

/// Unlocks the desk with a passphrase from the terminal or a file.
pub(super) fn unlock(desk: &mut Desk, options: &DeskOptions) -> Result<PrivateKeys, Error> {
    let passphrase = passphrase::read(options.passphrase_file.as_deref(), "Passphrase of the clinic:")?;
    Ok(desk.unlock(&passphrase, now(), &audit_note(options, None))?)
}

/// Unlocks the desk if `is_wanted`.
pub(super) fn unlock_if(is_wanted: bool, desk: &mut Desk, options: &DeskOptions) -> Result<Option<PrivateKeys>, Error> {
    if is_wanted {
        return unlock(desk, options).map(Some);
    }
    if options.passphrase_file.is_some() {
        print_note("note: the desk stays locked and --passphrase-file is not used; add --unlock to unlock it");
    }
    Ok(None)
}

/// Creates the note of who acts, from the options or the current user, and why.
pub(in crate::commands) fn audit_note(options: &DeskOptions, why: Option<&str>) -> AuditNote {
    let who = options.who.clone().filter(|who| !who.is_empty()).or_else(current_user::user);
    AuditNote { who: who.unwrap_or_else(current_user::number), why: why.map(str::to_owned) }
}

/// Reports that another desk writes, once per wait. The store calls this for each lock that it waits for.
pub(super) fn print_waiting() {
    static LAST: Mutex<Option<Instant>> = Mutex::new(None);
    let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    if last.is_none_or(|last| last.elapsed() > SAME_WAIT) {
        print_note("the records are in use by another desk; waiting for it");
    }
    *last = Some(Instant::now());
}

/// Locks within this time count as one wait.
const SAME_WAIT: Duration = Duration::from_secs(5);
