//! A whole day at the desk, on a terminal: from `desk init` to `desk verify`.

use crate::desk::clinic::{LABEL, PASSPHRASE, answers};
use crate::support::terminal::CTRL_C;
use crate::support::{Sandbox, Terminal};
use serde_json::json;
use std::os::unix::fs::PermissionsExt;

/// Installs a print service that saves its input.
pub(crate) fn printer(sandbox: &Sandbox) {
    let tools = sandbox.path("../home/bin");
    std::fs::create_dir(&tools).expect("a folder");
    let out = sandbox.path("../out");
    let script = format!("#!/bin/sh\ncat >>{}/printed\necho 'request id is front-desk-7 (0 file(s))'\n", out.display());
    std::fs::write(tools.join("lp"), script).expect("a file");
    std::fs::set_permissions(tools.join("lp"), PermissionsExt::from_mode(0o755)).expect("it may run");
}

/// Asserts that none of these texts is on the screen or in the scrollback buffer.
fn assert_not_visible(tty: &Terminal, words: &[&str]) {
    let left = tty.left_over();
    for word in words {
        assert!(!left.contains(word), "{word} is left: {left}");
    }
}

#[test]
fn a_day_at_the_desk() {
    let sandbox = Sandbox::for_desk();
    printer(&sandbox);
    set_up_clinic(&sandbox);
    let mut tty = sandbox.desk_terminal("");
    interview_patients(&mut tty);
    unlock_on_second_attempt(&mut tty);
    use_records(&sandbox, &mut tty);
    lock_and_leave(&mut tty);
    check_with_commands(&sandbox);
}

/// In plain lines, for a screen reader. Ctrl-C during an interview locks the desk and keeps the answers.
#[test]
fn the_screen_works_in_plain_lines() {
    let sandbox = Sandbox::with_clinic();
    let mut tty = sandbox.desk_terminal("--plain");
    for (wait, reply) in [
        ("What would you like to do?", "1"),
        ("Name or code (optional)", LABEL),
        ("In which language?", "1"),
        ("Who fills it in?", "2"),
        ("Question 1 of", "acne-scars"),
        ("Question 2 of", "severe"),
    ] {
        tty.wait(wait);
        if reply != LABEL {
            tty.wait("Type ");
        }
        tty.press(&format!("{reply}\r"));
    }
    tty.wait("Question 3 of");
    tty.press("\u{3}");
    tty.wait("The screen was cleared");
    assert_not_visible(&tty, &["severe", LABEL]);
    tty.wait(["3. Unlock", "Type "]);
    tty.press("2\r");
    // A locked desk lists intakes but cannot open them, and says how to unlock.
    tty.wait(["unlock the desk first", "in progress (can be resumed)", "0. Back", "Type "]);
    tty.press("0\r");
    tty.wait("3. Unlock");
    for (wait, reply) in
        [("Type a number", "3"), ("Your name or initials", "Berta"), ("Passphrase of the clinic", PASSPHRASE)]
    {
        tty.wait(wait);
        tty.press(&format!("{reply}\r"));
    }
    tty.wait(["Unlocked for Berta.", "2. Today's intakes", "Type "]);
    tty.press("2\r");
    tty.wait(&format!("in progress (can be resumed): {LABEL}"));
    assert!(!tty.screen().contains(PASSPHRASE), "{}", tty.screen());
}

/// Creates the clinic, with a letterhead and an output folder.
fn set_up_clinic(sandbox: &Sandbox) {
    let mut tty = sandbox.terminal("desk init --work-factor 14 ../clinic").size(40, 100).start();
    tty.wait("A passphrase for the clinic (at least 10 characters):");
    tty.press(CTRL_C);
    assert_eq!(tty.code(), 130, "{}", tty.screen());
    assert!(tty.screen().contains("stopped: before the passphrase was typed"), "{}", tty.screen());
    // A short passphrase is rejected at once, and the prompt repeats.
    let mut tty = sandbox.terminal("desk init --work-factor 14 ../clinic").size(40, 100).start();
    tty.wait("A passphrase for the clinic (at least 10 characters):");
    tty.press("short\r");
    tty.wait("the passphrase has 5 characters; it needs at least 10");
    assert!(!tty.screen().contains("short"), "{}", tty.screen());
    for question in ["A passphrase for the clinic (at least 10 characters):", "Repeat it:"] {
        tty.wait(question);
        tty.press(&format!("{PASSPHRASE}\r"));
    }
    assert_eq!(tty.code(), 0, "{}", tty.screen());
    assert!(!tty.screen().contains(PASSPHRASE), "{}", tty.screen());
    let settings = "clinic = \"Hillside Skin Clinic\"\nretention_days = 30\nout = \"pages\"\n";
    std::fs::write(sandbox.path("../clinic/preconsult.toml"), settings).expect("settings");
    std::fs::create_dir(sandbox.path("../clinic/pages")).expect("a folder");
}

/// Interviews three patients, one in Spanish. The screen is clear between them.
fn interview_patients(tty: &mut Terminal) {
    tty.wait("Hillside Skin Clinic");
    tty.begin(LABEL);
    assert_not_visible(tty, &[LABEL, "In which language?"]);
    tty.answer_all();
    tty.wait("Thank you. Your answers are saved");
    assert_not_visible(tty, &["Acne scars", "Moderate"]);
    tty.choose_at("Thank you", "The staff has the device");
    tty.wait("Intake 1 is finished.");
    tty.choose_at("What would you like to do?", "New intake");
    tty.type_in("Name or code (optional)", "Berta");
    tty.choose_at("In which language?", "es ·");
    tty.choose_at("Who fills it in?", "The patient");
    tty.wait("¿Está listo?");
    tty.press("\r");
    tty.wait("Pregunta 1 de");
    tty.wait("Espacio para marcar");
    tty.press("1 \r");
    for question in ["Pregunta 2 de", "Pregunta 3 de", "Pregunta 4 de"] {
        tty.wait(question);
        tty.wait("Intro para elegir");
        tty.press("1\r");
    }
    tty.wait("Pregunta 5 de");
    tty.wait("Intro para elegir");
    tty.choose("No");
    tty.wait("Todo está correcto");
    tty.finish();
    tty.wait("Gracias.");
    tty.press("\r");
    tty.wait("Intake 2 is finished.");
    // The third stops early, and cannot reach the staff's screen unnoticed.
    tty.begin("Carla");
    tty.wait("Question 1 of");
    tty.wait("Space to tick");
    tty.tick(&["Rough or uneven texture"]);
    tty.wait("Question 2 of");
    tty.wait("Enter to choose");
    tty.press("\u{3}");
    tty.wait("The questions have stopped");
    assert_not_visible(tty, &["Rough", "Carla"]);
    tty.choose_at("The questions have stopped", "The staff has the device");
    tty.wait("Intake 3 is saved");

    // On a locked desk, the list has times and states but no names.
    tty.choose_at("What would you like to do?", "Today's intakes");
    tty.wait("Intake 1,");
    assert_not_visible(tty, &[LABEL, "Berta", "Carla"]);
    tty.choose_at("What would you like to do?", "Back");
}

/// Unlocks after a wrong passphrase.
fn unlock_on_second_attempt(tty: &mut Terminal) {
    tty.identify("");
    tty.press("not the passphrase\r");
    tty.wait("that is not the clinic's passphrase");
    tty.wait("You can try again in 1 second.\n? Passphrase of the clinic:");
    tty.press(&format!("{PASSPHRASE}\r"));
    tty.wait("Unlocked for tester");
}

/// Uses every action on a record.
fn use_records(sandbox: &Sandbox, tty: &mut Terminal) {
    // Print twice.
    tty.choose_at("What would you like to do?", "Today's intakes");
    tty.wait(LABEL);
    tty.choose_at("Which intake?", "Intake 1,");
    for copy in ["Patient's copy", "Large print: patient's copy"] {
        tty.choose_at("What would you like to do?", "Print it");
        tty.choose_at("Which copy?", copy);
        tty.wait("Sent to the printer front-desk.");
    }
    tty.wait("printed");
    let printed = std::fs::read(sandbox.path("../out/printed")).expect("pages");
    assert_eq!(
        printed.windows(5).filter(|bytes| *bytes == b"%PDF-").count(),
        if cfg!(feature = "pdf") { 2 } else { 0 }
    );

    // Show, correct, export.
    tty.choose_at("What would you like to do?", "Show it");
    tty.wait("Page 1 of");
    tty.wait("Acne scars");
    tty.choose_at("What would you like to do?", "Back");
    tty.choose_at("What would you like to do?", "Correct it");
    tty.type_in("Name or code (optional)", " B");
    tty.wait("Enter to change or finish");
    tty.choose("Severity");
    tty.choose_at("Question 2 of", "Severe");
    tty.wait("Enter to change or finish");
    tty.wait("Severe");
    tty.choose("Everything is correct");
    tty.type_in("Why?", "");
    tty.type_in("Why?", "said so at the desk");
    tty.wait("Intake 1 is now at version 2");
    tty.choose_at("What would you like to do?", "Save it to a file");
    tty.choose_at("Which copy?", "Clinician's copy");
    tty.choose_at("In which format?", "text");
    tty.type_in("In which folder?", "");
    tty.wait("Written:");
    let pages: Vec<_> = std::fs::read_dir(sandbox.path("../clinic/pages")).expect("a folder").flatten().collect();
    assert_eq!(pages.len(), 1, "{pages:?}");
    let page = std::fs::read_to_string(pages[0].path()).expect("a page");
    assert!(page.contains(&format!("{LABEL} B")) && page.contains("Severe"), "{page}");

    // The second patient asks for deletion.
    tty.choose_at("What would you like to do?", "Back");
    tty.choose_at("What would you like to do?", "Find by label");
    tty.type_in("Find by label", "BERT");
    tty.choose_at("Which intake?", "Intake 2,");
    tty.choose_at("What would you like to do?", "Delete it");
    tty.type_in("Why?", "asked for it");
    tty.choose_at("Delete intake 2 and its files", "Yes, delete it");
    tty.wait("removed: intake 2");
}

/// Locks and leaves the desk.
fn lock_and_leave(tty: &mut Terminal) {
    tty.choose_at("What would you like to do?", "Lock");
    tty.wait("Locked. You can start new intakes");
    assert_not_visible(tty, &[LABEL, "Berta", "removed: intake 2"]);
    tty.choose_at("What would you like to do?", "Leave the desk");
    assert_eq!(tty.code(), 0, "{}", tty.screen());
    assert_eq!(tty.left_over().trim(), "", "nothing is left on the screen");
}

/// Checks the day with the commands for scripts.
fn check_with_commands(sandbox: &Sandbox) {
    let record = sandbox.desk_json("show 1 --json");
    assert_eq!((&record["version"], &record["state"]), (&json!(2), &json!("finished")));
    assert_eq!(record["answers_file"]["answers"]["severity"]["acne-scars"], json!("severe"));
    assert_eq!(record["answers_file"]["filled_in_by"], json!("patient"));
    let old = sandbox.desk_json("show 1 --version 1 --json");
    assert_eq!(old["answers_file"]["answers"]["severity"]["acne-scars"], json!("moderate"));
    assert_ne!(answers()["answers"], old["answers_file"]["answers"]);
    assert_eq!(sandbox.desk("show 2").code, Some(2));
    let purged = sandbox.desk_json("purge --older-than 0 --dry-run --json");
    assert_eq!(purged["intakes"], json!([]), "today's intakes are not a day old");
    sandbox.desk_ok("purge");
    let trail = sandbox.desk_ok("trail --unlock");
    for what in ["made", "printed", "corrected", "tester said so at the desk", "exported", "tester asked for it"] {
        assert!(trail.contains(what), "{what} is missing: {trail}");
    }
    let report = sandbox.desk_json("verify --unlock --json");
    assert_eq!((&report["ok"], &report["intakes"]), (&json!(true), &json!(2)), "{report:#}");
}
