//! Messages for the errors of the edge modules; no other module words them.
//!
//! The rules, one file here for each edge module:
//!
//! 1. An edge module has one public error enum, derived with `thiserror`, in its own `error.rs`. Its variants carry typed
//!    data (path, action, number, `source`), never text composed for a user, and never [`Messages`]. Its `Display`
//!    is plain English, without a hint.
//! 2. The file here implements [`ErrorText`] for that enum: for each variant its kind (the exit code), its message and its
//!    hint. An error that a patient can see takes both from the Fluent messages; the others use `Display` as message.
//! 3. A command that speaks English uses `?`: every [`ErrorText`] converts into [`Error`]. A command that knows the
//!    patient's language calls [`Localize::localize`] first: `storage::output::check_folder(…).localize(&words)?`.
//! 4. An enum that wraps another one (`Storage(#[from] StorageError)`) delegates to it: `Self::Storage(error) =>
//!    error.to_error(words)`. Only the functions of [`io`] word a reason of the operating system.
//! 5. A command adds what only it knows, such as how to resume a draft, with [`Error::hint`].

#[cfg(feature = "desk")]
pub(super) mod desk;
pub(super) mod intake;
pub(super) mod io;
#[cfg(feature = "push")]
mod push;
mod render;
#[cfg(feature = "serve")]
mod serve;
pub(super) mod storage;

use crate::error::Error;
use crate::messages::Messages;

/// An error of an edge module that can be worded for the user.
pub(crate) trait ErrorText {
    /// Returns the error in the language of `words`, with its exit code and hint.
    fn to_error(&self, words: &Messages) -> Error;
}

impl<E: ErrorText> ErrorText for &E {
    fn to_error(&self, words: &Messages) -> Error {
        (**self).to_error(words)
    }
}

/// Words the error in English, for commands that have no other language.
impl<E: ErrorText> From<E> for Error {
    fn from(error: E) -> Self {
        error.to_error(&Messages::default())
    }
}

/// Words an error in a language that the command knows.
pub(crate) trait Localize<T> {
    /// Returns the same result, with its error in the language of `words`.
    fn localize(self, words: &Messages) -> Result<T, Error>;
}

impl<T, E: ErrorText> Localize<T> for Result<T, E> {
    fn localize(self, words: &Messages) -> Result<T, Error> {
        self.map_err(|error| error.to_error(words))
    }
}
