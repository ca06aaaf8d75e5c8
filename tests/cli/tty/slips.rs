//! A patient whose hands slip: nothing is on the page that they did not choose.

use super::flows::{answer, summary};
use crate::support::terminal::{CTRL_C, DOWN, ENTER, ESC, SPACE};
use crate::support::{Sandbox, Terminal};
use serde_json::json;
use std::time::Duration;

const WORDS: &str = "Níquel, me sale un sarpullido";
const PASTE: &str = "\u{1b}[200~2\r3 \rNíquel, me sale\r\u{1b}[201~";
const LIST_OF_ONE: &str = "This is a list: arrow keys, a number, then Enter.";
const LIST_OF_MANY: &str = "This is a list: arrow keys or a number, Space to tick, then Enter.";

impl Terminal {
    /// Types words into a list, then presses Enter too often, pastes, and presses Enter again.
    fn slip(&mut self, message: &str) {
        for keys in [WORDS, PASTE, "diabetes type two", "I am 58 years old", "58"] {
            self.press(keys);
            self.wait(if keys == "58" { "There is no number 58" } else { message });
            self.press(&ENTER.repeat(3));
            self.wait("Nothing was ");
        }
        assert!(!self.screen().contains("[x]"), "{}", self.screen());
        assert_eq!(self.option_at_cursor(), None, "{}", self.screen());
    }
}

#[test]
fn a_patient_who_types_into_lists_has_only_the_answers_they_chose() {
    let sandbox = Sandbox::new();
    let mut tty = sandbox.terminal("--format json").size(40, 80).start();
    tty.wait_for_question(1);
    tty.slip(LIST_OF_MANY);
    tty.tick(&["Acne scars"]);
    tty.wait_for_question(2);
    tty.slip(LIST_OF_ONE);
    // Back and forward again: the ticks are as they were.
    tty.press(ESC);
    tty.wait_for_question(1);
    tty.press(&format!("{WORDS}{ENTER}"));
    tty.wait(LIST_OF_MANY);
    tty.press(ENTER);
    tty.wait_for_question(2);
    tty.choose("Moderate");
    tty.wait_for_question(3);
    tty.slip(LIST_OF_ONE);
    tty.choose("Good");
    tty.wait_for_question(4);
    tty.slip(LIST_OF_ONE);
    tty.choose("None yet");
    tty.wait_for_question(5);
    tty.slip(LIST_OF_ONE);
    tty.choose("Yes");
    for number in 6..=23 {
        tty.wait_for_question(number);
        match number {
            6 | 8 | 9 | 11 | 13..=16 | 20 => tty.slip(LIST_OF_MANY),
            21 | 22 => {}
            _ => tty.slip(LIST_OF_ONE),
        }
        match number {
            16 => {
                // The words belong into the text behind the list.
                tty.tick(&["A metal"]);
                tty.wait(["Add details (optional):", "Esc"]);
                tty.press(&format!("{WORDS}{ENTER}"));
            }
            6 | 8 | 9 | 11 | 13..=15 | 20 => tty.tick(&["Skip this question"]),
            // Enter on an empty text skips it.
            21 | 22 => tty.press(ENTER),
            _ => tty.choose("I'd rather not say"),
        }
    }
    tty.wait_for_review();
    for keys in [WORDS, PASTE] {
        tty.press(keys);
        tty.wait(LIST_OF_ONE);
        tty.press(&ENTER.repeat(3));
        tty.wait("Nothing was chosen.");
    }
    tty.finish();
    let ended = tty.end();
    assert_eq!(ended.code, 0, "{}", ended.screen);
    let summary = summary(&sandbox);
    for (question, codes) in [
        ("concerns", json!(["acne-scars"])),
        ("severity", json!(["moderate"])),
        ("skin-health", json!(["good"])),
        ("treatments-had", json!(["none"])),
        ("reactions", json!(["metal"])),
    ] {
        assert_eq!(answer(&summary, question)["codes"], codes, "{question}");
    }
    assert_eq!(answer(&summary, "reactions")["free_text"], WORDS);
    for (question, state) in [
        ("area", "skipped"),
        ("duration", "declined"),
        ("tried", "skipped"),
        ("scar-kind", "skipped"),
        ("treatments-planned", "declined"),
        ("products", "skipped"),
        ("change-hoped-for", "declined"),
        ("history", "skipped"),
        ("recent", "skipped"),
        ("medicines", "skipped"),
        ("pregnancy", "declined"),
        ("sun", "declined"),
        ("home-roller", "declined"),
        ("to-ask", "skipped"),
        ("questions", "skipped"),
        ("label", "skipped"),
        ("age-band", "declined"),
    ] {
        assert_eq!(answer(&summary, question)["state"], state, "{question}");
    }
}

#[test]
fn words_typed_slowly_or_quickly_undo_the_ticks_that_their_spaces_make() {
    let sandbox = Sandbox::new();
    let mut tty = sandbox.terminal("").size(40, 80).start();
    tty.wait_for_question(1);
    tty.tick(&["Redness", "Large pores"]);
    tty.wait_for_question(2);
    tty.press(ESC);
    tty.wait_for_question(1);
    // The first letter and the space after it tick an option, until more letters follow.
    tty.press("I");
    tty.wait("> [ ] 23. I am not sure yet");
    tty.press(SPACE);
    tty.wait("> [x] 23. I am not sure yet");
    for letter in "am 58".chars() {
        std::thread::sleep(Duration::from_millis(300));
        tty.press(&letter.to_string());
    }
    tty.shows(|screen| screen.contains(LIST_OF_MANY) && screen.contains("> [x] 10. Large pores"));
    assert!(tty.screen().contains("[ ] 23. I am not sure yet"), "{}", tty.screen());
    // Enter right after the words answers nothing. A beginning or a number and a space at a time are choices.
    tty.press(&format!("{ENTER}{DOWN}dark s {DOWN}3 1 {ENTER}"));
    let chosen = "visit? Rough or uneven texture; Dull skin; Large pores; Dark spots or brown marks, such as flat brown marks left by acne; Redness";
    tty.wait([chosen, "Question 2 of"]);
    tty.press(CTRL_C);
    assert_eq!(tty.end().code, 130);
}

#[test]
fn a_typed_word_that_begins_the_option_chooses_it() {
    for (word, chosen) in [("yes", "Yes"), ("no", "No"), ("NO", "No")] {
        let sandbox = Sandbox::with("a.json", crate::cli::answers::SHORT.replace(",\"more\":false", ""));
        let mut tty = sandbox.terminal("--answers a.json").start();
        tty.wait_for_question(5);
        tty.press(&format!("{word}{ENTER}"));
        tty.wait([&format!("> Would you like to answer some more questions now? {chosen}"), "Esc"]);
        tty.press(CTRL_C);
        assert_eq!(tty.end().code, 130);
    }
}

#[test]
fn words_answer_nothing_however_long_the_pauses_are() {
    let sandbox = Sandbox::new();
    let mut tty = sandbox.terminal("").size(40, 80).start();
    tty.wait_for_question(1);
    tty.press("I ");
    tty.wait("> [x] 23. I am not sure yet");
    std::thread::sleep(Duration::from_millis(2700));
    tty.press("do");
    tty.wait("What was ticked while typing is not ticked now.");
    tty.press(&ENTER.repeat(3));
    tty.wait("Nothing was ticked.");
    // Several numbers with pauses are none.
    tty.press("3");
    tty.wait("> [ ]  3.");
    std::thread::sleep(Duration::from_millis(1300));
    tty.press("1");
    tty.wait("> [ ]  1.");
    tty.press(&format!("{SPACE}{ENTER}"));
    tty.wait("This is a list:");
    tty.press(ENTER);
    tty.wait("Nothing was ticked.");
    // A number without its tick is not left out.
    tty.press(&format!("1 2{}", ENTER.repeat(3)));
    tty.wait("is not ticked. Press Space to tick it");
    tty.press(&format!("{SPACE}{ENTER}"));
    tty.wait(["Rough or uneven texture; Uneven", "Question 2 of"]);
    tty.press(CTRL_C);
    assert_eq!(tty.end().code, 130);
}
