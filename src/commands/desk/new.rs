//! `preconsult desk new`: an intake from answers that are there already.

use super::open_desk::{audit_note, open};
use super::report::{answers_error, redact_answers};
use crate::cli::{DeskOptions, NewArgs};
use crate::commands::{apply_label, now, pack_files, print_or_note};
use crate::desk::{Desk, FinishedIntake};
use crate::diagnostics::Diagnostics;
use crate::error::{Error, ErrorKind};
use crate::interview::{AnswersFile, Completeness, Interview};
use crate::pack::{Pack, PackFiles};
use crate::storage::read_text;
use serde_json::json;

pub(super) fn run(at: &DeskOptions, args: &NewArgs) -> Result<(), Error> {
    let mut desk = open(at)?;
    let files = pack_files(args.pack.pack.as_ref())?;
    let pack = Pack::load(&files)?;
    let (name, text) = read_text(Some(&args.answers))?;
    if !args.each {
        let number = take(&mut desk, at, args, (&files, &pack), (&name, 0), &text)?;
        return print_or_note(&format!("{number}\n"), &all_the_same(number));
    }
    let (mut kept, mut failed) = (0_usize, 0_usize);
    for (at_line, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let name = format!("{name} (line {})", at_line + 1);
        let mut done = format!("refused: line {}", at_line + 1);
        let told = match take(&mut desk, at, args, (&files, &pack), (&name, at_line), line) {
            Ok(number) => {
                kept += 1;
                done = all_the_same(number);
                json!({ "line": at_line + 1, "number": number })
            }
            // What the store cannot do now it cannot do for the next line either.
            Err(error) if matches!(error.kind, ErrorKind::Failed | ErrorKind::Damaged) => return Err(error),
            Err(error) => {
                failed += 1;
                json!({ "line": at_line + 1, "error": error.message })
            }
        };
        print_or_note(&format!("{told}\n"), &done)?;
    }
    if failed == 0 {
        return Ok(());
    }
    let (lines, each) =
        if failed == 1 { ("1 line was", "it says") } else { (&*format!("{failed} lines were"), "each says") };
    let others = if kept == 0 { "nothing was kept" } else { "the others are kept" };
    Err(Error::input(format!("{lines} refused")).hint(format!("{each} why; {others}")))
}

fn all_the_same(number: u64) -> String {
    format!("kept all the same: intake {number}")
}

/// Takes one intake from a text that begins after so many lines of a file, and gives its number: when this returns it is on
/// the disk.
fn take(
    desk: &mut Desk,
    at: &DeskOptions,
    args: &NewArgs,
    (files, pack): (&PackFiles, &Pack),
    (name, line): (&str, usize),
    text: &str,
) -> Result<u64, Error> {
    let told =
        |problems: Diagnostics| if args.each { redact_answers(&problems, line) } else { answers_error(problems) };
    let mut file = AnswersFile::read(pack, name, text, Completeness::Complete).map_err(told)?;
    let mut interview = Interview::new(pack, std::mem::take(&mut file.answers));
    apply_label(&mut interview, args.metadata.label.as_deref())?;
    let finished = interview.finish().map_err(|_| Error::input("a required question has no answer"))?;
    let started = now();
    file.language = args.pack.lang.clone().or(file.language);
    file.date = args.metadata.date.or(file.date).or(Some(started.date_naive()));
    file.filled_in_by = args.metadata.filled_in_by.or(file.filled_in_by);
    let note = audit_note(at, None);
    let number = desk.begin(started, &note)?;
    let interviewed = FinishedIntake { finished: &finished, beside: file, pack: Some(files), started };
    desk.finish(number, 1, interviewed, now(), &note)
        .map_err(|error| Error::from(error).with_context(&format!("intake {number} is begun, and not finished")))?;
    Ok(number)
}
