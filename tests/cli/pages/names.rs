//! Names of files that would steer a terminal: messages show them without harm, and the path on standard output is the
//! path, for programs.

use super::patient;
use crate::world::World;

/// Turns the terminal red, and what follows around.
const RED: &str = "n\u{1b}[31m\u{202e}m";
/// As messages show it.
const SHOWN: &str = "n\u{241b}[31mm";

/// Runs the program, which has to fail with these words, and looks at every character that came.
fn refused(world: &World, arguments: &[&str], code: i32, words: &str) {
    let done = world.run_with(arguments.iter().copied()).code(code).stdout_has([""]).stderr_any().check();
    assert!(done.stderr.contains(words), "{words:?} is not in {:?}", done.stderr);
    let harmful: Vec<char> =
        done.stderr.chars().filter(|c| (c.is_control() && *c != '\n') || *c == '\u{202e}').collect();
    assert!(harmful.is_empty(), "{harmful:?} in {:?}", done.stderr);
}

#[test]
fn they_are_shown_without_harm() {
    let mut world = World::with("answers.json", patient("short"));
    let name = |end: &str| format!("{RED}{end}");
    let config = |world: &mut World, key: &str, value: &str| {
        world.file("clinic.toml", format!("{key} = {}\n", value.replace('\u{1b}', "\\u001b")));
    };
    world.file(&name(".json"), b"{\n\xff");
    refused(&world, &["summarize", &name(".json")], 2, &format!("{SHOWN}.json:2 is not UTF-8 text"));
    world.file(&name(".png"), "no picture");
    config(&mut world, "logo", &format!("\"{RED}.png\""));
    let summarize = ["summarize", "answers.json", "--config", "clinic.toml"];
    refused(&world, &summarize, 2, &format!("the logo {SHOWN}.png is neither"));
    world.file(&name(".ttf"), "no font");
    config(&mut world, "fonts", &format!("[\"{RED}.ttf\"]"));
    refused(&world, &summarize, 2, &format!("{SHOWN}.ttf is not a font file"));
    if cfg!(feature = "pdf") {
        world.file(&name(".typ"), "= A heading\n");
        config(&mut world, "template", &format!("\"{RED}.typ\""));
        refused(&world, &summarize, 2, &format!("the template {SHOWN}.typ does not print"));
        world.file(&name(".typ"), "#text(");
        refused(&world, &summarize, 2, &format!("{SHOWN}.typ:1:"));
    }
    refused(&world, &["config", "init", &name(".ttf")], 1, &format!("{SHOWN}.ttf is there already"));
    world.file(&name(".toml"), "colour = 1\n");
    refused(&world, &["config", "check", "--config", &name(".toml")], 2, &format!("{SHOWN}.toml"));
    std::fs::create_dir_all(world.path(RED).join("sub")).expect("a folder");
    if cfg!(feature = "pdf") {
        let words = format!("there is something in {SHOWN} already");
        refused(&world, &["config", "template", RED, "answers.json"], 2, &words);
    }
    refused(&world, &["pack", "check", RED], 2, SHOWN);
    refused(&world, &["summarize", "answers.json", "--out", &name("x")], 1, &format!("in {SHOWN}x: "));
}

#[test]
#[cfg(unix)]
fn the_printed_page_is_named_and_its_path_is_the_path() {
    use std::os::unix::fs::PermissionsExt as _;
    let mut world = World::with("answers.json", patient("short"));
    std::fs::create_dir(world.path(RED)).expect("a folder");
    let mut lp = |script: &str| {
        world.file("lp", format!("#!/bin/sh\n{script}\n"));
        let run = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(world.path("lp"), run).expect("a program");
    };
    lp("echo 'request id is \u{1b}[5mdesk-7 (1 file(s))'");
    let print = |world: &World, more: &str, code: i32| {
        let script = format!("PATH=.:\"$PATH\" \"$P\" summarize answers.json --out '{RED}' --print {more}");
        world.shell(&script).code(code).stdout_has([RED]).stderr_any().check()
    };
    let done = print(&world, "", 0);
    assert!(world.path(done.stdout.trim_end_matches('\n')).is_file(), "{:?}", done.stdout);
    assert!(done.stderr.starts_with(&format!("sent to the printer \u{241b}[5mdesk: {SHOWN}/")), "{:?}", done.stderr);
    let mut lp = |script: &str| world.file("lp", format!("#!/bin/sh\n{script}\n"));
    lp("echo 'lp: Error - No default destination.' >&2; exit 1");
    let done = print(&world, "--copy both --format text", 1);
    let first = done.stderr.lines().next().unwrap_or_default();
    assert!(
        first.starts_with("error: the print service refused: No default destination; every page is kept: "),
        "{first:?}"
    );
    let kept = first.split(": ").last().map(|paths| paths.split(", ").count());
    assert_eq!(kept, Some(done.stdout.lines().count()), "{first:?}");
    assert!(first.chars().all(|c| !c.is_control() && c != '\u{202e}'), "{first:?}");
}
