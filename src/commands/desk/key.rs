//! `preconsult desk key`: shows and changes the clinic's key and passphrase.

use super::open_desk::{audit_note, open};
use super::passphrase;
use super::remove::compact;
use crate::cli::{DeskOptions, KeyCommand, NewPassphrase};
use crate::commands::{now, print as print_bytes, print_note, print_or_note};
use crate::error::Error;

pub(super) fn run(options: &DeskOptions, command: &KeyCommand) -> Result<(), Error> {
    let mut desk = open(options)?;
    let old = || passphrase::read(options.passphrase_file.as_deref(), "Passphrase of the clinic:");
    match command {
        KeyCommand::Show => print_bytes(format!("{}\n", desk.key()?).as_bytes()),
        KeyCommand::ChangePassphrase(NewPassphrase { new_passphrase_file, work_factor }) => {
            let old = old()?;
            // A wrong passphrase is reported before the prompt for the new one.
            drop(desk.unlock(&old, now(), &audit_note(options, None))?);
            let new = passphrase::new(new_passphrase_file.as_deref(), "--new-passphrase-file", "The new passphrase")?;
            desk.change_passphrase(&old, &new, *work_factor, now(), &audit_note(options, None))?;
            print_note("the passphrase is changed; earlier backups still need the old one");
            Ok(())
        }
        KeyCommand::Rotate { work_factor } => {
            let (keys, count) = desk.rotate(&old()?, *work_factor, now(), &audit_note(options, None))?;
            print_note(&format!(
                "{count} records, packs and notes are encrypted for the new key; the old key is kept for old backups"
            ));
            let compacted = compact(&mut desk, "the key is changed");
            let public = keys.public();
            print_or_note(&format!("{public}\n"), &format!("the key was still changed: {public}"))?;
            compacted
        }
    }
}
