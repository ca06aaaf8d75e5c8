//! Creates a new folder with files; existing files are never changed.

use super::error::{FileAction, StorageError};
use super::own_files::{TrustedOwners, create_private_folder};
use std::fs::{DirBuilder, OpenOptions};
use std::io::{Read, Write};
use std::path::Path;

/// Read access to a new folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// The system's default permissions.
    Anyone,
    /// The current user only (on Unix): the folder holds a patient's answers or a key.
    User,
}

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
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(parent).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
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
/// # Errors
/// Returns an error if the folder is not empty or cannot be written.
pub fn write(folder: &Path, files: &[(String, Vec<u8>)], access: Access) -> Result<(), StorageError> {
    if access == Access::User {
        create_private_folder(folder, TrustedOwners::default())
            .map_err(|error| StorageError::io(FileAction::CreateFolder, folder, error))?;
    }
    if folder.exists() {
        let mut entries =
            std::fs::read_dir(folder).map_err(|error| StorageError::io(FileAction::CreateFolder, folder, error))?;
        if entries.next().is_some() {
            return Err(StorageError::FolderNotEmpty(folder.to_owned()));
        }
    }
    for (name, bytes) in files {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            create(parent, access)?;
        }
        let result = options(access).open(&path).and_then(|mut file| file.write_all(bytes));
        result.map_err(|error| StorageError::io(FileAction::Write, path, error))?;
    }
    Ok(())
}

/// Creates a folder and those above it; existing ones are not changed.
///
/// # Errors
/// Returns an error if the system refuses it.
pub fn create(folder: &Path, access: Access) -> Result<(), StorageError> {
    builder(access).create(folder).map_err(|error| StorageError::io(FileAction::CreateFolder, folder, error))
}

fn builder(access: Access) -> DirBuilder {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    if access == Access::User {
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    }
    #[cfg(not(unix))]
    let _ = access;
    builder
}

fn options(access: Access) -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if access == Access::User {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    #[cfg(not(unix))]
    let _ = access;
    options
}
