//! Hides and discards the input typed between two passphrase prompts.

use super::key_reader::KeyReader;
use super::keyboard::{FIRST_PROMPT_QUIET_PERIOD, QUIET_PERIOD, discard_input, is_ctrl_c};
use crate::ask::PromptError;
use crossterm::event::{Event, KeyCode};
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use std::time::{Duration, Instant};

/// Guard that keeps the terminal's echo off until it is dropped.
///
/// The terminal is in raw mode meanwhile: output has to end its lines with `\r\n`.
#[derive(Debug)]
pub(crate) struct EchoOff(());

impl EchoOff {
    /// Turns the echo off.
    pub(crate) fn begin() -> std::io::Result<Self> {
        enable_raw_mode().map(|()| Self(()))
    }
}

impl Drop for EchoOff {
    fn drop(&mut self) {
        let _ = disable_raw_mode();
    }
}

/// Runs `work` and discards the input typed meanwhile. Enters raw mode again, which the last prompt has left, and stays
/// in it.
///
/// # Errors
/// Returns an error if the input contains Ctrl-C, or the terminal fails.
pub(crate) fn discarding_input<T>(_: &EchoOff, work: impl FnOnce() -> T) -> Result<T, PromptError> {
    enable_raw_mode()?;
    let result = work();
    discard_input(&mut KeyReader::system(), FIRST_PROMPT_QUIET_PERIOD).map(|_| result)
}

/// Waits for `duration` and discards the input typed meanwhile.
///
/// # Errors
/// Returns an error as soon as Ctrl-C or Esc is pressed, or if the terminal fails.
pub(crate) fn sleep_discarding_input(_: &EchoOff, duration: Duration) -> Result<(), PromptError> {
    enable_raw_mode()?;
    let mut keys = KeyReader::system();
    let deadline = Instant::now() + duration;
    while keys.poll(deadline.saturating_duration_since(Instant::now()))? {
        match keys.read()? {
            Event::Key(key) if is_ctrl_c(key) || key.code == KeyCode::Esc => return Err(PromptError::Interrupted),
            _ => {}
        }
    }
    discard_input(&mut keys, QUIET_PERIOD).map(drop)
}
