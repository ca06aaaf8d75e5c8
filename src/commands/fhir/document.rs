//! `preconsult fhir document`: writes a copy of the summary, the answers and the printed page to one Bundle.

use super::super::summarize;
use crate::cli::{DocumentArgs, OutputArgs, ResponseArgs, SummarizeArgs};
use crate::error::Error;
use crate::export::Format;

pub(super) fn run(args: &DocumentArgs) -> Result<(), Error> {
    let ResponseArgs { file, pack, config, metadata } = args.response.clone();
    let output = OutputArgs {
        config,
        out: None,
        format: vec![Format::Fhir],
        copy: Some(args.copy.clone().unwrap_or_else(|| "patient".to_owned())),
        large_print: false,
        metadata,
        print: None,
    };
    summarize::run(&SummarizeArgs { file, pack, output, stdout: true })
}
