//! Asks for a password or a token on the terminal, without showing it.

use super::error_text::io::io_error;
use crate::ask::PromptError;
use crate::ask::terminal::prompt_password;
use crate::error::Error;
use crate::messages::Messages;
use std::io::IsTerminal;
use std::path::Path;

/// The texts of a password prompt.
pub(super) struct PasswordPrompt<'s> {
    pub(super) question: &'s str,
    /// The error message if there is no terminal.
    pub(super) no_terminal: &'s str,
    /// The hint of that error.
    pub(super) hint: &'s str,
    /// The error message if the person stops.
    pub(super) stopped: &'s str,
}

impl PasswordPrompt<'_> {
    /// Asks until `check` accepts the reply.
    ///
    /// # Errors
    /// Returns an error if there is no terminal or the person stops.
    pub(super) fn ask(&self, check: impl Fn(&str) -> Result<(), String>) -> Result<String, Error> {
        if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
            return Err(Error::input(self.no_terminal).hint(self.hint));
        }
        match prompt_password(&Messages::default(), super::stderr().colour, self.question, check) {
            Ok(Some(password)) => Ok(password),
            Ok(None) | Err(PromptError::Interrupted | PromptError::EndOfInput | PromptError::Refused { .. }) => {
                Err(Error::stopped(self.stopped))
            }
            Err(PromptError::Io(error)) => Err(io_error("ask on", Path::new("the terminal"), &error).hint(self.hint)),
        }
    }
}
