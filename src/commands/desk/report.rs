//! What the desk's commands print besides records: results for scripts, damage, and faults in answers.

use crate::commands::error_text::desk::damaged;
use crate::commands::{print_or_note, stderr};
use crate::desk::DeskError;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::error::Error;
use crate::printable::Printable;
use serde_json::Value;

/// Prints the result of something that is done, for scripts.
pub(super) fn print_json(value: &Value, done: &str) -> Result<(), Error> {
    print_or_note(&format!("{value:#}\n"), done)
}

/// Reports what could not be read, after everything else was printed.
pub(super) fn fail_if_damaged(errors: &[DeskError]) -> Result<(), Error> {
    if errors.is_empty() {
        return Ok(());
    }
    let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
    Err(damaged(format!("not everything could be read: {}", errors.join("; "))))
}

/// The problems of an answers file: all of them on a terminal. Elsewhere standard error may end in a log, so no answer is
/// quoted.
pub(super) fn answers_error(problems: Diagnostics) -> Error {
    if stderr().width.is_some() { problems.into() } else { redact_answers(&problems, 0) }
}

/// The problems of answers without the answers: places and codes, and no line of the file. The text that was read begins
/// after `lines_before` lines of the file.
pub(super) fn redact_answers(problems: &Diagnostics, lines_before: usize) -> Error {
    let place = |problem: &Diagnostic| {
        let path = problem.path.as_deref().unwrap_or("$");
        // Which field is missing is no answer: the format has its name.
        let what = if problem.code == "missing-field" { &problem.message } else { problem.code };
        format!("line {}, column {}: {what} at {path}", lines_before + problem.line, problem.column)
    };
    let places: Vec<String> = problems.list().iter().map(place).collect();
    let places = Printable::line(&places.join("; "));
    Error::input(format!("the answers do not fit the pack: {places}"))
        .hint("`preconsult summarize FILE --stdout` shows each fault with its line")
}
