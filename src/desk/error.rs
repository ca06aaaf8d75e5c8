//! Errors of the desk. The commands add a hint and an exit code to each.

use super::file_names::{PUBLIC_KEY, RECORDS};
use super::key::{KeyDamage, KeyError};
use super::store::error::{DamagedRow, StoreError};
use crate::printable::Printable;
use crate::storage::error::StorageError;
use std::path::{Path, PathBuf};

/// A failure at the desk.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// No folder was named, and the system has none for the user.
    #[error("no clinic folder was named, and this system has no default one")]
    NoClinicFolder,
    /// The folder holds no clinic.
    #[error("there is no clinic in {}", Printable::path(.0))]
    NoClinic(PathBuf),
    /// Another user owns the clinic's folder, or may write in it.
    #[error("the clinic in {} belongs to another user, who could read or change what is entered", Printable::path(.0))]
    NotTrusted(PathBuf),
    /// The folder holds records and no public key.
    #[error("the clinic in {} lacks its public key, {PUBLIC_KEY}", Printable::path(.0))]
    NoPublicKey(PathBuf),
    /// A new clinic needs a folder of its own.
    #[error("the folder {} is not empty", Printable::path(.0))]
    FolderNotEmpty(PathBuf),
    /// The public key is not the one of the audit log, or does not belong to the private keys.
    #[error("{} is not this clinic's public key: its owner could read what is entered now", Printable::path(.0))]
    ForeignKey(PathBuf),
    /// A key file cannot be used.
    #[error("the key {} is damaged: {damage}", Printable::path(.path))]
    DamagedKey {
        /// The key file.
        path: PathBuf,
        /// The damage.
        damage: KeyDamage,
    },
    /// Encrypting failed.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The passphrase does not unlock the keys.
    #[error("that is not the clinic's passphrase")]
    WrongPassphrase,
    /// Wrong passphrases delay the next attempt.
    #[error("a wrong passphrase was typed; the next attempt is possible in {seconds} s")]
    TooManyAttempts {
        /// The remaining delay, in seconds.
        seconds: u64,
    },
    /// Another desk has changed the passphrase since it was checked.
    #[error("the passphrase was changed at another desk in the meantime")]
    PassphraseChangedElsewhere,
    /// The new passphrase is set; its entry in the audit log is missing.
    #[error("the passphrase is changed, but the audit log has no entry for it: {0}")]
    PassphraseChangeNotRecorded(Box<DeskError>),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A row of the store cannot be used.
    #[error("{0}, in {RECORDS}")]
    DamagedRow(#[from] DamagedRow),
    /// No intake has this number.
    #[error("there is no intake {0}")]
    NoIntake(u64),
    /// The intake has no record yet.
    #[error("intake {0} is not finished")]
    NotFinished(u64),
    /// The intake has a record, but not in this version.
    #[error("intake {intake} has no version {version}")]
    NoVersion {
        /// The intake.
        intake: u64,
        /// The requested version.
        version: u32,
        /// The number of versions of the intake.
        versions: usize,
    },
    /// Another desk has stored the first version.
    #[error("intake {0} is finished already")]
    AlreadyFinished(u64),
    /// Another desk has stored this version.
    #[error("intake {0} was corrected at another desk in the meantime")]
    CorrectedElsewhere(u64),
    /// The record differs from what was stored.
    #[error("{}", .damage.of_intake(*.intake))]
    DamagedRecord {
        /// The intake.
        intake: u64,
        /// The damage.
        damage: RecordDamage,
    },
    /// The re-encryption was rolled back, because an item does not decrypt with the old keys.
    #[error("nothing was re-encrypted: an item in the records cannot be decrypted with the clinic's key")]
    CannotReencrypt,
    /// A thread that decrypts records has ended early.
    #[error("decrypting the records stopped unexpectedly")]
    SearchStopped,
    /// An intake cannot be removed during its interview.
    #[error("the interview of intake {0} is in progress")]
    InterviewInProgress(u64),
    /// The interview runs in no browser, or not any more.
    #[error("intake {0} has no invitation")]
    NoInvitation(u64),
    /// The clinic has a server already.
    #[error("a server of this clinic runs already")]
    ServerRuns,
    /// A journal cannot be locked for its removal.
    #[error("a journal cannot be removed")]
    JournalNotRemovable,
    /// A running process writes the journal.
    #[error("that interview is in progress")]
    JournalInUse,
    /// The interview has no journal.
    #[error("there are no saved answers to resume")]
    NoJournal,
    /// The journal cannot be read.
    #[error("the saved answers of that interview cannot be read")]
    DamagedJournal,
    /// The store holds paths as text.
    #[error("the path {} is not UTF-8", Printable::path(.0))]
    PathNotUtf8(PathBuf),
    /// A backup cannot be restored.
    #[error("the backup {} cannot be used: {damage}", Printable::path(.path))]
    DamagedBackup {
        /// The backup.
        path: PathBuf,
        /// The damage.
        damage: BackupDamage,
    },
    /// An action on a file failed.
    #[error("could not {action} {}: {source}", Printable::path(.path))]
    Io {
        /// The action.
        action: ClinicAction,
        /// The file or folder.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// A file cannot be written.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl DeskError {
    /// Returns the error for a failed action on a file.
    pub(super) fn io(action: ClinicAction, path: &Path, source: std::io::Error) -> Self {
        Self::Io { action, path: path.to_owned(), source }
    }

    /// Returns the error for a damaged record.
    pub(super) fn damaged(intake: u64, damage: RecordDamage) -> Self {
        Self::DamagedRecord { intake, damage }
    }
}

/// The damage of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordDamage {
    /// The intake is finished and has no record.
    NoRecord,
    /// The bytes of the record are missing.
    LostRecord,
    /// The pack of the record is missing.
    LostPack,
    /// The label is missing or cannot be decrypted.
    LostLabel,
    /// The record does not decrypt.
    DoesNotOpen,
    /// The record has another format.
    OtherFormat,
    /// The record belongs to another intake or version.
    OtherRecord,
    /// The answers do not fit the pack.
    DoesNotFitPack,
    /// The row of the record is damaged.
    Row(DamagedRow),
}

impl RecordDamage {
    fn of_intake(self, intake: u64) -> String {
        match self {
            Self::NoRecord => format!("intake {intake} has no record"),
            Self::LostRecord => format!("the record of intake {intake} is missing"),
            Self::LostPack => format!("the pack of intake {intake} is missing"),
            Self::LostLabel => format!("the label of intake {intake} is missing or cannot be decrypted"),
            Self::DoesNotOpen => format!("the record of intake {intake} cannot be decrypted with the clinic's key"),
            Self::OtherFormat => {
                format!("the record of intake {intake} has the format of another version of preconsult")
            }
            Self::OtherRecord => format!("intake {intake} holds the record of another intake or version"),
            Self::DoesNotFitPack => format!("the record of intake {intake} does not fit its pack"),
            Self::Row(row) => format!("{row}, the record of intake {intake}"),
        }
    }
}

/// The damage of a backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BackupDamage {
    /// The first line is missing.
    #[error("it is truncated, or not a backup of preconsult")]
    NoHead,
    /// The first line does not begin a backup.
    #[error("it is not a backup of preconsult")]
    NotABackup,
    /// The hash in the first line is not that of the content.
    #[error("it was truncated or changed")]
    Changed,
    /// The list or a file ends too early.
    #[error("it is truncated")]
    CutOff,
    /// The list of files has another format.
    #[error("its list of files cannot be read")]
    FileList,
    /// A file that every clinic has is missing.
    #[error("it lacks the records or a key file")]
    MissingFile,
}

/// An action on a file or folder of a clinic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClinicAction {
    /// Look for a clinic in a folder.
    Find,
    /// Create the folder of a clinic.
    Create,
    /// Read a key file.
    ReadKey,
    /// Lock the keys.
    LockKeys,
    /// Create the file of the records.
    CreateRecords,
    /// Open the file of the records.
    OpenRecords,
    /// Inspect the journals before they are removed.
    InspectJournals,
    /// Read the list of journals.
    ReadJournals,
    /// Use the journals.
    UseJournals,
    /// Write the server's address.
    AnnounceServer,
    /// Find the absolute path of a file.
    NameFile,
    /// Read a file.
    Read,
}

impl std::fmt::Display for ClinicAction {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Find => "look for a clinic in",
            Self::Create => "create the clinic's folder",
            Self::ReadKey => "read the key",
            Self::LockKeys => "lock the keys with",
            Self::CreateRecords => "create the records",
            Self::OpenRecords => "open the records",
            Self::InspectJournals => "inspect the journals in",
            Self::ReadJournals => "read the journals in",
            Self::UseJournals => "use the journals in",
            Self::AnnounceServer => "write the server's address to",
            Self::NameFile => "find the absolute path of",
            Self::Read => "read",
        })
    }
}
