//! File names with terminal escape sequences: messages print them escaped, and standard output has the exact path for
//! programs.

use super::patient;
use crate::support::Sandbox;

/// A name that turns the terminal red and reverses the text direction.
const RED: &str = "n\u{1b}[31m\u{202e}m";
/// The name as messages show it.
const SHOWN: &str = "n\u{241b}[31mm";

/// Runs the program, which must fail with this message, and checks every character of its output.
fn assert_refused(sandbox: &Sandbox, arguments: &[&str], code: i32, words: &str) {
    let done = sandbox.run_with(arguments.iter().copied()).code(code).stdout_has([""]).stderr_any().check();
    assert!(done.stderr.contains(words), "{words:?} is not in {:?}", done.stderr);
    let harmful: Vec<char> =
        done.stderr.chars().filter(|c| (c.is_control() && *c != '\n') || *c == '\u{202e}').collect();
    assert!(harmful.is_empty(), "{harmful:?} in {:?}", done.stderr);
}

#[test]
fn messages_escape_control_characters() {
    let mut sandbox = Sandbox::with("answers.json", patient("short"));
    let name = |end: &str| format!("{RED}{end}");
    let config = |sandbox: &mut Sandbox, key: &str, value: &str| {
        sandbox.file("clinic.toml", format!("{key} = {}\n", value.replace('\u{1b}', "\\u001b")));
    };
    sandbox.file(&name(".json"), b"{\n\xff");
    assert_refused(&sandbox, &["summarize", &name(".json")], 2, &format!("{SHOWN}.json:2 is not UTF-8 text"));
    sandbox.file(&name(".png"), "no picture");
    config(&mut sandbox, "logo", &format!("\"{RED}.png\""));
    let summarize = ["summarize", "answers.json", "--config", "clinic.toml"];
    assert_refused(&sandbox, &summarize, 2, &format!("the logo {SHOWN}.png is neither"));
    sandbox.file(&name(".ttf"), "no font");
    config(&mut sandbox, "fonts", &format!("[\"{RED}.ttf\"]"));
    assert_refused(&sandbox, &summarize, 2, &format!("{SHOWN}.ttf is not a font file"));
    if cfg!(feature = "pdf") {
        sandbox.file(&name(".typ"), "= A heading\n");
        config(&mut sandbox, "template", &format!("\"{RED}.typ\""));
        assert_refused(&sandbox, &summarize, 2, &format!("the template {SHOWN}.typ does not print"));
        sandbox.file(&name(".typ"), "#text(");
        assert_refused(&sandbox, &summarize, 2, &format!("{SHOWN}.typ:1:"));
    }
    assert_refused(&sandbox, &["config", "init", &name(".ttf")], 1, &format!("{SHOWN}.ttf already exists"));
    sandbox.file(&name(".toml"), "colour = 1\n");
    assert_refused(&sandbox, &["config", "check", "--config", &name(".toml")], 2, &format!("{SHOWN}.toml"));
    std::fs::create_dir_all(sandbox.path(RED).join("sub")).expect("a folder");
    if cfg!(feature = "pdf") {
        let words = format!("the folder {SHOWN} is not empty");
        assert_refused(&sandbox, &["config", "template", RED, "answers.json"], 2, &words);
    }
    assert_refused(&sandbox, &["pack", "check", RED], 2, SHOWN);
    assert_refused(&sandbox, &["summarize", "answers.json", "--out", &name("x")], 1, &format!("in {SHOWN}x: "));
}

#[test]
#[cfg(unix)]
fn standard_output_has_the_exact_path() {
    use std::os::unix::fs::PermissionsExt as _;
    let mut sandbox = Sandbox::with("answers.json", patient("short"));
    std::fs::create_dir(sandbox.path(RED)).expect("a folder");
    let mut lp = |script: &str| {
        sandbox.file("lp", format!("#!/bin/sh\n{script}\n"));
        let run = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(sandbox.path("lp"), run).expect("a program");
    };
    lp("echo 'request id is \u{1b}[5mdesk-7 (1 file(s))'");
    let print = |sandbox: &Sandbox, more: &str, code: i32| {
        let script = format!("PATH=.:\"$PATH\" \"$P\" summarize answers.json --out '{RED}' --print {more}");
        sandbox.shell(&script).code(code).stdout_has([RED]).stderr_any().check()
    };
    let done = print(&sandbox, "", 0);
    assert!(sandbox.path(done.stdout.trim_end_matches('\n')).is_file(), "{:?}", done.stdout);
    assert!(done.stderr.starts_with(&format!("sent to the printer \u{241b}[5mdesk: {SHOWN}/")), "{:?}", done.stderr);
    let mut lp = |script: &str| sandbox.file("lp", format!("#!/bin/sh\n{script}\n"));
    lp("echo 'lp: Error - No default destination.' >&2; exit 1");
    let done = print(&sandbox, "--copy both --format text", 1);
    let first = done.stderr.lines().next().unwrap_or_default();
    assert!(
        first.starts_with("error: the print service refused: No default destination; all pages are saved: "),
        "{first:?}"
    );
    let kept = first.split(": ").last().map(|paths| paths.split(", ").count());
    assert_eq!(kept, Some(done.stdout.lines().count()), "{first:?}");
    assert!(first.chars().all(|c| !c.is_control() && c != '\u{202e}'), "{first:?}");
}

/// A print queue shows the name of the document to everyone who may list its jobs.
#[test]
#[cfg(unix)]
fn the_print_service_gets_the_page_and_no_name() {
    use std::os::unix::fs::PermissionsExt as _;
    let mut sandbox = Sandbox::with("answers.json", patient("short"));
    sandbox.file("lp", "#!/bin/sh\nprintf '%s\\n' \"$@\" >arguments\nexec cat >page\n");
    std::fs::set_permissions(sandbox.path("lp"), std::fs::Permissions::from_mode(0o755)).expect("a program");
    let script = "PATH=.:\"$PATH\" \"$P\" summarize answers.json --label Maravilla --print desk";
    let done =
        sandbox.shell(script).stdout_has(["-Maravilla-patient."]).stderr_has(["sent to the printer desk: "]).check();
    let arguments = sandbox.read("arguments");
    assert_eq!(arguments.lines().collect::<Vec<_>>(), ["-t", "preconsult", "-o", "media=A4", "-d", "desk"]);
    let written = std::fs::read(sandbox.path(done.stdout.trim_end())).expect("the page");
    assert!(std::fs::read(sandbox.path("page")).expect("the printed page") == written, "another page was printed");
}
