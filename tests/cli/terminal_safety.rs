//! Escape sequences and direction marks in input: none reaches a terminal or a log.

use crate::cli::answers::SHORT;
use crate::support::{RunOutput, Sandbox};
use serde_json::Value;

/// A colour, a new title, an 8-bit sequence, a direction override, and a line separator.
const HOSTILE: &str = "x\u{1b}[31m\u{1b}]0;title\u{7}\u{9b}32m\u{202e}cba\u{2028}y\u{7f}";

fn assert_safe(text: &str) {
    let is_unsafe = |c: char| {
        c != '\n' && c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}')
    };
    assert!(!text.contains(is_unsafe), "{text:?}");
}

#[test]
fn usage_errors_quote_arguments_without_what_controls_a_terminal() {
    let option = format!("--{HOSTILE}");
    let equals = format!("--date={HOSTILE}");
    let known = format!("--label{HOSTILE}");
    for arguments in [
        &[option.as_str()][..],
        &[&equals],
        &[&known],
        &[HOSTILE],
        &["ask", HOSTILE],
        &["summarize", "--format", HOSTILE],
        &["summarize", "--filled-in-by", HOSTILE],
        &["pack", HOSTILE],
        &["pack", "check", "--explain", HOSTILE],
        &["batch", "--threads", HOSTILE],
        &["completions", HOSTILE],
        &["man", HOSTILE],
        &["help", HOSTILE],
        &["form", "--lang", HOSTILE],
        &["ask", "--resume", HOSTILE],
        &["drafts", "discard", HOSTILE],
    ] {
        let done = Sandbox::new().run_with(arguments.iter().copied()).code(2).stderr_has(["x"]).check();
        assert_safe(&done.stderr);
    }
}

#[test]
fn errors_name_files_without_what_controls_a_terminal() {
    for arguments in [
        &["summarize", HOSTILE][..],
        &["batch", HOSTILE],
        &["explain", HOSTILE],
        &["form", "--out", HOSTILE],
        &["pack", "check", HOSTILE],
        &["pack", "diff", HOSTILE, HOSTILE],
        &["config", "check", "--config", HOSTILE],
        &["fhir", "import", HOSTILE],
        &["fhir", "response", HOSTILE],
    ] {
        let sandbox = Sandbox::new();
        let run = sandbox.run_with(arguments.iter().copied()).code(1).stderr_has(["x\u{241b}[31m"]);
        assert_safe(&run.check().stderr);
    }
}

#[test]
fn the_path_of_a_written_file_is_exact_in_a_pipe_and_harmless_on_a_terminal() {
    let sandbox = Sandbox::with("a.json", SHORT);
    let folder = "\u{1b}[31mred";
    std::fs::create_dir(sandbox.path(folder)).expect("a folder");
    let arguments = ["summarize", "a.json", "--format", "text", "--out", folder];
    sandbox.run_with(arguments).stdout_has([folder]).check();
    let script = "\"$0\" summarize a.json --format text --out \"$(printf '\\033[31mred')\"";
    let terminal = sandbox.shell_on_a_terminal(script).start();
    terminal.wait("\u{241b}[31mred/");
}

#[test]
fn json_escapes_an_id_that_would_control_a_terminal() {
    let id = Value::from(HOSTILE).to_string();
    let sandbox = Sandbox::with("a.json", SHORT.replace("\"answers\"", &format!("\"id\":{id},\"answers\"")));
    let record: Value = serde_json::from_str(&sandbox.read("a.json")).expect("JSON");
    std::fs::write(sandbox.path("a.jsonl"), record.to_string()).expect("a file");
    for (arguments, is_fhir) in [
        ("fhir response a.json", true),
        ("fhir document a.json", true),
        ("summarize a.json --stdout --format fhir", true),
        ("summarize a.json --stdout --format answers", false),
        ("batch a.jsonl", false),
    ] {
        let done: RunOutput = sandbox.run(arguments).stdout_has(["\\u009b32m\\u202ecba"]).stderr_any().check();
        assert_safe(&done.stdout);
        let json: Value = serde_json::from_str(&done.stdout).expect("JSON");
        // FHIR texts cannot hold all characters.
        assert!(is_fhir || json["id"] == HOSTILE, "{arguments}: {}", json["id"]);
    }
}

#[cfg(feature = "desk")]
#[test]
fn the_audit_log_as_json_escapes_a_name_that_would_control_a_terminal() {
    let sandbox = Sandbox::with_clinic();
    let mut command = sandbox.desk_command("new --clinic ../clinic --answers ../answers.json --who");
    command.arg(HOSTILE);
    assert_eq!(crate::support::run::run(command).code, Some(0));
    for arguments in ["trail --unlock --json", "trail --unlock"] {
        assert_safe(&sandbox.desk_ok(arguments));
    }
    let entries = sandbox.desk_json("trail --unlock --json");
    assert!(entries.as_array().expect("entries").iter().any(|entry| entry["who"] == HOSTILE), "{entries}");
}
