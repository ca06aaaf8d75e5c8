//! Discards input typed or pasted before a prompt appeared.

use super::key_reader::KeyReader;
use crate::ask::PromptError;
use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Quiet time before a prompt: longer than the repeat interval of a held key, and shorter than reading a question
/// takes.
pub(crate) const QUIET_PERIOD: Duration = Duration::from_millis(80);

/// Quiet time before the review: also longer than the gap of an accidental double press.
pub(super) const REVIEW_QUIET_PERIOD: Duration = Duration::from_millis(300);

/// Quiet time before the first prompt, where only input that is already buffered has to go. With zero, crossterm would
/// not look at the keyboard.
pub(super) const FIRST_PROMPT_QUIET_PERIOD: Duration = Duration::from_micros(20);

/// Wait after a resize: longer than the time between two sizes of a window that is being dragged.
pub(super) const RESIZE_DEBOUNCE: Duration = Duration::from_millis(150);

/// True once a prompt has been shown.
static HAS_PROMPTED: AtomicBool = AtomicBool::new(false);

/// Discards input until the keyboard has been quiet for `quiet`: typed keys, the rest of a paste, a held key.
///
/// Leaves the terminal in raw mode for the prompt that follows, so that nothing is echoed in between.
///
/// # Errors
/// Returns an error if the input contains Ctrl-C, or the terminal fails.
pub(super) fn wait_for_quiet(keys: &mut KeyReader, quiet: Duration) -> Result<(), PromptError> {
    let quiet = if HAS_PROMPTED.swap(true, Ordering::Relaxed) { quiet } else { FIRST_PROMPT_QUIET_PERIOD };
    keys.console.set_raw_mode(true)?;
    discard_input(keys, quiet).inspect_err(|_| {
        let _ = keys.console.set_raw_mode(false);
    })
}

pub(super) fn discard_input(keys: &mut KeyReader, quiet: Duration) -> Result<(), PromptError> {
    // The first poll only opens the keyboard, which may take as long as the shortest wait.
    keys.poll(Duration::ZERO)?;
    let mut wait = quiet;
    while keys.poll(wait)? {
        match keys.read()? {
            Event::Key(key) if is_ctrl_c(key) => return Err(PromptError::Interrupted),
            // A released key or a resize does not mean that more input follows.
            Event::Key(KeyEvent { kind: KeyEventKind::Release, .. }) => {}
            Event::Key(_) | Event::Paste(_) => wait = quiet.max(QUIET_PERIOD),
            _ => {}
        }
    }
    Ok(())
}

pub(super) fn is_ctrl_c(key: KeyEvent) -> bool {
    key.code == KeyCode::Char('c') && key.modifiers.contains(KeyModifiers::CONTROL)
}

/// Returns whether a key is Enter, which some terminals paste as Ctrl-J.
pub(super) fn is_enter(key: KeyEvent) -> bool {
    key.code == KeyCode::Enter || key.code == KeyCode::Char('j') && key.modifiers == KeyModifiers::CONTROL
}
