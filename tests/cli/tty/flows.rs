//! Complete interviews on the terminal.

use crate::cli::answers::SHORT;
use crate::support::terminal::{CTRL_C, DOWN, ENTER, ESC, SPACE, UP};
use crate::support::{Sandbox, Terminal};
use serde_json::{Value, json};

/// Answers the five required questions: acne scars, moderate, good, none, and `more` as the last one.
pub(crate) fn required(tty: &mut Terminal, more: bool) {
    tty.wait_for_question(1);
    tty.tick(&["Acne scars"]);
    tty.wait_for_question(2);
    tty.choose("Moderate");
    tty.wait_for_question(3);
    tty.choose("Good");
    tty.wait_for_question(4);
    tty.choose("None yet");
    tty.wait_for_question(5);
    tty.choose(if more { "Yes" } else { "No" });
}

/// Returns the only summary in the folder, as JSON.
pub(crate) fn summary(sandbox: &Sandbox) -> Value {
    let names = sandbox.outputs();
    let [name] = names.as_slice() else { panic!("{names:?}") };
    serde_json::from_str(&sandbox.read(name)).expect("JSON")
}

pub(crate) fn answer(summary: &Value, question: &str) -> Value {
    let answers = summary["answers"].as_array().expect("a list");
    answers.iter().find(|record| record["question"] == question).expect("every question has a record").clone()
}

#[test]
fn the_shortest_interview_writes_the_same_summary_as_the_answers_file() {
    let sandbox = Sandbox::with("a.json", SHORT);
    let mut tty = sandbox.terminal("--format json --date 2026-11-22").start();
    required(&mut tty, false);
    tty.wait_for_review();
    assert!(tty.screen().contains("Severity (Acne scars (dents)): Moderate"), "{}", tty.screen());
    tty.finish();
    let ended = tty.end();
    assert_eq!(ended.code, 0, "{}", ended.screen);
    assert!(ended.bytes.contains("Thank you. This is your summary:"), "{}", ended.screen);
    assert!(ended.screen.trim_end().ends_with("-patient.json"), "the path comes last:\n{}", ended.screen);
    let from_file = sandbox.run("summarize a.json --stdout --format json").stdout_has(["{"]).check().stdout;
    let [name] = sandbox.outputs().try_into().expect("one file");
    assert_eq!(sandbox.read(&name), from_file);
}

#[test]
fn the_path_of_the_summary_is_shown_on_the_terminal() {
    let start = "Please tell the staff that you have finished. Your summary is in ";
    for (words, message, redirected) in [
        ("--format json", Some(format!("{start}this file:\n")), ""),
        ("--format json,text --copy both", Some(format!("{start}these files:\n")), ""),
        (
            "--lang es --format json",
            Some("Avise al personal que terminó, por favor. Su resumen está en este archivo:\n".to_owned()),
            "",
        ),
        // With standard output redirected, the path is not shown.
        ("--format json", None, " >path"),
    ] {
        let sandbox = Sandbox::with("a.json", SHORT);
        let mut tty = sandbox.shell_on_a_terminal(&format!("exec \"$0\" --answers a.json {words}{redirected}")).start();
        tty.wait(["Esc"]);
        tty.finish();
        let ended = tty.end();
        assert_eq!(ended.code, 0, "{}", ended.screen);
        let Some(message) = message else {
            assert!(!ended.screen.contains(start), "{}", ended.screen);
            assert!(sandbox.read("path").ends_with("-patient.json\n"), "{}", sandbox.read("path"));
            continue;
        };
        let (_, paths) = ended.screen.rsplit_once(&message).unwrap_or_else(|| panic!("{message}\n{}", ended.screen));
        let mut paths: Vec<&str> = paths.trim_end().lines().collect();
        paths.sort_unstable();
        assert_eq!(paths, sandbox.outputs());
    }
}

#[test]
fn the_screen_shows_the_position_and_the_keys() {
    let sandbox = Sandbox::new();
    let mut tty = sandbox.terminal("").size(40, 80).start();
    tty.wait([
        "Before your visit: microneedling",
        "This form helps you",
        "Question 1 of about 5 · Your concerns",
        "Choose all that fit",
        "What would you like to talk about at your visit?",
        "Rough or uneven texture",
        "Up and down to move, Space to tick, Enter when done, Esc to go back",
    ]);
    tty.tick(&["Rough or uneven texture"]);
    tty.wait([
        "Question 2 of about 5\n",
        "Rough or uneven texture: would you say",
        "Up and down to move, Enter to choose, Esc to go back",
    ]);
    tty.press(CTRL_C);
    tty.end();
}

#[test]
fn every_kind_of_question_can_be_answered_skipped_and_declined() {
    let sandbox = Sandbox::new();
    let mut tty = sandbox.terminal("--format json --label B").start();
    required(&mut tty, true);
    // area: face and back; duration: declined; tried: skipped; scar-kind: unsure.
    tty.wait(["Question 6 of", "Skip this question"]);
    tty.tick(&["Face", "Back"]);
    tty.wait(["Question 7 of", "I'd rather not say", "Esc"]);
    tty.choose("I'd rather not say");
    tty.wait_for_question(8);
    tty.tick(&["Skip this question"]);
    tty.wait_for_question(9);
    tty.tick(&["I am not sure"]);
    tty.wait_for_question(10);
    tty.choose("One");
    // products with free text; change-hoped-for without.
    tty.wait_for_question(11);
    tty.tick(&["Moisturizer", "Something else"]);
    tty.wait(["Add details (optional):", "Esc"]);
    tty.press("Aloe, at night\r");
    tty.wait_for_question(12);
    tty.choose("A complete change");
    tty.wait(["Add details (optional):", "Esc"]);
    tty.press(ENTER);
    // history: declined; recent with free text; medicines: none; reactions: skipped.
    tty.wait_for_question(13);
    tty.tick(&["I'd rather not say"]);
    tty.wait_for_question(14);
    tty.tick(&["Waxing"]);
    tty.wait(["Add details", "Esc"]);
    tty.press("My lip\r");
    tty.wait_for_question(15);
    tty.tick(&["None of these"]);
    tty.wait(["Add details", "Esc"]);
    tty.press(ENTER);
    tty.wait_for_question(16);
    tty.tick(&["Skip this question"]);
    tty.wait_for_question(17);
    tty.choose("Not pregnant");
    tty.wait_for_question(18);
    tty.choose("Skip this question");
    tty.wait_for_question(19);
    tty.choose("I'd rather not say");
    // to-ask: two statements of the pack.
    tty.wait_for_question(20);
    tty.tick(&["Is the person who treats me trained", "Are there other options?"]);
    // questions: typed, with a slash; age-band. The label is already set.
    tty.wait(["Question 21 of", "/skip or /decline"]);
    tty.press("//Does it hurt?\r");
    tty.wait_for_question(23);
    tty.choose("Aged 22 or over");
    tty.wait_for_review();
    tty.finish();
    let ended = tty.end();
    assert_eq!(ended.code, 0, "{}", ended.screen);
    let summary = summary(&sandbox);
    for (question, state, codes, text) in [
        ("area", "answered", json!(["face", "back"]), Value::Null),
        ("duration", "declined", Value::Null, Value::Null),
        ("tried", "skipped", Value::Null, Value::Null),
        ("scar-kind", "answered", json!(["unsure"]), Value::Null),
        ("treatments-planned", "answered", json!(["one"]), Value::Null),
        ("products", "answered", json!(["moisturiser", "other"]), json!("Aloe, at night")),
        ("change-hoped-for", "answered", json!(["complete"]), Value::Null),
        ("history", "declined", Value::Null, Value::Null),
        ("recent", "answered", json!(["waxing"]), json!("My lip")),
        ("medicines", "answered", json!(["none"]), Value::Null),
        ("reactions", "skipped", Value::Null, Value::Null),
        ("pregnancy", "answered", json!(["no"]), Value::Null),
        ("sun", "skipped", Value::Null, Value::Null),
        ("home-roller", "declined", Value::Null, Value::Null),
        ("to-ask", "answered", json!(["who-treats", "alternatives"]), Value::Null),
        ("questions", "answered", Value::Null, json!("/Does it hurt?")),
        ("age-band", "answered", json!(["22-or-over"]), Value::Null),
    ] {
        let record = answer(&summary, question);
        assert_eq!(
            [&record["state"], &record["codes"], &record["free_text"]],
            [&json!(state), &codes, &text],
            "{question}"
        );
    }
}

#[test]
fn required_questions_cannot_be_skipped() {
    let sandbox = Sandbox::new();
    let mut tty = sandbox.terminal("").size(40, 80).start();
    tty.wait_for_question(1);
    assert!(!tty.screen().contains("Skip this question"), "{}", tty.screen());
    // An empty selection is refused, and the prompt stays.
    tty.press(ENTER);
    tty.wait(["Nothing was ticked. Tick an option with Space, then press Enter."]);
    // An exclusive option together with another one.
    tty.tick(&["Rough or uneven texture", "I am not sure yet"]);
    tty.wait(["“I am not sure yet” cannot be combined with other options"]);
    tty.press(&format!("{SPACE}{ENTER}"));
    tty.wait_for_question(2);
    assert!(!tty.screen().contains("Skip this question"), "{}", tty.screen());
    tty.press(CTRL_C);
    tty.end();
}

#[test]
fn a_skip_together_with_options_is_refused() {
    let sandbox = Sandbox::new();
    let mut tty = sandbox.terminal("").size(40, 80).start();
    required(&mut tty, true);
    tty.wait_for_question(6);
    tty.press(ENTER);
    tty.wait([
        "Nothing was ticked. Tick an option with Space",
        "To go on without an answer, tick “Skip this question”.",
    ]);
    tty.tick(&["Skip this question", "Face"]);
    // The cursor is on the tick that is wrong.
    tty.wait(["You ticked “Skip this question” and something else.", "> [x] 11. Skip this question"]);
    tty.press(&format!("{SPACE}{ENTER}"));
    tty.wait_for_question(7);
    tty.press(CTRL_C);
    tty.end();
}

#[test]
fn any_answer_can_be_changed_at_the_review() {
    let sandbox = Sandbox::new();
    let mut tty = sandbox.terminal("--format json").start();
    required(&mut tty, false);
    tty.wait_for_review();
    tty.choose("Severity (Acne scars");
    tty.wait(["Question 2 of about 5", "Esc"]);
    // The cursor is on the current answer: severe is one line below moderate.
    tty.press(&format!("{DOWN}{ENTER}"));
    // The cursor is on the changed answer: the next one is one line down.
    tty.wait(["Your answers", "> 2. Severity (Acne scars (dents)): Severe", "Esc"]);
    tty.press(&format!("{DOWN}{ENTER}"));
    tty.wait(["Question 3 of about 5", "Esc"]);
    // Esc leaves the answer as it was and returns to the review.
    tty.press(&format!("{DOWN}{ESC}"));
    tty.wait(["Your answers", "> 3. Overall skin health: Good", "Esc"]);
    // After Esc at the review, it opens at its top.
    tty.press(ESC);
    tty.wait_for_question(5);
    tty.press(ENTER);
    tty.wait(["Your answers", "  1. Concerns", "  6. Everything is correct: finish", "Esc"]);
    assert_eq!(tty.option_at_cursor(), None);
    tty.finish();
    assert_eq!(tty.end().code, 0);
    let summary = summary(&sandbox);
    assert_eq!(answer(&summary, "severity")["codes"], json!(["severe"]));
    assert_eq!(answer(&summary, "skin-health")["codes"], json!(["good"]));
}

#[test]
fn ctrl_c_exits_with_130_from_every_type_of_prompt_and_writes_nothing() {
    for place in ["many", "one", "own words", "text", "review"] {
        let sandbox = Sandbox::new();
        let mut tty = sandbox.terminal("--label C").start();
        match place {
            "many" => tty.wait_for_question(1),
            "one" => {
                tty.wait_for_question(1);
                tty.tick(&["Rough or uneven texture"]);
                tty.wait_for_question(2);
            }
            "review" => {
                required(&mut tty, false);
                tty.wait_for_review();
            }
            _ => {
                required(&mut tty, true);
                for number in 6..=21 {
                    tty.wait_for_question(number);
                    if number == 11 && place == "own words" {
                        tty.tick(&["Soap or face wash"]);
                        tty.wait(["Add details", "Esc"]);
                        break;
                    }
                    match number {
                        6 | 8 | 9 | 11 | 13..=16 | 20 => tty.tick(&["Skip this question"]),
                        7 | 10 | 12 | 17..=19 => tty.choose("Skip this question"),
                        _ => {}
                    }
                }
            }
        }
        tty.press(CTRL_C);
        let ended = tty.end();
        assert_eq!(ended.code, 130, "{place}\n{}", ended.screen);
        let at = match place {
            "many" => "question 1 (Concerns)",
            "one" => "question 2 (Severity (Rough or uneven texture))",
            "own words" => "question 11 (Products in use)",
            "text" => "question 21 (Your own questions)",
            _ => "the review",
        };
        let start = format!("stopped: at {at}; no summary was written");
        assert!(ended.flowed().contains(&start), "{place}\n{}", ended.screen);
        assert_eq!(sandbox.outputs(), [""; 0], "{place}");
        assert!(!ended.bytes.ends_with("\u{1b}[?25l"), "the cursor is still hidden");
    }
}

#[test]
fn the_list_wraps_around_and_not_sure_is_asked_once() {
    let sandbox = Sandbox::new();
    let mut tty = sandbox.terminal("--format json").start();
    tty.wait_for_question(1);
    // Up from the first line moves to the last one.
    tty.press(&format!("{UP}{SPACE}{ENTER}"));
    tty.wait(["Question 2 of about 5", "Overall, would you say", "Esc"]);
    tty.choose("I am not sure");
    tty.wait_for_question(3);
    tty.press(CTRL_C);
    assert_eq!(tty.end().code, 130);
}
