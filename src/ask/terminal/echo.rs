//! What is typed between two tries of a passphrase shows nowhere, and is a reply to nothing.

use super::keyboard::{FIRST_PROMPT_QUIET_PERIOD, QUIET_PERIOD, discard_input, is_ctrl_c};
use crate::ask::PromptError;
use crossterm::event::{self, Event, KeyCode};
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use std::time::{Duration, Instant};

/// Nothing that is typed shows for as long as this lives.
///
/// The terminal is in raw mode: what is written meanwhile ends its lines with a carriage return of its own.
#[derive(Debug)]
pub(crate) struct EchoOff(());

impl EchoOff {
    /// From now on nothing shows.
    pub(crate) fn begin() -> std::io::Result<Self> {
        enable_raw_mode().map(|()| Self(()))
    }
}

impl Drop for EchoOff {
    fn drop(&mut self) {
        let _ = disable_raw_mode();
    }
}

/// Does something that takes a moment, and throws away what is typed meanwhile. A prompt before it has let the terminal
/// go; it is left in raw mode.
///
/// # Errors
/// When Ctrl-C is among it, or the terminal fails.
pub(crate) fn discarding_input<T>(_: &EchoOff, work: impl FnOnce() -> T) -> Result<T, PromptError> {
    enable_raw_mode()?;
    let done = work();
    discard_input(FIRST_PROMPT_QUIET_PERIOD).map(|()| done)
}

/// Waits for so long, or for Ctrl-C or Esc, and throws away what is typed meanwhile.
///
/// # Errors
/// When Ctrl-C or Esc is among it, or the terminal fails.
pub(crate) fn sleep_discarding_input(_: &EchoOff, time: Duration) -> Result<(), PromptError> {
    enable_raw_mode()?;
    let until = Instant::now() + time;
    while event::poll(until.saturating_duration_since(Instant::now()))? {
        match event::read()? {
            Event::Key(key) if is_ctrl_c(key) || key.code == KeyCode::Esc => return Err(PromptError::Interrupted),
            _ => {}
        }
    }
    discard_input(QUIET_PERIOD)
}
