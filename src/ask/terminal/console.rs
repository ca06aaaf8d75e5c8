//! The terminal device: its keys, its clock, its size and its screen. Tests pass another one to the prompts.

use super::style;
use crossterm::event::{self, Event};
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use std::fmt::Debug;
use std::io::{Result, Write};
use std::time::{Duration, Instant};

/// A terminal device.
pub trait Console: Debug {
    /// Turns raw mode on or off. In raw mode, keys arrive at once and are not echoed.
    ///
    /// # Errors
    /// Returns an error if the device fails.
    fn set_raw_mode(&mut self, is_on: bool) -> Result<()>;

    /// Waits for an event, at most for `wait`. Returns whether there is one.
    ///
    /// # Errors
    /// Returns an error if the device fails.
    fn poll(&mut self, wait: Duration) -> Result<bool>;

    /// Returns the next event, and waits for it if necessary.
    ///
    /// # Errors
    /// Returns an error if the device fails.
    fn read(&mut self) -> Result<Event>;

    /// Writes to the screen.
    ///
    /// # Errors
    /// Returns an error if the device fails.
    fn write(&mut self, bytes: &[u8]) -> Result<()>;

    /// Returns the number of columns and rows.
    fn size(&self) -> (usize, usize);

    /// Returns the time since a fixed moment.
    fn now(&self) -> Duration;
}

/// The terminal of the process: keys from standard input, the screen on standard error.
#[derive(Debug)]
pub(super) struct SystemConsole {
    started: Instant,
}

impl SystemConsole {
    pub(super) fn new() -> Self {
        Self { started: Instant::now() }
    }
}

impl Console for SystemConsole {
    fn set_raw_mode(&mut self, is_on: bool) -> Result<()> {
        if is_on { enable_raw_mode() } else { disable_raw_mode() }
    }

    fn poll(&mut self, wait: Duration) -> Result<bool> {
        event::poll(wait)
    }

    fn read(&mut self) -> Result<Event> {
        event::read()
    }

    fn write(&mut self, bytes: &[u8]) -> Result<()> {
        std::io::stderr().write_all(bytes)
    }

    fn size(&self) -> (usize, usize) {
        style::size()
    }

    fn now(&self) -> Duration {
        self.started.elapsed()
    }
}
