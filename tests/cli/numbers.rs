//! Numbers as the language writes them: typed, printed and refused. Data keeps the decimal point.

use crate::support::Sandbox;
use serde_json::{Value, json};

/// A pack that asks for numbers and quantities, in two languages.
const PACK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/packs/everything");

/// Replies up to the review, with an amount of water and a soil test.
fn replies(water: &str, soil: &str) -> String {
    format!("frost\nbad\n30\nyes\n/skip\n{water}\n/skip\n{soil}\n/review\n/done\n")
}

/// Asks in plain lines, and returns the sandbox and the names of the files.
fn ask(language: &str, replies: String) -> (Sandbox, Vec<String>) {
    let sandbox = Sandbox::new();
    let options = format!("ask --pack {PACK} --lang {language} --date 2026-11-22 --format text,json,answers --out .");
    let done = sandbox.run(&options).stdin(replies).stdout_has([".txt", ".json"]).stderr_any().check();
    let files = done.stdout.lines().map(str::to_owned).collect();
    (sandbox, files)
}

#[test]
fn spanish_takes_and_prints_a_decimal_comma() {
    for (water, soil) in [("0,25 litres", "6,5"), ("0.25 litres", "6.5")] {
        let (sandbox, files) = ask("es", replies(water, soil));
        let file = |end: &str| {
            let name = files.iter().find(|name| name.ends_with(end)).unwrap_or_else(|| panic!("no {end}: {files:?}"));
            sandbox.read(name)
        };
        let page = file(".txt");
        assert!(page.contains(": 6,5\n") && page.contains(": 0,25 "), "{page}");
        let answers: Value = serde_json::from_str(&file("-answers.json")).expect("JSON");
        assert_eq!(answers["answers"]["ph"].to_string(), "6.5");
        assert_eq!(answers["answers"]["water"], json!({ "value": 0.25, "unit": "litres" }));
        let summary: Value = serde_json::from_str(&file("-patient.json")).expect("JSON");
        let record = |question: &str| {
            let records = summary["answers"].as_array().expect("a list");
            records.iter().find(|record| record["question"] == question).expect("a record")
        };
        assert_eq!((&record("ph")["value"], &record("ph")["text"]), (&json!("6.5"), &json!("6,5")));
        assert_eq!(record("water")["value"], "0.25");
        assert!(record("water")["text"].as_str().is_some_and(|text| text.starts_with("0,25 ")));
    }
}

#[test]
fn english_keeps_the_point() {
    let (sandbox, files) = ask("en", replies("0.25 litres", "6.5"));
    let page = sandbox.read(&files[0]);
    assert!(page.contains(": 6.5\n") && page.contains(": 0.25 "), "{page}");
    let sandbox = Sandbox::new();
    let options = format!("ask --pack {PACK} --lang en");
    let why = "That is not a number. Type digits, such as 12 or 7.5.";
    sandbox.run(&options).stdin("frost\nbad\n3,5\n").code(2).stderr_has([why]).check();
}

#[test]
fn a_refusal_shows_numbers_as_they_are_typed() {
    let sandbox = Sandbox::new();
    let options = format!("ask --pack {PACK} --lang es");
    for (reply, why) in [
        // A thousand, or one?
        ("1.000", "Eso no es un número. Escriba cifras, por ejemplo 12 o 7,5."),
        ("3,5", "Dé un valor de 1 a 500. Solo números enteros."),
        ("1,2,3", "Eso no es un número."),
    ] {
        sandbox.run(&options).stdin(format!("frost\nbad\n{reply}\n")).code(2).stderr_has([why]).check();
    }
}
