//! A word that nobody may see: asked for on the terminal, and not shown.

use crate::error::Error;
use inquire::error::InquireError;
use inquire::{Password, PasswordDisplayMode};
use std::io::IsTerminal;

/// Asks for a secret.
///
/// # Errors
/// When there is no terminal, or the person stops.
pub fn secret(prompt: &str) -> Result<String, Error> {
    if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        return Err(Error::input("there is no terminal to ask at").hint("name a file that holds it instead"));
    }
    Password::new(prompt).with_display_mode(PasswordDisplayMode::Hidden).without_confirmation().prompt().map_err(
        |error| match error {
            InquireError::OperationCanceled | InquireError::OperationInterrupted => Error::stopped("nothing was sent"),
            InquireError::IO(error) => Error::io("ask on", std::path::Path::new("the terminal"), &error),
            _ => Error::failed("nothing could be asked").hint("name a file that holds it instead"),
        },
    )
}
