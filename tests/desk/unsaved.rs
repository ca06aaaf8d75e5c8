//! What cannot be stored when an interview ends stays in the running desk until it can be, and nobody says otherwise.

use crate::tty::{CTRL_C, Tty};
use crate::world::{LABEL, World};
use serde_json::json;

/// As a full disk does it: no journal can be written, and no record.
fn refuse_everything(world: &World) {
    std::fs::remove_dir(world.path("clinic/drafts")).expect("it is there, and empty");
    std::fs::write(world.path("clinic/drafts"), "in the way").expect("a file");
    refuse_records(world);
}

fn refuse_records(world: &World) {
    let refuse = "CREATE TRIGGER refuse BEFORE INSERT ON versions BEGIN SELECT RAISE(ABORT, 'no room'); END";
    world.database().execute_batch(refuse).expect("a trigger");
}

fn accept_records(world: &World) {
    world.database().execute_batch("DROP TRIGGER refuse").expect("it was there");
}

#[test]
fn a_finished_interview_is_held_until_it_can_be_stored() {
    let world = World::new();
    refuse_everything(&world);
    let mut tty = Tty::desk(&world, "");
    tty.begin(LABEL);
    tty.answer();
    tty.wait("Your answers still have to be stored");
    assert!(!tty.screen().contains("are kept"), "{}", tty.screen());
    tty.choose("give the device back to the staff now", 0);
    tty.wait("The answers of intake 1 are not stored yet");
    assert!(!tty.left_over().contains("Acne scars") && !tty.left_over().contains(LABEL), "{}", tty.left_over());
    tty.wait("Give up the answers that are not kept");
    // Neither a key nor a signal ends what holds the answers.
    tty.press(CTRL_C);
    tty.wait("are not stored yet");
    tty.signal("TSTP");
    tty.choose("What would you like to do?", 0);
    tty.wait("are not stored yet");
    accept_records(&world);
    tty.choose("What would you like to do?", 0);
    tty.wait("Intake 1 is finished.");
    let record = world.json("show 1 --json");
    assert_eq!(record["label"], json!(LABEL));
    assert_eq!(record["answers_file"]["answers"]["severity"]["acne-scars"], json!("moderate"));
    world.ok("verify --unlock");
}

#[test]
fn a_stopped_interview_is_held_until_its_journal_can_be_written() {
    let world = World::new();
    refuse_everything(&world);
    let mut tty = Tty::desk(&world, "");
    tty.begin(LABEL);
    tty.answer_first();
    tty.wait(["Question 2 of", "Enter to choose"]);
    tty.press(CTRL_C);
    tty.wait("The questions are stopped. Your answers still have to be stored");
    tty.press("\r");
    tty.wait("The answers cannot be kept at the moment");
    std::fs::remove_file(world.path("clinic/drafts")).expect("it is there");
    tty.choose("What would you like to do?", 0);
    tty.wait("Intake 1 is begun");
    tty.unlock();
    tty.choose("What would you like to do?", 1);
    tty.wait(&format!("under way (can go on): {LABEL}"));
}

/// Whoever is asked goes before what they said: it does not stay on the screen for that.
#[test]
fn a_screen_that_is_cleared_before_all_is_kept_says_so() {
    let world = World::new();
    refuse_everything(&world);
    let mut tty = Tty::desk(&world, "");
    tty.begin(LABEL);
    tty.answer_first();
    tty.wait(["Question 2 of", "Enter to choose"]);
    tty.signal("TSTP");
    tty.wait(["The screen was cleared, and the desk is locked.", "The last answers could not be kept."]);
    assert!(!tty.screen().contains("are kept"), "{}", tty.screen());
}

/// All answers are in the journal: then they are kept, and staff may leave it at that.
#[test]
fn a_store_that_refuses_leaves_a_draft_to_go_on_with() {
    let world = World::new();
    refuse_records(&world);
    let mut tty = Tty::desk(&world, "");
    tty.begin(LABEL);
    tty.answer();
    tty.choose("Thank you. Your answers are kept", 0);
    tty.wait("The answers of intake 1 are not stored yet");
    tty.wait("all answers are kept, and the interview can go on later");
    tty.choose("What would you like to do?", 1);
    tty.wait("Intake 1 is begun");
    accept_records(&world);
    tty.unlock();
    tty.choose("What would you like to do?", 1);
    tty.choose("Which intake?", 0);
    tty.choose("What would you like to do?", 0);
    tty.wait("5 questions have their answers.");
    assert!(!tty.screen().contains("stopped"), "{}", tty.screen());
}

#[test]
fn an_intake_begins_with_its_first_question() {
    let world = World::new();
    let mut tty = Tty::desk(&world, "");
    tty.choose("What would you like to do?", 0);
    tty.type_in("A name or a clinic code", LABEL);
    tty.choose("In which language?", 0);
    tty.choose("Who fills it in?", 0);
    tty.wait("Are you ready?");
    tty.press(CTRL_C);
    tty.wait("The questions do not begin now");
    tty.press("\r");
    tty.wait("Locked: new intakes can be taken");
    assert_eq!(world.json("list --json"), json!([]));
}
