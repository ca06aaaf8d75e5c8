//! Texts that are longer than the screen, and resizes while they are typed.

use super::flows::answer;
use super::typing::{HOME, LEFT, QUESTION, TEXT_COLUMN, at_a_text};
use crate::support::terminal::{CTRL_C, DOWN, END, ENTER, UP};
use crate::support::{Sandbox, Terminal};

/// The rows of the key help, on a screen of 60 columns.
const KEYS: [&str; 2] =
    ["[Enter to continue, or to skip if it is empty; Esc to go", "back; /skip or /decline (I'd rather not say)]"];

/// Answers after which only a text question is left.
const ALL_ELSE: &str = r#"{"concerns":["something-else"],"severity":{"something-else":"mild"},"skin-health":"good",
  "treatments-had":"none","more":false}"#;

/// Finishes the interview and returns the text in the summary.
fn sent(sandbox: &Sandbox, mut tty: Terminal) -> String {
    tty.press(ENTER);
    tty.wait("Your answers");
    tty.finish();
    let ended = tty.end();
    assert_eq!(ended.code, 0, "{}", ended.screen);
    let name = sandbox.outputs().into_iter().find(|name| name != "a.json").expect("a summary");
    let summary = serde_json::from_str(&sandbox.read(&name)).expect("JSON");
    answer(&summary, "concern-other")["free_text"].as_str().expect("a text").to_owned()
}

impl Terminal {
    /// Waits until these are the last rows of the screen, ignoring empty ones.
    fn ends_with(&self, rows: &[&str]) {
        let expected = rows.join("\n");
        self.shows(|screen| screen.ends_with(&expected));
    }
}

#[test]
fn a_text_longer_than_the_screen_shows_the_rows_around_the_cursor() {
    let sandbox = Sandbox::new();
    let mut tty = at_a_text(&sandbox, ALL_ELSE, (12, 60));
    let words: Vec<String> = (0..150).map(|word| format!("w{word:04}")).collect();
    tty.press(&words.join(" "));
    tty.ends_with(&[
        "w0132 w0133 w0134 w0135 w0136 w0137 w0138 w0139 w0140 w0141",
        "w0142 w0143 w0144 w0145 w0146 w0147 w0148 w0149",
        KEYS[0],
        KEYS[1],
    ]);
    // An ellipsis after the question shows that there is more text above.
    tty.shows(|screen| screen.contains(&format!("{QUESTION}…\n")));
    tty.press(HOME);
    tty.cursor_is_at(0, TEXT_COLUMN);
    let second = "w0002 w0003 w0004 w0005 w0006 w0007 w0008 w0009 w0010 w0011\n";
    tty.shows(|screen| screen.contains(&format!("{QUESTION} w0000 w0001\n{second}")));
    tty.press("First ");
    tty.cursor_is_at(0, TEXT_COLUMN + 6);
    // Down through every row: the row of the cursor is always visible.
    for _ in 0..20 {
        tty.press(DOWN);
    }
    tty.ends_with(&["w0141 w0142 w0143 w0144 w0145 w0146 w0147 w0148 w0149", KEYS[0], KEYS[1]]);
    tty.press(&format!("{END}{}and last ", LEFT.repeat(5)));
    assert_eq!(sent(&sandbox, tty), format!("First {} and last w0149", words[..149].join(" ")));
}

#[test]
fn the_smallest_screen_shows_the_typed_text() {
    let sandbox = Sandbox::new();
    let mut tty = at_a_text(&sandbox, ALL_ELSE, (5, 20));
    tty.ends_with(&["? What else is on", "  your mind about", "  your skin?"]);
    let text = "a mole on my left arm that itches at night, and in the sun";
    tty.press(text);
    tty.ends_with(&["? What else is on", "  your mind about", "  your skin?…", "itches at night, and", "in the sun"]);
    tty.press(&UP.repeat(3));
    tty.ends_with(&["  your skin? a mole", "on my left arm that", "itches at night, and"]);
    tty.cursor_is_at(2, 13);
    assert_eq!(sent(&sandbox, tty), text);
}

#[test]
fn a_text_field_is_redrawn_when_the_terminal_is_resized() {
    let sandbox = Sandbox::new();
    let mut tty = at_a_text(&sandbox, ALL_ELSE, (24, 80));
    tty.press(&format!("a mole on my left arm that itches{}", LEFT.repeat(6)));
    tty.cursor_is_at(0, 72);
    for (rows, columns, cursor) in [(24, 40, (2, 0)), (12, 60, (1, 14)), (5, 20, (4, 0)), (24, 80, (0, 72))] {
        tty.resize(rows, columns);
        // The redraw does not need a key press.
        tty.cursor_is_at(cursor.0, cursor.1);
    }
    tty.press("x");
    tty.wait(["xitches"]);
    tty.press(CTRL_C);
    let ended = tty.end();
    assert_eq!(ended.code, 130);
    assert!(ended.flowed().contains(&format!("xitches {} stopped: ", KEYS.join(" "))), "{}", ended.screen);
}

#[test]
fn a_long_paste_that_arrives_as_keys_is_fast() {
    let sandbox = Sandbox::new();
    let mut tty = at_a_text(&sandbox, ALL_ELSE, (24, 100));
    // Copying the text for each of its letters would take minutes.
    tty.press(&"It itches. ".repeat(40_000));
    tty.press_further(ENTER);
    tty.wait(["The text has 439999 characters"]);
    tty.press("\u{15}Short.");
    assert_eq!(sent(&sandbox, tty), "Short.");
}

#[test]
fn an_error_is_shown_once_above_the_text() {
    let sandbox = Sandbox::new();
    let mut tty = at_a_text(&sandbox, ALL_ELSE, (24, 100));
    tty.press(&format!("/absurd{ENTER}"));
    tty.wait(["There is no command “/absurd”"]);
    tty.press(&format!("{ENTER}{ENTER}\u{15}/nonsense{ENTER}"));
    tty.wait(["There is no command “/nonsense”"]);
    // The question and earlier errors are not repeated.
    let question = format!("\n{QUESTION} /nonsense\n");
    tty.shows(|screen| screen.contains(&question) && screen.matches(QUESTION).count() == 1);
    assert!(!tty.screen().contains("absurd"), "{}", tty.screen());
    tty.press("\u{15}Fine.");
    assert_eq!(sent(&sandbox, tty), "Fine.");
}
