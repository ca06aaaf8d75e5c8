//! Files that the desk wrote: when an intake goes they go too, and nothing else does.

use super::audit_trail::sha256;
use super::error::{ClinicAction, DeskError};
use super::store::ExportedFile;
use std::path::Path;

/// The state of a file that the desk wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileStatus {
    /// It is there, as it was written.
    Present,
    /// It was removed.
    Removed,
    /// It is not there.
    Missing,
    /// Its bytes are others than the desk wrote, so it was not removed.
    Changed,
    /// Could not be removed (I/O error).
    NotRemoved,
}

impl FileStatus {
    /// As JSON writes it. A file that would be removed is `removed` in a dry run too.
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

/// The file that these bytes become at this path.
///
/// # Errors
/// When the path cannot be made absolute or is not UTF-8.
pub fn planned(path: &Path, bytes: &[u8]) -> Result<ExportedFile, DeskError> {
    let path = std::path::absolute(path).map_err(|error| DeskError::io(ClinicAction::NameFile, path, error))?;
    let path = path.into_os_string().into_string().map_err(|path| DeskError::PathNotUtf8(path.into()))?;
    Ok(ExportedFile { path, hash: sha256(bytes) })
}

/// Looks whether the file is there as it was written.
pub(super) fn inspect(file: &ExportedFile) -> FileStatus {
    match std::fs::read(Path::new(&file.path)) {
        Ok(bytes) if sha256(&bytes) == file.hash => FileStatus::Present,
        Ok(_) => FileStatus::Changed,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => FileStatus::Missing,
        Err(_) => FileStatus::NotRemoved,
    }
}

/// Removes the file if it is there as it was written.
pub(super) fn remove(file: &ExportedFile) -> FileStatus {
    match inspect(file) {
        FileStatus::Present if std::fs::remove_file(&file.path).is_ok() => FileStatus::Removed,
        FileStatus::Present => FileStatus::NotRemoved,
        status => status,
    }
}
