//! The subcommands of the program, one file each.

mod ask;
mod batch;
#[cfg(feature = "serve")]
mod certificate;
mod completions;
mod config;
mod core_dumps;
#[cfg(feature = "desk")]
mod desk;
mod drafts;
mod error_text;
mod explain;
mod fhir;
mod form;
mod interrupts;
mod interview_notes;
mod man;
mod output_plan;
mod pack;
#[cfg(any(feature = "desk", feature = "push"))]
mod password_prompt;
mod prompter;
#[cfg(feature = "serve")]
mod serve;
mod summarize;
mod trial_page;

use crate::cli::{Cli, Command, PackArgs};
use crate::error::Error;
use crate::messages::Messages;
use crate::pack::{Language, Pack, PackFiles};
use crate::printable::{Printable, indented_json};
use crate::storage::pack_folder;
use crate::wrap::OutputStyle;
use chrono::{DateTime, FixedOffset, NaiveDate};
use clap::error::{ContextKind, ContextValue};
use error_text::io::io_reason;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Runs the command that the command line names.
///
/// # Errors
/// Returns the error of the command.
pub fn run(cli: Cli) -> Result<(), Error> {
    core_dumps::forbid_core_dumps();
    match cli.command {
        None => ask::run(&cli.ask),
        Some(Command::Ask(args)) => ask::run(&args),
        Some(Command::Summarize(args)) => summarize::run(&args),
        Some(Command::Batch(args)) => batch::run(&args),
        Some(Command::Form(args)) => form::run(&args),
        Some(Command::Explain(args)) => explain::run(&args),
        Some(Command::Config(command)) => config::run(command),
        Some(Command::Drafts(command)) => drafts::run(&command),
        Some(Command::Fhir(command)) => fhir::run(&command),
        #[cfg(feature = "desk")]
        Some(Command::Desk(args)) => desk::run(&args),
        #[cfg(feature = "serve")]
        Some(Command::Serve(args)) => serve::run(&args),
        Some(Command::Pack(command)) => pack::run(command),
        Some(Command::Completions { shell }) => completions::run(shell),
        Some(Command::Man { command }) => man::run(&command),
    }
}

/// Returns the output style of standard error.
#[must_use]
pub fn stderr() -> OutputStyle {
    output_style(&std::io::stderr())
}

/// Returns the output style of standard output.
fn stdout() -> OutputStyle {
    output_style(&std::io::stdout())
}

fn output_style(stream: &impl IsTerminal) -> OutputStyle {
    if !stream.is_terminal() {
        return OutputStyle::PLAIN;
    }
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let colour = !is_set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|term| term != "dumb");
    OutputStyle { colour, width: Some(crate::ask::terminal::width()) }
}

/// Prints to standard output. A closed pipe is not an error.
fn print(bytes: &[u8]) -> Result<(), Error> {
    print_localized(bytes, &Messages::default())
}

/// Prints like [`print()`], with errors in the language of `words`.
fn print_localized(bytes: &[u8], words: &Messages) -> Result<(), Error> {
    flush_stdout(std::io::stdout().write_all(bytes), words)
}

/// Prints sentences to standard output, wrapped to the width of a terminal.
fn print_flowing(text: &str) -> Result<(), Error> {
    print(stdout().wrap(Printable::fragment(text).as_str(), 2).as_bytes())
}

/// Prints a value as indented JSON to standard output.
fn print_json(value: &serde_json::Value) -> Result<(), Error> {
    print(indented_json(value).as_bytes())
}

/// Reports an error of the command line, and returns its exit code.
#[must_use]
pub fn print_usage_error(error: clap::Error) -> ExitCode {
    let error = with_printable_context(error);
    let (style, message) = (stderr(), error.render());
    let message = if style.colour { message.ansi().to_string() } else { message.to_string() };
    // If standard error is closed, there is no other place to report it.
    let _ = write!(std::io::stderr(), "{}", style.wrap(&message, 2));
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

/// Cleans what an error of the command line quotes: a file name may contain escape sequences.
fn with_printable_context(mut error: clap::Error) -> clap::Error {
    let clean = |text: &str| Printable::line(text).to_string();
    let context: Vec<(ContextKind, ContextValue)> = error
        .context()
        .filter_map(|(kind, value)| match value {
            ContextValue::String(text) => Some((kind, ContextValue::String(clean(text)))),
            ContextValue::Strings(texts) => {
                Some((kind, ContextValue::Strings(texts.iter().map(|text| clean(text)).collect())))
            }
            // The other values are the program's own.
            _ => None,
        })
        .collect();
    for (kind, value) in context {
        error.insert(kind, value);
    }
    error
}

/// Prints the requested help or version.
///
/// # Errors
/// Returns an error if standard output cannot be written.
pub fn print_help(help: &clap::Error) -> Result<(), Error> {
    flush_stdout(help.print(), &Messages::default())
}

/// Flushes standard output after a write, and words the error of either. A closed pipe is not an error.
fn flush_stdout(result: std::io::Result<()>, words: &Messages) -> Result<(), Error> {
    match result.and_then(|()| std::io::stdout().flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(stdout_error(&error, words)),
        _ => Ok(()),
    }
}

fn stdout_error(error: &std::io::Error, words: &Messages) -> Error {
    Error::failed(words.format("not-printed", [("why", io_reason(error, words).into())]))
        .hint(words.get("not-printed-way-out"))
        .localized(words)
}

/// Prints the result of a completed action. If that fails, prints `done` as a note, so that the action is not repeated.
#[cfg(any(feature = "desk", feature = "serve"))]
fn print_or_note(text: &str, done: &str) -> Result<(), Error> {
    print(text.as_bytes()).inspect_err(|_| print_note(done))
}

/// Prints the path of a written file or folder.
fn print_path(path: &Path) -> Result<(), Error> {
    print_path_localized(path, &Messages::default())
}

/// Prints like [`print_path`], with errors in the language of `words`.
fn print_path_localized(path: &Path, words: &Messages) -> Result<(), Error> {
    // A script needs the exact name; a terminal must not obey it.
    let exact = path.display().to_string();
    let shown = if std::io::stdout().is_terminal() { Printable::path(path).to_string() } else { exact };
    let result = print_localized(format!("{shown}\n").as_bytes(), words);
    result.inspect_err(|_| print_note(&written_anyway_localized(path, words)))
}

fn written_anyway(path: &Path) -> String {
    written_anyway_localized(path, &Messages::default())
}

fn written_anyway_localized(path: &Path, words: &Messages) -> String {
    words.format("written-all-the-same", [("path", Printable::path(path).to_string().into())])
}

/// Prints a note to standard error, wrapped to the width of a terminal.
fn print_note(text: &str) {
    print_lines(&stderr().wrap(Printable::fragment(text).as_str(), 0));
}

/// Prints text to standard error that is wrapped already.
fn print_lines(text: &str) {
    // In raw mode a terminal does not return to the start of the next line by itself.
    let text = if std::io::stderr().is_terminal() { text.replace('\n', "\r\n") + "\r" } else { text.to_owned() };
    // If standard error is closed, there is no other place to report it.
    let _ = writeln!(std::io::stderr(), "{text}");
}

fn pack_files(folder: Option<&PathBuf>) -> Result<PackFiles, Error> {
    Ok(folder.map_or_else(|| Ok(crate::pack::built_in()), |folder| pack_folder::read(folder))?)
}

fn load_pack(args: &PackArgs) -> Result<Pack, Error> {
    Ok(match &args.pack {
        Some(folder) => Pack::load(&pack_folder::read(folder)?)?,
        None => Pack::built_in()?,
    })
}

fn today() -> NaiveDate {
    now().date_naive()
}

fn now() -> DateTime<FixedOffset> {
    chrono::Local::now().fixed_offset()
}

/// Sets the label from the command line in the interview.
fn apply_label(interview: &mut crate::interview::Interview<'_>, label: Option<&str>) -> Result<(), Error> {
    let Some(label) = label else { return Ok(()) };
    let hint = "use a chosen name or a clinic's code, on one line";
    if label.trim().contains(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']) {
        return Err(Error::input("--label: the text has a line break").hint(hint));
    }
    set_label(interview, label, &Messages::default())
        .map_err(|reason| Error::input(format!("--label: {reason}")).hint(hint))
}

/// Returns the label that is set in the interview.
#[cfg(feature = "desk")]
fn label_of(interview: &crate::interview::Interview<'_>) -> Option<String> {
    let slot = crate::intake::label_slot(interview.pack())?;
    match interview.answers().get(&slot)? {
        crate::answer::Answer::Value(crate::answer::AnswerValue::Text(label)) => Some(label.clone()),
        _ => None,
    }
}

/// Sets the label in the interview; the error is the reason, in the language of `words`.
fn set_label(interview: &mut crate::interview::Interview<'_>, label: &str, words: &Messages) -> Result<(), String> {
    let pack = interview.pack();
    interview.label(label.to_owned()).map_err(|refusal| match pack.with_role(crate::pack::Role::Label) {
        Some(_) if refusal == crate::interview::AnswerError::Empty => "the text is empty".to_owned(),
        Some(question) => {
            crate::interview::refusal_message(words, &refusal, &pack.questions[question], Language::default())
        }
        None => "the pack has no question for a label".to_owned(),
    })
}
