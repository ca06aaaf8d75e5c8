//! `preconsult fhir`: questionnaires, answers and summaries in FHIR.

mod document;
mod import;
#[cfg(feature = "push")]
mod push;
mod questionnaire;
mod response;

use crate::cli::FhirCommand;
use crate::error::Error;

pub(super) fn run(command: &FhirCommand) -> Result<(), Error> {
    match command {
        FhirCommand::Questionnaire(args) => questionnaire::run(args),
        FhirCommand::Response(args) => response::run(args),
        FhirCommand::Document(args) => document::run(args),
        FhirCommand::Import(args) => import::run(args),
        #[cfg(feature = "push")]
        FhirCommand::Push(args) => push::run(args),
    }
}
