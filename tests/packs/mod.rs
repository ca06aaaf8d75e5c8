//! Packs: what is refused and how it is told, what is proven, and that nothing in `src` knows one pack only.
#![allow(clippy::pedantic, reason = "tables and small generators; the lints of the program stay strict")]
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may fail where it stands, and reads its files"
)]

mod broken;
mod diff;
#[path = "../properties/draw.rs"]
#[allow(dead_code, reason = "the properties use the rest")]
mod draw;
mod everything;
mod fhir;
mod mutate;
mod mutations;
mod page;
mod pages;
mod prepared;
mod promises;
mod proofs;
mod schema;
mod schema_answers;
mod speed;
mod starter;

use chrono::NaiveDate;
use preconsult::pack::PackFiles;

/// The day on which every check here is made.
fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
}

/// The pack in `tests/packs/everything`.
fn everything() -> PackFiles {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/packs/everything");
    let mut files = PackFiles::default();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|end| end == "json") {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            files.texts.insert(name, std::fs::read_to_string(&path).unwrap());
        }
    }
    files
}
