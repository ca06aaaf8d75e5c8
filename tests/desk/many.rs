//! Four desks finish hundreds of intakes while two of them are killed repeatedly.

use crate::desk::clinic::answers;
use crate::support::Sandbox;
use crate::support::thoroughness::{Thoroughness, thoroughness};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::time::Duration;

const DESKS: usize = 4;
/// Returns the number of intakes that each desk finishes.
fn intakes_per_desk() -> usize {
    if thoroughness() == Thoroughness::Thorough { 500 } else { 100 }
}

/// Returns the label of an intake of a desk.
fn label(desk: usize, turn: usize) -> String {
    format!("desk {desk} turn {turn}")
}

/// Runs all intakes of a desk and returns the reported numbers by turn. After a kill it restarts after the last
/// reported intake, so an intake that was finished but not reported is repeated.
fn run_desk(sandbox: &Sandbox, desk: usize, deadly: bool) -> BTreeMap<usize, u64> {
    let mut reported = BTreeMap::new();
    let mut seed = 88_172_645_463_325_252_u64.wrapping_mul(desk as u64 + 1);
    let mut random = |below: u64| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed % below
    };
    let mut kills = 0;
    while reported.len() < intakes_per_desk() {
        let from = reported.len();
        let file = sandbox.path(&format!("../desk-{desk}.jsonl"));
        let line = |turn| {
            let mut answers = answers();
            answers["answers"]["label"] = label(desk, turn).into();
            format!("{answers}\n")
        };
        std::fs::write(&file, (from..intakes_per_desk()).map(line).collect::<String>()).expect("a file");
        let mut command = sandbox.desk_command("new --clinic ../clinic --each --answers");
        let mut child: Child = command.arg(&file).stderr(Stdio::null()).spawn().expect("it starts");
        let stdout = BufReader::new(child.stdout.take().expect("a pipe"));
        let killed_after = if deadly && kills < 8 { Some(1 + random(intakes_per_desk() as u64 / 4)) } else { None };
        for (count, line) in stdout.lines().enumerate() {
            let Ok(report) = serde_json::from_str::<Value>(&line.expect("text")) else { break };
            reported.insert(from + count, report["number"].as_u64().expect("a number"));
            if killed_after == Some(count as u64 + 1) {
                // At an arbitrary moment.
                std::thread::sleep(Duration::from_micros(random(4000)));
                child.kill().expect("it runs");
                kills += 1;
            }
        }
        child.wait().expect("it ends");
    }
    assert!(!deadly || kills >= 4, "it was killed {kills} times");
    reported
}

#[test]
fn every_reported_intake_is_stored_once() {
    let sandbox = Sandbox::with_clinic();
    let reported: Vec<BTreeMap<usize, u64>> = std::thread::scope(|scope| {
        let desks: Vec<_> = (0..DESKS)
            .map(|desk| {
                scope.spawn({
                    let sandbox = &sandbox;
                    move || run_desk(sandbox, desk, desk < 2)
                })
            })
            .collect();
        desks.into_iter().map(|desk| desk.join().expect("a desk")).collect()
    });
    let listed = sandbox.desk_json("list --all --unlock --json");
    let mut labels: BTreeMap<u64, &str> = BTreeMap::new();
    for row in listed.as_array().expect("a list").iter().filter(|row| row["state"] == "finished") {
        labels.insert(row["number"].as_u64().expect("a number"), row["label"].as_str().expect("a label"));
    }
    let mut unique_numbers = std::collections::BTreeSet::new();
    for (desk, numbers) in reported.iter().enumerate() {
        assert_eq!(numbers.len(), intakes_per_desk());
        for (turn, number) in numbers {
            assert_eq!(labels.get(number), Some(&label(desk, *turn).as_str()), "intake {number}");
            assert!(unique_numbers.insert(number), "number {number} was assigned twice");
        }
    }
    // Each kill leaves at most one intake that was finished but not reported.
    assert!(
        labels.len() - unique_numbers.len() <= 16,
        "{} more than were reported",
        labels.len() - unique_numbers.len()
    );
    let report = sandbox.desk_json("verify --unlock --json");
    assert_eq!(report["ok"], Value::Bool(true), "{report:#}");
}
