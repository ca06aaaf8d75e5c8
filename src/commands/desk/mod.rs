//! `preconsult desk …`: the clinic's front desk, one file per subcommand.
//!
//! A subcommand's file also holds the functions that the interactive screen shares with it.

mod backup;
mod correct;
mod current_user;
mod export;
mod init;
mod invite;
mod key;
mod list;
mod new;
pub(super) mod open_desk;
mod open_record;
mod passphrase;
mod print;
mod qr_code;
mod remove;
mod report;
mod screen;
mod show;
mod status;
mod trail;
mod verify;

use crate::cli::{DeskArgs, DeskCommand};
use crate::error::Error;
pub(super) use open_desk::trusted_owners;

pub(super) fn run(args: &DeskArgs) -> Result<(), Error> {
    let options = &args.desk;
    let Some(command) = &args.command else { return screen::run(args) };
    match command {
        DeskCommand::Init(args) => init::run(options, args),
        DeskCommand::New(args) => new::run(options, args),
        DeskCommand::Invite(args) => invite::run(options, args),
        DeskCommand::List(args) => list::run(options, args),
        DeskCommand::Show(args) => show::run(options, args),
        DeskCommand::Print(args) => print::run(options, args),
        DeskCommand::Export(args) => export::run(options, args),
        DeskCommand::Correct(args) => correct::run(options, args),
        DeskCommand::Delete(args) => remove::delete(options, args),
        DeskCommand::Purge(args) => remove::purge(options, args),
        DeskCommand::Verify(args) => verify::run(options, args),
        DeskCommand::Trail(args) => trail::run(options, args),
        DeskCommand::Backup { file, json } => backup::run(options, file, *json),
        DeskCommand::Restore { file, folder, json } => backup::restore(options, file, folder, *json),
        DeskCommand::Key(command) => key::run(options, command),
    }
}
