//! The options of `preconsult fhir`.

#[cfg(feature = "push")]
use super::number::in_range;
use super::output::date;
use super::{ConfigArgs, IntakeArgs, PackArgs};
use chrono::NaiveDate;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// The subcommands of `fhir`.
#[derive(Debug, Clone, Subcommand)]
pub enum FhirCommand {
    /// Print a pack as a FHIR R4 Questionnaire, for form fillers
    #[command(after_help = "Examples:
  preconsult fhir questionnaire > questionnaire.json
  preconsult fhir questionnaire --lang es --with-codesystem
  preconsult pack check mine --fhir          report what FHIR cannot express

The status is `active` if the pack has been reviewed, else `draft`. The addresses of the resources begin with \
`fhir_base` of the settings; without it they are urn:uuid: names derived from the pack's id.")]
    Questionnaire(QuestionnaireArgs),
    /// Print answers as a FHIR R4 QuestionnaireResponse
    #[command(after_help = "Examples:
  preconsult fhir response answers.json > response.json
  other-program | preconsult fhir response -

Skipped, declined, \"not sure\", not readable and not asked remain distinct: declined is HL7's asked-declined, not readable is \
HL7's error, skipped is an extension of this program, and questions that were not asked are absent. `authored` is the day of \
the interview.")]
    Response(ResponseArgs),
    /// Print a copy of the summary as a FHIR R4 document with answers, printed page and provenance
    #[command(after_help = "Examples:
  preconsult fhir document answers.json > summary.fhir.json
  preconsult fhir document answers.json --copy clinician --label A12
  preconsult summarize answers.json --format pdf,fhir --copy both

The embedded page is the PDF, or the text in a build without PDF. Ids are derived from the content, and instants are \
midnight UTC on the summary's date, so the same answers give the same bytes.")]
    Document(DocumentArgs),
    /// Convert a QuestionnaireResponse from another form filler to an answers file
    #[command(after_help = "Examples:
  preconsult fhir import response.json > answers.json
  preconsult fhir import response.json | preconsult summarize
  preconsult fhir import response.json --lenient > answers.json

If any part of the response does not fit the pack, each is listed with its place, nothing is printed and the exit code is 2: \
unknown items, values of the wrong type, options that are not offered, answers to questions that would not be asked. With \
--lenient they are listed too, and the answers file holds an answer that cannot be read as `unreadable`, with the words as \
they came. Answers that belong to no question are kept as `unassigned`. The summary prints both, and never as \"not asked\". \
A required question without an answer is `unreadable` too. An import fails even so if its concerns are missing or cannot be read.")]
    Import(ImportArgs),
    /// Send a document or a response to a FHIR server (the only command that uses the network)
    #[cfg(feature = "push")]
    #[command(after_help = "Examples:
  preconsult fhir push https://fhir.example/r4 a12.fhir.json --token-file token
  preconsult fhir push https://fhir.example/r4 response.json --ask-token
  preconsult fhir push https://fhir.example/r4 summary.fhir.json --dry-run

A resource is created only if the server does not have it yet, so sending again makes no duplicate. If the server is busy, \
slow or unreachable, the command retries until --give-up-after; then the exit code is 1 and the file is kept. Addresses must \
be https:, except for a server on this machine. A token is read from a file or prompted for, never from the command line.")]
    Push(PushArgs),
}

/// The options of `fhir questionnaire`.
#[derive(Debug, Clone, Args)]
pub struct QuestionnaireArgs {
    /// The pack and its language.
    #[command(flatten)]
    pub pack: PackArgs,
    /// The settings file.
    #[command(flatten)]
    pub config: ConfigArgs,
    /// Print a Bundle of the Questionnaire and the CodeSystem of its options
    #[arg(long)]
    pub with_codesystem: bool,
    /// Date of publication, as YYYY-MM-DD [default: the date of the pack's review, else today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub date: Option<NaiveDate>,
}

/// The options of `fhir response`.
#[derive(Debug, Clone, Args)]
pub struct ResponseArgs {
    /// Answers file, or - for standard input [default: standard input]
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// The pack and its language.
    #[command(flatten)]
    pub pack: PackArgs,
    /// The settings file.
    #[command(flatten)]
    pub config: ConfigArgs,
    /// The intake's label, date and author.
    #[command(flatten)]
    pub metadata: IntakeArgs,
}

/// The options of `fhir document`.
#[derive(Debug, Clone, Args)]
pub struct DocumentArgs {
    /// The answers and the data about the intake.
    #[command(flatten)]
    pub response: ResponseArgs,
    /// Copy to print [default: patient]
    #[arg(long, value_name = "WHO", value_parser = ["patient", "clinician"])]
    pub copy: Option<String>,
}

/// The options of `fhir import`.
#[derive(Debug, Clone, Args)]
pub struct ImportArgs {
    /// File with the response or a Bundle of one, or - for standard input [default: standard input]
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// The pack and its language.
    #[command(flatten)]
    pub pack: PackArgs,
    /// The settings file.
    #[command(flatten)]
    pub config: ConfigArgs,
    /// Print the answers that can be read, and keep the others as `unreadable`
    #[arg(long)]
    pub lenient: bool,
    /// Reject the whole response if any part of it does not fit (this is the default)
    #[arg(long, conflicts_with = "lenient")]
    pub strict: bool,
}

/// The options of `fhir push`.
#[cfg(feature = "push")]
#[derive(Debug, Clone, Args)]
pub struct PushArgs {
    /// FHIR base URL, without a resource type (`https://host/fhir`)
    #[arg(value_name = "URL")]
    pub url: String,
    /// File to send, written by `fhir document`, `fhir response` or `--format fhir`
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// File with the bearer token on one line
    #[arg(long, value_name = "FILE", conflicts_with = "ask_token")]
    pub token_file: Option<PathBuf>,
    /// Prompt for the bearer token, without showing it
    #[arg(long)]
    pub ask_token: bool,
    /// File with certificates (PEM) to trust instead of the usual ones
    #[arg(long, value_name = "FILE")]
    pub ca_file: Option<PathBuf>,
    /// Timeout of one attempt, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = in_range::<u64>(1..=600))]
    pub timeout: u64,
    /// Total time for attempts, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 120, value_parser = in_range::<u64>(1..=3600))]
    pub give_up_after: u64,
    /// Print what would be sent and where, without connecting
    #[arg(long)]
    pub dry_run: bool,
}
