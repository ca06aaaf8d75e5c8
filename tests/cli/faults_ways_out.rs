//! Every problem in an answers file has a hint, and no problem hides another.

use crate::cli::answers::{SHORT, file, more};
use crate::support::Sandbox;

/// Returns the path and the hint of every reported problem.
fn reported(text: &str) -> Vec<(String, String)> {
    let done = Sandbox::with("a.json", text).run("summarize a.json").code(2).stderr_has(["error["]).check();
    let mut problems = Vec::new();
    for line in done.stderr.lines() {
        if let Some((_, rest)) = line.strip_prefix("error[").and_then(|rest| rest.split_once("]: ")) {
            problems.push((rest.split(": ").next().unwrap_or_default().to_owned(), String::new()));
        } else if let Some((_, help)) = line.split_once("= help: ") {
            help.clone_into(&mut problems.last_mut().expect("a help belongs to a problem").1);
        }
    }
    problems
}

fn short(from: &str, to: &str) -> String {
    assert!(SHORT.contains(from), "{from}");
    SHORT.replacen(from, to, 1)
}

fn check(text: &str, path: &str, help: &str) {
    assert_eq!(reported(text), [(path.to_owned(), help.to_owned())], "{text}");
}

const EITHER: &str =
    "write {\"unknown\":\"skipped\"} or {\"unknown\":\"declined\"}, or leave the question out if it was not asked";

#[test]
fn a_refused_answer_has_a_hint() {
    check(
        &short("[\"acne-scars\"]", "[\"not-sure\",\"acne-scars\"]"),
        "$.answers.concerns",
        "keep only `not-sure`, or remove it and keep the others",
    );
    check(
        &short("\"good\"", "{\"unknown\":\"skipped\"}"),
        "$.answers.skin-health",
        "choose one of its codes, because it cannot be skipped or declined: good, fair, poor, unsure",
    );
    check(&short("[\"acne-scars\"]", "[]"), "$.answers.concerns", "choose at least one code");
    check(&more(r#""history":[]"#), "$.answers.history", "choose at least one code, or {\"unknown\":\"skipped\"}");
    check(&more(r#""questions":"""#), "$.answers.questions", "write some text, or {\"unknown\":\"skipped\"}");
    check(&more(&format!(r#""label":"{}""#, "x".repeat(61))), "$.answers.label", "shorten it to at most 60 characters");
    check(
        &short("\"good\"", "{\"chosen\":\"good\",\"text\":\"very\"}"),
        "$.answers.skin-health",
        "remove `text`: the question does not take free text",
    );
}

#[test]
fn a_value_like_no_answer_gets_a_hint_how_to_write_it() {
    let skipped = "write {\"unknown\":\"skipped\"} instead of the whole answer";
    let declined = "write {\"unknown\":\"declined\"} instead of the whole answer";
    for (value, help) in [
        ("null", EITHER),
        ("\"skip\"", skipped),
        ("\"/skip\"", skipped),
        ("\"Skipped\"", skipped),
        ("\"declined\"", declined),
        ("\"decline\"", declined),
    ] {
        check(&more(&format!("\"pregnancy\":{value}")), "$.answers.pregnancy", help);
        check(&more(&format!("\"history\":{value}")), "$.answers.history", help);
    }
    check(&more("\"questions\":null"), "$.answers.questions", EITHER);
    // In a free text they are ordinary words.
    Sandbox::new().run("summarize --stdout").stdin(more("\"questions\":\"skip\"")).stdout_has(["skip"]).check();
    let needed = "the question is required: ";
    check(
        &short("\"good\"", "null"),
        "$.answers.skin-health",
        &format!("{needed}look the codes up with `preconsult pack show --questions`"),
    );
    check(
        &short("\"good\"", "\"skip\""),
        "$.answers.skin-health",
        &format!("{needed}one of: good, fair, poor, unsure"),
    );
}

#[test]
fn the_key_for_all_subjects_is_named() {
    let unsure = |severity: &str| {
        file(&format!(
            r#"{{"concerns":["not-sure"],"severity":{severity},"skin-health":"good","treatments-had":"none","more":false}}"#
        ))
    };
    Sandbox::new().run("summarize --stdout").stdin(unsure(r#"{"overall":"mild"}"#)).stdout_has(["Before"]).check();
    check(&unsure(r#"{"not-sure":"mild"}"#), "$.answers.severity.not-sure", "write `overall` as the key");
    // A typo in that code leads to the same key.
    check(
        &unsure(r#"{"not-sur":"mild","overall":"mild"}"#),
        "$.answers.severity.not-sur",
        "write `overall` as the key",
    );
}

#[test]
fn a_language_that_the_pack_lacks_is_reported_with_the_other_problems() {
    let text = short("\"good\"", "\"well\"").replace("\"answers\"", "\"language\":\"xx\",\"answers\"");
    let sandbox = Sandbox::with("a.json", text);
    sandbox
        .run("summarize a.json")
        .code(2)
        .stderr_has([
            "error[unknown-language]: $.language: the pack microneedling has no language xx\n --> a.json:1:",
            "help: one of: en, es\n",
            "error[unknown-code]: $.answers.skin-health",
            "error: 2 problems in a.json\n",
        ])
        .check();
    Sandbox::new()
        .run("summarize --stdout")
        .stdin(SHORT.replace("\"answers\"", "\"language\":\"es-MX\",\"answers\""))
        .stdout_has(["Antes de"])
        .check();
}

#[test]
fn answers_of_another_pack_or_format_are_not_checked_against_this_one() {
    for (from, to, path) in [("microneedling", "peeling", "$.pack"), ("\"format\":1", "\"format\":2", "$.format")] {
        let text = short(from, to).replace("\"skin-health\":\"good\",", "\"depth\":3,");
        let paths: Vec<String> = reported(&text).into_iter().map(|(path, _)| path).collect();
        assert_eq!(paths, [path], "{text}");
    }
}

#[test]
fn an_unknown_code_does_not_hide_a_missing_answer() {
    let paths = |concerns: &str, severity: &str| {
        let text = file(&format!(
            r#"{{"concerns":{concerns},"severity":{severity},"skin-health":"good","treatments-had":"none","more":false}}"#
        ));
        reported(&text).into_iter().map(|(path, _)| path.replace("$.answers.", "")).collect::<Vec<_>>()
    };
    let three = r#"["acne-scars","rednes","melasma"]"#;
    for (concerns, severity, problems) in [
        (three, r#"{"acne-scars":"mild"}"#, &["concerns[1]", "severity.melasma"][..]),
        (three, r#"{"acne-scars":"mild","rednes":"mild"}"#, &["concerns[1]", "severity.melasma", "severity.rednes"]),
        (three, r#"{"acne-scars":"mild","melasma":"mild","rednes":"mild"}"#, &["concerns[1]", "severity.rednes"]),
        // A correct key is not a problem if its code is misspelled in the list.
        (three, r#"{"acne-scars":"mild","melasma":"mild","redness":"mild"}"#, &["concerns[1]"]),
        // A possible typo is reported as missing only once.
        (r#"["melasma","redness"]"#, r#"{"melasm":"mild"}"#, &["severity.redness", "severity.melasm"]),
        (r#"["melasma","redness"]"#, r#"{"what":"mild"}"#, &["severity.what"]),
        (r#"["melasma","redness"]"#, r#"{"melasma":3}"#, &["severity.redness", "severity.melasma"]),
        (r#"["melasma",7]"#, "{}", &["concerns[1]", "severity.melasma"]),
        // An exclusive option leaves open which questions are asked.
        (r#"["not-sure","rednes"]"#, "{}", &["concerns[1]"]),
    ] {
        assert_eq!(paths(concerns, severity), problems, "{concerns} {severity}");
    }
}
