//! A truncated or changed database gives an error that names it, or the stored records, but never another record.

use crate::desk::clinic::{PASSPHRASE, answers};
use crate::support::Sandbox;
use crate::support::run::run;
use crate::support::thoroughness::thoroughness;
use preconsult::desk::store::sqlite::Sqlite;
use preconsult::desk::store::{DateRange, Store};
use preconsult::desk::{Clinic, Desk, IntakeState, Passphrase, PrivateKeys, Record, SearchResult};
use preconsult::storage::own_files::TrustedOwners;
use std::path::Path;

/// Reads everything like the commands: the list, the search and each record.
fn read(folder: &Path, keys: &PrivateKeys) -> Result<Vec<(u64, IntakeState, Record)>, preconsult::error::Error> {
    let clinic = Clinic::find(Some(folder), None, TrustedOwners::default())?;
    let desk = Desk::open(clinic, || {})?;
    let mut records = Vec::new();
    let found = desk.find(keys, DateRange::default(), None)?;
    let listed = desk.intakes(DateRange::default())?;
    let intakes = |search: &SearchResult| search.found.iter().map(|found| found.intake.clone()).collect::<Vec<_>>();
    assert_eq!(intakes(&found), intakes(&listed));
    for intake in intakes(&listed) {
        let record = desk.record(keys, intake.number, None)?;
        desk.pack(keys, &record)?;
        records.push((intake.number, intake.state, record));
    }
    Ok(records)
}

#[test]
fn a_damaged_store_gives_an_error_that_names_it_or_the_stored_records() {
    let sandbox = Sandbox::with_clinic();
    for label in ["One", "Two", "Three"] {
        let mut answers = answers();
        answers["answers"]["label"] = label.into();
        std::fs::write(sandbox.path("../answers.json"), answers.to_string()).expect("a file");
        assert_eq!(run(sandbox.desk_command("new --clinic ../clinic --answers ../answers.json")).code, Some(0));
    }
    let locked = std::fs::read_to_string(sandbox.path("../clinic/key.age")).expect("a key");
    let keys = PrivateKeys::unlock(&locked, &Passphrase::from(PASSPHRASE.to_owned())).expect("it unlocks");
    // Checkpoint the WAL, as the last desk does when it closes the file.
    Sqlite::open(&sandbox.path("../clinic/records.sqlite3"), || {}).expect("a store").compact().expect("it compacts");
    let expected = read(&sandbox.path("../clinic"), &keys).expect("an undamaged store");
    assert_eq!(expected.len(), 3);
    let whole = std::fs::read(sandbox.path("../clinic/records.sqlite3")).expect("a store");

    let folder = sandbox.path("../damaged");
    std::fs::create_dir(&folder).expect("a folder");
    std::fs::copy(sandbox.path("../clinic/key.pub"), folder.join("key.pub")).expect("a copy");
    let (mut failures, mut successes) = (0, 0);
    let mut check = |bytes: &[u8], what: &str| {
        for name in ["records.sqlite3-wal", "records.sqlite3-shm"] {
            let _ = std::fs::remove_file(folder.join(name));
        }
        std::fs::write(folder.join("records.sqlite3"), bytes).expect("a file");
        match read(&folder, &keys) {
            Ok(records) => {
                // Only `verify` detects a row that is lost with its whole page; a list does not.
                for record in &records {
                    assert!(expected.contains(record), "{what}: a wrong record {}", record.0);
                }
                successes += 1;
            }
            Err(error) => {
                let named = error.message.contains("records.sqlite3") || error.message.contains("intake ");
                assert!(named, "{what}: {}", error.message);
                failures += 1;
            }
        }
    };
    // Testing every byte would take minutes, so it tests every third of the header, then places across the file.
    let places = (0..120).step_by(3).chain((120..whole.len()).step_by(whole.len() / 400));
    let places: Vec<usize> = thoroughness().sample(places, 6, 0).collect();
    for at in &places {
        let mut bytes = whole.clone();
        bytes[*at] ^= 0x41;
        check(&bytes, &format!("byte {at} flipped"));
    }
    for at in places.iter().step_by(9) {
        check(&whole[..*at], &format!("cut at {at}"));
    }
    let attempts = failures + successes;
    assert!(failures > attempts / 9 && successes > attempts / 24, "{failures} failed, {successes} read");
}

#[test]
fn a_file_that_is_not_a_store_is_named() {
    let sandbox = Sandbox::with_clinic();
    for bytes in [&b""[..], b"hello", &[0; 5000]] {
        std::fs::write(sandbox.path("../clinic/records.sqlite3"), bytes).expect("a file");
        let output = sandbox.desk("list");
        assert!(output.code == Some(1) && output.stderr.contains("records.sqlite3"), "{output:?}");
        let checked = sandbox.desk("verify");
        assert!(checked.code == Some(1) && checked.stderr.contains("desk restore"), "{checked:?}");
        assert!(!checked.stderr.contains("desk verify"), "the hint of verify does not name verify: {checked:?}");
    }
}

#[test]
fn a_store_of_a_later_version_is_not_changed() {
    let sandbox = Sandbox::with_clinic();
    sandbox.database().pragma_update(None, "user_version", 99).expect("a setting");
    let output = sandbox.desk("list");
    assert!(output.code == Some(1) && output.stderr.contains("later version of preconsult"), "{output:?}");
}
