//! Errors that are reported to the program that sent the record.

use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::printable::Printable;
use crate::summary::push_quoted;
use serde::Deserialize;
use std::io::Write as _;

/// The most errors of a record that are reported one by one.
const MAX_REPORTED: usize = 20;

/// The reason why a record has no summary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordError {
    /// A stable name of the kind of error.
    pub code: &'static str,
    /// What is wrong, in one sentence.
    pub message: String,
    /// The JSON path in the record, if the record is JSON.
    pub path: Option<String>,
    /// The further errors of the record, up to a limit, and the number of the rest.
    pub others: Vec<RecordError>,
}

impl RecordError {
    pub(super) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), path: None, others: Vec::new() }
    }

    /// Collects all errors in reading order. Missing answers come last, because another error may be their cause.
    pub(super) fn from_problems(problems: &Diagnostics) -> Self {
        let is_missing = |problem: &&Diagnostic| problem.code == "missing-answer";
        let (missing, wrong): (Vec<&Diagnostic>, Vec<&Diagnostic>) = problems.list().iter().partition(is_missing);
        let mut reported = wrong.into_iter().chain(missing).take(MAX_REPORTED).map(Self::from_diagnostic);
        let Some(first) = reported.next() else { return Self::new("syntax", "the record cannot be read") };
        let more = problems.count().saturating_sub(MAX_REPORTED);
        let rest = (more > 0).then(|| Self::new("more-faults", format!("and {more} more")));
        Self { others: reported.chain(rest).collect(), ..first }
    }

    fn from_diagnostic(Diagnostic { code, message, path, column, .. }: &Diagnostic) -> Self {
        // Without a path, only the column shows the place in the line.
        let message = if path.is_some() { message.clone() } else { format!("{message} (character {column})") };
        let line = |text: &str| Printable::line(text).to_string();
        Self { path: path.as_deref().map(line), ..Self::new(code, line(&message)) }
    }

    /// Appends the output line of a record without a summary.
    pub fn write(&self, id: Option<&str>, number: u64, out: &mut Vec<u8>) {
        write_line_prefix(id, number, out);
        out.extend_from_slice(b"\"error\":{");
        self.write_one(out);
        for (index, other) in self.others.iter().enumerate() {
            out.extend_from_slice(if index == 0 { b",\"others\":[{" } else { b"},{" });
            other.write_one(out);
        }
        out.extend_from_slice(if self.others.is_empty() { b"}}\n" } else { b"}]}}\n" });
    }

    fn write_one(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"\"code\":");
        push_quoted(out, Some(self.code));
        out.extend_from_slice(b",\"message\":");
        push_quoted(out, Some(&self.message));
        out.extend_from_slice(b",\"path\":");
        push_quoted(out, self.path.as_deref());
    }
}

/// Appends the start of an output line, which identifies its record.
pub fn write_line_prefix(id: Option<&str>, number: u64, out: &mut Vec<u8>) {
    out.extend_from_slice(b"{\"id\":");
    push_quoted(out, id);
    let _ = write!(out, ",\"line\":{number},");
}

/// Returns the sender's own id of a record, if it can be read. The record may have any error.
#[must_use]
pub fn id_of(line: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Named {
        id: Option<String>,
    }
    // The first record of a file may follow a byte order mark.
    let record = line.strip_prefix('\u{feff}').unwrap_or(line);
    // Serde would also read the first element of a list.
    let is_object = record.trim_start().starts_with('{');
    serde_json::from_str::<Named>(record).ok().filter(|_| is_object)?.id
}

#[cfg(test)]
mod tests {
    use super::{RecordError, id_of};

    #[test]
    fn an_id_round_trips_without_control_characters() {
        for id in ["a-1", "", "\"\\", "Zoë", "\u{1b}[31m", "\u{9b}31m", "\u{202e}abc", "\u{e0041}", "\u{7f}"] {
            let mut out = Vec::new();
            RecordError::new("x", "y").write(Some(id), 7, &mut out);
            let line = String::from_utf8(out).expect("text");
            assert!(!line.trim_end().contains(|c: char| c.is_control() || c == '\u{202e}'), "{line:?}");
            assert_eq!(id_of(&line).as_deref(), Some(id), "{line}");
        }
        assert_eq!(id_of("\u{feff}{\"id\":\"5\"}").as_deref(), Some("5"));
        assert_eq!(id_of("{\"id\":5}"), None);
        assert_eq!(id_of("[\"a\"]"), None);
        assert_eq!(id_of("{\"id\":\"a\",\"id\":\"b\"}"), None);
    }
}
