//! Files that the desk wrote: when an intake goes they go too, and nothing else does.

use super::audit_trail::sha256;
use super::store::File;
use std::path::Path;

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It was removed.
    Removed,
    /// It was not there any more.
    Missing,
    /// Something else is there now, or it was changed: it stays, and somebody has to look.
    Changed,
    /// The system does not let it go.
    Kept,
}

impl Fate {
    /// As JSON writes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Removed => "removed",
            Self::Missing => "missing",
            Self::Changed => "changed",
            Self::Kept => "kept",
        }
    }
}

/// Whether the file is there as it was written.
pub(super) fn look(file: &File) -> Fate {
    match std::fs::read(Path::new(&file.path)) {
        Ok(bytes) if sha256(&bytes) == file.hash => Fate::Removed,
        Ok(_) => Fate::Changed,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Fate::Missing,
        Err(_) => Fate::Kept,
    }
}

/// Removes the file if it is there as it was written.
pub(super) fn remove(file: &File) -> Fate {
    match look(file) {
        Fate::Removed if std::fs::remove_file(&file.path).is_err() => Fate::Kept,
        fate => fate,
    }
}
