//! Where whoever meets damage is sent, and what is said of a passphrase that nobody looks at.

use crate::pty::Tty;
use crate::world::{PROGRAM, World, run};
use portable_pty::CommandBuilder;

const WAY_OUT: &str = "hint: `preconsult desk verify` names everything that is damaged, with --unlock also in what is \
                       sealed; a backup may have it as it was\n";

#[test]
fn damage_sends_to_the_check_and_the_check_to_a_backup() {
    let row = "UPDATE intakes SET state = 'printed' WHERE number = 1";
    let record = "UPDATE sealed SET bytes = x'00' WHERE id = (SELECT sealed FROM versions WHERE intake = 1)";
    let words = "key rotate --work-factor 14";
    for (change, words) in [(row, "list"), (row, "show 1"), (record, "show 1"), (record, words)] {
        let world = World::new();
        world.intake();
        world.database().execute_batch(change).expect("a change");
        let ran = world.desk(words);
        assert!(ran.code == Some(1) && ran.stderr.ends_with(WAY_OUT), "{words}: {ran:?}");
        let checked = world.desk("verify --unlock");
        let hint = "hint: `preconsult desk restore` makes a new folder from a backup";
        assert!(checked.code == Some(1) && checked.stderr.contains(hint), "{words}: {checked:?}");
        assert!(!checked.stderr.contains("desk verify"), "nobody is sent where they are: {checked:?}");
    }
}

#[test]
fn a_passphrase_that_nobody_looks_at_is_told() {
    let world = World::new();
    world.intake();
    let note = "note: the desk stays locked, and nobody looked at --passphrase-file: --unlock unlocks it\n";
    for words in ["list", "trail", "trail 1 --json", "verify"] {
        let locked = world.desk(words);
        assert!(locked.code == Some(0) && locked.stderr == note, "{words}: {locked:?}");
        let unlocked = world.desk(&format!("{words} --unlock"));
        assert!(unlocked.code == Some(0) && unlocked.stderr.is_empty(), "{words}: {unlocked:?}");
        let without = run(world.command(&format!("{words} --clinic ../clinic")));
        assert!(without.code == Some(0) && without.stderr.is_empty(), "{words}: {without:?}");
    }
}

#[test]
fn the_check_is_told_in_lines_that_fit() {
    let world = World::new();
    let words = "desk verify --clinic ../clinic";
    let piped = run(world.command("verify --clinic ../clinic")).stdout;
    let mut command = CommandBuilder::new(PROGRAM);
    command.args(words.split(' '));
    command.env_clear();
    for (name, value) in world.environment() {
        command.env(name, value);
    }
    command.cwd(world.path("work"));
    let mut tty = Tty::start(command, 40, 50, "");
    assert!(tty.ended().success());
    let screen = tty.screen();
    assert!(screen.split_whitespace().eq(piped.split_whitespace()), "{screen}\n{piped}");
    // A line that the terminal had to cut is one line of the screen still.
    for line in screen.lines().filter(|line| line.trim().contains(' ')) {
        assert!(line.chars().count() <= 50, "{line}");
    }
}

/// At the desk there is no file that one could print by hand: the hint has the command that writes one.
#[test]
fn without_a_print_service_the_command_is_told_that_writes_a_file() {
    let world = World::new();
    world.intake();
    let ran = run({
        let mut command = world.command("print 1 --copy both --clinic ../clinic --passphrase-file ../pass");
        command.env("PATH", "/nowhere");
        command
    });
    let (before, rest) = ran.stderr.split_once("or write a file with `preconsult desk ").expect(&ran.stderr);
    assert!(ran.code == Some(1) && before.contains("hint: install the print service"), "{ran:?}");
    let words = rest.strip_suffix("` and print that\n").expect(rest);
    assert_eq!(words, format!("export 1 --copy both --format {PRINTED}"));
    let paths = world.ok(words);
    assert!(paths.lines().all(|path| world.path("work").join(path).is_file()) && paths.lines().count() == 2, "{paths}");

    let mut tty = Tty::command(world.command("--clinic ../clinic").env("PATH", "/nowhere"));
    tty.unlock();
    tty.choose("What would you like to do?", 1);
    tty.choose("Which intake?", 0);
    tty.choose("What would you like to do?", 1);
    tty.choose("Which copy?", 1);
    tty.wait(&format!(
        "write a file with `preconsult desk export 1 --copy clinician --format {PRINTED}` and print that"
    ));
}

const PRINTED: &str = if cfg!(feature = "pdf") { "pdf" } else { "text" };
