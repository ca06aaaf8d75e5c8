//! The store's own file cut and flipped: an error that names it, or what was kept; never another record.

use crate::world::{PASSPHRASE, World, answers};
use preconsult::desk::store::sqlite::Sqlite;
use preconsult::desk::store::{Span, Store};
use preconsult::desk::{Clinic, Desk, Keys, Passphrase, Record, Search, State};
use std::path::Path;

/// Reads everything as the commands do: the list, the search and each record.
fn read(folder: &Path, keys: &Keys) -> Result<Vec<(u64, State, Record)>, preconsult::error::Error> {
    let clinic = Clinic::find(Some(folder), None)?;
    let desk = Desk::open(clinic, || {})?;
    let mut records = Vec::new();
    let found = desk.find(keys, Span::default(), None)?;
    let listed = desk.intakes(Span::default())?;
    let intakes = |search: &Search| search.found.iter().map(|found| found.intake.clone()).collect::<Vec<_>>();
    assert_eq!(intakes(&found), intakes(&listed));
    for intake in intakes(&listed) {
        let record = desk.record(keys, intake.number, None)?;
        desk.pack(keys, &record)?;
        records.push((intake.number, intake.state, record));
    }
    Ok(records)
}

#[test]
fn a_damaged_store_gives_an_error_that_names_it_or_what_was_kept() {
    let world = World::new();
    for label in ["One", "Two", "Three"] {
        let mut answers = answers();
        answers["answers"]["label"] = label.into();
        std::fs::write(world.path("answers.json"), answers.to_string()).expect("a file");
        assert_eq!(crate::world::run(world.command("new --clinic ../clinic --answers ../answers.json")).code, Some(0));
    }
    let locked = std::fs::read_to_string(world.path("clinic/key.age")).expect("a key");
    let keys = Keys::unlock(&locked, &Passphrase::from(PASSPHRASE.to_owned())).expect("it unlocks");
    // Everything in the one file, as after the last desk has closed it.
    Sqlite::open(&world.path("clinic/records.sqlite3"), || {}).expect("a store").compact().expect("it compacts");
    let expected = read(&world.path("clinic"), &keys).expect("it is whole");
    assert_eq!(expected.len(), 3);
    let whole = std::fs::read(world.path("clinic/records.sqlite3")).expect("a store");

    let folder = world.path("damaged");
    std::fs::create_dir(&folder).expect("a folder");
    std::fs::copy(world.path("clinic/key.pub"), folder.join("key.pub")).expect("a copy");
    let (mut refused, mut read_clean) = (0, 0);
    let mut check = |bytes: &[u8], what: &str| {
        for name in ["records.sqlite3-wal", "records.sqlite3-shm"] {
            let _ = std::fs::remove_file(folder.join(name));
        }
        std::fs::write(folder.join("records.sqlite3"), bytes).expect("a file");
        match read(&folder, &keys) {
            Ok(records) => {
                // A row that is gone with its whole page is found by the check of the trail, not by a list.
                for record in &records {
                    assert!(expected.contains(record), "{what}: a wrong record {}", record.0);
                }
                read_clean += 1;
            }
            Err(error) => {
                let named = error.message.contains("records.sqlite3") || error.message.starts_with("intake ");
                assert!(named, "{what}: {}", error.message);
                refused += 1;
            }
        }
    };
    // Every byte of the first page would take minutes: every third of its head, then places all over the file.
    let places: Vec<usize> = (0..120).step_by(3).chain((120..whole.len()).step_by(whole.len() / 400)).collect();
    for at in &places {
        let mut bytes = whole.clone();
        bytes[*at] ^= 0x41;
        check(&bytes, &format!("byte {at} flipped"));
    }
    for at in places.iter().step_by(9) {
        check(&whole[..*at], &format!("cut at {at}"));
    }
    assert!(refused > 50 && read_clean > 20, "{refused} refused, {read_clean} read");
}

#[test]
fn a_store_that_is_none_is_named() {
    let world = World::new();
    for bytes in [&b""[..], b"hello", &[0; 5000]] {
        std::fs::write(world.path("clinic/records.sqlite3"), bytes).expect("a file");
        let ran = world.desk("list");
        assert!(ran.code == Some(1) && ran.stderr.contains("records.sqlite3"), "{ran:?}");
        let checked = world.desk("verify");
        assert!(checked.code == Some(1) && checked.stderr.contains("desk restore"), "{checked:?}");
        assert!(!checked.stderr.contains("desk verify"), "nobody is sent where they are: {checked:?}");
    }
}

#[test]
fn a_store_of_a_later_version_is_left_alone() {
    let world = World::new();
    world.database().pragma_update(None, "user_version", 99).expect("a setting");
    let ran = world.desk("list");
    assert!(ran.code == Some(1) && ran.stderr.contains("later version of this program"), "{ran:?}");
}
