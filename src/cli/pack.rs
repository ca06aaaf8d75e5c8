//! The options of `preconsult pack`.

use super::output::date;
use chrono::NaiveDate;
use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// The subcommands of `pack`.
#[derive(Debug, Clone, Subcommand)]
pub enum PackCommand {
    /// Create a pack: a small one about chairs with a tutorial in its README.md, or a copy of the built-in one
    #[command(after_help = "Examples:
  preconsult pack new eye-clinic                 a small one, to learn from
  preconsult pack new mine --from microneedling  a copy of the built-in pack")]
    New {
        /// Copy this built-in pack instead of the tutorial
        #[arg(long, value_name = "PACK", value_parser = PossibleValuesParser::new([crate::pack::BUILT_IN]))]
        from: Option<String>,
        /// Folder to create; the pack gets its name
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
    /// Report all problems of a pack, each with its place and a hint
    #[command(after_help = "Examples:
  preconsult pack check                      the built-in pack
  preconsult pack check rules/microneedling  a folder
  preconsult pack check --explain never-asked
  preconsult pack check mine --strict --date 2027-01-01
  preconsult pack check mine --fhir          also what FHIR R4 cannot express
  preconsult pack check mine --verbose       also how hard it is to read
  preconsult pack check mine --criteria      also PEMAT-P and IPDAS criteria

In addition to the checks at loading, it proves over all possible answers that every question can be asked, every rule \
can fire and every statement can be printed. It also checks the language. Overdue reviews are warnings.

With --verbose, the hardest copy in each language is measured as a whole and by its parts: headings, labels and options \
count as sentences. The limit is grade 6 and, in Spanish, a score of 65.

With --criteria, each criterion of PEMAT-P (AHRQ, for printed material) and of IPDAS (for decision aids, as far as it \
fits a form) is met if the program's check finds it, or if a person says so in `criteria` in pack.json. There is no score.")]
    Check(CheckArgs),
    /// Run the pack's test cases: answers, and exactly what is printed and why
    #[command(after_help = "Examples:
  preconsult pack test rules/microneedling
  preconsult pack test mine --strict         fail if anything is not covered
  preconsult pack test --json > report.json")]
    Test(TestArgs),
    /// Print the complete table from concern to source item, for sign-off
    #[command(after_help = "Examples:
  preconsult pack show rules/microneedling
  preconsult pack show --html sign-off.html
  preconsult pack show --questions           every question with its codes")]
    Show {
        /// The folder of the pack.
        #[command(flatten)]
        folder: PackFolder,
        /// Print the questions with all their codes instead of the table
        #[arg(long)]
        questions: bool,
        /// Write an HTML page for the clinician who signs off the pack
        #[arg(long, value_name = "FILE", conflicts_with = "questions")]
        html: Option<PathBuf>,
        /// Date for overdue reviews on that page, as YYYY-MM-DD [default: today]
        #[arg(long, value_name = "DATE", value_parser = date, requires = "html")]
        date: Option<NaiveDate>,
        /// Language, such as en or es [default: the pack's first]
        #[arg(long, value_name = "TAG")]
        lang: Option<String>,
    },
    /// Show what a change of a pack means for patients: what is asked, printed or worded differently
    #[command(after_help = "Examples:
  preconsult pack diff ../before .
  preconsult pack diff microneedling mine    compare with the built-in pack")]
    Diff {
        /// Old version of the pack
        #[arg(value_name = "OLD")]
        old: PathBuf,
        /// New version of the pack
        #[arg(value_name = "NEW")]
        new: PathBuf,
    },
    /// Print JSON Schemas of pack files, answers files and summaries
    #[command(after_help = "Examples:
  preconsult pack schema                     all schemas, by file
  preconsult pack schema --out mine/schema   one file per schema, for editors
  preconsult pack schema rules > rules.schema.json
  preconsult pack schema answers             what `summarize` reads")]
    Schema {
        /// Kind of file [default: all]
        #[arg(value_name = "FILE", value_parser = PossibleValuesParser::new(["pack", "questions", "statements", "rules", "language", "case", "answers", "summary"]))]
        file: Option<String>,
        /// Write each schema into this folder, as `FILE.schema.json`
        #[arg(long, value_name = "DIR", conflicts_with = "file")]
        out: Option<PathBuf>,
    },
}

/// The options of `pack check`.
#[derive(Debug, Clone, Args)]
pub struct CheckArgs {
    /// The folder of the pack.
    #[command(flatten)]
    pub folder: PackFolder,
    /// Also print the readability figures of the texts, and of whole copies of the pack's cases
    #[arg(long)]
    pub verbose: bool,
    /// Also print the criteria of PEMAT-P and IPDAS as met, declared not met, or open
    #[arg(long)]
    pub criteria: bool,
    /// Treat warnings as errors
    #[arg(long)]
    pub strict: bool,
    /// Date for overdue reviews, as YYYY-MM-DD [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub date: Option<NaiveDate>,
    /// Also report what FHIR R4 cannot express
    #[arg(long)]
    pub fhir: bool,
    /// Explain a problem code and its fix instead of checking
    #[arg(long, value_name = "CODE", conflicts_with_all = ["folder", "verbose", "criteria", "strict", "date", "fhir"])]
    pub explain: Option<String>,
}

/// The options of `pack test`.
#[derive(Debug, Clone, Args)]
pub struct TestArgs {
    /// The folder of the pack.
    #[command(flatten)]
    pub folder: PackFolder,
    /// Print the cases, their differences and the coverage as JSON
    #[arg(long)]
    pub json: bool,
    /// Fail unless the cases cover every question, option, rule and statement
    #[arg(long)]
    pub strict: bool,
}

/// The folder of a pack.
#[derive(Debug, Clone, Args)]
pub struct PackFolder {
    /// Folder of the pack [default: the built-in pack]
    #[arg(value_name = "DIR")]
    pub folder: Option<PathBuf>,
}
