//! The command line, and nothing else: what may be written, and what it says of itself.

use crate::interview::FilledInBy;
use crate::render::Format;
use crate::summary::Copy;
use chrono::NaiveDate;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// Ask a patient about their skin before a consultation, and write a summary that the clinic prints.
#[derive(Debug, Parser)]
#[command(
    version,
    args_conflicts_with_subcommands = true,
    after_help = "Examples:
  preconsult                                 ask, then write the summary file here
  preconsult --out ~/intakes --label A12     ask, and name the file after the clinic's code
  preconsult --plain                         ask line by line: for screen readers and scripts
  preconsult summarize answers.json          no questions: from an answers file
  preconsult --resume                        go on with the interview that was stopped last
  preconsult explain answers.json            why each line is on the page
  preconsult pack show                       the whole table from concern to source

Exit codes: 0 done, 1 could not, 2 the input is wrong, 130 stopped by the user."
)]
pub struct Cli {
    /// What to do; without one, the interview.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The options of the interview.
    #[command(flatten)]
    pub ask: AskArgs,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Ask the questions, then write the summary file
    #[command(after_help = "Examples:
  preconsult ask --copy both --format text,json
  preconsult ask --answers half.json         ask only what the file leaves open
  preconsult ask --plain < script.txt        one reply a line; ends with /done
  preconsult ask --resume                    go on with the interview that was stopped last
  preconsult ask --resume 20261122-091403    go on with this one (see `preconsult drafts list`)
  preconsult ask --new                       start anew without being asked about drafts

In plain lines an option is typed by its number or its code, several with commas between.
/back /review /skip /decline /help work at every question; at the review, /done writes the summary and a
question's number changes its answer. In a text, // starts a text with a slash.

Every answer is on disk before the next question shows. An interview that was stopped is found at the next
start in a terminal; without a terminal a run starts anew unless --resume is there. The draft is removed
when the summary has been written.")]
    Ask(AskArgs),
    /// Write the summary of answers that are there already
    #[command(after_help = "Examples:
  preconsult summarize answers.json --copy both
  preconsult summarize answers.json --stdout
  other-program | preconsult summarize --format json --stdout

An answers file looks like this:
  {\"format\":1,\"pack\":\"microneedling\",\"answers\":{\"concerns\":[\"acne-scars\"],
   \"severity\":{\"acne-scars\":\"moderate\"},\"skin-health\":\"good\",\"treatments-had\":\"none\",\"more\":false}}
`preconsult pack show --questions` lists every question and code.")]
    Summarize(SummarizeArgs),
    /// Write the blank questionnaire, to fill in by pen
    #[command(after_help = "Examples:
  preconsult form
  preconsult form --lang es --format html
  preconsult form --stdout | less")]
    Form(FormArgs),
    /// Show every line of the summary with its answers, its rule and its source
    #[command(after_help = "Example:
  preconsult explain answers.json")]
    Explain(ExplainArgs),
    /// List and discard interviews that were begun and not finished; no answer is shown
    #[command(subcommand)]
    Drafts(DraftsCommand),
    /// Check, test and show packs of questions and rules
    #[command(subcommand)]
    Pack(PackCommand),
    /// Look at the clinic's settings: letterhead, paper, language, formats
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Print a completion script for a shell
    #[command(after_help = "Example:
  preconsult completions bash > ~/.local/share/bash-completion/completions/preconsult")]
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    #[command(after_help = "Examples:
  preconsult man > preconsult.1
  preconsult man summarize > preconsult-summarize.1")]
    Man {
        /// The page of this command; without one, the main page.
        command: Option<String>,
    },
}

/// What can be done with the settings.
#[derive(Debug, Clone, Subcommand)]
pub enum ConfigCommand {
    /// Report what is wrong with the settings, or with a file that they name
    Check(ConfigArgs),
    /// Print the settings that hold
    Show(ConfigArgs),
    /// Write an example with every setting explained
    Init {
        /// The file to write; without it, preconsult.toml in your configuration folder
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
    },
}

/// Where the settings are.
#[derive(Debug, Clone, Default, Args)]
pub struct ConfigArgs {
    /// The clinic's settings; without it, preconsult.toml or .json in your configuration folder
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// Which pack, and in which language.
#[derive(Debug, Clone, Default, Args)]
pub struct PackArgs {
    /// A folder with a pack of your own; without it, the built-in microneedling pack
    #[arg(long, value_name = "DIR")]
    pub pack: Option<PathBuf>,
    /// The language, such as en or es
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,
}

/// What is written, and where.
#[derive(Debug, Clone, Args)]
pub struct OutputArgs {
    /// The settings.
    #[command(flatten)]
    pub config: ConfigArgs,
    /// The folder for the summary file; without it, that of the settings, else the one you are in
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// The formats, with commas between: pdf, html, text, markdown, json
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = formats())]
    pub format: Vec<Format>,
    /// For whom: patient, clinician or both
    #[arg(long, value_name = "WHO", value_parser = ["patient", "clinician", "both"])]
    pub copy: Option<String>,
    /// Name the intake: the patient's chosen name or the clinic's code
    #[arg(long, value_name = "TEXT")]
    pub label: Option<String>,
    /// The date on the page, as YYYY-MM-DD; without it, that of the answers, else today
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub date: Option<NaiveDate>,
    /// Send the page to this printer too, or to the default one
    #[arg(long, value_name = "PRINTER", num_args = 0..=1)]
    pub print: Option<Option<String>>,
    /// Who filled it in: patient, staff or together
    #[arg(long, value_name = "WHO", value_parser = who())]
    pub filled_in_by: Option<FilledInBy>,
}

/// The options of the interview.
#[derive(Debug, Clone, Args)]
pub struct AskArgs {
    /// The pack.
    #[command(flatten)]
    pub pack: PackArgs,
    /// Ask line by line, without redrawing: for screen readers, pipes and scripts
    #[arg(long)]
    pub plain: bool,
    /// Start with the answers in this file, and ask only what is missing
    #[arg(long, value_name = "FILE")]
    pub answers: Option<PathBuf>,
    /// Go on with the draft of this name; without a name, with the one begun last
    #[arg(long, value_name = "ID", num_args = 0..=1, conflicts_with_all = ["new", "answers"])]
    #[allow(clippy::option_option, reason = "the option may stand there without a name")]
    pub resume: Option<Option<String>>,
    /// Start anew; drafts stay, and nobody is asked about them
    #[arg(long)]
    pub new: bool,
    /// The output.
    #[command(flatten)]
    pub output: OutputArgs,
}

/// The options of `summarize`.
#[derive(Debug, Clone, Args)]
pub struct SummarizeArgs {
    /// The answers file; - or nothing is standard input
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// The pack.
    #[command(flatten)]
    pub pack: PackArgs,
    /// The output.
    #[command(flatten)]
    pub output: OutputArgs,
    /// Write to standard output: one format (text if you name none), one copy
    #[arg(long, conflicts_with_all = ["out", "print"])]
    pub stdout: bool,
}

/// The options of `form`.
#[derive(Debug, Clone, Args)]
pub struct FormArgs {
    /// The pack.
    #[command(flatten)]
    pub pack: PackArgs,
    /// The settings.
    #[command(flatten)]
    pub config: ConfigArgs,
    /// The folder for the file; without it, that of the settings, else the one you are in
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// The format: pdf, html or text
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    pub format: Option<Format>,
    /// Write to standard output (text if you name no format)
    #[arg(long, conflicts_with = "out")]
    pub stdout: bool,
}

/// The options of `explain`.
#[derive(Debug, Clone, Args)]
pub struct ExplainArgs {
    /// The answers file; - or nothing is standard input
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// The pack.
    #[command(flatten)]
    pub pack: PackArgs,
}

/// What can be done with drafts.
#[derive(Debug, Clone, Subcommand)]
pub enum DraftsCommand {
    /// Print name, beginning, age, number of answers and pack of each draft, the last first
    #[command(after_help = "Example:
  preconsult drafts list

Go on with a draft: preconsult ask --resume ID")]
    List,
    /// Remove drafts for good, and print which
    #[command(after_help = "Examples:
  preconsult drafts discard 20261122-091403
  preconsult drafts discard --older-than 30
  preconsult drafts discard --all

A draft that another interview is writing at the moment is left alone.")]
    Discard(Discard),
}

/// Which drafts go.
#[derive(Debug, Clone, Args)]
#[group(required = true, multiple = false)]
pub struct Discard {
    /// The drafts' names, as `preconsult drafts list` prints them
    #[arg(value_name = "ID")]
    pub ids: Vec<String>,
    /// Every draft
    #[arg(long)]
    pub all: bool,
    /// Every draft begun more than this many days ago
    #[arg(long, value_name = "DAYS")]
    pub older_than: Option<u32>,
}

/// What can be done with packs.
#[derive(Debug, Clone, Subcommand)]
pub enum PackCommand {
    /// Make a small pack of your own to start from, with a tutorial in its README.md
    #[command(after_help = "Example:
  preconsult pack new eye-clinic")]
    New {
        /// The folder to make; the pack is named after it
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
    /// Report everything that is wrong with a pack, each with its place and a hint
    #[command(after_help = "Examples:
  preconsult pack check                      the built-in pack
  preconsult pack check rules/microneedling  a folder
  preconsult pack check --explain never-asked
  preconsult pack check mine --strict --date 2027-01-01

Beside what makes a pack load, it proves over all possible answers that every question can be asked, every rule
can fire and every statement can be printed, and looks at the language. Warnings are for reviews past their day.")]
    Check(CheckArgs),
    /// Run the pack's own cases: answers, and exactly what is printed and why
    #[command(after_help = "Examples:
  preconsult pack test rules/microneedling
  preconsult pack test mine --strict         fail if a question, option, rule or statement has no case
  preconsult pack test --json > report.json")]
    Test(TestArgs),
    /// Print the whole table from concern to source item, for sign-off
    #[command(after_help = "Examples:
  preconsult pack show rules/microneedling
  preconsult pack show --html sign-off.html
  preconsult pack show --questions           every question and code, for answers files")]
    Show {
        /// The pack.
        #[command(flatten)]
        folder: PackFolder,
        /// Print the questions with all their codes instead
        #[arg(long)]
        questions: bool,
        /// Write one page for the clinician who signs the pack off, to look at in a browser or to print
        #[arg(long, value_name = "FILE", conflicts_with = "questions")]
        html: Option<PathBuf>,
        /// The language, such as en or es
        #[arg(long, value_name = "TAG")]
        lang: Option<String>,
    },
    /// Show what a change of a pack does to patients: what is asked, what is printed and for whom, and what is worded otherwise
    #[command(after_help = "Examples:
  preconsult pack diff ../before .
  preconsult pack diff microneedling mine    the built-in pack, by its name")]
    Diff {
        /// The pack as it was
        #[arg(value_name = "OLD")]
        old: PathBuf,
        /// The pack as it is to be
        #[arg(value_name = "NEW")]
        new: PathBuf,
    },
    /// Print JSON Schema for the files of a pack
    #[command(after_help = "Examples:
  preconsult pack schema                     all of them, by file
  preconsult pack schema rules > rules.schema.json")]
    Schema {
        /// One of: pack, questions, statements, rules, language, case
        #[arg(value_name = "FILE", value_parser = PossibleValuesParser::new(["pack", "questions", "statements", "rules", "language", "case"]))]
        file: Option<String>,
    },
}

/// The options of `pack check`.
#[derive(Debug, Clone, Args)]
pub struct CheckArgs {
    /// The pack.
    #[command(flatten)]
    pub folder: PackFolder,
    /// Print the reading figures as well
    #[arg(long)]
    pub verbose: bool,
    /// Let warnings fail the check
    #[arg(long)]
    pub strict: bool,
    /// The day for which reviews are looked at, as YYYY-MM-DD; without it, today
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub date: Option<NaiveDate>,
    /// Say what a code means and how to mend it, instead of checking
    #[arg(long, value_name = "CODE", conflicts_with_all = ["folder", "verbose", "strict", "date"])]
    pub explain: Option<String>,
}

/// The options of `pack test`.
#[derive(Debug, Clone, Args)]
pub struct TestArgs {
    /// The pack.
    #[command(flatten)]
    pub folder: PackFolder,
    /// Print the cases, their differences and the coverage as JSON
    #[arg(long)]
    pub json: bool,
    /// Fail where the cases do not cover every question, option, rule and statement
    #[arg(long)]
    pub strict: bool,
}

/// A pack's folder.
#[derive(Debug, Clone, Args)]
pub struct PackFolder {
    /// The pack's folder; without it, the built-in pack
    #[arg(value_name = "DIR")]
    pub folder: Option<PathBuf>,
}

impl OutputArgs {
    /// The copies asked for, else those of the settings, else the patient's.
    #[must_use]
    pub fn copies(&self, settings: Option<&str>) -> Vec<Copy> {
        match self.copy.as_deref().or(settings) {
            Some("clinician") => vec![Copy::Clinician],
            Some("both") => vec![Copy::Patient, Copy::Clinician],
            _ => vec![Copy::Patient],
        }
    }
}

fn formats() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::ALL.iter().map(|format| format.name()))
        .map(|name| Format::named(&name).unwrap_or_default())
}

fn who() -> impl TypedValueParser<Value = FilledInBy> {
    PossibleValuesParser::new(FilledInBy::ALL.map(FilledInBy::name))
        .map(|name| FilledInBy::ALL.into_iter().find(|by| by.name() == name).unwrap_or(FilledInBy::Patient))
}

fn date(text: &str) -> Result<NaiveDate, String> {
    crate::interview::parse_date(text).ok_or_else(|| "write it as YYYY-MM-DD, such as 2026-11-22".to_owned())
}
