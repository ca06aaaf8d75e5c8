//! Help, version, completions and manual pages, and a hint for every error.

use crate::cli::answers::SHORT;
use crate::support::Sandbox;

const COMMANDS: [&str; 7] = ["ask", "summarize", "batch", "explain", "pack", "completions", "man"];

#[test]
fn help_has_examples_exit_codes_and_every_command() {
    let sandbox = Sandbox::new();
    let page = sandbox
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
        sandbox.run(&format!("{command} --help")).stdout_has([&format!("Usage: preconsult {command}")]).check();
        sandbox.run(&format!("{command} --help")).stdout_has([own]).check();
    }
    for command in ["check", "test", "show", "schema"] {
        sandbox
            .run(&format!("pack {command} --help"))
            .stdout_has([&format!("Usage: preconsult pack {command}")])
            .check();
    }
}

#[test]
fn the_example_in_the_help_works() {
    let page = Sandbox::new().run("summarize --help").stdout_has(["An answers file looks like this:"]).check().stdout;
    let lines = page.lines().skip_while(|line| !line.trim_start().starts_with('{'));
    let example: String = lines.take_while(|line| !line.is_empty()).collect();
    Sandbox::new().run("summarize --stdout").stdin(example).stdout_has(["Before your visit"]).check();
}

/// Collects the words of every command that has a help page.
fn commands(sandbox: &Sandbox, before: &str, into: &mut Vec<String>) {
    into.push(before.to_owned());
    let page = sandbox.run(&format!("{before} --help")).stdout_has(["Usage: "]).check().stdout;
    let Some((_, list)) = page.split_once("\nCommands:\n") else { return };
    // The first words of the lines that do not continue a description.
    let names = list.lines().take_while(|line| !line.is_empty()).filter(|line| !line.starts_with("   "));
    for name in names.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help") {
        commands(sandbox, &format!("{before} {name}"), into);
    }
}

#[test]
fn help_breaks_its_lines_where_the_terminal_ends_and_nowhere_else() {
    let sandbox = Sandbox::new();
    let mut all = Vec::new();
    commands(&sandbox, "", &mut all);
    assert!(all.len() > 20, "{all:?}");
    for command in &all {
        let page = |columns: usize| {
            let script = format!("COLUMNS={columns} exec \"$P\" {command} --help");
            sandbox.shell(&script).stdout_has(["Usage: "]).check().stdout
        };
        let widest = page(80).lines().map(textwrap::core::display_width).max();
        assert!(widest <= Some(80), "{command} --help");
        // After the options come paragraphs, one per line, and examples that fit in one line.
        let whole = page(1_000);
        let behind = whole.split("Print help").last().unwrap_or_default();
        let lines: Vec<&str> = behind.lines().collect();
        for pair in lines.windows(2) {
            let is_prose = |line: &str| !line.is_empty() && !line.starts_with(' ');
            assert!(!is_prose(pair[0]) || !is_prose(pair[1]), "{command} --help is broken at {:?}", pair[1]);
            assert!(!pair[1].starts_with(' ') || pair[1].chars().count() <= 80, "{command} --help: {}", pair[1]);
        }
    }
}

#[test]
fn every_listed_format_can_be_written_and_is_listed_once() {
    let sandbox = Sandbox::new();
    for command in ["summarize", "batch", "ask", "desk export"]
        .into_iter()
        .filter(|command| cfg!(feature = "desk") || !command.starts_with("desk"))
    {
        let page = sandbox.run(&format!("{command} --help")).stdout_has(["--format"]).check().stdout;
        let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(page.matches("markdown").count() - page.matches("markdown,answers").count(), 1, "{command}: {page}");
        assert!(page.contains("markdown, json, answers, fhir]"), "{command}: {page}");
    }
    let record = SHORT.replace('\n', "");
    for format in ["html", "text", "markdown", "json", "answers", "fhir"] {
        sandbox
            .run(&format!("batch --out . --format {format}"))
            .stdin(record.as_str())
            .stdout_has(["\"files\":[\""])
            .stderr_any()
            .check();
    }
}

#[test]
fn the_version_is_printed() {
    Sandbox::new().run("--version").stdout(concat!("preconsult ", env!("CARGO_PKG_VERSION"), "\n")).check();
}

#[test]
fn completions_are_there_for_every_shell() {
    let sandbox = Sandbox::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        sandbox.run(&format!("completions {shell}")).stdout_has(["preconsult"]).check();
    }
    sandbox.shell("\"$P\" completions bash >c.bash && bash -n c.bash").check();
    sandbox.run("completions dash").code(2).stderr_has(["'dash'", "bash"]).check();
    sandbox.run("completions").code(2).stderr_has(["<SHELL>"]).check();
}

#[test]
fn the_manual_has_a_page_for_every_command() {
    let sandbox = Sandbox::new();
    sandbox.run("man").stdout_has([".TH preconsult 1", ".SH EXAMPLES", "preconsult summarize answers.json"]).check();
    for command in COMMANDS {
        sandbox.run(&format!("man {command}")).stdout_has([".TH", command, "SYNOPSIS"]).check();
    }
    sandbox
        .run("man nothing")
        .code(2)
        .stderr_has(["error: there is no command \"nothing\"\nhint: one of: ask, summarize"])
        .check();
}

/// Collects the pages that a page names, recursively.
fn pages(sandbox: &Sandbox, name: &str, into: &mut Vec<String>) {
    into.push(name.to_owned());
    let page = sandbox.run(&format!("man {name}")).stdout_has([&format!(".TH {name} 1")]).check().stdout;
    let plain = page.replace("\\-", "-");
    for line in plain.lines().filter_map(|line| line.strip_suffix("(1)")) {
        pages(sandbox, line, into);
    }
}

#[test]
fn every_page_that_a_page_names_can_be_printed_by_its_name_and_by_words() {
    let sandbox = Sandbox::new();
    let mut all = Vec::new();
    pages(&sandbox, "preconsult", &mut all);
    assert!(all.len() > 20 && !all.iter().any(|name| name.contains("help")), "{all:?}");
    let page = |words: &str| sandbox.run(&format!("man {words}")).stdout_has([".TH"]).check().stdout;
    assert_eq!(page("pack show"), page("pack-show"));
    assert_eq!(page("help pack show"), page("preconsult-pack-show"));
    sandbox
        .run("man pack nothing")
        .code(2)
        .stderr_has(["no command \"pack nothing\"", "hint: one of: new, check"])
        .check();
}

/// Each option has its value, required arguments appear once, and groups are as in the help.
#[test]
fn the_manual_has_the_synopsis_of_a_command() {
    let sandbox = Sandbox::new();
    for (command, written) in [
        ("ask", "preconsult ask [--pack <DIR>] [--lang <TAG>] [--plain] "),
        ("drafts discard", "preconsult drafts discard <ID|--all|--older-than <DAYS>>\n"),
        ("pack show", "[--lang <TAG>] "),
        ("pack show", " [DIR]\n"),
    ] {
        let page = sandbox.run(&format!("man {command}")).stdout_has([".SH SYNOPSIS\n"]).check().stdout;
        let plain = page.replace("\\-", "-").replace("\\fB", "").replace("\\fR", "");
        let synopsis = plain.split(".SH").find(|part| part.starts_with(" SYNOPSIS")).unwrap_or_default();
        assert!(synopsis.contains(written), "{written}: {synopsis}");
        assert!(!synopsis.contains("OPTIONS"), "{synopsis}");
    }
    if cfg!(feature = "desk") {
        let page = sandbox.run("man desk new").stdout_has(["SYNOPSIS"]).check().stdout.replace("\\-", "-");
        let synopsis = page.split(".SH").find(|part| part.starts_with(" SYNOPSIS")).unwrap_or_default();
        assert_eq!(synopsis.matches("--answers <FILE>").count(), 1, "{synopsis}");
    }
}

#[test]
fn the_manual_keeps_the_lines_of_its_examples() {
    let page = Sandbox::new().run("man").stdout_has([".nf\n  preconsult  "]).check().stdout;
    let unfilled = page.lines().scan(false, |unfilled, line| {
        *unfilled = (*unfilled || line == ".nf") && line != ".fi";
        Some((*unfilled, line))
    });
    assert!(unfilled.filter(|(_, line)| line.starts_with(' ')).all(|(unfilled, _)| unfilled), "{page}");
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_not_an_error() {
    let sandbox = Sandbox::with("a.json", SHORT);
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
        // The largest output exceeds the pipe's buffer, and the reader closes it before the write.
        let script =
            format!("{{ \"$P\" {command}; echo \"code $?\" >&2; }} | {{ head -c 1 >/dev/null; exec <&-; sleep 0.2; }}");
        sandbox.shell(&script).stderr("code 0\n").check();
    }
    let closed = "{ sleep 0.2; \"$P\" summarize a.json --stdout; echo \"code $?\" >&2; } | exec true";
    sandbox.shell(closed).stderr("code 0\n").check();
}

#[test]
fn every_error_shows_a_hint() {
    let sandbox = Sandbox::with("a.json", SHORT);
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
        let done = sandbox.run(command).code(code).stderr_has([""]).check();
        assert!(with_hint.iter().any(|hint| done.stderr.contains(hint)), "{command} shows no hint:\n{}", done.stderr);
    }
}
