//! Reviews of packs and statements.

use crate::printable::Printable;
use chrono::NaiveDate;

/// A review of a pack or a statement. A field that is `None` means "not yet", not "unknown".
#[derive(Debug, Clone, Default)]
pub struct Review {
    /// Name of the reviewer.
    pub by: Option<Printable>,
    /// Date of the review.
    pub on: Option<NaiveDate>,
    /// Date by which the next review is due.
    pub due: Option<NaiveDate>,
}
