//! The options of `preconsult desk`.

use super::PackArgs;
use super::desk_key::KeyCommand;
use super::desk_parsers::{hash, reason, work_factor};
use super::invite::InviteArgs;
use super::number::in_range;
use super::output::{IntakeArgs, date, formats};
use super::restart_reason::RestartReason;
use crate::export::Format;
use chrono::NaiveDate;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// The options of `desk`.
#[derive(Debug, Clone, Args)]
pub struct DeskArgs {
    /// The subcommand; without one, the screen for staff opens.
    #[command(subcommand)]
    pub command: Option<DeskCommand>,
    /// The clinic, its passphrase and the user.
    #[command(flatten)]
    pub desk: DeskOptions,
    /// Folder of another pack for the screen [default: the built-in microneedling pack]
    #[arg(long, value_name = "DIR")]
    pub pack: Option<PathBuf>,
    /// Show the screen line by line, without redrawing, for screen readers [default: `plain` in the clinic's settings; on
    /// if ACCESSIBLE is set]
    #[arg(long)]
    pub plain: bool,
    /// Reason to show for a cleared screen, after the desk restarted itself
    #[arg(long, hide = true, value_name = "WHY")]
    pub cleared: Option<RestartReason>,
    /// Language of that message
    #[arg(long, hide = true, value_name = "TAG")]
    pub cleared_lang: Option<String>,
    /// Show that the last answers could not be saved
    #[arg(long, hide = true)]
    pub cleared_behind: bool,
}

/// The clinic, its passphrase and the user.
#[derive(Debug, Clone, Default, Args)]
pub struct DeskOptions {
    /// Clinic folder [default: `desk` in your settings, else your own clinic, else the current folder]
    #[arg(long, value_name = "DIR", global = true)]
    pub clinic: Option<PathBuf>,
    /// File with the passphrase on its first line, or - for standard input [default: prompt]
    #[arg(long, value_name = "FILE", global = true)]
    pub passphrase_file: Option<PathBuf>,
    /// Your name for the audit log [default: your user name]
    #[arg(long, value_name = "NAME", global = true)]
    pub who: Option<String>,
}

/// The subcommands of `desk`.
#[derive(Debug, Clone, Subcommand)]
pub enum DeskCommand {
    /// Create a clinic: a folder with its settings, records and keys
    #[command(after_help = "Examples:
  preconsult desk init ~/clinic
  preconsult desk init --passphrase-file secret.txt /srv/clinic

Without DIR it creates your own clinic. A lost passphrase cannot be recovered, and the records are lost with it. \
key.age in the folder is an age file: `age -d -i key.age record.age` opens the output of `desk export --sealed`.")]
    Init(InitArgs),
    /// Create an intake from an answers file
    #[command(after_help = "Examples:
  preconsult desk new --answers answers.json --label A12
  other-program | preconsult desk new --answers - --each

It needs no passphrase and prints the number of the intake. With --each, every line is an answers file and gives \
one line of JSON: {\"line\":1,\"number\":17}, or the line number with its error.")]
    New(NewArgs),
    /// Hand an interview over to a browser: print a code, the address of the clinic's server and a QR code
    #[command(after_help = "Examples:
  preconsult desk invite --label A12
  preconsult desk invite --lang es --json
  preconsult desk invite --again 17       another code, for a late patient
  preconsult desk invite --withdraw 17    invalidates the code

It needs `preconsult serve --clinic DIR` on this machine, and no passphrase. A code opens for 15 minutes, in one browser. \
It is shown once; the clinic's folder holds only its hash. With --again, an interview in progress continues in the \
browser that uses the new code, if the server was not restarted; the earlier code becomes invalid. With \
--withdraw, the answers so far are kept, and an intake that has not begun is deleted.

There is no QR code for an address that only this machine can open, and none in plain mode. With NO_COLOR, a terminal \
counts as dark unless COLORFGBG says otherwise.")]
    Invite(InviteArgs),
    /// List the intakes of today or another day, or search by label
    #[command(after_help = "Examples:
  preconsult desk list                       time and state; no passphrase
  preconsult desk list --unlock              with labels
  preconsult desk list --all --search ana
  preconsult desk list --day 2026-11-24 --json

In JSON, an intake that is invited to a browser has `expires`, which is null if its code is no longer valid. One that is \
answered in a browser has `position` and `about`, the current question and the likely number of them.")]
    List(ListArgs),
    /// Show a record: all answers, and the printed page
    #[command(after_help = "Examples:
  preconsult desk show 17
  preconsult desk show 17 --version 1    before it was corrected
  preconsult desk show 17 --json         its answers file and its metadata")]
    Show(ShowArgs),
    /// Print or reprint a record
    #[command(after_help = "Examples:
  preconsult desk print 17
  preconsult desk print 17 --copy both --printer front-desk

The page is sent to the printer and not written to disk.")]
    Print(PrintArgs),
    /// Write a record to files, in any format
    #[command(after_help = "Examples:
  preconsult desk export 17 --format pdf,json --copy both --out ~/letters
  preconsult desk export 17 --format text --stdout
  preconsult desk export 17 --sealed > 17.age    the encrypted record

Files are named after the number, not the label. The desk remembers them and deletes them with the record.")]
    Export(ExportArgs),
    /// Correct a record: adds a version with who and why, and keeps the previous ones
    #[command(after_help = "Example:
  preconsult desk correct 17 --answers a.json --who Ana --why typo")]
    Correct(CorrectArgs),
    /// Permanently delete records and the files that the desk wrote from them
    #[command(after_help = "Examples:
  preconsult desk delete 17 --dry-run
  preconsult desk delete 17 18 --who Ana --why 'the patient asked for it'

Only their audit entries remain (what and when). Who deleted them and why is kept, encrypted. Like purge, it needs no \
passphrase: access to the clinic's folder is enough to remove its files anyway. If one of the intakes is in progress, \
nothing is deleted.")]
    Delete(DeleteArgs),
    /// Delete records that are older than the retention time
    #[command(after_help = "Examples:
  preconsult desk purge --dry-run
  preconsult desk purge               older than `retention_days`
  preconsult desk purge --older-than 90 --json

It needs no passphrase, so a timer can run it.")]
    Purge(PurgeArgs),
    /// Check the audit log and all records; with the passphrase also that each can be opened
    #[command(after_help = "Examples:
  preconsult desk verify
  preconsult desk verify --unlock
  preconsult desk verify --expect 4f9c2a7d10be    check for a noted hash

It checks a snapshot of the store, so other desks can continue. It finds rows that were changed, removed, added or \
damaged, changed tables and triggers, and files without an entry. It cannot detect that the log was cut at its end, or \
that the whole store was rewritten consistently. For that, write down the last hash from time to time, on paper or \
another machine, and pass it with --expect. A written file that was changed is found when its record is deleted: the \
file is kept and reported.")]
    Verify(VerifyArgs),
    /// Print the audit log: when and what; with the passphrase also who and why
    #[command(after_help = "Examples:
  preconsult desk trail
  preconsult desk trail 17 --unlock")]
    Trail(TrailArgs),
    /// Write a backup of the clinic to one file: records, keys, settings
    #[command(after_help = "Example:
  preconsult desk backup /media/stick/clinic-2026-11-24.backup

It needs no passphrase; opening the backup needs the clinic's.")]
    Backup {
        /// File to write; an existing file is never overwritten
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Print JSON: the file and its size in bytes
        #[arg(long)]
        json: bool,
    },
    /// Restore a clinic from a backup into a new folder
    #[command(after_help = "Example:
  preconsult desk restore clinic-2026-11-24.backup ~/clinic-restored")]
    Restore {
        /// Backup file
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Folder to create
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        /// Print JSON: the folder
        #[arg(long)]
        json: bool,
    },
    /// Show or replace the clinic's key, or change its passphrase
    #[command(subcommand)]
    Key(KeyCommand),
}

/// The options of `desk init`.
#[derive(Debug, Clone, Args)]
pub struct InitArgs {
    /// Folder to create [default: your own clinic]
    #[arg(value_name = "DIR")]
    pub folder: Option<PathBuf>,
    /// Base-2 logarithm of scrypt's cost for each guess at the passphrase; 17 takes half a second
    #[arg(long, value_name = "N", default_value_t = crate::desk::key::DEFAULT_WORK_FACTOR, value_parser = work_factor())]
    pub work_factor: u8,
}

/// The options of `desk new`.
#[derive(Debug, Clone, Args)]
pub struct NewArgs {
    /// Answers file, or - for standard input
    #[arg(long, value_name = "FILE")]
    pub answers: PathBuf,
    /// Read every line of the file as an answers file
    #[arg(long, conflicts_with = "label")]
    pub each: bool,
    /// The pack and its language.
    #[command(flatten)]
    pub pack: PackArgs,
    /// The intake's label, date and author.
    #[command(flatten)]
    pub metadata: IntakeArgs,
}

/// The options of `desk list`.
#[derive(Debug, Clone, Args)]
pub struct ListArgs {
    /// List the intakes of all days
    #[arg(long, conflicts_with = "day")]
    pub all: bool,
    /// List the intakes of this day, as YYYY-MM-DD [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub day: Option<NaiveDate>,
    /// List intakes whose label contains this text, of all days unless --day is given; unlocks the desk
    #[arg(long, value_name = "TEXT")]
    pub search: Option<String>,
    /// Unlock the desk and show the labels
    #[arg(long)]
    pub unlock: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// The record that a command works on.
#[derive(Debug, Clone, Args)]
pub struct RecordSelector {
    /// Number of the intake
    #[arg(value_name = "NUMBER", allow_negative_numbers = true, value_parser = in_range::<u64>(1..))]
    pub number: u64,
    /// Version of the record [default: the latest]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = in_range::<u32>(1..))]
    pub version: Option<u32>,
    /// Language of the page [default: the language of the interview]
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,
}

/// The options of `desk show`.
#[derive(Debug, Clone, Args)]
pub struct ShowArgs {
    /// The record.
    #[command(flatten)]
    pub record: RecordSelector,
    /// Print JSON: the answers file and its metadata
    #[arg(long)]
    pub json: bool,
}

/// The options of `desk print`.
#[derive(Debug, Clone, Args)]
pub struct PrintArgs {
    /// The record.
    #[command(flatten)]
    pub record: RecordSelector,
    /// Copy to write [default: `copy` in the settings, else patient]
    #[arg(long, value_name = "WHO", value_parser = ["patient", "clinician", "both"])]
    pub copy: Option<String>,
    /// Set the patient's PDF and HTML in large print, at 18 points
    #[arg(long)]
    pub large_print: bool,
    /// Printer [default: the system's default printer]
    #[arg(long, value_name = "PRINTER")]
    pub printer: Option<String>,
    /// Print JSON: the number and the printer
    #[arg(long)]
    pub json: bool,
}

/// The options of `desk export`.
#[derive(Debug, Clone, Args)]
pub struct ExportArgs {
    /// The record.
    #[command(flatten)]
    pub record: RecordSelector,
    /// Copy to write [default: `copy` in the settings, else patient]
    #[arg(long, value_name = "WHO", value_parser = ["patient", "clinician", "both"])]
    pub copy: Option<String>,
    /// File formats, separated by commas [default: `formats` in the settings]
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = formats())]
    pub format: Vec<Format>,
    /// Output folder [default: `out` in the settings, else the current folder]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Set the patient's PDF and HTML in large print, at 18 points
    #[arg(long)]
    pub large_print: bool,
    /// Print JSON: the number and the written files
    #[arg(long, conflicts_with_all = ["stdout", "sealed"])]
    pub json: bool,
    /// Write one copy in one format to standard output [default format: text]
    #[arg(long, conflicts_with = "out")]
    pub stdout: bool,
    /// Write the encrypted record to standard output, as an age file
    #[arg(long, conflicts_with_all = ["copy", "format", "out", "stdout", "lang"])]
    pub sealed: bool,
}

/// The options of `desk correct`.
#[derive(Debug, Clone, Args)]
pub struct CorrectArgs {
    /// Number of the intake
    #[arg(value_name = "NUMBER", allow_negative_numbers = true, value_parser = in_range::<u64>(1..))]
    pub number: u64,
    /// Complete corrected answers file, or - for standard input
    #[arg(long, value_name = "FILE")]
    pub answers: PathBuf,
    /// Folder of another pack [default: the pack of the record]
    #[arg(long, value_name = "DIR")]
    pub pack: Option<PathBuf>,
    /// Reason for the audit log
    #[arg(long, value_name = "TEXT", value_parser = reason)]
    pub why: String,
}

/// The options of `desk delete`.
#[derive(Debug, Clone, Args)]
pub struct DeleteArgs {
    /// Numbers of the intakes
    #[arg(value_name = "NUMBER", required = true, allow_negative_numbers = true, value_parser = in_range::<u64>(1..))]
    pub numbers: Vec<u64>,
    /// Reason for the audit log
    #[arg(long, value_name = "TEXT", value_parser = reason, required_unless_present = "dry_run")]
    pub why: Option<String>,
    /// Only show what would be deleted
    #[arg(long)]
    pub dry_run: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// The options of `desk purge`.
#[derive(Debug, Clone, Args)]
pub struct PurgeArgs {
    /// Delete intakes started more than this many days ago [default: `retention_days` in the clinic's settings]
    #[arg(long, value_name = "DAYS", allow_negative_numbers = true, value_parser = in_range::<u32>(0..))]
    pub older_than: Option<u32>,
    /// Confirm today's date, if the clock is far ahead of the audit log [default: prompt in a terminal]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub yes_now_is: Option<NaiveDate>,
    /// Only show what would be deleted
    #[arg(long)]
    pub dry_run: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// The options of `desk verify`.
#[derive(Debug, Clone, Args)]
pub struct VerifyArgs {
    /// Unlock the desk and open every record too
    #[arg(long)]
    pub unlock: bool,
    /// Check that the audit log still contains this hash of an earlier check, or its first 8 digits or more
    #[arg(long, value_name = "HASH", value_parser = hash)]
    pub expect: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// The options of `desk trail`.
#[derive(Debug, Clone, Args)]
pub struct TrailArgs {
    /// Show only the entries of this intake
    #[arg(value_name = "NUMBER", allow_negative_numbers = true, value_parser = in_range::<u64>(1..))]
    pub number: Option<u64>,
    /// Unlock the desk and show who and why
    #[arg(long)]
    pub unlock: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}
