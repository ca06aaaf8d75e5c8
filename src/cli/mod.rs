//! The command line, and nothing else: what may be written, and what it says of itself.

mod batch;
#[cfg(feature = "desk")]
mod desk;
#[cfg(feature = "desk")]
mod desk_parsers;
mod drafts;
mod fhir;
mod number;
mod output;
mod pack;
#[cfg(feature = "desk")]
mod restart_reason;

pub use batch::BatchArgs;
#[cfg(feature = "desk")]
pub use desk::{
    CorrectArgs, DeleteArgs, DeskArgs, DeskCommand, DeskOptions, ExportArgs, InitArgs, KeyCommand, ListArgs, NewArgs,
    NewPassphrase, PrintArgs, PurgeArgs, RecordSelector, ShowArgs, TrailArgs, VerifyArgs,
};
pub use drafts::{DiscardArgs, DraftsCommand};
#[cfg(feature = "push")]
pub use fhir::PushArgs;
pub use fhir::{DocumentArgs, FhirCommand, ImportArgs, QuestionnaireArgs, ResponseArgs};
pub use output::{IntakeArgs, OutputArgs};
pub use pack::{CheckArgs, PackCommand, PackFolder, TestArgs};
#[cfg(feature = "desk")]
pub use restart_reason::RestartReason;

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
  preconsult --format pdf,answers         keep the answers as well
  preconsult summarize answers.json       no questions: from an answers file
  preconsult --resume                     go on with the one stopped last
  preconsult batch intakes.jsonl          many records, one a line
  preconsult explain answers.json         why each line is on the page
  preconsult pack show                    from concern to source, all of it

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
  preconsult ask --format pdf,answers      keep the answers, for later copies
  preconsult ask --answers half.json       ask only what the file leaves open
  preconsult ask --plain < script.txt      one reply a line; ends with /done
  preconsult ask --resume                  go on with the one stopped last
  preconsult ask --resume 20261122-091403  go on with this one
  preconsult ask --new                     start anew, whatever drafts there are

In plain lines an option is typed by its number or its code, several with commas between. \
/back /review /skip /decline /help work at every question; at the review, /done writes the summary and a \
question's number changes its answer. In a text, // starts a text with a slash.

Every answer is on disk before the next question shows. An interview that was stopped is found at the next \
start in a terminal; without a terminal a run starts anew unless --resume is there. `preconsult drafts list` \
shows what was stopped. The draft is removed when the summary has been written.")]
    Ask(AskArgs),
    /// Write the summary of answers that are there already
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
  own words beside it  {\"chosen\":[\"other\"],\"text\":\"Aloe\"}
  a text, a date       \"How long does it last?\", \"2026-11-22\"
  a number             72.5, or with a unit {\"value\":72.5,\"unit\":\"kg\"}
  for each concern     {\"acne-scars\":\"mild\",\"redness\":\"unsure\"}
  for not-sure         {\"overall\":\"mild\"}
  skipped              {\"unknown\":\"skipped\"}
  declined             {\"unknown\":\"declined\"}

What was not asked is left out. Beside `answers` there may be `id` (your own name for them), `pack_version`, \
`language` (such as \"es\"), `date` (\"2026-11-22\") and `filled_in_by` (\"patient\", \"staff\" or \"together\"); \
options come before them. --format answers writes such a file.

`preconsult pack show --questions` lists every question and code; `preconsult pack schema answers` is for editors \
and other programs.")]
    Summarize(SummarizeArgs),
    /// Write the summaries of many records, one a line
    #[command(after_help = "Examples:
  preconsult batch intakes.jsonl > summaries.jsonl
  zcat intakes.gz | preconsult batch --copy clinician --date 2026-11-22
  preconsult batch intakes.jsonl.zst --out pages --format pdf

A record is an answers file on one line; with `id` in it, its line in the output has the same. Each gives one line:
  {\"id\":\"17\",\"line\":1,\"summary\":{…}}
  {\"id\":\"18\",\"line\":2,\"error\":{\"code\":…,\"message\":…,\"path\":…}}
  {\"id\":\"19\",\"line\":3,\"files\":[\"pages/…pdf\"]}      with --out

A record with several faults has the further ones as `others` in its error, each with `code`, `message` and `path`.

The summary is that of `summarize --format json`. Empty lines count and give nothing. A record with a fault stops \
nothing; at the end the exit code is 2 then. Output files are never written over one another.

Stopped at line 5000, go on from there: tail -n +5001 intakes.jsonl | preconsult batch --first-line 5001")]
    Batch(BatchArgs),
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
    /// The clinic's front desk: intakes, sealed records, printing again, purging
    #[cfg(feature = "desk")]
    #[command(after_help = "Examples:
  preconsult desk init ~/clinic           make a clinic: settings, records, keys
  preconsult desk --clinic ~/clinic       the screen for staff
  preconsult desk list                    the intakes of today: time and state
  preconsult desk show 17                 a record; asks for the passphrase
  preconsult desk purge --dry-run         what is older than the clinic keeps

Everything that a patient says is sealed to the clinic's public key before it reaches the disk. A desk without the \
passphrase takes new intakes and reads none.

The clinic's folder is the one named with --clinic, else `desk` in your settings, else the current folder if it is \
one, else your own (see `preconsult desk init`). Its preconsult.toml holds for the desk: letterhead, formats, \
retention_days, idle_seconds.")]
    Desk(Box<DeskArgs>),
    /// Check, test and show packs of questions and rules
    #[command(subcommand)]
    Pack(PackCommand),
    /// Write questionnaires, answers and summaries as HL7 FHIR R4, and read answers from it
    #[command(subcommand)]
    Fhir(FhirCommand),
    /// Look at the clinic's settings: letterhead, paper, language, formats
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Print a completion script for a shell
    #[command(after_help = "Example:
  cd ~/.local/share/bash-completion/completions
  preconsult completions bash > preconsult")]
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    #[command(after_help = "Examples:
  preconsult man > preconsult.1
  preconsult man summarize > preconsult-summarize.1
  preconsult man pack show | man -l -")]
    Man {
        /// The page of this command; without one, the main page.
        command: Vec<String>,
    },
}

/// What can be done with the settings.
#[derive(Debug, Clone, Subcommand)]
pub enum ConfigCommand {
    /// Report what is wrong with the settings, or with a file that they name
    #[command(after_help = "Examples:
  preconsult config check
  preconsult config check --config clinic.toml --pack our-pack

A page of the pack's longest case is typeset with your letterhead, logo, fonts and template, for both copies, in \
every language of the pack; nothing is written.")]
    Check(CheckConfigArgs),
    /// Print the settings that hold
    Show(ConfigArgs),
    /// Write an example with every setting explained
    Init {
        /// The file to write; without it, preconsult.toml in your configuration folder
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
    },
    /// Write the PDF's typst template and the data of one page into a folder, to make a page of your own from
    #[cfg(feature = "pdf")]
    #[command(after_help = "Example:
  preconsult config template our-page answers.json
  typst watch --font-path our-page/fonts our-page/summary.typ

Then name the template in the settings: template = \"our-page/summary.typ\". The folder has data.json as the template \
gets it, the logo of the settings, and the fonts. data.json holds the answers: the folder is for your user alone.

A template has to print, word for word and in letters of at least 6 points:
  the notice, your privacy notice with it             parts of the kind notice
  every claim with its mark and its limits, what      benefits
  the words mean (meaning) and the marks (legend)
  every concern that the source does not cover        not-covered
  variability, safety and the advice to consult       caveats
  the lines on the source and its review              sources
Limits and caveats have to be as large as the claims. A page that lacks any of these is not written, and \
`preconsult config check` says what is missing.")]
    Template(TemplateArgs),
}

/// The options of `config check`.
#[derive(Debug, Clone, Args)]
pub struct CheckConfigArgs {
    /// The settings.
    #[command(flatten)]
    pub config: ConfigArgs,
    /// The pack that the settings go with; without it, the built-in microneedling pack
    #[arg(long, value_name = "DIR")]
    pub pack: Option<PathBuf>,
}

/// The options of `config template`.
#[cfg(feature = "pdf")]
#[derive(Debug, Clone, Args)]
pub struct TemplateArgs {
    /// The folder to make
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// The answers file whose page it is; - or nothing is standard input
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// The pack.
    #[command(flatten)]
    pub pack: PackArgs,
    /// The settings.
    #[command(flatten)]
    pub config: ConfigArgs,
    /// For whom the page is: patient or clinician
    #[arg(long, value_name = "WHO", value_parser = ["patient", "clinician"])]
    pub copy: Option<String>,
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
    #[arg(long, value_name = "FORMAT", value_parser = form_formats())]
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
