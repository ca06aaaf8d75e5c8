//! `preconsult desk new`: stores intakes from answers files.

use super::open_desk::{audit_note, folder_text, open};
use super::report::{answers_error, redact_answers};
use crate::cli::{DeskOptions, NewArgs};
use crate::commands::{apply_label, now, pack_files, print_note, print_or_note};
use crate::desk::{Desk, FinishedIntake};
use crate::diagnostics::Diagnostics;
use crate::error::{Error, ErrorKind};
use crate::interview::{AnswersFile, Completeness, Interview};
use crate::pack::{Pack, PackFiles};
use crate::printable::escape_json;
use crate::storage::read_text;
use serde_json::json;

pub(super) fn run(options: &DeskOptions, args: &NewArgs) -> Result<(), Error> {
    let mut desk = open(options)?;
    let files = pack_files(args.pack.pack.as_ref())?;
    let pack = Pack::load(&files)?;
    if options.clinic.is_none() {
        print_note(&format!("the clinic is {}", folder_text(&desk)));
    }
    let (name, text) = read_text(Some(&args.answers))?;
    if !args.each {
        let number = store_intake(&mut desk, options, args, (&files, &pack), (&name, 0), &text)?;
        return print_or_note(&format!("{number}\n"), &stored_message(number));
    }
    let (mut stored, mut rejected) = (0_usize, 0_usize);
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let name = format!("{name} (line {})", index + 1);
        let mut message = format!("rejected: line {}", index + 1);
        let result = match store_intake(&mut desk, options, args, (&files, &pack), (&name, index), line) {
            Ok(number) => {
                stored += 1;
                message = stored_message(number);
                json!({ "line": index + 1, "number": number })
            }
            // The store would fail for the next line too.
            Err(error) if matches!(error.kind, ErrorKind::Failed | ErrorKind::Damaged) => return Err(error),
            Err(error) => {
                rejected += 1;
                json!({ "line": index + 1, "error": error.message })
            }
        };
        print_or_note(&format!("{}\n", escape_json(&result.to_string())), &message)?;
    }
    if rejected == 0 {
        return Ok(());
    }
    let lines = if rejected == 1 { "1 line was".to_owned() } else { format!("{rejected} lines were") };
    let others = if stored == 0 { "nothing was stored" } else { "the other lines are stored" };
    Err(Error::input(format!("{lines} rejected")).hint(format!("see the errors on standard output; {others}")))
}

/// Names a stored intake, for the case that its number cannot be printed.
fn stored_message(number: u64) -> String {
    format!("still stored: intake {number}")
}

/// Stores an intake from an answers file, durably, and returns its number. The text begins after `line` lines of the
/// file `name`.
fn store_intake(
    desk: &mut Desk,
    options: &DeskOptions,
    args: &NewArgs,
    (files, pack): (&PackFiles, &Pack),
    (name, line): (&str, usize),
    text: &str,
) -> Result<u64, Error> {
    let to_error =
        |problems: Diagnostics| if args.each { redact_answers(&problems, line) } else { answers_error(problems) };
    let mut file = AnswersFile::read(pack, name, text, Completeness::Complete).map_err(to_error)?;
    let mut interview = Interview::new(pack, std::mem::take(&mut file.answers));
    apply_label(&mut interview, args.metadata.label.as_deref())?;
    let finished = interview.finish().map_err(|_| Error::input("a required question has no answer"))?;
    let started = now();
    file.language = args.pack.lang.clone().or(file.language);
    file.date = args.metadata.date.or(file.date).or(Some(started.date_naive()));
    file.filled_in_by = args.metadata.filled_in_by.or(file.filled_in_by);
    let note = audit_note(options, None);
    let number = desk.begin(started, &note)?;
    let interviewed = FinishedIntake { finished: &finished, file, pack: Some(files), started };
    desk.finish(number, 1, interviewed, now(), &note)
        .map_err(|error| Error::from(error).with_context(&format!("intake {number} is begun but not finished")))?;
    Ok(number)
}
