//! `preconsult serve`: the interview in a browser.

use super::desk::open_desk;
use super::interview_notes::{autosave_notes, discard_old_drafts};
use super::output_plan::{OutputJob, OutputPlan, language, style};
use super::{apply_label, now, pack_files, print, print_note, stderr, trial_page};
use crate::answer::Answers;
use crate::cli::{DeskOptions, IntakeArgs, ServeArgs, ServeCommand};
use crate::desk::{Desk, RunningServer};
use crate::error::Error;
use crate::interview::{AnswersFile, Interview};
use crate::messages::Messages;
use crate::pack::{Pack, PackFiles};
use crate::printable::Printable;
use crate::serve::{
    ClinicKeeper, HandIn, Keeper, NotHandedIn, Site, Tls, TlsFiles, UserKeeper, host_in_address, serve,
};
use crate::storage::config_file::{self, Settings};
use crate::storage::drafts::Drafts;
use crate::storage::error::{FileAction, StorageError};
use chrono::TimeDelta;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// Seconds without a sign of the patient after which an interview is locked.
const DEFAULT_IDLE_SECONDS: u32 = 600;

/// Days before the end of the certificate from which each start reports it.
const RENEWAL_DAYS: i64 = 30;

pub(super) fn run(args: &ServeArgs) -> Result<(), Error> {
    match &args.command {
        Some(ServeCommand::Certificate(args)) => super::certificate::run(args),
        None => run_server(args),
    }
}

fn run_server(args: &ServeArgs) -> Result<(), Error> {
    let files = pack_files(args.pack.pack.as_ref())?;
    // The pack lasts as long as the process: requests on many threads read it.
    let pack: &'static Pack = Box::leak(Box::new(Pack::load(&files)?));
    let desk = args.clinic.as_deref().map(open_clinic).transpose()?;
    let clinic = desk.as_ref().map(|desk| desk.clinic().clone());
    let config = desk.as_ref().map_or_else(|| args.output.config.clone(), open_desk::config);
    let settings = config_file::load(config.config.as_deref())?;
    let only_language = args.pack.lang.as_deref().map(|tag| language(pack, [Some(tag)])).transpose()?;
    let first_language = language(pack, [args.pack.lang.as_deref(), settings.config.language.as_deref()])?;
    let words = Messages::default();
    let keeper = match desk {
        Some(desk) => Keeper::Clinic(clinic_keeper(desk, files, args)),
        None => Keeper::User(user_keeper(args, pack, &settings)?),
    };
    let idle = args.idle.or(settings.config.idle_seconds).unwrap_or(DEFAULT_IDLE_SECONDS);
    let site = Site {
        pack,
        letterhead: style(&settings, pack, false)?.letterhead,
        only_language,
        first_language,
        idle: Duration::from_secs(idle.into()),
        hosts: hosts(args),
        name: args.host.first().map(|host| host_in_address(host)),
        tls: tls(args)?,
        keeper,
        notify: Box::new(move || autosave_notes(&words)),
    };
    // The clinic's desks see the server for as long as it runs.
    let mut running = None;
    serve(site, args.listen, |address| {
        running = clinic.as_ref().map(|clinic| RunningServer::announce(clinic, address)).transpose()?;
        print(format!("{address}\n").as_bytes())
    })
}

/// Opens the desk of a clinic, locked.
fn open_clinic(folder: &Path) -> Result<Desk, Error> {
    let desk = open_desk::open(&DeskOptions { clinic: Some(folder.to_owned()), ..DeskOptions::default() })?;
    desk.remove_stale_journals()?;
    let drafts = desk.clinic().drafts();
    drafts.prepare().map_err(|error| StorageError::io(FileAction::SaveDrafts, drafts.folder(), error))?;
    Ok(desk)
}

fn clinic_keeper(desk: Desk, pack: PackFiles, args: &ServeArgs) -> ClinicKeeper {
    let note = open_desk::audit_note(&DeskOptions::default(), None);
    ClinicKeeper::new(desk, pack, args.output.metadata.date, note, Box::new(|error| report(&Error::from(error))))
}

fn user_keeper(args: &ServeArgs, pack: &'static Pack, settings: &Settings) -> Result<UserKeeper, Error> {
    let IntakeArgs { label, date, filled_in_by } = args.output.metadata.clone();
    let hand_in = hand_in(args, pack, settings)?;
    apply_label(&mut Interview::new(pack, Answers::new()), label.as_deref())?;
    let drafts = Drafts::for_user()?;
    drafts.prepare().map_err(|error| StorageError::io(FileAction::SaveDrafts, drafts.folder(), error))?;
    discard_old_drafts(&drafts, settings.config.retention_days, &Messages::default());
    Ok(UserKeeper { drafts, label, date, filled_in_by, hand_in })
}

/// Returns the names that a request may address: those of this machine, and those on the command line.
fn hosts(args: &ServeArgs) -> Vec<String> {
    let own = ["localhost".to_owned(), args.listen.ip().to_string()];
    own.iter().chain(&args.host).map(|host| host_in_address(host)).collect()
}

/// Reads the certificate, which has to be for each name on the command line, or else for the address.
fn tls(args: &ServeArgs) -> Result<Option<Tls>, Error> {
    let (Some(certificate), Some(key)) = (&args.tls_cert, &args.tls_key) else { return Ok(None) };
    let files = TlsFiles { certificate: certificate.clone(), key: key.clone() };
    let address = [args.listen.ip().to_string()];
    let is_own = args.host.is_empty() && !args.listen.ip().is_unspecified();
    let names = if is_own { &address } else { args.host.as_slice() };
    let now = now().to_utc();
    let tls = Tls::load(&files, names.iter().map(String::as_str), now)?;
    if tls.expiry() < now + TimeDelta::days(RENEWAL_DAYS) {
        let (path, date) = (Printable::path(certificate), tls.expiry().format("%Y-%m-%d"));
        print_note(&format!(
            "note: {path} expires on {date}, and browsers then refuse it; make a new one with `preconsult serve certificate`"
        ));
    }
    Ok(Some(tls))
}

/// Returns the callback that writes the summary of a finished interview, as `ask` does. Its notes name no file, because a
/// file's name may have the patient's label.
fn hand_in(args: &ServeArgs, pack: &'static Pack, settings: &Settings) -> Result<HandIn, Error> {
    let plan = Arc::new(OutputPlan::new(pack, settings, &args.pack, &args.output)?);
    let page = OutputJob::planned(Arc::clone(&plan), pack, &AnswersFile::default())?;
    page.check_folder(&Messages::default())?;
    if page.has_template()
        && let Some(finished) = trial_page::longest_case(pack, args.pack.pack.as_deref())?
    {
        page.try_template(&finished)?;
    }
    Ok(Box::new(move |finished, file| {
        let words = Messages::default();
        let written =
            OutputJob::planned(Arc::clone(&plan), pack, file).and_then(|page| page.write_unnamed(finished, &words));
        let (count, print_error) = written.map_err(|error| {
            report(&error);
            NotHandedIn
        })?;
        let folder = Printable::path(&plan.folder);
        let folder = if folder.as_str().is_empty() { "the current folder" } else { folder.as_str() };
        print_note(&format!("an interview was finished; files written in {folder}: {count}"));
        if let Some(error) = print_error {
            report(&error);
        }
        Ok(())
    }))
}

/// Reports an error that does not end the server.
fn report(error: &Error) {
    // If standard error is closed, there is no other place to report it.
    let _ = write!(std::io::stderr(), "{}", error.render(stderr()));
}
