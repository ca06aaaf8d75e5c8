//! Every write of the commands without a question fails in turn, or is the last thing that happens.

use crate::cli::answers::SHORT;
use crate::support::Sandbox;
use crate::support::fault_injection::{Faulty, at_each_write, missing_strace};
use crate::support::run::run_with_stdin;
use crate::support::tools::skip;
use std::collections::BTreeMap;

/// The whole files that were made, by their names, and whether there is one without a name.
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

/// Runs a command with each fault at each of its writes. Whatever became of it, the files with their names are whole, and
/// those that it told are there; what it printed is the beginning of what it should; and the next run does it all.
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
            assert!(faulty.killed() || !unnamed, "{faulty}");
            assert!(
                faulty.output.stdout.lines().all(|line| whole.stdout.lines().any(|known| known == line)),
                "{faulty}"
            );
            for name in expected.keys().filter(|name| faulty.output.stdout.contains(*name)) {
                assert!(files.contains_key(name), "{name} was told and is not there\n{faulty}");
            }
            if !faulty.killed() {
                told(&faulty, files.keys());
            }
            for name in sandbox.outputs() {
                std::fs::remove_file(sandbox.path(&name)).expect("to take it away");
            }
            let next = run_with_stdin(sandbox.command(words), "");
            assert_eq!((next.code, &next.stdout), (Some(0), &whole.stdout), "{faulty}\n{next:?}");
        },
    );
}

/// A fault is told, and with it every file that is there all the same.
fn told<'n>(faulty: &Faulty, mut files: impl Iterator<Item = &'n String>) {
    if !faulty.is_stderr() {
        faulty.assert_error_reported();
        assert!(files.all(|name| faulty.output.stdout.contains(name) || faulty.says(name)), "{faulty}");
    }
}

/// Some records, one of them with a fault.
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
