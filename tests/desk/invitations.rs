//! Invitations to an interview in a browser: what the store keeps of them, and what opens.

use chrono::{DateTime, FixedOffset};
use preconsult::desk::KnockWith::{Code, Link};
use preconsult::desk::store::{DateRange, Progress};
use preconsult::desk::verify::verify;
use preconsult::desk::{AuditNote, Clinic, Desk, InvitationState, Knock, KnockWith, PrivateKeys};
use preconsult::storage::own_files::TrustedOwners;
use std::path::Path;

struct TestClinic {
    folder: tempfile::TempDir,
    desk: Desk,
    keys: PrivateKeys,
}

fn at(time: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(&format!("2026-11-24T{time}+01:00")).expect("a time")
}

fn note() -> AuditNote {
    AuditNote { who: "Rosa".to_owned(), why: None }
}

fn clinic() -> TestClinic {
    let folder = tempfile::tempdir().expect("a folder");
    let clinic = folder.path().join("clinic");
    let passphrase = "four words of test".to_owned().into();
    let mut desk = Desk::create(&clinic, &passphrase, 14, "", at("08:00:00"), &note()).expect("a clinic");
    let keys = desk.unlock(&passphrase, at("08:00:00"), &note()).expect("the keys");
    TestClinic { folder, desk, keys }
}

impl TestClinic {
    fn opens(&self, with: KnockWith<'_>, time: &str) -> &'static str {
        match self.desk.knock(with, at(time)).expect("an answer") {
            Knock::Open(_) => "open",
            Knock::Spent => "spent",
            Knock::Expired => "expired",
            Knock::Unknown => "unknown",
        }
    }

    fn accept(&mut self, with: KnockWith<'_>, session: &str, time: &str) -> bool {
        match self.desk.knock(with, at(time)).expect("an answer") {
            Knock::Open(row) => self.desk.accept(&row, session, "en", at(time), &note()).expect("stored"),
            _ => false,
        }
    }

    fn state(&self, intake: u64, time: &str) -> Option<InvitationState> {
        self.desk.invitations(at(time)).expect("the invitations").remove(&intake)
    }

    fn assert_consistent(&self) {
        let report = verify(self.desk.store(), Some(&self.keys), None).expect("a report");
        assert!(report.problems.is_empty(), "{:?}", report.problems);
    }
}

fn holds(folder: &Path, text: &str) -> bool {
    let mut files = std::fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("an entry").path());
    files.any(|path| {
        if path.is_dir() {
            return holds(&path, text);
        }
        let bytes = std::fs::read(path).expect("a file");
        bytes.windows(text.len()).any(|part| part == text.as_bytes())
    })
}

#[test]
fn a_code_or_its_link_opens_once_and_in_time() {
    let mut clinic = clinic();
    let invitation = clinic.desk.invite(None, Some("es"), None, at("09:00:10"), &note()).expect("an invitation");
    let code = invitation.code.clone();
    assert_eq!(code.len(), 6);
    let spaced = format!("{} {}", code[..3].to_lowercase(), &code[3..]);
    for (with, time, expected) in [
        (Code(&code), "09:00:10", "open"),
        (Code(&spaced), "09:15:09", "open"),
        (Code(&code), "09:15:10", "expired"),
        // A clock that was set back does not make it open longer.
        (Code(&code), "08:59:30", "open"),
        (Code(&code), "07:00:00", "expired"),
        (Link(&invitation.secret), "09:01:00", "open"),
        (Link(&invitation.secret[1..]), "09:01:00", "unknown"),
        // A link that holds a code does not open: codes are guessed more easily, and their tries are counted.
        (Link(&code), "09:01:00", "unknown"),
        (Code(""), "09:01:00", "unknown"),
    ] {
        assert_eq!(clinic.opens(with, time), expected, "{with:?} at {time}");
    }
    assert_eq!(clinic.state(1, "09:01:00"), Some(InvitationState::Waiting(at("09:15:10"))));
    assert_eq!(clinic.state(1, "09:20:00"), Some(InvitationState::Expired));
    assert!(clinic.accept(Link(&invitation.secret), "browser one", "09:02:00"));
    assert!(!clinic.accept(Code(&code), "browser two", "09:02:01"));
    assert_eq!(
        (clinic.opens(Code(&code), "09:03:00"), clinic.opens(Link(&invitation.secret), "09:03:00")),
        ("spent", "spent")
    );
    assert_eq!(clinic.state(1, "09:20:00"), Some(InvitationState::Begun(None)));
    let progress = Progress { position: 7, total: 22 };
    clinic.desk.set_progress(&[(1, progress), (9, progress)]).expect("stored");
    assert_eq!(clinic.state(1, "09:20:00"), Some(InvitationState::Begun(Some(progress))));
    clinic.assert_consistent();
}

#[test]
fn another_code_replaces_the_first_one_and_a_withdrawn_one_opens_nothing() {
    let mut clinic = clinic();
    let first = clinic.desk.invite(None, None, None, at("09:00:00"), &note()).expect("an invitation");
    assert!(clinic.accept(Code(&first.code), "browser one", "09:01:00"));
    let second = clinic.desk.invite_again(1, at("09:30:00"), &note()).expect("another one");
    assert_eq!((second.intake, clinic.opens(Code(&first.code), "09:31:00")), (1, "unknown"));
    assert!(clinic.accept(Code(&second.code), "browser two", "09:31:00"));
    let of = |clinic: &TestClinic, session| clinic.desk.invitation_of_session(session).expect("an answer");
    assert!(of(&clinic, "browser one").is_none());
    assert_eq!(of(&clinic, "browser two").expect("an invitation").intake, 1);
    clinic.desk.withdraw_invitation(1, at("09:40:00"), &note()).expect("withdrawn");
    assert!(of(&clinic, "browser two").is_none());
    assert!(clinic.desk.withdraw_invitation(1, at("09:40:00"), &note()).is_err());
    assert!(clinic.desk.invite_again(1, at("09:41:00"), &note()).is_err());
    clinic.assert_consistent();
}

#[test]
fn a_separate_label_is_encrypted_and_found() {
    let mut clinic = clinic();
    let invitation = clinic.desk.invite(Some("Ana Maravilla"), None, None, at("09:00:00"), &note()).expect("invited");
    clinic.desk.invite(Some("Bo"), None, None, at("09:00:00"), &note()).expect("invited");
    clinic.desk.set_label(2, "Bo Lund", at("09:01:00"), &note()).expect("changed");
    let labels = |clinic: &TestClinic, search| {
        let found = clinic.desk.find(&clinic.keys, DateRange::default(), search).expect("the list");
        assert!(found.damaged.is_empty(), "{:?}", found.damaged);
        found.found.into_iter().map(|found| found.label.unwrap_or_default()).collect::<Vec<_>>()
    };
    assert_eq!(labels(&clinic, None), ["Ana Maravilla", "Bo Lund"]);
    assert_eq!(labels(&clinic, Some("lund")), ["Bo Lund"]);
    clinic.desk.set_label(2, "", at("09:02:00"), &note()).expect("removed");
    assert_eq!(labels(&clinic, None), ["Ana Maravilla", ""]);
    for secret in ["Maravilla", &invitation.code, &invitation.secret] {
        assert!(!holds(clinic.folder.path(), secret), "{secret}");
    }
    clinic.assert_consistent();
    let reopened = Desk::open(
        Clinic::find(Some(clinic.desk.clinic().folder()), None, TrustedOwners::default()).expect("found"),
        || {},
    );
    assert_eq!(reopened.expect("a desk").invitations(at("09:01:00")).expect("the invitations").len(), 2);
}
