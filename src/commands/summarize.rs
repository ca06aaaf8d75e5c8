//! `preconsult summarize`: writes a summary from an answers file, without prompts.

use super::{apply_label, load_pack, output_plan::OutputJob, print_note};
use crate::cli::{PackArgs, SummarizeArgs};
use crate::error::Error;
use crate::interview::{AnswersFile, Completeness, Finished, Interview};
use crate::messages::Messages;
use crate::pack::Pack;
use crate::storage::{config_file, read_text};
use std::path::Path;

pub(super) fn run(args: &SummarizeArgs) -> Result<(), Error> {
    let (pack, file) = read(&args.pack, args.file.as_deref())?;
    let settings = config_file::load(args.output.config.config.as_deref())?;
    let page = OutputJob::new(&pack, &settings, &args.pack, &args.output, &file)?;
    let finished = finish(&pack, file, args.output.metadata.label.as_deref())?;
    if args.stdout {
        page.write_stdout(&finished, &args.output.format)
    } else {
        let words = Messages::default();
        page.send_to_printer(page.write_files(&finished, None, &words)?, &words)
    }
}

/// Finishes the interview with these answers.
pub(super) fn finish<'p>(pack: &'p Pack, file: AnswersFile, label: Option<&str>) -> Result<Finished<'p>, Error> {
    let mut interview = Interview::new(pack, file.answers);
    apply_label(&mut interview, label)?;
    interview.finish().map_err(|_| Error::input("a required question has no answer"))
}

/// Reads a pack and a complete answers file for it.
pub(super) fn read(pack: &PackArgs, file: Option<&Path>) -> Result<(Pack, AnswersFile), Error> {
    let pack = load_pack(pack)?;
    let (name, text) = read_text(file)?;
    let file = AnswersFile::read(&pack, &name, &text, Completeness::Complete)?;
    if let Some(version) = file.pack_version.as_ref().filter(|version| **version != pack.version) {
        let version = crate::printable::Printable::line(&crate::diagnostics::shortened(version));
        print_note(&format!(
            "note: these answers are for version {version} of the pack; they all fit version {}",
            pack.version
        ));
    }
    Ok((pack, file))
}
