//! Creates a new folder with files; existing files are never changed.

use super::error::{FileAction, StorageError};
use super::output;
use super::own_files::{TrustedOwners, create_private_folder, read_regular};
pub use super::whole_file::Access;
use std::collections::BTreeSet;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Writes a generated page atomically. It replaces only a file with `marker` near its beginning: an earlier version of
/// the page.
///
/// # Errors
/// Returns an error if another file has the path, or the page cannot be written.
pub fn write_page(path: &Path, text: &str, marker: &str) -> Result<(), StorageError> {
    let failed = |error: std::io::Error| StorageError::io(FileAction::Write, path, error);
    if !may_replace(path, marker).map_err(failed)? {
        return Err(StorageError::NotAGeneratedPage(path.to_owned()));
    }
    output::replace(path, text.as_bytes())
}

fn may_replace(path: &Path, marker: &str) -> std::io::Result<bool> {
    const SEARCHED_BYTES: u64 = 4096;
    match std::fs::symlink_metadata(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(true),
        Err(error) => return Err(error),
        Ok(metadata) if !metadata.is_file() => return Ok(false),
        Ok(_) => {}
    }
    let mut beginning = Vec::new();
    std::fs::File::open(path)?.take(SEARCHED_BYTES).read_to_end(&mut beginning)?;
    Ok(String::from_utf8_lossy(&beginning).contains(marker))
}

/// Creates a folder and writes the files, each under its path in the folder. An empty folder may exist already.
///
/// Each file is complete or absent, and the folder that a program left when it was killed can be completed: files with
/// the same content may exist, but not all of them.
///
/// # Errors
/// Returns an error if the folder has other files or cannot be written.
pub fn write(folder: &Path, files: &[(String, Vec<u8>)], access: Access) -> Result<(), StorageError> {
    let failed = |path: &Path, error| StorageError::io(FileAction::CreateFolder, path, error);
    create(folder, access).map_err(|error| failed(folder, error))?;
    let is_there = |(name, bytes): &&(String, Vec<u8>)| read_regular(&folder.join(name)).is_ok_and(|own| own == *bytes);
    let (there, missing): (Vec<_>, Vec<_>) = files.iter().partition(is_there);
    let mut known: BTreeSet<PathBuf> = there.iter().map(|(name, _)| folder.join(name)).collect();
    let parents = files.iter().flat_map(|(name, _)| Path::new(name).ancestors().skip(1));
    known.extend(parents.map(|parent| folder.join(parent)));
    if missing.is_empty() || has_others(folder, &known).map_err(|error| failed(folder, error))? {
        return Err(StorageError::FolderNotEmpty(folder.to_owned()));
    }
    for (name, bytes) in missing {
        let path = folder.join(name);
        let parent = output::folder_of(&path);
        create(parent, access).map_err(|error| failed(parent, error))?;
        output::create_in(parent, &path, bytes, access)
            .map_err(|error| StorageError::io(FileAction::Write, path, error))?;
    }
    Ok(())
}

fn create(folder: &Path, access: Access) -> io::Result<()> {
    match access {
        Access::User => create_private_folder(folder, TrustedOwners::default()),
        Access::Anyone => std::fs::create_dir_all(folder),
    }
}

/// Returns whether a folder, or a known folder in it, has an entry that is not known.
fn has_others(folder: &Path, known: &BTreeSet<PathBuf>) -> io::Result<bool> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if !known.contains(&entry.path()) || entry.file_type()?.is_dir() && has_others(&entry.path(), known)? {
            return Ok(true);
        }
    }
    Ok(false)
}
