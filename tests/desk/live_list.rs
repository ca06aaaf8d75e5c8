//! The list of intakes while patients answer in browsers, and the actions on an invitation.

use crate::desk::clinic::{LABEL, PASSPHRASE};
use crate::desk::day::printer;
use crate::desk::invite::ADDRESS;
use crate::support::terminal::{DOWN, ESC};
use crate::support::{Sandbox, Terminal};
use chrono::Local;
use preconsult::answer::{Answer, AnswerValue, Answers};
use preconsult::desk::journal::SealedLines;
use preconsult::desk::{AuditNote, Knock, KnockWith};
use preconsult::intake::autosave::Autosave;
use preconsult::interview::{FilledInBy, Interview};
use preconsult::pack::Pack;
use preconsult::storage::journal::Header;
use serde_json::json;
use std::sync::Arc;

const MENU: &str = "What would you like to do?";

impl Sandbox {
    /// Invites a patient and returns the code.
    fn invite(&self, label: &str) -> String {
        let invitation = self.open_desk().invite(
            Some(label),
            Some("en"),
            Some(FilledInBy::Patient),
            Local::now().fixed_offset(),
            &AuditNote::default(),
        );
        invitation.expect("an invitation").code
    }

    /// Saves the first answer of an intake, as a server does before it stops.
    fn save_first_answer(&self, number: u64) {
        let (desk, pack) = (self.open_desk(), Pack::built_in().expect("a pack"));
        let cipher = SealedLines::new(desk.key().expect("a key"), None);
        let drafts = desk.clinic().drafts().with_cipher(Arc::new(cipher)).with_number(number);
        let started = Local::now().fixed_offset();
        let header = Header {
            pack: pack.id.clone(),
            version: pack.version.clone(),
            hash: pack.hash.clone(),
            language: "en".to_owned(),
            started,
            date: Some(started.date_naive()),
            filled_in_by: Some(FilledInBy::Patient),
            label: None,
            unassigned: Vec::new(),
            browser: None,
        };
        let mut interview = Interview::new(&pack, Answers::new());
        let mut autosave = Autosave::begin(&drafts, &header, &interview, started, Box::new(|_| panic!("not saved")));
        let preconsult::interview::Step::Ask(key) = interview.step() else { panic!("no question") };
        let answer = Answer::Value(AnswerValue::Choice { chosen: vec![0], text: None });
        interview.answer(answer.clone()).expect("an answer");
        autosave.add(&interview, key, &answer);
    }
}

/// Opens today's intakes from the menu.
fn list(tty: &mut Terminal) {
    tty.choose_at(MENU, "Today's intakes");
}

#[test]
fn the_list_follows_patients_without_a_key_and_keeps_the_cursor() {
    let sandbox = Sandbox::with_clinic();
    let server = sandbox.server(ADDRESS);
    sandbox.intake();
    let code = sandbox.invite("A12");
    let mut tty = sandbox.desk_terminal("");
    list(&mut tty);
    tty.wait(["Intake 2, ", "invited (15 minutes left)", "Intake 1, ", "finished", "0. Back"]);
    assert!(!tty.screen().contains("A12") && !tty.screen().contains(LABEL), "{}", tty.screen());
    tty.press_in_list(DOWN);
    sandbox.begin_in_browser(&code, 7, 22);
    tty.wait("in progress (question 7 of about 22)");
    sandbox.invite("B");
    tty.wait("Intake 3, ");
    assert!(tty.option_at_cursor().is_some_and(|option| option.starts_with("Intake 1, ")), "{}", tty.screen());
    // The invitation is invalid.
    drop(server);
    tty.wait("in progress (stopped at question 7 of about 22)");
    // Enter chooses what the cursor was on, although another line has come before it.
    tty.press("\r");
    tty.wait(["To resume or open one of these, unlock the desk first.", MENU]);
}

#[test]
fn an_unlocked_list_shows_the_labels_of_new_intakes() {
    let sandbox = Sandbox::with_clinic();
    let _server = sandbox.server(ADDRESS);
    sandbox.invite("Ana");
    let mut tty = sandbox.desk_terminal("");
    tty.unlock();
    list(&mut tty);
    tty.wait("invited (15 minutes left): Ana");
    sandbox.invite("Berta");
    tty.wait("invited (15 minutes left): Berta");
    sandbox.open_desk().set_label(1, "Ana B.", Local::now().fixed_offset(), &AuditNote::default()).expect("stored");
    tty.wait("Ana B.");
    tty.press(ESC);
    // The search finds a separate label.
    tty.choose_at(MENU, "Find by label");
    tty.type_in("Find by label", "bert");
    tty.wait(["Which intake?", "Intake 2, ", "Berta"]);
    assert!(!tty.screen().contains("Ana"), "{}", tty.screen());
}

#[test]
fn a_locked_desk_acts_on_invitations() {
    let sandbox = Sandbox::with_clinic();
    let _server = sandbox.server(ADDRESS);
    let first = sandbox.invite("A12");
    let mut tty = sandbox.desk_terminal("");
    list(&mut tty);
    tty.choose_at(MENU, "Intake 1, ");
    tty.choose_at(MENU, "Change the name or code");
    tty.type_in("Name or code (optional)", "A13");
    tty.wait(["The name or code is changed.", MENU]);
    assert!(!tty.screen().contains("A13"), "{}", tty.screen());
    tty.choose_at(MENU, "Give the code out again");
    tty.choose_at("Where is it filled in?", "On a tablet");
    tty.wait(["Waiting for the patient to begin", "0. Back"]);
    let now = || Local::now().fixed_offset();
    assert!(matches!(sandbox.open_desk().knock(KnockWith::Code(&first), now()), Ok(Knock::Unknown)));
    tty.press(ESC);
    tty.choose_at(MENU, "Take the invitation back");
    tty.choose_at("Nothing is answered yet, so the intake is deleted.", "No, leave it");
    tty.choose_at(MENU, "Back");
    tty.unlock();
    list(&mut tty);
    tty.wait("invited (15 minutes left): A13");
    tty.choose_at("Which intake?", "Intake 1, ");
    tty.choose_at(MENU, "Take the invitation back");
    tty.choose_at("Nothing is answered yet, so the intake is deleted.", "Yes, take it back");
    tty.wait(["The invitation is taken back. Intake 1 is deleted.", MENU]);
    assert_eq!(sandbox.desk_json("list --json"), json!([]));
}

#[test]
fn staff_take_over_an_interview_that_has_stopped_in_a_browser() {
    let sandbox = Sandbox::with_clinic();
    let _server = sandbox.server(ADDRESS);
    let code = sandbox.invite("A12");
    sandbox.begin_in_browser(&code, 2, 5);
    let mut tty = sandbox.desk_terminal("");
    tty.unlock();
    list(&mut tty);
    tty.choose_at("Which intake?", "Intake 1, ");
    // The desk does not offer what the browser may be writing.
    tty.wait([MENU, "Take the invitation back"]);
    assert!(!tty.screen().contains("Resume"), "{}", tty.screen());
    tty.press(ESC);
    sandbox.save_first_answer(1);
    list(&mut tty);
    tty.wait("in progress (stopped at question 2 of about 5): A12");
    tty.choose_at("Which intake?", "Intake 1, ");
    tty.choose_at(MENU, "Resume the interview");
    // Nothing has changed before staff confirm.
    tty.wait([MENU, "Resume the interview", "Back"]);
    assert!(!sandbox.open_desk().invitations(Local::now().fixed_offset()).expect("a list").is_empty());
    tty.choose_at(MENU, "Resume the interview");
    tty.choose_at("Are you ready?", "Yes, begin");
    tty.choose_at("Question 2 of", "Moderate");
    assert!(sandbox.open_desk().invitations(Local::now().fixed_offset()).expect("a list").is_empty());
    tty.choose_at("Question 3 of", "Good");
    tty.choose_at("Question 4 of", "None yet");
    tty.choose_at("Question 5 of", "No");
    tty.wait("Everything is correct");
    tty.finish();
    tty.choose_at("Thank you", "The staff has the device");
    tty.wait(["Intake 1 is finished.", MENU]);
    let record = sandbox.desk_json("show 1 --json");
    assert_eq!((&record["label"], &record["state"]), (&json!("A12"), &json!("finished")), "{record}");
    assert_eq!(sandbox.desk_json("list --unlock --json")[0]["label"], json!("A12"));
    assert_eq!(sandbox.desk_json("verify --unlock --json")["ok"], json!(true));
}

#[test]
fn what_was_handed_in_is_printed_by_one_item() {
    let sandbox = Sandbox::with_clinic();
    printer(&sandbox);
    sandbox.intake();
    sandbox.intake();
    let mut tty = sandbox.desk_terminal("");
    tty.wait([MENU, "Leave the desk"]);
    assert!(!tty.screen().contains("Print"), "a locked desk cannot print: {}", tty.screen());
    tty.unlock();
    tty.choose_at(MENU, "Print the 2 that were handed in");
    tty.wait(["2 printed", "Sent to the printer front-desk: intakes 1, 2.", MENU, "Leave the desk"]);
    assert!(!tty.screen().contains("Print the"), "{}", tty.screen());
    assert!(!tty.left_over().contains(PASSPHRASE));
    // The message names the intake that cannot be printed, and those printed before it.
    sandbox.intake();
    sandbox.intake();
    let bytes = "UPDATE sealed SET bytes = x'00' WHERE id = (SELECT sealed FROM versions WHERE intake = 4)";
    sandbox.database().execute(bytes, []).expect("damage");
    list(&mut tty);
    tty.choose_at("Which intake?", "Back");
    tty.choose_at(MENU, "Print the 2 that were handed in");
    tty.wait(["Sent to the printer front-desk: intake 3.", "Intake 4 could not be printed:", MENU]);
}
