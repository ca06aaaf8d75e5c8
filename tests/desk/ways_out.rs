//! Hints: for damage, for an unused passphrase file, and for a missing print service.

use crate::support::Sandbox;
use crate::support::run::run;

const VERIFY_HINT: &str = "hint: run `preconsult desk verify` to list all damage, with --unlock also in encrypted \
                       content; a backup may have an undamaged copy\n";

#[test]
fn damage_suggests_verify_and_verify_suggests_a_backup() {
    let row = "UPDATE intakes SET state = 'printed' WHERE number = 1";
    let record = "UPDATE sealed SET bytes = x'00' WHERE id = (SELECT sealed FROM versions WHERE intake = 1)";
    let words = "key rotate --work-factor 14";
    for (change, words) in [(row, "list"), (row, "show 1"), (record, "show 1"), (record, words)] {
        let sandbox = Sandbox::with_clinic();
        sandbox.intake();
        sandbox.database().execute_batch(change).expect("a change");
        let output = sandbox.desk(words);
        assert!(output.code == Some(1) && output.stderr.ends_with(VERIFY_HINT), "{words}: {output:?}");
        let checked = sandbox.desk("verify --unlock");
        let hint = "hint: restore a backup to a new folder with `preconsult desk restore`";
        assert!(checked.code == Some(1) && checked.stderr.contains(hint), "{words}: {checked:?}");
        assert!(!checked.stderr.contains("desk verify"), "the hint of verify does not name verify: {checked:?}");
    }
}

#[test]
fn an_unused_passphrase_file_is_reported() {
    let sandbox = Sandbox::with_clinic();
    sandbox.intake();
    let note = "note: the desk stays locked and --passphrase-file is not used; add --unlock to unlock it\n";
    for words in ["list", "trail", "trail 1 --json", "verify"] {
        let locked = sandbox.desk(words);
        assert!(locked.code == Some(0) && locked.stderr == note, "{words}: {locked:?}");
        let unlocked = sandbox.desk(&format!("{words} --unlock"));
        assert!(unlocked.code == Some(0) && unlocked.stderr.is_empty(), "{words}: {unlocked:?}");
        let without = run(sandbox.desk_command(&format!("{words} --clinic ../clinic")));
        assert!(without.code == Some(0) && without.stderr.is_empty(), "{words}: {without:?}");
    }
}

#[test]
fn verify_wraps_its_report_to_the_terminal() {
    let sandbox = Sandbox::with_clinic();
    let words = "desk verify --clinic ../clinic";
    let piped = run(sandbox.desk_command("verify --clinic ../clinic")).stdout;
    let mut tty = sandbox.terminal(words).size(40, 50).start();
    assert!(tty.status().success());
    let screen = tty.screen();
    assert!(screen.split_whitespace().eq(piped.split_whitespace()), "{screen}\n{piped}");
    // The terminal keeps a wrapped line as one long line.
    for line in screen.lines().filter(|line| line.trim().contains(' ')) {
        assert!(line.chars().count() <= 50, "{line}");
    }
}

/// The desk has no file to print by hand, so the hint names the command that writes one.
#[test]
fn without_a_print_service_the_hint_is_the_export_command() {
    let sandbox = Sandbox::with_clinic();
    sandbox.intake();
    let output = run({
        let mut command = sandbox.desk_command("print 1 --copy both --clinic ../clinic --passphrase-file ../pass");
        command.env("PATH", "/nowhere");
        command
    });
    let (before, rest) = output.stderr.split_once("or write a file with `preconsult desk ").expect(&output.stderr);
    assert!(output.code == Some(1) && before.contains("hint: install the print service"), "{output:?}");
    let words = rest.strip_suffix("` and print that\n").expect(rest);
    assert_eq!(words, format!("export 1 --copy both --format {PRINTED}"));
    let paths = sandbox.desk_ok(words);
    assert!(paths.lines().all(|path| sandbox.path("").join(path).is_file()) && paths.lines().count() == 2, "{paths}");

    let mut tty = sandbox.terminal("desk --clinic ../clinic").size(60, 100).env("PATH", "/nowhere").start();
    tty.unlock();
    tty.choose_at("What would you like to do?", "Today's intakes");
    tty.choose_at("Which intake?", "Intake 1,");
    tty.choose_at("What would you like to do?", "Print it");
    tty.choose_at("Which copy?", "Clinician's copy");
    tty.wait(&format!(
        "write a file with `preconsult desk export 1 --copy clinician --format {PRINTED}` and print that"
    ));
}

const PRINTED: &str = if cfg!(feature = "pdf") { "pdf" } else { "text" };
