//! The command line: subcommands, options and their help.

mod batch;
#[cfg(feature = "desk")]
mod desk;
#[cfg(feature = "desk")]
mod desk_key;
#[cfg(feature = "desk")]
mod desk_parsers;
mod drafts;
mod fhir;
#[cfg(feature = "desk")]
mod invite;
mod number;
mod output;
mod pack;
#[cfg(feature = "desk")]
mod restart_reason;
#[cfg(feature = "serve")]
mod serve;

pub use batch::BatchArgs;
#[cfg(feature = "desk")]
pub use desk::{
    CorrectArgs, DeleteArgs, DeskArgs, DeskCommand, DeskOptions, ExportArgs, InitArgs, ListArgs, NewArgs, PrintArgs,
    PurgeArgs, RecordSelector, ShowArgs, TrailArgs, VerifyArgs,
};
#[cfg(feature = "desk")]
pub use desk_key::{KeyCommand, NewPassphrase};
pub use drafts::{DiscardArgs, DraftsCommand};
#[cfg(feature = "push")]
pub use fhir::PushArgs;
pub use fhir::{DocumentArgs, FhirCommand, ImportArgs, QuestionnaireArgs, ResponseArgs};
#[cfg(feature = "desk")]
pub use invite::InviteArgs;
pub use output::{IntakeArgs, OutputArgs};
pub use pack::{CheckArgs, PackCommand, PackFolder, TestArgs};
#[cfg(feature = "desk")]
pub use restart_reason::RestartReason;
#[cfg(feature = "serve")]
pub use serve::{CertificateArgs, ServeArgs, ServeCommand};

use crate::export::Format;
use clap::{Args, Parser, Subcommand};
use output::form_formats;
use std::path::PathBuf;

/// Ask a patient about their skin before a consultation, and write a summary that the clinic prints.
#[derive(Debug, Parser)]
#[command(
    version,
    args_conflicts_with_subcommands = true,
    after_help = "Examples:
  preconsult                              ask, then write the summary file here
  preconsult --out ~/intakes --label A12  name the file after the clinic's code
  preconsult --plain                      line by line: screen readers, scripts
  preconsult --format pdf,answers         save the answers as well
  preconsult summarize answers.json       no questions: from an answers file
  preconsult --resume                     resume the most recent draft
  preconsult serve                        ask in a browser
  preconsult batch intakes.jsonl          many records, one per line
  preconsult explain answers.json         why each line is on the page
  preconsult pack show                    the table from concern to source

Exit codes: 0 done, 1 could not, 2 the input is wrong, 130 stopped by the user."
)]
pub struct Cli {
    /// The subcommand; without one, the interview runs.
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
  preconsult ask --format pdf,answers      save the answers, for later copies
  preconsult ask --answers half.json       ask only what is missing
  preconsult ask --plain < script.txt      one reply per line; ends with /done
  preconsult ask --resume                  resume the most recent draft
  preconsult ask --resume 20261122-091403  resume this draft
  preconsult ask --new                     start a new one; drafts are kept

In plain mode, type the number of an option, its code or the beginning of its text; separate several by commas, spaces \
or \"and\". /back /review /skip /decline /repeat /help work at every question, and /help names the codes. At the review, \
/done writes the summary and a question's number changes its answer. To start a text with a slash, type two. What is \
typed before a question shows is not used. In a script, a reply that is refused ends the run with exit code 2 and the \
number of its line; the answers before it are kept as a draft.

Every answer is on disk before the next question is shown. In a terminal, preconsult offers to resume an \
unfinished interview; elsewhere pass --resume. `preconsult drafts list` lists unfinished interviews. A draft \
is removed when its summary has been written.")]
    Ask(AskArgs),
    /// Write the summary of an answers file, without asking
    #[command(after_help = "Examples:
  preconsult summarize answers.json --copy both
  preconsult summarize answers.json --stdout
  other-program | preconsult summarize --format json --stdout

An answers file looks like this:
  {\"format\":1,\"pack\":\"microneedling\",\"answers\":{\"concerns\":[\"acne-scars\"],
   \"severity\":{\"acne-scars\":\"moderate\"},\"skin-health\":\"good\",
   \"treatments-had\":\"none\",\"more\":false}}

An answer, by the kind of its question:
  one option           \"good\"
  several options      [\"acne-scars\",\"redness\"]
  yes or no            true, false
  with own words       {\"chosen\":[\"other\"],\"text\":\"Aloe\"}
  a text, a date       \"How long does it last?\", \"2026-11-22\"
  a number             72.5, or with a unit {\"value\":72.5,\"unit\":\"kg\"}
  for each concern     {\"acne-scars\":\"mild\",\"redness\":\"unsure\"}
  for not-sure         {\"overall\":\"mild\"}
  skipped              {\"unknown\":\"skipped\"}
  declined             {\"unknown\":\"declined\"}
  not readable         {\"unknown\":\"unreadable\",\"text\":\"…\"} (by an import)

Leave out questions that were not asked. Optional keys next to `answers`: `id` (your own identifier), \
`pack_version`, `language` (such as \"es\"), `date` (\"2026-11-22\"), `filled_in_by` (\"patient\", \"staff\" or \
\"together\") and `unassigned` (answers of an import that belong to no question). Command-line options override them. --format answers writes such a file.

`preconsult pack show --questions` lists every question and code; `preconsult pack schema answers` prints the \
JSON Schema.")]
    Summarize(SummarizeArgs),
    /// Write the summaries of many records, one per line
    #[command(after_help = "Examples:
  preconsult batch intakes.jsonl > summaries.jsonl
  zcat intakes.gz | preconsult batch --copy clinician --date 2026-11-22
  preconsult batch intakes.jsonl.zst --out pages --format pdf

A record is an answers file on one line; its `id`, if present, is repeated in the output. Each record gives one line:
  {\"id\":\"17\",\"line\":1,\"summary\":{…}}
  {\"id\":\"18\",\"line\":2,\"error\":{\"code\":…,\"message\":…,\"path\":…}}
  {\"id\":\"19\",\"line\":3,\"files\":[\"pages/…pdf\"]}      with --out

If a record has several errors, `others` in its error lists the rest, each with `code`, `message` and `path`.

The summary is that of `summarize --format json`. Empty lines are counted but give no output. An invalid record does \
not stop the run, but makes the exit code 2. Output files are never overwritten.

To continue after line 5000: tail -n +5001 intakes.jsonl | preconsult batch --first-line 5001")]
    Batch(BatchArgs),
    /// Write the blank questionnaire, to be filled in by pen
    #[command(after_help = "Examples:
  preconsult form
  preconsult form --lang es --format html
  preconsult form --stdout | less")]
    Form(FormArgs),
    /// Show every line of the summary with its answers, its rule and its source
    #[command(after_help = "Example:
  preconsult explain answers.json")]
    Explain(ExplainArgs),
    /// List and discard unfinished interviews, without showing answers
    #[command(subcommand)]
    Drafts(DraftsCommand),
    /// The clinic's front desk: intakes and encrypted records
    #[cfg(feature = "desk")]
    #[command(after_help = "Examples:
  preconsult desk init ~/clinic           create a clinic
  preconsult desk --clinic ~/clinic       the screen for staff
  preconsult desk invite --label A12      a code for a tablet or a phone
  preconsult desk list                    today's intakes: time and state
  preconsult desk show 17                 a record; needs the passphrase
  preconsult desk purge --dry-run         records past the retention time

Everything that a patient answers is encrypted with the clinic's public key before it is written to disk. Without \
the passphrase, a desk can take new intakes but not read any.

While `preconsult serve` runs for the clinic, the screen can hand an interview over to a tablet or to the patient's phone. \
Its list shows who waits, answers or has stopped, and it can give a code out again or take it back.

The clinic's folder is --clinic, else `desk` in your settings, else your own clinic (see `preconsult desk init`), \
else the current folder if it is a clinic. You have to own it, or share it with the group `desk_group` of your settings. \
Its preconsult.toml has the settings of the desk: letterhead, formats, \
retention_days, idle_seconds, plain.")]
    Desk(Box<DeskArgs>),
    /// Ask the questions in a browser: on this machine, or on the tablets of a clinic
    #[cfg(feature = "serve")]
    #[command(after_help = serve::AFTER_HELP)]
    Serve(Box<ServeArgs>),
    /// Check, test, show and compare packs of questions and rules
    #[command(subcommand)]
    Pack(PackCommand),
    /// Write questionnaires, answers and summaries as HL7 FHIR R4, and import answers
    #[command(subcommand)]
    Fhir(FhirCommand),
    /// Check, show and create the settings: letterhead, paper, language, formats
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Print a completion script for a shell
    #[command(after_help = "Example:
  cd ~/.local/share/bash-completion/completions
  preconsult completions bash > preconsult")]
    Completions {
        /// Name of the shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    #[command(after_help = "Examples:
  preconsult man > preconsult.1
  preconsult man summarize > preconsult-summarize.1
  preconsult man pack show | man -l -")]
    Man {
        /// Command to describe [default: the main page].
        command: Vec<String>,
    },
}

/// The subcommands of `config`.
#[derive(Debug, Clone, Subcommand)]
pub enum ConfigCommand {
    /// Report all problems of the settings and of the files that they name
    #[command(after_help = "Examples:
  preconsult config check
  preconsult config check --config clinic.toml --pack our-pack

The pack's longest case is typeset with your letterhead, logo, fonts and template, for both copies and in every \
language of the pack. No file is written.")]
    Check(CheckConfigArgs),
    /// Print the settings in effect
    Show(ConfigArgs),
    /// Write an example settings file that explains every setting
    Init {
        /// File to write [default: preconsult.toml in your configuration folder]
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
    },
    /// Write the PDF's typst template and the data of one page, as a start for your own template
    #[cfg(feature = "pdf")]
    #[command(after_help = "Example:
  preconsult config template our-page answers.json
  typst watch --font-path our-page/fonts our-page/summary.typ

Then set the template in the settings: template = \"our-page/summary.typ\". The folder contains data.json (the input of the \
template), the logo of the settings, and the fonts. data.json holds the answers, so only your user can read the folder.

A template must print, word for word and at 6 points or more:
  the notice, your privacy notice with it             parts of the kind notice
  every claim with its mark and its limits, what      benefits
  the words mean (meaning) and the marks (legend)
  every concern that the source does not cover        not-covered
  variability (claim, factors), safety, consultation  caveats
  every question to ask with its mark                 to-ask
  the lines on the source and its review              sources
Limits and caveats must be as large as the claims. A page that lacks any of these is not written; \
`preconsult config check` reports what is missing.")]
    Template(TemplateArgs),
}

/// The options of `config check`.
#[derive(Debug, Clone, Args)]
pub struct CheckConfigArgs {
    /// The settings file.
    #[command(flatten)]
    pub config: ConfigArgs,
    /// Folder of the pack to typeset [default: the built-in microneedling pack]
    #[arg(long, value_name = "DIR")]
    pub pack: Option<PathBuf>,
}

/// The options of `config template`.
#[cfg(feature = "pdf")]
#[derive(Debug, Clone, Args)]
pub struct TemplateArgs {
    /// Folder to create
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Answers file for the page, or - for standard input [default: standard input]
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// The pack and its language.
    #[command(flatten)]
    pub pack: PackArgs,
    /// The settings file.
    #[command(flatten)]
    pub config: ConfigArgs,
    /// Copy to typeset [default: patient]
    #[arg(long, value_name = "WHO", value_parser = ["patient", "clinician"])]
    pub copy: Option<String>,
}

/// The settings file.
#[derive(Debug, Clone, Default, Args)]
pub struct ConfigArgs {
    /// Settings file [default: preconsult.toml or .json in your configuration folder]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// The pack and its language.
#[derive(Debug, Clone, Default, Args)]
pub struct PackArgs {
    /// Folder of another pack [default: the built-in microneedling pack]
    #[arg(long, value_name = "DIR")]
    pub pack: Option<PathBuf>,
    /// Language, such as en or es [default: from the answers file or settings, else the pack's first]
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,
}

/// The options of the interview.
#[derive(Debug, Clone, Args)]
pub struct AskArgs {
    /// The pack and its language.
    #[command(flatten)]
    pub pack: PackArgs,
    /// Ask line by line, without redrawing, for screen readers, pipes and scripts [default: `plain` in the settings; on if
    /// ACCESSIBLE is set or there is no terminal]
    #[arg(long)]
    pub plain: bool,
    /// Start with the answers in this file and ask only the rest
    #[arg(long, value_name = "FILE")]
    pub answers: Option<PathBuf>,
    /// Resume this draft [default: the most recent one]
    #[arg(long, value_name = "ID", num_args = 0..=1, conflicts_with_all = ["new", "answers"])]
    #[allow(clippy::option_option, reason = "the option's value is optional")]
    pub resume: Option<Option<String>>,
    /// Start a new interview without offering drafts; drafts are kept
    #[arg(long)]
    pub new: bool,
    /// The output files.
    #[command(flatten)]
    pub output: OutputArgs,
}

/// The options of `summarize`.
#[derive(Debug, Clone, Args)]
pub struct SummarizeArgs {
    /// Answers file, or - for standard input [default: standard input]
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// The pack and its language.
    #[command(flatten)]
    pub pack: PackArgs,
    /// The output files.
    #[command(flatten)]
    pub output: OutputArgs,
    /// Write one copy in one format to standard output [default format: text]
    #[arg(long, conflicts_with_all = ["out", "print"])]
    pub stdout: bool,
}

/// The options of `form`.
#[derive(Debug, Clone, Args)]
pub struct FormArgs {
    /// The pack and its language.
    #[command(flatten)]
    pub pack: PackArgs,
    /// The settings file.
    #[command(flatten)]
    pub config: ConfigArgs,
    /// Set the form in large print, at 18 points
    #[arg(long)]
    pub large_print: bool,
    /// Output folder [default: `out` in the settings, else the current folder]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Format of the form [default: pdf, or text in a build without it]
    #[arg(long, value_name = "FORMAT", value_parser = form_formats())]
    pub format: Option<Format>,
    /// Write to standard output [default format: text]
    #[arg(long, conflicts_with = "out")]
    pub stdout: bool,
}

/// The options of `explain`.
#[derive(Debug, Clone, Args)]
pub struct ExplainArgs {
    /// Answers file, or - for standard input [default: standard input]
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// The pack and its language.
    #[command(flatten)]
    pub pack: PackArgs,
}
