//! A word that nobody may see: asked for on the terminal, and not shown.

use super::error_text::io_error;
use crate::ask::Stop;
use crate::ask::terminal::hidden;
use crate::error::Error;
use crate::messages::Words;
use std::io::IsTerminal;
use std::path::Path;

/// What is asked for, and what is told where it cannot be had.
pub(super) struct Secret<'s> {
    pub(super) question: &'s str,
    /// Where there is no terminal.
    pub(super) no_terminal: &'s str,
    /// What to do instead.
    pub(super) hint: &'s str,
    /// Where somebody stops.
    pub(super) stopped: &'s str,
}

impl Secret<'_> {
    /// Asks for it until `check` finds nothing wrong with it.
    ///
    /// # Errors
    /// When there is no terminal, or the person stops.
    pub(super) fn ask(&self, check: impl Fn(&str) -> Result<(), String>) -> Result<String, Error> {
        if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
            return Err(Error::input(self.no_terminal).hint(self.hint));
        }
        match hidden(&Words::default(), super::stderr().colour, self.question, check) {
            Ok(Some(word)) => Ok(word),
            Ok(None) | Err(Stop::Interrupted | Stop::EndOfInput) => Err(Error::stopped(self.stopped)),
            Err(Stop::Io(error)) => Err(io_error("ask on", Path::new("the terminal"), &error).hint(self.hint)),
        }
    }
}
