//! Input that would take much memory: it is refused, and a report of it stays small.
#![cfg(target_os = "linux")]

use crate::cli::answers::{SHORT, file};
use crate::support::Sandbox;
use crate::support::run::{PROGRAM, Run};

/// Runs the program with at most this much memory, in MiB.
fn limited(sandbox: &Sandbox, mib: usize, arguments: &str) -> Run {
    sandbox.shell(&format!("ulimit -v {}; exec \"{PROGRAM}\" {arguments}", mib * 1024))
}

/// Memory of a run without large input, in MiB: the program and its libraries, as addresses.
const BASE_MIB: usize = 160;

#[test]
fn a_file_of_errors_takes_at_most_ten_times_its_size() {
    let answers = |text: &str| file(&format!("{{\"concerns\":[{text}]}}"));
    let mebibyte = |text: &str| text.repeat((1 << 20) / text.len());
    for (text, piece) in [
        (answers(&format!("{}1", mebibyte("1,"))), "the JSON has more than 100000 values"),
        (answers(&format!("{}[]", mebibyte("[],"))), "the JSON has more than 100000 values"),
        (answers(&format!("{}1", "1,".repeat(90_000))), "more\n\nerror: "),
        (answers(&format!("{}1", "\"acne-scars\",".repeat(80_000))), " problems in a.json\n"),
        (format!("{{{}\"format\":1}}", "\"a\":1,".repeat(90_000)), "more\n\nerror: "),
    ] {
        let sandbox = Sandbox::with("a.json", &text);
        limited(&sandbox, BASE_MIB + 10, "summarize a.json").code(2).stderr_has([piece]).check();
        limited(&sandbox, BASE_MIB + 10, "fhir import a.json").code(2).stderr_has(["error"]).check();
    }
}

#[test]
fn a_record_of_errors_takes_at_most_ten_times_its_size() {
    let record = file(&format!("{{\"concerns\":[{}1]}}", "1,".repeat(500_000)));
    let sandbox = Sandbox::with("a.jsonl", &record);
    let run = limited(&sandbox, BASE_MIB + 10, "batch --threads 1 a.jsonl");
    run.code(2).stdout_has(["the JSON has more than 100000 values"]).stderr_any().check();
}

#[test]
fn a_file_that_is_read_whole_has_at_most_64_mebibytes() {
    let sandbox = Sandbox::new();
    let large = std::fs::File::create(sandbox.path("large")).expect("a file");
    large.set_len((64 << 20) + 1).expect("a sparse file");
    let message = "has more than 64 MiB\nhint: check that this is the right file";
    for arguments in
        ["summarize large", "explain large", "fhir import large", "summarize --config large", "ask --answers large"]
    {
        let run = limited(&sandbox, BASE_MIB + 200, arguments).stdin(SHORT).code(2);
        run.stderr_has([&format!("error: large {message}")]).check();
    }
    let run = limited(&sandbox, BASE_MIB + 200, "summarize </dev/zero").code(2);
    run.stderr_has([&format!("error: standard input {message}")]).check();
    // Exactly 64 MiB are read: this file is empty but for zeros.
    large.set_len(64 << 20).expect("a sparse file");
    limited(&sandbox, BASE_MIB + 10 * 64, "summarize large").code(2).stderr_has(["error[syntax]"]).check();
}

#[test]
fn a_line_longer_than_any_answer_is_refused_without_being_stored() {
    let sandbox = Sandbox::new();
    let long = "{ head -c 300000000 /dev/zero | tr '\\0' x;";
    let run = sandbox
        .shell(&format!("{long} echo; }} | {{ ulimit -v {}; exec \"{PROGRAM}\" ask --plain; }}", BASE_MIB * 1024));
    run.code(2).stdout_has([""]).stderr_has(["line 1 was refused", "That line is longer than any answer"]).check();
    let run =
        sandbox.shell(&format!("{long} }} | {{ ulimit -v {}; exec \"{PROGRAM}\" ask --plain; }}", BASE_MIB * 1024));
    run.code(2).stdout_has([""]).stderr_has(["The input ended in the middle of a line"]).check();
}

/// Neither a core dump nor another process of the same user can read answers from the memory.
#[test]
fn no_process_that_holds_answers_leaves_a_core_dump() {
    use std::process::{Child, Command, Stdio};
    /// Returns the first limit of the process on core files.
    fn core_limit(child: &Child) -> Option<String> {
        let limits = std::fs::read_to_string(format!("/proc/{}/limits", child.id())).ok()?;
        let line = limits.lines().find(|line| line.starts_with("Max core file size"))?;
        line.split_whitespace().nth(5).map(str::to_owned)
    }
    let sandbox = Sandbox::new();
    let start = |script: &str| {
        let mut command: Command = sandbox.command_of("sh", ["-c", script]);
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().expect("it starts")
    };
    let mut other = start("sleep 60");
    let (is_unlimited, ended) = (core_limit(&other) != Some("0".to_owned()), other.kill().and_then(|()| other.wait()));
    ended.expect("it ends");
    if !is_unlimited {
        return crate::support::tools::skip("this machine allows no core dump");
    }
    for arguments in ["ask --plain", "summarize", "batch", "explain", "fhir import", "fhir response", "desk list"] {
        let mut child = start(&format!("exec \"{PROGRAM}\" {arguments}"));
        // A command that has ended dumps nothing.
        let is_safe = (0..400).any(|_| {
            std::thread::sleep(std::time::Duration::from_millis(25));
            core_limit(&child).is_none_or(|limit| limit == "0")
        });
        let _ = child.kill();
        child.wait().expect("it ends");
        assert!(is_safe, "{arguments}");
    }
}
