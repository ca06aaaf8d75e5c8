//! Several desks on one folder: a desk that waits says so, and nothing is lost.

use crate::support::Sandbox;
use crate::support::run::run;
use std::time::{Duration, Instant};

#[test]
fn a_desk_that_waits_for_another_says_so_and_then_continues() {
    let sandbox = Sandbox::with_clinic();
    let mut other = sandbox.database();
    let holding = other.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).expect("a transaction");
    let running = sandbox.desk_command("new --clinic ../clinic --answers ../answers.json").spawn().expect("it starts");
    std::thread::sleep(Duration::from_millis(2500));
    holding.rollback().expect("an end");
    let output = crate::support::RunOutput::from(running.wait_with_output().expect("it ends"));
    assert_eq!((output.code, output.stdout.as_str()), (Some(0), "1\n"), "{output:?}");
    assert_eq!(
        output.stderr.matches("the records are in use by another desk; waiting for it").count(),
        1,
        "reported once: {output:?}"
    );
}

#[test]
fn a_desk_that_waits_too_long_reports_that_nothing_was_changed() {
    let sandbox = Sandbox::with_clinic();
    let mut other = sandbox.database();
    let holding = other.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).expect("a transaction");
    let start = Instant::now();
    let output = run(sandbox.desk_command("new --clinic ../clinic --answers ../answers.json"));
    assert_eq!(output.code, Some(1), "{output:?}");
    assert!(output.stderr.contains("another desk has held the records"), "{output:?}");
    assert!(output.stderr.contains("nothing was changed"), "{output:?}");
    assert!(start.elapsed() > Duration::from_secs(25), "it waited for the whole timeout");
    // Reading does not wait.
    assert_eq!(run(sandbox.desk_command("list --clinic ../clinic")).code, Some(0));
    drop(holding);
    assert_eq!(sandbox.intake(), 1);
    let report = sandbox.desk_ok("verify");
    assert!(report.contains("entries in the audit log, 1 intake, "), "{report}");
}
