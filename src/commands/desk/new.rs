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
use crate::storage::line_reader::{Chunk, LineReader, MAX_LINE_BYTES};
use crate::storage::read_text;
use serde_json::json;

/// Bytes to read at a time. A line that is complete is not kept waiting for more.
const READ_BYTES: usize = 64 * 1024;

pub(super) fn run(options: &DeskOptions, args: &NewArgs) -> Result<(), Error> {
    let mut desk = open(options)?;
    let files = pack_files(args.pack.pack.as_ref())?;
    let pack = Pack::load(&files)?;
    if options.clinic.is_none() {
        print_note(&format!("the clinic is {}", folder_text(&desk)));
    }
    if args.each {
        return store_each(&mut desk, options, args, (&files, &pack));
    }
    let (name, text) = read_text(Some(&args.answers))?;
    let number = store_intake(&mut desk, options, args, (&files, &pack), (&name, 0), &text)?;
    print_or_note(&format!("{number}\n"), &stored_message(number))
}

/// Stores an intake from each line as soon as the line is read, and prints its number or the error.
fn store_each(desk: &mut Desk, options: &DeskOptions, args: &NewArgs, pack: (&PackFiles, &Pack)) -> Result<(), Error> {
    let mut reader = LineReader::open(Some(&args.answers), READ_BYTES)?;
    let (mut chunk, mut stored, mut rejected) = (Chunk::default(), 0_usize, 0_usize);
    while reader.next(&mut chunk)? {
        for (line, bytes) in chunk.lines().filter(|(_, line)| !line.is_some_and(|line| line.trim_ascii().is_empty())) {
            let mut message = format!("rejected: line {line}");
            let result = match store_line(desk, options, args, pack, line, bytes) {
                Ok(number) => {
                    stored += 1;
                    message = stored_message(number);
                    json!({ "line": line, "number": number })
                }
                // The store would fail for the next line too.
                Err(error) if matches!(error.kind, ErrorKind::Failed | ErrorKind::Damaged) => return Err(error),
                Err(error) => {
                    rejected += 1;
                    json!({ "line": line, "error": error.message })
                }
            };
            print_or_note(&format!("{}\n", escape_json(&result.to_string())), &message)?;
        }
    }
    if rejected == 0 {
        return Ok(());
    }
    let lines = if rejected == 1 { "1 line was".to_owned() } else { format!("{rejected} lines were") };
    let others = if stored == 0 { "nothing was stored" } else { "the other lines are stored" };
    Err(Error::input(format!("{lines} rejected")).hint(format!("see the errors on standard output; {others}")))
}

/// Stores an intake from one line; `None` is a line that is too long.
fn store_line(
    desk: &mut Desk,
    options: &DeskOptions,
    args: &NewArgs,
    pack: (&PackFiles, &Pack),
    number: u64,
    bytes: Option<&[u8]>,
) -> Result<u64, Error> {
    let bytes = bytes.ok_or_else(|| Error::input(format!("the line has more than {MAX_LINE_BYTES} bytes")))?;
    let text = std::str::from_utf8(bytes).map_err(|_| Error::input("the line is not UTF-8 text"))?;
    let before = usize::try_from(number - 1).unwrap_or(usize::MAX);
    store_intake(desk, options, args, pack, (&format!("line {number}"), before), text)
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
