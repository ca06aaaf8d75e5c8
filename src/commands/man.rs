//! `preconsult man`: prints the manual page of a command.

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
    // An empty date is omitted, so that the next field would take its position.
    let page = String::from_utf8_lossy(&roff).replacen(" 1  \"", " 1 \"\" \"", 1);
    let page = page.replace(".SH EXTRA\nExamples:\n", ".SH EXAMPLES\n");
    print(unfill_examples(&page).as_bytes())
}

/// Returns the synopsis with each option and its value; the generated one has no values.
fn synopsis(command: &Command) -> String {
    let usage = command.clone().render_usage().to_string();
    // The usage lists required options already.
    let required: Vec<&Id> =
        command.get_groups().filter(|group| group.is_required_set()).flat_map(ArgGroup::get_args).collect();
    let is_option = |option: &&Arg| {
        let is_listed = option.is_required_set() || required.contains(&option.get_id());
        !is_listed && !option.is_positional() && !option.is_hide_set()
    };
    let options: Vec<String> = command.get_arguments().filter(is_option).map(|option| format!("[{option}]")).collect();
    usage.trim_start_matches("Usage: ").replace("[OPTIONS]", &options.join(" "))
}

/// Removes the `help` subcommands, which have no pages.
fn without_help(command: Command) -> Command {
    command.disable_help_subcommand(true).mut_subcommands(without_help)
}

/// Finds a command by its words as typed, or by its name in the pages, such as `desk-init`.
fn find_command<'c>(root: &'c Command, words: &[String]) -> Result<&'c Command, Error> {
    let name = words.join("-");
    let (mut page, mut rest) = (root, name.as_str());
    // The page of `help ask` is the page of `ask`, and that of `help` is the page of `preconsult`.
    for parent in ["preconsult", "help"] {
        rest = strip_parent(rest, parent).unwrap_or(rest);
    }
    while !rest.is_empty() {
        let subcommand =
            page.get_subcommands().find_map(|command| Some((command, strip_parent(rest, command.get_name())?)));
        (page, rest) = subcommand.ok_or_else(|| no_page(page, &words.join(" ")))?;
    }
    Ok(page)
}

/// Returns the rest of a name after that of a command.
fn strip_parent<'n>(name: &'n str, command: &str) -> Option<&'n str> {
    let rest = name.strip_prefix(command)?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix('-') }
}

fn no_page(page: &Command, name: &str) -> Error {
    let names: Vec<&str> = page.get_subcommands().map(Command::get_name).collect();
    let error = Error::input(format!("there is no command {name:?}"));
    if names.is_empty() {
        error.hint("run `preconsult man`")
    } else {
        error.hint(format!("one of: {}", names.join(", ")))
    }
}

/// Keeps the line breaks of examples, which roff would fill as a paragraph. They are not indented, because they are as
/// long as a line of a terminal.
fn unfill_examples(roff: &str) -> String {
    let mut page = String::new();
    let mut in_example = false;
    for line in roff.lines() {
        let is_example = line.starts_with(' ');
        match (in_example, is_example) {
            (false, true) => page.push_str(".in 0\n.nf\n"),
            (true, false) => page.push_str(".fi\n.in\n"),
            _ => {}
        }
        page.push_str(line);
        page.push('\n');
        in_example = is_example;
    }
    page
}
