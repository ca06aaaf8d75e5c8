//! The desk's screen when the terminal is resized.

use crate::desk::clinic::LABEL;
use crate::support::terminal::CTRL_C;
use crate::support::{Sandbox, Terminal};

const TITLE: &str = "Front desk";
const LOCKED: &str = "Locked. You can start new intakes";
const MENU: &str = "What would you like to do?";

#[test]
fn the_text_above_a_prompt_is_redrawn() {
    let sandbox = Sandbox::with_clinic();
    sandbox.intake();
    let mut tty = sandbox.desk_terminal("");
    tty.wait([TITLE, LOCKED, "1 finished", MENU, "Enter to choose"]);
    tty.resize(30, 70);
    tty.wait([TITLE, LOCKED, "1 finished", MENU, "Enter to choose"]);
    tty.choose("Today's intakes");
    let list = [TITLE, "Today's intakes", "unlock the desk first", MENU, "Intake 1, ", "Enter to choose"];
    tty.wait(list);
    tty.resize(40, 100);
    tty.wait(list);
    tty.choose("Back");
    tty.unlock();
    tty.choose_at(MENU, "Today's intakes");
    tty.choose_at("Which intake?", "Intake 1,");
    tty.choose_at(MENU, "Show it");
    let shown = [TITLE, "Page 1 of", LABEL, MENU, "Enter to choose"];
    tty.wait(shown);
    tty.resize(40, 90);
    tty.wait(shown);
}

/// A resize by the patient, who may turn the device, does not redraw the staff's text.
#[test]
fn a_resize_shows_the_patient_no_staff_text() {
    let sandbox = Sandbox::with_clinic();
    let mut tty = sandbox.desk_terminal("");
    tty.begin(LABEL);
    tty.wait(["Question 1 of", "Space to tick"]);
    tty.press(CTRL_C);
    tty.wait("The questions have stopped");
    tty.press("\r");
    tty.wait("Intake 1 is saved");
    tty.unlock();
    tty.choose_at(MENU, "Today's intakes");
    tty.choose_at("Which intake?", "Intake 1,");
    tty.choose_at(MENU, "Resume the interview");
    tty.choose_at(MENU, "Resume the interview");
    let turned = |tty: &mut Terminal, rows, texts: &[&str; 2]| {
        tty.wait(*texts);
        tty.resize(rows, 60);
        tty.wait(*texts);
        for gone in [LABEL, TITLE, "Unlocked", "Resume the interview"] {
            assert!(!tty.screen().contains(gone), "{gone} is back:\n{}", tty.screen());
        }
    };
    turned(&mut tty, 30, &["Please hand the device to the patient.", "Enter to choose"]);
    tty.press("\r");
    turned(&mut tty, 40, &["Question 1 of", "Space to tick"]);
    assert!(!tty.screen().contains("Please hand"), "{}", tty.screen());
    tty.press(CTRL_C);
    turned(&mut tty, 30, &["The questions have stopped", "Enter to choose"]);
}
