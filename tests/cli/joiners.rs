//! The joiners that a script needs stay in every output, and in the names of files.

use crate::cli::answers::more;
use crate::support::Sandbox;
use serde_json::{Value, json};

/// Words that would be other words or other pictures without their joiners.
const WORDS: [&str; 4] = ["نمی\u{200c}دانم", "ශ්\u{200d}රී", "ন্\u{200c}ত", "👩\u{200d}👧"];

/// An answers file with these words, and with joiners that nothing needs.
fn answers() -> String {
    let text = format!("{} a\u{200d}b \u{200c}c", WORDS.join(" "));
    let mut file: Value = serde_json::from_str(&more(r#""sun":"sun-2""#)).expect("JSON");
    file["answers"]["questions"] = json!(text);
    file["answers"]["label"] = json!("نمی\u{200c}دانم");
    file.to_string()
}

#[test]
fn every_format_keeps_the_joiners_of_a_script_and_no_others() {
    let sandbox = Sandbox::with("a.json", answers());
    for format in ["text", "markdown", "html", "json", "fhir"] {
        for copy in ["patient", "clinician"] {
            let options = format!("summarize a.json --stdout --format {format} --copy {copy}");
            let page = sandbox.run(&options).stdout_has(WORDS).stderr_any().check().stdout;
            // FHIR keeps the answers as they were given, beside the page.
            if format != "fhir" {
                assert!(page.contains("ab c"), "{format}: {page}");
            }
        }
    }
    let line = sandbox.run("batch").stdin(format!("{}\n", answers())).stdout_has(WORDS).stderr_any().check().stdout;
    assert!(line.contains("ab c"), "{line}");
}

#[test]
fn the_name_of_a_file_keeps_its_letters_whole() {
    let sandbox = Sandbox::with("a.json", answers());
    let done = sandbox.run("summarize a.json --format text --out .").stdout_has([".txt"]).stderr_any().check();
    assert!(done.stdout.ends_with("2026-11-22-نمی\u{200c}دانم-patient.txt\n"), "{:?}", done.stdout);
}
