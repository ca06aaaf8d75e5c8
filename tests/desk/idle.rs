//! The idle lock: without input the screen is cleared, the desk locks, and the answers are kept.

use crate::desk::clinic::LABEL;
use crate::support::Sandbox;
use crate::support::run::run;
use std::time::{Duration, Instant};

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::with_clinic();
    std::fs::write(sandbox.path("../clinic/preconsult.toml"), "idle_seconds = 10\n").expect("settings");
    sandbox
}

#[test]
fn an_idle_interview_is_cleared_and_saved() {
    let sandbox = sandbox();
    let mut tty = sandbox.desk_terminal("");
    tty.begin(LABEL);
    tty.answer_first();
    tty.wait("Question 2 of");
    let process = tty.process();
    tty.wait(["The screen was cleared", "All answers so far are saved."]);
    assert!(tty.is_running() && tty.process() == process);
    tty.wait("Locked. You can start new intakes");
    let left = tty.left_over();
    for word in ["Acne scars", LABEL, "mild or severe"] {
        assert!(!left.contains(word), "{word} is left: {left}");
    }
    let listed = run(sandbox.desk_command("list --clinic ../clinic"));
    assert!(listed.stdout.contains("can be resumed"), "{listed:?}");
    // The new process takes intakes like the old one.
    tty.begin("B");
    tty.wait("Question 1 of");
}

#[test]
fn an_idle_unlocked_desk_locks() {
    let sandbox = sandbox();
    sandbox.intake();
    let mut tty = sandbox.desk_terminal("");
    tty.unlock();
    tty.choose_at("What would you like to do?", "Today's intakes");
    tty.wait(LABEL);
    tty.wait("The screen was cleared");
    tty.wait("Locked. You can start new intakes");
    assert!(!tty.left_over().contains(LABEL));
}

#[test]
fn slow_typing_is_not_idle() {
    let sandbox = sandbox();
    let mut tty = sandbox.desk_terminal("");
    tty.choose_at("What would you like to do?", "New intake");
    tty.wait("Name or code (optional)");
    let start = Instant::now();
    let mut typed = String::new();
    while start.elapsed() < Duration::from_secs(17) {
        std::thread::sleep(Duration::from_millis(900));
        tty.press("x");
        typed.push('x');
    }
    tty.wait("x");
    assert!(tty.screen().contains(&typed), "{}", tty.screen());
    assert!(!tty.screen().contains("cleared"), "{}", tty.screen());
}
