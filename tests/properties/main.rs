//! What holds for any answers: the five promises, and that nobody's words can do harm.
//!
//! An interview is drawn at random by stepping [`preconsult::interview::Interview`], as any other client does. When a
//! property fails, proptest looks for the shortest interview in which it does.
#![allow(clippy::disallowed_methods, reason = "the second pack is read from disk")]

mod batch;
mod bytes;
mod claims;
mod draw;
mod fhir;
mod form;
mod hostile;
mod json_text;
mod moves;
mod page;
mod unknown;

use preconsult::pack::{Pack, PackFiles, built_in};
use proptest::test_runner::Config;
use std::sync::LazyLock;

/// The pack that comes with the program.
static BUILT_IN: LazyLock<Pack> = LazyLock::new(|| load(&built_in()));

/// A pack with every kind of question, markup in its wordings, and words of one's own for each option.
static EVERY_KIND: LazyLock<Pack> = LazyLock::new(|| {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/properties/pack");
    let text = |name: &str| std::fs::read_to_string(format!("{folder}/{name}")).expect("a file of the pack");
    let names = ["pack.json", "questions.json", "statements.json", "rules.json"];
    load(&PackFiles {
        folder: String::new(),
        texts: names.into_iter().map(|name| (name.to_owned(), text(name))).collect(),
    })
});

fn load(files: &PackFiles) -> Pack {
    Pack::load(files).unwrap_or_else(|problems| panic!("{problems}"))
}

/// This many interviews over the built-in pack for each property.
const CASES: u32 = 2000;

/// And this many over the other one, which is smaller.
const FEWER: u32 = 500;

fn cases(cases: u32) -> Config {
    Config { cases, failure_persistence: None, max_shrink_iters: 2000, ..Config::default() }
}
