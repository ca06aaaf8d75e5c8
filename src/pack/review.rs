//! Who has reviewed a pack or a statement.

use crate::printable::Printable;
use chrono::NaiveDate;

/// Who reviewed the pack, and when. `None` is "not yet", never an unknown somebody.
#[derive(Debug, Clone, Default)]
pub struct Review {
    /// Who.
    pub by: Option<Printable>,
    /// When.
    pub on: Option<NaiveDate>,
    /// When the next review is due.
    pub due: Option<NaiveDate>,
}
