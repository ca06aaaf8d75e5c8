//! `preconsult desk init`: creates a clinic.

use super::open_desk::audit_note;
use super::passphrase;
use crate::cli::{DeskOptions, InitArgs};
use crate::commands::{now, print_note, print_path};
use crate::config::EXAMPLE;
use crate::desk::{Clinic, Desk};
use crate::error::Error;

pub(super) fn run(options: &DeskOptions, args: &InitArgs) -> Result<(), Error> {
    let Some(folder) = args.folder.clone().or_else(|| options.clinic.clone()).or_else(Clinic::of_user) else {
        return Err(
            Error::input("this system has no default folder for a clinic").hint("name one: preconsult desk init DIR")
        );
    };
    let passphrase =
        passphrase::new(options.passphrase_file.as_deref(), "--passphrase-file", "A passphrase for the clinic")?;
    Desk::create(&folder, &passphrase, args.work_factor, EXAMPLE, now(), &audit_note(options, None))?;
    print_note(
        "A lost passphrase cannot be recovered: without it no record can be read. Keep it where the clinic keeps its keys.",
    );
    print_note("preconsult.toml in the folder explains every setting. Set retention_days before the first purge.");
    print_path(&folder)
}
