//! Reads passphrases from a terminal without echo, or from a file. The command line and the environment are not used,
//! because other programs can see them.

use crate::commands::password_prompt::PasswordPrompt;
use crate::commands::print_note;
use crate::desk::Passphrase;
use crate::error::Error;
use crate::storage::read_text;
use std::path::Path;

/// Minimum length of a new passphrase, in characters.
const MIN_CHARACTERS: usize = 10;

/// Reads the passphrase from the first line of the file, or prompts for it.
pub(super) fn read(file: Option<&Path>, question: &str) -> Result<Passphrase, Error> {
    match file {
        Some(file) => from_file(file),
        None => ask(question, "--passphrase-file", |_| None),
    }
}

/// Reads a new passphrase from the file, or prompts for it twice. `option` names the option for the file.
pub(super) fn new(file: Option<&Path>, option: &str, question: &str) -> Result<Passphrase, Error> {
    use age::secrecy::ExposeSecret;
    let passphrase = if let Some(file) = file {
        from_file(file)?
    } else {
        let question = format!("{question} (at least {MIN_CHARACTERS} characters):");
        loop {
            let first = ask(&question, option, too_short)?;
            let second = ask("Repeat it:", option, |_| None)?;
            if first.expose_secret() == second.expose_secret() {
                break first;
            }
            print_note("The two passphrases differ. Type both again.");
        }
    };
    match too_short(passphrase.expose_secret()) {
        Some(why) => {
            Err(Error::input(why).hint("use four or five unrelated words: they are easy to remember and hard to guess"))
        }
        None => Ok(passphrase),
    }
}

/// Returns whether a text contains the passphrase.
pub(super) fn is_in(passphrase: &Passphrase, text: &str) -> bool {
    use age::secrecy::ExposeSecret;
    let passphrase = passphrase.expose_secret();
    too_short(passphrase).is_none() && text.contains(passphrase)
}

fn too_short(passphrase: &str) -> Option<String> {
    let length = passphrase.chars().count();
    (length < MIN_CHARACTERS)
        .then(|| format!("the passphrase has {length} characters; it needs at least {MIN_CHARACTERS}"))
}

fn from_file(file: &Path) -> Result<Passphrase, Error> {
    let (name, text) = read_text(Some(file))?;
    let line = text.lines().next().unwrap_or_default().to_owned();
    // Dropping a passphrase wipes its memory.
    drop(Passphrase::from(text));
    if line.is_empty() {
        let name = crate::printable::Printable::line(&name);
        return Err(Error::input(format!("the first line of {name} is empty")).hint("write the passphrase in it"));
    }
    Ok(Passphrase::from(line))
}

/// Prompts for a passphrase. `option` names the option for a file instead. An empty line does not count as an attempt.
fn ask(question: &str, option: &str, check: impl Fn(&str) -> Option<String>) -> Result<Passphrase, Error> {
    let prompt = PasswordPrompt {
        question,
        no_terminal: "the desk is locked, and there is no terminal to ask for the passphrase",
        hint: &format!("name a file that holds it: {option} FILE, or - for standard input"),
        stopped: "before the passphrase was typed",
    };
    let passphrase = prompt.ask(|typed| {
        let empty = typed.is_empty().then(|| "Type the passphrase; Esc goes back.".to_owned());
        empty.or_else(|| check(typed)).map_or(Ok(()), Err)
    });
    passphrase.map(Passphrase::from)
}
