//! `preconsult desk …`: the clinic's front desk, one file a subcommand.

mod core_dumps;
mod correct;
mod current_user;
mod export;
mod init;
mod key;
mod list;
mod new;
mod open_record;
mod passphrase;
mod print;
mod remove;
mod screen;
mod show;
mod trail;
mod verify;

use super::{note, print as print_bytes, print_done, print_flowing, print_path, written_all_the_same};
use crate::cli::{ConfigArgs, DeskArgs, DeskAt, DeskCommand};
use crate::desk::{Clinic, Desk, Keys, Note, audit_trail::What, backup};
use crate::error::Error;
use crate::located::{Problem, Problems};
use crate::printable::Printable;
use crate::storage::config_file;
use serde_json::{Value, json};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

pub(super) fn run(args: &DeskArgs) -> Result<(), Error> {
    core_dumps::forbid_core_dumps();
    let at = &args.at;
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
        DeskCommand::Backup { file, json } => {
            let mut desk = open(at)?;
            // In the backup too, so that whoever restores it sees where it comes from.
            desk.mark(What::BackedUp, None, super::now(), &by(at, None))?;
            let bytes = backup::write(&mut desk, file)?;
            if !json {
                return print_path(file);
            }
            print_json(&json!({ "file": file.display().to_string(), "bytes": bytes }), &written_all_the_same(file))
        }
        DeskCommand::Restore { .. } if at.passphrase_file.is_some() => {
            Err(Error::input("restoring needs no passphrase, and would not look at --passphrase-file")
                .hint("leave it out; `preconsult desk verify --unlock --clinic FOLDER` opens every record of the new folder with it"))
        }
        DeskCommand::Restore { file, folder, json } => {
            let new = backup::restore(file, folder)?;
            Desk::open(new.clinic().clone(), waiting)?.mark(What::Restored, None, super::now(), &by(at, None))?;
            new.keep();
            note(&format!("check it with `preconsult desk verify --unlock --clinic {}`", Printable::path(folder)));
            if !json {
                return print_path(folder);
            }
            print_json(&json!({ "folder": folder.display().to_string() }), &written_all_the_same(folder))
        }
        DeskCommand::Key(command) => key::run(at, command),
    }
}

/// The desk of the clinic that is meant, locked.
fn open(at: &DeskAt) -> Result<Desk, Error> {
    Desk::open(clinic(at)?, waiting)
}

/// The same for whoever looks, and is gone in a moment: also where the disk has no room for another desk.
fn open_to_read(at: &DeskAt) -> Result<Desk, Error> {
    Desk::open_to_read(clinic(at)?, waiting)
}

fn clinic(at: &DeskAt) -> Result<Clinic, Error> {
    let settings = config_file::load(None)?;
    Clinic::find(at.clinic.as_deref(), settings.config.desk.as_deref())
}

/// Prints what came of something that is done, for scripts.
fn print_json(value: &Value, done: &str) -> Result<(), Error> {
    print_done(&format!("{value:#}\n"), done)
}

/// What could not be read is told when the rest has been.
fn all_read(damaged: &[String]) -> Result<(), Error> {
    if damaged.is_empty() {
        return Ok(());
    }
    Err(Error::damaged(format!("not everything could be read: {}", damaged.join("; "))))
}

/// The clinic's settings; without any in its folder, the user's.
fn config(desk: &Desk) -> ConfigArgs {
    ConfigArgs { config: desk.clinic().settings() }
}

/// Unlocks the desk with the passphrase that is typed or in a file.
fn unlock(desk: &mut Desk, at: &DeskAt) -> Result<Keys, Error> {
    let passphrase = passphrase::read(at.passphrase_file.as_deref(), "Passphrase of the clinic:")?;
    desk.unlock(&passphrase, super::now(), &by(at, None))
}

/// Unlocks the desk if that is wanted.
fn unlock_if(wanted: bool, desk: &mut Desk, at: &DeskAt) -> Result<Option<Keys>, Error> {
    if wanted {
        return unlock(desk, at).map(Some);
    }
    if at.passphrase_file.is_some() {
        note("note: the desk stays locked, and nobody looked at --passphrase-file: --unlock unlocks it");
    }
    Ok(None)
}

/// Who does something, and why.
fn by(at: &DeskAt, why: Option<&str>) -> Note {
    let who = at.who.clone().filter(|who| !who.is_empty()).or_else(current_user::user);
    Note { who: who.unwrap_or_else(current_user::number), why: why.map(str::to_owned) }
}

/// What is wrong with an answers file: for a person all of it, as everywhere. What goes wrong at a desk may end in a log,
/// and there no answer does.
fn refused(problems: Problems) -> Error {
    if super::stderr().width.is_some() { problems.into() } else { unsaid(&problems, 0) }
}

/// What is wrong with answers, without the answers: the places and the names of the faults, and no line of the file.
/// `before` is how many lines of the file come before what was read.
fn unsaid(problems: &Problems, before: usize) -> Error {
    let place = |problem: &Problem| {
        let path = problem.path.as_deref().unwrap_or("$");
        // Which field is missing is no answer: the format has its name.
        let what = if problem.code == "missing-field" { &problem.message } else { problem.code };
        format!("line {}, column {}: {what} at {path}", before + problem.line, problem.column)
    };
    let places: Vec<String> = problems.list().iter().map(place).collect();
    let places = Printable::line(&places.join("; "));
    Error::input(format!("the answers do not fit the pack: {places}"))
        .hint("`preconsult summarize FILE --stdout` shows each fault with its line")
}

/// Told once a wait, which the store begins anew for every lock that it has to get.
fn waiting() {
    static TOLD: Mutex<Option<Instant>> = Mutex::new(None);
    let mut told = TOLD.lock().unwrap_or_else(PoisonError::into_inner);
    if told.is_none_or(|told| told.elapsed() > ONE_WAIT) {
        note("the records are in use by another desk; waiting for it");
    }
    *told = Some(Instant::now());
}

/// What comes within this time is still the same wait.
const ONE_WAIT: Duration = Duration::from_secs(5);
