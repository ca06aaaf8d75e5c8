//! Escape sequences in input never reach the terminal.

use crate::cli::answers::more;
use crate::support::terminal::{CTRL_C, ENTER, ESC};
use crate::support::{Sandbox, Terminal};

/// Sequences that set the title, clear the screen, set colours, move the cursor, change the direction and ring the
/// bell.
const HARMFUL: &str = "\u{1b}]0;EVIL\u{7}\u{1b}[2J\u{1b}[35mEVIL\u{9b}31m\u{202e}\u{2066}\u{200b}\u{8}\u{7f}\rEVIL";

fn assert_harmless(bytes: &str) {
    for part in
        ["\u{1b}]", "\u{1b}[2J", "\u{1b}[35m", "\u{9b}", "\u{202e}", "\u{2066}", "\u{200b}", "\u{7}", "\u{8}", "\u{7f}"]
    {
        assert!(!bytes.contains(part), "{part:?} reached the terminal:\n{bytes:?}");
    }
}

fn as_json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[test]
fn answers_from_a_file_are_cleaned_at_the_review_and_in_prompts() {
    let harm = as_json(HARMFUL);
    let answers = more(&format!(
        r#""products":{{"chosen":["other"],"text":{harm}}},"change-hoped-for":{{"chosen":"small","text":{harm}}},
  "medicines":{{"chosen":["other"],"text":{harm}}},"reactions":{{"chosen":["other"],"text":{harm}}},"questions":{harm},
  "label":{},"area":{{"acne-scars":["face"]}},"duration":{{"acne-scars":"unsure"}},"tried":{{"acne-scars":["none"]}},
  "scar-kind":["flat"],"treatments-planned":"none","history":["none"],"pregnancy":"no","sun":"unsure","home-roller":"never","age-band":"22-or-over","recent":["none"],"to-ask":["none"]"#,
        as_json(&HARMFUL.chars().take(40).collect::<String>())
    ));
    let sandbox = Sandbox::with("a.json", answers);
    let mut tty = sandbox.terminal("--answers a.json --format text").size(60, 100).start();
    tty.wait_for_review();
    assert!(tty.screen().contains("␛]0;EVIL␇␛[2J␛[35mEVIL"), "{}", tty.screen());
    // Go back through every text question.
    for question in [
        "Which age group",
        "What name or code",
        "What else would you like to ask",
        "Which of these",
        "Have you used a roller",
    ] {
        tty.press(ESC);
        tty.wait([question, "Esc"]);
    }
    for _ in 0..3 {
        tty.press(ESC);
        tty.wait(["Esc"]);
    }
    tty.wait(["Have you ever had a bad reaction", "Esc"]);
    tty.press(ENTER);
    tty.wait(["Add details", "␛]0;EVIL␇", "Esc"]);
    tty.press(CTRL_C);
    let ended = tty.end();
    assert_eq!(ended.code, 130);
    assert_harmless(&ended.bytes);
}

fn at_the_text_question(sandbox: &Sandbox) -> Terminal {
    let answers = more(
        r#""area":{"acne-scars":["face"]},"duration":{"acne-scars":"unsure"},"tried":{"acne-scars":["none"]},"scar-kind":["flat"],
  "treatments-planned":"none","history":["none"],"pregnancy":"no","sun":"unsure","home-roller":"never","age-band":"22-or-over",
  "medicines":["none"],"reactions":["none"],"recent":["none"],"to-ask":["none"],"products":["none"],"change-hoped-for":"small","label":"A""#,
    );
    std::fs::write(sandbox.path("a.json"), answers).expect("a file");
    // The screen has room for the whole summary.
    let tty = sandbox.terminal("--answers a.json --format json").size(120, 80).start();
    tty.wait(["What else would you like to ask", "Esc"]);
    tty
}

/// Most terminals remove escape sequences from pasted text, but not all do.
#[test]
fn pasted_escape_sequences_do_not_reach_the_terminal() {
    let sandbox = Sandbox::new();
    let mut tty = at_the_text_question(&sandbox);
    let before = tty.bytes().len();
    tty.press(&format!("\u{1b}[200~{HARMFUL}\u{1b}[201~"));
    tty.wait(["EVIL", "EVIL"]);
    tty.press(ENTER);
    tty.wait_for_review();
    tty.finish();
    let ended = tty.end();
    assert_eq!(ended.code, 0);
    assert!(ended.screen.contains("␛]0;EVIL␇␛[2J␛[35mEVIL"), "{}", ended.screen);
    assert_harmless(&ended.bytes[before..]);
}

#[test]
fn a_pasted_text_with_line_breaks_is_one_answer() {
    let sandbox = Sandbox::new();
    let mut tty = at_the_text_question(&sandbox);
    tty.press("\u{1b}[200~one\ntwo\r\nthree\u{1b}[201~");
    tty.wait(["one", "two", "three"]);
    tty.press(ENTER);
    tty.wait_for_review();
    tty.finish();
    assert_eq!(tty.end().code, 0);
    let summary = std::fs::read_to_string(
        sandbox.path(sandbox.outputs().iter().find(|name| name.contains("-A-")).expect("a summary")),
    )
    .expect("text");
    let summary: serde_json::Value = serde_json::from_str(&summary).expect("JSON");
    let text = summary["questions"]["free_text"].as_str().expect("a text");
    assert_eq!(text.split_whitespace().collect::<Vec<_>>(), ["one", "two", "three"]);
}

#[test]
fn escape_sequences_in_a_pack_do_not_reach_the_terminal() {
    let sandbox = Sandbox::new();
    let folder = sandbox.path("pack");
    std::fs::create_dir(&folder).expect("a folder");
    for name in ["pack.json", "questions.json", "statements.json", "rules.json", "es.json"] {
        let text = std::fs::read_to_string(format!("{}/rules/microneedling/{name}", env!("CARGO_MANIFEST_DIR")))
            .expect("a file of the pack");
        let text = text
            .replace("Rough or uneven texture", "\\u001b[35mEVIL\\u202e")
            .replace("Your concerns", "\\u001b]0;EVIL\\u0007");
        std::fs::write(folder.join(name), text).expect("a changed pack");
    }
    // The pack is either refused or shown cleaned. Its escape sequences never reach the terminal.
    let mut tty = sandbox.terminal("--pack pack").size(40, 80).start();
    tty.wait(["EVIL"]);
    if tty.screen().contains("Question 1") {
        tty.press(CTRL_C);
    }
    let ended = tty.end();
    let own_colours = ended.bytes.replace("\u{1b}[35m", "");
    assert!(
        !own_colours.contains("\u{1b}]") && !own_colours.contains('\u{202e}') && !own_colours.contains('\u{7}'),
        "{:?}",
        ended.bytes
    );
    assert!(!ended.bytes.contains("\u{1b}[35mEVIL"), "{:?}", ended.bytes);
}
