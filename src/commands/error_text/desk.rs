//! The errors of the desk in words. Staff read them in English.

use super::ErrorText;
use super::io::io_error;
use crate::desk::error::DeskError;
use crate::desk::key::KeyError;
use crate::desk::store::error::StoreError;
use crate::error::{Error, ErrorKind};
use crate::messages::Messages;

/// The hint for damage, where another command can say more about it.
const VERIFY: &str = "`preconsult desk verify` names everything that is damaged, with --unlock also in what is sealed; \
                      a backup may have it as it was";

/// The hint for a file that a backup has.
const RESTORE_KEY: &str = "take the file from a backup: `preconsult desk restore`";

impl ErrorText for DeskError {
    fn to_error(&self, words: &Messages) -> Error {
        let failed = |hint: &str| Error::failed(self.to_string()).hint(hint);
        let input = |hint: &str| Error::input(self.to_string()).hint(hint);
        match self {
            Self::NoClinicFolder => input("name it with --clinic DIR"),
            Self::NoClinic(_) => {
                input("make one with `preconsult desk init DIR`, or name its folder with --clinic DIR")
            }
            Self::NoPublicKey(_) => {
                failed("`preconsult desk restore` makes a new folder from a backup, which has the key")
            }
            Self::FolderNotEmpty(_) => input("name a folder that is not there yet: nothing is ever written over"),
            Self::DamagedKey { .. } => failed(RESTORE_KEY),
            Self::Key(KeyError::CannotEncrypt) => failed("try again, or restart the machine"),
            Self::Key(KeyError::CannotLock) => failed("it needs some hundred MiB of memory: close other programs"),
            Self::WrongPassphrase => {
                input("check capital letters and the keyboard's language; each wrong try doubles the wait for the next")
            }
            Self::TooManyAttempts { .. } => {
                failed("wait, then type the passphrase again; nothing but the right one unlocks the desk")
            }
            Self::PassphraseChangedElsewhere => failed("nothing was changed here; try again with the new passphrase"),
            Self::PassphraseChangeNotRecorded(error) => {
                error.to_error(words).with_context("the passphrase is changed, but that is not in the trail")
            }
            Self::Store(error) => error.to_error(words),
            Self::DamagedRow(_) | Self::DamagedRecord { .. } | Self::CannotReencrypt => damaged(self.to_string()),
            Self::NoIntake(_) => input("see which there are with `preconsult desk list --all`"),
            Self::NotFinished(_) => input(&format!("it has {}", version_count(0))),
            Self::NoVersion { versions, .. } => input(&format!("it has {}", version_count(*versions))),
            Self::AlreadyFinished(_) => failed("open its record instead"),
            Self::CorrectedElsewhere(_) => failed("look at it again, then correct it once more"),
            Self::SearchStopped => failed("try again"),
            Self::InterviewInProgress(_) => failed("nothing was removed; finish or stop that interview first"),
            Self::JournalNotRemovable => failed("nothing was removed; try again"),
            Self::JournalInUse => Error::failed(words.get("desk-draft-in-use")),
            Self::NoJournal => Error::failed(words.get("desk-draft-gone")),
            Self::DamagedJournal => Error::failed(words.get("desk-draft-damaged")),
            Self::PathNotUtf8(_) => Error::input(self.to_string()),
            Self::DamagedBackup { .. } => failed("take another copy of it, or an older backup; nothing was restored"),
            Self::Io { action, path, source } => io_error(action, path, source),
            Self::Storage(error) => error.to_error(words),
        }
    }
}

impl ErrorText for StoreError {
    fn to_error(&self, _: &Messages) -> Error {
        let failed = |hint: &str| Error::failed(self.to_string()).hint(hint);
        match self {
            Self::Busy { .. } => {
                failed("nothing was changed here; try again when that desk is done, or check whether it hangs")
            }
            Self::DiskFull(_) => failed("free some space, then try again"),
            Self::DiskFailed(_) => failed("check the disk and the space on it, then try again"),
            Self::NotWritable(_) => {
                failed("check the folder's permissions and free space: SQLite also writes next to the file")
            }
            Self::Damaged { .. } | Self::Unusable { .. } => damaged(self.to_string()),
            Self::LaterVersion { .. } => failed("install that version of preconsult on this machine"),
        }
    }
}

/// A failure because something at the desk is not as it was stored.
pub(crate) fn damaged(message: String) -> Error {
    Error { kind: ErrorKind::Damaged, ..Error::failed(message).hint(VERIFY) }
}

/// A number of versions with its noun.
pub(crate) fn version_count(versions: usize) -> String {
    match versions {
        1 => "1 version".to_owned(),
        _ => format!("{versions} versions"),
    }
}

#[cfg(test)]
mod tests {
    use super::VERIFY;
    use crate::desk::error::{DeskError, RecordDamage};
    use crate::desk::store::error::{DamagedRow, StoreDamage, StoreError};
    use crate::error::{Error, ErrorKind};

    #[test]
    fn all_damage_leads_to_the_check() {
        let row = DamagedRow { table: "intakes", row: 3 };
        let store = || StoreError::Damaged { path: "records.sqlite3".into(), damage: StoreDamage::Row };
        let damage = [
            DeskError::Store(store()),
            DeskError::DamagedRow(row),
            DeskError::DamagedRecord { intake: 3, damage: RecordDamage::Row(row) },
            DeskError::CannotReencrypt,
            DeskError::PassphraseChangeNotRecorded(Box::new(store().into())),
        ];
        for error in damage {
            let message = error.to_string();
            let error = Error::from(error);
            assert_eq!((error.kind, error.exit_code(), error.hint.as_deref()), (ErrorKind::Damaged, 1, Some(VERIFY)));
            assert_eq!(error.message, message);
        }
    }

    #[test]
    fn wrong_input_ends_with_exit_code_2() {
        for (error, hint) in [
            (DeskError::WrongPassphrase, "capital letters"),
            (DeskError::NoIntake(7), "desk list --all"),
            (DeskError::NotFinished(7), "it has 0 versions"),
            (DeskError::NoVersion { intake: 7, version: 3, versions: 1 }, "it has 1 version"),
            (DeskError::NoClinic("nowhere".into()), "--clinic DIR"),
        ] {
            let error = Error::from(error);
            assert_eq!(error.exit_code(), 2, "{error}");
            assert!(error.hint.as_deref().is_some_and(|shown| shown.contains(hint)), "{error:?}");
        }
    }
}
