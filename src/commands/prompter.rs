//! Chooses how questions are asked: on the terminal, or line by line.

use super::stderr;
use crate::ask::lines::LinePrompter;
use crate::ask::{Prompter, terminal};
use crate::config::Config;
use crate::messages::Messages;
use std::ffi::OsStr;
use std::io::IsTerminal;

/// Returns the prompter of plain lines if `plain` is set, else that of the terminal.
pub(super) fn prompter(plain: bool, words: &Messages) -> Box<dyn Prompter + '_> {
    prompter_with_context(plain, words, &[])
}

/// Returns a prompter like [`prompter`], below texts that stay on the screen.
pub(super) fn prompter_with_context<'w>(
    plain: bool,
    words: &'w Messages,
    context: &[String],
) -> Box<dyn Prompter + 'w> {
    if !plain {
        return Box::new(terminal::Terminal::new(words, stderr().colour).with_context(context));
    }
    let mut lines = LinePrompter::new(std::io::stdin().lock(), std::io::stderr(), words);
    if std::io::stdin().is_terminal() {
        lines = lines.at_terminal(terminal::discard_lines);
    }
    Box::new(if std::io::stderr().is_terminal() { lines.with_width(terminal::width) } else { lines })
}

/// Returns true if questions are asked line by line: because plain output is asked for, or no terminal can redraw prompts.
pub(super) fn is_plain(option: bool, config: &Config) -> bool {
    wants_plain(option, config) || !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal()
}

/// Returns true if plain output is asked for: by the option `--plain`, the settings or the environment.
pub(super) fn wants_plain(option: bool, config: &Config) -> bool {
    let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    let is_accessible =
        std::env::var_os("ACCESSIBLE").is_some_and(|value| !["", "0", "false"].map(OsStr::new).contains(&&*value));
    option || config.plain || is_accessible || is_dumb
}
