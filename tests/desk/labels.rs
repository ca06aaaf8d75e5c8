//! Labels typed on the desk's screen.

use crate::support::run::run;
use crate::support::terminal::CTRL_C;
use crate::support::{Sandbox, Terminal};
use serde_json::json;

const ASKED: &str = "Name or code (optional)";
const TOO_LONG: &str = "The text has 300 characters; the limit is 60. Please shorten it.";

/// Goes from the label's prompt to the first question, then back to the menu.
fn interrupt_first_question(tty: &mut Terminal) {
    tty.choose_at("In which language?", "en ·");
    tty.choose_at("Who fills it in?", "The patient");
    tty.choose_at("Are you ready?", "Yes, begin");
    tty.wait(["Question 1 of", "Space to tick"]);
    tty.press(CTRL_C);
    tty.wait("The questions have stopped");
    tty.press("\r");
    tty.wait("is saved and can be resumed later");
}

#[test]
fn a_long_label_can_be_shortened_and_line_breaks_become_spaces() {
    let sandbox = Sandbox::with_clinic();
    let mut tty = sandbox.desk_terminal("");
    tty.choose_at("What would you like to do?", "New intake");
    tty.type_in(ASKED, &"x".repeat(300));
    tty.wait([TOO_LONG, ASKED, "Enter to continue"]);
    assert!(!tty.screen().contains("--label"), "{}", tty.screen());
    tty.press(&format!("{}\r", "\u{7f}".repeat(295)));
    interrupt_first_question(&mut tty);
    tty.choose_at("What would you like to do?", "New intake");
    tty.type_in(ASKED, "\u{1b}[200~Ana\r\nMaravilla\n\u{1b}[201~");
    interrupt_first_question(&mut tty);
    let list = sandbox.desk_json("list --unlock --json");
    assert_eq!((&list[0]["label"], &list[1]["label"]), (&json!("xxxxx"), &json!("Ana Maravilla")));
}

/// In plain lines, an empty line is no label, even after a rejected one.
#[test]
fn in_plain_lines_a_rejected_label_is_discarded() {
    let sandbox = Sandbox::with_clinic();
    let mut tty = sandbox.desk_terminal("--plain");
    tty.wait("Type a number");
    tty.press("1\r");
    tty.wait(ASKED);
    tty.press(&format!("{}\r", "x".repeat(300)));
    tty.wait([TOO_LONG, ASKED]);
    tty.press("\r");
    tty.wait("In which language?");
    assert!(!tty.screen().contains("Leave it blank"), "{}", tty.screen());
}

/// Control characters in a label have no effect on the terminal when the intake is opened.
#[test]
fn a_label_is_sanitized_in_the_heading_of_its_intake() {
    let sandbox = Sandbox::with_clinic();
    let mut command = sandbox.desk_command("new --clinic ../clinic --answers ../answers.json --label");
    let output = run({
        command.arg("A\u{1b}[31mB");
        command
    });
    assert_eq!(output.code, Some(0), "{output:?}");
    let mut tty = sandbox.desk_terminal("");
    tty.unlock();
    tty.choose_at("What would you like to do?", "Today's intakes");
    tty.choose_at("Which intake?", "Intake 1,");
    tty.wait(["finished: A␛[31mB", "Show it"]);
    assert!(!tty.bytes().contains("\u{1b}[31mB"), "{}", tty.screen());
}
