//! Packs: what is refused and how it is told, what is proven, and that nothing in `src` knows one pack only.
#![allow(clippy::pedantic, reason = "tables and small generators; the lints of the program stay strict")]
#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

mod broken;
mod diff;
mod everything;
mod fhir;
mod json_schema;
mod mutations;
mod page;
mod pages;
mod proofs;
mod schema;
mod schema_answers;
mod speed;
mod starter;

use chrono::NaiveDate;

/// The day of every check here.
fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
}
