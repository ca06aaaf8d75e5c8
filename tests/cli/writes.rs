//! Each write of the commands without prompts fails in turn, or is the last one before a kill.

use crate::cli::answers::SHORT;
use crate::support::Sandbox;
use crate::support::fault_injection::{Faulty, at_each_write, missing_strace};
use crate::support::run::run_with_stdin;
use crate::support::tools::skip;
use std::collections::BTreeMap;

/// Returns the written files by name, and true if there is a temporary one.
fn files(sandbox: &Sandbox) -> (BTreeMap<String, String>, bool) {
    let names: Vec<String> = sandbox.outputs();
    let (unnamed, named): (Vec<String>, Vec<String>) =
        names.into_iter().partition(|name| name.starts_with(".preconsult-") || name.starts_with(".tmp"));
    let read = |name: String| {
        let bytes = std::fs::read(sandbox.path(&name)).expect("a file");
        (name, String::from_utf8_lossy(&bytes).into_owned())
    };
    (named.into_iter().map(read).collect(), !unnamed.is_empty())
}

/// Runs a command with each fault at each of its writes.
///
/// Afterwards all named files are complete, every printed path exists, the output is a prefix of the expected one, and
/// the next run succeeds.
fn check(inputs: &[(&str, &str)], words: &str) {
    if let Some(why) = missing_strace() {
        return skip(&why);
    }
    let sandbox = || {
        let mut sandbox = Sandbox::new();
        for (name, text) in inputs {
            sandbox.file(name, text);
        }
        sandbox
    };
    let whole_sandbox = sandbox();
    let whole = run_with_stdin(whole_sandbox.command(words), "");
    let (expected, _) = files(&whole_sandbox);
    at_each_write(
        sandbox,
        |sandbox| sandbox.command(words),
        "",
        |sandbox, faulty| {
            let (files, unnamed) = files(sandbox);
            for (name, text) in &files {
                assert!(expected.get(name) == Some(text), "{name} is not whole\n{faulty}");
            }
            assert!(faulty.killed() && !cfg!(target_os = "linux") || !unnamed, "{faulty}");
            assert!(
                faulty.output.stdout.lines().all(|line| whole.stdout.lines().any(|known| known == line)),
                "{faulty}"
            );
            for name in expected.keys().filter(|name| faulty.output.stdout.contains(*name)) {
                assert!(files.contains_key(name), "{name} was printed but does not exist\n{faulty}");
            }
            if !faulty.killed() {
                check_report(&faulty, files.keys());
            }
            for name in sandbox.outputs() {
                std::fs::remove_file(sandbox.path(&name)).expect("the file can be removed");
            }
            let next = run_with_stdin(sandbox.command(words), "");
            assert_eq!((next.code, &next.stdout), (Some(0), &whole.stdout), "{faulty}\n{next:?}");
        },
    );
}

/// Checks that the fault is reported, together with every file that was written.
fn check_report<'n>(faulty: &Faulty, mut files: impl Iterator<Item = &'n String>) {
    if !faulty.is_stderr() {
        faulty.assert_error_reported();
        assert!(files.all(|name| faulty.output.stdout.contains(name) || faulty.says(name)), "{faulty}");
    }
}

/// Returns some records, one of them invalid.
fn records() -> String {
    let record = |id: &str| SHORT.replacen('{', &format!("{{\"id\":\"{id}\","), 1).replace('\n', "") + "\n";
    record("a") + &record("b") + &record("c").replace("moderate", "mild") + &record("d")
}

#[test]
fn of_summarize() {
    check(&[("a.json", SHORT)], "summarize a.json --label A --format text,json --copy both");
    check(&[("a.json", SHORT)], "summarize a.json --format json --stdout");
}

#[cfg(feature = "pdf")]
#[test]
fn of_summarize_to_pdf() {
    check(&[("a.json", SHORT)], "summarize a.json --label A --format pdf");
}

#[test]
fn of_batch() {
    check(&[("a.jsonl", &records())], "batch a.jsonl --threads 1");
    check(&[("a.jsonl", &records())], "batch a.jsonl --threads 1 --out . --format text,json");
}

#[test]
fn of_settings_and_pages() {
    check(&[], "config init preconsult.toml");
    check(&[], "pack show --html pack.html");
    check(&[], "form --format text");
}
