//! What the program does, one file a subcommand.

mod ask;
mod explain;
mod pack;
mod shell;
mod summarize;

use crate::cli::{Cli, Command, OutputArgs, PackArgs};
use crate::error::Error;
use crate::interview::{AnswersFile, Finished};
use crate::keep::{output, pack_folder};
use crate::pack::{Language, Pack, PackFiles};
use crate::render::{Format, render};
use crate::summary::{Setting, Summary};
use chrono::NaiveDate;
use std::fmt::Write as _;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Does what the command line says.
///
/// # Errors
/// Why not.
pub fn run(cli: Cli) -> Result<(), Error> {
    match cli.command {
        None => ask::run(&cli.ask),
        Some(Command::Ask(args)) => ask::run(&args),
        Some(Command::Summarize(args)) => summarize::run(&args),
        Some(Command::Explain(args)) => explain::run(&args),
        Some(Command::Pack(command)) => pack::run(command),
        Some(Command::Completions { shell }) => shell::completions(shell),
        Some(Command::Man { command }) => shell::man(command.as_deref()),
    }
}

/// Whether what goes to standard error may have colours.
#[must_use]
pub fn stderr_colours() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    std::io::stderr().is_terminal() && !set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// Prints to standard output. A reader that has gone away has read enough.
fn print(bytes: &[u8]) -> Result<(), Error> {
    let mut stdout = std::io::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Error::io("write to", Path::new("standard output"), &error))
        }
        _ => Ok(()),
    }
}

/// Tells the user something beside the result.
fn note(text: &str) {
    // Nothing can be done about a standard error that is closed.
    let _ = writeln!(std::io::stderr(), "{text}");
}

fn pack_files(folder: Option<&PathBuf>) -> Result<PackFiles, Error> {
    folder.map_or_else(|| Ok(crate::pack::built_in()), |folder| pack_folder::read(folder))
}

fn load_pack(args: &PackArgs) -> Result<Pack, Error> {
    Ok(Pack::load(&pack_files(args.pack.as_ref())?)?)
}

/// The language asked for, else that of the answers, else the pack's own.
fn language(pack: &Pack, wanted: Option<&str>, file: Option<&AnswersFile>) -> Result<Language, Error> {
    let Some(tag) = wanted.or_else(|| file?.language.as_deref()) else { return Ok(Language::default()) };
    pack.language(tag).ok_or_else(|| {
        Error::input(format!("the pack {} has no language {tag:?}", pack.id))
            .hint(format!("choose with --lang: {}", pack.languages.join(", ")))
    })
}

/// What a page says beside the answers: where it comes from decides, the command line first.
struct Page {
    language: Language,
    date: NaiveDate,
    filled_in_by: Option<crate::interview::FilledInBy>,
}

impl Page {
    fn new(language: Language, args: &OutputArgs, file: &AnswersFile) -> Self {
        Self {
            language,
            date: args.date.or(file.date).unwrap_or_else(today),
            filled_in_by: args.filled_in_by.or(file.filled_in_by),
        }
    }

    fn summary(&self, finished: &Finished<'_>, copy: crate::summary::Copy) -> Summary {
        let Self { language, date, filled_in_by } = *self;
        Summary::new(finished, Setting { date, language, copy, filled_in_by })
    }
}

fn today() -> NaiveDate {
    chrono::Local::now().date_naive()
}

/// Writes each copy in each format and prints the paths.
fn write_files(finished: &Finished<'_>, page: &Page, args: &OutputArgs) -> Result<(), Error> {
    let folder = args.out.clone().unwrap_or_default();
    let formats = if args.format.is_empty() { vec![Format::Text] } else { args.format.clone() };
    let mut paths = String::new();
    for copy in args.copies() {
        let summary = page.summary(finished, copy);
        for format in &formats {
            let path = output::write(&folder, &summary, *format, &render(&summary, *format))?;
            let _ = writeln!(paths, "{}", path.display());
        }
    }
    print(paths.as_bytes())
}

/// Puts the label from the command line into the interview.
fn apply_label(interview: &mut crate::interview::Interview<'_>, label: Option<&str>) -> Result<(), Error> {
    let Some(label) = label else { return Ok(()) };
    let pack = interview.pack();
    interview.label(label.to_owned()).map_err(|refusal| {
        let words = crate::messages::Words::new("en");
        let why = match pack.with_role(crate::pack::Role::Label) {
            Some(question) => words.refusal(&refusal, &pack.questions[question], Language::default()),
            None => "the pack asks for no label".to_owned(),
        };
        Error::input(format!("--label: {why}")).hint("a label is a chosen name or a clinic's code, on one line")
    })
}
