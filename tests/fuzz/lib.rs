//! The checks of `tests/properties/fuzz_inputs` for the fuzz targets, with their helpers.

#[path = "../properties/mod.rs"]
mod properties;
mod support;

use std::collections::BTreeSet;
use std::io::Write as _;

/// Runs a check on an input.
pub fn check(name: &str, input: &[u8]) {
    properties::fuzz_inputs::check(name, input);
}

/// Writes the seed inputs of a target to its corpus, and the words in them to its dictionary.
///
/// # Panics
/// If a file cannot be written.
pub fn write_corpus(name: &str) {
    let corpus = support::pack_files::folder("tests/fuzz").join("corpus").join(name);
    std::fs::create_dir_all(&corpus).expect("a folder");
    let mut words = BTreeSet::new();
    for (index, seed) in properties::fuzz_inputs::seeds(name).iter().enumerate() {
        std::fs::write(corpus.join(format!("seed-{index:03}")), seed).expect("a file");
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_./:|".contains(byte);
        let parts = seed.split(|byte| !is_part(byte)).filter(|word| (3..=60).contains(&word.len()));
        words.extend(parts.map(|word| String::from_utf8_lossy(word).into_owned()));
    }
    let mut dictionary = std::fs::File::create(corpus.with_extension("dict")).expect("a file");
    for word in words {
        writeln!(dictionary, "\"{word}\"").expect("a file");
    }
}
