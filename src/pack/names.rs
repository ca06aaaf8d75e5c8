//! Names and dates in a pack: what they may look like, and whether what they refer to is there.

use super::Review;
use super::wordings::clean;
use crate::located::{At, Problem, Sink};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// The names that something may refer to, in the order of what they name.
pub(super) struct Names<'n> {
    what: &'static str,
    list: Vec<&'n str>,
    whole: bool,
}

impl<'n> Names<'n> {
    pub(super) fn new(what: &'static str, list: impl Iterator<Item = &'n str>, whole: bool) -> Self {
        Self { what, list: list.collect(), whole }
    }

    pub(super) fn position(&self, name: &str) -> Option<usize> {
        self.list.iter().position(|known| *known == name)
    }

    /// The place of what is referred to; a name that nothing has is reported.
    pub(super) fn find(&self, name: &At<String>, sink: &Sink<'_>) -> Option<usize> {
        let found = self.position(name);
        if found.is_none() && self.whole {
            sink.report(
                Problem::new("unknown-id", name.span.clone(), format!("there is no {} `{}`", self.what, name.as_str()))
                    .suggest(name, self.list.iter().copied()),
            );
        }
        found
    }
}

pub(super) fn is_id(id: &str) -> bool {
    !id.is_empty()
        && id.len() <= 60
        && !id.starts_with('-')
        && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// Refuses the second of two equal names.
pub(super) fn check_unique<'i>(what: &str, ids: impl Iterator<Item = &'i At<String>>, sink: &Sink<'_>) {
    let mut seen = BTreeSet::new();
    for id in ids {
        if !seen.insert(id.as_str()) {
            sink.report(
                Problem::new(
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
pub(crate) fn date(text: &At<String>, sink: &Sink<'_>) -> Option<NaiveDate> {
    let parsed = crate::answer::parse_date(text);
    if parsed.is_none() {
        sink.report(
            Problem::new("bad-date", text.span.clone(), format!("`{}` is not a date", text.as_str()))
                .hint("write year, month and day, such as 2026-11-22"),
        );
    }
    parsed
}

/// Who reviewed something, and when: both or neither.
pub(super) fn review(
    by: Option<&At<String>>,
    on: Option<&At<String>>,
    due: Option<&At<String>>,
    sink: &Sink<'_>,
) -> Review {
    let review = Review {
        by: by.map(|by| clean(by, sink)),
        on: on.and_then(|on| date(on, sink)),
        due: due.and_then(|due| date(due, sink)),
    };
    let is_bad_day = on.is_some() && review.on.is_none();
    if let ((Some(one), None) | (None, Some(one)), false) = ((by, on), is_bad_day) {
        let message = "a review has a name and a day, and only one of them is here";
        sink.report(
            Problem::new("half-review", one.span.clone(), message)
                .hint("fill in both the name and the day, or leave both null"),
        );
    }
    if let (Some(on), Some(next), Some(due)) = (review.on, review.due, due)
        && next <= on
    {
        let message = format!("the next review is due on {next}, and the last one was on {on}");
        sink.report(
            Problem::new("review-order", due.span.clone(), message).hint("write a day that is after `reviewed_on`"),
        );
    }
    review
}
