//! `preconsult man`.

use super::error_text::io::io_error;
use super::print;
use crate::cli::Cli;
use crate::error::Error;
use clap::{Arg, ArgGroup, Command, CommandFactory, Id};
use std::path::Path;

pub(super) fn run(words: &[String]) -> Result<(), Error> {
    let mut root = without_help(Cli::command());
    root.build();
    let page = find_command(&root, words)?;
    let mut roff = Vec::new();
    clap_mangen::Man::new(page.clone().override_usage(synopsis(page)))
        .source(concat!("preconsult ", env!("CARGO_PKG_VERSION")))
        .manual("User Commands")
        .render(&mut roff)
        .map_err(|error| io_error("write to", Path::new("standard output"), &error))?;
    // An empty date is left out, and what follows would stand in its place.
    let page = String::from_utf8_lossy(&roff).replacen(" 1  \"", " 1 \"\" \"", 1);
    let page = page.replace(".SH EXTRA\nExamples:\n", ".SH EXAMPLES\n");
    print(line_by_line(&page).as_bytes())
}

/// How a command is written, option by option: made without this, a page names options and not their values.
fn synopsis(command: &Command) -> String {
    let usage = command.clone().render_usage().to_string();
    // The usage has what is required in words of its own.
    let required: Vec<&Id> =
        command.get_groups().filter(|group| group.is_required_set()).flat_map(ArgGroup::get_args).collect();
    let is_option = |option: &&Arg| {
        let is_told = option.is_required_set() || required.contains(&option.get_id());
        !is_told && !option.is_positional() && !option.is_hide_set()
    };
    let options: Vec<String> = command.get_arguments().filter(is_option).map(|option| format!("[{option}]")).collect();
    usage.trim_start_matches("Usage: ").replace("[OPTIONS]", &options.join(" "))
}

/// The commands without their `help`, which has no page: its own commands are those that have theirs.
fn without_help(command: Command) -> Command {
    command.disable_help_subcommand(true).mut_subcommands(without_help)
}

/// The command that is meant, by words as they are typed, or by a name as pages name each other, such as `desk-init`.
fn find_command<'c>(root: &'c Command, words: &[String]) -> Result<&'c Command, Error> {
    let name = words.join("-");
    let (mut page, mut rest) = (root, name.as_str());
    // `preconsult help` shows what `preconsult help ask` is about, and so does its page.
    for before in ["preconsult", "help"] {
        rest = strip_parent(rest, before).unwrap_or(rest);
    }
    while !rest.is_empty() {
        let found = page.get_subcommands().find_map(|command| Some((command, strip_parent(rest, command.get_name())?)));
        (page, rest) = found.ok_or_else(|| no_page(page, &words.join(" ")))?;
    }
    Ok(page)
}

/// What follows the name of a command.
fn strip_parent<'n>(name: &'n str, command: &str) -> Option<&'n str> {
    let behind = name.strip_prefix(command)?;
    if behind.is_empty() { Some(behind) } else { behind.strip_prefix('-') }
}

fn no_page(page: &Command, name: &str) -> Error {
    let names: Vec<&str> = page.get_subcommands().map(Command::get_name).collect();
    let error = Error::input(format!("there is no command {name:?}"));
    if names.is_empty() {
        error.hint("see `preconsult man`")
    } else {
        error.hint(format!("one of: {}", names.join(", ")))
    }
}

/// The page with its examples as they are written: of indented lines a paragraph would be made. They begin at the edge, for
/// they are as long as a line of a terminal.
fn line_by_line(roff: &str) -> String {
    let mut page = String::new();
    let mut kept = false;
    for line in roff.lines() {
        let keep = line.starts_with(' ');
        match (kept, keep) {
            (false, true) => page.push_str(".in 0\n.nf\n"),
            (true, false) => page.push_str(".fi\n.in\n"),
            _ => {}
        }
        page.push_str(line);
        page.push('\n');
        kept = keep;
    }
    page
}
