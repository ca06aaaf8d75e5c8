//! What the program says of itself, and that every error shows a way out.

use crate::answers::SHORT;
use crate::world::World;

const COMMANDS: [&str; 7] = ["ask", "summarize", "batch", "explain", "pack", "completions", "man"];

#[test]
fn help_has_examples_the_exit_codes_and_every_command() {
    let world = World::new();
    let page = world
        .run("--help")
        .stdout_has([
            "Usage: preconsult",
            "Examples:",
            "Exit codes: 0 done, 1 could not, 2 the input is wrong, 130 stopped",
        ])
        .check()
        .stdout;
    for command in COMMANDS {
        assert!(page.lines().any(|line| line.trim_start().starts_with(command)), "{command}\n{page}");
        let own = if command == "pack" { "Usage: preconsult pack <COMMAND>" } else { "Example" };
        world.run(&format!("{command} --help")).stdout_has([&format!("Usage: preconsult {command}")]).check();
        world.run(&format!("{command} --help")).stdout_has([own]).check();
    }
    for command in ["check", "test", "show", "schema"] {
        world.run(&format!("pack {command} --help")).stdout_has([&format!("Usage: preconsult pack {command}")]).check();
    }
}

#[test]
fn the_example_in_the_help_works() {
    let page = World::new().run("summarize --help").stdout_has(["An answers file looks like this:"]).check().stdout;
    let example: String = page.lines().skip_while(|line| !line.trim_start().starts_with('{')).take(2).collect();
    World::new().run("summarize --stdout").stdin(example).stdout_has(["Before your visit"]).check();
}

#[test]
fn the_version_is_told() {
    World::new().run("--version").stdout(concat!("preconsult ", env!("CARGO_PKG_VERSION"), "\n")).check();
}

#[test]
fn completions_are_there_for_every_shell() {
    let world = World::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        world.run(&format!("completions {shell}")).stdout_has(["preconsult"]).check();
    }
    world.shell("\"$P\" completions bash >c.bash && bash -n c.bash").check();
    world.run("completions dash").code(2).stderr_has(["'dash'", "bash"]).check();
    world.run("completions").code(2).stderr_has(["<SHELL>"]).check();
}

#[test]
fn the_manual_has_a_page_for_every_command() {
    let world = World::new();
    world.run("man").stdout_has([".TH preconsult 1", "Examples:", "preconsult summarize answers.json"]).check();
    for command in COMMANDS {
        world.run(&format!("man {command}")).stdout_has([".TH", command, "SYNOPSIS"]).check();
    }
    world
        .run("man nothing")
        .code(2)
        .stderr_has(["error: there is no command \"nothing\"\nhint: one of: ask, summarize"])
        .check();
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_has_read_enough() {
    let world = World::with("a.json", SHORT);
    for command in [
        "summarize a.json --stdout",
        "explain a.json",
        "pack show",
        "pack show --questions",
        "pack schema",
        "man",
        "completions bash",
        "--help",
    ] {
        // The pipe holds less than the largest of these, and the writer comes late.
        let script =
            format!("{{ \"$P\" {command}; echo \"code $?\" >&2; }} | {{ head -c 1 >/dev/null; exec <&-; sleep 0.2; }}");
        world.shell(&script).stderr("code 0\n").check();
    }
    let closed = "{ sleep 0.2; \"$P\" summarize a.json --stdout; echo \"code $?\" >&2; } | exec true";
    world.shell(closed).stderr("code 0\n").check();
}

#[test]
fn every_error_shows_a_way_out() {
    let world = World::with("a.json", SHORT);
    let with_hint = ["hint: ", "help: ", "For more information, try '--help'.", "Usage: ", "tip: "];
    for (command, code) in [
        ("summarize nowhere.json", 1),
        ("summarize a.json --out nowhere", 1),
        ("summarize a.json --stdout --copy both", 2),
        ("summarize a.json --lang xx", 2),
        ("summarize a.json --label=", 2),
        ("summarize a.json --pack nowhere", 1),
        ("summarize a.json --pack .", 2),
        ("summarize a.json --format x", 2),
        ("summarize a.json --date x", 2),
        ("summarise", 2),
        ("pack", 2),
        ("pack chek", 2),
        ("pack check nowhere", 1),
        ("pack test nowhere", 1),
        ("pack show --lang xx", 2),
        ("pack schema nothing", 2),
        ("explain nowhere.json", 1),
        ("ask --answers nowhere.json", 1),
        ("man nothing", 2),
        ("completions nothing", 2),
    ] {
        let done = world.run(command).code(code).stderr_has([""]).check();
        assert!(
            with_hint.iter().any(|hint| done.stderr.contains(hint)),
            "{command} shows no way out:\n{}",
            done.stderr
        );
    }
}
