//! `preconsult fhir questionnaire`: writes a pack as a questionnaire for form fillers.

use super::super::{load_pack, output_plan::language, print, today};
use crate::cli::QuestionnaireArgs;
use crate::error::Error;
use crate::fhir::{QuestionnaireMetadata, questionnaire, questionnaire_with_codes};
use crate::storage::config_file;

pub(super) fn run(args: &QuestionnaireArgs) -> Result<(), Error> {
    let pack = load_pack(&args.pack)?;
    let config = config_file::load(args.config.config.as_deref())?.config;
    let base = config.fhir();
    let metadata = QuestionnaireMetadata {
        base: &base,
        language: language(&pack, [args.pack.lang.as_deref(), config.language.as_deref()])?,
        date: args.date.or(pack.review.on).unwrap_or_else(today),
        publisher: config.clinic.as_ref().map(crate::printable::Printable::as_str),
    };
    let text =
        if args.with_codesystem { questionnaire_with_codes(&pack, metadata)? } else { questionnaire(&pack, metadata)? };
    print(text.as_bytes())
}
