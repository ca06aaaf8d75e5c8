//! What is typed between two tries of a passphrase shows nowhere, and is a reply to nothing.

use super::keyboard::{NO_QUIET, QUIET, discard, is_ctrl_c};
use crate::ask::Stop;
use crossterm::event::{self, Event, KeyCode};
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use std::time::{Duration, Instant};

/// Nothing that is typed shows for as long as this lives.
///
/// The terminal is in raw mode: what is written meanwhile ends its lines with a carriage return of its own.
#[derive(Debug)]
pub(crate) struct Hush(());

impl Hush {
    /// From now on nothing shows.
    pub(crate) fn begin() -> std::io::Result<Self> {
        enable_raw_mode().map(|()| Self(()))
    }
}

impl Drop for Hush {
    fn drop(&mut self) {
        let _ = disable_raw_mode();
    }
}

/// Does something that takes a moment, and throws away what is typed meanwhile. A prompt before it has let the terminal
/// go; it is left in raw mode.
///
/// # Errors
/// When Ctrl-C is among it, or the terminal fails.
pub(crate) fn unheard<T>(_: &Hush, work: impl FnOnce() -> T) -> Result<T, Stop> {
    enable_raw_mode()?;
    let done = work();
    discard(NO_QUIET).map(|()| done)
}

/// Waits for so long, or for Ctrl-C or Esc, and throws away what is typed meanwhile.
///
/// # Errors
/// When Ctrl-C or Esc is among it, or the terminal fails.
pub(crate) fn pause(_: &Hush, time: Duration) -> Result<(), Stop> {
    enable_raw_mode()?;
    let until = Instant::now() + time;
    while event::poll(until.saturating_duration_since(Instant::now()))? {
        match event::read()? {
            Event::Key(key) if is_ctrl_c(key) || key.code == KeyCode::Esc => return Err(Stop::Interrupted),
            _ => {}
        }
    }
    discard(QUIET)
}
