//! Chooses how questions are asked: on the terminal, or line by line.

use super::stderr;
use crate::ask::lines::LinePrompter;
use crate::ask::{Prompter, terminal};
use crate::messages::Messages;
use std::io::IsTerminal;

/// Returns the terminal's prompter; the line prompter if `plain` is set or there is no terminal.
pub(super) fn prompter(plain: bool, words: &Messages) -> Box<dyn Prompter + '_> {
    prompter_with_context(plain, words, &[])
}

/// Returns a prompter like [`prompter`], below texts that stay on the screen.
pub(super) fn prompter_with_context<'w>(
    plain: bool,
    words: &'w Messages,
    context: &[String],
) -> Box<dyn Prompter + 'w> {
    if is_plain(plain) {
        let lines = LinePrompter::new(std::io::stdin().lock(), std::io::stderr(), words);
        Box::new(if std::io::stderr().is_terminal() { lines.with_width(terminal::width) } else { lines })
    } else {
        Box::new(terminal::Terminal::new(words, stderr().colour).with_context(context))
    }
}

/// Returns true if questions are asked line by line: by request, or because no terminal can redraw prompts.
pub(super) fn is_plain(plain: bool) -> bool {
    let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    plain || is_dumb || !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal()
}
