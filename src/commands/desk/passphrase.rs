//! Where passphrases come from: a terminal that does not show them, or a file. Never the command line or the environment,
//! which other programs can see.

use crate::ask::Stop;
use crate::ask::terminal::keyboard::{QUIET, wait_for_quiet};
use crate::desk::Passphrase;
use crate::error::Error;
use crate::keep::read_text;
use inquire::validator::Validation;
use inquire::{InquireError, Password, PasswordDisplayMode};
use std::io::IsTerminal;
use std::path::Path;

/// A new passphrase has at least so many characters.
const SHORTEST: usize = 10;

/// Reads the passphrase from the first line of the file, or asks for it.
pub(super) fn read(file: Option<&Path>, question: &str) -> Result<Passphrase, Error> {
    match file {
        Some(file) => from_file(file),
        None => ask(Password::new(question).without_confirmation(), "--passphrase-file"),
    }
}

/// Reads a passphrase that is to be used from now on, from the file that this option names; whoever types it types it twice.
pub(super) fn new(file: Option<&Path>, option: &str, question: &str) -> Result<Passphrase, Error> {
    use age::secrecy::ExposeSecret;
    let passphrase = if let Some(file) = file {
        from_file(file)?
    } else {
        let question = format!("{question} (at least {SHORTEST} characters):");
        let prompt = Password::new(&question)
            .with_validator(|typed: &str| {
                Ok(too_short(typed).map_or(Validation::Valid, |why| Validation::Invalid(why.into())))
            })
            .with_custom_confirmation_message("Again, to be sure:")
            .with_custom_confirmation_error_message("The two are not the same. Type both again.");
        ask(prompt, option)?
    };
    match too_short(passphrase.expose_secret()) {
        Some(why) => Err(Error::input(why)
            .hint("four or five words that do not belong together are easy to remember and hard to guess")),
        None => Ok(passphrase),
    }
}

/// Whether a text that can be read has the passphrase in it.
pub(super) fn is_in(passphrase: &Passphrase, text: &str) -> bool {
    use age::secrecy::ExposeSecret;
    let passphrase = passphrase.expose_secret();
    too_short(passphrase).is_none() && text.contains(passphrase)
}

fn too_short(passphrase: &str) -> Option<String> {
    let length = passphrase.chars().count();
    (length < SHORTEST).then(|| format!("the passphrase has {length} characters, and {SHORTEST} is the least"))
}

fn from_file(file: &Path) -> Result<Passphrase, Error> {
    let (name, text) = read_text(Some(file))?;
    let line = text.lines().next().unwrap_or_default().to_owned();
    let whole = Passphrase::from(text);
    drop(whole);
    if line.is_empty() {
        let name = crate::printable::Printable::line(&name);
        return Err(Error::input(format!("there is no passphrase in {name}")).hint("write it in the first line"));
    }
    Ok(Passphrase::from(line))
}

/// Asks for a passphrase, which could also stand in the file that this option names.
fn ask(prompt: Password<'_>, option: &str) -> Result<Passphrase, Error> {
    if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        return Err(Error::input("the desk is locked, and there is no terminal to ask for the passphrase")
            .hint(format!("name a file that holds it: {option} FILE, or - for standard input")));
    }
    // What was typed before the question was there was typed for somebody else to see.
    wait_for_quiet(QUIET).map_err(|stop| match stop {
        Stop::Io(error) => Error::io("ask on", Path::new("the terminal"), &error),
        Stop::Interrupted | Stop::EndOfInput => Error::stopped("stopped before the passphrase was typed"),
    })?;
    // Enter alone is a slip, and no try.
    let something = |typed: &str| {
        let none = "Type the passphrase; Esc goes back.";
        Ok(if typed.is_empty() { Validation::Invalid(none.into()) } else { Validation::Valid })
    };
    let typed = prompt.with_display_mode(PasswordDisplayMode::Hidden).with_validator(something).prompt();
    typed.map(Passphrase::from).map_err(|error| match error {
        InquireError::OperationCanceled | InquireError::OperationInterrupted => {
            Error::stopped("before the passphrase was typed")
        }
        other => Error::failed(format!("could not ask for the passphrase: {other}"))
            .hint(format!("name a file that holds it: {option} FILE")),
    })
}
