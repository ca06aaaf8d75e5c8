//! Keys and signals that stop a program leave neither answers on the screen nor a shell.

use crate::desk::clinic::LABEL;
use crate::support::{Sandbox, Terminal};

fn to_the_second_question(tty: &mut Terminal, plain: bool) {
    if !plain {
        tty.begin(LABEL);
        return tty.answer_first();
    }
    let replies = [("Name or code (optional)", LABEL), ("In which language?", "1"), ("Who fills it in?", "1")];
    let replies = [("Type a number", "1")].into_iter().chain(replies);
    for (question, reply) in replies.chain([("Are you ready?", "1"), ("Question 1 of", "acne-scars")]) {
        tty.wait(question);
        tty.press(&format!("{reply}\r"));
    }
}

fn cleared(tty: &mut Terminal, process: u32) {
    tty.wait("The screen was cleared, and the desk is locked.");
    tty.wait("Locked. You can start new intakes");
    assert!(tty.is_running() && tty.process() == process);
    let left = tty.left_over();
    assert!(!left.contains("Acne scars") && !left.contains(LABEL), "{left}");
}

#[test]
fn stop_keys_and_signals_lock_the_desk() {
    for (plain, signal) in [(false, "TSTP"), (false, "QUIT"), (true, "TSTP"), (true, "QUIT"), (true, "INT")] {
        let sandbox = Sandbox::with_clinic();
        let mut tty = sandbox.desk_terminal(if plain { "--plain" } else { "" });
        to_the_second_question(&mut tty, plain);
        tty.wait("Question 2 of");
        let process = tty.process();
        tty.signal(signal);
        cleared(&mut tty, process);
    }
    // As keys, which the terminal turns into signals.
    for key in ["\u{1a}", "\u{1c}"] {
        let sandbox = Sandbox::with_clinic();
        let mut tty = sandbox.desk_terminal("--plain");
        to_the_second_question(&mut tty, true);
        tty.wait("Question 2 of");
        let process = tty.process();
        tty.press(key);
        cleared(&mut tty, process);
    }
}

#[test]
fn the_end_of_the_input_gives_the_device_back() {
    let sandbox = Sandbox::with_clinic();
    let mut tty = sandbox.desk_terminal("--plain");
    to_the_second_question(&mut tty, true);
    tty.wait("Question 2 of");
    tty.wait("Type ");
    tty.press("\u{4}");
    tty.wait("The questions have stopped, and your answers so far are saved");
    assert!(!tty.left_over().contains("Acne scars"), "{}", tty.left_over());
    tty.press("1\r");
    tty.wait("Intake 1 is saved");
    tty.wait("Type a number");
    tty.press("\u{4}");
    assert_eq!(tty.code(), 130);
    assert!(tty.screen().contains("the desk was closed; all answers are saved"), "{}", tty.screen());
}

/// A desk that staff lock shows no message about idling.
#[test]
fn locking_from_the_menu_shows_no_idle_message() {
    let sandbox = Sandbox::with_clinic();
    let mut tty = sandbox.desk_terminal("");
    tty.unlock();
    tty.wait("Leave the desk");
    tty.press("\u{3}");
    tty.wait("The screen was cleared, and the desk is locked.");
    tty.unlock();
    tty.choose_at("What would you like to do?", "Lock");
    tty.wait("Locked. You can start new intakes");
    assert!(!tty.screen().contains("cleared"), "{}", tty.screen());
}

/// After a Spanish interview, the cleared screen gives the reason in Spanish.
#[test]
fn a_cleared_screen_uses_the_language_of_the_interview() {
    let sandbox = Sandbox::with_clinic();
    let mut tty = sandbox.desk_terminal("");
    tty.choose_at("What would you like to do?", "New intake");
    tty.type_in("Name or code (optional)", LABEL);
    tty.choose_at("In which language?", "es ·");
    tty.choose_at("Who fills it in?", "The patient");
    tty.wait("¿Está listo?");
    tty.press("\r");
    tty.wait("Pregunta 1 de");
    tty.signal("INT");
    tty.wait("La pantalla se borró");
    tty.wait("Locked. You can start new intakes");
    // The next interview is in English, and so is its message.
    tty.begin(LABEL);
    tty.wait("Question 1 of");
    tty.signal("INT");
    tty.wait("The screen was cleared");
}
