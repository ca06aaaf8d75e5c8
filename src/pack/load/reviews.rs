//! Checks who reviewed a pack, and when.

use super::references::date;
use super::translations::clean;
use crate::answer::parse_date;
use crate::diagnostics::{Diagnostic, Reporter, Spanned};
use crate::pack::files::ParsedFile;
use crate::pack::raw::{PackFile, RulesFile, StatementsFile};
use crate::pack::review::Review;
use chrono::NaiveDate;

/// Who reviewed something, and when: both or neither.
pub(super) fn review(
    by: Option<&Spanned<String>>,
    on: Option<&Spanned<String>>,
    due: Option<&Spanned<String>>,
    sink: &Reporter<'_>,
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
            Diagnostic::new("half-review", one.span.clone(), message)
                .hint("fill in both the name and the day, or leave both null"),
        );
    }
    if let (Some(on), Some(next), Some(due)) = (review.on, review.due, due)
        && next <= on
    {
        let message = format!("the next review is due on {next}, and the last one was on {on}");
        sink.report(
            Diagnostic::new("review-order", due.span.clone(), message).hint("write a day that is after `reviewed_on`"),
        );
    }
    review
}

/// Warns of reviews that are past their day, and of those that are yet to come.
pub(super) fn check(
    head: &ParsedFile<'_, PackFile>,
    said: &ParsedFile<'_, StatementsFile>,
    ruled: &ParsedFile<'_, RulesFile>,
    today: NaiveDate,
) {
    let past = |due: &Option<Spanned<String>>, what: &str, sink: &Reporter<'_>| {
        let Some(due) = due else { return };
        if parse_date(due).is_some_and(|day| day < today) {
            let message = format!("the review of {what} was due on {}, and it is {today}", due.as_str());
            sink.report(
                Diagnostic::warning("review-past-due", due.span.clone(), message)
                    .hint("have it reviewed, then write the new name and days; until then every summary says so"),
            );
        }
    };
    let to_come = |on: &Option<Spanned<String>>, what: &str, sink: &Reporter<'_>| {
        let Some(on) = on else { return };
        if parse_date(on).is_some_and(|day| day > today) {
            let message = format!("{what} is said to have been on {}, and it is {today}", on.as_str());
            sink.report(
                Diagnostic::warning("review-to-come", on.span.clone(), message)
                    .hint("write the day on which it was done, or null until then"),
            );
        }
    };
    if let Some(raw) = &head.raw {
        to_come(&raw.reviewed_on, "the review of the pack", &head.sink);
        past(&raw.review_due, "the pack", &head.sink);
    }
    for statement in said.raw.iter().flat_map(|file| &file.statements) {
        let id = statement.id.as_str();
        to_come(&statement.reviewed_on, &format!("the review of the statement `{id}`"), &said.sink);
        past(&statement.review_due, &format!("the statement `{id}`"), &said.sink);
    }
    for rule in ruled.raw.iter().flat_map(|file| &file.rules) {
        for say in &rule.say {
            let what = format!("the sign-off of `{}` in the rule `{}`", say.statement.as_str(), rule.id.as_str());
            to_come(&say.signed_off_on, &what, &ruled.sink);
        }
    }
}
