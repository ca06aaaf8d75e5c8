//! Messages and hints for errors of the operating system.

use crate::error::Error;
use crate::messages::Messages;
use crate::printable::Printable;
use crate::storage::own_files::UnsafePath;
use std::fmt::Display;
use std::io::{self, ErrorKind};
use std::path::Path;

/// Words an error of the operating system in English: "could not `action` `path`: reason".
pub(crate) fn io_error(action: impl Display, path: &Path, error: &io::Error) -> Error {
    let words = Messages::default();
    let (path, reason) = (Printable::path(path), io_reason(error, &words));
    Error::failed(format!("could not {action} {path}: {reason}")).hint(io_hint(error, &words, "elsewhere"))
}

/// Words an error of the operating system with the message of this key, whose parameters are `path` and `why`.
pub(crate) fn io_error_in(words: &Messages, key: &str, path: &Path, error: &io::Error) -> Error {
    path_error(words, key, path, io_reason(error, words)).hint(io_hint(error, words, "elsewhere"))
}

/// Words an error about a path with the message of this key and a reason.
pub(super) fn path_error(words: &Messages, key: &str, path: &Path, reason: String) -> Error {
    let parameters = [("path", Printable::path(path).to_string().into()), ("why", reason.into())];
    Error::failed(words.format(key, parameters)).localized(words)
}

/// Returns the system's reason without its number; common reasons are in the language of `words`.
pub(crate) fn io_reason(error: &io::Error, words: &Messages) -> String {
    let known = match error.kind() {
        _ if UnsafePath::of(error) == Some(UnsafePath::OtherOwner) => Some("why-other-owner"),
        _ if UnsafePath::of(error) == Some(UnsafePath::NotAFile) => Some("why-not-a-file"),
        ErrorKind::NotFound => Some("why-missing"),
        ErrorKind::PermissionDenied => Some("why-denied"),
        ErrorKind::StorageFull => Some("why-full"),
        ErrorKind::ReadOnlyFilesystem => Some("why-read-only"),
        _ => None,
    };
    let text = error.to_string();
    let system = || text.split(" (os error").next().unwrap_or(&text).to_lowercase();
    known.map_or_else(system, |key| words.get(key))
}

/// Returns the hint for an error. The message with the key `elsewhere` names another location to use.
pub(crate) fn io_hint(error: &io::Error, words: &Messages, elsewhere: &str) -> String {
    let key = match error.kind() {
        _ if UnsafePath::of(error) == Some(UnsafePath::OtherOwner) => "way-out-other-owner",
        _ if UnsafePath::of(error) == Some(UnsafePath::NotAFile) => "way-out-not-a-file",
        ErrorKind::NotFound => "way-out-missing",
        ErrorKind::PermissionDenied => "way-out-denied",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "way-out-full",
        ErrorKind::ReadOnlyFilesystem => "way-out-read-only",
        ErrorKind::IsADirectory => "way-out-folder",
        ErrorKind::NotADirectory => "way-out-file",
        ErrorKind::InvalidData => "way-out-encoding",
        _ => "way-out-other",
    };
    words.format(key, [("elsewhere", words.get(elsewhere).into())])
}
