//! Answers that cannot be stored at the end of an interview stay in the running desk until they can be.

use crate::desk::clinic::LABEL;
use crate::support::Sandbox;
use crate::support::terminal::CTRL_C;
use serde_json::json;

/// Makes all writes fail, of journals and records, as on a full disk.
fn refuse_everything(sandbox: &Sandbox) {
    std::fs::remove_dir(sandbox.path("../clinic/drafts")).expect("it is there, and empty");
    std::fs::write(sandbox.path("../clinic/drafts"), "in the way").expect("a file");
    refuse_records(sandbox);
}

fn refuse_records(sandbox: &Sandbox) {
    let refuse = "CREATE TRIGGER refuse BEFORE INSERT ON versions BEGIN SELECT RAISE(ABORT, 'no room'); END";
    sandbox.database().execute_batch(refuse).expect("a trigger");
}

fn accept_records(sandbox: &Sandbox) {
    sandbox.database().execute_batch("DROP TRIGGER refuse").expect("it was there");
}

#[test]
fn a_finished_interview_is_held_until_it_can_be_stored() {
    let sandbox = Sandbox::with_clinic();
    refuse_everything(&sandbox);
    let mut tty = sandbox.desk_terminal("");
    tty.begin(LABEL);
    tty.answer_all();
    tty.wait("Your answers are not saved yet");
    assert!(!tty.screen().contains("are saved"), "{}", tty.screen());
    tty.choose_at("give the device back to the staff now", "The staff has the device");
    tty.wait("The answers of intake 1 are not saved yet");
    assert!(!tty.left_over().contains("Acne scars") && !tty.left_over().contains(LABEL), "{}", tty.left_over());
    tty.wait("Discard the answers that are not saved");
    // Neither a key nor a signal ends the process that holds the answers.
    tty.press(CTRL_C);
    tty.wait("are not saved yet");
    tty.signal("TSTP");
    tty.choose_at("What would you like to do?", "Try again");
    tty.wait("are not saved yet");
    accept_records(&sandbox);
    tty.choose_at("What would you like to do?", "Try again");
    tty.wait("Intake 1 is finished.");
    let record = sandbox.desk_json("show 1 --json");
    assert_eq!(record["label"], json!(LABEL));
    assert_eq!(record["answers_file"]["answers"]["severity"]["acne-scars"], json!("moderate"));
    sandbox.desk_ok("verify --unlock");
}

#[test]
fn a_stopped_interview_is_held_until_its_journal_can_be_written() {
    let sandbox = Sandbox::with_clinic();
    refuse_everything(&sandbox);
    let mut tty = sandbox.desk_terminal("");
    tty.begin(LABEL);
    tty.answer_first();
    tty.wait(["Question 2 of", "Enter to choose"]);
    tty.press(CTRL_C);
    tty.wait("The questions have stopped. Your answers are not saved yet");
    tty.press("\r");
    tty.wait("The answers cannot be saved at the moment");
    std::fs::remove_file(sandbox.path("../clinic/drafts")).expect("it is there");
    tty.choose_at("What would you like to do?", "Try again");
    tty.wait("Intake 1 is saved");
    tty.unlock();
    tty.choose_at("What would you like to do?", "Today's intakes");
    tty.wait(&format!("in progress (can be resumed): {LABEL}"));
}

/// A failed save does not keep the answers on the screen of a patient who leaves.
#[test]
fn a_cleared_screen_reports_unsaved_answers() {
    let sandbox = Sandbox::with_clinic();
    refuse_everything(&sandbox);
    let mut tty = sandbox.desk_terminal("");
    tty.begin(LABEL);
    tty.answer_first();
    tty.wait(["Question 2 of", "Enter to choose"]);
    tty.signal("TSTP");
    tty.wait(["The screen was cleared, and the desk is locked.", "The last answers could not be saved."]);
    assert!(!tty.screen().contains("are saved"), "{}", tty.screen());
}

/// If all answers are in the journal, staff may leave the record for later.
#[test]
fn a_failing_store_leaves_a_draft_to_resume() {
    let sandbox = Sandbox::with_clinic();
    refuse_records(&sandbox);
    let mut tty = sandbox.desk_terminal("");
    tty.begin(LABEL);
    tty.answer_all();
    tty.choose_at("Thank you. Your answers are saved", "The staff has the device");
    tty.wait("The answers of intake 1 are not saved yet");
    tty.wait("all answers are saved, and the interview can be resumed later");
    tty.choose_at("What would you like to do?", "Leave it for now");
    tty.wait("Intake 1 is saved");
    accept_records(&sandbox);
    tty.unlock();
    tty.choose_at("What would you like to do?", "Today's intakes");
    tty.choose_at("Which intake?", "Intake 1,");
    tty.choose_at("What would you like to do?", "Resume the interview");
    tty.wait("5 questions are answered.");
    assert!(!tty.screen().contains("stopped"), "{}", tty.screen());
}

#[test]
fn an_intake_begins_with_its_first_question() {
    let sandbox = Sandbox::with_clinic();
    let mut tty = sandbox.desk_terminal("");
    tty.choose_at("What would you like to do?", "New intake");
    tty.type_in("Name or code (optional)", LABEL);
    tty.choose_at("In which language?", "en ·");
    tty.choose_at("Who fills it in?", "The patient");
    tty.wait("Are you ready?");
    tty.press(CTRL_C);
    tty.wait("The questions will not start now");
    tty.press("\r");
    tty.wait("Locked. You can start new intakes");
    assert_eq!(sandbox.desk_json("list --json"), json!([]));
}
