//! `preconsult desk …`: what may be written.

use super::PackArgs;
use super::desk_parsers::{hash, reason, work};
use super::number::in_range;
use super::output::{IntakeArgs, date, formats};
use super::restart_reason::RestartReason;
use crate::export::Format;
use chrono::NaiveDate;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// The front desk.
#[derive(Debug, Clone, Args)]
pub struct DeskArgs {
    /// What to do; without one, the screen for staff.
    #[command(subcommand)]
    pub command: Option<DeskCommand>,
    /// Which desk, and who is at it.
    #[command(flatten)]
    pub at: DeskOptions,
    /// A folder with a pack of your own, for the screen; without it, the built-in microneedling pack
    #[arg(long, value_name = "DIR")]
    pub pack: Option<PathBuf>,
    /// The screen line by line, without redrawing: for screen readers
    #[arg(long)]
    pub plain: bool,
    /// Why the screen was cleared and the desk began anew, which it says
    #[arg(long, hide = true, value_name = "WHY")]
    pub cleared: Option<RestartReason>,
    /// In which language it says so
    #[arg(long, hide = true, value_name = "TAG")]
    pub cleared_lang: Option<String>,
    /// The last answers could not be kept
    #[arg(long, hide = true)]
    pub cleared_behind: bool,
}

/// Which desk, and who is at it.
#[derive(Debug, Clone, Default, Args)]
pub struct DeskOptions {
    /// The clinic's folder; without it, the one in your settings (`desk`), else the current folder, else your own clinic
    #[arg(long, value_name = "DIR", global = true)]
    pub clinic: Option<PathBuf>,
    /// A file with the passphrase in its first line, or - for standard input; without it the terminal asks
    #[arg(long, value_name = "FILE", global = true)]
    pub passphrase_file: Option<PathBuf>,
    /// Who does it, for the trail; without it, the name of your user
    #[arg(long, value_name = "NAME", global = true)]
    pub who: Option<String>,
}

/// What can be done at the desk.
#[derive(Debug, Clone, Subcommand)]
pub enum DeskCommand {
    /// Make a clinic: a folder with its settings, its records and its keys
    #[command(after_help = "Examples:
  preconsult desk init ~/clinic
  preconsult desk init --passphrase-file secret.txt /srv/clinic

Without DIR it is your own clinic. The passphrase cannot be got back: whoever loses it loses the records. \
key.age in the folder is an age file: `age -d -i key.age record.age` opens what `desk export --sealed` wrote.")]
    Init(InitArgs),
    /// Take an intake from an answers file
    #[command(after_help = "Examples:
  preconsult desk new --answers answers.json --label A12
  other-program | preconsult desk new --answers - --each

It needs no passphrase, and prints the number of the intake. With --each every line is one answers file, and gives \
one line of JSON: {\"line\":1,\"number\":17}, or the line with its error.")]
    New(NewArgs),
    /// List the intakes of today, of other days, or those whose label holds a text
    #[command(after_help = "Examples:
  preconsult desk list                       time and state; needs no passphrase
  preconsult desk list --unlock              with labels
  preconsult desk list --all --search ana
  preconsult desk list --day 2026-11-24 --json")]
    List(ListArgs),
    /// Show a record: everything that the patient said, and what is printed of it
    #[command(after_help = "Examples:
  preconsult desk show 17
  preconsult desk show 17 --version 1    as it was before it was corrected
  preconsult desk show 17 --json         its answers file and more")]
    Show(ShowArgs),
    /// Print a record, for the first time or again
    #[command(after_help = "Examples:
  preconsult desk print 17
  preconsult desk print 17 --copy both --printer front-desk

The page goes to the printer and not to the disk.")]
    Print(PrintArgs),
    /// Write a record to files, in any format
    #[command(after_help = "Examples:
  preconsult desk export 17 --format pdf,json --copy both --out ~/letters
  preconsult desk export 17 --format text --stdout
  preconsult desk export 17 --sealed > 17.age    as it is in the store

Files are named after the number, not the label. The desk remembers them: they go when the record is deleted.")]
    Export(ExportArgs),
    /// Correct a record: a new version with who and why; the one before stays
    #[command(after_help = "Example:
  preconsult desk correct 17 --answers a.json --who Ana --why typo")]
    Correct(CorrectArgs),
    /// Delete records for good, with the files that the desk wrote of them
    #[command(after_help = "Examples:
  preconsult desk delete 17 --dry-run
  preconsult desk delete 17 18 --who Ana --why 'the patient asked for it'

What is left is their entries in the trail: when and what. Who and why stay, sealed, for the deletion alone. It needs no \
passphrase, as purge: whoever gets at the clinic's folder could remove its files as well. If one of the intakes is being \
asked at the moment, nothing is removed.")]
    Delete(DeleteArgs),
    /// Delete the records whose time is over
    #[command(after_help = "Examples:
  preconsult desk purge --dry-run
  preconsult desk purge               by retention_days in the clinic's settings
  preconsult desk purge --older-than 90 --json

It needs no passphrase, so that a timer can do it.")]
    Purge(PurgeArgs),
    /// Check the trail and every record; with the passphrase also that each one opens
    #[command(after_help = "Examples:
  preconsult desk verify
  preconsult desk verify --unlock
  preconsult desk verify --expect 4f9c2a7d10be    is a noted hash still there?

It looks at one moment of the store: other desks may go on. It finds rows that were changed, taken away, added or \
damaged, tables and triggers that are not as they were made, and files that are not noted any more. It cannot find a \
trail that somebody cut at its end or wrote anew with everything else to fit it: note the last hash elsewhere now and \
then, on paper or another machine, and ask for it with --expect. A changed content hash of a written file shows when \
the record is deleted: the file is left and named.")]
    Verify(VerifyArgs),
    /// Print the trail: when, what, and, with the passphrase, who and why
    #[command(after_help = "Examples:
  preconsult desk trail
  preconsult desk trail 17 --unlock")]
    Trail(TrailArgs),
    /// Put the clinic into one file: records, keys, settings
    #[command(after_help = "Example:
  preconsult desk backup /media/stick/clinic-2026-11-24.backup

It needs no passphrase, and can be opened with none but the clinic's.")]
    Backup {
        /// The file to write; never over one that is there
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Print JSON: the file, and how many bytes it has
        #[arg(long)]
        json: bool,
    },
    /// Make a clinic from a backup, in a new folder
    #[command(after_help = "Example:
  preconsult desk restore clinic-2026-11-24.backup ~/clinic-restored")]
    Restore {
        /// The backup
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// The folder to make
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        /// Print JSON: the folder
        #[arg(long)]
        json: bool,
    },
    /// Look at the clinic's key, or change it or its passphrase
    #[command(subcommand)]
    Key(KeyCommand),
}

/// The options of `desk init`.
#[derive(Debug, Clone, Args)]
pub struct InitArgs {
    /// The folder to make
    #[arg(value_name = "DIR")]
    pub folder: Option<PathBuf>,
    /// The work for each guess at the passphrase, as scrypt's power of two; 17 is half a second
    #[arg(long, value_name = "N", default_value_t = crate::desk::key::DEFAULT_WORK_FACTOR, value_parser = work())]
    pub work_factor: u8,
}

/// The options of `desk new`.
#[derive(Debug, Clone, Args)]
pub struct NewArgs {
    /// The answers file; - is standard input
    #[arg(long, value_name = "FILE")]
    pub answers: PathBuf,
    /// Every line of the file is an answers file of its own
    #[arg(long, conflicts_with = "label")]
    pub each: bool,
    /// The pack.
    #[command(flatten)]
    pub pack: PackArgs,
    /// What stands beside the answers.
    #[command(flatten)]
    pub beside: IntakeArgs,
}

/// The options of `desk list`.
#[derive(Debug, Clone, Args)]
pub struct ListArgs {
    /// Every intake there is
    #[arg(long, conflicts_with = "day")]
    pub all: bool,
    /// The intakes of this day, as YYYY-MM-DD; without it, of today
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub day: Option<NaiveDate>,
    /// Only those whose label holds this text, of all days unless --day is there; unlocks the desk
    #[arg(long, value_name = "TEXT")]
    pub search: Option<String>,
    /// Unlock the desk, and show the labels
    #[arg(long)]
    pub unlock: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// Which record.
#[derive(Debug, Clone, Args)]
pub struct RecordSelector {
    /// The number of the intake
    #[arg(value_name = "NUMBER", allow_negative_numbers = true, value_parser = in_range::<u64>(1..))]
    pub number: u64,
    /// This version of it; without it, the last one
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = in_range::<u32>(1..))]
    pub version: Option<u32>,
    /// The language of the page; without it, the one that was asked in
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,
}

/// The options of `desk show`.
#[derive(Debug, Clone, Args)]
pub struct ShowArgs {
    /// Which.
    #[command(flatten)]
    pub which: RecordSelector,
    /// Print JSON: the answers file, and what belongs to it
    #[arg(long)]
    pub json: bool,
}

/// The options of `desk print`.
#[derive(Debug, Clone, Args)]
pub struct PrintArgs {
    /// Which.
    #[command(flatten)]
    pub which: RecordSelector,
    /// For whom: patient, clinician or both; without it, as in the settings
    #[arg(long, value_name = "WHO", value_parser = ["patient", "clinician", "both"])]
    pub copy: Option<String>,
    /// The printer; without it, the default one
    #[arg(long, value_name = "PRINTER")]
    pub printer: Option<String>,
    /// Print JSON: the number, and the printer that took it
    #[arg(long)]
    pub json: bool,
}

/// The options of `desk export`.
#[derive(Debug, Clone, Args)]
pub struct ExportArgs {
    /// Which.
    #[command(flatten)]
    pub which: RecordSelector,
    /// For whom: patient, clinician or both; without it, as in the settings
    #[arg(long, value_name = "WHO", value_parser = ["patient", "clinician", "both"])]
    pub copy: Option<String>,
    /// The formats, with commas between
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = formats())]
    pub format: Vec<Format>,
    /// The folder; without it, that of the settings, else the one you are in
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Print JSON: the number, and the files that were written
    #[arg(long, conflicts_with_all = ["stdout", "sealed"])]
    pub json: bool,
    /// Write to standard output: one format (text if you name none), one copy
    #[arg(long, conflicts_with = "out")]
    pub stdout: bool,
    /// Write the sealed record itself to standard output, as an age file
    #[arg(long, conflicts_with_all = ["copy", "format", "out", "stdout", "lang"])]
    pub sealed: bool,
}

/// The options of `desk correct`.
#[derive(Debug, Clone, Args)]
pub struct CorrectArgs {
    /// The number of the intake
    #[arg(value_name = "NUMBER", allow_negative_numbers = true, value_parser = in_range::<u64>(1..))]
    pub number: u64,
    /// The whole answers file as it should be; - is standard input
    #[arg(long, value_name = "FILE")]
    pub answers: PathBuf,
    /// A folder with a pack of your own; without it, the pack that the record was taken with
    #[arg(long, value_name = "DIR")]
    pub pack: Option<PathBuf>,
    /// Why, for the trail
    #[arg(long, value_name = "TEXT", value_parser = reason)]
    pub why: String,
}

/// The options of `desk delete`.
#[derive(Debug, Clone, Args)]
pub struct DeleteArgs {
    /// The numbers of the intakes
    #[arg(value_name = "NUMBER", required = true, allow_negative_numbers = true, value_parser = in_range::<u64>(1..))]
    pub numbers: Vec<u64>,
    /// Why, for the trail
    #[arg(long, value_name = "TEXT", value_parser = reason, required_unless_present = "dry_run")]
    pub why: Option<String>,
    /// Only show what would go
    #[arg(long)]
    pub dry_run: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// The options of `desk purge`.
#[derive(Debug, Clone, Args)]
pub struct PurgeArgs {
    /// Everything begun more than this many days ago; without it, `retention_days` of the clinic's settings
    #[arg(long, value_name = "DAYS", allow_negative_numbers = true, value_parser = in_range::<u32>(0..))]
    pub older_than: Option<u32>,
    /// Only show what would go
    #[arg(long)]
    pub dry_run: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// The options of `desk verify`.
#[derive(Debug, Clone, Args)]
pub struct VerifyArgs {
    /// Unlock the desk, and open every record as well
    #[arg(long)]
    pub unlock: bool,
    /// A hash that an earlier check printed, or at least its first 8 digits: it has to be in the trail still
    #[arg(long, value_name = "HASH", value_parser = hash)]
    pub expect: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// The options of `desk trail`.
#[derive(Debug, Clone, Args)]
pub struct TrailArgs {
    /// Only the entries of this intake
    #[arg(value_name = "NUMBER", allow_negative_numbers = true, value_parser = in_range::<u64>(1..))]
    pub number: Option<u64>,
    /// Unlock the desk, and show who and why
    #[arg(long)]
    pub unlock: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// What can be done with the clinic's key.
#[derive(Debug, Clone, Subcommand)]
pub enum KeyCommand {
    /// Print the public key, which seals
    Show,
    /// Lock the private key with another passphrase
    #[command(after_help = "Example:
  preconsult desk key change-passphrase

Backups made before keep the old passphrase.")]
    ChangePassphrase(NewPassphrase),
    /// Make a new key and seal every record for it
    #[command(after_help = "Example:
  preconsult desk key rotate

The old key stays beside the new one, behind the passphrase, for backups made before. Desks that are open seal for the \
new key from then on; an interview that is under way keeps its journal as it was begun.")]
    Rotate {
        /// The work for each guess at the passphrase, as scrypt's power of two
        #[arg(long, value_name = "N", default_value_t = crate::desk::key::DEFAULT_WORK_FACTOR, value_parser = work())]
        work_factor: u8,
    },
}

/// The options of `desk key change-passphrase`.
#[derive(Debug, Clone, Args)]
pub struct NewPassphrase {
    /// A file with the new passphrase in its first line; without it the terminal asks
    #[arg(long, value_name = "FILE")]
    pub new_passphrase_file: Option<PathBuf>,
    /// The work for each guess at the passphrase, as scrypt's power of two
    #[arg(long, value_name = "N", default_value_t = crate::desk::key::DEFAULT_WORK_FACTOR, value_parser = work())]
    pub work_factor: u8,
}
