//! The printed page: PDF, HTML, the blank form, the letterhead, the printer.

mod config;
mod form;
mod html;
mod logo;
#[cfg(feature = "pdf")]
mod measures;
mod names;
#[cfg(feature = "pdf")]
mod pdf;
#[cfg(feature = "pdf")]
mod printing;
#[cfg(feature = "pdf")]
mod template;
mod text;

use crate::support::Sandbox;
use std::path::{Path, PathBuf};

/// Ten patients as answers files, each a difficult case for a page.
const PATIENTS: [&str; 11] = [
    "short",
    "usual",
    "younger-look",
    "longest",
    "spanish",
    "right-to-left",
    "note",
    "not-sure",
    "all-concerns",
    "only-not-covered",
    "hostile",
];

/// The answers file of a patient.
fn patient(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/pages/patients");
    let path = folder.join(format!("{name}.json"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A sandbox with a patient's answers in `answers.json`.
fn sandbox(name: &str) -> Sandbox {
    Sandbox::with("answers.json", patient(name))
}

/// Writes a patient's page in a format and returns its path.
fn page(sandbox: &Sandbox, format: &str, copy: &str, more: &str) -> PathBuf {
    let words = format!("summarize answers.json --format {format} --copy {copy} {more}");
    let done = sandbox.run(&words).stdout_has([copy]).stderr_any().check();
    sandbox.path(done.stdout.trim())
}

/// The sentences that a page must contain in this order, from the JSON summary of the same answers.
fn sentences(name: &str, copy: &str) -> Vec<String> {
    let done = sandbox(name)
        .run_with(["summarize", "answers.json", "--stdout", "--format", "json", "--copy", copy])
        .stdout_has(["\"format\": 1"])
        .check();
    let summary: serde_json::Value = serde_json::from_str(&done.stdout).expect("the summary is JSON");
    let texts = |key: &str| -> Vec<String> {
        summary[key]
            .as_array()
            .into_iter()
            .flatten()
            .map(|line| line["text"].as_str().unwrap_or_default().to_owned())
            .collect()
    };
    let with_limits = |key: &str| -> Vec<String> {
        let lines = summary[key].as_array().into_iter().flatten();
        lines
            .flat_map(|line| std::iter::once(line).chain(line["limits"].as_array().into_iter().flatten()))
            .map(|line| line["text"].as_str().unwrap_or_default().to_owned())
            .collect()
    };
    let mut sentences = vec![summary["procedure"]["text"].as_str().unwrap_or_default().to_owned()];
    let variability = with_start_once(&texts("variability"));
    for part in [with_limits("benefits"), with_limits("overview"), variability, texts("safety"), texts("consult")] {
        sentences.extend(part);
    }
    sentences
}

/// Splits sentences with the same start as pages print them: the start once, then the rest of each.
fn with_start_once(sentences: &[String]) -> Vec<String> {
    let Some((first, others)) = sentences.split_first() else { return Vec::new() };
    let shared = |other: &String| {
        let words = first.split_inclusive(' ').zip(other.split_inclusive(' '));
        words.take_while(|(one, other)| one == other).map(|(word, _)| word.len()).sum()
    };
    let length: usize = others.iter().map(shared).min().unwrap_or_default();
    assert!(length > 0, "{sentences:?} have no common start");
    let rests = sentences.iter().map(|sentence| sentence[length..].to_owned());
    std::iter::once(first[..length].to_owned()).chain(rests).collect()
}

/// Text without line breaks, so that the positions of line breaks do not matter.
fn flowing(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Fails unless the text contains all sentences in their order.
fn assert_in_order(text: &str, sentences: &[String], name: &str) {
    let text = flowing(text);
    let mut from = 0;
    for sentence in sentences.iter().map(|sentence| flowing(sentence)) {
        match text[from..].find(&sentence) {
            Some(start) => from += start + sentence.len(),
            None if text.contains(&sentence) => panic!("{name}: out of order: {sentence}"),
            None => panic!("{name}: missing: {sentence}\nin: {text}"),
        }
    }
}
