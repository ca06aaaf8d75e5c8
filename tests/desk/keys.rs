//! The key and its passphrase, changed.

use crate::world::{LABEL, World, run};
use serde_json::json;

#[test]
fn a_changed_passphrase_is_the_only_one() {
    let world = World::new();
    let number = world.intake();
    std::fs::write(world.path("new"), "another long passphrase\n").expect("a file");
    world.ok("key change-passphrase --work-factor 14 --new-passphrase-file ../new");
    let old = world.desk(&format!("show {number}"));
    assert_eq!(old.code, Some(2), "{old:?}");
    std::thread::sleep(std::time::Duration::from_millis(1100));
    let new = run(world.command(&format!("show {number} --json --clinic ../clinic --passphrase-file ../new")));
    assert!(new.code == Some(0) && new.stdout.contains(LABEL), "{new:?}");
}

#[test]
fn a_short_passphrase_is_refused() {
    let world = World::new();
    std::fs::write(world.path("new"), "short\n").expect("a file");
    let refused = world.desk("key change-passphrase --work-factor 14 --new-passphrase-file ../new");
    assert_eq!(refused.code, Some(2), "{refused:?}");
    assert!(refused.stderr.contains("10 is the least") && !refused.stderr.contains("short"), "{refused:?}");
    std::fs::write(world.path("new"), "\n").expect("a file");
    assert_eq!(world.desk("key change-passphrase --work-factor 14 --new-passphrase-file ../new").code, Some(2));
    world.ok("list --unlock");
}

#[test]
fn a_rotated_key_seals_everything_anew_and_old_backups_still_open() {
    let world = World::new();
    let numbers = [world.intake(), world.intake()];
    world.ok("backup ../out/before.backup");
    let before = world.ok("key show");
    let sealed = |world: &World| -> Vec<Vec<u8>> {
        let database = world.database();
        let mut query = database.prepare("SELECT bytes FROM sealed ORDER BY id").expect("a query");
        let rows = query.query_map([], |row| row.get(0)).expect("rows");
        rows.map(|row| row.expect("bytes")).collect()
    };
    let old = sealed(&world);
    let after = world.ok("key rotate --work-factor 14");
    assert_ne!(before, after);
    let new = sealed(&world);
    // The unlocking that the rotation began with is sealed anew as well.
    assert!(old.iter().zip(&new).all(|(old, new)| old != new), "everything is sealed anew");
    let key = std::fs::read_to_string(world.path("clinic/key.pub")).expect("a key");
    assert_eq!(key, after);
    for number in numbers {
        assert_eq!(world.json(&format!("show {number} --json"))["label"], json!(LABEL));
    }
    world.intake();
    world.ok("verify --unlock");
    world.ok("restore ../out/before.backup ../restored");
    let restored = run(world.command("show 1 --json --clinic ../restored --passphrase-file ../pass"));
    assert!(restored.code == Some(0) && restored.stdout.contains(LABEL), "{restored:?}");
}

#[test]
fn a_key_file_that_is_damaged_is_named_and_changes_nothing() {
    let world = World::new();
    let path = world.path("clinic/key.age");
    let whole = std::fs::read(&path).expect("a key");
    for (at, byte) in [(0, b'x'), (200, b'\n'), (whole.len() - 60, b'#')] {
        let mut damaged = whole.clone();
        damaged[at] = byte;
        std::fs::write(&path, damaged).expect("a file");
        let ran = world.desk("list --unlock");
        assert!(matches!(ran.code, Some(1 | 2)), "{ran:?}");
        assert!(
            ran.stderr.contains("key.age is damaged") || ran.stderr.contains("not the clinic's passphrase"),
            "{ran:?}"
        );
        std::thread::sleep(std::time::Duration::from_millis(1100));
    }
    std::fs::write(&path, &whole).expect("a file");
    // An intake needs the other key alone.
    std::fs::remove_file(&path).expect("it is there");
    world.intake();
    let gone = world.desk("list --unlock");
    assert!(gone.code == Some(1) && gone.stderr.contains("key.age"), "{gone:?}");
}
