//! `preconsult fhir …`: what may be written.

#[cfg(feature = "push")]
use super::number::in_range;
use super::output::date;
use super::{ConfigArgs, IntakeArgs, PackArgs};
use chrono::NaiveDate;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// What can be done with FHIR.
#[derive(Debug, Clone, Subcommand)]
pub enum FhirCommand {
    /// Print a pack as a FHIR R4 Questionnaire, for form fillers
    #[command(after_help = "Examples:
  preconsult fhir questionnaire > questionnaire.json
  preconsult fhir questionnaire --lang es --with-codesystem
  preconsult pack check mine --fhir          whether FHIR can say it all

Status is `active` once somebody has reviewed the pack, else `draft`. Where the addresses of the resources start is \
`fhir_base` of the settings; without it they are urn:uuid: names that follow from the pack's.")]
    Questionnaire(QuestionnaireArgs),
    /// Print answers as a FHIR R4 QuestionnaireResponse
    #[command(after_help = "Examples:
  preconsult fhir response answers.json > response.json
  other-program | preconsult fhir response -

Skipped, declined, \"not sure\" and not asked stay apart: declined is HL7's asked-declined, skipped an extension of our own, \
and what was not asked is not there. `authored` is midnight UTC of the day of the interview.")]
    Response(ResponseArgs),
    /// Print a copy of the summary as a FHIR R4 document: sections, answers, the printed page, and where each line comes from
    #[command(after_help = "Examples:
  preconsult fhir document answers.json > summary.fhir.json
  preconsult fhir document answers.json --copy clinician --label A12
  preconsult summarize answers.json --format pdf,fhir --copy both

The page inside is the PDF; in a build without it, the text. Ids follow from the content and moments are midnight UTC of the \
summary's day, so the same answers give the same bytes.")]
    Document(DocumentArgs),
    /// Print the answers file of a QuestionnaireResponse that another form filler wrote
    #[command(after_help = "Examples:
  preconsult fhir import response.json > answers.json
  preconsult fhir import response.json | preconsult summarize
  preconsult fhir import response.json --strict > answers.json

What fits the pack is kept and printed. What does not is reported with its place, and left out: unknown items, values of \
another type, options that are not offered, answers to questions that were not to be asked. The exit code is 0 all the same, \
so that the answers that fit can be used; with --strict any report makes it 2, and nothing is printed.")]
    Import(ImportArgs),
    /// Send a document or a response to a FHIR server: the one command that uses the network
    #[cfg(feature = "push")]
    #[command(after_help = "Examples:
  preconsult fhir push https://fhir.example/r4 a12.fhir.json --token-file token
  preconsult fhir push https://fhir.example/r4 response.json --ask-token
  preconsult fhir push https://fhir.example/r4 summary.fhir.json --dry-run

What is sent is created unless it is there already, so a second try makes no double. A server that is busy, slow or gone is \
tried again until --give-up-after; then the exit code is 1, and the file is kept. Addresses have to be https:, but for a \
server on this machine. A token is read from a file or asked for, never from the command line.")]
    Push(PushArgs),
}

/// The options of `fhir questionnaire`.
#[derive(Debug, Clone, Args)]
pub struct QuestionnaireArgs {
    /// The pack.
    #[command(flatten)]
    pub pack: PackArgs,
    /// The settings.
    #[command(flatten)]
    pub config: ConfigArgs,
    /// Print a Bundle with the CodeSystem of the options beside the Questionnaire
    #[arg(long)]
    pub with_codesystem: bool,
    /// The day of publication, as YYYY-MM-DD; without it, that of the pack's review, else today
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub date: Option<NaiveDate>,
}

/// The options of `fhir response`.
#[derive(Debug, Clone, Args)]
pub struct ResponseArgs {
    /// The answers file; - or nothing is standard input
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// The pack.
    #[command(flatten)]
    pub pack: PackArgs,
    /// The settings.
    #[command(flatten)]
    pub config: ConfigArgs,
    /// What stands beside the answers.
    #[command(flatten)]
    pub beside: IntakeArgs,
}

/// The options of `fhir document`.
#[derive(Debug, Clone, Args)]
pub struct DocumentArgs {
    /// The answers and what is known of them.
    #[command(flatten)]
    pub response: ResponseArgs,
    /// For whom: patient or clinician
    #[arg(long, value_name = "WHO", value_parser = ["patient", "clinician"])]
    pub copy: Option<String>,
}

/// The options of `fhir import`.
#[derive(Debug, Clone, Args)]
pub struct ImportArgs {
    /// The response, or a Bundle with one; - or nothing is standard input
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// The pack.
    #[command(flatten)]
    pub pack: PackArgs,
    /// The settings.
    #[command(flatten)]
    pub config: ConfigArgs,
    /// Refuse the whole response if anything of it does not fit
    #[arg(long)]
    pub strict: bool,
}

/// The options of `fhir push`.
#[cfg(feature = "push")]
#[derive(Debug, Clone, Args)]
pub struct PushArgs {
    /// The server's FHIR address: it ends where the kinds of resources begin
    #[arg(value_name = "URL")]
    pub url: String,
    /// What to send: a file that `fhir document`, `fhir response` or `--format fhir` made
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// A file with the bearer token, on one line
    #[arg(long, value_name = "FILE", conflicts_with = "ask_token")]
    pub token_file: Option<PathBuf>,
    /// Ask for the bearer token; it is not shown
    #[arg(long)]
    pub ask_token: bool,
    /// A file with the certificates (PEM) to trust instead of the usual ones
    #[arg(long, value_name = "FILE")]
    pub ca_file: Option<PathBuf>,
    /// How long one try may take, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = in_range::<u64>(1..=600))]
    pub timeout: u64,
    /// How long to go on trying, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 120, value_parser = in_range::<u64>(1..=3600))]
    pub give_up_after: u64,
    /// Print what would be sent and where, and connect to nobody
    #[arg(long)]
    pub dry_run: bool,
}
