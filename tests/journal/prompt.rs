//! What a terminal asks when it finds a draft, in a real pseudo-terminal.

use crate::journal::drafts::{leave_a_draft, script};
use crate::support::terminal::{CTRL_C, ENTER, ESC, UP};
use crate::support::{Sandbox, Terminal};

fn start(sandbox: &Sandbox, arguments: &str) -> Terminal {
    sandbox.terminal(arguments).size(40, 100).start()
}

/// Waits for a text, and returns what has been drawn since the last key.
fn shown(terminal: &Terminal, text: &str) -> String {
    terminal.wait(text);
    terminal.drawn()
}

/// Nothing of an answer, an option or a label may show before somebody chose to go on.
fn assert_silent(shown: &str) {
    let script = script();
    for answer in script[0].split(", ").chain([script[1].as_str(), "A12"]) {
        assert!(!shown.contains(answer), "{answer} shows: {shown}");
    }
}

#[test]
fn plain_lines_offer_to_go_on_start_anew_or_discard() {
    let sandbox = Sandbox::new();
    let id = leave_a_draft(&sandbox);
    let mut terminal = start(&sandbox, "--plain");
    let shown = shown(&terminal, "Type a number from 1 to 3.");
    assert!(shown.contains("An interview was started but not finished."), "{shown}");
    assert!(shown.contains("(2 questions answered, version"), "{shown}");
    assert_silent(&shown);
    terminal.press("nonsense\r");
    terminal.wait("“nonsense” is not one of the choices.");
    terminal.wait("Type a number from 1 to 3.");
    terminal.press("1\r");
    terminal.wait("This resumes the interview started");
    terminal.wait("Question 3 of");
    terminal.press(CTRL_C);
    terminal.wait(&format!("preconsult ask --resume {id}"));
    assert_eq!(terminal.code(), 130);

    let mut terminal = start(&sandbox, "--plain");
    terminal.wait("Type a number from 1 to 3.");
    terminal.press("2\r");
    terminal.wait("Question 1 of");
    terminal.press(CTRL_C);
    terminal.wait("stopped");
    assert_eq!(terminal.code(), 130);
    assert_eq!(sandbox.drafts(), [id.as_str()], "it stays when somebody starts anew");

    let mut terminal = start(&sandbox, "--plain");
    terminal.wait("Type a number from 1 to 3.");
    // It asks once more, and keeps what there is unless that is meant.
    for keep in ["1\r", "/back\r"] {
        terminal.press("3\r");
        terminal.wait("for good? It has 2 answers.");
        terminal.wait("Type a number from 1 to 2.");
        terminal.press(keep);
        terminal.wait("Type a number from 1 to 3.");
    }
    assert_eq!(sandbox.drafts(), [id.as_str()]);
    terminal.press("3\r");
    terminal.wait("Type a number from 1 to 2.");
    terminal.press("2\r");
    terminal.wait(" was discarded.");
    terminal.wait("Question 1 of");
    assert!(sandbox.drafts().is_empty());
    terminal.press(CTRL_C);
    assert_eq!(terminal.code(), 130);
}

#[test]
fn the_terminal_offers_the_same() {
    let sandbox = Sandbox::new();
    let id = leave_a_draft(&sandbox);
    let mut terminal = start(&sandbox, "");
    let shown = shown(&terminal, "Discard draft ");
    assert!(shown.contains("(2 questions answered, version 1.0.1)"), "{shown}");
    assert_silent(&shown);
    // Enter alone starts anew: whoever comes next sees nothing of the one before.
    terminal.press(ENTER);
    terminal.wait("Question 1 of");
    terminal.press(CTRL_C);
    assert_eq!(terminal.code(), 130);
    let mut terminal = start(&sandbox, "");
    terminal.wait("Discard draft ");
    terminal.wait("Enter to choose");
    terminal.choose("Continue draft");
    terminal.wait("Question 3 of");
    terminal.press(CTRL_C);
    terminal.wait(&format!("preconsult ask --resume {id}"));
    assert_eq!(terminal.code(), 130);
    // Up twice goes round to the last line; Enter, in haste or not, keeps the draft, and so does Esc.
    let mut terminal = start(&sandbox, "");
    for keep in [ENTER, ESC] {
        terminal.wait("Discard draft ");
        terminal.wait("Enter to choose");
        terminal.press(&format!("{UP}{UP}{ENTER}"));
        terminal.wait("for good? It has 2 answers.");
        terminal.wait("Enter to choose");
        terminal.press(keep);
    }
    terminal.wait("Discard draft ");
    terminal.wait("Enter to choose");
    assert_eq!(sandbox.drafts(), [id]);
    terminal.choose("Discard draft");
    terminal.wait("for good?");
    terminal.wait("Enter to choose");
    terminal.choose("Yes, discard it");
    terminal.wait(" was discarded.");
    terminal.wait("Question 1 of");
    assert!(sandbox.drafts().is_empty());
    terminal.press(CTRL_C);
    assert_eq!(terminal.code(), 130);
}

#[test]
fn a_draft_that_is_older_than_the_clinic_keeps_things_goes_and_a_younger_one_stays() {
    let sandbox = Sandbox::new();
    let id = leave_a_draft(&sandbox);
    let drafts = sandbox.drafts_folder();
    // Named after a day long ago, and damaged, so that its name is all there is to tell its age.
    std::fs::write(drafts.join("20200101-080000.journal"), "not a journal\n").expect("a file");
    let settings = sandbox.path("../home/.config/preconsult");
    std::fs::create_dir_all(&settings).expect("a folder");
    std::fs::write(settings.join("preconsult.toml"), "retention_days = 30\n").expect("settings");
    let mut terminal = start(&sandbox, "--plain");
    let shown = shown(&terminal, "Type a number from 1 to 3.");
    assert!(shown.contains("20200101-080000") && shown.contains("older than the 30 days"), "{shown}");
    assert_eq!(sandbox.drafts(), [id]);
    terminal.press(CTRL_C);
    terminal.code();
}

#[test]
fn nobody_is_asked_who_has_said_already() {
    let sandbox = Sandbox::new();
    leave_a_draft(&sandbox);
    for (arguments, question) in [("--plain --new", "Question 1 of"), ("--plain --resume", "Question 3 of")] {
        let mut terminal = start(&sandbox, arguments);
        let shown = shown(&terminal, question);
        assert!(!shown.contains("not finished"), "{shown}");
        terminal.press(CTRL_C);
        assert_eq!(terminal.code(), 130);
    }
    let piped = sandbox.answer("ask", &[]);
    assert!(piped.stderr.contains("Question 1 of") && !piped.stderr.contains("not finished"), "{piped:?}");
}

/// A signal from elsewhere must not leave the terminal in raw mode, where typed text does not show.
#[cfg(unix)]
#[test]
fn an_interrupt_from_outside_leaves_the_terminal_usable() {
    let sandbox = Sandbox::new();
    leave_a_draft(&sandbox);
    let mut terminal = start(&sandbox, "--resume");
    terminal.wait("Up and down to move");
    terminal.signal("INT");
    terminal.wait("preconsult ask --resume");
    assert_eq!(terminal.code(), 130);
    let bytes = terminal.bytes();
    assert!(bytes.rfind("\u{1b}[?25h") > bytes.rfind("\u{1b}[?25l"), "the cursor shows again: {bytes}");
}

/// What is in the way of a draft is told in the patient's words too.
#[test]
fn a_draft_that_somebody_else_has_taken_up_is_told_in_the_patients_words() {
    let sandbox = Sandbox::new();
    let id = leave_a_draft(&sandbox);
    let mut terminal = start(&sandbox, "--plain --lang es");
    terminal.wait("Escriba un número del 1 al 3.");
    let other = start(&sandbox, "--plain --resume");
    other.wait("Question 3 of");
    terminal.press("1\r");
    terminal.wait(&format!("el borrador {id} está en uso en una entrevista en curso"));
    for terminal in [other, terminal] {
        let mut terminal = terminal;
        terminal.press(CTRL_C);
        terminal.code();
    }
}

/// Only so many are offered; that there are more is told, and how to come to them.
#[test]
fn drafts_that_are_not_offered_are_told() {
    let sandbox = Sandbox::new();
    for _ in 0..5 {
        leave_a_draft(&sandbox);
    }
    let five = offered(&sandbox, "en", "Type a number from 1 to 11.");
    assert!(five.contains("5 interviews were started but not finished. What would"), "{five}");
    leave_a_draft(&sandbox);
    let six = offered(&sandbox, "en", "Type a number from 1 to 11.");
    let told = "6 interviews were started but not finished. Here are the 5 most recent. `preconsult drafts list` shows 1 more. \
                Resume one with `preconsult ask --resume ID`. What would you like to do?";
    assert!(six.contains(told), "{six}");
    leave_a_draft(&sandbox);
    let seven = offered(&sandbox, "es", "Escriba un número del 1 al 11.");
    let told = "Se empezaron 7 entrevistas y no se terminaron. Aquí están las 5 más recientes; `preconsult drafts list` muestra \
                2 más, y `preconsult ask --resume ID` sigue con una. ¿Qué quiere hacer?";
    assert!(seven.contains(told), "{seven}");
}

/// What is asked at the start, in one line, up to this.
fn offered(sandbox: &Sandbox, language: &str, end: &str) -> String {
    let mut terminal = start(sandbox, &format!("--plain --lang {language}"));
    let shown = shown(&terminal, end);
    terminal.press(CTRL_C);
    terminal.code();
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}
