//! Messages and hints for errors of an unfinished interview and its draft.

use super::ErrorText;
use super::io::{io_error_in, io_reason};
use crate::error::Error;
use crate::intake::error::{IntakeError, SaveError};
use crate::messages::Messages;
use crate::printable::Printable;
use crate::storage::drafts::DraftError;
use crate::storage::journal::Unreadable;
use std::path::Path;

impl ErrorText for IntakeError {
    fn to_error(&self, words: &Messages) -> Error {
        match self {
            Self::Draft { folder, id, source } => draft_error(folder, id, source, words),
            Self::OtherPack { .. } => {
                Error::input(Printable::line(&self.to_string()).to_string()).hint("choose its pack with --pack DIR")
            }
            Self::NoDraft { .. } => Error::input(self.to_string())
                .hint("start a new interview without --resume; `preconsult drafts list` shows all drafts"),
            Self::Storage(error) => error.to_error(words),
        }
    }
}

fn draft_error(folder: &Path, id: &str, error: &DraftError, words: &Messages) -> Error {
    let text = |key: &str| words.format(key, [("id", Printable::line(id).to_string().into())]);
    let error = match error {
        DraftError::Missing => Error::input(text("draft-missing")).hint(words.get("draft-missing-way-out")),
        DraftError::InUse => Error::failed(text("draft-in-use")).hint(text("draft-in-use-way-out")),
        DraftError::Unreadable(Unreadable::OtherFormat(format)) => {
            let parameters = [("id", id.into()), ("format", format.to_string().into())];
            Error::failed(words.format("draft-other-format", parameters)).hint(text("draft-other-format-way-out"))
        }
        DraftError::Unreadable(Unreadable::Sealed) => {
            Error::failed(text("draft-sealed")).hint(text("draft-sealed-way-out"))
        }
        DraftError::Unreadable(_) => Error::failed(text("draft-unreadable")).hint(text("draft-unreadable-way-out")),
        DraftError::Io(error) => io_error_in(words, "drafts-not-used", folder, error),
    };
    error.localized(words)
}

impl ErrorText for SaveError {
    fn to_error(&self, words: &Messages) -> Error {
        Error::failed(words.format("desk-not-kept", [("why", save_reason(self, words).into())]))
    }
}

/// Returns the reason why answers are not on disk, to be put into a sentence.
pub(crate) fn save_reason(error: &SaveError, words: &Messages) -> String {
    match error {
        SaveError::Unavailable(error) => error.to_error(words).message,
        SaveError::Write(error) => io_reason(error, words),
    }
}
