//! The prompt to resume a draft, in a pseudo-terminal.

use crate::journal::drafts::{leave_a_draft, script};
use crate::support::terminal::{CTRL_C, ENTER, ESC, UP};
use crate::support::{Sandbox, Terminal};

fn start(sandbox: &Sandbox, arguments: &str) -> Terminal {
    sandbox.terminal(arguments).size(40, 100).start()
}

/// Waits for a text, and returns the output since the last key.
fn shown(terminal: &Terminal, text: &str) -> String {
    terminal.wait(text);
    terminal.drawn()
}

/// Checks that no answer or label is shown before the draft is resumed.
fn assert_no_answer(shown: &str) {
    let script = script();
    for answer in script[0].split(", ").chain([script[1].as_str(), "A12"]) {
        assert!(!shown.contains(answer), "{answer} shows: {shown}");
    }
}

#[test]
fn the_line_prompter_offers_to_resume_start_again_or_discard() {
    let sandbox = Sandbox::new();
    let id = leave_a_draft(&sandbox);
    let mut terminal = start(&sandbox, "--plain");
    let shown = shown(&terminal, "Type a number from 1 to 3.");
    assert!(shown.contains("An interview was started but not finished."), "{shown}");
    assert!(shown.contains("(2 questions answered, version"), "{shown}");
    assert_no_answer(&shown);
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
    assert_eq!(sandbox.drafts(), [id.as_str()], "a new interview keeps the draft");

    let mut terminal = start(&sandbox, "--plain");
    terminal.wait("Type a number from 1 to 3.");
    // Discarding asks for confirmation; the draft is kept unless it is given.
    for refusal in ["1\r", "/back\r"] {
        terminal.press("3\r");
        terminal.wait("for good? It has 2 answers.");
        terminal.wait("Type a number from 1 to 2.");
        terminal.press(refusal);
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
fn the_terminal_offers_the_same_choices() {
    let sandbox = Sandbox::new();
    let id = leave_a_draft(&sandbox);
    let mut terminal = start(&sandbox, "");
    let shown = shown(&terminal, "Discard draft ");
    assert!(shown.contains("(2 questions answered, version 1.1.0)"), "{shown}");
    assert_no_answer(&shown);
    // Enter alone starts a new interview, so that the next patient sees nothing of the previous one.
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
    // Up twice wraps around to the last line. Enter and Esc both keep the draft.
    let mut terminal = start(&sandbox, "");
    for refusal in [ENTER, ESC] {
        terminal.wait("Discard draft ");
        terminal.wait("Enter to choose");
        terminal.press(&format!("{UP}{UP}{ENTER}"));
        terminal.wait("for good? It has 2 answers.");
        terminal.wait("Enter to choose");
        terminal.press(refusal);
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
fn only_drafts_older_than_the_retention_period_are_discarded() {
    let sandbox = Sandbox::new();
    let id = leave_a_draft(&sandbox);
    let drafts = sandbox.drafts_folder();
    // An old and damaged draft: its age is known only from its name.
    std::fs::write(drafts.join("20200101-080000.journal"), "not a journal\n").expect("a file");
    let settings = sandbox.path("../home/.config/preconsult");
    std::fs::create_dir_all(&settings).expect("a folder");
    std::fs::write(settings.join("preconsult.toml"), "retention_days = 30\n").expect("settings");
    let mut terminal = start(&sandbox, "--plain");
    let shown = shown(&terminal, "Type a number from 1 to 3.");
    let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(shown.contains("20200101-080000") && shown.contains("limit of 30 days and was discarded"), "{shown}");
    assert_eq!(sandbox.drafts(), [id]);
    terminal.press(CTRL_C);
    terminal.code();
}

/// A clock that is years ahead makes fresh drafts look old.
#[test]
fn drafts_are_kept_if_even_the_newest_seems_years_old() {
    let sandbox = Sandbox::new();
    leave_a_draft(&sandbox);
    let drafts = sandbox.drafts_folder();
    std::fs::remove_dir_all(&drafts).and_then(|()| std::fs::create_dir(&drafts)).expect("an empty folder");
    for id in ["20200101-080000", "20200102-080000"] {
        std::fs::write(drafts.join(format!("{id}.journal")), "not a journal\n").expect("a file");
    }
    let settings = sandbox.path("../home/.config/preconsult");
    std::fs::create_dir_all(&settings).expect("a folder");
    std::fs::write(settings.join("preconsult.toml"), "retention_days = 30\n").expect("settings");
    let mut terminal = start(&sandbox, "--plain");
    let shown = shown(&terminal, "Question 1 of");
    assert!(!shown.contains("discarded"), "{shown}");
    assert_eq!(sandbox.drafts().len(), 2);
    terminal.press(CTRL_C);
    terminal.code();
}

#[test]
fn an_option_or_a_pipe_skips_the_prompt() {
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

/// A signal from another process must not leave the terminal in raw mode, in which typed text is not shown.
#[cfg(unix)]
#[test]
fn a_signal_from_another_process_leaves_the_terminal_usable() {
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

/// An error about a draft is in the patient's language.
#[test]
fn a_draft_that_was_claimed_meanwhile_is_reported_in_the_patients_language() {
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

/// The number of offered drafts is limited; the prompt says how to list the others.
#[test]
fn drafts_that_are_not_offered_are_mentioned() {
    let sandbox = Sandbox::new();
    for _ in 0..5 {
        leave_a_draft(&sandbox);
    }
    let five = start_prompt(&sandbox, "en", "Type a number from 1 to 11.");
    assert!(five.contains("5 interviews were started but not finished. What would"), "{five}");
    leave_a_draft(&sandbox);
    let six = start_prompt(&sandbox, "en", "Type a number from 1 to 11.");
    let question = "6 interviews were started but not finished. Here are the 5 most recent. `preconsult drafts list` shows 1 more. \
                Resume one with `preconsult ask --resume ID`. What would you like to do?";
    assert!(six.contains(question), "{six}");
    leave_a_draft(&sandbox);
    let seven = start_prompt(&sandbox, "es", "Escriba un número del 1 al 11.");
    let question = "Se empezaron 7 entrevistas y no se terminaron. Aquí están las 5 más recientes; `preconsult drafts list` muestra \
                2 más, y `preconsult ask --resume ID` sigue con una. ¿Qué quiere hacer?";
    assert!(seven.contains(question), "{seven}");
}

/// Returns the prompt at the start as one line, up to `end`.
fn start_prompt(sandbox: &Sandbox, language: &str, end: &str) -> String {
    let mut terminal = start(sandbox, &format!("--plain --lang {language}"));
    let shown = shown(&terminal, end);
    terminal.press(CTRL_C);
    terminal.code();
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}
