//! `preconsult fhir document`: a copy of the summary, the answers and the printed page in one file.

use super::super::summarize;
use crate::cli::{DocumentArgs, OutputArgs, ResponseArgs, SummarizeArgs};
use crate::error::Error;
use crate::render::Format;

pub(super) fn run(args: &DocumentArgs) -> Result<(), Error> {
    let ResponseArgs { file, pack, config, label, date, filled_in_by } = args.response.clone();
    let output = OutputArgs {
        config,
        out: None,
        format: vec![Format::Fhir],
        copy: Some(args.copy.clone().unwrap_or_else(|| "patient".to_owned())),
        label,
        date,
        print: None,
        filled_in_by,
    };
    summarize::run(&SummarizeArgs { file, pack, output, stdout: true })
}
