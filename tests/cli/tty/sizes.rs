//! Narrow, low, resized, colourless and dumb terminals.

use super::back::all_but_the_texts;
use super::flows::{answer, required, summary};
use crate::cli::answers::{SHORT, file};
use crate::support::terminal::{CTRL_C, DOWN, ENTER, ESC, EndedTerminal, SPACE, UP};
use crate::support::{Sandbox, Terminal};
use serde_json::json;

/// Returns the parameters of every SGR sequence (colours, bold and the like) in the program's output.
fn sgr(bytes: &str) -> Vec<String> {
    let sequences = bytes.split("\u{1b}[").skip(1);
    let parameters = sequences.filter_map(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != ';' && c != ':')?;
        rest[end..].starts_with('m').then(|| rest[..end].to_owned())
    });
    parameters.collect()
}

fn is_colour(parameters: &str) -> bool {
    let first = |parameter: &str| parameter.parse::<u8>().unwrap_or(0);
    parameters.split([';', ':']).any(|parameter| matches!(first(parameter), 30..=38 | 40..=48 | 90..=107))
}

#[test]
fn a_narrow_and_low_terminal_shows_every_question_and_writes_the_same_summary() {
    let expected = Sandbox::new().run("summarize --stdout --format json").stdin(SHORT).stdout_has(["{"]).check().stdout;
    for (rows, columns) in [(24, 40), (12, 40), (8, 40), (24, 20), (50, 200)] {
        let sandbox = Sandbox::new();
        let mut tty = sandbox.terminal("--format json --date 2026-11-22").size(rows, columns).start();
        required(&mut tty, false);
        tty.wait("Your answers");
        tty.finish();
        let ended = tty.end();
        assert_eq!(ended.code, 0, "{rows} x {columns}\n{}", ended.screen);
        let [name] = sandbox.outputs().try_into().expect("one file");
        assert_eq!(sandbox.read(&name), expected, "{rows} x {columns}");
    }
}

#[test]
fn printed_lines_break_between_words_on_a_narrow_terminal() {
    let sandbox = Sandbox::new();
    let mut tty = sandbox.terminal("").size(60, 40).start();
    tty.wait_for_question(1);
    let screen = tty.screen();
    for line in [
        "This form helps you and your skin care",
        "professional talk. What it says comes",
        "Choose all that fit, and it is fine to",
    ] {
        assert!(screen.lines().any(|row| row == line), "{line}\n{screen}");
    }
    tty.press(CTRL_C);
    tty.end();
}

/// Returns the only line with a list's cursor.
fn cursor_line(tty: &Terminal) -> String {
    let screen = tty.screen();
    let mut marked = screen.lines().filter(|line| line.starts_with("> "));
    let (cursor_line, other) = (marked.next().unwrap_or_default().to_owned(), marked.next());
    assert!(!cursor_line.is_empty() && other.is_none(), "one line, and one only, is marked:\n{screen}");
    cursor_line
}

#[test]
fn a_long_list_on_a_narrow_terminal_does_not_move_the_question() {
    let sandbox = Sandbox::new();
    let mut tty = sandbox.terminal("--new").size(30, 40).start();
    tty.wait_for_question(1);
    tty.press(ENTER);
    tty.wait(["Nothing was ticked. Tick an option"]);
    assert!(tty.screen().contains("# Nothing was ticked."), "{}", tty.screen());
    for (keys, line) in [(DOWN, "> [ ]  1. Rough"), (SPACE, "> [x]  1. Rough"), (DOWN, "> [ ]  2. Uneven")] {
        tty.press(keys);
        tty.wait([line]);
        cursor_line(&tty);
    }
    tty.press(&DOWN.repeat(15));
    tty.wait(["> [ ] 17. Brown patches that a doctor"]);
    tty.press(&DOWN.repeat(5));
    tty.wait(["> [ ] 22. Something else"]);
    assert_eq!(cursor_line(&tty), "> [ ] 22. Something else");
    for line in [
        "This form helps you and your skin care",
        "Question 1 of about 5 · Your concerns",
        "? What would you like to talk about at",
        "  your visit?",
        "Enter when done, Esc to go back]",
    ] {
        assert!(tty.screen().lines().any(|row| row == line), "{line}\n{}", tty.screen());
    }
    // The error stays until the question is asked again.
    tty.press(ENTER);
    tty.wait_for_question(2);
}

#[test]
fn a_long_review_always_shows_the_line_under_the_cursor() {
    let skipped = r#"{"unknown":"skipped"}"#;
    let further = format!(
        r#""products":{{"chosen":["other"],"text":"{long}"}},"change-hoped-for":{skipped},"label":{skipped},"questions":"{long}","#,
        long = "a long text of many words ".repeat(38).trim()
    );
    let answers = all_but_the_texts().replace(r#""area""#, &format!("{further}{}", r#""area""#));
    let sandbox = Sandbox::with("a.json", answers);
    let mut tty = sandbox.terminal("--answers a.json").size(30, 40).start();
    tty.wait_for_review();
    // It opens at its top: the first answer is in view, and no entry is highlighted.
    for line in ["? Your answers", "   1. Concerns: "] {
        assert!(tty.screen().contains(line), "{}", tty.screen());
    }
    assert_eq!(tty.option_at_cursor(), None);
    tty.press(UP);
    tty.wait(["Everything is correct: finish"]);
    let mut lines = Vec::new();
    while lines.last().is_none_or(|line: &String| !line.starts_with(">  1. Concerns: ")) {
        tty.press(UP);
        tty.wait(["> "]);
        lines.push(cursor_line(&tty));
    }
    assert!(lines.len() > 18, "{lines:?}");
}

#[test]
fn a_list_is_redrawn_when_the_terminal_is_resized() {
    let sandbox = Sandbox::new();
    let mut tty = sandbox.terminal("").size(24, 80).start();
    tty.wait_for_question(1);
    tty.press(&format!("{DOWN}{SPACE}{DOWN}{DOWN}"));
    tty.wait(["> [ ]  3. Dull skin"]);
    for (rows, columns) in [(24, 40), (12, 40), (24, 80)] {
        tty.resize(rows, columns);
        // The redraw does not need a key press.
        tty.wait(["? What would you like", "> [ ]  3. Dull skin", "Esc to go back]"]);
        assert_eq!(cursor_line(&tty), "> [ ]  3. Dull skin");
        assert!(tty.screen().contains("[x]  1. Rough or uneven texture"), "{}", tty.screen());
        assert_eq!(tty.screen().matches("? What would you like").count(), 1, "{}", tty.screen());
    }
    tty.press(ENTER);
    tty.wait(["Question 2 of", "Rough or uneven texture: would you say", "Esc"]);
}

#[test]
fn a_text_prompt_is_redrawn_at_the_first_key_after_a_resize() {
    let sandbox = Sandbox::with("a.json", file(r#"{"concerns":["something-else"]}"#));
    let mut tty = sandbox.terminal("--answers a.json").size(24, 80).start();
    tty.wait(["What else is on your mind", "Esc"]);
    tty.press("a mole");
    tty.wait(["a mole"]);
    tty.resize(24, 40);
    tty.press(",");
    tty.wait(["Question 2 of", "What else is on your mind", "a mole,", "Esc"]);
    assert_eq!(tty.screen().matches("What else is on").count(), 1, "{}", tty.screen());
    tty.press(&format!(" too{ENTER}"));
    tty.wait(["a mole, too", "Question 3 of"]);
}

#[test]
fn plain_lines_break_between_words_on_a_terminal() {
    for columns in [100, 40] {
        let sandbox = Sandbox::new();
        let tty = sandbox.terminal("--plain").size(60, columns).start();
        tty.wait(["Question 1 of", "Type one or more numbers or /help."]);
        let screen = tty.screen();
        let words: Vec<&str> = screen.split_whitespace().collect();
        for word in ["cellulite", "changing", "Type", "numbers", "/help."] {
            assert!(words.contains(&word), "{word}\n{screen}");
        }
        assert!(screen.lines().all(|line| line.chars().count() <= columns.into()), "{screen}");
    }
}

#[test]
fn a_list_that_is_longer_than_the_screen_scrolls_to_every_option() {
    let sandbox = Sandbox::new();
    let mut tty = sandbox.terminal("--format json").size(10, 80).start();
    tty.wait_for_question(1);
    assert!(!tty.screen().contains("I am not sure yet"), "{}", tty.screen());
    tty.press(&DOWN.repeat(23));
    tty.wait(["> [ ] 23. I am not sure yet"]);
    tty.press(&format!("{SPACE}{ENTER}"));
    tty.wait(["Question 2 of about 5", "Overall, would you say"]);
    tty.press(CTRL_C);
    tty.end();
}

#[test]
fn the_stop_message_after_a_full_screen_list_has_its_own_line() {
    let sandbox = Sandbox::new();
    let mut tty = sandbox.terminal("").size(20, 70).start();
    tty.wait_for_question(1);
    tty.press(CTRL_C);
    let ended = tty.end();
    let message = ended.screen.lines().find(|line| line.contains("stopped: ")).expect("a stop message");
    assert_eq!(message.trim(), "stopped: at question 1 (Concerns); no summary was written", "{}", ended.screen);
}

#[test]
fn an_interview_continues_after_resizes_during_prompts() {
    let sandbox = Sandbox::new();
    let mut tty = sandbox.terminal("--format json").size(40, 100).start();
    tty.wait_for_question(1);
    tty.press(DOWN);
    for ((rows, columns), line) in [((40, 40), "2. Uneven"), ((12, 50), "3. Dull skin"), ((40, 120), "4. Wrinkles")] {
        tty.resize(rows, columns);
        tty.press(DOWN);
        tty.wait(&format!("> [ ]  {line}"));
    }
    tty.press(&format!("{SPACE}{ENTER}"));
    tty.wait(["Question 2 of", "Wrinkles or fine lines: would you say", "Esc"]);
    tty.resize(20, 40);
    tty.press(&DOWN.repeat(2));
    tty.wait(["> 2. Moderate"]);
    tty.press(ENTER);
    tty.wait_for_question(3);
    tty.choose("Good");
    tty.wait_for_question(4);
    tty.choose("None yet");
    tty.wait_for_question(5);
    tty.choose("No");
    tty.wait(["Your answers", "Esc"]);
    tty.resize(40, 80);
    tty.press(DOWN);
    tty.wait(["> 1. Concerns: "]);
    tty.press(&format!("{UP}{ENTER}"));
    assert_eq!(tty.end().code, 0);
    let summary = summary(&sandbox);
    assert_eq!(answer(&summary, "concerns")["codes"], json!(["wrinkles-fine-lines"]));
    assert_eq!(answer(&summary, "severity")["codes"], json!(["moderate"]));
}

/// Runs an interview with a refused answer, in the given environment, until Ctrl-C.
fn interview(environment: &[(&str, &str)]) -> EndedTerminal {
    let sandbox = Sandbox::new();
    let mut setup = sandbox.terminal("");
    for (name, value) in environment {
        setup = setup.env(name, value);
    }
    let mut tty = setup.start();
    tty.wait_for_question(1);
    tty.press(ENTER);
    tty.wait(["Nothing was ticked."]);
    tty.tick(&["Uneven or blotchy"]);
    tty.wait_for_question(2);
    tty.press(CTRL_C);
    tty.end()
}

#[test]
fn no_color_removes_every_colour() {
    let with = interview(&[]);
    assert!(sgr(&with.bytes).iter().any(|sgr| is_colour(sgr)), "no colours without NO_COLOR");
    let without = interview(&[("NO_COLOR", "1")]);
    let colours: Vec<String> = sgr(&without.bytes).into_iter().filter(|sgr| is_colour(sgr)).collect();
    assert!(colours.is_empty(), "{colours:?}");
    assert_eq!((with.code, without.code), (130, 130));
}

#[test]
fn a_finished_question_has_the_same_text_with_and_without_colours() {
    for (words, environment, back, text) in [
        ("", ("NO_COLOR", "1"), "(back)", "What would you like to talk about at your visit?"),
        ("", ("NO_COLOR", ""), "(back)", "What would you like to talk about at your visit?"),
        ("--lang es", ("NO_COLOR", "1"), "(atrás)", "¿De qué le gustaría hablar en su visita?"),
    ] {
        let sandbox = Sandbox::new();
        let mut tty = sandbox.terminal(words).env(environment.0, environment.1).size(50, 100).start();
        tty.wait([text, "Esc"]);
        tty.press(ESC);
        tty.wait([&format!("? {text} {back}"), "Ctrl-C", text, "Esc"]);
        tty.press(&format!("{DOWN}{SPACE}{DOWN}{SPACE}{ENTER}"));
        tty.wait([&format!("> {text} "), "Esc"]);
        tty.press(CTRL_C);
        let ended = tty.end();
        assert!(!ended.bytes.contains("<canceled>"), "{}", ended.screen);
        assert_eq!(sgr(&ended.bytes).iter().any(|sgr| is_colour(sgr)), environment.1.is_empty(), "{environment:?}");
    }
}

#[test]
fn chosen_options_are_separated() {
    let sandbox = Sandbox::new();
    let mut tty = sandbox.terminal("").size(40, 100).start();
    tty.wait_for_question(1);
    tty.tick(&["Acne scars", "Large pores"]);
    tty.wait(["visit? Acne scars (dents); ", "Esc"]);
    tty.press(CTRL_C);
    tty.end();
}

#[test]
fn errors_have_colours_on_a_terminal_unless_no_color_is_set() {
    for (environment, coloured) in [
        (None, true),
        (Some(("NO_COLOR", "1")), false),
        (Some(("NO_COLOR", "")), true),
        (Some(("TERM", "dumb")), false),
    ] {
        let sandbox = Sandbox::with("a.json", "{");
        let mut setup = sandbox.terminal("summarize a.json");
        if let Some((name, value)) = environment {
            setup = setup.env(name, value);
        }
        let ended = setup.start().end();
        assert_eq!(ended.code, 2);
        assert_eq!(!sgr(&ended.bytes).is_empty(), coloured, "{environment:?}\n{:?}", ended.bytes);
    }
}

#[test]
fn a_dumb_terminal_and_plain_use_no_escape_sequences() {
    for (words, environment) in [("", ("TERM", "dumb")), ("--plain", ("TERM", "xterm"))] {
        let sandbox = Sandbox::new();
        let mut tty = sandbox.terminal(&format!("--format json {words}")).env(environment.0, environment.1).start();
        for (prompt, reply) in [
            ("Question 1 of about 5", "acne-scars"),
            ("Question 2 of about 5", "back"),
            ("Question 1 of about 5", "7"),
            ("Question 2 of about 5", "2"),
            ("Question 3 of about 5", "good"),
            ("Question 4 of about 5", "none"),
            ("Question 5 of about 5", "no"),
            ("Your answers|number of an answer to change it.", "/done"),
        ] {
            // Typing starts after the whole prompt is shown.
            let (texts, end) = prompt.split_once('|').unwrap_or((prompt, " or /help."));
            tty.wait([texts, end]);
            tty.press(&format!("{reply}{ENTER}"));
        }
        let ended = tty.end();
        assert_eq!(ended.code, 0, "{}", ended.screen);
        assert!(!ended.bytes.contains('\u{1b}'), "{:?}", ended.bytes);
        assert_eq!(answer(&summary(&sandbox), "severity")["codes"], json!(["moderate"]));
    }
}

#[test]
fn ctrl_d_in_plain_lines_is_the_end_of_input() {
    let sandbox = Sandbox::new();
    let mut tty = sandbox.terminal("--plain").start();
    tty.wait(["Question 1 of about 5", "/help"]);
    tty.press("\u{4}");
    let ended = tty.end();
    assert_eq!(ended.code, 2, "{}", ended.screen);
    assert!(ended.screen.contains("the input ended at question 1"), "{}", ended.screen);
}
