//! Backup and restore.

use crate::desk::clinic::LABEL;
use crate::support::Sandbox;
use crate::support::run::run;
use serde_json::json;

#[test]
fn a_restored_clinic_has_everything() {
    let sandbox = Sandbox::with_clinic();
    let numbers = [sandbox.intake(), sandbox.intake()];
    std::fs::write(sandbox.path("../clinic/preconsult.toml"), "clinic = \"Hillside\"\n").expect("settings");
    // Without the passphrase, because a timer runs backups.
    let made = run(sandbox.desk_command("backup ../out/a.backup --clinic ../clinic"));
    assert_eq!(made.code, Some(0), "{made:?}");
    let over = run(sandbox.desk_command("backup ../out/a.backup --clinic ../clinic"));
    assert!(over.code == Some(1) && over.stderr.contains("already exists"), "{over:?}");
    let existing = run(sandbox.desk_command("restore ../out/a.backup ../clinic"));
    assert!(existing.code == Some(2) && existing.stderr.contains("is not empty"), "{existing:?}");
    let with = run(sandbox.desk_command("restore ../out/a.backup ../restored --passphrase-file ../pass"));
    assert!(with.code == Some(2) && with.stderr.contains("--passphrase-file"), "{with:?}");
    let restored = run(sandbox.desk_command("restore ../out/a.backup ../restored"));
    assert_eq!((restored.code, restored.stdout.as_str()), (Some(0), "../restored\n"), "{restored:?}");
    for number in numbers {
        let shown =
            run(sandbox.desk_command(&format!("show {number} --json --clinic ../restored --passphrase-file ../pass")));
        assert!(shown.code == Some(0) && shown.stdout.contains(LABEL), "{shown:?}");
    }
    let checked = run(sandbox.desk_command("verify --unlock --json --clinic ../restored --passphrase-file ../pass"));
    let checked: serde_json::Value = serde_json::from_str(&checked.stdout).expect("JSON");
    assert_eq!((&checked["ok"], &checked["intakes"]), (&json!(true), &json!(2)));
    let settings = std::fs::read_to_string(sandbox.path("../restored/preconsult.toml")).expect("settings");
    assert_eq!(settings, "clinic = \"Hillside\"\n");
    let trail = run(sandbox.desk_command("trail --clinic ../restored"));
    assert!(trail.stdout.trim_end().lines().any(|line| line.contains("restored")), "{trail:?}");
}

/// Truncates and changes the file in many places. Each time the error names it, and nothing is restored.
#[test]
fn a_damaged_backup_is_rejected_and_named() {
    let sandbox = Sandbox::with_clinic();
    sandbox.intake();
    sandbox.desk_ok("backup ../out/whole.backup");
    let whole = std::fs::read(sandbox.path("../out/whole.backup")).expect("a backup");
    let damaged = sandbox.path("../out/damaged.backup");
    let assert_rejected = |bytes: &[u8], what: &str| {
        std::fs::write(&damaged, bytes).expect("a file");
        let error = preconsult::desk::backup::restore(&damaged, &sandbox.path("../again")).expect_err(what);
        assert!(error.to_string().contains("damaged.backup"), "{what}: {error}");
        assert!(!sandbox.path("../again").exists(), "{what}");
    };
    // Every byte of the first line, and some hundred of the rest.
    let places = (0..300).chain((300..whole.len()).step_by(whole.len() / 200)).chain([whole.len() - 1]);
    for at in places {
        assert_rejected(&whole[..at], &format!("cut at {at}"));
        for flip in [0x01, 0x80] {
            let mut bytes = whole.clone();
            bytes[at] ^= flip;
            assert_rejected(&bytes, &format!("{at} flipped by {flip:#x}"));
        }
    }
    assert_rejected(&[whole.as_slice(), b"more"].concat(), "extended");
    preconsult::desk::backup::restore(&sandbox.path("../out/whole.backup"), &sandbox.path("../again"))
        .expect("the undamaged backup");
}

#[test]
fn a_backup_does_not_write_outside_the_folder() {
    let sandbox = Sandbox::with_clinic();
    sandbox.desk_ok("backup ../out/whole.backup");
    let whole = std::fs::read(sandbox.path("../out/whole.backup")).expect("a backup");
    let text = String::from_utf8_lossy(&whole).into_owned();
    let rest_at = text.find('\n').expect("a line") + 1;
    let evil = text[rest_at..].replacen("preconsult.toml", "../evil/file.to", 1);
    let evil = evil.split_once('\n').map(|(list, _)| list.to_owned()).expect("a list");
    let end = whole[rest_at..].iter().position(|byte| *byte == b'\n').expect("a line") + rest_at;
    let rest = [evil.as_bytes(), &whole[end..]].concat();
    let head = format!("preconsult desk backup 1 {}\n", preconsult::desk::audit_trail::sha256(&rest));
    std::fs::write(sandbox.path("../out/evil.backup"), [head.as_bytes(), &rest].concat()).expect("a file");
    let output = run(sandbox.desk_command("restore ../out/evil.backup ../restored"));
    assert!(output.code == Some(1) && output.stderr.contains("its list of files cannot be read"), "{output:?}");
    assert!(!sandbox.path("../evil").exists() && !sandbox.path("../restored").exists());
}

#[test]
fn a_backup_creates_no_folder_if_its_disk_is_missing() {
    let sandbox = Sandbox::with_clinic();
    let output = sandbox.desk("backup ../stick/deep/a.backup");
    assert_eq!(output.code, Some(1), "{output:?}");
    assert!(
        output.stderr.contains("stick/deep") && output.stderr.contains("check that its disk is connected"),
        "{output:?}"
    );
    assert!(!sandbox.path("../stick").exists());
}

#[test]
fn a_clinic_without_its_public_key_has_its_own_error() {
    let sandbox = Sandbox::with_clinic();
    std::fs::remove_file(sandbox.path("../clinic").join("key.pub")).expect("a key");
    let output = sandbox.desk("list");
    assert_eq!(output.code, Some(1), "{output:?}");
    assert!(output.stderr.contains("lacks its public key") && output.stderr.contains("restore"), "{output:?}");
}
