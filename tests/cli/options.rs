//! Output options and the exit codes of the command line.

use crate::cli::answers::{SHORT, SHORT_REPLIES, more};
use crate::support::Sandbox;
use serde_json::Value;

#[test]
fn stdout_takes_one_format_and_one_copy() {
    let sandbox = Sandbox::with("a.json", SHORT);
    let run = |more: &str| sandbox.run(&format!("summarize a.json --stdout {more}"));
    run("").stdout_has(["Before your visit: microneedling\nPatient's copy"]).check();
    run("--copy clinician").stdout_has(["Clinician's copy"]).check();
    run("--format markdown").stdout_has(["# Before your visit: microneedling\n"]).check();
    run("--format json").stdout_has(["{\n  \"format\": 1,\n"]).check();
    run("--copy both")
        .code(2)
        .stderr(
            "error: only one copy can be written to standard output\nhint: choose --copy patient or --copy clinician\n",
        )
        .check();
    run("--format text,json")
        .code(2)
        .stderr("error: only one format can be written to standard output\nhint: name one with --format\n")
        .check();
    run("--out .").code(2).stderr_has(["error: ", "--stdout", "cannot be used with", "--out"]).check();
    assert_eq!(sandbox.outputs(), [""; 0]);
}

#[test]
fn ask_has_no_stdout_option() {
    Sandbox::new().run("ask --stdout").code(2).stderr_has(["unexpected argument '--stdout'"]).check();
}

#[test]
fn formats_are_a_list_and_a_wrong_one_is_named() {
    let sandbox = Sandbox::with("a.json", SHORT);
    sandbox
        .run("summarize a.json --label A --format json,text")
        .stdout("2026-11-22-A-patient.json\n2026-11-22-A-patient.txt\n")
        .check();
    sandbox
        .run("summarize a.json --label B --format json --format text")
        .stdout("2026-11-22-B-patient.json\n2026-11-22-B-patient.txt\n")
        .check();
    sandbox.run("summarize a.json --format text,docx").code(2).stderr_has(["'docx'", "text, markdown, json"]).check();
    sandbox.run("summarize a.json --format").code(2).stderr_has(["--format"]).check();
    sandbox.run("summarize a.json --copy nobody").code(2).stderr_has(["'nobody'", "patient, clinician, both"]).check();
    sandbox
        .run("summarize a.json --filled-in-by nobody")
        .code(2)
        .stderr_has(["'nobody'", "patient, staff, together"])
        .check();
}

#[test]
fn a_format_named_twice_is_written_once() {
    let sandbox = Sandbox::with("a.json", SHORT);
    sandbox.run("summarize a.json --label A --format text,text").stdout("2026-11-22-A-patient.txt\n").check();
}

#[test]
fn the_date_must_be_complete() {
    let sandbox = Sandbox::with("a.json", SHORT);
    sandbox
        .run("summarize a.json --label A --format text --date 2028-02-29")
        .stdout("2028-02-29-A-patient.txt\n")
        .check();
    let shape = "write it as YYYY-MM-DD";
    let wrongs = ["today", "22.11.2026", "2026-1-2", "", "２026-11-22"].map(|wrong| (wrong, shape));
    for (wrong, why) in wrongs.into_iter().chain([("2026-02-30", "there is no such day")]) {
        sandbox.run_with(["summarize", "a.json", "--date", wrong]).code(2).stderr_has(["--date", why]).check();
    }
}

#[test]
fn an_invalid_label_is_refused() {
    let sandbox = Sandbox::with("a.json", SHORT);
    let long = "x".repeat(61);
    let too_long = "error: --label: The text has 61 characters; the limit is 60. Please shorten it.\nhint: ";
    sandbox.run_with(["summarize", "a.json", "--label", &long]).code(2).stderr_has([too_long]).check();
    for blank in ["", "  ", "\u{200b}"] {
        sandbox
            .run_with(["summarize", "a.json", "--label", blank])
            .code(2)
            .stderr_has(["error: --label: the text is empty\n", "hint: use a chosen name"])
            .check();
    }
    for broken in ["A\nB", "A\rB", "A\u{2028}B"] {
        let run = sandbox.run_with(["summarize", "a.json", "--label", broken]);
        run.code(2).stderr_has(["error: --label: the text has a line break\n", "on one line\n"]).check();
    }
    let run = sandbox.run_with(["summarize", "a.json", "--format", "text", "--label", "A12\n"]);
    run.stdout("2026-11-22-A12-patient.txt\n").check();
    let done = sandbox
        .run_with(["ask", "--plain", "--label", &long])
        .stdin(SHORT_REPLIES)
        .code(2)
        .stderr_has([too_long])
        .check();
    assert!(!done.stderr.contains("Question 1"), "{}", done.stderr);
}

#[test]
fn a_label_from_the_command_line_is_the_answer_in_the_interview() {
    let sandbox = Sandbox::new();
    let done = sandbox
        .run("--label Z9 --format json --date 2026-11-22")
        .stdin(SHORT_REPLIES)
        .stdout("2026-11-22-Z9-patient.json\n")
        .stderr_has(["Your answers"])
        .check();
    let summary: Value = serde_json::from_str(&sandbox.read(done.stdout.trim_end())).expect("JSON");
    assert_eq!(summary["label"], "Z9");
}

#[test]
fn a_line_break_in_a_label_does_not_break_the_page() {
    let lines = |label: &str| {
        let sandbox = Sandbox::new();
        let run = sandbox.run("summarize --stdout").stdin(more(&format!(r#""label":"{label}""#)));
        run.stdout_has(["Label: A B 12\n"]).check().stdout.lines().count()
    };
    assert_eq!(lines("A\\nB\\n12"), lines("A B 12"));
}

#[test]
fn the_page_names_who_filled_it_in() {
    let sandbox = Sandbox::with("a.json", SHORT);
    for (who, line) in [
        ("patient", "Filled in by:  [x] patient   [ ] staff   [ ] both together\n"),
        ("staff", "Filled in by:  [ ] patient   [x] staff   [ ] both together\n"),
        ("together", "Filled in by:  [ ] patient   [ ] staff   [x] both together\n"),
    ] {
        sandbox.run(&format!("summarize a.json --stdout --filled-in-by {who}")).stdout_has([line]).check();
    }
    sandbox
        .run("summarize a.json --stdout")
        .stdout_has(["Filled in by:  [ ] patient   [ ] staff   [ ] both together\n"])
        .check();
}

#[test]
fn every_language_works_and_an_unknown_one_is_refused() {
    let sandbox = Sandbox::with("a.json", SHORT);
    for tag in ["es", "es-MX", "ES", "en-GB"] {
        let run = sandbox.run(&format!("summarize a.json --stdout --format json --lang {tag}"));
        let done = run.stdout_has(["{"]).check();
        let summary: Value = serde_json::from_str(&done.stdout).expect("JSON");
        assert_eq!(summary["language"], tag[..2].to_lowercase());
    }
    sandbox
        .run("--lang es --format text")
        .stdin(SHORT_REPLIES)
        .stdout_has(["-patient.txt\n"])
        .stderr_has(["\n"])
        .check();
    sandbox
        .run("summarize a.json --lang tlh")
        .code(2)
        .stderr_has(["has no language tlh", "hint: choose with --lang: en, es\n"])
        .check();
    let in_file = SHORT.replace("\"answers\"", "\"language\":\"\\u001b[31m\",\"answers\"");
    sandbox
        .run("summarize")
        .stdin(in_file)
        .code(2)
        .stderr_has(["$.language: ", "has no language", "help: one of: en, es"])
        .check();
}

#[test]
fn options_of_the_interview_and_a_command_do_not_mix() {
    Sandbox::new().run("--plain summarize").code(2).stderr_has(["error: "]).check();
    Sandbox::new().run("nothing").code(2).stderr_has(["'nothing'", "Usage: "]).check();
    Sandbox::new().run("--nothing").code(2).stderr_has(["'--nothing'", "--help"]).check();
}

#[test]
fn a_number_out_of_range_is_reported_with_the_range() {
    let up = |from: u8| format!("write a whole number from {from} up");
    let desk = [
        ("desk show x", up(1)),
        ("desk show -1", up(1)),
        ("desk show 99999999999999999999", "the number is too large".to_owned()),
        ("desk purge --older-than -1", up(0)),
        ("desk key rotate --work-factor 99", "write a whole number from 14 to 20".to_owned()),
    ];
    let everywhere = [
        ("batch --threads 0", "write a whole number from 1 to 1024".to_owned()),
        ("batch --first-line 0", up(1)),
        ("batch --first-line -5", up(1)),
        ("drafts discard --older-than 9999999999", "the number is too large".to_owned()),
    ];
    for (words, message) in everywhere.into_iter().chain(desk.into_iter().filter(|_| cfg!(feature = "desk"))) {
        Sandbox::new().run(words).code(2).stderr_has([message.as_str()]).check();
    }
}
