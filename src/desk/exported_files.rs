//! Exported files. Removing an intake removes its exported files if they are unchanged.

use super::audit_trail::sha256;
use super::error::{ClinicAction, DeskError};
use super::store::ExportedFile;
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
}

impl FileStatus {
    /// Returns the name in JSON. In a dry run, a file that would be removed is `removed` too.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Present | Self::Removed => "removed",
            Self::Missing => "missing",
            Self::Changed => "changed",
            Self::NotRemoved => "kept",
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

/// Returns the status of the file without removing it; [`FileStatus::NotRemoved`] if it cannot be read.
pub(super) fn inspect(file: &ExportedFile) -> FileStatus {
    match std::fs::read(Path::new(&file.path)) {
        Ok(bytes) if sha256(&bytes) == file.hash => FileStatus::Present,
        Ok(_) => FileStatus::Changed,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => FileStatus::Missing,
        Err(_) => FileStatus::NotRemoved,
    }
}

/// Removes the file if it is unchanged.
pub(super) fn remove(file: &ExportedFile) -> FileStatus {
    match inspect(file) {
        FileStatus::Present if std::fs::remove_file(&file.path).is_ok() => FileStatus::Removed,
        FileStatus::Present => FileStatus::NotRemoved,
        status => status,
    }
}
