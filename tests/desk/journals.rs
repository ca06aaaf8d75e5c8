//! Encrypted journals: they give the guarantees of plain journals, and cannot be read without the key.

use crate::desk::clinic::LABEL;
use crate::support::Sandbox;
use crate::support::pack_files::BUILT_IN;
use crate::support::run::run;
use crate::support::terminal::CTRL_C;
use preconsult::answer::{Answer, AnswerValue, Answers};
use preconsult::desk::PrivateKeys;
use preconsult::desk::journal::SealedLines;
use preconsult::interview::{Interview, Step};
use preconsult::pack::{Pack, QuestionType};
use preconsult::storage::drafts::{DraftError, Drafts};
use preconsult::storage::journal::{Header, Journal, JournalEntry, LineCipher, Unreadable, recover_with};
use std::sync::Arc;

fn header(pack: &Pack) -> Header {
    Header {
        pack: pack.id.clone(),
        version: pack.version.clone(),
        hash: pack.hash.clone(),
        language: "en".to_owned(),
        started: chrono::DateTime::parse_from_rfc3339("2026-11-24T09:14:03+01:00").expect("a time"),
        date: None,
        filled_in_by: None,
        label: None,
        unassigned: Vec::new(),
        browser: None,
    }
}

/// Returns an entry for every question, in order, with its first option or a text.
fn entries(pack: &Pack) -> Vec<JournalEntry> {
    let mut interview = Interview::new(pack, Answers::new());
    let mut entries = Vec::new();
    while let Step::Ask(slot) = interview.step() {
        let value = match pack.questions[slot.question].shape {
            QuestionType::Text(_) => AnswerValue::Text(format!("text {}", entries.len())),
            _ => AnswerValue::Choice { chosen: vec![0], text: None },
        };
        interview.answer(Answer::Value(value)).expect("it fits");
        entries.push(JournalEntry::answered(pack, slot, &interview.answers()[&slot]));
    }
    assert!(entries.len() > 10);
    entries
}

#[test]
fn a_damaged_encrypted_journal_gives_complete_answers_or_none() {
    let (folder, pack, keys) = (tempfile::tempdir().expect("a folder"), &*BUILT_IN, Arc::new(PrivateKeys::generate()));
    let entries = entries(pack);
    // Written by a locked desk, which cannot decrypt it.
    let locked: Arc<dyn LineCipher> = Arc::new(SealedLines::new(keys.public(), None));
    let drafts = Drafts::in_folder(folder.path().to_owned()).with_cipher(Arc::clone(&locked)).with_number(7);
    let mut journal = Journal::begin_with(drafts.begin(header(pack).started), &header(pack), Arc::clone(&locked));
    for entry in &entries {
        journal.append(entry).expect("a folder that can be written");
    }
    drop(journal);
    let bytes = std::fs::read(folder.path().join("7.journal")).expect("a journal");
    assert_eq!(recover_with(&bytes, &*locked).err(), Some(Unreadable::Sealed));
    assert!(matches!(drafts.claim("7"), Err(DraftError::Unreadable(Unreadable::Sealed))));
    let other = SealedLines::new(keys.public(), Some(Arc::new(PrivateKeys::generate())));
    assert_eq!(recover_with(&bytes, &other).err(), Some(Unreadable::Damaged));

    let open = SealedLines::new(keys.public(), Some(Arc::clone(&keys)));
    let read = recover_with(&bytes, &open).expect("a journal");
    assert_eq!((&read.entries, read.damage), (&entries, None));
    let lines = |before: usize| bytes[..before].split(|byte| *byte == b'\n').count() - 1;
    for at in (0..bytes.len()).step_by(41) {
        match recover_with(&bytes[..at], &open) {
            Ok(read) => assert_eq!(read.entries, entries[..lines(at) - 1], "cut at {at}"),
            Err(why) => assert_eq!((lines(at), why), (0, Unreadable::NotBegun), "cut at {at}"),
        }
        let mut flipped = bytes.clone();
        flipped[at] ^= 0x01;
        match recover_with(&flipped, &open) {
            Ok(read) => assert_eq!(read.entries, entries[..lines(at) - 1], "{at} flipped"),
            Err(why) => assert_eq!((lines(at), why), (0, Unreadable::Damaged), "{at} flipped"),
        }
    }
}

#[test]
fn a_killed_interview_resumes_when_staff_unlock() {
    let sandbox = Sandbox::with_clinic();
    let mut tty = sandbox.desk_terminal("");
    tty.begin(LABEL);
    tty.answer_first();
    tty.choose_at("Question 2 of", "Severe");
    tty.wait("Question 3 of");
    drop(tty);
    let journal = std::fs::read(sandbox.path("../clinic/drafts/1.journal")).expect("a journal");
    let listed = run(sandbox.desk_command("list --clinic ../clinic"));
    assert!(listed.stdout.contains("started     can be resumed"), "{listed:?}");

    let mut tty = sandbox.desk_terminal("");
    tty.unlock();
    tty.choose_at("What would you like to do?", "Today's intakes");
    tty.wait(LABEL);
    tty.choose_at("Which intake?", "Intake 1,");
    tty.choose_at("What would you like to do?", "Resume the interview");
    tty.wait("2 questions are answered");
    tty.choose_at("What would you like to do?", "Resume the interview");
    tty.wait("Please hand the device to the patient.");
    tty.choose_at("Are you ready?", "Yes, begin");
    tty.choose_at("Question 3 of", "Good");
    tty.choose_at("Question 4 of", "None yet");
    tty.choose_at("Question 5 of", "No");
    tty.wait("Severe");
    tty.finish();
    tty.choose_at("Thank you", "The staff has the device");
    tty.wait("Intake 1 is finished.");
    tty.wait("Locked");
    tty.press(CTRL_C);
    assert_eq!(tty.code(), 130);
    let record = sandbox.desk_json("show 1 --json");
    assert_eq!(record["answers_file"]["answers"]["severity"]["acne-scars"], serde_json::json!("severe"));
    assert_eq!(record["label"], serde_json::json!(LABEL));
    assert_eq!(sandbox.desk_json("list --json").as_array().map(Vec::len), Some(1), "it is there once");
    assert!(!sandbox.path("../clinic/drafts/1.journal").exists());
    sandbox.desk_ok("verify --unlock");

    // After a stop between storing the record and removing its journal, the journal is removed and no record is
    // doubled.
    std::fs::write(sandbox.path("../clinic/drafts/1.journal"), journal).expect("a file");
    let mut tty = sandbox.desk_terminal("");
    tty.choose_at("What would you like to do?", "Leave the desk");
    assert_eq!(tty.code(), 0);
    assert!(!sandbox.path("../clinic/drafts/1.journal").exists());
    assert_eq!(sandbox.desk_json("show 1 --json")["version"], serde_json::json!(1));
}
