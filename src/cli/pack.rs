//! `preconsult pack …`: what may be written.

use super::output::date;
use chrono::NaiveDate;
use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// What can be done with packs.
#[derive(Debug, Clone, Subcommand)]
pub enum PackCommand {
    /// Make a pack of your own: a small one about chairs with a tutorial in its README.md, or a copy of the built-in one
    #[command(after_help = "Examples:
  preconsult pack new eye-clinic                 a small one, to learn from
  preconsult pack new mine --from microneedling  the built-in one, to change")]
    New {
        /// Copy the built-in pack instead
        #[arg(long, value_name = "PACK", value_parser = PossibleValuesParser::new([crate::pack::BUILT_IN]))]
        from: Option<String>,
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
  preconsult pack check mine --fhir          also what FHIR R4 could not say

Beside what makes a pack load, it proves over all possible answers that every question can be asked, every rule \
can fire and every statement can be printed, and looks at the language. Warnings are for reviews past their day.")]
    Check(CheckArgs),
    /// Run the pack's own cases: answers, and exactly what is printed and why
    #[command(after_help = "Examples:
  preconsult pack test rules/microneedling
  preconsult pack test mine --strict         fail where something has no case
  preconsult pack test --json > report.json")]
    Test(TestArgs),
    /// Print the whole table from concern to source item, for sign-off
    #[command(after_help = "Examples:
  preconsult pack show rules/microneedling
  preconsult pack show --html sign-off.html
  preconsult pack show --questions           every question with its codes")]
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
        /// The day of that page, as YYYY-MM-DD, for reviews past due; without it, today
        #[arg(long, value_name = "DATE", value_parser = date, requires = "html")]
        date: Option<NaiveDate>,
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
    /// Print JSON Schema for the files of a pack, for answers files and for summaries
    #[command(after_help = "Examples:
  preconsult pack schema                     all of them, by file
  preconsult pack schema --out mine/schema   each as a file, for editors
  preconsult pack schema rules > rules.schema.json
  preconsult pack schema answers             what `summarize` reads")]
    Schema {
        /// One of: pack, questions, statements, rules, language, case, answers, summary
        #[arg(value_name = "FILE", value_parser = PossibleValuesParser::new(["pack", "questions", "statements", "rules", "language", "case", "answers", "summary"]))]
        file: Option<String>,
        /// Write each into this folder instead, as `FILE.schema.json`
        #[arg(long, value_name = "DIR", conflicts_with = "file")]
        out: Option<PathBuf>,
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
    /// Refuse also what FHIR R4 could not say of the questions
    #[arg(long)]
    pub fhir: bool,
    /// Explain a code and its fix instead of checking
    #[arg(long, value_name = "CODE", conflicts_with_all = ["folder", "verbose", "strict", "date", "fhir"])]
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
