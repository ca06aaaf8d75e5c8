//! Ids and dates in a pack: whether an id is unique, what a reference points at, and whether a date is one.

use crate::diagnostics::{Diagnostic, Reporter, Spanned};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// The names that something may refer to, in the order of what they name.
pub(super) struct KnownNames<'n> {
    what: &'static str,
    list: Vec<&'n str>,
    whole: bool,
}

impl<'n> KnownNames<'n> {
    pub(super) fn new(what: &'static str, list: impl Iterator<Item = &'n str>, whole: bool) -> Self {
        Self { what, list: list.collect(), whole }
    }

    pub(super) fn position(&self, name: &str) -> Option<usize> {
        self.list.iter().position(|known| *known == name)
    }

    /// The place of what is referred to; a name that nothing has is reported.
    pub(super) fn find(&self, name: &Spanned<String>, sink: &Reporter<'_>) -> Option<usize> {
        let found = self.position(name);
        if found.is_none() && self.whole {
            sink.report(
                Diagnostic::new(
                    "unknown-id",
                    name.span.clone(),
                    format!("there is no {} `{}`", self.what, name.as_str()),
                )
                .suggest(name, self.list.iter().copied()),
            );
        }
        found
    }
}

/// Refuses the second of two equal names.
pub(super) fn check_unique<'i>(what: &str, ids: impl Iterator<Item = &'i Spanned<String>>, sink: &Reporter<'_>) {
    let mut seen = BTreeSet::new();
    for id in ids {
        if !seen.insert(id.as_str()) {
            sink.report(
                Diagnostic::new(
                    "duplicate-id",
                    id.span.clone(),
                    format!("there are two {what} with the name `{}`", id.as_str()),
                )
                .hint("rename or delete one of them"),
            );
        }
    }
}

/// A calendar date as packs and answers write it.
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
