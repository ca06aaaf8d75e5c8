//! Typed text can be edited, and the cursor shows where the next letter goes.

use super::back::{all_but_the_texts, at_free_text};
use crate::cli::answers::file;
use crate::support::terminal::{CTRL_C, DOWN, END, ENTER, ESC, UP};
use crate::support::{Sandbox, Terminal};

pub(super) const HOME: &str = "\u{1b}[H";
pub(super) const LEFT: &str = "\u{1b}[D";
const RIGHT: &str = "\u{1b}[C";
const BACKSPACE: &str = "\u{7f}";
const DELETE: &str = "\u{1b}[3~";
pub(super) const QUESTION: &str = "? What else is on your mind about your skin?";
/// The column after the question and a space.
pub(super) const TEXT_COLUMN: u16 = 45;

/// Answers after which a text question is next, followed by more questions.
pub(super) const SOMETHING_ELSE: &str = r#"{"concerns":["something-else"]}"#;

/// Starts an interview with these answers and stops at the text question.
pub(super) fn at_a_text(sandbox: &Sandbox, answers: &str, (rows, columns): (u16, u16)) -> Terminal {
    std::fs::write(sandbox.path("a.json"), file(answers)).expect("a file");
    let tty = sandbox.terminal("--answers a.json --format json").size(rows, columns).start();
    tty.wait(["What else is on your mind about your skin?"]);
    tty
}

impl Terminal {
    /// Waits until `is_right` accepts the screen, without the trailing spaces of its rows.
    pub(super) fn shows(&self, is_right: impl Fn(&str) -> bool) {
        let result = self.until(|_| {
            let rows: Vec<_> = self.screen().lines().map(|row| row.trim_end().to_owned()).collect();
            is_right(&rows.join("\n")).then_some(())
        });
        assert!(result.is_some(), "the program ended before; screen:\n{}", self.screen());
    }

    /// Waits until the screen shows the question, followed by these rows and the key help.
    fn typed(&self, rows: &str) {
        let expected = format!("{}\n[Enter to continue", format!("{QUESTION} {rows}").trim_end_matches(' '));
        self.shows(|screen| screen.contains(&expected));
    }

    /// Waits until the cursor is `row` rows below the only question on the screen, in the given column.
    pub(super) fn cursor_is_at(&self, row: u16, column: u16) {
        self.shows(|screen| {
            let mut questions = screen.lines().enumerate().filter(|(_, line)| line.starts_with("? "));
            let (first, second) = (questions.next(), questions.next());
            let position = |(at, _)| (u16::try_from(at).expect("a row") + row, column);
            second.is_none() && first.map(position) == Some(self.cursor())
        });
    }
}

/// Returns the code of a letter typed with Ctrl.
fn ctrl(letter: char) -> String {
    char::from(letter as u8 & 0x1f).to_string()
}

fn alt(letter: char) -> String {
    format!("{ESC}{letter}")
}

#[test]
fn editing_keys_work_as_in_a_shell() {
    let sandbox = Sandbox::new();
    let mut tty = at_a_text(&sandbox, SOMETHING_ELSE, (24, 100));
    for (text, keys, typed) in [
        ("one two", ctrl('a'), "Xone two"),
        ("one two", HOME.to_owned(), "Xone two"),
        ("one two", ctrl('a') + &ctrl('e'), "one twoX"),
        ("one two", format!("{HOME}{END}"), "one twoX"),
        ("one two", LEFT.repeat(2), "one tXwo"),
        ("one two", ctrl('b').repeat(2), "one tXwo"),
        ("one two", format!("{HOME}{RIGHT}"), "oXne two"),
        ("one two", HOME.to_owned() + &ctrl('f'), "oXne two"),
        // Not beyond the ends.
        ("one", format!("{RIGHT}{}{BACKSPACE}", LEFT.repeat(9)), "Xone"),
        // By words.
        ("one two three", "\u{1b}[1;5D".repeat(2), "one Xtwo three"),
        ("one two three", alt('b').repeat(2), "one Xtwo three"),
        ("one two three", HOME.to_owned() + "\u{1b}[1;5C", "one Xtwo three"),
        ("one two three", HOME.to_owned() + &alt('f'), "one Xtwo three"),
        ("one two three", HOME.to_owned() + &alt('F'), "one Xtwo three"),
        ("one two three", HOME.to_owned() + &alt('d'), "Xtwo three"),
        ("one two three", HOME.to_owned() + "\u{1b}[3;5~", "Xtwo three"),
        ("one two three", ctrl('w'), "one two X"),
        ("one two three", alt('\u{7f}'), "one two X"),
        // To both ends, and deleting up to them.
        ("one two", alt('b') + &ctrl('u'), "Xtwo"),
        ("one two", alt('b') + &ctrl('k'), "one X"),
        ("one two", ctrl('u') + &ctrl('y'), "one twoX"),
        // One grapheme cluster.
        ("on\u{e9}", BACKSPACE.to_owned(), "onX"),
        ("one\u{301}", BACKSPACE.to_owned(), "onX"),
        ("on🇩🇪", ctrl('h'), "onX"),
        ("a👩🏽‍⚕️b", LEFT.repeat(2) + DELETE, "aXb"),
        ("a👩🏽‍⚕️b", LEFT.repeat(2) + &ctrl('d'), "aXb"),
        ("日本語", LEFT.to_owned() + BACKSPACE, "日X語"),
    ] {
        tty.press(&format!("{text}{keys}X"));
        tty.typed(typed);
        tty.press(&format!("{END}{}", BACKSPACE.repeat(20)));
        tty.typed("");
    }
}

#[test]
fn keys_without_a_meaning_type_nothing() {
    let sandbox = Sandbox::new();
    let mut tty = at_a_text(&sandbox, SOMETHING_ELSE, (24, 100));
    // Ctrl-C stops the interview; Ctrl with I, J, M and [ is Tab, Enter and Esc. Ctrl-Z and Ctrl-\ are tested too.
    let with_ctrl = "glnopqrstvxz\\]^_ @".chars().map(ctrl).collect::<String>();
    let with_alt = "acehnpqxyzAZ059".chars().map(alt).collect::<String>();
    let with_both = "gx".chars().map(|letter| format!("{ESC}{}", ctrl(letter))).collect::<String>();
    let others = ["\t", "\u{1b}OP", "\u{1b}[15~", "\u{1b}[2~", "\u{1b}[5~", "\u{1b}[6~", "\u{1b}[Z", UP, DOWN].concat();
    for keys in [with_ctrl, with_alt, with_both, others] {
        tty.press(&format!("a{keys}b"));
        tty.typed("ab");
        tty.press(&BACKSPACE.repeat(2));
        tty.typed("");
    }
    tty.press(&format!("a mole{}{ENTER}", ctrl('l')));
    tty.wait_for_question(3);
    assert!(tty.screen().contains("> What else is on your mind about your skin? a mole\n"), "{}", tty.screen());
}

#[test]
fn the_cursor_shows_where_the_next_letter_goes() {
    let sandbox = Sandbox::new();
    let mut tty = at_a_text(&sandbox, SOMETHING_ELSE, (24, 60));
    tty.cursor_is_at(0, TEXT_COLUMN);
    for (keys, (row, column)) in [
        // Seven characters of two columns each leave one column, which is too narrow for the eighth.
        ("日本語テキスト", (0, 59)),
        ("字", (1, 2)),
        (LEFT, (1, 0)),
        (LEFT, (0, 57)),
        // The inserted letter shifts the rest of the row.
        ("x", (0, 58)),
        (RIGHT, (1, 0)),
        (RIGHT, (1, 2)),
        (HOME, (0, TEXT_COLUMN)),
        (DOWN, (1, 2)),
        (DOWN, (1, 2)),
        (UP, (0, TEXT_COLUMN)),
        (UP, (0, TEXT_COLUMN)),
        (RIGHT, (0, 47)),
        (END, (1, 2)),
        // A combining mark takes no column, and a full row has no room for the cursor after it.
        ("e\u{301}", (1, 3)),
        ("wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww", (1, 59)),
        ("w", (2, 0)),
        (UP, (1, 0)),
        (LEFT, (0, 58)),
        (DOWN, (1, 58)),
    ] {
        tty.press(keys);
        tty.cursor_is_at(row, column);
    }
    tty.typed(&format!("日本語テキスxト\n字e\u{301}{}\n", "w".repeat(57)));
}

#[test]
fn pasted_text_is_inserted_at_the_cursor() {
    let sandbox = Sandbox::new();
    let mut tty = at_a_text(&sandbox, SOMETHING_ELSE, (24, 100));
    tty.press(&format!("ab{LEFT}\u{1b}[200~1\r\n\r\n2\t\u{1b}[35m\u{1b}[201~X"));
    tty.typed("a1\n2 ␛[35mXb");
    tty.cursor_is_at(1, 8);
    // The empty line is shown while the cursor is in it.
    tty.press(&format!("{HOME}{}", RIGHT.repeat(3)));
    tty.typed("a1\n\n2 ␛[35mXb");
    tty.cursor_is_at(1, 0);
    tty.press(&format!("{BACKSPACE}{DELETE}"));
    tty.typed("a12 ␛[35mXb");
    tty.press(ENTER);
    tty.wait_for_question(3);
    assert!(
        !tty.bytes().contains("\u{1b}[35m\u{1b}[201~") && !tty.bytes().contains("\u{1b}[35mX"),
        "{:?}",
        tty.bytes()
    );
}

#[test]
fn a_text_left_with_esc_keeps_its_trailing_space() {
    let sandbox = Sandbox::new();
    let mut tty = at_a_text(&sandbox, SOMETHING_ELSE, (24, 100));
    tty.press(&format!("one\u{1b}[200~\r\u{1b}[201~two {ESC}"));
    tty.wait(["What would you like to talk about at your visit?", "Esc"]);
    tty.press(ENTER);
    tty.wait(["What else is on your mind about your skin?", "Esc"]);
    tty.typed("one\ntwo");
    tty.press("words");
    tty.typed("one\ntwo words");
    tty.press(CTRL_C);
    assert_eq!(tty.end().code, 130);
}

#[test]
fn a_text_that_is_too_long_can_be_shortened() {
    let sandbox = Sandbox::with("a.json", all_but_the_texts());
    let mut tty = at_free_text(&sandbox, "");
    tty.press(&format!("{}{ENTER}", "x".repeat(1001)));
    let message = "# The text has 1001 characters; the limit is 1000. Please shorten it.";
    tty.wait([message, "? Add details (optional): xxx", "Esc"]);
    tty.press(&format!("{BACKSPACE}{ENTER}"));
    tty.wait(["> Add details (optional):", "Question"]);
    assert_eq!(tty.screen().matches('x').count(), 1000, "{}", tty.screen());
    tty.press(CTRL_C);
    assert_eq!(tty.end().code, 130);
}

#[test]
fn enter_skips_an_empty_optional_text_and_says_so() {
    let sandbox = Sandbox::new();
    let mut tty = at_a_text(&sandbox, SOMETHING_ELSE, (24, 100));
    tty.wait(["or to skip if it is empty", "/skip or /decline (I'd rather not say)"]);
    for (keys, shown) in
        [("/decline", "I'd rather not say"), ("", "I'd rather not say"), ("   ", "Skipped"), ("/SKIP", "Skipped")]
    {
        tty.press(&format!("{keys}{ENTER}"));
        tty.wait([&format!("> What else is on your mind about your skin? {shown}"), "Question 3 of", "Esc"]);
        tty.press(ESC);
        tty.wait(["Question 2 of", "Esc"]);
    }
    // A text that is deleted is skipped too.
    tty.press(&format!("a mole{ENTER}"));
    tty.wait_for_question(3);
    tty.press(ESC);
    tty.wait(["your skin? a mole", "Esc"]);
    tty.press(&format!("{}{ENTER}", ctrl('u')));
    tty.wait(["> What else is on your mind about your skin? Skipped", "Question 3 of", "Esc"]);
    tty.press(CTRL_C);
    assert_eq!(tty.end().code, 130);
}

#[test]
fn words_are_not_broken_between_rows() {
    let sandbox = Sandbox::new();
    let mut tty = at_a_text(&sandbox, SOMETHING_ELSE, (24, 60));
    tty.press("a mole on my left arm");
    tty.typed("a mole on my\nleft arm");
    tty.cursor_is_at(1, 8);
    tty.press(&format!("{HOME}{}", RIGHT.repeat(13)));
    tty.cursor_is_at(1, 0);
    tty.press(&format!("{LEFT}x"));
    tty.typed("a mole on myx\nleft arm");
    tty.press(CTRL_C);
    assert_eq!(tty.end().code, 130);
}

#[test]
fn a_key_sequence_that_arrives_in_two_reads_is_one_key() {
    let sandbox = Sandbox::new();
    let mut tty = at_a_text(&sandbox, SOMETHING_ELSE, (24, 100));
    let pause = std::time::Duration::from_millis(60);
    for (text, sequence, typed) in [
        ("ab", LEFT, "aXb"),
        ("ab", "\u{1b}OD", "aXb"),
        ("ab", HOME, "Xab"),
        ("ab", "\u{1b}[1~", "Xab"),
        ("ab cd", "\u{1b}[1;5D", "ab Xcd"),
        ("ab cd", "\u{1b}b", "ab Xcd"),
        ("ab", "\u{1b}[24~", "abX"),
        ("ab", "\u{1b}[200~one two\u{1b}[201~", "abone twoX"),
    ] {
        tty.press(&format!("{text}{ESC}"));
        std::thread::sleep(pause);
        tty.press_further(&sequence[1..]);
        // A paste ends with a pause of the keys.
        std::thread::sleep(5 * pause);
        tty.press_further("X");
        tty.typed(typed);
        tty.press(&format!("{END}{}", BACKSPACE.repeat(20)));
        tty.typed("");
    }
    // Esc alone is still a key.
    tty.press(ESC);
    tty.wait_for_question(1);
    tty.press(ESC);
    std::thread::sleep(pause);
    tty.press_further("[B");
    tty.wait("> [ ]");
    assert_eq!(tty.option_at_cursor().as_deref(), Some("I am not sure yet"));
    tty.press(CTRL_C);
    assert_eq!(tty.end().code, 130);
}

#[test]
fn a_command_is_refused_as_free_text() {
    let sandbox = Sandbox::with("a.json", all_but_the_texts());
    let mut tty = at_free_text(&sandbox, "");
    tty.press(&format!("/Skip {ENTER}"));
    tty.wait(["“/Skip” works only at the question. Press Esc to return to it.", "details (optional): /Skip"]);
    // With more text after it, it is accepted.
    tty.press(&format!("it{ENTER}"));
    tty.wait(["How much change would you like?", "Esc"]);
    tty.press(CTRL_C);
    assert_eq!(tty.end().code, 130);
}

/// Terminals differ in the width of some characters. A row that is too wide must not run over into the next one.
#[test]
fn rows_are_drawn_without_line_wrap() {
    let sandbox = Sandbox::new();
    let mut tty = at_a_text(&sandbox, SOMETHING_ELSE, (24, 60));
    let before = tty.bytes().len();
    tty.press(&format!("{}{ENTER}", "👍🏽".repeat(40)));
    tty.wait_for_question(3);
    let drawn = tty.bytes()[before..].to_owned();
    let mut wraps = true;
    for part in drawn.split_inclusive(['l', 'h']) {
        assert!(!wraps || !part.contains('👍'), "{drawn:?}");
        wraps = if part.ends_with("\u{1b}[?7l") { false } else { wraps || part.ends_with("\u{1b}[?7h") };
    }
    assert!(wraps && drawn.contains('👍'), "{drawn:?}");
}
