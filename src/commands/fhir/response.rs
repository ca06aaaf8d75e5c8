//! `preconsult fhir response`: writes answers as a response for the clinic's other systems.

use super::super::{apply_label, output_plan::language, print, summarize, today};
use crate::cli::ResponseArgs;
use crate::error::Error;
use crate::fhir::{ResponseMetadata, response};
use crate::interview::Interview;
use crate::storage::config_file;

pub(super) fn run(args: &ResponseArgs) -> Result<(), Error> {
    let (pack, file) = summarize::read(&args.pack, args.file.as_deref())?;
    let config = config_file::load(args.config.config.as_deref())?.config;
    let base = config.fhir();
    let languages = [args.pack.lang.as_deref(), file.language.as_deref(), config.language.as_deref()];
    let metadata = ResponseMetadata {
        base: &base,
        date: args.metadata.date.or(file.date).unwrap_or_else(today),
        asked_in: language(&pack, languages)?,
        filled_in_by: args.metadata.filled_in_by.or(file.filled_in_by),
        id: file.id.as_deref(),
        unassigned: &file.unassigned,
    };
    let mut interview = Interview::new(&pack, file.answers);
    apply_label(&mut interview, args.metadata.label.as_deref())?;
    let finished = interview.finish().map_err(|_| Error::input("a required question has no answer"))?;
    print(response(&finished, metadata)?.as_bytes())
}
