//! Deletions and purges: rows, overwritten pages, files and journals.

use crate::support::Sandbox;
use crate::support::run::run;
use chrono::{Local, TimeDelta};
use preconsult::desk::{AuditNote, Clinic, Desk};
use preconsult::storage::drafts::DraftFile;
use preconsult::storage::journal::Storage;
use preconsult::storage::own_files::TrustedOwners;
use serde_json::json;

#[test]
fn a_dry_run_changes_nothing_and_a_deletion_removes_exported_files() {
    let sandbox = Sandbox::with_clinic();
    let number = sandbox.intake();
    let written = sandbox.desk_ok(&format!("export {number} --format text,json --out ../out"));
    let [text, data] = written.lines().collect::<Vec<_>>().try_into().expect("two files");
    std::fs::write(sandbox.path("").join(data), "changed").expect("a file");
    std::fs::write(sandbox.path("../out/mine.txt"), "another file").expect("a file");

    let dry = run(sandbox.desk_command(&format!("delete {number} --dry-run --json --clinic ../clinic")));
    assert_eq!(dry.code, Some(0), "{dry:?}");
    let dry: serde_json::Value = serde_json::from_str(&dry.stdout).expect("JSON");
    assert_eq!((&dry["dry_run"], &dry["intakes"][0]["number"]), (&json!(true), &json!(number)));
    assert!(sandbox.path("").join(text).is_file());
    sandbox.desk_ok(&format!("show {number}"));

    let without = run(sandbox.desk_command(&format!("delete {number} --clinic ../clinic")));
    assert_eq!(without.code, Some(2), "a reason is required: {without:?}");
    let report = sandbox.desk_ok(&format!("delete {number} --why asked"));
    assert!(report.starts_with(&format!("removed: intake {number} ")), "{report}");
    assert!(report.contains("  removed: ") && report.contains("changed since the export"), "{report}");
    assert!(!sandbox.path("").join(text).exists());
    assert!(sandbox.path("").join(data).is_file(), "a changed file is not removed");
    assert!(sandbox.path("../out/mine.txt").is_file());
    assert_eq!(sandbox.desk(&format!("show {number}")).code, Some(2));
    assert_eq!(sandbox.desk_json("list --all --json"), json!([]));
    sandbox.desk_ok("verify --unlock");
    assert_eq!(sandbox.intake(), number + 1, "numbers are never reused");
}

#[test]
fn a_deletion_removes_the_files_of_every_export() {
    let sandbox = Sandbox::with_clinic();
    let number = sandbox.intake();
    std::fs::write(sandbox.path("../out/mine.txt"), "another file").expect("a file");
    for _ in 0..3 {
        sandbox.desk_ok(&format!("export {number} --format text,json --out ../out"));
    }
    assert_eq!(std::fs::read_dir(sandbox.path("../out")).expect("a folder").count(), 7);
    sandbox.desk_ok(&format!("delete {number} --why asked"));
    let left: Vec<_> = std::fs::read_dir(sandbox.path("../out")).expect("a folder").flatten().collect();
    assert!(left.len() == 1 && left[0].file_name() == "mine.txt", "{left:?}");
}

#[test]
fn no_file_holds_the_bytes_of_a_deleted_record() {
    let sandbox = Sandbox::with_clinic();
    sandbox.intake();
    let number = sandbox.intake();
    let sealed: Vec<u8> = sandbox
        .database()
        .query_row(
            "SELECT bytes FROM sealed JOIN versions ON sealed.id = versions.sealed WHERE intake = ?1",
            [number],
            |row| row.get(0),
        )
        .expect("a record");
    let pieces: Vec<&[u8]> = sealed.chunks(64).filter(|piece| piece.len() == 64).collect();
    let found = |sandbox: &Sandbox| {
        let files = sandbox.clinic_files();
        pieces
            .iter()
            .filter(|piece| files.iter().any(|(_, bytes)| bytes.windows(64).any(|part| part == **piece)))
            .count()
    };
    assert!(found(&sandbox) > pieces.len() / 2, "the search finds it while it is there");
    sandbox.desk_ok(&format!("delete {number} --why asked"));
    assert_eq!(found(&sandbox), 0);
    assert!(sandbox.desk_json("list --json").as_array().is_some_and(|list| list.len() == 1));
}

#[test]
fn a_purge_removes_only_intakes_past_the_retention_period() {
    let sandbox = Sandbox::with_clinic();
    for _ in 0..3 {
        sandbox.intake();
    }
    let undecided = run(sandbox.desk_command("purge --clinic ../clinic"));
    assert!(undecided.code == Some(2) && undecided.stderr.contains("retention_days"), "{undecided:?}");
    std::fs::write(sandbox.path("../clinic/preconsult.toml"), "retention_days = 30\n").expect("settings");
    let none = run(sandbox.desk_command("purge --clinic ../clinic"));
    assert!(none.code == Some(0) && none.stderr.contains("Nothing is old enough to delete."), "{none:?}");
    age(&sandbox, &[1, 3]);
    let dry = run(sandbox.desk_command("purge --dry-run --clinic ../clinic"));
    assert_eq!(dry.stdout.matches("would be removed").count(), 2, "{dry:?}");
    let purged = run(sandbox.desk_command("purge --json --clinic ../clinic"));
    let purged: serde_json::Value = serde_json::from_str(&purged.stdout).expect("JSON");
    let numbers: Vec<_> =
        purged["intakes"].as_array().expect("a list").iter().map(|intake| intake["number"].clone()).collect();
    assert_eq!(numbers, [json!(1), json!(3)]);
    let left = sandbox.desk_json("list --all --json");
    assert_eq!(left.as_array().expect("a list").iter().map(|row| &row["number"]).collect::<Vec<_>>(), [&json!(2)]);
    let trail = sandbox.desk_json("trail --unlock --json");
    let why = trail.as_array().expect("a list").iter().rev().find(|entry| entry["what"] == "purged").expect("an entry");
    assert_eq!(why["why"], json!("kept for 30 days"));
}

/// Changes the rows of intakes so that they are forty days old.
fn age(sandbox: &Sandbox, numbers: &[u64]) {
    let then = chrono::Local::now() - chrono::TimeDelta::days(40);
    let started = then.format("%Y-%m-%dT%H:%M%:z").to_string();
    for number in numbers {
        let sum = preconsult::desk::audit_trail::sha256(format!("{number}\n{started}\nfinished").as_bytes());
        let update = "UPDATE intakes SET started = ?2, sum = ?3 WHERE number = ?1";
        sandbox.database().execute(update, rusqlite::params![number, started, &sum[..16]]).expect("a row");
    }
}

/// Begins an intake with a journal, which is in use until the file is dropped.
fn begin_in_progress(sandbox: &Sandbox) -> (u64, DraftFile) {
    let clinic = Clinic::find(Some(&sandbox.path("../clinic")), None, TrustedOwners::default()).expect("a clinic");
    let now = chrono::Local::now().fixed_offset();
    let mut desk = Desk::open(clinic.clone(), || {}).expect("a desk");
    let number = desk.begin(now, &AuditNote::default()).expect("begun");
    let mut file = clinic.drafts().with_number(number).begin(now);
    file.append(b"answers\n").expect("a journal");
    (number, file)
}

#[test]
fn a_rejected_deletion_changes_nothing() {
    let sandbox = Sandbox::with_clinic();
    let finished = sandbox.intake();
    let page = sandbox.desk_ok(&format!("export {finished} --format text --out ../out"));
    let page = sandbox.path("").join(page.trim());
    let waiting: Vec<u64> = (0..2).map(|_| begin_in_progress(&sandbox).0).collect();
    let (asked, file) = begin_in_progress(&sandbox);
    let journal = |number: u64| sandbox.path(&format!("../clinic/drafts/{number}.journal"));
    // The journal in use comes last in one order and first in the other.
    let all = format!("delete {} {} {finished} {asked} --why asked", waiting[0], waiting[1]);
    let correction = sandbox.path(&format!("../clinic/corrections/{finished}.journal"));
    std::fs::create_dir(sandbox.path("../clinic/corrections")).expect("a folder");
    std::fs::write(&correction, "answers\n").expect("a file");
    let trail = sandbox.desk_ok("trail");
    let rejected = run(sandbox.desk_command(&format!("{all} --clinic ../clinic")));
    assert_eq!(rejected.code, Some(1), "{rejected:?}");
    assert!(rejected.stderr.contains(&format!("the interview of intake {asked} is in progress")), "{rejected:?}");
    let unknown =
        run(sandbox.desk_command(&format!("{} 99 --clinic ../clinic", all.replace(&format!(" {asked}"), ""))));
    assert_eq!(unknown.code, Some(2), "{unknown:?}");
    for number in waiting.iter().chain([&asked]) {
        assert!(journal(*number).is_file(), "the answers of intake {number}");
    }
    assert!(page.is_file() && correction.is_file());
    assert_eq!(sandbox.desk_ok("trail"), trail);

    drop(file);
    sandbox.desk_ok(&all);
    assert!(waiting.iter().chain([&asked]).all(|number| !journal(*number).exists()));
    assert!(!page.exists() && !correction.exists());
    assert_eq!(sandbox.desk_json("list --all --json"), json!([]));
    sandbox.desk_ok("verify --unlock");
}

/// The program was stopped after removing the rows and before removing the journals.
#[test]
fn the_next_deletion_removes_only_stale_journals() {
    let sandbox = Sandbox::with_clinic();
    let (number, file) = begin_in_progress(&sandbox);
    drop(file);
    sandbox.desk_ok(&format!("delete {number} --why asked"));
    let (left, unknown) = (sandbox.path("../clinic/drafts/1.journal"), sandbox.path("../clinic/drafts/77.journal"));
    for path in [&left, &unknown] {
        std::fs::write(path, "answers\n").expect("a file");
    }
    sandbox.desk_ok("purge --older-than 30");
    // The audit log has no deletion of intake 77.
    assert!(!left.exists() && unknown.is_file());
}

/// Exports the test patient's page and returns its number and path.
fn exported(sandbox: &Sandbox) -> (u64, std::path::PathBuf) {
    let number = sandbox.intake();
    let page = sandbox.desk_ok(&format!("export {number} --format text --out ../out"));
    (number, sandbox.path("").join(page.trim()))
}

#[cfg(unix)]
#[test]
fn a_page_that_is_no_longer_the_exported_file_is_reported_and_kept() {
    use std::os::unix::fs::symlink;
    for change in ["pipe", "moved and linked", "linked twice", "folder"] {
        let sandbox = Sandbox::with_clinic();
        let (number, page) = exported(&sandbox);
        let moved = sandbox.path("moved");
        if change == "linked twice" {
            std::fs::hard_link(&page, &moved).expect("a second name");
        } else {
            std::fs::rename(&page, &moved).expect("the page can be moved");
        }
        match change {
            "pipe" => assert!(std::process::Command::new("mkfifo").arg(&page).status().expect("mkfifo").success()),
            "moved and linked" => symlink(&moved, &page).expect("a link"),
            "folder" => std::fs::create_dir(&page).expect("a folder"),
            _ => {}
        }
        let report = sandbox.desk_json(&format!("delete {number} --why asked --json"));
        assert_eq!(report["intakes"][0]["files"][0]["fate"], json!("changed"), "{change}: {report}");
        assert!(moved.is_file() && page.symlink_metadata().is_ok(), "{change}");
    }
}

#[test]
fn a_restored_backup_deletes_no_file_outside_the_clinic() {
    let sandbox = Sandbox::with_clinic();
    let (number, page) = exported(&sandbox);
    sandbox.desk_ok("backup ../out/a.backup");
    let restored = run(sandbox.desk_command("restore ../out/a.backup ../again"));
    assert_eq!(restored.code, Some(0), "{restored:?}");
    let again = |words: &str| {
        let mut command = sandbox.desk_command(words);
        command.args(["--clinic", "../again", "--passphrase-file", "../pass"]);
        run(command)
    };
    let new = again(&format!("export {number} --format text --out ../out"));
    let new = sandbox.path("").join(new.stdout.trim());
    let dry = again(&format!("delete {number} --dry-run"));
    assert!(dry.stdout.contains("only the restored backup names it"), "{dry:?}");
    let deleted = again(&format!("delete {number} --why asked"));
    assert!(deleted.stdout.contains("only the restored backup names it"), "{deleted:?}");
    assert!(page.is_file(), "the backup names it");
    assert!(!new.exists(), "the restored desk has written it");
}

#[test]
fn a_deletion_removes_what_a_killed_export_left() {
    let sandbox = Sandbox::with_clinic();
    let (number, _) = exported(&sandbox);
    let left = sandbox.path("../out/.preconsult-abcdef");
    let file = std::fs::File::create(&left).expect("a file");
    file.set_modified(std::time::SystemTime::now() - std::time::Duration::from_secs(300)).expect("its time");
    drop(file);
    sandbox.desk_ok(&format!("delete {number} --why asked"));
    assert!(!left.exists());
}

/// Changes the times of all entries of the audit log and of the intakes, as a clock that was set back would have.
fn set_back(sandbox: &Sandbox, days: i64) {
    let database = sandbox.database();
    database.execute_batch("DROP TRIGGER trail_stays").expect("a trigger");
    let then = (Local::now() - TimeDelta::days(days)).format("%Y-%m-%dT%H:%M%:z").to_string();
    database.execute("UPDATE trail SET at = ?1", [&then]).expect("a trail");
    for number in [1, 2] {
        let sum = preconsult::desk::audit_trail::sha256(format!("{number}\n{then}\nfinished").as_bytes());
        let update = "UPDATE intakes SET started = ?2, sum = ?3 WHERE number = ?1";
        database.execute(update, rusqlite::params![number, then, &sum[..16]]).expect("a row");
    }
}

#[test]
fn a_purge_by_a_clock_that_is_far_ahead_needs_today_s_date() {
    let sandbox = Sandbox::with_clinic();
    sandbox.intake();
    sandbox.intake();
    let count = || sandbox.desk_json("list --all --json").as_array().expect("a list").len();
    let today = Local::now().date_naive();
    set_back(&sandbox, 2000);
    // An entry of today is no sign that the clock is right.
    sandbox.desk_ok("list --unlock");
    let purge = |words: &str| run(sandbox.desk_command(&format!("purge --older-than 365 --clinic ../clinic {words}")));
    let refused = purge("");
    assert_eq!((refused.code, count()), (Some(2), 2), "{refused:?}");
    let last = (Local::now() - TimeDelta::days(2000)).date_naive();
    for piece in [
        format!("the clock says {today}, but the desk was last used on {last}; nothing was deleted"),
        format!("add --yes-now-is {today}"),
    ] {
        assert!(refused.stderr.contains(&piece), "{refused:?}");
    }
    assert_eq!((purge("--yes-now-is 2020-01-01").code, count()), (Some(2), 2));
    assert_eq!((purge("--dry-run").code, count()), (Some(0), 2), "a dry run deletes nothing");
    let command = "desk purge --older-than 365 --clinic ../clinic";
    for (typed, code, left) in [("no\r", 130, 2), ("2020-01-01\r", 130, 2)] {
        let mut terminal = sandbox.terminal(command).size(24, 100).start();
        terminal.wait("type today's date");
        terminal.press(typed);
        assert_eq!((terminal.code(), count()), (code, left), "{typed:?}");
    }
    let mut terminal = sandbox.terminal(command).size(24, 100).start();
    terminal.wait("type today's date");
    terminal.press(&format!("{today}\r"));
    assert_eq!((terminal.code(), count()), (0, 0));
}

#[test]
fn a_purge_in_a_script_goes_on_with_today_s_date() {
    let sandbox = Sandbox::with_clinic();
    sandbox.intake();
    sandbox.intake();
    set_back(&sandbox, 2000);
    let today = Local::now().date_naive();
    let purge = format!("purge --older-than 365 --clinic ../clinic --yes-now-is {today}");
    let purged = run(sandbox.desk_command(&purge));
    assert!(purged.code == Some(0) && purged.stdout.matches("removed: ").count() == 2, "{purged:?}");
}
