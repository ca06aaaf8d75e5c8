//! Messages and hints for errors of files, folders, settings and printing.

use super::ErrorText;
use super::io::{io_error, io_error_in, io_hint, io_reason, path_error};
use crate::error::Error;
use crate::messages::Messages;
use crate::printable::Printable;
use crate::storage::error::{FileAction, FolderPurpose, StorageError};
use crate::storage::printer::PrintError;
use std::io;
use std::path::Path;

const ANOTHER_FILE: &str = "name another file, or remove that one first";

impl ErrorText for StorageError {
    fn to_error(&self, words: &Messages) -> Error {
        let failed = || Error::failed(self.to_string());
        let input = || Error::input(self.to_string());
        match self {
            Self::Io { action, path, source } => io_text(*action, path, source, words),
            Self::NotUtf8 { .. } => input().hint("save the file as UTF-8"),
            Self::TooLarge(_) => {
                input().hint("check that this is the right file; give many records to `preconsult batch`, one per line")
            }
            Self::FileExists(_) | Self::NotAGeneratedPage(_) => failed().hint(ANOTHER_FILE),
            Self::FolderNotEmpty(_) => input().hint("name a new or empty folder: existing files are never overwritten"),
            Self::FolderMissing { path, purpose } => {
                let messages = FolderMessages::of(*purpose);
                let parameters = [("folder", shell_quote(path).into()), ("or", words.get(messages.or).into())];
                path_error(words, messages.failed, path, words.get("why-no-folder"))
                    .hint(words.format("make-folder", parameters))
            }
            Self::NotAFolder { path, purpose } => {
                let messages = FolderMessages::of(*purpose);
                path_error(words, messages.failed, path, words.get("why-a-file")).hint(words.get(messages.not_a_folder))
            }
            Self::NoFilesInFolder(path) => {
                let messages = FolderMessages::of(FolderPurpose::Summaries);
                path_error(words, messages.failed, path, words.get("why-no-files")).hint(words.get(messages.or))
            }
            Self::NotDurable { path, source } => {
                let (path, reason) = (Printable::path(path), io_reason(source, &Messages::default()));
                Error::failed(format!("{path} is written, but may be lost in a power cut: {reason}"))
                    .hint("check the disk, then run the command again")
            }
            Self::NoFreeName => failed(),
            Self::NotAFont(_) => input().hint("name a TrueType or OpenType file: .ttf, .otf or .ttc"),
            Self::InvalidSettings(problems) => problems.clone().into(),
            Self::Logo { reason, .. } => input().hint(reason.hint()),
            Self::NoHomeFolder => failed().hint("set XDG_STATE_HOME to a folder for them"),
            Self::Records { name, after_line, is_compressed, source } => {
                let reason = io_reason(source, &Messages::default());
                Error::failed(format!("could not read {name} after line {after_line}: {reason}")).hint(
                    if *is_compressed {
                        "the file may be truncated or damaged: compress it again; the records up to that line are done"
                    } else {
                        "try again, or read the records from a file; the records up to that line are done"
                    },
                )
            }
        }
    }
}

/// Message keys about a folder, chosen by its purpose.
struct FolderMessages {
    /// Key: the operation that failed.
    failed: &'static str,
    /// Key: the hint where the path is a file.
    not_a_folder: &'static str,
    /// Key: the alternative to creating a missing folder.
    or: &'static str,
}

impl FolderMessages {
    fn of(purpose: FolderPurpose) -> Self {
        let (failed, not_a_folder, or) = match purpose {
            FolderPurpose::Summaries => ("summary-not-written", "name-folder-out", "choose-out"),
            FolderPurpose::OutSetting => ("summary-not-written", "name-folder-setting", "choose-setting"),
            FolderPurpose::Backup => ("backup-not-written", "name-file-in-folder", "see-disk"),
        };
        Self { failed, not_a_folder, or }
    }
}

fn io_text(action: FileAction, path: &Path, error: &io::Error, words: &Messages) -> Error {
    match action {
        FileAction::WriteSummary => {
            io_error_in(words, "summary-not-written", path, error).hint(io_hint(error, words, "elsewhere-out"))
        }
        FileAction::ListDrafts => io_error_in(words, "drafts-not-read", path, error),
        FileAction::UseDrafts => io_error_in(words, "drafts-not-used", path, error),
        FileAction::SaveDrafts => io_error_in(words, "drafts-not-kept", path, error),
        FileAction::ReadPack => io_error(action, path, error)
            .hint("name the folder of a pack: it holds pack.json, questions.json, statements.json and rules.json"),
        FileAction::Read
        | FileAction::ReadLogo
        | FileAction::ReadFont
        | FileAction::ReadCertificates
        | FileAction::Write
        | FileAction::CreateFolder => io_error(action, path, error),
    }
}

/// Words a printing error; `instead` is the hint where there is no print service.
pub(crate) fn print_error(error: &PrintError, instead: &str, words: &Messages) -> Error {
    let error = match error {
        PrintError::NotStarted(error) => Error::failed(words.get("printer-not-started")).hint(match error.kind() {
            io::ErrorKind::NotFound => words.format("printer-install", [("instead", instead.into())]),
            _ => instead.to_owned(),
        }),
        PrintError::Refused { reason } => {
            // The message ends with the reason, if there is one.
            let reason = if reason.as_str().is_empty() { String::new() } else { format!(": {reason}") };
            Error::failed(words.format("printer-refused", [("why", reason.into())])).hint(words.get("printer-choose"))
        }
    };
    error.localized(words)
}

/// Quotes a path so that it can be typed after a command in a shell.
fn shell_quote(path: &Path) -> String {
    let shown = Printable::path(path).to_string();
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | ',' | '+' | ':' | '@' | '=');
    match shown.strip_prefix('-') {
        Some(_) => format!("-- '{}'", shown.replace('\'', "'\\''")),
        None if shown.chars().all(is_plain) => shown,
        None => format!("'{}'", shown.replace('\'', "'\\''")),
    }
}
