//! Large answers files and packs: the report stays short and fast.

use crate::cli::answers::{SHORT, file, more};
use crate::support::Sandbox;
use serde_json::json;

#[test]
fn the_report_of_two_thousand_problems_is_one_page() {
    let unknown: Vec<String> = (0..2_000).map(|at| format!("\"key-{at}\":1")).collect();
    for gap in ["", "\n"] {
        let sandbox = Sandbox::with("a.json", more(&unknown.join(&format!(",{gap}"))));
        let done = sandbox
            .run("summarize a.json")
            .code(2)
            .stderr_has([
                "error[unknown-id]: $.answers.key-0: the pack has no question `key-0`\n",
                "error[unknown-id]: $.answers.key-99: ",
                "\n\n… and 1900 more\n\nerror: 2000 problems in a.json\n",
            ])
            .check();
        assert_eq!(done.stderr.matches("error[").count(), 100);
        assert!(done.stderr.len() < 60_000, "{} bytes", done.stderr.len());
    }
}

#[test]
fn exactly_a_hundred_problems_are_all_shown() {
    let unknown: Vec<String> = (0..100).map(|at| format!("\"key-{at}\":1")).collect();
    let sandbox = Sandbox::with("a.json", more(&unknown.join(",")));
    let done = sandbox.run("summarize a.json").code(2).stderr_has(["error: 100 problems in a.json\n"]).check();
    assert_eq!(done.stderr.matches("error[").count(), 100);
    assert!(!done.stderr.contains("more\n\nerror"), "{}", done.stderr);
}

#[test]
fn a_text_of_megabytes_is_not_repeated() {
    let long = "x".repeat(3_000_000);
    let short = |from: &str, to: &str| {
        assert!(SHORT.contains(from), "{from}");
        SHORT.replacen(from, &to.replace("LONG", &long), 1)
    };
    for text in [
        short("\"acne-scars\"]", "\"LONG\"]"),
        short("{\"acne-scars\":", "{\"LONG\":"),
        short("\"skin-health\"", "\"LONG\""),
        short("\"good\"", "\"LONG\""),
        short("\"good\"", "{\"unknown\":\"skipped\",\"LONG\":1}"),
        short("\"good\"", "{\"good\":\"LONG\"}"),
        short("microneedling", "LONG"),
        short("\"format\":1", "\"format\":1,\"LONG\":1"),
        short("\"format\":1", "\"format\":1,\"LONG\":1,\"LONG\":1"),
        short("2026-11-22", "LONG"),
        short("\"format\":1", "\"format\":1,\"language\":\"LONG\""),
        short("\"format\":1", "\"format\":1,\"filled_in_by\":\"LONG\""),
        file("{\"concerns\":5}").replace("\"format\"", &format!("\"{long}\":{{\"{long}\":1}},\"format\"")),
    ] {
        let sandbox = Sandbox::with("a.json", text);
        let done = sandbox.run("summarize a.json").code(2).stderr_has(["error[", " --> a.json:"]).check();
        assert!(done.stderr.len() < 10_000, "{} bytes: {:.300}", done.stderr.len(), done.stderr);
    }
}

#[test]
fn the_position_in_a_long_line_is_reported_in_full() {
    let spaces = " ".repeat(5_000);
    let sandbox = Sandbox::with("a.json", SHORT.replace("\"good\"", &format!("{spaces}\"goood\"")));
    let line = SHORT.lines().nth(1).unwrap_or_default();
    let column = line.find("\"good\"").unwrap_or_default() + 5_000 + 1;
    sandbox
        .run("summarize a.json")
        .code(2)
        .stderr_has([&format!(" --> a.json:2:{column}\n"), "\"goood\"", "^^^^^^^", "help: did you mean `good`?"])
        .check();
}

/// Creates the starter pack with questions that each depend on either of the two previous ones.
fn ladder(sandbox: &Sandbox, rungs: usize) {
    let path = sandbox.path("ladder/questions.json");
    let mut pack: serde_json::Value = sandbox.read("ladder/questions.json").parse().expect("JSON");
    let questions = pack["questions"].as_array_mut().expect("a list");
    for rung in 0..rungs {
        let is_yes = |before: usize| match rung.checked_sub(before) {
            Some(before) => json!({ "question": format!("rung-{before}"), "is": "yes" }),
            None => json!({ "question": "desk", "is": "yes" }),
        };
        let when = if rung == 0 { is_yes(1) } else { json!({ "any": [is_yes(1), is_yes(2)] }) };
        questions.push(json!({
            "id": format!("rung-{rung}"), "section": "finish", "type": "yes-no", "when": when,
            "title": "Next", "text": "Do you want one more?",
        }));
    }
    std::fs::write(path, pack.to_string()).expect("the pack");
}

#[test]
fn a_long_chain_of_questions_is_evaluated_once() {
    let sandbox = Sandbox::new();
    sandbox.run("pack new ladder").stdout_has([""]).stderr_any().check();
    ladder(&sandbox, 60);
    let answers = r#"{"format":1,"pack":"ladder","answers":{"wishes":["nice-color"],"hours":"long","rung-59":true}}"#;
    sandbox
        .run("summarize --pack ladder")
        .stdin(answers)
        .code(2)
        .stderr_has(["error[not-asked]: $.answers.rung-59: `rung-59` is not asked", "1 problem in <stdin>\n"])
        .check();
    // The last question depends on the first through all others.
    let wrong = answers.replace("\"rung-59\":true", "\"desk\":7,\"rung-59\":true");
    sandbox
        .run("summarize --pack ladder")
        .stdin(wrong)
        .code(2)
        .stderr_has(["error[wrong-type]: $.answers.desk: ", "1 problem in <stdin>\n"])
        .check();
}
