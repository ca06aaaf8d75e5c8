//! Lists: nothing is chosen at first, numbers and letters move the cursor, and the terminal's cursor follows.

use super::back::all_but_the_texts;
use super::flows::{answer, required, summary};
use crate::cli::answers::{SHORT, more};
use crate::support::terminal::{CTRL_C, DOWN, END, ENTER, ESC, SPACE, UP};
use crate::support::{Sandbox, Terminal};
use serde_json::json;
use std::time::Duration;

/// Longer than the longest pause between the digits of a number.
const LONG_PAUSE: Duration = Duration::from_millis(1200);

impl Terminal {
    /// Waits until the option with this beginning is highlighted, and the terminal's cursor is on its row.
    fn is_on(&self, option: &str) {
        let is_right = |_: &str| {
            let (row, _) = self.cursor();
            let screen = self.screen();
            let is_on_row = screen.lines().nth(row.into()).is_some_and(|line| line.starts_with("> "));
            let highlighted = self.option_at_cursor();
            (is_on_row && highlighted.is_some_and(|highlighted| highlighted.starts_with(option))).then_some(())
        };
        assert!(self.until(is_right).is_some(), "the program ended; screen:\n{}", self.screen());
    }
}

/// Starts an interview with the concern acne scars, and stops at its severity.
fn at_the_severity(sandbox: &Sandbox, (rows, columns): (u16, u16)) -> Terminal {
    std::fs::write(sandbox.path("a.json"), crate::cli::answers::file(r#"{"concerns":["acne-scars"]}"#))
        .expect("a file");
    let tty = sandbox.terminal("--answers a.json --format json").size(rows, columns).start();
    tty.wait("Acne scars");
    tty
}

#[test]
fn enter_chooses_nothing_until_a_key_has_moved() {
    let sandbox = Sandbox::new();
    let mut tty = sandbox.terminal("--format json").size(40, 80).start();
    let message = "Nothing was chosen. Arrow keys or a number, then Enter.";
    for (number, choice) in [(1, "7 "), (2, "2"), (3, "1"), (4, "1"), (5, "2")] {
        tty.wait_for_question(number);
        assert_eq!(tty.option_at_cursor(), None);
        // Neither Enter nor Space reaches an option.
        for keys in [ENTER, SPACE, ENTER] {
            tty.press(keys);
            tty.wait(match (number, keys) {
                (1, ENTER) => "Nothing was ticked. Tick an option with Space, then press Enter.",
                (1, _) => "This is a list: arrow keys or a number, Space to tick, then Enter.",
                (_, ENTER) => message,
                _ => "This is a list: arrow keys, a number, then Enter.",
            });
        }
        assert!(!tty.screen().contains(&format!("Question {}", number + 1)), "{}", tty.screen());
        tty.press(&format!("{choice}{ENTER}"));
    }
    tty.wait_for_review();
    // Too many Enters open nothing and finish nothing.
    tty.press(&ENTER.repeat(3));
    tty.wait("Nothing was chosen. Press End and Enter to finish, or go to an answer to change it.");
    assert_eq!(sandbox.outputs(), [""; 0]);
    tty.press(&format!("{END}{ENTER}"));
    assert_eq!(tty.end().code, 0);
    assert_eq!(answer(&summary(&sandbox), "severity")["codes"], json!(["moderate"]));
}

#[test]
fn up_goes_from_the_top_of_the_review_to_its_end() {
    let sandbox = Sandbox::with("a.json", SHORT);
    let mut tty = sandbox.terminal("--answers a.json --format json").start();
    tty.wait_for_review();
    tty.press(UP);
    tty.is_on("Everything is correct: finish");
    tty.press(ENTER);
    assert_eq!(tty.end().code, 0);
}

#[test]
fn an_earlier_answer_is_where_the_cursor_starts() {
    let sandbox = Sandbox::with("a.json", SHORT);
    let mut tty = sandbox.terminal("--answers a.json --format json").start();
    tty.wait_for_review();
    for (row, option) in [("1", "Acne scars"), ("2", "Moderate"), ("3", "Good"), ("5", "No")] {
        tty.press(&format!("{row}{ENTER}"));
        tty.wait(["Question", "Esc"]);
        tty.is_on(option);
        tty.press(ESC);
        tty.wait_for_review();
    }
    tty.press(CTRL_C);
    assert_eq!(tty.end().code, 130);
}

#[test]
fn a_number_goes_to_the_option_with_that_number() {
    let sandbox = Sandbox::new();
    let mut tty = sandbox.terminal("").size(40, 80).start();
    tty.wait_for_question(1);
    assert!(tty.screen().contains("  [ ]  7. Acne scars (dents)\n"), "{}", tty.screen());
    for (digits, option) in [("7", "Acne scars"), ("12", "Dark spots"), ("20", "Dark circles")] {
        tty.press(digits);
        tty.is_on(option);
        std::thread::sleep(LONG_PAUSE);
    }
    // After a pause, a digit is a number of its own.
    tty.press("1");
    tty.is_on("Rough");
    std::thread::sleep(LONG_PAUSE);
    tty.press("2");
    tty.is_on("Uneven");
    // A number that no option has moves back to where the cursor was before its first digit.
    std::thread::sleep(LONG_PAUSE);
    tty.press("58");
    tty.wait("There is no number 58 in this list.");
    tty.is_on("Uneven");
    tty.press(&format!("{DOWN}{SPACE}{ENTER}"));
    tty.wait(["> What would you like to talk about at your visit? Dull skin", "Question 2 of", "Esc"]);
    tty.press(CTRL_C);
    assert_eq!(tty.end().code, 130);
}

#[test]
fn a_letter_goes_to_the_next_option_that_begins_with_it() {
    let sandbox = Sandbox::new();
    let mut tty = sandbox.terminal("--lang es").size(40, 80).start();
    tty.wait(["Pregunta 1 de", "Esc"]);
    let screen = tty.screen();
    let texts: Vec<&str> = screen.lines().filter_map(|line| line.strip_prefix("  [ ] ")).collect();
    let begins = |letter: char| {
        let begins = |text: &&&str| text[4..].to_lowercase().starts_with(letter);
        texts.iter().filter(begins).map(|text| text[4..].to_owned()).collect::<Vec<_>>()
    };
    let with_m = begins('m');
    assert!(with_m.len() >= 2, "{screen}");
    // Capitals and accents make no difference; after the last one, the first one is next.
    for (key, option) in ["m", "M", "\u{1e3f}"].into_iter().zip(with_m.iter().cycle()) {
        tty.press(key);
        tty.is_on(option);
    }
    // A key that does nothing says why.
    for key in ["x", "\t", "?", "\u{1b}[D", "\u{b}"] {
        tty.press(&format!("{DOWN}{key}"));
        tty.wait("Esto es una lista: flechas o un número, Espacio para marcar y después Intro.");
        tty.press(&format!("{DOWN}99{DOWN}"));
        tty.wait("No hay ningún número 99");
    }
    tty.press(CTRL_C);
    assert_eq!(tty.end().code, 130);
}

#[test]
fn the_cursor_of_the_terminal_is_on_the_highlighted_row() {
    for (rows, columns) in [(24, 80), (5, 20), (12, 40)] {
        let sandbox = Sandbox::new();
        let mut tty = at_the_severity(&sandbox, (rows, columns));
        tty.press(DOWN);
        for (keys, option) in [
            ("", "Mild"),
            (DOWN, "Moderate"),
            (END, "I am not sure"),
            (UP, "Severe"),
            ("1", "Mild"),
            (DOWN, "Moderate"),
            ("s", "Severe"),
            ("\u{1b}[H", "Mild"),
            ("\u{1b}[6~", "I am not sure"),
            ("x", "I am not sure"),
            (DOWN, "Mild"),
        ] {
            tty.press_further(keys);
            tty.is_on(option);
        }
        tty.press(ENTER);
        tty.wait("Question 3");
        tty.press(CTRL_C);
        assert_eq!(tty.end().code, 130);
    }
}

#[test]
fn without_a_highlighted_row_the_cursor_is_on_the_message_or_the_question() {
    let sandbox = Sandbox::new();
    let mut tty = at_the_severity(&sandbox, (24, 80));
    let line_at_cursor =
        |tty: &Terminal| tty.screen().lines().nth(tty.cursor().0.into()).unwrap_or_default().to_owned();
    tty.wait(["Severe", "Esc"]);
    assert!(line_at_cursor(&tty).starts_with("? Acne scars"), "{}", tty.screen());
    tty.press(ENTER);
    tty.wait("Nothing was chosen.");
    assert!(line_at_cursor(&tty).starts_with("# Nothing was chosen."), "{}", tty.screen());
    tty.press(CTRL_C);
    assert_eq!(tty.end().code, 130);
}

/// A key redraws the rows that change, and hides the cursor meanwhile.
#[test]
fn a_key_redraws_only_the_rows_that_change() {
    let sandbox = Sandbox::new();
    let mut tty = at_the_severity(&sandbox, (24, 80));
    tty.press(DOWN);
    tty.is_on("Mild");
    let before = tty.bytes().len();
    tty.press(DOWN);
    tty.is_on("Moderate");
    let drawn = tty.bytes()[before..].to_owned();
    assert!(drawn.starts_with("\u{1b}[?25l") && drawn.ends_with("\u{1b}[?25h"), "{drawn:?}");
    assert_eq!(drawn.matches("\u{1b}[2K").count(), 2, "{drawn:?}");
    assert!(!drawn.contains("\u{1b}[2J"), "{drawn:?}");
    tty.press(CTRL_C);
    tty.end();
}

#[test]
fn a_low_screen_shows_the_message_and_an_option() {
    let sandbox = Sandbox::new();
    let mut tty = at_the_severity(&sandbox, (5, 20));
    tty.press(ENTER);
    tty.shows(|screen| screen == "# Nothing was\n  chosen. Arrow keys\n  or a number, then\n  Enter.\nv 1. Mild");
    tty.press("2");
    tty.is_on("Moderate");
    tty.press(ENTER);
    tty.wait("Question 3");
    tty.press(CTRL_C);
    assert_eq!(tty.end().code, 130);
}

#[test]
fn the_message_about_a_tick_shows_that_tick() {
    let sandbox = Sandbox::new();
    let mut tty = sandbox.terminal("").size(12, 60).start();
    tty.wait("Question 1 of");
    tty.tick(&["I am not sure yet", "Rough or uneven texture", "Uneven or blotchy"]);
    tty.wait("“I am not sure yet” cannot be combined with other options.");
    tty.is_on("I am not sure yet");
    tty.press(&format!("{SPACE}{ENTER}"));
    tty.wait("Question 2 of");
    tty.press(CTRL_C);
    assert_eq!(tty.end().code, 130);
}

#[test]
fn every_list_of_many_says_how_to_tick() {
    let sandbox = Sandbox::with("a.json", more(r#""duration":{"acne-scars":"unsure"}"#));
    let mut tty = sandbox.terminal("--answers a.json").size(40, 80).start();
    for number in [6, 8, 9, 10, 11] {
        tty.wait_for_question(number);
        if number == 10 {
            tty.choose("Skip this question");
            continue;
        }
        tty.press(&format!("{DOWN}{ENTER}"));
        tty.wait("Nothing was ticked. Tick an option with Space, then press Enter.");
        tty.press(&format!("{SPACE}{ENTER}"));
        if number == 8 {
            tty.wait(["Add details", "Esc"]);
            tty.press(ENTER);
        }
    }
    tty.wait("Add details");
    tty.press(CTRL_C);
    assert_eq!(tty.end().code, 130);
}

#[test]
fn esc_from_a_change_returns_to_the_review_with_the_answer_as_it_was() {
    let answers = all_but_the_texts().replace(
        "\"home-roller\":\"never\"",
        r#""home-roller":"never","products":{"chosen":["other"],"text":"the blue jar"},"change-hoped-for":"small","questions":"Why?","label":"A""#,
    );
    let sandbox = Sandbox::with("a.json", answers);
    let mut tty = sandbox.terminal("--answers a.json --format json").size(50, 100).start();
    tty.wait_for_review();
    for (row, question, keys) in [
        // Ticks, a text and free text that are left with Esc are not offered again.
        ("Products in use", "What do you put on your skin now?", "1 "),
        ("Your own questions", "What else would you like to ask", " And when?"),
        ("Severity (Acne", "would you say that it is", "1"),
        ("Products in use", "[x]  8. Something else", "1 "),
        ("Your own questions", "your visit? Why?", " And when?"),
        ("Severity (Acne", "> 2. Moderate", "3"),
    ] {
        tty.choose(row);
        tty.wait([question, "Esc"]);
        tty.press(keys);
        std::thread::sleep(Duration::from_millis(20));
        tty.press(ESC);
        tty.wait_for_review();
        tty.is_on(row);
    }
    // Esc leaves the free text first, and then the question.
    tty.choose("Products in use");
    tty.wait(["What do you put on your skin now?", "Esc"]);
    tty.press(ENTER);
    tty.wait(["Add details (optional): the blue jar", "Esc"]);
    tty.press(&format!(" and more{ESC}"));
    tty.wait(["What do you put on your skin now?", "Esc"]);
    tty.press(ESC);
    tty.wait_for_review();
    required_is_unchanged(&tty);
    tty.finish();
    let ended = tty.end();
    assert_eq!(ended.code, 0, "{}", ended.screen);
    let name = sandbox.outputs().into_iter().find(|name| name.contains("-A-")).expect("a summary");
    let summary: serde_json::Value = serde_json::from_str(&sandbox.read(&name)).expect("JSON");
    assert_eq!(answer(&summary, "products")["free_text"], "the blue jar");
    assert_eq!(answer(&summary, "products")["codes"], json!(["other"]));
    assert_eq!(answer(&summary, "severity")["codes"], json!(["moderate"]));
    assert_eq!(summary["questions"]["free_text"], "Why?");
}

/// Asserts that the review shows the answers of the file.
fn required_is_unchanged(tty: &Terminal) {
    for row in ["Severity (Acne scars (dents)): Moderate", "Products in use: Something else: the blue jar"] {
        assert!(tty.screen().contains(row), "{row}\n{}", tty.screen());
    }
}

#[test]
fn the_question_about_more_tells_how_many_follow() {
    let sandbox = Sandbox::new();
    let mut tty = sandbox.terminal("").size(40, 80).start();
    required(&mut tty, false);
    tty.wait_for_review();
    assert!(tty.screen().contains("18 more questions; you can skip each."), "{}", tty.screen());
    // With another concern, three more questions are asked about it; the label is answered already.
    let answers = SHORT.replace(",\"more\":false", "").replace("[\"acne-scars\"]", "[\"acne-scars\",\"redness\"]");
    let answers = answers.replace("\"moderate\"}", "\"moderate\",\"redness\":\"mild\"}");
    let sandbox = Sandbox::with("a.json", answers);
    let mut tty = sandbox.terminal("--answers a.json --label A --lang es").size(40, 80).start();
    tty.wait(["20 preguntas más; puede pasar cualquiera.", "Esc"]);
    tty.press(&format!("1{ENTER}"));
    tty.wait(["de unas 27", "Esc"]);
    tty.press(CTRL_C);
    assert_eq!(tty.end().code, 130);
}
