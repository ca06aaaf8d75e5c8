//! Keys pressed before a question appears do not answer it: the rest of a paste, or Enter held down.

use super::flows::{answer, required, summary};
use super::typing::{self, SOMETHING_ELSE};
use crate::support::terminal::{CTRL_C, DOWN, ENTER, SPACE};
use crate::support::{Sandbox, Terminal};

/// Starts an interview and stops at the text for "something else"; a list is next.
fn at_a_text(sandbox: &Sandbox) -> Terminal {
    let tty = typing::at_a_text(sandbox, SOMETHING_ELSE, (40, 100));
    tty.wait(["Question 2 of", "What else is on your mind", "Esc"]);
    tty
}

/// Stops the interview, and asserts that question 3 was the last one shown.
fn assert_third_is_open(mut tty: Terminal) {
    tty.press(CTRL_C);
    let ended = tty.end();
    assert_eq!(ended.code, 130, "{}", ended.screen);
    assert!(ended.screen.contains("at question 3"), "{}", ended.screen);
    assert!(!ended.bytes.contains("Question 4"), "{}", ended.screen);
}

#[test]
fn a_paste_with_line_breaks_answers_only_its_own_question() {
    // As sent by a terminal without bracketed paste: in one piece, in small pieces, and more than one read returns.
    let note = |lines: usize| (1..=lines).map(|line| format!("Line {line} of my note\r")).collect::<String>();
    for (lines, piece) in [(30, usize::MAX), (30, 7), (200, usize::MAX)] {
        let sandbox = Sandbox::new();
        let mut tty = at_a_text(&sandbox);
        let note = note(lines);
        let mut pieces = note.as_bytes().chunks(piece.min(note.len()));
        tty.press(std::str::from_utf8(pieces.next().expect("a note")).expect("ASCII"));
        pieces.for_each(|piece| tty.press_further(std::str::from_utf8(piece).expect("ASCII")));
        tty.wait(["Line 1 of my note", "Question 3 of", "would you say that it is", "Esc"]);
        // The next key is the first one that counts: no part of the note is buffered.
        tty.press(DOWN);
        tty.wait(["> 1. Mild"]);
        assert_third_is_open(tty);
        assert_eq!(sandbox.outputs(), ["a.json"]);
    }
}

#[test]
fn bracketed_paste_is_turned_on_for_prompts() {
    let sandbox = Sandbox::new();
    let mut tty = at_a_text(&sandbox);
    assert!(tty.bytes().contains("\u{1b}[?2004h"), "{:?}", tty.bytes());
    tty.press("\u{1b}[200~one\rtwo\rthree\u{1b}[201~");
    tty.wait(["one", "two", "three"]);
    assert!(!tty.screen().contains("Question 3"), "{}", tty.screen());
    tty.press(ENTER);
    tty.wait_for_question(3);
    assert_third_is_open(tty);
}

#[test]
fn ctrl_c_after_a_paste_still_stops_the_interview() {
    let sandbox = Sandbox::new();
    let mut tty = at_a_text(&sandbox);
    tty.press(&format!("one\rtwo\r{CTRL_C}three\r"));
    let ended = tty.end();
    assert_eq!(ended.code, 130, "{}", ended.screen);
    assert!(ended.screen.contains("at question 3"), "{}", ended.screen);
}

#[test]
fn enter_held_down_answers_one_question() {
    let sandbox = Sandbox::new();
    let mut tty = sandbox.terminal("--format json").size(40, 80).start();
    tty.wait_for_question(1);
    tty.tick(&["Acne scars"]);
    tty.wait_for_question(2);
    tty.press(DOWN);
    tty.wait("> 1. Mild");
    tty.press(&ENTER.repeat(40));
    tty.wait_for_question(3);
    assert_third_is_open(tty);
}

#[test]
fn enter_pressed_twice_at_the_last_question_does_not_end_the_interview() {
    let sandbox = Sandbox::new();
    let mut tty = sandbox.terminal("--format json").size(40, 80).start();
    required(&mut tty, false);
    // As in `required`, whose last key is Enter.
    tty.press_further(ENTER);
    tty.wait_for_review();
    tty.choose("Severity (Acne scars");
    tty.wait_for_question(2);
    tty.choose("Severe");
    tty.wait_for_review();
    tty.press(CTRL_C);
    assert_eq!(tty.end().code, 130);
    assert_eq!(sandbox.outputs(), [""; 0]);
}

#[test]
fn keys_pressed_before_the_start_answer_nothing() {
    let sandbox = Sandbox::new();
    // These keys would tick and submit the first option.
    let mut tty =
        sandbox.terminal("--format json").size(40, 80).keys_ahead(&format!("{SPACE}{ENTER}{SPACE}{ENTER}")).start();
    required(&mut tty, false);
    tty.wait_for_review();
    tty.finish();
    assert_eq!(tty.end().code, 0);
    assert_eq!(answer(&summary(&sandbox), "concerns")["codes"], serde_json::json!(["acne-scars"]));
}

#[test]
fn a_single_key_pressed_before_the_start_ticks_nothing() {
    let sandbox = Sandbox::new();
    let mut tty = sandbox.terminal("").size(40, 80).keys_ahead(SPACE).start();
    tty.wait_for_question(1);
    tty.press(ENTER);
    tty.wait(["Nothing was ticked."]);
    tty.press(CTRL_C);
    assert_eq!(tty.end().code, 130);
}
