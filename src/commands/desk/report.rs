//! Output of the desk's commands other than records: results for scripts, damage, and problems in answers.

use crate::commands::error_text::desk::damaged;
use crate::commands::{print_or_note, stderr};
use crate::desk::DeskError;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::error::Error;
use crate::printable::{Printable, indented_json};
use serde_json::Value;

/// Prints a result as JSON. If that fails, it prints `done` on standard error, because the action is complete.
pub(super) fn print_json(value: &Value, done: &str) -> Result<(), Error> {
    print_or_note(&indented_json(value), done)
}

/// Returns an error that lists everything damaged. Commands call it after printing the rest.
pub(super) fn fail_if_damaged(errors: &[DeskError]) -> Result<(), Error> {
    if errors.is_empty() {
        return Ok(());
    }
    let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
    Err(damaged(format!("not everything could be read: {}", errors.join("; "))))
}

/// Returns the error for an answers file: on a terminal with all details, elsewhere without answers, because standard
/// error may go to a log.
pub(super) fn answers_error(problems: Diagnostics) -> Error {
    if stderr().width.is_some() { problems.into() } else { redact_answers(&problems, 0) }
}

/// Returns the error for an answers file with positions and codes only, so that it quotes no answers. The parsed text
/// begins after `lines_before` lines of the file.
pub(super) fn redact_answers(problems: &Diagnostics, lines_before: usize) -> Error {
    let place = |problem: &Diagnostic| {
        let path = problem.path.as_deref().unwrap_or("$");
        // The name of a missing field reveals no answer.
        let what = if problem.code == "missing-field" { &problem.message } else { problem.code };
        format!("line {}, column {}: {what} at {path}", lines_before + problem.line, problem.column)
    };
    let places: Vec<String> = problems.list().iter().map(place).collect();
    let more = problems.count() - places.len();
    let more = if more > 0 { format!("; and {more} more") } else { String::new() };
    let places = Printable::line(&(places.join("; ") + &more));
    Error::input(format!("the answers do not fit the pack: {places}"))
        .hint("run `preconsult summarize FILE --stdout` to see each problem with its line")
}
