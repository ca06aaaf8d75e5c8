//! A clinic in one file: its records, keys and settings, and the journals that are under way. Nothing in it is in the clear
//! that is not in the folder.
//!
//! The first line says what it is and has a SHA-256 over all the rest; the second is a list of the files, as JSON; then
//! come their bytes. A file that was cut or changed anywhere is refused as a whole.

use super::audit_trail::sha256;
use super::clinic::{Clinic, NewClinic};
use super::error::{BackupDamage, ClinicAction, DeskError};
use super::file_names::{CORRECTIONS, DRAFTS, PRIVATE_KEY, PUBLIC_KEY, RECORDS, SETTINGS};
use super::service::Desk;
use crate::storage::error::FolderPurpose;
use crate::storage::output;
use serde_json::{Value, json};
use std::path::{Component, Path};

/// How the first line begins.
const MAGIC: &str = "preconsult desk backup 1 ";

/// Writes a backup to a new file, and gives how many bytes it has.
///
/// # Errors
/// When something cannot be read, or there is such a file already.
pub fn write(desk: &mut Desk, path: &Path) -> Result<usize, DeskError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Made by ourselves it would lie on this disk, and not on the one that is missing.
    output::check_folder(folder, FolderPurpose::Backup)?;
    let clinic = desk.clinic().clone();
    // The journals first: an intake that is finished from now on is among the records.
    let journals = journals(&clinic)?;
    let mut files = vec![(RECORDS.to_owned(), desk.copy()?)];
    for name in [PUBLIC_KEY, PRIVATE_KEY, SETTINGS] {
        if clinic.path(name).is_file() {
            files.push((name.to_owned(), read(&clinic.path(name))?));
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

/// Makes a clinic from a backup, in a new folder.
///
/// # Errors
/// When the backup is not whole, or there is something in the folder; nothing is made then.
pub fn restore(path: &Path, folder: &Path) -> Result<NewClinic, DeskError> {
    let backup = read(path)?;
    let mut files = files(&backup).map_err(|damage| DeskError::DamagedBackup { path: path.to_owned(), damage })?;
    let new = Clinic::create(folder)?;
    // A folder is a clinic once its public key is there: it comes last.
    files.sort_by_key(|(name, _)| name == PUBLIC_KEY);
    for (name, bytes) in files {
        output::create(&new.clinic().path(&name), bytes)?;
    }
    Ok(new)
}

/// The files in a backup.
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
    let is_whole = [RECORDS, PUBLIC_KEY, PRIVATE_KEY].iter().all(|name| files.iter().any(|(known, _)| known == name));
    if is_whole { Ok(files) } else { Err(BackupDamage::MissingFile) }
}

/// Whether a name stays inside the folder that it is restored to.
fn is_inside(name: &str) -> bool {
    Path::new(name).components().all(|part| matches!(part, Component::Normal(_)))
}

/// The sealed journals of intakes and corrections that are under way.
fn journals(clinic: &Clinic) -> Result<Vec<(String, Vec<u8>)>, DeskError> {
    let mut journals = Vec::new();
    for folder in [DRAFTS, CORRECTIONS] {
        let Ok(entries) = std::fs::read_dir(clinic.path(folder)) else { continue };
        let names = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
        let mut names: Vec<String> = names.filter(|name| name.ends_with(".journal")).collect();
        names.sort_unstable();
        for name in names {
            match std::fs::read(clinic.path(folder).join(&name)) {
                Ok(bytes) => journals.push((format!("{folder}/{name}"), bytes)),
                // Its interview was finished a moment ago, and it is among the records.
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => return Err(DeskError::io(ClinicAction::Read, &clinic.path(folder).join(&name), error)),
            }
        }
    }
    Ok(journals)
}

fn read(path: &Path) -> Result<Vec<u8>, DeskError> {
    std::fs::read(path).map_err(|error| DeskError::io(ClinicAction::Read, path, error))
}
