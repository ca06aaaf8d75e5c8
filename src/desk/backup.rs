//! Backups: a clinic's records, keys, settings and unfinished journals in one file. Everything that is encrypted in the
//! folder is encrypted in the backup.
//!
//! The first line identifies the format and has the SHA-256 of everything after it. The second line lists the files as
//! JSON. Their bytes follow. A truncated or changed backup is rejected as a whole.

use super::audit_trail::sha256;
use super::clinic::{Clinic, NewClinic};
use super::error::{BackupDamage, ClinicAction, DeskError};
use super::file_names::{CORRECTIONS, DRAFTS, PRIVATE_KEY, PUBLIC_KEY, RECORDS, SETTINGS};
use super::service::Desk;
use crate::storage::error::FolderPurpose;
use crate::storage::output;
use crate::storage::own_files::read_regular;
use serde_json::{Value, json};
use std::path::{Component, Path};

/// The beginning of the first line; the hash follows.
const MAGIC: &str = "preconsult desk backup 1 ";

/// Writes a backup to a new file and returns its size in bytes.
///
/// # Errors
/// Returns an error if the clinic cannot be read, or the file exists or cannot be written.
pub fn write(desk: &mut Desk, path: &Path) -> Result<usize, DeskError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // A missing folder may be a disk that is not mounted, so it is not created.
    output::check_folder(folder, FolderPurpose::Backup)?;
    let clinic = desk.clinic().clone();
    // Journals first: an intake that is finished from now on will be among the records.
    let journals = journals(&clinic)?;
    let mut files = vec![(RECORDS.to_owned(), desk.copy()?)];
    for name in [PUBLIC_KEY, PRIVATE_KEY, SETTINGS] {
        if clinic.path(name).is_file() {
            let path = clinic.path(name);
            let bytes = read_regular(&path).map_err(|error| DeskError::io(ClinicAction::Read, &path, error))?;
            files.push((name.to_owned(), bytes));
        }
    }
    files.extend(journals);
    let list: Vec<Value> = files.iter().map(|(name, bytes)| json!({ "name": name, "bytes": bytes.len() })).collect();
    let mut rest = format!("{}\n", Value::from(list)).into_bytes();
    for (_, bytes) in &files {
        rest.extend_from_slice(bytes);
    }
    let mut backup = format!("{MAGIC}{}\n", sha256(&rest)).into_bytes();
    backup.append(&mut rest);
    output::create(path, &backup)?;
    Ok(backup.len())
}

/// Restores a clinic from a backup, in a new folder.
///
/// # Errors
/// Returns an error if the backup is damaged, or the folder is not empty or cannot be written. Nothing is left then.
pub fn restore(path: &Path, folder: &Path) -> Result<NewClinic, DeskError> {
    let backup = std::fs::read(path).map_err(|error| DeskError::io(ClinicAction::Read, path, error))?;
    let mut files = files(&backup).map_err(|damage| DeskError::DamagedBackup { path: path.to_owned(), damage })?;
    let new = Clinic::create(folder)?;
    // The public key marks a folder as a clinic, so it is written last.
    files.sort_by_key(|(name, _)| name == PUBLIC_KEY);
    for (name, bytes) in files {
        output::create(&new.clinic().path(&name), bytes)?;
    }
    Ok(new)
}

/// Parses a backup into names and contents of its files.
fn files(backup: &[u8]) -> Result<Vec<(String, &[u8])>, BackupDamage> {
    let line = |bytes: &[u8]| bytes.iter().position(|byte| *byte == b'\n');
    let first = line(backup).ok_or(BackupDamage::NoHead)?;
    let (head, rest) = (&backup[..first], &backup[first + 1..]);
    let hash = head.strip_prefix(MAGIC.as_bytes()).ok_or(BackupDamage::NotABackup)?;
    if hash != sha256(rest).as_bytes() {
        return Err(BackupDamage::Changed);
    }
    let second = line(rest).ok_or(BackupDamage::CutOff)?;
    let list: Vec<Value> = serde_json::from_slice(&rest[..second]).map_err(|_| BackupDamage::FileList)?;
    let mut bytes = &rest[second + 1..];
    let mut files = Vec::new();
    for file in &list {
        let name = file.get("name").and_then(Value::as_str).filter(|name| is_inside(name));
        let length = file.get("bytes").and_then(Value::as_u64).and_then(|length| usize::try_from(length).ok());
        let (name, length) = name.zip(length).ok_or(BackupDamage::FileList)?;
        let (file, rest) = bytes.split_at_checked(length).ok_or(BackupDamage::CutOff)?;
        files.push((name.to_owned(), file));
        bytes = rest;
    }
    let is_complete =
        [RECORDS, PUBLIC_KEY, PRIVATE_KEY].iter().all(|name| files.iter().any(|(other, _)| other == name));
    if is_complete { Ok(files) } else { Err(BackupDamage::MissingFile) }
}

/// Returns whether a name stays inside the folder to which it is restored.
fn is_inside(name: &str) -> bool {
    Path::new(name).components().all(|part| matches!(part, Component::Normal(_)))
}

/// Reads the encrypted journals of unfinished intakes and corrections.
fn journals(clinic: &Clinic) -> Result<Vec<(String, Vec<u8>)>, DeskError> {
    let mut journals = Vec::new();
    for folder in [DRAFTS, CORRECTIONS] {
        let Ok(entries) = std::fs::read_dir(clinic.path(folder)) else { continue };
        let names = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
        let mut names: Vec<String> = names.filter(|name| name.ends_with(".journal")).collect();
        names.sort_unstable();
        for name in names {
            match read_regular(&clinic.path(folder).join(&name)) {
                Ok(bytes) => journals.push((format!("{folder}/{name}"), bytes)),
                // Its interview has just been finished, so it is among the records.
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => return Err(DeskError::io(ClinicAction::Read, &clinic.path(folder).join(&name), error)),
            }
        }
    }
    Ok(journals)
}
