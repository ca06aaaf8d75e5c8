//! What the program does, one file a subcommand.

mod ask;
mod batch;
mod completions;
mod config;
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
mod summarize;
mod trial_page;

use crate::cli::{Cli, Command, PackArgs};
use crate::error::Error;
use crate::messages::Messages;
use crate::pack::{Language, Pack, PackFiles};
use crate::printable::Printable;
use crate::storage::pack_folder;
use crate::wrap::OutputStyle;
use chrono::{DateTime, FixedOffset, NaiveDate};
use error_text::io::io_reason;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Does what the command line says.
///
/// # Errors
/// Why not.
pub fn run(cli: Cli) -> Result<(), Error> {
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
        Some(Command::Pack(command)) => pack::run(command),
        Some(Command::Completions { shell }) => completions::run(shell),
        Some(Command::Man { command }) => man::run(&command),
    }
}

/// What standard error is.
#[must_use]
pub fn stderr() -> OutputStyle {
    surface(&std::io::stderr())
}

/// What standard output is.
fn stdout() -> OutputStyle {
    surface(&std::io::stdout())
}

fn surface(stream: &impl IsTerminal) -> OutputStyle {
    if !stream.is_terminal() {
        return OutputStyle::PLAIN;
    }
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let colour = !set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|term| term != "dumb");
    OutputStyle { colour, width: Some(crate::ask::terminal::width()) }
}

/// Prints to standard output. A reader that has gone away has read enough.
fn print(bytes: &[u8]) -> Result<(), Error> {
    print_localized(bytes, &Messages::default())
}

/// As [`print()`]; that it cannot be is told in these words.
fn print_localized(bytes: &[u8], words: &Messages) -> Result<(), Error> {
    render_printable(std::io::stdout().write_all(bytes), words)
}

/// Prints sentences to standard output: on a terminal in lines that fit.
fn print_flowing(text: &str) -> Result<(), Error> {
    print(stdout().wrap(text, 2).as_bytes())
}

/// Tells what is wrong with the command line.
#[must_use]
pub fn print_usage_error(wrong: &clap::Error) -> ExitCode {
    let (surface, told) = (stderr(), wrong.render());
    let told = if surface.colour { told.ansi().to_string() } else { told.to_string() };
    // Nothing can be done about a standard error that is closed.
    let _ = write!(std::io::stderr(), "{}", surface.wrap(&told, 2));
    ExitCode::from(u8::try_from(wrong.exit_code()).unwrap_or(2))
}

/// Prints the help or the version that somebody asked for.
///
/// # Errors
/// When standard output does not take it.
pub fn print_help(asked: &clap::Error) -> Result<(), Error> {
    render_printable(asked.print(), &Messages::default())
}

fn render_printable(written: std::io::Result<()>, words: &Messages) -> Result<(), Error> {
    match written.and_then(|()| std::io::stdout().flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(cannot_print(&error, words)),
        _ => Ok(()),
    }
}

fn cannot_print(error: &std::io::Error, words: &Messages) -> Error {
    Error::failed(words.format("not-printed", [("why", io_reason(error, words).into())]))
        .hint(words.get("not-printed-way-out"))
        .localized(words)
}

/// Prints what came of something that is done. Where standard output does not take it, that it is `done` is said beside
/// the error: what is there all the same must not be done twice.
#[cfg(feature = "desk")]
fn print_or_note(text: &str, done: &str) -> Result<(), Error> {
    print(text.as_bytes()).inspect_err(|_| print_note(done))
}

/// Prints the path of a file or a folder that was written.
fn print_path(path: &Path) -> Result<(), Error> {
    print_path_in(path, &Messages::default())
}

/// As [`print_path`]; that it cannot be is told in these words.
fn print_path_in(path: &Path, words: &Messages) -> Result<(), Error> {
    let printed = print_localized(format!("{}\n", path.display()).as_bytes(), words);
    printed.inspect_err(|_| print_note(&written_all_the_same_in(path, words)))
}

fn written_anyway(path: &Path) -> String {
    written_all_the_same_in(path, &Messages::default())
}

fn written_all_the_same_in(path: &Path, words: &Messages) -> String {
    words.format("written-all-the-same", [("path", Printable::path(path).to_string().into())])
}

/// Tells the user something beside the result.
fn print_note(text: &str) {
    print_lines(&stderr().wrap(text, 0));
}

/// Tells the user something that is in lines already.
fn print_lines(text: &str) {
    // A terminal that a prompt has in raw mode does not go to the start of the next line by itself.
    let text = if std::io::stderr().is_terminal() { text.replace('\n', "\r\n") + "\r" } else { text.to_owned() };
    // Nothing can be done about a standard error that is closed.
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

/// Puts the label from the command line into the interview.
fn apply_label(interview: &mut crate::interview::Interview<'_>, label: Option<&str>) -> Result<(), Error> {
    let Some(label) = label else { return Ok(()) };
    let hint = "a label is a chosen name or a clinic's code, on one line";
    if label.trim().contains(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']) {
        return Err(Error::input("--label: it has a line break in it").hint(hint));
    }
    set_label(interview, label, &Messages::default()).map_err(|why| Error::input(format!("--label: {why}")).hint(hint))
}

/// Puts a label into the interview, or says in these words why not.
fn set_label(interview: &mut crate::interview::Interview<'_>, label: &str, words: &Messages) -> Result<(), String> {
    let pack = interview.pack();
    interview.label(label.to_owned()).map_err(|refusal| match pack.with_role(crate::pack::Role::Label) {
        Some(_) if refusal == crate::interview::AnswerError::Empty => "there is nothing in it".to_owned(),
        Some(question) => {
            crate::interview::refusal_message(words, &refusal, &pack.questions[question], Language::default())
        }
        None => "the pack asks for no label".to_owned(),
    })
}
