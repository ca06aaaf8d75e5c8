//! `summarize`, and answers files in `ask`: valid input.

use crate::cli::answers::{SHORT, file, more};
use crate::support::Sandbox;
use serde_json::{Value, json};

#[test]
fn a_file_or_standard_input_gives_the_same_summary() {
    let sandbox = Sandbox::with("a.json", SHORT);
    let from_file = sandbox.run("summarize a.json --stdout").stdout_has(["Before your visit"]).check().stdout;
    for arguments in ["summarize --stdout", "summarize - --stdout"] {
        sandbox.run(arguments).stdin(SHORT).stdout(&from_file).check();
    }
    assert_eq!(sandbox.outputs(), [""; 0], "--stdout makes no file");
}

#[test]
fn a_byte_order_mark_is_accepted() {
    let sandbox = Sandbox::with("a.json", format!("\u{feff}{SHORT}"));
    let plain = Sandbox::with("a.json", SHORT)
        .run("summarize a.json --stdout")
        .stdout_has(["Before your visit"])
        .check()
        .stdout;
    sandbox.run("summarize a.json --stdout").stdout(plain).check();
}

#[test]
fn fields_next_to_the_answers_are_used() {
    let text = SHORT.replace(
        "\"answers\"",
        r#""id":"17","pack_version":"1.1.0","language":"es","filled_in_by":"together","$schema":"x","answers""#,
    );
    let sandbox = Sandbox::with("a.json", text);
    let done = sandbox.run("summarize a.json --stdout --format json").stdout_has(["{"]).check();
    let summary: Value = serde_json::from_str(&done.stdout).expect("JSON");
    assert_eq!(summary["date"], "2026-11-22");
    assert_eq!(summary["language"], "es");
    assert_eq!(summary["filled_in_by"], "together");
    // The command line has priority.
    let done = sandbox
        .run("summarize a.json --stdout --format json --lang en --date 2027-01-31 --filled-in-by staff")
        .stdout_has(["{"])
        .check();
    let summary: Value = serde_json::from_str(&done.stdout).expect("JSON");
    assert_eq!([&summary["date"], &summary["language"], &summary["filled_in_by"]], ["2027-01-31", "en", "staff"]);
}

#[test]
fn answers_of_another_pack_version_get_a_note() {
    let sandbox = Sandbox::with("a.json", SHORT.replace("\"answers\"", r#""pack_version":"0.9.0","answers""#));
    let note = "note: these answers are for version 0.9.0 of the pack; they all fit version ";
    sandbox.run("summarize a.json --stdout").stdout_has(["Before your visit"]).stderr_has([note]).check();
}

#[test]
fn a_label_is_used_if_it_is_not_asked() {
    let labelled = file(
        r#"{"concerns":["redness"],"severity":{"redness":"mild"},"skin-health":"good","treatments-had":"none","more":false,"label":"A12"}"#,
    );
    let sandbox = Sandbox::with("a.json", &labelled);
    sandbox.run("summarize a.json --format text").stdout("2026-11-22-A12-patient.txt\n").check();
    assert!(sandbox.read("2026-11-22-A12-patient.txt").contains("\nLabel: A12\n"));
    sandbox.run("summarize a.json --format text --label B7").stdout("2026-11-22-B7-patient.txt\n").check();
}

#[test]
fn a_label_can_be_skipped_or_declined_like_any_other() {
    for state in ["skipped", "declined"] {
        let sandbox = Sandbox::with("a.json", more(&format!(r#""label":{{"unknown":"{state}"}}"#)));
        let done = sandbox.run("summarize a.json --stdout --format json").stdout_has(["{"]).check();
        let summary: Value = serde_json::from_str(&done.stdout).expect("JSON");
        assert_eq!(summary["label"], Value::Null);
        let records = summary["answers"].as_array().expect("a list");
        let record = records.iter().find(|record| record["question"] == "label").expect("the label's record");
        assert_eq!(record["state"], state);
    }
}

#[test]
fn every_shape_of_answer_is_read() {
    let sandbox = Sandbox::with(
        "a.json",
        more(
            r#""area":{"acne-scars":["face","neck"]},"duration":{"acne-scars":{"unknown":"skipped"}},
      "products":{"chosen":["other"],"text":"Aloe"},"medicines":{"chosen":["none"]},
      "change-hoped-for":{"chosen":"small","text":"A bit"},"history":["none"],"questions":"Why?""#,
        ),
    );
    let done = sandbox.run("summarize a.json --stdout --format json").stdout_has(["{"]).check();
    let summary: Value = serde_json::from_str(&done.stdout).expect("JSON");
    let records = summary["recorded"].as_array().expect("a list");
    for (question, expected) in [
        ("area", json!({ "state": "answered", "codes": ["face", "neck"], "free_text": null })),
        ("duration", json!({ "state": "skipped", "codes": null, "free_text": null })),
        ("tried", json!({ "state": "not-asked", "codes": null, "free_text": null })),
        ("products", json!({ "state": "answered", "codes": ["other"], "free_text": "Aloe" })),
        ("medicines", json!({ "state": "answered", "codes": ["none"], "free_text": null })),
        ("change-hoped-for", json!({ "state": "answered", "codes": ["small"], "free_text": "A bit" })),
    ] {
        let record = records.iter().find(|record| record["question"] == question).expect("a record");
        let actual = json!({ "state": record["state"], "codes": record["codes"], "free_text": record["free_text"] });
        assert_eq!(actual, expected, "{question}");
    }
}

#[test]
fn chosen_options_are_printed_in_the_order_of_the_pack() {
    let answers = |concerns: &str| {
        file(&format!(
            r#"{{"concerns":{concerns},"severity":{{"dark-spots":"mild","acne-scars":"mild"}},"skin-health":"good","treatments-had":"none","more":false}}"#
        ))
    };
    let sandbox = Sandbox::with("a.json", answers(r#"["acne-scars","dark-spots"]"#));
    let one = sandbox.run("summarize a.json --stdout --format json").stdout_has(["{"]).check().stdout;
    sandbox
        .run("summarize --stdout --format json")
        .stdin(answers(r#"["dark-spots","acne-scars"]"#))
        .stdout(one)
        .check();
}

#[test]
fn ask_asks_only_the_questions_without_an_answer() {
    let half = file(r#"{"concerns":["acne-scars","redness"],"severity":{"redness":"mild"},"treatments-had":"none"}"#);
    let sandbox = Sandbox::with("half.json", half);
    let done = sandbox
        .run("ask --answers half.json --format json")
        .stdin("severe\ngood\nno\n/done\n")
        .stdout_has(["2026-11-22-"])
        .stderr_has([
            "Acne scars (dents): would you say",
            "How healthy is your skin",
            "Would you like to answer",
            "Your answers",
        ])
        .check();
    assert_eq!(done.stderr.matches("Question ").count(), 3, "{}", done.stderr);
    let summary: Value = serde_json::from_str(&sandbox.read(done.stdout.trim_end())).expect("JSON");
    assert_eq!(summary["answers"][2]["codes"], json!(["severe"]), "{}", summary["answers"]);
}

#[test]
fn ask_with_complete_answers_goes_to_the_review() {
    let sandbox = Sandbox::with("a.json", SHORT);
    let done = sandbox
        .run("ask --answers a.json")
        .stdin("/done\n")
        .stdout_has(["2026-11-22-"])
        .stderr_has(["Your answers"])
        .check();
    assert!(!done.stderr.contains("Question "), "{}", done.stderr);
}

#[test]
fn ask_refuses_a_file_with_faults_before_it_asks() {
    let sandbox = Sandbox::with("a.json", SHORT.replace("moderate", "modrate"));
    let done = sandbox
        .run("ask --answers a.json")
        .code(2)
        .stderr_has(["$.answers.severity.acne-scars", "did you mean `moderate`?"])
        .check();
    assert!(!done.stderr.contains("Before your visit"), "{}", done.stderr);
}
