//! What goes wrong, in the user's words, with a way out and an exit code.

use crate::diagnostics::Diagnostics;
use crate::messages::Messages;
use crate::printable::Printable;
use crate::wrap::OutputStyle;
use std::fmt::{self, Write as _};

/// Why a command did not do what it was asked to.
#[derive(Debug, Clone)]
pub struct Error {
    /// What kind of failure it is; decides the exit code.
    pub kind: ErrorKind,
    /// What happened.
    pub message: String,
    /// The way out.
    pub hint: Option<String>,
    /// Faults in a file, each with its place.
    pub problems: Option<Diagnostics>,
    /// The language that it is told in.
    pub words: Messages,
}

/// The kinds of failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// It could not be done: exit code 1.
    Failed,
    /// It could not be done, because stored data was changed from outside: exit code 1.
    Damaged,
    /// What was given is wrong: exit code 2.
    Input,
    /// The user stopped it: exit code 130.
    Stopped,
}

impl Error {
    /// It could not be done.
    #[must_use]
    pub fn failed(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Failed, message)
    }

    /// What was given is wrong.
    #[must_use]
    pub fn input(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Input, message)
    }

    /// The user stopped it.
    #[must_use]
    pub fn stopped(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Stopped, message)
    }

    fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), hint: None, problems: None, words: Messages::default() }
    }

    /// Says that it is told in these words.
    #[must_use]
    pub fn localized(mut self, words: &Messages) -> Self {
        self.words = words.clone();
        self
    }

    /// Adds the way out.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Says first what was done all the same.
    #[must_use]
    pub fn with_context(mut self, done: &str) -> Self {
        self.message = format!("{done}: {}", self.message);
        self
    }

    /// The exit code that goes with it.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self.kind {
            ErrorKind::Failed | ErrorKind::Damaged => 1,
            ErrorKind::Input => 2,
            ErrorKind::Stopped => 130,
        }
    }

    /// The whole report, as it goes to stderr.
    #[must_use]
    pub fn render(&self, surface: OutputStyle) -> String {
        let paint = |text: &str, code: &str| {
            if surface.colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
        };
        let said = |label: &str, code: &str, text: &str| {
            surface.wrap(&format!("{}: {text}", paint(&self.words.get(label), code)), 2)
        };
        let mut report = String::new();
        if let Some(problems) = &self.problems {
            report.push_str(&problems.render(surface));
            report.push_str("\n\n");
        }
        let label = if self.kind == ErrorKind::Stopped { "stopped-label" } else { "error-label" };
        let _ = writeln!(report, "{}", said(label, "1;31", &self.message));
        if let Some(hint) = &self.hint {
            let _ = writeln!(report, "{}", said("hint-label", "1;36", hint));
        }
        report
    }
}

impl From<Diagnostics> for Error {
    fn from(problems: Diagnostics) -> Self {
        let count = problems.list().len();
        let noun = if count == 1 { "problem" } else { "problems" };
        let mut files: Vec<&str> = problems.list().iter().map(|problem| problem.file.as_str()).collect();
        files.dedup();
        let shown = Printable::line(&files.join(", "));
        Self { problems: Some(problems), ..Self::input(format!("{count} {noun} in {shown}")) }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
