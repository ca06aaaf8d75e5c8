//! Where passphrases come from: a terminal that does not show them, or a file. Never the command line or the environment,
//! which other programs can see.

use crate::commands::password_prompt::PasswordPrompt;
use crate::commands::print_note;
use crate::desk::Passphrase;
use crate::error::Error;
use crate::storage::read_text;
use std::path::Path;

/// A new passphrase has at least so many characters.
const SHORTEST: usize = 10;

/// Reads the passphrase from the first line of the file, or asks for it.
pub(super) fn read(file: Option<&Path>, question: &str) -> Result<Passphrase, Error> {
    match file {
        Some(file) => from_file(file),
        None => ask(question, "--passphrase-file", |_| None),
    }
}

/// Reads a passphrase that is to be used from now on, from the file that this option names; whoever types it types it twice.
pub(super) fn new(file: Option<&Path>, option: &str, question: &str) -> Result<Passphrase, Error> {
    use age::secrecy::ExposeSecret;
    let passphrase = if let Some(file) = file {
        from_file(file)?
    } else {
        let question = format!("{question} (at least {SHORTEST} characters):");
        loop {
            let typed = ask(&question, option, too_short)?;
            let again = ask("Again, to be sure:", option, |_| None)?;
            if typed.expose_secret() == again.expose_secret() {
                break typed;
            }
            print_note("The two are not the same. Type both again.");
        }
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

/// Asks for a passphrase, which could also stand in the file that this option names. Enter alone is a slip, and no try.
fn ask(question: &str, option: &str, check: impl Fn(&str) -> Option<String>) -> Result<Passphrase, Error> {
    let secret = PasswordPrompt {
        question,
        no_terminal: "the desk is locked, and there is no terminal to ask for the passphrase",
        hint: &format!("name a file that holds it: {option} FILE, or - for standard input"),
        stopped: "before the passphrase was typed",
    };
    let typed = secret.ask(|typed| {
        let none = typed.is_empty().then(|| "Type the passphrase; Esc goes back.".to_owned());
        none.or_else(|| check(typed)).map_or(Ok(()), Err)
    });
    typed.map(Passphrase::from)
}
