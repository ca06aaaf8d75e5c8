//! Messages and hints for errors of the desk. Staff read them in English.

use super::ErrorText;
use super::io::io_error;
use crate::desk::error::DeskError;
use crate::desk::key::KeyError;
use crate::desk::store::error::StoreError;
use crate::error::{Error, ErrorKind};
use crate::messages::Messages;

/// The hint for damage.
const VERIFY: &str = "run `preconsult desk verify` to list all damage, with --unlock also in encrypted content; \
                      a backup may have an undamaged copy";

/// The hint for a damaged key file.
const RESTORE_KEY: &str = "restore the file from a backup with `preconsult desk restore`";

impl ErrorText for DeskError {
    fn to_error(&self, words: &Messages) -> Error {
        let failed = |hint: &str| Error::failed(self.to_string()).hint(hint);
        let input = |hint: &str| Error::input(self.to_string()).hint(hint);
        match self {
            Self::NoClinicFolder => input("name it with --clinic DIR"),
            Self::NoClinic(_) => {
                input("create one with `preconsult desk init DIR`, or name its folder with --clinic DIR")
            }
            Self::NotTrusted(_) => failed(
                "name your own clinic with --clinic DIR; to share a clinic of a group, set `desk_group` in your settings",
            ),
            Self::NoPublicKey(_) => {
                failed("restore the clinic from a backup, which has the key, with `preconsult desk restore`")
            }
            Self::ForeignKey(_) => failed(
                "nothing was entered; restore the file from a backup, then run `preconsult desk verify --unlock`, which \
                 lists what was encrypted for another key",
            ),
            Self::FolderNotEmpty(_) => input("name a new or empty folder: existing files are never overwritten"),
            Self::DamagedKey { .. } => failed(RESTORE_KEY),
            Self::Key(KeyError::CannotEncrypt) => failed("try again, or restart the machine"),
            Self::Key(KeyError::CannotLock) => {
                failed("close other programs: encrypting the keys needs some hundred MiB of memory")
            }
            Self::WrongPassphrase => {
                input("check capital letters and the keyboard's language; each wrong attempt doubles the delay")
            }
            Self::TooManyAttempts { .. } => failed("wait, then type the passphrase again"),
            Self::PassphraseChangedElsewhere => failed("try again with the new passphrase; nothing was changed here"),
            Self::PassphraseChangeNotRecorded(error) => {
                error.to_error(words).with_context("the passphrase is changed, but the audit log has no entry for it")
            }
            Self::Store(error) => error.to_error(words),
            Self::DamagedRow(_) | Self::DamagedRecord { .. } | Self::CannotReencrypt => damaged(self.to_string()),
            Self::NoIntake(_) => input("list the intakes with `preconsult desk list --all`"),
            Self::NotFinished(_) => input(&format!("it has {}", version_count(0))),
            Self::NoVersion { versions, .. } => input(&format!("it has {}", version_count(*versions))),
            Self::AlreadyFinished(_) => failed("open its record instead"),
            Self::CorrectedElsewhere(_) => failed("open the new version, then correct that"),
            Self::SearchStopped => failed("try again"),
            Self::InterviewInProgress(number) => failed(&format!(
                "finish or stop that interview first, or take it from its browser with \
                 `preconsult desk invite --withdraw {number}`; nothing was removed"
            )),
            Self::NoInvitation(_) => {
                input("make one with `preconsult desk invite`, or resume the intake on the desk's screen")
            }
            Self::ServerRuns => failed("open its address, or stop it first"),
            Self::JournalNotRemovable => failed("try again; nothing was removed"),
            Self::JournalInUse => Error::failed(words.get("desk-draft-in-use")),
            Self::NoJournal => Error::failed(words.get("desk-draft-gone")),
            Self::DamagedJournal => Error::failed(words.get("desk-draft-damaged")),
            Self::PathNotUtf8(_) => Error::input(self.to_string()),
            Self::DamagedBackup { .. } => failed("use another copy or an older backup; nothing was restored"),
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
                failed("try again when that desk is done, or check whether it hangs; nothing was changed here")
            }
            Self::DiskFull(_) => failed("free some space, then try again"),
            Self::DiskFailed(_) => failed("check the disk and its free space, then try again"),
            Self::NotWritable(_) => {
                failed("check the folder's permissions and free space: SQLite also writes next to the file")
            }
            Self::Damaged { .. } | Self::Unusable { .. } => damaged(self.to_string()),
            Self::LaterVersion { .. } => failed("install that version of preconsult on this machine"),
        }
    }
}

/// Returns an error for damaged data of the clinic.
pub(crate) fn damaged(message: String) -> Error {
    Error { kind: ErrorKind::Damaged, ..Error::failed(message).hint(VERIFY) }
}

/// Formats a number of versions with its noun.
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
    fn every_damage_error_suggests_desk_verify() {
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
            assert!(error.hint.as_deref().is_some_and(|text| text.contains(hint)), "{error:?}");
        }
    }
}
