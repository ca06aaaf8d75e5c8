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

/// Time between two looks at a list that can change: short enough to seem live, and cheap enough for a whole day.
pub(super) const REFRESH_INTERVAL: Duration = Duration::from_secs(1);

/// True once a prompt has been shown.
static HAS_PROMPTED: AtomicBool = AtomicBool::new(false);

/// Discards input until the keyboard has been quiet for `quiet`: typed keys, the rest of a paste, a held key.
///
/// Leaves the terminal in raw mode for the prompt that follows, so that nothing is echoed in between.
///
/// # Errors
/// Returns an error if the input contains Ctrl-C, or the terminal fails.
pub(super) fn wait_for_quiet(keys: &mut KeyReader, quiet: Duration) -> Result<(), PromptError> {
    keys.console.set_raw_mode(true)?;
    discard_input(keys, quiet_period(quiet)).map(drop).inspect_err(|_| {
        let _ = keys.console.set_raw_mode(false);
    })
}

/// Discards input like [`wait_for_quiet`], before a prompt that reads whole lines. Leaves the terminal as it was.
///
/// Returns whether there was text among the input.
///
/// # Errors
/// Returns an error if the input contains Ctrl-C, or the terminal fails.
pub(crate) fn discard_lines() -> Result<bool, PromptError> {
    let mut keys = KeyReader::system();
    keys.console.set_raw_mode(true)?;
    let had_text = discard_input(&mut keys, quiet_period(QUIET_PERIOD));
    keys.console.set_raw_mode(false)?;
    had_text
}

/// Returns the quiet time before this prompt, which is shorter before the first one.
fn quiet_period(quiet: Duration) -> Duration {
    if HAS_PROMPTED.swap(true, Ordering::Relaxed) { quiet } else { FIRST_PROMPT_QUIET_PERIOD }
}

/// Discards input until the keyboard has been quiet for `quiet`. Returns whether there was text among it.
pub(super) fn discard_input(keys: &mut KeyReader, quiet: Duration) -> Result<bool, PromptError> {
    // The first poll only opens the keyboard, which may take as long as the shortest wait.
    keys.poll(Duration::ZERO)?;
    let (mut wait, mut had_text) = (quiet, false);
    while keys.poll(wait)? {
        match keys.read()? {
            Event::Key(key) if is_ctrl_c(key) => return Err(PromptError::Interrupted),
            // A released key or a resize does not mean that more input follows.
            Event::Key(KeyEvent { kind: KeyEventKind::Release, .. }) => {}
            Event::Key(key) => {
                had_text |= matches!(key.code, KeyCode::Char(c) if !c.is_whitespace() && !is_enter(key));
                wait = quiet.max(QUIET_PERIOD);
            }
            Event::Paste(text) => {
                had_text |= !text.trim().is_empty();
                wait = quiet.max(QUIET_PERIOD);
            }
            _ => {}
        }
    }
    Ok(had_text)
}

pub(super) fn is_ctrl_c(key: KeyEvent) -> bool {
    key.code == KeyCode::Char('c') && key.modifiers.contains(KeyModifiers::CONTROL)
}

/// Returns whether a key is Enter, which some terminals paste as Ctrl-J.
pub(super) fn is_enter(key: KeyEvent) -> bool {
    key.code == KeyCode::Enter || key.code == KeyCode::Char('j') && key.modifiers == KeyModifiers::CONTROL
}
