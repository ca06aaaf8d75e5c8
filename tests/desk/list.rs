//! The table of intakes.

use crate::desk::clinic::LABEL;
use crate::support::Sandbox;
use crate::support::run::run;
use crate::support::terminal::CTRL_C;

/// The column of labels is aligned in any script, and the notes follow it.
#[test]
fn notes_follow_the_column_of_labels() {
    let sandbox = Sandbox::with_clinic();
    sandbox.intake();
    sandbox.desk_ok("correct 1 --answers ../corrected.json --why mistyped");
    let mut tty = sandbox.desk_terminal("");
    tty.begin("山田花子 A12");
    tty.wait(["Question 1 of", "Space to tick"]);
    tty.press(CTRL_C);
    tty.wait("The questions have stopped");
    tty.press("\r");
    tty.wait("Intake 2 is saved");
    let table =
        |text: String| text.lines().map(|line| line.get(26..).unwrap_or_default().to_owned()).collect::<Vec<_>>();
    // The wide characters take eight columns.
    let unlocked = [
        "STATE       LABEL          NOTE".to_owned(),
        format!("finished    {LABEL}  version 2"),
        "started     山田花子 A12   can be resumed".to_owned(),
    ];
    assert_eq!(table(sandbox.desk_ok("list --unlock")), unlocked);
    let locked = run(sandbox.desk_command("list --clinic ../clinic"));
    assert_eq!(table(locked.stdout), ["STATE       NOTE", "finished", "started     can be resumed"]);
}
