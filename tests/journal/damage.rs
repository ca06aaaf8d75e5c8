//! Truncates a journal at every byte, and changes every byte.

use crate::support::scripted_interview::{Memory, entries, header, journal, pack};
use crate::support::thoroughness::thoroughness;
use preconsult::answer::Answer;
use preconsult::interview::Step;
use preconsult::storage::journal::{Journal, JournalEntry, Unreadable, recover, replay};

/// Returns the number of complete lines before a byte.
fn complete_lines(bytes: &[u8], end: usize) -> usize {
    bytes[..end].split(|byte| *byte == b'\n').count() - 1
}

#[test]
fn written_entries_are_read_back() {
    let pack = pack();
    let entries = entries(pack);
    let bytes = journal(pack, &entries);
    let read = recover(&bytes).expect("a complete journal");
    assert_eq!(
        (&read.header, &read.entries, read.damage, read.verified_len),
        (&header(pack), &entries, None, bytes.len())
    );
}

#[test]
fn a_truncated_journal_gives_the_answers_before_the_cut() {
    let pack = pack();
    let entries = entries(pack);
    let bytes = journal(pack, &entries);
    for length in thoroughness().sample(0..=bytes.len(), 5, 0) {
        let lines = complete_lines(&bytes, length);
        let at_line_end = length > 0 && bytes[length - 1] == b'\n';
        match recover(&bytes[..length]) {
            Err(reason) => assert_eq!((lines, reason), (0, Unreadable::NotBegun), "cut at {length}"),
            Ok(read) => {
                assert_eq!(read.entries, entries[..lines - 1], "cut at {length}");
                assert_eq!(
                    read.damage.map(|damage| (damage.line, damage.is_torn)),
                    (!at_line_end).then_some((lines + 1, true))
                );
            }
        }
    }
}

#[test]
fn a_changed_byte_never_gives_a_wrong_answer() {
    let pack = pack();
    let entries = entries(pack);
    let bytes = journal(pack, &entries);
    for index in thoroughness().sample(0..bytes.len(), 11, 0) {
        let line = complete_lines(&bytes, index);
        for flip in [0x01, 0x80, bytes[index] ^ b'\n'].into_iter().filter(|flip| *flip != 0) {
            let mut damaged = bytes.clone();
            damaged[index] ^= flip;
            match recover(&damaged) {
                Err(reason) => {
                    assert_eq!((line, reason), (0, Unreadable::Damaged), "byte {index} flipped by {flip:#x}");
                }
                Ok(read) => {
                    assert_eq!(read.entries, entries[..line - 1], "byte {index} flipped by {flip:#x}");
                    assert_eq!(
                        read.damage.map(|damage| damage.line),
                        Some(line + 1),
                        "byte {index} flipped by {flip:#x}"
                    );
                }
            }
        }
    }
}

/// Truncated after a line, the journal restores the state at that time: the answers, including hidden ones, and the
/// question.
#[test]
fn a_journal_restores_the_interview_after_every_line() {
    let pack = pack();
    let entries = entries(pack);
    for count in 0..entries.len() {
        let replayed = replay(pack, &entries[..count]);
        assert_eq!(replayed.dropped, [], "after {count} lines");
        let saved = entries[..count].iter().filter(|entry| matches!(entry, JournalEntry::Answer(..))).count();
        assert!(replayed.answers.len() <= saved && (saved == 0) == replayed.answers.is_empty());
        let interview = replayed.interview(pack);
        match &entries[..count].last() {
            Some(JournalEntry::Open(None)) => assert_eq!(interview.step(), Step::Review),
            Some(open @ JournalEntry::Open(Some(_))) => {
                assert_eq!(&JournalEntry::opened(pack, interview.step()), *open);
            }
            _ => assert_eq!(interview.unanswered().first().copied().map_or(Step::Review, Step::Ask), interview.step()),
        }
    }
}

#[test]
fn a_last_answer_that_does_not_fit_does_not_restore_an_older_one() {
    let pack = pack();
    let entries = entries(pack);
    // A required question cannot be skipped, so the last line of the journal does not fit.
    let replayed = replay(pack, &entries);
    let Some(JournalEntry::Answer(question, _)) = entries.last() else { panic!("the last line is an answer") };
    assert_eq!(replayed.dropped.iter().map(|dropped| &dropped.question).collect::<Vec<_>>(), [question]);
    assert!(!replayed.answers.keys().any(|slot| pack.questions[slot.question].id == question.question));
}

#[test]
fn a_damaged_journal_is_resumed_after_its_last_complete_line() {
    let pack = pack();
    let entries = entries(pack);
    let bytes = journal(pack, &entries);
    let lengths = thoroughness().sample(0..=bytes.len(), 11, 3);
    for length in lengths.filter(|length| complete_lines(&bytes, *length) > 0) {
        let damaged = bytes[..length].to_vec();
        let read = recover(&damaged).expect("the header is complete");
        let mut journal = Journal::resume(Memory(damaged), &read);
        journal.append(&entries[0]).expect("memory does not fail");
        let again = recover(&journal.into_storage().0).expect("a journal");
        assert_eq!(again.entries, [&read.entries[..], &entries[..1]].concat(), "cut at {length}");
        assert_eq!(again.damage, None);
    }
}

#[test]
fn another_format_is_reported_and_arbitrary_bytes_are_refused() {
    let pack = pack();
    let bytes = journal(pack, &[]);
    let later = String::from_utf8(bytes).expect("text")[33..].replacen("\"journal\":1", "\"journal\":2", 1);
    let mut chain = preconsult::storage::journal::checksum::Chain::default();
    let later = chain.append_checksum(later.trim_end());
    assert_eq!(recover(later.as_bytes()).err(), Some(Unreadable::OtherFormat(2)));
    for bytes in [&b""[..], b"\n", b"\n\n\n", b"\xff\xfe\n", b" \n", &[b' '; 40], &[0; 5000], b"{}\n"] {
        assert!(recover(bytes).is_err());
    }
    let unknown_field = chain.append_checksum("{\"question\":\"x\",\"answer\":1,\"more\":2}");
    let mut chain = preconsult::storage::journal::checksum::Chain::default();
    let header = chain.append_checksum(String::from_utf8(journal(pack, &[])).expect("text")[33..].trim_end());
    let read = recover((header + &unknown_field).as_bytes()).expect("the header is complete");
    assert_eq!((read.entries.len(), read.damage.map(|damage| damage.line)), (0, Some(2)));
}

#[test]
fn skipped_and_declined_are_kept_apart() {
    let pack = pack();
    let optional = pack.questions.iter().position(|question| !question.required && question.for_each.is_none());
    let slot = preconsult::answer::AnswerKey::of_question(optional.expect("an optional question"));
    for answer in [Answer::Skipped, Answer::Declined] {
        let bytes = journal(pack, &[JournalEntry::answered(pack, slot, &answer)]);
        let read = recover(&bytes).expect("a journal");
        assert_eq!(replay(pack, &read.entries).answers.get(&slot), Some(&answer));
    }
}
