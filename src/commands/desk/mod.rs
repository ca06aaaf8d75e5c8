//! `preconsult desk …`: the clinic's front desk, one file a subcommand.
//!
//! What a command and the screen both do is one function in the command's file; each only asks and reports in its own way.

mod backup;
mod core_dumps;
mod correct;
mod current_user;
mod export;
mod init;
mod key;
mod list;
mod new;
mod open_desk;
mod open_record;
mod passphrase;
mod print;
mod remove;
mod report;
mod screen;
mod show;
mod trail;
mod verify;

use crate::cli::{DeskArgs, DeskCommand};
use crate::error::Error;

pub(super) fn run(args: &DeskArgs) -> Result<(), Error> {
    core_dumps::forbid_core_dumps();
    let at = &args.desk;
    let Some(command) = &args.command else { return screen::run(args) };
    match command {
        DeskCommand::Init(args) => init::run(at, args),
        DeskCommand::New(args) => new::run(at, args),
        DeskCommand::List(args) => list::run(at, args),
        DeskCommand::Show(args) => show::run(at, args),
        DeskCommand::Print(args) => print::run(at, args),
        DeskCommand::Export(args) => export::run(at, args),
        DeskCommand::Correct(args) => correct::run(at, args),
        DeskCommand::Delete(args) => remove::delete(at, args),
        DeskCommand::Purge(args) => remove::purge(at, args),
        DeskCommand::Verify(args) => verify::run(at, args),
        DeskCommand::Trail(args) => trail::run(at, args),
        DeskCommand::Backup { file, json } => backup::run(at, file, *json),
        DeskCommand::Restore { file, folder, json } => backup::restore(at, file, folder, *json),
        DeskCommand::Key(command) => key::run(at, command),
    }
}
