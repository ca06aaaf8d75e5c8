//! Why a file, a folder or the user's settings could not be read or written.

use crate::diagnostics::Diagnostics;
use crate::letterhead::InvalidLogo;
use crate::printable::Printable;
use std::fmt;
use std::io;
use std::path::PathBuf;

/// Why storage could not do what it was asked to.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// The operating system refused an operation on a path.
    #[error("could not {action} {}: {source}", Printable::path(path))]
    Io {
        /// The operation.
        action: FileAction,
        /// The file or folder.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// A text file has bytes that are not UTF-8.
    #[error("{name}:{line} is not UTF-8 text")]
    NotUtf8 {
        /// The file as messages name it.
        name: Printable,
        /// The line of the first such byte, counted from 1.
        line: usize,
    },
    /// A file with that name exists, and files are never overwritten.
    #[error("{} is there already", Printable::path(.0))]
    FileExists(PathBuf),
    /// The file that a generated page should replace is not such a page.
    #[error("{} is there already, and is no such page", Printable::path(.0))]
    NotAGeneratedPage(PathBuf),
    /// The folder that should be created exists and has something in it.
    #[error("there is something in {} already", Printable::path(.0))]
    FolderNotEmpty(PathBuf),
    /// The folder to write in does not exist.
    #[error("there is no folder {}", Printable::path(path))]
    FolderMissing {
        /// The folder.
        path: PathBuf,
        /// What it is for.
        purpose: FolderPurpose,
    },
    /// The folder to write in is a file.
    #[error("{} is a file, not a folder", Printable::path(path))]
    NotAFolder {
        /// The file.
        path: PathBuf,
        /// What the folder is for.
        purpose: FolderPurpose,
    },
    /// The system creates no files in this folder, as in `/proc`.
    #[error("no file can be created in {}", Printable::path(.0))]
    NoFilesInFolder(PathBuf),
    /// The file was written, but its folder could not be synced.
    #[error("{} is written, but may not outlive a power cut: {source}", Printable::path(path))]
    NotDurable {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// Every name for a summary file exists already.
    #[error("every name for the summary is taken")]
    NoFreeName,
    /// A file named as a font is none.
    #[error("{} is not a font file, or a damaged one", Printable::path(.0))]
    NotAFont(PathBuf),
    /// The settings have problems.
    #[error("the settings have {} problems", .0.list().len())]
    InvalidSettings(Diagnostics),
    /// The clinic's logo cannot be printed.
    #[error("the logo {} {reason}", Printable::path(path))]
    Logo {
        /// The file.
        path: PathBuf,
        /// Why not.
        reason: InvalidLogo,
    },
    /// The user has no home folder to keep drafts in.
    #[error("there is no home folder for drafts")]
    NoHomeFolder,
    /// The input of many records could not be read any further.
    #[error("could not read {name} after line {after_line}: {source}")]
    Records {
        /// The input as messages name it.
        name: Printable,
        /// The last line that was read.
        after_line: u64,
        /// Whether the input is compressed.
        is_compressed: bool,
        /// The reason of the system or of the decoder.
        source: io::Error,
    },
}

/// What storage was doing with a file or folder when the system refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileAction {
    /// Reading a file.
    Read,
    /// Reading a pack's folder or a file in it.
    ReadPack,
    /// Reading the clinic's logo.
    ReadLogo,
    /// Reading a font of the settings.
    ReadFont,
    /// Reading the certificates to trust.
    ReadCertificates,
    /// Writing a file.
    Write,
    /// Writing a summary file to its folder.
    WriteSummary,
    /// Creating a folder.
    CreateFolder,
    /// Listing the user's drafts.
    ListDrafts,
    /// Opening, locking or removing a draft.
    UseDrafts,
    /// Preparing the folder of drafts.
    SaveDrafts,
}

/// What a folder is needed for; decides the message where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FolderPurpose {
    /// Summary files, as the command line says.
    Summaries,
    /// Summary files, as `out` in the settings says.
    OutSetting,
    /// A backup of a clinic.
    Backup,
}

impl fmt::Display for FileAction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Read | Self::ReadPack => "read",
            Self::ReadLogo => "read the logo",
            Self::ReadFont => "read the font",
            Self::ReadCertificates => "read the certificates in",
            Self::Write => "write",
            Self::WriteSummary => "write the summary in",
            Self::CreateFolder => "make the folder",
            Self::ListDrafts => "read the drafts in",
            Self::UseDrafts => "use the drafts in",
            Self::SaveDrafts => "keep drafts in",
        })
    }
}

impl StorageError {
    /// The system's refusal of an operation on a path.
    pub(crate) fn io(action: FileAction, path: impl Into<PathBuf>, source: io::Error) -> Self {
        Self::Io { action, path: path.into(), source }
    }
}
