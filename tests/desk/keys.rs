//! Changes of the key and the passphrase.

use crate::desk::clinic::{LABEL, PASSPHRASE};
use crate::support::Sandbox;
use crate::support::run::run;
use preconsult::desk::{AuditNote, Clinic, Desk, Passphrase, PrivateKeys};
use preconsult::storage::own_files::TrustedOwners;
use serde_json::json;

#[test]
fn only_the_new_passphrase_unlocks_after_a_change() {
    let sandbox = Sandbox::with_clinic();
    let number = sandbox.intake();
    std::fs::write(sandbox.path("../new"), "another long passphrase\n").expect("a file");
    sandbox.desk_ok("key change-passphrase --work-factor 14 --new-passphrase-file ../new");
    let old = sandbox.desk(&format!("show {number}"));
    assert_eq!(old.code, Some(2), "{old:?}");
    std::thread::sleep(std::time::Duration::from_millis(1100));
    let new = run(sandbox.desk_command(&format!("show {number} --json --clinic ../clinic --passphrase-file ../new")));
    assert!(new.code == Some(0) && new.stdout.contains(LABEL), "{new:?}");
}

#[test]
fn a_short_passphrase_is_rejected() {
    let sandbox = Sandbox::with_clinic();
    std::fs::write(sandbox.path("../new"), "short\n").expect("a file");
    let rejected = sandbox.desk("key change-passphrase --work-factor 14 --new-passphrase-file ../new");
    assert_eq!(rejected.code, Some(2), "{rejected:?}");
    assert!(rejected.stderr.contains("at least 10") && !rejected.stderr.contains("short"), "{rejected:?}");
    std::fs::write(sandbox.path("../new"), "\n").expect("a file");
    assert_eq!(sandbox.desk("key change-passphrase --work-factor 14 --new-passphrase-file ../new").code, Some(2));
    sandbox.desk_ok("list --unlock");
}

#[test]
fn the_error_names_the_missing_option() {
    let sandbox = Sandbox::with_clinic();
    let output = sandbox.desk("key change-passphrase --work-factor 14");
    assert_eq!(output.code, Some(2), "{output:?}");
    assert!(output.stderr.contains("--new-passphrase-file FILE"), "{output:?}");
}

#[test]
fn a_rotation_reencrypts_everything_and_old_backups_still_decrypt() {
    let sandbox = Sandbox::with_clinic();
    let numbers = [sandbox.intake(), sandbox.intake()];
    sandbox.desk_ok("backup ../out/before.backup");
    let before = sandbox.desk_ok("key show");
    let sealed = |sandbox: &Sandbox| -> Vec<Vec<u8>> {
        let database = sandbox.database();
        let mut query = database.prepare("SELECT bytes FROM sealed ORDER BY id").expect("a query");
        let rows = query.query_map([], |row| row.get(0)).expect("rows");
        rows.map(|row| row.expect("bytes")).collect()
    };
    let old = sealed(&sandbox);
    let after = sandbox.desk_ok("key rotate --work-factor 14");
    assert_ne!(before, after);
    let new = sealed(&sandbox);
    // The note of the unlocking, with which the rotation begins, is re-encrypted too.
    assert!(old.iter().zip(&new).all(|(old, new)| old != new), "everything is re-encrypted");
    let key = std::fs::read_to_string(sandbox.path("../clinic/key.pub")).expect("a key");
    assert_eq!(key, after);
    for number in numbers {
        assert_eq!(sandbox.desk_json(&format!("show {number} --json"))["label"], json!(LABEL));
    }
    sandbox.intake();
    sandbox.desk_ok("verify --unlock");
    assert_eq!(run(sandbox.desk_command("restore ../out/before.backup ../restored")).code, Some(0));
    let restored = run(sandbox.desk_command("show 1 --json --clinic ../restored --passphrase-file ../pass"));
    assert!(restored.code == Some(0) && restored.stdout.contains(LABEL), "{restored:?}");
}

#[test]
fn a_damaged_key_file_is_named_and_nothing_changes() {
    let sandbox = Sandbox::with_clinic();
    let path = sandbox.path("../clinic/key.age");
    let whole = std::fs::read(&path).expect("a key");
    for (at, byte) in [(0, b'x'), (200, b'\n'), (whole.len() - 60, b'#')] {
        let mut damaged = whole.clone();
        damaged[at] = byte;
        std::fs::write(&path, damaged).expect("a file");
        let output = sandbox.desk("list --unlock");
        assert!(matches!(output.code, Some(1 | 2)), "{output:?}");
        assert!(
            output.stderr.contains("key.age is damaged") || output.stderr.contains("not the clinic's passphrase"),
            "{output:?}"
        );
        std::thread::sleep(std::time::Duration::from_millis(1100));
    }
    std::fs::write(&path, &whole).expect("a file");
    // An intake needs only the public key.
    std::fs::remove_file(&path).expect("it is there");
    sandbox.intake();
    let output = sandbox.desk("list --unlock");
    assert!(output.code == Some(1) && output.stderr.contains("key.age"), "{output:?}");
}

#[test]
fn an_open_desk_encrypts_for_the_new_key_after_a_rotation() {
    let sandbox = Sandbox::with_clinic();
    let clinic = Clinic::find(Some(&sandbox.path("../clinic")), None, TrustedOwners::default()).expect("a clinic");
    let mut desk = Desk::open(clinic, || {}).expect("a desk");
    let locked = std::fs::read_to_string(sandbox.path("../clinic/key.age")).expect("a key");
    let before = PrivateKeys::unlock(&locked, &Passphrase::from(PASSPHRASE.to_owned())).expect("it unlocks");
    sandbox.desk_ok("key rotate --work-factor 14");
    desk.begin(chrono::Local::now().fixed_offset(), &AuditNote::default()).expect("begun");
    sandbox.intake();
    assert!(!before.match_public(&desk.key().expect("a key")));
    desk.store()
        .every_sealed(&mut |sealed, _| {
            assert_eq!(before.open(&sealed.bytes), None, "{} is encrypted for the old key", sealed.id);
            Ok(())
        })
        .expect("a store");
    sandbox.desk_ok("verify --unlock");
}

/// Each rotation starts from the keys that the previous one has written, so no key is lost.
#[test]
fn everything_decrypts_after_parallel_rotations_and_intakes() {
    let sandbox = Sandbox::with_clinic();
    sandbox.intake();
    let lines: String = (0..30).map(|_| format!("{}\n", crate::desk::clinic::answers())).collect();
    std::fs::write(sandbox.path("../many.jsonl"), lines).expect("a file");
    let start = |words: &str| {
        let mut command = sandbox.desk_command(&format!("{words} --clinic ../clinic --passphrase-file ../pass"));
        command.spawn().expect("it starts")
    };
    let rotate = "key rotate --work-factor 14";
    let running = [start(rotate), start("new --each --answers ../many.jsonl"), start(rotate)];
    for child in running {
        let output = crate::support::RunOutput::from(child.wait_with_output().expect("it ends"));
        assert_eq!(output.code, Some(0), "{output:?}");
    }
    let report = sandbox.desk_json("verify --unlock --json");
    assert_eq!((&report["ok"], &report["sealed"]), (&json!(true), &report["opened"]), "{report:#}");
    assert_eq!(report["intakes"], json!(31));
}

/// Exchanges the public key for a stranger's, and returns the right one.
fn exchange_key(sandbox: &Sandbox) -> String {
    let path = sandbox.path("../clinic/key.pub");
    let own = std::fs::read_to_string(&path).expect("a key");
    std::fs::write(&path, format!("{}\n", PrivateKeys::generate().public())).expect("a key");
    own
}

#[test]
fn an_exchanged_public_key_is_found_before_anything_is_encrypted_for_it() {
    let sandbox = Sandbox::with_clinic();
    let number = sandbox.intake();
    let own = exchange_key(&sandbox);
    let count = || {
        let count = "SELECT count(*) FROM sealed";
        sandbox.database().query_row(count, [], |row| row.get::<_, i64>(0)).expect("a count")
    };
    let before = count();
    for words in [
        "new --answers ../answers.json".to_owned(),
        "list --unlock".to_owned(),
        format!("show {number}"),
        format!("export {number} --format text --out ../out"),
        format!("delete {number} --why asked"),
        "verify --unlock".to_owned(),
        "verify".to_owned(),
        "key show".to_owned(),
        "key rotate --work-factor 14".to_owned(),
    ] {
        let refused = sandbox.desk(&words);
        assert_eq!(refused.code, Some(1), "{words}: {refused:?}");
        let text = format!("{}{}", refused.stdout, refused.stderr);
        assert!(text.contains("key.pub is not"), "{words}: {refused:?}");
    }
    assert_eq!(count(), before, "nothing was encrypted for the stranger");
    std::fs::write(sandbox.path("../clinic/key.pub"), own).expect("a key");
    sandbox.intake();
    sandbox.desk_ok("verify --unlock");
}

/// The audit log of an earlier version has no hash of the key. The first unlocking adds it.
#[test]
fn a_clinic_of_an_earlier_version_trusts_its_key_from_the_first_unlocking() {
    let sandbox = Sandbox::with_clinic();
    let database = sandbox.database();
    database.execute_batch("DROP TRIGGER trail_stays; UPDATE trail SET file = NULL").expect("an earlier log");
    drop(database);
    sandbox.intake();
    let own = exchange_key(&sandbox);
    assert_eq!(sandbox.desk("list --unlock").code, Some(1), "the private keys show it");
    std::fs::write(sandbox.path("../clinic/key.pub"), &own).expect("a key");
    sandbox.desk_ok("list --unlock");
    exchange_key(&sandbox);
    assert_eq!(sandbox.desk("new --answers ../answers.json").code, Some(1), "the audit log shows it");
}

/// After a rotation, the old key is a stranger's: it may have been stolen.
#[test]
fn the_key_before_a_rotation_is_refused() {
    let sandbox = Sandbox::with_clinic();
    let old = std::fs::read_to_string(sandbox.path("../clinic/key.pub")).expect("a key");
    sandbox.desk_ok("key rotate --work-factor 14");
    std::fs::write(sandbox.path("../clinic/key.pub"), old).expect("a key");
    assert_eq!(sandbox.desk("new --answers ../answers.json").code, Some(1));
    assert_eq!(sandbox.desk("list --unlock").code, Some(1));
}
