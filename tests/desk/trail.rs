//! The trail and the check: nothing is changed, moved, taken away or put in without being found.

use crate::world::{World, run};
use rusqlite::Connection;
use serde_json::json;

/// A clinic with some history.
fn clinic() -> World {
    let world = World::new();
    for _ in 0..3 {
        world.intake();
    }
    std::fs::write(world.path("corrected.json"), crate::world::answers().to_string()).expect("a file");
    world.ok("correct 2 --answers ../corrected.json --why mistyped");
    world.ok("delete 3 --why asked");
    assert_eq!(world.json("verify --json")["ok"], json!(true));
    world
}

/// Changes the store behind the program's back, and gives the problems that the check finds.
fn after(change: &str) -> Vec<String> {
    let world = clinic();
    let database: Connection = world.database();
    database.pragma_update(None, "foreign_keys", false).expect("a setting");
    database.execute_batch("DROP TRIGGER trail_stays; DROP TRIGGER trail_keeps;").expect("triggers");
    database.execute_batch(change).expect(change);
    let ran = world.desk("verify --json");
    assert_eq!(ran.code, Some(1), "{change}: {ran:?}");
    let Ok(report) = serde_json::from_str::<serde_json::Value>(&ran.stdout) else { return vec![ran.stderr] };
    assert_eq!(report["ok"], json!(false));
    report["problems"].as_array().expect("a list").iter().map(|text| text.as_str().expect("text").to_owned()).collect()
}

#[test]
fn every_kind_of_tampering_is_found() {
    for (change, found) in [
        ("UPDATE trail SET at = '2020-01-01T00:00+00:00' WHERE place = 3", "entry 3 of the trail was changed"),
        ("UPDATE trail SET what = 'shown' WHERE what = 'corrected'", "was changed"),
        ("DELETE FROM trail WHERE place = 4", "is out of place"),
        ("DELETE FROM trail WHERE what = 'deleted'", "the record of intake 3 (version 1) is missing"),
        ("DELETE FROM versions WHERE intake = 2 AND version = 2", "version 2 of intake 2 is missing"),
        ("DELETE FROM intakes WHERE number = 1; DELETE FROM versions WHERE intake = 1", "intake 1 is missing"),
        (
            "UPDATE versions SET sealed = (SELECT sealed FROM versions WHERE intake = 1) WHERE intake = 2",
            "is not as the trail says",
        ),
        (
            "UPDATE sealed SET bytes = x'00' WHERE id = (SELECT sealed FROM versions WHERE intake = 1)",
            "the record of intake 1 (version 1) was changed",
        ),
        ("DELETE FROM sealed WHERE id = (SELECT note FROM trail WHERE place = 2)", "is missing"),
        ("INSERT INTO sealed (hash, bytes) VALUES ('', x'00')", "the trail does not speak of"),
        ("UPDATE intakes SET started = '2020-01-01T00:00+00:00' WHERE number = 1", "row cannot be read"),
    ] {
        let problems = after(change);
        assert!(problems.iter().any(|problem| problem.contains(found)), "{change}: {problems:?}");
    }
}

#[test]
fn the_store_itself_does_not_let_the_trail_be_changed() {
    let world = clinic();
    let database = world.database();
    for change in ["UPDATE trail SET at = ''", "DELETE FROM trail WHERE place = 1"] {
        let refused = database.execute_batch(change).expect_err(change).to_string();
        assert!(refused.contains("the trail is not"), "{refused}");
    }
}

#[test]
fn a_record_put_in_the_place_of_another_is_found_out_when_it_is_opened() {
    let world = clinic();
    let database = world.database();
    database
        .execute_batch("UPDATE versions SET sealed = (SELECT sealed FROM versions WHERE intake = 1) WHERE intake = 2")
        .expect("a change");
    let ran = world.desk("show 2");
    assert!(ran.code == Some(1) && ran.stderr.contains("holds another record"), "{ran:?}");
    assert_eq!(ran.stdout, "");
}

#[test]
fn a_trail_cut_at_its_end_is_found_by_a_hash_that_was_noted() {
    let world = clinic();
    let head = world.json("verify --json")["head"].as_str().expect("a hash").to_owned();
    world.intake();
    world.ok(&format!("verify --expect {head}"));
    let database = world.database();
    let forge = "DROP TRIGGER trail_keeps; DELETE FROM trail WHERE place > 4;
        DELETE FROM versions; DELETE FROM files; DELETE FROM intakes WHERE number > 1;
        DELETE FROM sealed WHERE id > 4; UPDATE intakes SET state = 'finished';";
    // Somebody who rebuilds everything is not found by the chain alone, so the hash has to be kept elsewhere.
    database.pragma_update(None, "foreign_keys", false).expect("a setting");
    database.execute_batch(forge).expect("a change");
    let found = world.desk(&format!("verify --expect {head}"));
    assert!(found.code == Some(1) && found.stdout.contains("does not hold the hash that was noted"), "{found:?}");
}

#[test]
fn who_and_why_show_only_with_the_passphrase() {
    let world = clinic();
    let locked = run(world.command("trail --clinic ../clinic"));
    assert!(locked.code == Some(0) && locked.stdout.contains("corrected"), "{locked:?}");
    assert!(!locked.stdout.contains("tester") && !locked.stdout.contains("mistyped"), "{locked:?}");
    let unlocked = world.ok("trail --unlock");
    assert!(unlocked.contains("tester mistyped"), "{unlocked}");
    // The reason of a deletion stays; what was noted of the intake before it went with it.
    let of_the_deleted = world.json("trail 3 --unlock --json");
    let whys: Vec<_> = of_the_deleted.as_array().expect("a list").iter().map(|entry| entry["who"].clone()).collect();
    assert_eq!(whys, [json!(null), json!(null), json!("tester")]);
}
