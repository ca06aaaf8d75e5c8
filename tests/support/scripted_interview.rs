//! A long interview with the built-in pack. It derives the replies from the questions and does not depend on their ids.

use super::pack_files::BUILT_IN;
use preconsult::answer::{Answer, AnswerKey, AnswerValue, Answers};
use preconsult::interview::{Interview, Step};
use preconsult::pack::{Pack, QuestionType};
use preconsult::storage::journal::{Header, Journal, JournalEntry, Storage};
use std::io;

pub(crate) fn pack() -> &'static Pack {
    &BUILT_IN
}

/// Returns a reply to a question: the typed text and its answer.
fn reply(pack: &Pack, interview: &Interview<'_>, key: AnswerKey, turn: usize) -> (String, Answer) {
    let shape = &pack.questions[key.question].shape;
    let (chosen, options) = match shape {
        QuestionType::SingleChoice(options) if options.yes_no => (vec![0], options),
        QuestionType::SingleChoice(options) => (vec![turn % options.choices.len()], options),
        QuestionType::MultipleChoice(options) => {
            let mut chosen = interview.offered(key.question);
            chosen.retain(|index| !options.choices[*index].exclusive);
            (chosen.split_off(chosen.len() - 2), options)
        }
        QuestionType::Text(_) => {
            let text = format!("Own words {turn}: \"quoted\", \\ and \u{2713}");
            return (text.clone(), Answer::Value(AnswerValue::Text(text)));
        }
        _ => panic!("the built-in pack has a new type of question: add it to this function"),
    };
    let codes: Vec<&str> = chosen.iter().map(|index| options.choices[*index].code.as_str()).collect();
    let text = options.free_text.map(|_| format!("beside it {turn}"));
    let typed = text.as_ref().map_or_else(|| codes.join(", "), |text| format!("{}: {text}", codes.join(", ")));
    (typed, Answer::Value(AnswerValue::Choice { chosen, text }))
}

/// Returns the typed replies to every question up to the review, and the answers after each.
pub(crate) fn replies(pack: &Pack) -> Vec<(String, Answers)> {
    let mut interview = Interview::new(pack, Answers::new());
    let mut replies = Vec::new();
    while let Step::Ask(key) = interview.step() {
        let (typed, answer) = reply(pack, &interview, key, replies.len());
        interview.answer(answer).expect("a reply that fits");
        replies.push((typed, interview.answers().clone()));
    }
    assert!(replies.len() > 10, "the interview is too short: {} replies", replies.len());
    replies
}

/// Returns a journal header for a pack.
pub(crate) fn header(pack: &Pack) -> Header {
    Header {
        pack: pack.id.clone(),
        version: pack.version.clone(),
        hash: pack.hash.clone(),
        language: "en".to_owned(),
        started: chrono::DateTime::parse_from_rfc3339("2026-11-22T09:14:03+01:00").expect("a time"),
        date: None,
        filled_in_by: None,
        label: None,
        unassigned: Vec::new(),
    }
}

/// Returns the journal entries of a long interview that goes back, changes a branch and opens the review.
pub(crate) fn entries(pack: &Pack) -> Vec<JournalEntry> {
    let mut interview = Interview::new(pack, Answers::new());
    let mut entries = Vec::new();
    while let Step::Ask(key) = interview.step() {
        let (_, answer) = reply(pack, &interview, key, entries.len());
        interview.answer(answer).expect("a reply that fits");
        entries.push(JournalEntry::answered(pack, key, &interview.answers()[&key]));
    }
    let first = interview.asked()[0];
    interview.jump(first);
    entries.push(JournalEntry::opened(pack, interview.step()));
    // Another choice hides the questions that depend on the first one; their answers are kept.
    interview.answer(Answer::Value(AnswerValue::Choice { chosen: vec![0], text: None })).expect("one option fits");
    entries.push(JournalEntry::answered(pack, first, &interview.answers()[&first]));
    assert!(
        interview.asked().len() < interview.answers().len() + interview.unanswered().len(),
        "no question is hidden"
    );
    interview.back();
    entries.push(JournalEntry::opened(pack, interview.step()));
    interview.review();
    entries.push(JournalEntry::opened(pack, interview.step()));
    let second = interview.asked()[1];
    interview.jump(second);
    interview.answer(reply(pack, &interview, second, 0).1).expect("a reply that fits");
    entries.push(JournalEntry::answered(pack, second, &interview.answers()[&second]));
    entries.push(JournalEntry::answered(pack, first, &Answer::Skipped));
    entries
}

/// An in-memory storage that never fails.
#[derive(Debug, Default)]
pub(crate) struct Memory(pub(crate) Vec<u8>);

impl Storage for Memory {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.extend_from_slice(bytes);
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn truncate(&mut self, length: u64) -> io::Result<()> {
        self.0.truncate(usize::try_from(length).expect("a length"));
        Ok(())
    }
}

/// Returns the bytes of a journal with these entries.
pub(crate) fn journal(pack: &Pack, entries: &[JournalEntry]) -> Vec<u8> {
    let mut journal = Journal::begin(Memory::default(), &header(pack));
    for entry in entries {
        journal.append(entry).expect("memory does not fail");
    }
    journal.flush().expect("memory does not fail");
    journal.into_storage().0
}
