//! What was typed or pasted before a question was there is no reply to it.

use crate::ask::PromptError;
use crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Longer than a key that is held down takes to come again, and shorter than anybody takes to read a question.
pub(crate) const QUIET_PERIOD: Duration = Duration::from_millis(80);

/// Before the list where Enter ends the interview: also longer than between two presses of a double one.
pub(super) const REVIEW_QUIET_PERIOD: Duration = Duration::from_millis(300);

/// Before the first prompt no key has answered anything yet: what is thrown away waits already. In no time at all crossterm
/// would not look.
pub(super) const FIRST_PROMPT_QUIET_PERIOD: Duration = Duration::from_micros(20);

/// Longer than a window that is dragged takes to have its next size.
pub(super) const RESIZE_DEBOUNCE: Duration = Duration::from_millis(150);

/// Whether there has been a prompt.
static HAS_PROMPTED: AtomicBool = AtomicBool::new(false);

/// Throws away what has been typed or pasted until now, and whatever comes before the keyboard has been quiet for so
/// long: the rest of a paste, and a key that is held down.
///
/// It leaves the terminal in raw mode, for a prompt to follow: between the two, nothing is echoed.
///
/// # Errors
/// When Ctrl-C is among it, or the terminal fails.
pub(crate) fn wait_for_quiet(quiet: Duration) -> Result<(), PromptError> {
    let quiet = if HAS_PROMPTED.swap(true, Ordering::Relaxed) { quiet } else { FIRST_PROMPT_QUIET_PERIOD };
    enable_raw_mode()?;
    discard_input(quiet).inspect_err(|_| {
        let _ = disable_raw_mode();
    })
}

pub(super) fn discard_input(quiet: Duration) -> Result<(), PromptError> {
    // The first look only opens the keyboard, which may take as long as the shortest wait.
    event::poll(Duration::ZERO)?;
    let mut wait = quiet;
    while event::poll(wait)? {
        match event::read()? {
            Event::Key(key) if is_ctrl_c(key) => return Err(PromptError::Interrupted),
            // A key that is let go, or a window of another size, says nothing about what comes next.
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

/// Whether it is Enter, which some terminals paste as Ctrl-J.
pub(super) fn is_enter(key: KeyEvent) -> bool {
    key.code == KeyCode::Enter || key.code == KeyCode::Char('j') && key.modifiers == KeyModifiers::CONTROL
}
