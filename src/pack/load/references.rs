//! Checks ids, references and dates in a pack.

use crate::diagnostics::{Diagnostic, Reporter, Spanned};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// Names that a reference can point to, in the order of their items.
pub(super) struct KnownNames<'n> {
    what: &'static str,
    list: Vec<&'n str>,
    is_complete: bool,
}

impl<'n> KnownNames<'n> {
    pub(super) fn new(what: &'static str, list: impl Iterator<Item = &'n str>, is_complete: bool) -> Self {
        Self { what, list: list.collect(), is_complete }
    }

    pub(super) fn position(&self, name: &str) -> Option<usize> {
        self.list.iter().position(|known| *known == name)
    }

    /// Returns the index of a name. Reports a name that is not known.
    pub(super) fn find(&self, name: &Spanned<String>, sink: &Reporter<'_>) -> Option<usize> {
        let position = self.position(name);
        if position.is_none() && self.is_complete {
            sink.report(
                Diagnostic::new(
                    "unknown-id",
                    name.span.clone(),
                    format!("there is no {} `{}`", self.what, name.as_str()),
                )
                .suggest(name, self.list.iter().copied()),
            );
        }
        position
    }
}

/// Reports each repeated name.
pub(super) fn check_unique<'i>(what: &str, ids: impl Iterator<Item = &'i Spanned<String>>, sink: &Reporter<'_>) {
    let mut seen = BTreeSet::new();
    for id in ids {
        if !seen.insert(id.as_str()) {
            sink.report(
                Diagnostic::new("duplicate-id", id.span.clone(), format!("two {what} have the name `{}`", id.as_str()))
                    .hint("rename or delete one of them"),
            );
        }
    }
}

/// Parses a date as YYYY-MM-DD. Reports a value that is not a date.
pub(crate) fn date(text: &Spanned<String>, sink: &Reporter<'_>) -> Option<NaiveDate> {
    let parsed = crate::answer::parse_date(text);
    if parsed.is_none() {
        sink.report(
            Diagnostic::new("bad-date", text.span.clone(), format!("`{}` is not a date", text.as_str()))
                .hint("write year, month and day, such as 2026-11-22"),
        );
    }
    parsed
}
