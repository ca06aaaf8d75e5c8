//! The desk's screen when the terminal is given another size.

use crate::tty::{CTRL_C, Tty};
use crate::world::{LABEL, World};

const TITLE: &str = "Front desk";
const LOCKED: &str = "Locked: new intakes can be taken";
const MENU: &str = "What would you like to do?";

#[test]
fn what_stands_above_a_question_of_the_desk_stays_there() {
    let world = World::new();
    world.intake();
    let mut tty = Tty::desk(&world, "");
    tty.wait([TITLE, LOCKED, "1 finished", MENU, "Enter to choose"]);
    tty.resize(30, 70);
    tty.wait([TITLE, LOCKED, "1 finished", MENU, "Enter to choose"]);
    tty.enter(1);
    let list = [TITLE, "Today's intakes", "Intake 1, ", "unlock the desk first", MENU, "Enter to choose"];
    tty.wait(list);
    tty.resize(40, 100);
    tty.wait(list);
    tty.enter(0);
    tty.unlock();
    tty.choose(MENU, 1);
    tty.choose("Which intake?", 0);
    tty.choose(MENU, 0);
    let shown = [TITLE, "Part 1 of", LABEL, MENU, "Enter to choose"];
    tty.wait(shown);
    tty.resize(40, 90);
    tty.wait(shown);
}

/// What staff had on the screen does not come back to a patient who turns the device.
#[test]
fn nothing_of_the_staffs_comes_back_to_a_patient() {
    let world = World::new();
    let mut tty = Tty::desk(&world, "");
    tty.begin(LABEL);
    tty.wait(["Question 1 of", "Space to tick"]);
    tty.press(CTRL_C);
    tty.wait("The questions are stopped");
    tty.press("\r");
    tty.wait("Intake 1 is begun");
    tty.unlock();
    tty.choose(MENU, 1);
    tty.choose("Which intake?", 0);
    tty.choose(MENU, 0);
    tty.choose(MENU, 0);
    let turned = |tty: &mut Tty, rows, texts: &[&str; 2]| {
        tty.wait(*texts);
        tty.resize(rows, 60);
        tty.wait(*texts);
        for gone in [LABEL, TITLE, "Unlocked", "Go on with"] {
            assert!(!tty.screen().contains(gone), "{gone} is back:\n{}", tty.screen());
        }
    };
    turned(&mut tty, 30, &["Please hand the device to the patient.", "Enter to choose"]);
    tty.press("\r");
    turned(&mut tty, 40, &["Question 1 of", "Space to tick"]);
    assert!(!tty.screen().contains("Please hand"), "{}", tty.screen());
    tty.press(CTRL_C);
    turned(&mut tty, 30, &["The questions are stopped", "Enter to choose"]);
}
