//! Exported files. Removing an intake removes its exported files if they are unchanged.

use super::audit_trail::sha256;
use super::error::{ClinicAction, DeskError};
use super::store::ExportedFile;
use crate::storage::own_files::{UnsafePath, open_regular};
use crate::storage::whole_file::remove_left_files_now;
use std::fs::OpenOptions;
use std::io::{self, Read};
use std::path::Path;

/// The status of an exported file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileStatus {
    /// It exists and is unchanged.
    Present,
    /// It was removed.
    Removed,
    /// It does not exist.
    Missing,
    /// Its content has changed, so it was not removed.
    Changed,
    /// Could not be removed (I/O error).
    NotRemoved,
    /// It is known only from a restored backup, which may name any file, so it was not removed.
    OfBackup,
}

impl FileStatus {
    /// Returns the name in JSON. In a dry run, a file that would be removed is `removed` too.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Present | Self::Removed => "removed",
            Self::Missing => "missing",
            Self::Changed => "changed",
            Self::NotRemoved | Self::OfBackup => "kept",
        }
    }
}

/// Describes the file that will hold these bytes at this path.
///
/// # Errors
/// Returns an error if the path cannot be made absolute or is not UTF-8.
pub fn planned(path: &Path, bytes: &[u8]) -> Result<ExportedFile, DeskError> {
    let path = std::path::absolute(path).map_err(|error| DeskError::io(ClinicAction::NameFile, path, error))?;
    let path = path.into_os_string().into_string().map_err(|path| DeskError::PathNotUtf8(path.into()))?;
    Ok(ExportedFile { path, hash: sha256(bytes) })
}

/// Returns the status of the file without removing it; [`FileStatus::NotRemoved`] if it cannot be read. A link to the
/// file, or a file with a second name, has changed: removing this name would not remove the page.
pub(super) fn inspect(file: &ExportedFile) -> FileStatus {
    match hash_of(Path::new(&file.path)) {
        Ok(hash) if hash.as_ref() == Some(&file.hash) => FileStatus::Present,
        Ok(_) => FileStatus::Changed,
        Err(error) if error.kind() == io::ErrorKind::NotFound => FileStatus::Missing,
        Err(error) if UnsafePath::of(&error).is_some() => FileStatus::Changed,
        Err(_) => FileStatus::NotRemoved,
    }
}

/// Returns the hash of a regular file; `None` if it has a second name, or its path now leads to another file.
fn hash_of(path: &Path) -> io::Result<Option<String>> {
    let mut file = open_regular(path, OpenOptions::new().read(true))?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let (opened, named) = (file.metadata()?, path.symlink_metadata()?);
        if (opened.dev(), opened.ino()) != (named.dev(), named.ino()) || opened.nlink() > 1 {
            return Ok(None);
        }
    }
    Ok(Some(sha256(&bytes)))
}

/// Removes the file if it is unchanged, and the temporary files that a killed export left next to it.
pub(super) fn remove(file: &ExportedFile) -> FileStatus {
    if let Some(folder) = Path::new(&file.path).parent() {
        remove_left_files_now(folder);
    }
    match inspect(file) {
        FileStatus::Present if std::fs::remove_file(&file.path).is_ok() => FileStatus::Removed,
        FileStatus::Present => FileStatus::NotRemoved,
        status => status,
    }
}
