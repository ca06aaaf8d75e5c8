//! Each write of an interview fails in turn, or is the last one before a kill.

use crate::journal::drafts::script;
use crate::support::Sandbox;
use crate::support::fault_injection::{Faulty, at_each_write, missing_strace};
use crate::support::run::run_with_stdin;
use crate::support::tools::skip;
use preconsult::storage::journal::recover;
use std::collections::BTreeMap;

const ASK: &str = "ask --plain --date 2026-11-22 --out ../out --format json";

/// Returns the summary of the whole script.
fn expected_summary(lines: &[String]) -> String {
    let sandbox = Sandbox::new();
    let output = run_with_stdin(sandbox.command(ASK), &typed(lines));
    assert_eq!(output.code, Some(0), "{output:?}");
    sandbox.summary()
}

fn typed(lines: &[String]) -> String {
    lines.join("\n") + "\n/done\n"
}

/// Returns the files in the output folder, and true if there is a temporary file of a killed program.
fn output_files(sandbox: &Sandbox) -> (BTreeMap<String, String>, bool) {
    let entries = std::fs::read_dir(sandbox.path("../out")).expect("a folder").flatten();
    let files = entries.map(|entry| {
        let text = std::fs::read_to_string(entry.path()).expect("a file");
        (entry.file_name().into_string().expect("a name"), text)
    });
    let (unnamed, files): (Vec<_>, _) = files.partition(|(name, _): &(String, _)| name.starts_with(".preconsult-"));
    (files.into_iter().collect(), !unnamed.is_empty())
}

#[test]
fn an_interview_whose_writes_fail_loses_no_answer() {
    if let Some(reason) = missing_strace() {
        return skip(&reason);
    }
    let lines = script();
    let expected = expected_summary(&lines);
    at_each_write(
        Sandbox::new,
        |sandbox| sandbox.command(ASK),
        &typed(&lines),
        |sandbox, faulty| {
            let (files, unnamed) = output_files(sandbox);
            for text in files.values() {
                assert_eq!(text, &expected, "{faulty}");
            }
            assert!(!unnamed || faulty.killed() && !cfg!(target_os = "linux"), "{faulty}");
            let printed = faulty.output.stdout.lines().next().map(|path| path.trim_start_matches("../out/").to_owned());
            assert!(printed.is_none_or(|name| files.contains_key(&name)), "{faulty}");
            if !faulty.killed() {
                check_report(sandbox, &faulty, files.len());
            }
            if files.is_empty() {
                check_resume(sandbox, &faulty, &lines, &expected);
            }
            // A new interview works, whatever the failure left.
            let next = run_with_stdin(sandbox.command(&format!("{ASK} --new")), &typed(&lines));
            assert_eq!((next.code, next.stdout.lines().count()), (Some(0), 1), "{faulty}\n{next:?}");
        },
    );
}

/// Checks that the report of the fault is true.
fn check_report(sandbox: &Sandbox, faulty: &Faulty, files: usize) {
    let drafts = sandbox.drafts();
    if faulty.output.code == Some(0) {
        assert_eq!(files, 1, "{faulty}");
        let removed = !faulty.says("could not be removed");
        assert_eq!(drafts.is_empty(), removed, "{faulty}");
        // Except for the folder itself, which is synced again after the draft is removed.
        if faulty.call.file.contains("drafts/") && removed {
            assert!(faulty.says("cannot be saved at the moment"), "{faulty}");
        }
        return;
    }
    faulty.assert_error_reported();
    if faulty.call.file == "1" {
        assert!(files == 1 && drafts.is_empty() && faulty.says("the file was still written: "), "{faulty}");
    } else {
        assert!(files == 0 && faulty.is_stderr() | faulty.says("preconsult ask --resume"), "{faulty}");
    }
}

/// Checks that the draft has every answer whose next question was shown, and that resuming it gives the same summary.
fn check_resume(sandbox: &Sandbox, faulty: &Faulty, lines: &[String], expected: &str) {
    let shown = faulty.output.stderr.matches("\nQuestion ").count()
        + usize::from(faulty.output.stderr.starts_with("Question "));
    let ids = sandbox.drafts();
    let saved = ids.last().and_then(|id| recover(&sandbox.journal(id)).ok()).map_or(0, |read| read.answered());
    assert!(saved + 1 >= shown, "{saved} answers after {shown} questions\n{faulty}");
    if saved == 0 {
        return;
    }
    let again = run_with_stdin(sandbox.command(&format!("{ASK} --resume")), &typed(&lines[saved..]));
    assert_eq!(again.code, Some(0), "{faulty}\n{again:?}");
    assert!(output_files(sandbox).0.values().all(|text| text == expected), "{faulty}\n{again:?}");
    assert!(sandbox.drafts().is_empty(), "{faulty}\n{again:?}");
}
