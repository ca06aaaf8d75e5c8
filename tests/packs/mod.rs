//! Packs: problems and their reports, proofs, schemas, and independence of `src` from a single pack.
#![allow(clippy::pedantic, reason = "tables and small generators; the lints of the program stay strict")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod broken;
mod copies;
mod criteria;
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

/// Returns the date of every check in these tests.
fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
}
