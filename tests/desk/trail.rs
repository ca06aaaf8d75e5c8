//! The audit log and `desk verify`: every change, move, removal and insertion is detected.

use crate::support::Sandbox;
use crate::support::run::run;
use rusqlite::Connection;
use serde_json::json;

/// Creates a clinic with some history.
fn clinic() -> Sandbox {
    let sandbox = Sandbox::with_clinic();
    for _ in 0..3 {
        sandbox.intake();
    }
    sandbox.desk_ok("correct 2 --answers ../corrected.json --why mistyped");
    sandbox.desk_ok("delete 3 --why asked");
    sandbox.desk_ok("export 1 --format text --out ../out");
    assert_eq!(sandbox.desk_json("verify --json")["ok"], json!(true));
    sandbox
}

/// Changes the store of a copy of the clinic and returns the problems that `desk verify` reports.
fn problems_after(clinic: &Sandbox, change: &str) -> Vec<String> {
    let sandbox = clinic.copy();
    let database: Connection = sandbox.database();
    database.pragma_update(None, "foreign_keys", false).expect("a setting");
    database.execute_batch("DROP TRIGGER trail_stays; DROP TRIGGER trail_keeps;").expect("triggers");
    database.execute_batch(change).expect(change);
    let output = sandbox.desk("verify --json");
    assert_eq!(output.code, Some(1), "{change}: {output:?}");
    let report: serde_json::Value = serde_json::from_str(&output.stdout).expect("JSON for a damaged store too");
    assert_eq!(report["ok"], json!(false));
    report["problems"].as_array().expect("a list").iter().map(|text| text.as_str().expect("text").to_owned()).collect()
}

#[test]
fn every_kind_of_tampering_is_detected() {
    let clinic = clinic();
    for (change, found) in [
        ("UPDATE trail SET at = '2020-01-01T00:00+00:00' WHERE place = 3", "entry 3 of the audit log was changed"),
        ("UPDATE trail SET what = 'shown' WHERE what = 'corrected'", "was changed"),
        ("DELETE FROM trail WHERE place = 4", "is out of place"),
        ("DELETE FROM trail WHERE what = 'deleted'", "the record of intake 3 (version 1) is missing"),
        ("DELETE FROM versions WHERE intake = 2 AND version = 2", "version 2 of intake 2 is missing"),
        ("DELETE FROM intakes WHERE number = 1; DELETE FROM versions WHERE intake = 1", "intake 1 is missing"),
        (
            "UPDATE versions SET sealed = (SELECT sealed FROM versions WHERE intake = 1) WHERE intake = 2",
            "differs from the audit log",
        ),
        (
            "UPDATE sealed SET bytes = x'00' WHERE id = (SELECT sealed FROM versions WHERE intake = 1)",
            "the record of intake 1 (version 1) was changed",
        ),
        ("DELETE FROM sealed WHERE id = (SELECT note FROM trail WHERE place = 2)", "is missing"),
        ("INSERT INTO sealed (hash, bytes) VALUES ('', x'00')", "the audit log does not mention"),
        (
            "UPDATE intakes SET started = '2020-01-01T00:00+00:00' WHERE number = 1",
            "row 1 of the table intakes was changed",
        ),
        ("UPDATE intakes SET state = 'printed' WHERE number = 2", "row 2 of the table intakes was changed"),
        ("INSERT INTO intakes VALUES (77, '2026-11-24T13:32+00:00', 'finished', 'x')", "row 77 of the table intakes"),
        ("UPDATE trail SET what = 'nonsense' WHERE place = 4", "row 4 of the table trail was changed"),
        ("DELETE FROM files", "the path of a file of intake 1 is missing"),
        ("UPDATE files SET path = '/tmp/other'", "the path of a file of intake 1 is missing"),
        ("INSERT INTO files VALUES (2, '/tmp/other', 'x')", "does not mention a file that is registered for intake 2"),
        ("DROP TABLE files", "the table files is missing"),
        ("DROP INDEX intakes_started", "the index intakes_started is missing"),
        ("CREATE TABLE more (x)", "the table more does not belong to this program"),
        ("SELECT 1", "the trigger trail_stays is missing"),
        ("DELETE FROM packs", "missing from the list of packs"),
        ("INSERT INTO packs VALUES ('x', 1)", "does not mention the pack in encrypted item 1"),
        ("INSERT INTO versions VALUES (99, 1, '', 1)", "in the table versions refers to a missing row in intakes"),
        (
            "CREATE TEMP TABLE last AS SELECT note FROM trail ORDER BY place DESC LIMIT 2;
            DELETE FROM trail WHERE place > (SELECT max(place) FROM trail) - 2;
            DELETE FROM files; DELETE FROM sealed WHERE id IN (SELECT note FROM last)",
            "entries are missing at its end",
        ),
    ] {
        let problems = problems_after(&clinic, change);
        assert!(problems.iter().any(|problem| problem.contains(found)), "{change}: {problems:?}");
    }
}

#[test]
fn the_database_rejects_changes_of_the_audit_log() {
    let sandbox = clinic();
    let database = sandbox.database();
    for change in ["UPDATE trail SET at = ''", "DELETE FROM trail WHERE place = 1"] {
        let rejected = database.execute_batch(change).expect_err(change).to_string();
        assert!(rejected.contains("the trail is not"), "{rejected}");
    }
}

#[test]
fn a_swapped_record_is_detected_when_it_is_decrypted() {
    let sandbox = clinic();
    let database = sandbox.database();
    database
        .execute_batch("UPDATE versions SET sealed = (SELECT sealed FROM versions WHERE intake = 1) WHERE intake = 2")
        .expect("a change");
    let output = sandbox.desk("show 2");
    assert!(output.code == Some(1) && output.stderr.contains("holds the record of another intake"), "{output:?}");
    assert_eq!(output.stdout, "");
}

#[test]
fn a_noted_hash_detects_a_cut_audit_log() {
    let sandbox = clinic();
    let head = sandbox.desk_json("verify --json")["head"].as_str().expect("a hash").to_owned();
    sandbox.intake();
    sandbox.desk_ok(&format!("verify --expect {head}"));
    let database = sandbox.database();
    let forge = "DROP TRIGGER trail_keeps; DELETE FROM trail WHERE place > 4;
        DELETE FROM versions; DELETE FROM files; DELETE FROM intakes WHERE number > 1;
        DELETE FROM sealed WHERE id > 4; UPDATE intakes SET state = 'finished';";
    // The chain alone does not detect a consistent forgery, so the hash has to be noted elsewhere.
    database.pragma_update(None, "foreign_keys", false).expect("a setting");
    database.execute_batch(forge).expect("a change");
    let found = sandbox.desk(&format!("verify --expect {head}"));
    assert!(found.code == Some(1) && found.stdout.contains("does not hold the expected hash"), "{found:?}");
}

#[test]
fn the_beginning_of_a_noted_hash_is_enough() {
    let sandbox = clinic();
    let head = sandbox.desk_json("verify --json")["head"].as_str().expect("a hash").to_owned();
    assert!(sandbox.desk_ok("verify").contains(&format!("last hash: {head}\nWrite this down")));
    sandbox.desk_ok(&format!("verify --expect {}", &head[..12]));
    sandbox.desk_ok(&format!("verify --expect {}", head[..8].to_uppercase()));
    for no_hash in ["zzz", &head[..7], "zzzzzzzzzzzz"] {
        let rejected = sandbox.desk(&format!("verify --expect {no_hash}"));
        assert!(rejected.code == Some(2) && rejected.stderr.contains("8 to 64 hexadecimal digits"), "{rejected:?}");
    }
    let other: String = head[..12].chars().map(|digit| if digit == '0' { '1' } else { '0' }).collect();
    let lost = sandbox.desk(&format!("verify --expect {other}"));
    assert!(lost.code == Some(1) && lost.stdout.contains("does not hold the expected hash"), "{lost:?}");
}

/// Lists, `desk verify` and the commands for the intake name the damaged row, and the other rows are usable.
#[test]
fn a_damaged_row_does_not_affect_the_others() {
    let sandbox = clinic();
    sandbox.intake();
    sandbox.database().execute_batch("UPDATE intakes SET state = 'printed' WHERE number = 2").expect("a change");
    for list in ["list --all --json", "list --json", "list --all --unlock --json"] {
        let output = sandbox.desk(list);
        assert!(
            output.code == Some(1) && output.stderr.contains("row 2 of the table intakes was changed"),
            "{output:?}"
        );
        let listed: serde_json::Value = serde_json::from_str(&output.stdout).expect("JSON");
        let numbers: Vec<_> = listed.as_array().expect("a list").iter().map(|row| row["number"].clone()).collect();
        assert_eq!(numbers, [json!(1), json!(4)], "{list}");
    }
    let table = sandbox.desk("list");
    assert!(table.code == Some(1) && table.stdout.lines().count() == 3, "{table:?}");
    assert!(table.stderr.contains("row 2 of the table intakes"), "{table:?}");
    sandbox.desk_ok("show 1");
    let shown = sandbox.desk("show 2");
    assert!(shown.code == Some(1) && shown.stderr.contains("row 2 of the table intakes was changed"), "{shown:?}");
    let purged = sandbox.desk("purge --older-than 30");
    assert!(purged.code == Some(0), "its day is one that a purge does not look at: {purged:?}");
    sandbox.intake();

    // An intake with a damaged row can be deleted.
    let output = sandbox.desk_ok("delete 2 --why asked");
    assert!(output.contains("removed: intake 2 (its row is damaged, 2 versions)"), "{output}");
    sandbox.desk_ok("verify --unlock");
    sandbox.desk_ok("list");

    // A record that cannot be decrypted is listed without its label.
    let change = "UPDATE sealed SET bytes = x'00' WHERE id = (SELECT sealed FROM versions WHERE intake = 4)";
    sandbox.database().execute_batch(change).expect("a change");
    let output = sandbox.desk("list --unlock --json");
    assert!(output.code == Some(1) && output.stderr.contains("the record of intake 4"), "{output:?}");
    let listed: serde_json::Value = serde_json::from_str(&output.stdout).expect("JSON");
    let labels: Vec<_> = listed.as_array().expect("a list").iter().map(|row| row["label"].clone()).collect();
    assert_eq!(labels, [json!(crate::desk::clinic::LABEL), json!(null), json!(crate::desk::clinic::LABEL)]);
}

/// The audit log of version 1 of the tables does not mention files.
#[test]
fn a_migration_adds_exported_files_to_the_audit_log() {
    let sandbox = Sandbox::with_clinic();
    sandbox.intake();
    sandbox.desk_ok("export 1 --format text --out ../out");
    forget_files(&sandbox);
    let earlier =
        "DROP TRIGGER trail_keeps; DELETE FROM trail WHERE what = 'written'; ALTER TABLE trail DROP COLUMN file;
        CREATE TRIGGER trail_keeps BEFORE DELETE ON trail BEGIN SELECT RAISE(ABORT, 'the trail is not cut'); END;
        DROP TABLE invitations; DROP TABLE labels; PRAGMA user_version = 1;";
    sandbox.database().execute_batch(earlier).expect("a change");
    sandbox.desk_ok("verify --unlock");
    assert!(sandbox.desk_ok("trail").contains("written"));
    sandbox.database().execute_batch("DELETE FROM files").expect("a change");
    assert_eq!(sandbox.desk("verify").code, Some(1));
}

/// Changes the audit log so that no entry has a hash of a file, a key or a pack, as before version 2 of the tables.
fn forget_files(sandbox: &Sandbox) {
    use preconsult::desk::audit_trail::{Action, AuditEntry};
    use preconsult::desk::store::Store as _;
    let mut entries = Vec::new();
    let path = sandbox.path("../clinic/records.sqlite3");
    let store = preconsult::desk::store::sqlite::Sqlite::open(&path, || {}).expect("a store");
    store
        .trail(&mut |entry| {
            entries.push(AuditEntry { file: None, ..entry.expect("an entry") });
            Ok(())
        })
        .expect("a trail");
    drop(store);
    let database = sandbox.database();
    let stays = "SELECT sql FROM sqlite_schema WHERE name = 'trail_stays'";
    let stays: String = database.query_row(stays, [], |row| row.get(0)).expect("a trigger");
    database.execute_batch("DROP TRIGGER trail_stays").expect("a change");
    let mut previous = String::new();
    for entry in entries.into_iter().filter(|entry| entry.what != Action::Written) {
        previous = entry.chain_hash(&previous);
        let update = "UPDATE trail SET file = NULL, hash = ?2 WHERE place = ?1";
        database.execute(update, rusqlite::params![entry.place, previous]).expect("an entry");
    }
    database.execute_batch(&stays).expect("the trigger");
}

/// Other desks continue to write during a verification.
#[test]
fn a_verification_reads_one_snapshot_while_desks_write() {
    let sandbox = Sandbox::with_clinic();
    let lines: String = (0..60).map(|_| format!("{}\n", crate::desk::clinic::answers())).collect();
    std::fs::write(sandbox.path("../many.jsonl"), lines).expect("a file");
    let start =
        || sandbox.desk_command("new --clinic ../clinic --each --answers ../many.jsonl").spawn().expect("it starts");
    let mut desks = [start(), start()];
    let clinic = preconsult::desk::Clinic::find(
        Some(&sandbox.path("../clinic")),
        None,
        preconsult::storage::own_files::TrustedOwners::default(),
    )
    .expect("a clinic");
    let desk = preconsult::desk::Desk::open(clinic, || {}).expect("a desk");
    let mut seen = std::collections::BTreeSet::new();
    while desks.iter_mut().any(|desk| desk.try_wait().expect("its state").is_none()) {
        let report = preconsult::desk::verify::verify(desk.store(), None, None).expect("a check");
        assert!(report.problems.is_empty(), "{:?}", report.problems);
        seen.insert(report.entries);
    }
    assert!(seen.len() > 3, "it was checked while they wrote: {seen:?}");
    assert_eq!(sandbox.desk_json("verify --json")["intakes"], json!(120));
}

#[test]
fn who_and_why_show_only_with_the_passphrase() {
    let sandbox = clinic();
    let locked = run(sandbox.desk_command("trail --clinic ../clinic"));
    assert!(locked.code == Some(0) && locked.stdout.contains("corrected"), "{locked:?}");
    assert!(!locked.stdout.contains("tester") && !locked.stdout.contains("mistyped"), "{locked:?}");
    let unlocked = sandbox.desk_ok("trail --unlock");
    assert!(unlocked.contains("tester mistyped"), "{unlocked}");
    // The note of the deletion is kept; earlier notes of the intake were removed with it.
    let of_the_deleted = sandbox.desk_json("trail 3 --unlock --json");
    let whys: Vec<_> = of_the_deleted.as_array().expect("a list").iter().map(|entry| entry["who"].clone()).collect();
    assert_eq!(whys, [json!(null), json!(null), json!("tester")]);
}

/// Each change makes a command refuse a record.
#[test]
fn verify_finds_what_makes_a_command_refuse() {
    for change in [
        "UPDATE sealed SET hash = 'x' WHERE id = (SELECT sealed FROM versions)",
        "UPDATE versions SET kept = '2000-01-01T00:00+00:00'",
        "UPDATE packs SET hash = 'x'",
        "DROP TRIGGER trail_stays; UPDATE trail SET record = NULL WHERE what = 'finished'",
        "DROP TRIGGER trail_stays; UPDATE trail SET note_hash = NULL WHERE what = 'started'",
        "DROP TRIGGER trail_stays; UPDATE trail SET file = NULL WHERE what = 'pack-kept'",
    ] {
        let sandbox = Sandbox::with_clinic();
        sandbox.intake();
        sandbox.desk_ok("verify --unlock");
        sandbox.database().execute_batch(change).expect("a change");
        let checked = sandbox.desk("verify");
        // A dropped trigger is a problem of its own, so there has to be another.
        let expected = 1 + usize::from(change.starts_with("DROP"));
        let problems = checked.stdout.lines().take_while(|line| !line.contains("in the audit log,")).count();
        assert!(checked.code == Some(1) && problems >= expected, "{change}: {checked:?}");
    }
}
