//! Plain lines on a terminal: refused replies, input before a prompt, and how this mode comes on.

use crate::support::terminal::CTRL_C;
use crate::support::{Sandbox, Terminal};
use serde_json::{Value, json};

const OPTIONS: &str = "--plain --format json --date 2026-11-22";

/// Waits for each text, and then types a line.
fn play(tty: &mut Terminal, turns: &[(&str, &str)]) {
    for (wait, keys) in turns {
        tty.wait(*wait);
        tty.press(&format!("{keys}\r"));
    }
}

/// Waits for the end, and returns the answers in the summary, by question.
fn answers(sandbox: &Sandbox, tty: Terminal) -> Vec<(String, Value)> {
    let ended = tty.end();
    assert_eq!(ended.code, 0, "{}", ended.screen);
    let [file] = &sandbox.outputs()[..] else { panic!("one file: {:?}", sandbox.outputs()) };
    let summary: Value = serde_json::from_str(&sandbox.read(file)).expect("JSON");
    let records = summary["answers"].as_array().expect("a list of answers").iter();
    let given = records.filter(|record| record["state"] != "not-asked" && record["state"] != "skipped");
    let value = |record: &Value| match record.get("free_text") {
        Some(text) => text.clone(),
        None => record["codes"].clone(),
    };
    given.map(|record| (record["question"].as_str().expect("an id").to_owned(), value(record))).collect()
}

fn expected(answers: &[(&str, Value)]) -> Vec<(String, Value)> {
    answers.iter().map(|(question, value)| ((*question).to_owned(), value.clone())).collect()
}

#[test]
fn a_refused_reply_is_asked_for_again() {
    let sandbox = Sandbox::new();
    let mut tty = sandbox.terminal(OPTIONS).size(60, 100).start();
    play(
        &mut tty,
        &[
            ("Question 1 of", "7,8,24"),
            ("There is no option “24”.", ""),
            ("Nothing was chosen.", "7"),
            ("Question 2 of", "/skip"),
            ("needs an answer and cannot be skipped", "mild, severe"),
            ("Only one option is allowed here.", "mild"),
            ("Question 3 of", "good"),
            ("Question 4 of", "none"),
            ("Question 5 of", "perhaps"),
            ("“perhaps” is no answer here. Type Yes or No.", "n"),
            ("Your answers", "6"),
            ("Type /done, or a number from 1 to 5.", "/done"),
        ],
    );
    let expected = expected(&[
        ("concerns", json!(["acne-scars"])),
        ("severity", json!(["mild"])),
        ("skin-health", json!(["good"])),
        ("treatments-had", json!(["none"])),
        ("more", json!(["no"])),
    ]);
    assert_eq!(answers(&sandbox, tty), expected);
}

#[test]
fn lines_before_a_prompt_answer_nothing() {
    let sandbox = Sandbox::new();
    // Typed before the program started.
    let mut tty = sandbox.terminal(OPTIONS).size(60, 100).keys_ahead("5\r5\r").start();
    play(
        &mut tty,
        &[
            ("Question 1 of", "7\r1\r1"),
            ("What was typed before this was not used.", "mild\r\r\r\r"),
            ("Question 3 of", "good"),
            ("Question 4 of", "none"),
            ("Question 5 of", "y"),
        ],
    );
    for number in 6..21 {
        tty.wait(["Question", &format!("{number} of"), "/help."]);
        tty.press("/skip\r");
    }
    play(
        &mut tty,
        &[
            ("What else would you like to ask", "How long does it last?\rDoes it hurt?\rAna\r"),
            ("What name or code would you like", ""),
            ("Nothing was typed.", "/skip"),
            ("Which age group are you in?", "/skip"),
            ("Your answers", "/done"),
        ],
    );
    let expected = expected(&[
        ("concerns", json!(["acne-scars"])),
        ("severity", json!(["mild"])),
        ("skin-health", json!(["good"])),
        ("treatments-had", json!(["none"])),
        ("more", json!(["yes"])),
        ("questions", json!("How long does it last?")),
    ]);
    assert_eq!(answers(&sandbox, tty), expected);
}

/// Types words into lists, presses Enter too often, pastes and goes back: the page has only what she chose.
#[test]
fn a_hurried_patient_answers_only_what_she_chose() {
    let sandbox = Sandbox::new();
    let mut tty = sandbox.terminal(&format!("{OPTIONS} --lang es")).size(60, 100).keys_ahead("\r\r").start();
    play(
        &mut tty,
        &[
            ("Pregunta 1 de", "Níquel, me sale un sarpullido"),
            ("No hay ninguna opción «Níquel».", "\r\r"),
            ("No eligió nada.", "rojeces y manchas\rdesde el verano\r"),
            ("No hay ninguna opción «rojeces y manchas».", "estrias\r\r\r"),
            ("Pregunta 2 de", ""),
            ("No eligió nada.", "1"),
            ("Pregunta 3 de", "/back"),
            ("Pregunta 2 de", "/back"),
            ("Su respuesta actual: Estrías", "/review"),
            ("Sus respuestas", "done"),
            ("Pregunta 3 de", "b"),
            ("Pregunta 4 de", "no"),
            ("No hay ninguna opción «no».", "5."),
        ],
    );
    tty.wait("Pregunta 5 de");
    play(
        &mut tty,
        &[("Escriba Sí, No", "no gracias"), ("no es una respuesta aquí", "no"), ("Sus respuestas", "/done")],
    );
    let expected = expected(&[
        ("concerns", json!(["stretch-marks"])),
        ("severity", json!(["mild"])),
        ("skin-health", json!(["good"])),
        ("treatments-had", json!(["unsure"])),
        ("more", json!(["no"])),
    ]);
    assert_eq!(answers(&sandbox, tty), expected);
}

#[test]
fn the_environment_and_the_settings_turn_plain_lines_on() {
    let sandbox = Sandbox::with("clinic.toml", "plain = true\n");
    let is_plain = |arguments: &str, name: &str, value: &str| {
        let mut tty = sandbox.terminal(arguments).size(60, 100).env(name, value).start();
        tty.wait("Question 1 of");
        let plain = tty.until(|drawn| {
            let is_plain = drawn.contains("or /help.");
            (is_plain || drawn.contains("Space to tick")).then_some(is_plain)
        });
        tty.press(CTRL_C);
        assert_eq!(tty.code(), 130);
        plain.expect("a prompt")
    };
    for (value, expected) in [("1", true), ("yes", true), ("", false), ("0", false), ("false", false)] {
        assert_eq!(is_plain("", "ACCESSIBLE", value), expected, "ACCESSIBLE={value}");
    }
    assert!(is_plain("", "TERM", "dumb"));
    assert!(is_plain("--config clinic.toml", "UNUSED", ""));
    assert!(!is_plain("", "UNUSED", ""));
}
