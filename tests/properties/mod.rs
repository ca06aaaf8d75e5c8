//! What holds for any answers: the five promises, and that nobody's words can do harm.
//!
//! An interview is drawn at random by stepping [`preconsult::interview::Interview`], as any other client does. When a
//! property fails, proptest looks for the shortest interview in which it does. [`attack`] does the same from bytes.
#![allow(clippy::disallowed_methods, reason = "the second pack is read from disk")]

#[allow(unreachable_pub, reason = "what fuzzes it, in tests/fuzz, takes this crate for a library")]
pub mod attack;
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
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// The pack that comes with the program.
static BUILT_IN: LazyLock<Pack> = LazyLock::new(|| load(&built_in()));

/// A pack with every kind of question, markup in its wordings, and words of one's own for each option.
static EVERY_KIND: LazyLock<Pack> = LazyLock::new(|| load(&files("tests/properties/pack")));

/// A folder of the repository, whichever crate these tests are built into.
fn folder(name: &str) -> PathBuf {
    let above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    above.map(|folder| folder.join(name)).find(|folder| folder.is_dir()).unwrap_or_else(|| panic!("there is no {name}"))
}

/// The JSON files of a folder: name and text.
fn texts(name: &str) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    for entry in std::fs::read_dir(folder(name)).expect("the folder is there") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|end| end == "json") {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            texts.push((name, std::fs::read_to_string(path).expect("it can be read")));
        }
    }
    texts.sort();
    texts
}

/// The pack in a folder of the repository.
fn files(name: &str) -> PackFiles {
    PackFiles { folder: String::new(), texts: texts(name).into_iter().collect() }
}

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
