//! Every write of the commands without a question fails in turn, or is the last thing that happens.

use crate::answers::SHORT;
use crate::inject::{Faulty, at_each_write, run, unable};
use crate::world::{PROGRAM, World, skipped};
use std::collections::BTreeMap;
use std::process::Command;

/// The program in a world, with these words behind its name.
fn program(world: &World, words: &str) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(words.split_whitespace()).current_dir(world.path("")).env_clear().envs(world.environment());
    command
}

/// The whole files that were made, by their names, and whether there is one without a name.
fn files(world: &World) -> (BTreeMap<String, String>, bool) {
    let names: Vec<String> = world.made();
    let (unnamed, named): (Vec<String>, Vec<String>) =
        names.into_iter().partition(|name| name.starts_with(".preconsult-") || name.starts_with(".tmp"));
    let read = |name: String| {
        let bytes = std::fs::read(world.path(&name)).expect("a file");
        (name, String::from_utf8_lossy(&bytes).into_owned())
    };
    (named.into_iter().map(read).collect(), !unnamed.is_empty())
}

/// Runs a command with each fault at each of its writes. Whatever became of it, the files with their names are whole, and
/// those that it told are there; what it printed is the beginning of what it should; and the next run does it all.
fn check(given: &[(&str, &str)], words: &str) {
    if let Some(why) = unable() {
        return skipped(&why);
    }
    let world = || {
        let mut world = World::new();
        for (name, text) in given {
            world.file(name, text);
        }
        world
    };
    let whole_world = world();
    let whole = run(program(&whole_world, words), "");
    let (expected, _) = files(&whole_world);
    at_each_write(
        world,
        |world| program(world, words),
        "",
        |world, faulty| {
            let (files, unnamed) = files(world);
            for (name, text) in &files {
                assert!(expected.get(name) == Some(text), "{name} is not whole\n{faulty}");
            }
            assert!(faulty.killed() || !unnamed, "{faulty}");
            assert!(faulty.ran.stdout.lines().all(|line| whole.stdout.lines().any(|known| known == line)), "{faulty}");
            for name in expected.keys().filter(|name| faulty.ran.stdout.contains(*name)) {
                assert!(files.contains_key(name), "{name} was told and is not there\n{faulty}");
            }
            if !faulty.killed() {
                told(&faulty, files.keys());
            }
            for name in world.made() {
                std::fs::remove_file(world.path(&name)).expect("to take it away");
            }
            let next = run(program(world, words), "");
            assert_eq!((next.code, &next.stdout), (Some(0), &whole.stdout), "{faulty}\n{next:?}");
        },
    );
}

/// A fault is told, and with it every file that is there all the same.
fn told<'n>(faulty: &Faulty, mut files: impl Iterator<Item = &'n String>) {
    if !faulty.is_stderr() {
        faulty.assert_told();
        assert!(files.all(|name| faulty.ran.stdout.contains(name) || faulty.says(name)), "{faulty}");
    }
}

/// Some records, one of them with a fault.
fn records() -> String {
    let record = |id: &str| SHORT.replacen('{', &format!("{{\"id\":\"{id}\","), 1).replace('\n', "") + "\n";
    record("a") + &record("b") + &record("c").replace("moderate", "mild") + &record("d")
}

#[test]
fn of_summarize() {
    check(&[("a.json", SHORT)], "summarize a.json --label A --format text,json --copy both");
    check(&[("a.json", SHORT)], "summarize a.json --format json --stdout");
}

#[cfg(feature = "pdf")]
#[test]
fn of_summarize_to_pdf() {
    check(&[("a.json", SHORT)], "summarize a.json --label A --format pdf");
}

#[test]
fn of_batch() {
    check(&[("a.jsonl", &records())], "batch a.jsonl --threads 1");
    check(&[("a.jsonl", &records())], "batch a.jsonl --threads 1 --out . --format text,json");
}

#[test]
fn of_settings_and_pages() {
    check(&[], "config init preconsult.toml");
    check(&[], "pack show --html pack.html");
    check(&[], "form --format text");
}
