//! Every write of the desk's commands fails in turn, or the program is killed at it. The store then verifies, every
//! reported intake is stored once, and the same command works the next time.

use crate::desk::clinic::PASSPHRASE;
use crate::support::fault_injection::{Faulty, at_each_write, missing_strace};
use crate::support::run::run_with_stdin;
use crate::support::tools::skip;
use crate::support::{RunOutput, Sandbox};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// Runs a command in a clinic with two intakes, with each fault at each of its writes.
fn check(words: &str, after: impl Fn(&Sandbox, &Faulty)) {
    check_in(Sandbox::with_clinic, words, after);
}

fn check_in(clinic: impl Fn() -> Sandbox, words: &str, after: impl Fn(&Sandbox, &Faulty)) {
    if let Some(why) = missing_strace() {
        return skip(&why);
    }
    let first = clinic();
    if first.path("../clinic").exists() {
        first.intake();
        first.intake();
    }
    let sandbox = || {
        let sandbox = first.copy();
        std::fs::write(sandbox.path("../new"), format!("{NEW}\n")).expect("a file");
        sandbox
    };
    at_each_write(
        sandbox,
        |sandbox| at_the_desk(sandbox, words),
        "",
        |sandbox, faulty| {
            if !faulty.killed() && faulty.output.code != Some(0) {
                faulty.assert_error_reported();
            }
            after(sandbox, &faulty);
        },
    );
}

const NEW: &str = "another long passphrase";

fn at_the_desk(sandbox: &Sandbox, words: &str) -> Command {
    let mut command = sandbox.desk_command(words);
    if !words.starts_with("init") && !words.starts_with("restore") {
        command.args(["--clinic", "../clinic"]);
    }
    if !words.starts_with("restore") {
        command.args(["--passphrase-file", "../pass"]);
    }
    command
}

fn ok(sandbox: &Sandbox, words: &str, faulty: &Faulty) -> RunOutput {
    let output = run_with_stdin(at_the_desk(sandbox, words), "");
    assert_eq!(output.code, Some(0), "{words}: {output:?}\nafter {faulty}");
    output
}

/// Asserts that the store verifies and no temporary files remain. Returns the intakes with their states.
fn assert_verified(sandbox: &Sandbox, faulty: &Faulty) -> BTreeMap<u64, String> {
    verified(sandbox, "verify --json", faulty)
}

fn verified(sandbox: &Sandbox, words: &str, faulty: &Faulty) -> BTreeMap<u64, String> {
    let report = run_with_stdin(at_the_desk(sandbox, words), "");
    let json: Value = serde_json::from_str(&report.stdout).unwrap_or_else(|_| panic!("{report:?}\nafter {faulty}"));
    assert_eq!(json["ok"], Value::Bool(true), "{json:#}\nafter {faulty}");
    if !faulty.killed() {
        assert_eq!(temporary_files(&sandbox.path("../clinic")), [""; 0], "{faulty}");
    }
    let database = sandbox.database();
    let mut query = database.prepare("SELECT number, state FROM intakes").expect("a query");
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("rows");
    rows.map(|row| row.expect("a row")).collect()
}

/// Returns the temporary files in a folder.
fn temporary_files(folder: &Path) -> Vec<String> {
    let names = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.file_name());
    names.filter_map(|name| name.into_string().ok()).filter(|name| name.starts_with('.')).collect()
}

fn finished(states: &BTreeMap<u64, String>) -> Vec<u64> {
    states.iter().filter(|(_, state)| *state == "finished").map(|(number, _)| *number).collect()
}

#[test]
fn a_new_intake_survives_failed_writes() {
    check("new --answers ../answers.json", |sandbox, faulty| {
        let states = assert_verified(sandbox, faulty);
        let number = faulty.output.stdout.trim().parse::<u64>().ok();
        assert!(number.is_none_or(|number| finished(&states).contains(&number)), "{faulty}");
        if finished(&states).len() == 3 && !faulty.killed() {
            assert!(number == Some(3) || faulty.says("still stored: intake 3"), "{faulty}");
        }
        if states.get(&3).is_some_and(|state| state == "started") && !faulty.killed() {
            assert!(faulty.says("intake 3 is begun but not finished"), "{faulty}");
        }
        let next = ok(sandbox, "new --answers ../answers.json", faulty).stdout;
        assert_eq!(next.trim().parse::<u64>().ok(), states.keys().last().map(|last| last + 1), "{faulty}");
    });
}

/// Reading needs no room on the disk.
#[test]
fn reading_survives_failed_writes() {
    for words in ["list --all --json", "trail --json", "verify --json"] {
        check(words, |_, faulty| {
            let is_told = faulty.is_stderr() || faulty.says("standard output");
            assert!(faulty.killed() || is_told || faulty.output.code == Some(0), "{faulty}");
        });
    }
}

#[test]
fn a_correction_survives_failed_writes() {
    check("correct 1 --answers ../corrected.json --why typo", |sandbox, faulty| {
        assert_verified(sandbox, faulty);
        let version = || -> u64 {
            let last = "SELECT max(version) FROM versions WHERE intake = 1";
            sandbox.database().query_row(last, [], |row| row.get(0)).expect("a version")
        };
        let before = version();
        if !faulty.killed() && !faulty.is_stderr() {
            assert_eq!(faulty.says("now has version 2"), before == 2, "{faulty}");
        }
        ok(sandbox, "correct 1 --answers ../corrected.json --why typo", faulty);
        assert_eq!(version(), 2, "{faulty}");
    });
}

#[test]
fn deletions_survive_failed_writes() {
    check("delete 1 --why asked", |sandbox, faulty| {
        let is_removed = !assert_verified(sandbox, faulty).contains_key(&1);
        let is_reported = faulty.output.stdout.contains("removed: intake 1") || faulty.says("removed: intake 1");
        assert!(!is_reported || is_removed, "{faulty}");
        assert!(faulty.killed() || is_reported || !is_removed, "{faulty}");
        if !is_removed {
            ok(sandbox, "delete 1 --why asked", faulty);
        }
        // A purge erases the record from the file in any case.
        ok(sandbox, "purge --older-than 9", faulty);
        let free: u64 = sandbox.database().query_row("PRAGMA freelist_count", [], |row| row.get(0)).expect("a number");
        assert_eq!(free, 0, "{faulty}");
        assert_eq!(finished(&assert_verified(sandbox, faulty)), [2], "{faulty}");
    });
}

#[test]
fn an_export_survives_failed_writes() {
    let words = "export 1 --format text,json --out ../out";
    check(words, |sandbox, faulty| {
        assert_verified(sandbox, faulty);
        let there: Vec<String> = std::fs::read_dir(sandbox.path("../out"))
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"))
            .collect();
        for name in there.iter().filter(|name| !faulty.killed() || !name.starts_with('.')) {
            let is_reported = faulty.output.stdout.contains(name.as_str()) || faulty.says(name);
            assert!(faulty.killed() || faulty.is_stderr() || is_reported, "{name} is not reported\n{faulty}");
        }
        ok(sandbox, words, faulty);
        // A deletion removes all exported files.
        ok(sandbox, "delete 1 --why asked", faulty);
        let left = std::fs::read_dir(sandbox.path("../out")).expect("a folder").flatten();
        let left: Vec<_> = left.filter(|entry| !entry.file_name().to_string_lossy().starts_with('.')).collect();
        assert!(left.is_empty(), "{left:?} is left\n{faulty}");
    });
}

#[test]
fn a_backup_survives_failed_writes() {
    check("backup ../out/a.backup", |sandbox, faulty| {
        assert_eq!(finished(&assert_verified(sandbox, faulty)), [1, 2], "{faulty}");
        assert_eq!(temporary_files(&sandbox.path("../clinic")), [""; 0], "no copy of the records is left\n{faulty}");
        if sandbox.path("../out/a.backup").exists() {
            let is_reported =
                faulty.output.stdout.contains("a.backup") || faulty.says("the file was still written: ../out/a.backup");
            assert!(faulty.killed() || faulty.is_stderr() || is_reported, "{faulty}");
            ok(sandbox, "restore ../out/a.backup ../again", faulty);
            std::fs::remove_file(sandbox.path("../out/a.backup")).expect("it is there");
        }
        ok(sandbox, "backup ../out/a.backup", faulty);
    });
}

#[test]
fn creating_a_clinic_survives_failed_writes() {
    let restored = || {
        let sandbox = Sandbox::with_clinic();
        sandbox.intake();
        sandbox.desk_ok("backup a.backup");
        std::fs::remove_dir_all(sandbox.path("../clinic")).expect("it is there");
        sandbox
    };
    for (sandbox, words, intakes) in [
        (Sandbox::for_desk as fn() -> Sandbox, "init --work-factor 14 ../clinic", 0),
        (restored, "restore a.backup ../clinic", 1),
    ] {
        check_in(sandbox, words, |sandbox, faulty| {
            let made = sandbox.path("../clinic/key.pub").exists();
            let is_reported =
                faulty.output.stdout.contains("../clinic") || faulty.says("the file was still written: ../clinic");
            assert!(made || !is_reported, "{faulty}");
            if faulty.killed() {
                // Existing files are not overwritten.
                if !made
                    && sandbox.path("../clinic").exists()
                    && run_with_stdin(at_the_desk(sandbox, words), "").code == Some(2)
                {
                    std::fs::remove_dir_all(sandbox.path("../clinic")).expect("it is there");
                }
            } else if !faulty.is_stderr() {
                assert_eq!(made, is_reported, "{faulty}");
            }
            if !sandbox.path("../clinic/key.pub").exists() {
                ok(sandbox, words, faulty);
            }
            assert_eq!(assert_verified(sandbox, faulty).len(), intakes, "{faulty}");
        });
    }
}

#[test]
fn a_passphrase_change_survives_failed_writes() {
    let words = "key change-passphrase --work-factor 14 --new-passphrase-file ../new";
    check(words, |sandbox, faulty| {
        let locked = std::fs::read_to_string(sandbox.path("../clinic/key.age")).expect("a key");
        let opens =
            |passphrase: &str| preconsult::desk::PrivateKeys::unlock(&locked, &passphrase.to_owned().into()).is_ok();
        let changed = opens(NEW);
        assert!(changed != opens(PASSPHRASE), "one of them opens it\n{faulty}");
        if !faulty.killed() && !faulty.is_stderr() {
            let is_reported = faulty.says("the passphrase is changed") || faulty.says("key.age is written");
            assert_eq!(is_reported, changed, "{faulty}");
        }
        if changed {
            std::fs::write(sandbox.path("../pass"), format!("{NEW}\n")).expect("a file");
        }
        assert_verified(sandbox, faulty);
        ok(sandbox, words, faulty);
        std::fs::write(sandbox.path("../pass"), format!("{NEW}\n")).expect("a file");
        assert_eq!(finished(&assert_verified(sandbox, faulty)), [1, 2], "{faulty}");
    });
}

#[test]
fn a_key_rotation_survives_failed_writes() {
    check("key rotate --work-factor 14", |sandbox, faulty| {
        assert_eq!(finished(&assert_verified(sandbox, faulty)), [1, 2], "{faulty}");
        sandbox.intake();
        ok(sandbox, "key rotate --work-factor 14", faulty);
        assert_eq!(finished(&verified(sandbox, "verify --unlock --json", faulty)), [1, 2, 3], "{faulty}");
    });
}

/// A symbolic link in place of a file of the clinic is not followed, neither for the database nor for the keys.
#[cfg(unix)]
#[test]
fn a_planted_link_is_not_followed() {
    let sandbox = Sandbox::with_clinic();
    std::fs::write(sandbox.path("../victim"), "precious").expect("a file");
    for name in ["records.sqlite3-wal", "records.sqlite3-shm", "records.sqlite3-journal", "key.pub"] {
        let path = sandbox.path("../clinic").join(name);
        let before = std::fs::read(&path).ok();
        let _ = std::fs::remove_file(&path);
        std::os::unix::fs::symlink(sandbox.path("../victim"), &path).expect("a link");
        let output = sandbox.desk("key rotate --work-factor 14");
        assert!(matches!(output.code, Some(0 | 1)) && !output.stderr.contains("panicked"), "{name}: {output:?}");
        assert_eq!(
            std::fs::read_to_string(sandbox.path("../victim")).expect("a file"),
            "precious",
            "{name}: {output:?}"
        );
        let _ = std::fs::remove_file(&path);
        if let Some(before) = before {
            std::fs::write(&path, before).expect("a file");
        }
    }
    let number = sandbox.intake();
    std::fs::remove_file(sandbox.path("../clinic/preconsult.toml")).expect("it is there");
    std::os::unix::fs::symlink(sandbox.path("../victim"), sandbox.path("../out/a.backup")).expect("a link");
    let output = sandbox.desk("backup ../out/a.backup");
    assert!(output.code == Some(1) && output.stderr.contains("already exists"), "{output:?}");
    sandbox.desk_ok(&format!("show {number}"));
    assert_eq!(std::fs::read_to_string(sandbox.path("../victim")).expect("a file"), "precious");
}
