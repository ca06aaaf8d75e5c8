//! The error of a command: message, hint and exit code.

use crate::diagnostics::Diagnostics;
use crate::messages::Messages;
use crate::printable::Printable;
use crate::wrap::OutputStyle;
use std::fmt::{self, Write as _};

/// The error that a command ends with.
#[derive(Debug, Clone)]
pub struct Error {
    /// The kind of failure; decides the exit code.
    pub kind: ErrorKind,
    /// What happened.
    pub message: String,
    /// An action that may help, in the imperative.
    pub hint: Option<String>,
    /// Problems in a file, each with its position.
    pub problems: Option<Diagnostics>,
    /// The messages for labels, in the language of `message`.
    pub words: Messages,
}

/// The kinds of failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// The operation failed: exit code 1.
    Failed,
    /// The operation failed because stored data was changed by another program: exit code 1.
    Damaged,
    /// The input is invalid: exit code 2.
    Input,
    /// The user stopped the command: exit code 130.
    Stopped,
}

impl Error {
    /// Creates an error for an operation that failed.
    #[must_use]
    pub fn failed(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Failed, message)
    }

    /// Creates an error for invalid input.
    #[must_use]
    pub fn input(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Input, message)
    }

    /// Creates an error for a command that the user stopped.
    #[must_use]
    pub fn stopped(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Stopped, message)
    }

    fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), hint: None, problems: None, words: Messages::default() }
    }

    /// Sets the language of the labels.
    #[must_use]
    pub fn localized(mut self, words: &Messages) -> Self {
        self.words = words.clone();
        self
    }

    /// Sets the hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Puts a context before the message, such as what was completed before the failure.
    #[must_use]
    pub fn with_context(mut self, context: &str) -> Self {
        self.message = format!("{context}: {}", self.message);
        self
    }

    /// Returns the exit code.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self.kind {
            ErrorKind::Failed | ErrorKind::Damaged => 1,
            ErrorKind::Input => 2,
            ErrorKind::Stopped => 130,
        }
    }

    /// Renders the whole report for standard error.
    #[must_use]
    pub fn render(&self, style: OutputStyle) -> String {
        let paint = |text: &str, code: &str| {
            if style.colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
        };
        let labelled = |label: &str, code: &str, text: &str| {
            style.wrap(&format!("{}: {}", paint(&self.words.get(label), code), Printable::text(text)), 2)
        };
        let mut report = String::new();
        if let Some(problems) = &self.problems {
            report.push_str(&problems.render(style));
            report.push_str("\n\n");
        }
        let label = if self.kind == ErrorKind::Stopped { "stopped-label" } else { "error-label" };
        let _ = writeln!(report, "{}", labelled(label, "1;31", &self.message));
        if let Some(hint) = &self.hint {
            let _ = writeln!(report, "{}", labelled("hint-label", "1;36", hint));
        }
        report
    }
}

impl From<Diagnostics> for Error {
    fn from(problems: Diagnostics) -> Self {
        let count = problems.count();
        let noun = if count == 1 { "problem" } else { "problems" };
        let mut files: Vec<&str> = problems.list().iter().map(|problem| problem.file.as_str()).collect();
        files.dedup();
        let names = Printable::line(&files.join(", "));
        Self { problems: Some(problems), ..Self::input(format!("{count} {noun} in {names}")) }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
