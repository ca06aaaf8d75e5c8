//! The folder of drafts: ids, locks, permissions and clean-up.

use crate::support::scripted_interview::{entries, header, pack};
use chrono::{DateTime, FixedOffset};
use preconsult::storage::drafts::{DraftError, DraftFile, DraftState, Drafts};
use preconsult::storage::journal::{Journal, Recovered, Unreadable};
use std::path::PathBuf;
use tempfile::TempDir;

fn parse_time(time: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(time).expect("a time")
}

fn drafts() -> (TempDir, Drafts) {
    let folder = tempfile::tempdir().expect("a folder");
    let drafts = Drafts::in_folder(folder.path().join("state/drafts"));
    (folder, drafts)
}

/// Claims a draft that no journal holds any more. A program that another test is just starting may still have inherited its
/// lock.
fn claim(drafts: &Drafts, id: &str) -> Result<(Recovered, DraftFile), DraftError> {
    for _ in 0..100 {
        let claimed = drafts.claim(id);
        if !matches!(claimed, Err(DraftError::InUse)) {
            return claimed;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    drafts.claim(id)
}

fn begin(drafts: &Drafts, time: &str) -> Journal<DraftFile> {
    let pack = pack();
    let mut journal = Journal::begin(drafts.begin(parse_time(time)), &header(pack));
    journal.append(&entries(pack)[0]).expect("a folder that can be written");
    journal
}

fn path(drafts: &Drafts, id: &str) -> PathBuf {
    drafts.folder().join(format!("{id}.journal"))
}

fn ids(drafts: &Drafts) -> Vec<String> {
    drafts.list().expect("a list").into_iter().map(|draft| draft.id).collect()
}

const NINE: &str = "2026-11-22T09:00:00+01:00";

#[test]
fn two_interviews_at_once_have_separate_files_that_no_other_process_can_claim() {
    let (_folder, drafts) = drafts();
    let (first, second) = (begin(&drafts, NINE), begin(&drafts, NINE));
    assert_eq!(ids(&drafts), ["20261122-090001", "20261122-090000"]);
    for draft in drafts.list().expect("a list") {
        assert!(matches!(draft.state, DraftState::InUse(Some(_))), "{draft:?}");
        assert!(matches!(drafts.claim(&draft.id), Err(DraftError::InUse)));
        assert!(matches!(drafts.discard(&draft.id), Err(DraftError::InUse)));
    }
    drop(first);
    let (read, file) = claim(&drafts, "20261122-090000").expect("its process has released it");
    assert_eq!(read.answered(), 1);
    assert!(matches!(drafts.claim("20261122-090000"), Err(DraftError::InUse)), "claimed only once");
    drop((second, file));
    assert!(drafts.list().expect("a list").iter().all(|draft| matches!(draft.state, DraftState::Resumable(_))));
}

#[test]
fn ids_stay_unique_and_in_order_when_the_clock_is_set_back() {
    let (_folder, drafts) = drafts();
    for (time, id) in [
        (NINE, "20261122-090000"),
        ("2026-11-22T08:00:00+01:00", "20261122-090001"),
        ("1970-01-01T00:00:00+00:00", "20261122-090002"),
        ("2026-11-22T09:30:00+01:00", "20261122-093000"),
    ] {
        drop(begin(&drafts, time));
        assert_eq!(ids(&drafts)[0], id, "started at {time}");
    }
    assert_eq!(ids(&drafts).len(), 4);
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_drafts() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, drafts) = drafts();
    drop(begin(&drafts, NINE));
    let mode = |path: PathBuf| std::fs::metadata(path).expect("the path exists").permissions().mode() & 0o777;
    assert_eq!(mode(folder.path().join("state")), 0o700);
    assert_eq!(mode(drafts.folder().to_owned()), 0o700);
    assert_eq!(mode(path(&drafts, "20261122-090000")), 0o600);
}

#[test]
fn discarded_and_finished_drafts_are_removed() {
    let (_folder, drafts) = drafts();
    drop(begin(&drafts, NINE));
    drafts.discard("20261122-090000").expect("the draft can be removed");
    begin(&drafts, NINE).into_storage().remove().expect("the draft can be removed");
    assert!(matches!(drafts.discard("20261122-090000"), Err(DraftError::Missing)));
    assert!(matches!(drafts.claim("../../20261122-090000"), Err(DraftError::Missing)));
    let names: Vec<_> =
        std::fs::read_dir(drafts.folder()).expect("a folder").flatten().map(|e| e.file_name()).collect();
    assert_eq!(names, ["lock"]);
}

#[test]
fn a_file_is_created_with_the_first_answer_and_empty_ones_are_removed() {
    let (_folder, drafts) = drafts();
    let unwritten = Journal::begin(drafts.begin(parse_time(NINE)), &header(pack()));
    assert!(!drafts.folder().exists(), "there is no answer yet");
    drop((unwritten, begin(&drafts, NINE)));
    let whole = std::fs::read(path(&drafts, "20261122-090000")).expect("a journal");
    let header = whole.iter().position(|byte| *byte == b'\n').expect("a line") + 1;
    for (id, length) in [("20261122-080000", 0), ("20261122-080001", 40), ("20261122-080002", header + 20)] {
        std::fs::write(path(&drafts, id), &whole[..length]).expect("a torn journal");
    }
    let mut damaged = whole.clone();
    damaged[60] ^= 1;
    std::fs::write(path(&drafts, "20261122-080003"), damaged).expect("a damaged journal");
    assert_eq!(ids(&drafts), ["20261122-090000", "20261122-080003"], "a draft without an answer is not listed");
    drop(begin(&drafts, "2026-11-22T10:00:00+01:00"));
    assert!(!path(&drafts, "20261122-080000").exists() && !path(&drafts, "20261122-080002").exists());
    // A draft that was damaged later may hold answers, so only the user discards it.
    assert!(matches!(drafts.claim("20261122-080003"), Err(DraftError::Unreadable(Unreadable::Damaged))));
    drafts.discard("20261122-080003").expect("the draft can be removed");
}

#[test]
fn after_the_last_possible_id_a_draft_gets_an_earlier_one() {
    let (_folder, drafts) = drafts();
    drop(begin(&drafts, "9999-12-31T23:59:58+01:00"));
    drop(begin(&drafts, NINE));
    assert_eq!(ids(&drafts), ["99991231-235959", "99991231-235958"]);
    drop((begin(&drafts, NINE), begin(&drafts, NINE)));
    assert_eq!(ids(&drafts)[2..], ["20261122-090001", "20261122-090000"]);
    claim(&drafts, "20261122-090000").expect("the draft is listed");
}

#[cfg(unix)]
#[test]
fn a_pipe_or_link_is_not_a_draft_and_can_be_discarded() {
    let (folder, drafts) = drafts();
    drop(begin(&drafts, NINE));
    let pipe = std::process::Command::new("mkfifo").arg(path(&drafts, "20261122-100000")).status();
    assert!(pipe.expect("mkfifo").success());
    let elsewhere = folder.path().join("elsewhere");
    std::fs::copy(path(&drafts, "20261122-090000"), &elsewhere).expect("a copy");
    std::os::unix::fs::symlink(&elsewhere, path(&drafts, "20261122-110000")).expect("a link");
    for id in ["20261122-100000", "20261122-110000"] {
        // In a separate thread, because opening a pipe would block.
        let (sender, receiver) = std::sync::mpsc::channel();
        let own = drafts.clone();
        std::thread::spawn(move || sender.send(own.claim(id).map(|_| ())));
        let claimed = receiver.recv_timeout(std::time::Duration::from_secs(20)).expect("claiming does not block");
        assert!(matches!(claimed, Err(DraftError::Unreadable(Unreadable::Damaged))), "{id}: {claimed:?}");
        drafts.discard(id).expect("the draft can be removed");
        assert!(std::fs::symlink_metadata(path(&drafts, id)).is_err(), "{id} still exists");
    }
    assert!(elsewhere.exists(), "the target of a link is not changed");
    claim(&drafts, "20261122-090000").expect("the folder is not locked");
}

/// Runs an action that must not wait for the other end of a pipe.
#[cfg(unix)]
fn promptly<T: Send + 'static>(action: impl FnOnce() -> T + Send + 'static) -> T {
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || sender.send(action()));
    receiver.recv_timeout(std::time::Duration::from_secs(20)).expect("it does not block")
}

#[cfg(unix)]
#[test]
fn a_lock_that_is_a_pipe_or_a_link_is_refused() {
    use preconsult::storage::own_files::UnsafePath;
    let (folder, drafts) = drafts();
    drop(begin(&drafts, NINE));
    let (lock, elsewhere) = (drafts.folder().join("lock"), folder.path().join("elsewhere"));
    for is_pipe in [true, false] {
        std::fs::remove_file(&lock).expect("the lock can be removed");
        if is_pipe {
            assert!(std::process::Command::new("mkfifo").arg(&lock).status().expect("mkfifo").success());
        } else {
            std::os::unix::fs::symlink(&elsewhere, &lock).expect("a link");
        }
        let own = drafts.clone();
        let error = promptly(move || own.prepare()).expect_err("it is no lock");
        assert_eq!(UnsafePath::of(&error), Some(UnsafePath::NotAFile), "{error}");
        assert!(!elsewhere.exists(), "the link was followed");
        // The drafts can still be listed.
        let own = drafts.clone();
        assert_eq!(promptly(move || ids(&own)), ["20261122-090000"]);
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_others_can_enter_is_restricted() {
    use std::os::unix::fs::PermissionsExt;
    for before in [0o755, 0o777, 0o750, 0o1777] {
        let (_folder, drafts) = drafts();
        std::fs::create_dir_all(drafts.folder()).expect("a folder");
        std::fs::set_permissions(drafts.folder(), PermissionsExt::from_mode(before)).expect("its mode");
        drafts.prepare().expect("the folder is the user's");
        let mode = std::fs::metadata(drafts.folder()).expect("a folder").permissions().mode();
        assert_eq!(mode & 0o777, 0o700, "{before:o}");
    }
}

#[cfg(unix)]
#[test]
fn a_folder_of_another_user_is_refused() {
    use preconsult::storage::own_files::UnsafePath;
    let (_folder, drafts) = drafts();
    std::fs::create_dir_all(drafts.folder()).expect("a folder");
    // Only root can give a folder away; for another user, the root folder is someone else's.
    let is_root = std::os::unix::fs::chown(drafts.folder(), Some(65_534), None).is_ok();
    let drafts = if is_root { drafts } else { Drafts::in_folder("/".into()) };
    let error = drafts.prepare().expect_err("the folder is another user's");
    assert_eq!(UnsafePath::of(&error), Some(UnsafePath::OtherOwner), "{error}");
}
