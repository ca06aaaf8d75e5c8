//! The desk's screen in plain lines.

use crate::desk::clinic::{LABEL, PASSPHRASE};
use crate::support::Sandbox;
use crate::support::terminal::CTRL_C;

#[test]
fn an_intake_is_chosen_by_its_own_number() {
    let sandbox = Sandbox::with_clinic();
    for _ in 0..3 {
        sandbox.intake();
    }
    let mut tty = sandbox.desk_terminal("--plain");
    for (wait, reply) in [
        ("Type a number from 1 to 4.", "unlock"),
        ("Your name or initials", "Berta"),
        ("Passphrase of the clinic", PASSPHRASE),
        ("Type a number from 1 to 6.", "today"),
    ] {
        tty.wait(wait);
        tty.press(&format!("{reply}\r"));
    }
    for reply in ["5", "4", "1"] {
        tty.wait("Type a number from the list.");
        let menu = tty.drawn();
        let numbers: Vec<&str> = menu.lines().filter_map(|line| line.trim().split_once(". ")).map(|(n, _)| n).collect();
        assert!(reply != "5" || numbers == ["3", "2", "1", "4", "0"], "{menu}");
        assert!(reply != "5" || menu.contains("  2. Intake 2, ") && menu.contains("  4. Look again"), "{menu}");
        tty.press(&format!("{reply}\r"));
        tty.wait(match reply {
            "5" => "“5” is not one of the choices.",
            "4" => "You chose: Look again",
            _ => "You chose: Intake 1, ",
        });
    }
    tty.wait(["Intake 1, ", "1. Show it"]);
    tty.press("/back\r");
    tty.wait("You chose: Back");
    tty.wait(["What would you like to do?", "2. Today's intakes"]);
    tty.press("2\r");
    tty.wait("Type a number from the list.");
    tty.press("0\r");
    tty.wait("You chose: Back");
    tty.wait(["What would you like to do?", "2. Today's intakes"]);
}

#[test]
fn the_settings_and_the_environment_turn_plain_lines_on() {
    let sandbox = Sandbox::with_clinic();
    let mut tty = sandbox.terminal("desk --clinic ../clinic").env("ACCESSIBLE", "1").start();
    tty.wait("Type a number from 1 to 4.");
    tty.press("4\r");
    assert_eq!(tty.code(), 0);
    std::fs::write(sandbox.path("../clinic/preconsult.toml"), "plain = true\n").expect("settings");
    let mut tty = sandbox.desk_terminal("");
    for (wait, reply) in [
        ("Type a number from 1 to 4.", "new"),
        ("Name or code (optional)", LABEL),
        ("In which language?", "en"),
        ("Who fills it in?", "the patient"),
        ("Are you ready?", "1"),
    ] {
        tty.wait(wait);
        tty.press(&format!("{reply}\r"));
    }
    tty.wait(["Question 1 of", "Type one or more numbers or /help."]);
    tty.press(CTRL_C);
    tty.wait("The screen was cleared");
}

#[test]
fn a_text_can_be_left_and_a_pasted_second_line_answers_nothing() {
    let sandbox = Sandbox::with_clinic();
    let mut tty = sandbox.desk_terminal("--plain");
    for (wait, reply) in [
        ("Type a number from 1 to 4.", "1"),
        ("Name or code (optional)", "/help"),
        ("Type your reply on one line; an empty line is a reply too.", "/back"),
        ("Type a number from 1 to 4.", "1"),
        ("Name or code (optional)", "/done"),
        ("There is no command “/done”.", "Ana\r1\r2\r"),
    ] {
        tty.wait(wait);
        tty.press(&format!("{reply}\r"));
    }
    tty.wait(["You typed: Ana", "What was typed before this was not used.", "In which language?", "Type a number"]);
    tty.press("/repeat\r");
    tty.wait(["In which language?", "1. en", "3. Back", "Type a number"]);
    tty.press("/help\r");
    tty.wait(["Type the number of a line", "/back goes back.", "In which language?", "Type a number"]);
    tty.press("\r");
    tty.wait("Nothing was typed.");
}
