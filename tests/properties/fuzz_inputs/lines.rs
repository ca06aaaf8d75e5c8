//! Replies as bytes: only `/done` ends an interview, no answer is lost, and none comes of half a line.

use super::journal::{Memory, header};
use crate::properties::fhir::OTHERS;
use crate::properties::hostile::is_harmful;
use crate::properties::page::{english, pages};
use crate::support::pack_files::{BUILT_IN, EVERY_KIND};
use crate::support::strategies::Draw;
use preconsult::answer::{Answer, AnswerValue, Answers};
use preconsult::ask::lines::LinePrompter;
use preconsult::ask::{InterviewEvent, PromptError, run_interview};
use preconsult::export::Format;
use preconsult::interview::{AnswersFile, Completeness, Interview, Step};
use preconsult::messages::Messages;
use preconsult::pack::{Language, Pack};
use preconsult::storage::journal::{Journal, JournalEntry, recover, replay};

/// An interview over replies.
struct Conducted<'p> {
    interview: Interview<'p>,
    kept: Vec<JournalEntry>,
    journal: Vec<u8>,
    stopped: Result<(), PromptError>,
    said: String,
    /// The replies that were not read.
    rest: usize,
}

fn conducted<'p>(pack: &'p Pack, language: Language, replies: &[u8]) -> Conducted<'p> {
    let words = Messages::new(pack.tag(language));
    let mut interview = Interview::new(pack, Answers::new());
    let (mut unread, mut said, mut kept) = (replies, Vec::new(), Vec::new());
    let mut journal = Journal::begin(Memory::default(), &header(pack));
    let mut lines = LinePrompter::new(&mut unread, &mut said, &words);
    let stopped = run_interview(&mut interview, &mut lines, &words, language, &mut |event| {
        kept.push(match event {
            InterviewEvent::Answered(slot, answer) => JournalEntry::answered(pack, slot, answer),
            InterviewEvent::Moved(step) => JournalEntry::opened(pack, step),
        });
        Ok(journal.append(&kept[kept.len() - 1])?)
    });
    let said = String::from_utf8(said).expect("questions are text");
    Conducted { interview, kept, journal: journal.into_storage().0, stopped, said, rest: unread.len() }
}

/// The packs and languages; the first byte of an input chooses one.
fn tongues() -> [(&'static Pack, Language); 4] {
    let spanish = BUILT_IN.language("es").expect("the built-in pack speaks Spanish");
    let first = Language::default();
    [(&BUILT_IN, first), (&BUILT_IN, spanish), (&EVERY_KIND, first), (&OTHERS[1], first)]
}

pub(super) fn check(input: &[u8]) -> bool {
    let Some((choice, replies)) = input.split_first() else { return false };
    let (pack, language) = tongues()[usize::from(*choice) % 4];
    let Conducted { interview, kept, journal, stopped, said, rest } = conducted(pack, language, replies);
    assert!(!said.contains(is_harmful), "{said:?}");

    // What was kept is what the interview has, and comes back from the journal with its place.
    let recovered = recover(&journal).map(|read| read.entries).unwrap_or_default();
    assert_eq!(recovered, kept);
    let replayed = replay(pack, &recovered);
    assert_eq!((&replayed.answers, &replayed.dropped[..]), (interview.answers(), &[][..]));
    if stopped.is_err() {
        assert_eq!(replayed.interview(pack).step(), interview.step());
    }

    // Half of the replies bring the beginning of the answers: none of a line that was cut.
    let half = conducted(pack, language, &replies[..replies.len() / 2]).kept;
    let answers = |kept: &[JournalEntry]| {
        kept.iter().filter(|entry| matches!(entry, JournalEntry::Answer(..))).cloned().collect()
    };
    let (all, half): (Vec<_>, Vec<_>) = (answers(&kept), answers(&half));
    assert!(all.starts_with(&half), "{half:?} came of half the replies");

    let read = &replies[..replies.len() - rest];
    let last = read.trim_ascii_end().rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    let last = String::from_utf8_lossy(last).trim().trim_start_matches('\u{feff}').to_lowercase();
    match stopped {
        Ok(()) => {
            assert!(["done", "/done"].contains(&last.as_str()), "{last:?} ended it");
            check_finished(interview);
            true
        }
        Err(stop) => {
            assert!(matches!(stop, PromptError::EndOfInput) && rest == 0, "{stop:?}");
            false
        }
    }
}

/// The summary of what was said is that of the same answers in a file.
fn check_finished(mut interview: Interview<'_>) {
    let pack = interview.pack();
    let finished = interview.finish().unwrap_or_else(|slot| panic!("it ended with {slot:?} open"));
    let file = AnswersFile { answers: finished.answers().clone(), ..AnswersFile::default() };
    let read = AnswersFile::read(pack, "a.json", &file.write(pack).to_string(), Completeness::Complete);
    let read = read.unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(&read.answers, finished.answers());
    let again = Interview::new(pack, read.answers).finish().expect("it was complete");
    assert_eq!(pages(&again, english(pack), [Format::Json]), pages(&finished, english(pack), [Format::Json]));
}

/// What somebody types to give an answer, where it can be typed.
fn typed(pack: &Pack, step: Step, answer: &Answer) -> String {
    let Step::Ask(slot) = step else { return "/done".to_owned() };
    let choices = pack.questions[slot.question].shape.choices();
    match answer {
        Answer::Skipped => "/skip".to_owned(),
        Answer::Declined => "/decline".to_owned(),
        Answer::Value(AnswerValue::Choice { chosen, text }) => {
            let codes: Vec<&str> = chosen.iter().map(|at| choices[*at].code.as_str()).collect();
            let own = text.as_ref().map(|text| format!(": {}", text.replace(['\n', '\r'], " "))).unwrap_or_default();
            format!("{}{own}", codes.join(", "))
        }
        Answer::Value(AnswerValue::Text(text)) => text.replace(['\n', '\r'], " "),
        Answer::Value(AnswerValue::Number(number)) => number.to_string(),
        Answer::Value(AnswerValue::Date(date)) => date.to_string(),
        Answer::Value(AnswerValue::Quantity { amount, unit }) => format!("{amount} {}", choices[*unit].code),
    }
}

pub(super) fn seeds() -> Vec<Vec<u8>> {
    let tongues = tongues();
    let seed = |turn: u16| {
        let choice = usize::from(turn) % tongues.len();
        let (pack, _) = tongues[choice];
        let mut draw = Draw::of(&super::numbers(turn, 160));
        let mut interview = Interview::new(pack, Answers::new());
        let mut replies = vec![u8::try_from(choice).unwrap_or_default()];
        while let Step::Ask(slot) = interview.step() {
            let answer = draw.answer(&pack.questions[slot.question]);
            let line = typed(pack, interview.step(), &answer);
            let detour = ["", "", "", "/help\n", "/back\n/review\n1\n", "/review\n/back\n"][draw.below(6)];
            replies.extend(format!("{detour}{line}\n").into_bytes());
            interview.answer(answer).unwrap_or_else(|refusal| panic!("{line}: {refusal:?}"));
        }
        // Whatever the ways there and back left open.
        for _ in 0..4 {
            replies.extend(b"/done\n/review\n");
        }
        replies.extend(b"/done\n");
        replies
    };
    // Detours may lead to a question that its answer does not fit: those that reach the end will do.
    (0..64).map(seed).filter(|seed| check(seed)).collect()
}

/// What fuzzing found.
#[cfg(test)]
mod found {
    /// At the review any number of slashes made a command, though two of them start a text everywhere else.
    #[test]
    fn two_slashes_end_nothing() {
        let seed = String::from_utf8(super::seeds().swap_remove(0)).expect("replies are text");
        for (end, ends) in [("done", true), ("/done", true), ("//done", false), ("////done", false)] {
            let replies = seed.split_once("/done").expect("it comes to an end").0;
            assert_eq!(super::check(format!("{replies}/review\n{end}\n").as_bytes()), ends, "{end}");
        }
    }
}
