//! The command line, and nothing else: what may be written, and what it says of itself.

#[cfg(feature = "desk")]
mod desk;
mod drafts;
mod output;
mod pack;

#[cfg(feature = "desk")]
pub use desk::{
    CorrectArgs, DeleteArgs, DeskArgs, DeskAt, DeskCommand, ExportArgs, InitArgs, KeyCommand, ListArgs, NewArgs,
    NewPassphrase, PrintArgs, PurgeArgs, ShowArgs, TrailArgs, VerifyArgs, Which,
};
pub use drafts::{Discard, DraftsCommand};
pub use output::OutputArgs;
pub use pack::{CheckArgs, PackCommand, PackFolder, TestArgs};

use crate::render::Format;
use clap::{Args, Parser, Subcommand};
use output::formats;
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
    /// The clinic's front desk: intakes, sealed records, printing again, purging
    #[cfg(feature = "desk")]
    #[command(after_help = "Examples:
  preconsult desk init ~/clinic              make a clinic: settings, records, keys
  preconsult desk --clinic ~/clinic          the screen for staff
  preconsult desk list                       the intakes of today: time and state
  preconsult desk show 17                    a record; asks for the passphrase
  preconsult desk purge --dry-run            what is older than the clinic keeps

Everything that a patient says is sealed to the clinic's public key before it reaches the disk. A desk without the
passphrase takes new intakes and reads none.

The clinic's folder is the one named with --clinic, else `desk` in your settings, else the current folder if it is
one, else your own (see `preconsult desk init`). Its preconsult.toml holds for the desk: letterhead, formats,
retention_days, idle_seconds.")]
    Desk(Box<DeskArgs>),
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
