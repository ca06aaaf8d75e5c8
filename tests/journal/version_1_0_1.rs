//! Files of people who used version 1.0.1 of the built-in pack. Both were written by a program of that time.

use crate::support::Sandbox;
use preconsult::interview::{AnswersFile, Completeness};
use preconsult::pack::{Pack, built_in};
use preconsult::storage::journal::{recover, replay};

const DRAFT: &[u8] = include_bytes!("version_1_0_1/draft.journal");
const ANSWERS: &str = include_str!("version_1_0_1/answers.json");

/// The number of answers in the draft: every question up to the kinds of scars.
const DRAFT_ANSWERS: usize = 13;

#[test]
fn a_draft_keeps_all_its_answers() {
    let recovered = recover(DRAFT).expect("a journal");
    assert_eq!(recovered.header.version, "1.0.1");
    let pack = Pack::load(&built_in()).expect("the built-in pack loads");
    let resumed = replay(&pack, &recovered.entries);
    let dropped: Vec<String> = resumed.dropped.iter().map(|dropped| dropped.answer.to_string()).collect();
    assert_eq!(dropped, [""; 0]);
    assert_eq!(resumed.answers.len(), DRAFT_ANSWERS);
}

#[test]
fn an_answers_file_gives_a_summary() {
    let pack = Pack::load(&built_in()).expect("the built-in pack loads");
    let file = AnswersFile::read(&pack, "answers.json", ANSWERS, Completeness::Complete).expect("the answers fit");
    assert_eq!(file.pack_version.as_deref(), Some("1.0.1"));
    let sandbox = Sandbox::with("answers.json", ANSWERS);
    let note = "note: these answers are for version 1.0.1 of the pack; they all fit version ";
    let done = sandbox.run("summarize answers.json --stdout").stdout_has(["Brown patches"]).stderr_has([note]).check();
    // The page lists the questions that version 1.0.1 did not have as not asked.
    assert!(done.stdout.contains("Not asked:") && done.stdout.contains("Last four weeks"), "{}", done.stdout);
}
