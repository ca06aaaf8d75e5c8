//! Checks the reviews and sign-offs of a pack.

use super::references::date;
use super::translations::clean;
use crate::answer::parse_date;
use crate::diagnostics::{Diagnostic, Reporter, Spanned};
use crate::pack::files::ParsedFile;
use crate::pack::raw::{PackFile, RulesFile, StatementsFile};
use crate::pack::review::Review;
use chrono::NaiveDate;

/// Converts a review. Reports a review that lacks its name or its date, or that is due before it was done.
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
        let message = "a review needs both a name and a date";
        sink.report(
            Diagnostic::new("half-review", one.span.clone(), message)
                .hint("set both the name and the date, or set both to null"),
        );
    }
    if let (Some(on), Some(next), Some(due)) = (review.on, review.due, due)
        && next <= on
    {
        let message = format!("the next review is due on {next}, but the last one was on {on}");
        sink.report(
            Diagnostic::new("review-order", due.span.clone(), message).hint("write a date after `reviewed_on`"),
        );
    }
    review
}

/// Warns of overdue reviews, and of reviews and sign-offs that are dated after `today`.
pub(super) fn check(
    manifest: &ParsedFile<'_, PackFile>,
    statements_file: &ParsedFile<'_, StatementsFile>,
    rules_file: &ParsedFile<'_, RulesFile>,
    today: NaiveDate,
) {
    let past = |due: &Option<Spanned<String>>, what: &str, sink: &Reporter<'_>| {
        let Some(due) = due else { return };
        if parse_date(due).is_some_and(|day| day < today) {
            let message = format!("the review of {what} was due on {}; today is {today}", due.as_str());
            sink.report(
                Diagnostic::warning("review-past-due", due.span.clone(), message)
                    .hint("have it reviewed, then set the new name and dates; until then every summary shows this"),
            );
        }
    };
    let to_come = |on: &Option<Spanned<String>>, what: &str, sink: &Reporter<'_>| {
        let Some(on) = on else { return };
        if parse_date(on).is_some_and(|day| day > today) {
            let message = format!("the date of {what} is {}, which is after today ({today})", on.as_str());
            sink.report(
                Diagnostic::warning("review-to-come", on.span.clone(), message)
                    .hint("write the actual date, or null until it is done"),
            );
        }
    };
    if let Some(raw) = &manifest.raw {
        to_come(&raw.reviewed_on, "the review of the pack", &manifest.sink);
        past(&raw.review_due, "the pack", &manifest.sink);
    }
    for statement in statements_file.raw.iter().flat_map(|file| &file.statements) {
        let id = statement.id.as_str();
        to_come(&statement.reviewed_on, &format!("the review of the statement `{id}`"), &statements_file.sink);
        past(&statement.review_due, &format!("the statement `{id}`"), &statements_file.sink);
    }
    for rule in rules_file.raw.iter().flat_map(|file| &file.rules) {
        for say in &rule.say {
            let what = format!("the sign-off of `{}` in the rule `{}`", say.statement.as_str(), rule.id.as_str());
            to_come(&say.signed_off_on, &what, &rules_file.sink);
        }
    }
}
