//! Replies as bytes: only `/done` ends an interview, no answer is lost, and half a line is never an answer.

use super::journal::{Memory, header};
use crate::properties::fhir::OTHERS;
use crate::properties::hostile::has_harmful;
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

/// The bit of the first byte that makes the replies a script, which ends at a refused reply.
const SCRIPT: u8 = 4;

/// An interview that was run over replies.
struct InterviewRun<'p> {
    interview: Interview<'p>,
    saved: Vec<JournalEntry>,
    journal: Vec<u8>,
    stopped: Result<(), PromptError>,
    output: String,
    /// The replies that were not read.
    rest: usize,
}

fn run_over_replies<'p>(pack: &'p Pack, language: Language, is_typed: bool, replies: &[u8]) -> InterviewRun<'p> {
    let words = Messages::new(pack.tag(language));
    let mut interview = Interview::new(pack, Answers::new());
    let (mut unread, mut output, mut saved) = (replies, Vec::new(), Vec::new());
    let mut journal = Journal::begin(Memory::default(), &header(pack));
    let mut lines = LinePrompter::new(&mut unread, &mut output, &words);
    if is_typed {
        lines = lines.at_terminal(|| Ok(false));
    }
    let stopped = run_interview(&mut interview, &mut lines, &words, language, &mut |event| {
        saved.push(match event {
            InterviewEvent::Answered(slot, answer) => JournalEntry::answered(pack, slot, answer),
            InterviewEvent::Moved(step) => JournalEntry::opened(pack, step),
        });
        Ok(journal.append(&saved[saved.len() - 1])?)
    });
    let output = String::from_utf8(output).expect("questions are text");
    InterviewRun { interview, saved, journal: journal.into_storage().0, stopped, output, rest: unread.len() }
}

/// Returns the packs and languages; the first byte of an input chooses one, and whether the replies are typed.
fn packs_and_languages() -> [(&'static Pack, Language); 4] {
    let spanish = BUILT_IN.language("es").expect("the built-in pack speaks Spanish");
    let first = Language::default();
    [(&BUILT_IN, first), (&BUILT_IN, spanish), (&EVERY_KIND, first), (&OTHERS[1], first)]
}

pub(super) fn check(input: &[u8]) -> bool {
    let Some((choice, replies)) = input.split_first() else { return false };
    let (pack, language) = packs_and_languages()[usize::from(*choice) % 4];
    let is_typed = choice & SCRIPT == 0;
    let InterviewRun { interview, saved, journal, stopped, output, rest } =
        run_over_replies(pack, language, is_typed, replies);
    assert!(!has_harmful(&output), "{output:?}");

    // The saved entries are those of the interview, and the journal restores the answers and the position.
    let recovered = recover(&journal).map(|recovered| recovered.entries).unwrap_or_default();
    assert_eq!(recovered, saved);
    let replayed = replay(pack, &recovered);
    assert_eq!((&replayed.answers, &replayed.dropped[..]), (interview.answers(), &[][..]));
    if stopped.is_err() {
        assert_eq!(replayed.interview(pack).step(), interview.step());
    }

    // Half of the replies give the beginning of the answers; none comes from a line that was cut.
    let half = run_over_replies(pack, language, is_typed, &replies[..replies.len() / 2]).saved;
    let answers = |saved: &[JournalEntry]| {
        saved.iter().filter(|entry| matches!(entry, JournalEntry::Answer(..))).cloned().collect()
    };
    let (all, half): (Vec<_>, Vec<_>) = (answers(&saved), answers(&half));
    assert!(all.starts_with(&half), "{half:?} came of half the replies");

    let consumed = &replies[..replies.len() - rest];
    let last = consumed.trim_ascii_end().rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    let last = String::from_utf8_lossy(last).trim().trim_start_matches('\u{feff}').to_lowercase();
    match stopped {
        Ok(()) => {
            assert!(["done", "/done"].contains(&last.as_str()), "{last:?} ended it");
            check_finished(interview);
            true
        }
        Err(PromptError::Refused { line, .. }) => {
            assert!(!is_typed, "a typed reply is asked for again");
            let lines = consumed.split(|byte| *byte == b'\n').count() - 1;
            assert_eq!(lines, line, "the lines after it are not read");
            false
        }
        Err(stop) => {
            assert!(matches!(stop, PromptError::EndOfInput) && rest == 0, "{stop:?}");
            false
        }
    }
}

/// Checks that the summary is that of the same answers in a file.
fn check_finished(mut interview: Interview<'_>) {
    let pack = interview.pack();
    let finished = interview.finish().unwrap_or_else(|slot| panic!("it ended with {slot:?} open"));
    let file = AnswersFile { answers: finished.answers().clone(), ..AnswersFile::default() };
    let result = AnswersFile::read(pack, "a.json", &file.write(pack).to_string(), Completeness::Complete);
    let parsed = result.unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(&parsed.answers, finished.answers());
    let again = Interview::new(pack, parsed.answers).finish().expect("it was complete");
    assert_eq!(pages(&again, english(pack), [Format::Json]), pages(&finished, english(pack), [Format::Json]));
}

/// Returns what a person types to give an answer, if it can be typed.
fn typed(pack: &Pack, step: Step, answer: &Answer) -> String {
    let Step::Ask(slot) = step else { return "/done".to_owned() };
    let choices = pack.questions[slot.question].shape.choices();
    match answer {
        Answer::Skipped => "/skip".to_owned(),
        Answer::Declined => "/decline".to_owned(),
        Answer::Unreadable(_) => panic!("nobody can type {answer:?}"),
        Answer::Value(AnswerValue::Choice { chosen, text }) => {
            let codes: Vec<&str> = chosen.iter().map(|option| choices[*option].code.as_str()).collect();
            let free_text =
                text.as_ref().map(|text| format!(": {}", text.replace(['\n', '\r'], " "))).unwrap_or_default();
            format!("{}{free_text}", codes.join(", "))
        }
        Answer::Value(AnswerValue::Text(text)) => text.replace(['\n', '\r'], " "),
        Answer::Value(AnswerValue::Number(number)) => number.to_string(),
        Answer::Value(AnswerValue::Date(date)) => date.to_string(),
        Answer::Value(AnswerValue::Quantity { amount, unit }) => format!("{amount} {}", choices[*unit].code),
    }
}

pub(super) fn seeds() -> Vec<Vec<u8>> {
    let packs_and_languages = packs_and_languages();
    let seed = |turn: u16| {
        let choice = usize::from(turn) % packs_and_languages.len();
        let (pack, _) = packs_and_languages[choice];
        let mut draw = Draw::of(&super::numbers(turn, 160));
        let mut interview = Interview::new(pack, Answers::new());
        let script = if turn % 16 < 8 { SCRIPT } else { 0 };
        let mut replies = vec![u8::try_from(choice).unwrap_or_default() | script];
        while let Step::Ask(slot) = interview.step() {
            let answer = draw.offered_answer(&interview, slot.question);
            let line = typed(pack, interview.step(), &answer);
            let detour = ["", "", "", "/help\n", "/repeat\n", "/back\n/review\n1\n", "/review\n/back\n"][draw.below(7)];
            replies.extend(format!("{detour}{line}\n").into_bytes());
            interview.answer(answer).unwrap_or_else(|refusal| panic!("{line}: {refusal:?}"));
        }
        // The questions that detours left open.
        for _ in 0..4 {
            replies.extend(b"/done\n/review\n");
        }
        replies.extend(b"/done\n");
        replies
    };
    // Detours may lead to a question that its answer does not fit; only walks that reach the end are saved.
    (0..64).map(seed).filter(|seed| check(seed)).collect()
}

/// Cases that fuzzing found.
#[cfg(test)]
mod found {
    /// At the review, any number of slashes made a command, although two of them start a text everywhere else.
    #[test]
    fn two_slashes_end_nothing() {
        let seed = String::from_utf8(super::seeds().swap_remove(0)).expect("replies are text");
        for (end, ends) in [("done", true), ("/done", true), ("//done", false), ("////done", false)] {
            let replies = seed.split_once("/done").expect("it comes to an end").0;
            assert_eq!(super::check(format!("{replies}/review\n{end}\n").as_bytes()), ends, "{end}");
        }
    }
}
