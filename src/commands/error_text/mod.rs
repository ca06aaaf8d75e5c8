//! Turns the errors of the edge modules into what a command prints: the one place that words them.

mod render;

use crate::error::Error;
use crate::messages::Words;

/// An error of an edge module that can be worded for a person.
pub(crate) trait ErrorText {
    /// The error in the language of these words, with its exit code and hint.
    fn to_error(&self, words: &Words) -> Error;
}

/// English, for commands that speak no other language.
impl<E: ErrorText> From<E> for Error {
    fn from(error: E) -> Self {
        error.to_error(&Words::default())
    }
}
