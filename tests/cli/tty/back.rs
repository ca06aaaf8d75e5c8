//! Esc goes back one question everywhere, without losing input.

use super::flows::{answer, required, summary};
use crate::support::sandbox::names_in;
use crate::support::terminal::{CTRL_C, DOWN, ENTER, ESC, SPACE};
use crate::support::{Sandbox, Terminal};
use serde_json::json;

#[test]
fn esc_at_the_first_question_stays_there() {
    let sandbox = Sandbox::new();
    let mut tty = sandbox.terminal("").size(40, 80).start();
    tty.wait_for_question(1);
    tty.press(ESC);
    tty.wait(["This is the first question. To stop here, press Ctrl-C.", "Question 1 of", "Esc to go back"]);
    tty.press(CTRL_C);
    assert_eq!(tty.end().code, 130);
}

#[test]
fn esc_goes_from_the_review_back_to_the_first_question() {
    let sandbox = Sandbox::new();
    let mut tty = sandbox.terminal("--format json").size(40, 80).start();
    required(&mut tty, false);
    tty.wait_for_review();
    for number in (1..=5).rev() {
        tty.press(ESC);
        tty.wait_for_question(number);
    }
    // The answers are kept: Enter confirms the old one, and the review is next.
    assert!(tty.screen().contains("[x]  7. Acne scars"), "{}", tty.screen());
    tty.press(ENTER);
    tty.wait_for_review();
    tty.finish();
    assert_eq!(tty.end().code, 0);
    let summary = summary(&sandbox);
    for (question, code) in
        [("concerns", "acne-scars"), ("severity", "moderate"), ("skin-health", "good"), ("treatments-had", "none")]
    {
        assert_eq!(answer(&summary, question)["codes"], json!([code]), "{question}");
    }
}

#[test]
fn the_cursor_starts_at_the_current_answer() {
    let sandbox = Sandbox::new();
    let mut tty = sandbox.terminal("--format json").size(40, 80).start();
    required(&mut tty, false);
    tty.wait_for_review();
    tty.press(ESC);
    tty.wait_for_question(5);
    tty.press(ESC);
    tty.wait_for_question(4);
    tty.wait("> 1. None yet");
    // The next question is answered already.
    tty.choose("Three to five");
    tty.wait_for_review();
    tty.finish();
    assert_eq!(tty.end().code, 0);
    let summary = summary(&sandbox);
    assert_eq!(answer(&summary, "treatments-had")["codes"], json!(["3-5"]));
    assert_eq!(answer(&summary, "more")["codes"], json!(["no"]));
}

/// Returns an answers file without the answers to the text questions.
pub(crate) fn all_but_the_texts() -> String {
    crate::cli::answers::more(
        r#""area":{"acne-scars":["face"]},"duration":{"acne-scars":"unsure"},"tried":{"acne-scars":["none"]},"scar-kind":["flat"],
  "treatments-planned":"none","history":["none"],"pregnancy":"no","sun":"unsure","home-roller":"never","age-band":"22-or-over",
  "medicines":["none"],"reactions":["none"],"recent":["none"],"to-ask":["none"]"#,
    )
}

#[test]
fn esc_goes_back_from_a_text_and_from_free_text() {
    let sandbox = Sandbox::with("a.json", all_but_the_texts());
    let mut tty = sandbox.terminal("--answers a.json --format json").size(40, 80).start();
    // Free text: back to the choice, which is still ticked, and forward again.
    tty.wait(["What do you put on your skin now?", "Esc"]);
    tty.tick(&["Soap or face wash", "Sunscreen"]);
    tty.wait(["Add details", "Esc"]);
    tty.press("half a word");
    tty.wait(["half a word"]);
    tty.press(ESC);
    tty.wait(["What do you put on your skin now?", "Esc"]);
    for ticked in ["[x]  1. Soap or face wash", "[ ]  2. Moisturizer", "[x]  3. Sunscreen"] {
        assert!(tty.screen().contains(ticked), "{ticked}\n{}", tty.screen());
    }
    tty.press(ENTER);
    tty.wait(["Add details (optional): half a word", "Esc"]);
    tty.press(" more\r");
    // The same with a single choice.
    tty.wait(["How much change would you like?", "Esc"]);
    tty.choose("A complete change");
    tty.wait(["Add details", "Esc"]);
    tty.press(ESC);
    tty.wait(["How much change would you like?", "> 3. A complete change", "Esc"]);
    tty.press(ENTER);
    tty.wait(["Add details", "Esc"]);
    tty.press(ENTER);
    // A text: back to the previous question, and forward to the text.
    tty.wait(["What else would you like to ask at your visit?", "Esc"]);
    tty.press("Does it");
    tty.wait(["Does it"]);
    tty.press(ESC);
    tty.wait(["Which of these would you like to ask", "> [x]  9. None of these", "Esc"]);
    tty.press(ENTER);
    tty.wait(["What else would you like to ask at your visit? Does it", "Esc"]);
    tty.press(&format!("{}/back\r", "\u{7f}".repeat(7)));
    tty.wait(["Which of these would you like to ask", "Esc"]);
    tty.press(ENTER);
    tty.wait(["What else would you like to ask at your visit?", "Esc"]);
    tty.press("Does it hurt?\r");
    tty.wait(["What name or code", "Esc"]);
    // Back to an answered text, which can be edited.
    tty.press(ESC);
    tty.wait(["What else would you like to ask at your visit? Does it hurt?", "Esc"]);
    tty.press(" Much?\r");
    tty.wait(["What name or code", "Esc"]);
    tty.press("/skip\r");
    tty.wait_for_review();
    tty.finish();
    assert_eq!(tty.end().code, 0);
    let summary = summary(&sandbox);
    assert_eq!(answer(&summary, "products")["codes"], json!(["cleanser", "sunscreen"]));
    assert_eq!(answer(&summary, "products")["free_text"], "half a word more");
    assert_eq!(answer(&summary, "change-hoped-for")["codes"], json!(["complete"]));
    assert_eq!(summary["questions"]["free_text"], "Does it hurt? Much?");
    assert_eq!(answer(&summary, "label")["state"], "skipped");
}

#[test]
fn a_refused_text_does_not_block_esc_and_is_not_lost() {
    let sandbox = Sandbox::with(
        "a.json",
        all_but_the_texts().replace(
            "\"home-roller\":\"never\"",
            r#""home-roller":"never","products":["none"],"change-hoped-for":"small","questions":"Why?""#,
        ),
    );
    let mut tty = sandbox.terminal("--answers a.json --format json").size(40, 80).start();
    tty.wait(["What name or code", "Esc"]);
    tty.press(&format!("{}{ENTER}", "x".repeat(61)));
    tty.wait(["The text has 61 characters; the limit is 60. Please shorten it.", "What name or code", "Esc"]);
    // The typed text is still there. Without its last character it fits.
    tty.press(&format!("\u{7f}{ENTER}"));
    tty.wait_for_review();
    tty.press(ESC);
    tty.wait(["Which age group", "Esc"]);
    tty.press(ESC);
    tty.wait(["What name or code", "Esc"]);
    tty.press(&format!("{}{ENTER}", "y".repeat(3)));
    tty.wait(["The text has 63 characters", "Esc"]);
    tty.press(ESC);
    tty.wait(["What else would you like to ask", "Esc"]);
    tty.press(ENTER);
    tty.wait_for_review();
    // The refused text is offered again in its prompt, but it is not the answer.
    for question in ["Which age group", "xxxyyy"] {
        tty.press(ESC);
        tty.wait([question, "Esc"]);
    }
    tty.press(ESC);
    tty.wait(["What else would you like to ask", "Esc"]);
    tty.press(ENTER);
    tty.wait_for_review();
    tty.finish();
    assert_eq!(tty.end().code, 0);
    assert_eq!(summary(&sandbox)["label"], json!("x".repeat(60)));
}

/// Starts an interview with [`all_but_the_texts`] and stops at the free text of a choice.
pub(super) fn at_free_text(sandbox: &Sandbox, options: &str) -> Terminal {
    let mut tty = sandbox.terminal(&format!("--answers a.json {options}")).size(60, 80).start();
    tty.wait(["What do you put on your skin now?", "Esc"]);
    tty.tick(&["Soap or face wash"]);
    tty.wait(["Add details", "Esc"]);
    tty
}

#[test]
fn a_text_left_with_esc_is_offered_again_and_is_not_an_answer() {
    let sandbox = Sandbox::with("a.json", all_but_the_texts());
    let mut tty = at_free_text(&sandbox, "--format json --copy clinician");
    tty.press("\u{1b}[200~my\rBLUE jar\u{1b}[201~");
    tty.wait(["jar"]);
    tty.press(ESC);
    tty.wait(["What do you put on your skin now?", "Esc"]);
    // Skip the question instead.
    tty.tick(&["Soap or face wash", "Skip this question"]);
    tty.wait(["How much change would you like?", "Esc"]);
    tty.choose("Skip this question");
    tty.wait(["What else would you like to ask at your visit?", "Esc"]);
    tty.press("HALF a quest");
    tty.wait(["HALF a quest"]);
    tty.press(ESC);
    tty.wait(["Which of these would you like to ask", "Esc"]);
    tty.press(ENTER);
    tty.wait(["What else would you like to ask at your visit? HALF a quest", "Esc"]);
    tty.press(CTRL_C);
    let ended = tty.end();
    assert_eq!(ended.code, 130, "{}", ended.screen);

    // Both questions are skipped in the end: no part of either text is stored.
    let mut tty = sandbox.terminal("--resume --format json --copy clinician").size(40, 80).start();
    tty.wait(["What else would you like to ask at your visit?", "Esc"]);
    assert!(!tty.screen().contains("HALF"), "{}", tty.screen());
    tty.press("HALF again");
    tty.wait(["HALF again"]);
    tty.press(ESC);
    tty.wait(["Which of these would you like to ask", "Esc"]);
    tty.press(ENTER);
    tty.wait(["HALF again", "Esc"]);
    tty.press(&format!("{}/skip{ENTER}", "\u{7f}".repeat(10)));
    tty.wait(["What name or code", "Esc"]);
    tty.press(&format!("/skip{ENTER}"));
    tty.wait_for_review();
    tty.finish();
    let ended = tty.end();
    assert_eq!(ended.code, 0, "{}", ended.screen);
    let summary = summary(&sandbox);
    assert_eq!(answer(&summary, "products")["state"], "skipped");
    assert_eq!(answer(&summary, "questions")["state"], "skipped");
    for unsent in ["BLUE", "HALF"] {
        assert!(!summary.to_string().contains(unsent), "{summary}");
    }
}

#[test]
fn an_empty_selection_does_not_block_esc() {
    let sandbox = Sandbox::new();
    let mut tty = sandbox.terminal("").size(40, 80).start();
    tty.wait_for_question(1);
    tty.tick(&["Rough or uneven texture", "Uneven or blotchy"]);
    tty.wait(["Question 2 of about 6", "Rough or uneven texture", "Esc"]);
    tty.choose("Mild");
    tty.wait(["Question 3 of about 6", "Uneven or blotchy", "Esc"]);
    tty.press(ESC);
    tty.wait_for_question(2);
    tty.press(ESC);
    tty.wait_for_question(1);
    tty.tick(&["Rough or uneven texture", "Uneven or blotchy"]);
    tty.wait(["Nothing was ticked."]);
    tty.press(ESC);
    tty.wait(["This is the first question."]);
    tty.press(CTRL_C);
    assert_eq!(tty.end().code, 130);
}

#[test]
fn ticks_left_with_esc_are_offered_again() {
    let sandbox = Sandbox::new();
    let mut tty = sandbox.terminal("").size(40, 80).start();
    tty.wait_for_question(1);
    tty.press(&format!("{DOWN}{SPACE}{ESC}"));
    tty.wait(["This is the first question.", "> [x]  1. Rough or uneven texture", "Esc"]);
    tty.press(ENTER);
    tty.wait(["Question 2 of", "Rough or uneven texture: would you say"]);
}

#[test]
fn a_branch_hidden_and_shown_again_keeps_its_answers() {
    let sandbox = Sandbox::with("a.json", crate::cli::answers::more(r#""history":["keloid"]"#));
    let mut tty = sandbox.terminal("--answers a.json --format json").size(60, 80).start();
    tty.wait(["Question 6 of", "Esc"]);
    tty.press(ESC);
    tty.wait_for_question(5);
    tty.choose("No");
    tty.wait_for_review();
    assert!(!tty.screen().contains("Keloids"), "{}", tty.screen());
    tty.press(ESC);
    tty.wait_for_question(5);
    tty.choose("Yes");
    tty.wait(["Question 6 of", "Esc"]);
    tty.press(CTRL_C);
    tty.end();
}

#[test]
fn an_unchanged_text_keeps_its_original_form() {
    let text = "one  two\n\n  three\u{200b}\nfour\t5\r\n";
    let further = format!(
        r#"{},"questions":{text},"products":{{"chosen":["other"],"text":{text}}},"change-hoped-for":"small","label":"A""#,
        r#""area":{"acne-scars":["face"]},"duration":{"acne-scars":"unsure"},"tried":{"acne-scars":["none"]},"scar-kind":["flat"],
  "treatments-planned":"none","history":["none"],"pregnancy":"no","sun":"unsure","home-roller":"never","age-band":"22-or-over",
  "medicines":["none"],"reactions":["none"],"recent":["none"],"to-ask":["none"]"#,
        text = json!(text)
    );
    let sandbox = Sandbox::with("a.json", crate::cli::answers::more(&further));
    let mut tty = sandbox.terminal("--answers a.json --format json").size(60, 80).start();
    tty.wait_for_review();
    for question in ["Which age group", "What name or code", "What else would you like to ask"] {
        tty.press(ESC);
        tty.wait([question, "Esc"]);
    }
    let screen = tty.screen();
    assert!(screen.contains("ask at your visit? one  two\n  three\nfour 5 \n[Enter to continue"), "{screen}");
    tty.press(ENTER);
    tty.wait_for_review();
    tty.choose("Products in use");
    tty.wait(["What do you put on your skin now?", "[x]  8. Something else", "Esc"]);
    tty.press(ENTER);
    tty.wait(["Add details (optional): one  two", "three", "four 5", "Esc"]);
    tty.press(ENTER);
    tty.wait_for_review();
    tty.press(CTRL_C);
    assert_eq!(tty.end().code, 130);
    // The draft has the original text of each answer, from the file and from the confirmation. A summary shows no tabs
    // and no hidden characters.
    let drafts = sandbox.state_folder().join("preconsult").join("drafts");
    let name = names_in(&drafts).into_iter().find(|name| name.ends_with(".journal")).expect("one draft");
    let draft = std::fs::read_to_string(drafts.join(name)).expect("a draft");
    let count = |text: &str| draft.matches(text).count();
    assert_eq!((count(&json!(text).to_string()), count("one  two")), (4, 4), "{draft}");
}
