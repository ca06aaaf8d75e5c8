//! The summary file: its name, its permissions, and that it never replaces another.

use crate::cli::answers::{SHORT, SHORT_REPLIES, file, more};
use crate::support::Sandbox;
use crate::support::sandbox::DEFAULT_EXTENSION;

#[test]
fn the_file_is_named_after_date_content_and_copy() {
    let sandbox = Sandbox::with("a.json", SHORT);
    let done = sandbox.run("summarize a.json").stdout_has(["2026-11-22-"]).check();
    let name = done.stdout.trim_end();
    assert_eq!(sandbox.outputs(), [name]);
    let id =
        name.strip_prefix("2026-11-22-").and_then(|name| name.strip_suffix(&format!("-patient.{DEFAULT_EXTENSION}")));
    let id = id.unwrap_or_else(|| panic!("{name}"));
    assert!(id.len() == 8 && id.chars().all(|c| c.is_ascii_hexdigit()), "{id}");
    // The same answers have the same id on another day; other answers have another one.
    sandbox
        .run("summarize a.json --date 2027-01-01")
        .stdout(format!("2027-01-01-{id}-patient.{DEFAULT_EXTENSION}\n"))
        .check();
    let other = Sandbox::with("a.json", SHORT.replace("moderate", "mild"));
    let done = other.run("summarize a.json").stdout_has(["2026-11-22-"]).check();
    assert_ne!(done.stdout.trim_end(), name);
}

#[test]
fn a_label_names_the_file_and_cannot_lead_elsewhere() {
    for (label, name) in [
        ("A12", "A12"),
        ("Zoë Müller", "Zoë-Müller"),
        ("../../etc/passwd", "etc-passwd"),
        ("/tmp/x", "tmp-x"),
        ("a\\b:c*d?\"<>|", "a-b-c-d"),
        ("-rf", "rf"),
        ("漢字", "漢字"),
        (".hidden", "hidden"),
    ] {
        let sandbox = Sandbox::with("a.json", SHORT);
        let name = format!("2026-11-22-{name}-patient.txt");
        sandbox
            .run_with(["summarize", "a.json", "--format", "text", &format!("--label={label}")])
            .stdout(format!("{name}\n"))
            .check();
        assert_eq!(sandbox.outputs(), [name], "{label:?}");
    }
    // A label without letters or digits is replaced by the content id.
    let sandbox = Sandbox::with("a.json", SHORT);
    let done = sandbox
        .run_with(["summarize", "a.json", "--format", "text", "--label", "…"])
        .stdout_has(["2026-11-22-"])
        .check();
    assert_eq!(done.stdout.trim_end().len(), "2026-11-22-01234567-patient.txt".len());
}

#[test]
fn a_name_that_is_too_long_for_the_system_is_still_written() {
    // A label has at most 60 letters, which are at most 240 bytes in UTF-8.
    let label = "𐌰".repeat(60);
    let sandbox = Sandbox::with("a.json", SHORT);
    sandbox
        .run_with(["summarize", "a.json", "--format", "text", "--label", &label])
        .stdout_has(["2026-11-22-𐌰", "-patient.txt\n"])
        .check();
    assert_eq!(sandbox.outputs().len(), 1);
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_the_file() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = Sandbox::with("a.json", SHORT);
    sandbox
        .shell("umask 000; exec \"$P\" summarize a.json --format text,json --copy both")
        .stdout_has(["2026"])
        .check();
    let made = sandbox.outputs();
    assert_eq!(made.len(), 4);
    for name in made {
        let mode = std::fs::metadata(sandbox.path(&name)).expect("the file exists").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

#[test]
fn a_name_in_use_gets_a_number_and_nothing_is_replaced() {
    let mut sandbox = Sandbox::with("a.json", SHORT);
    sandbox.file("2026-11-22-A-patient.txt", "another file");
    for number in 2..=4 {
        let name = format!("2026-11-22-A-patient-{number}.txt");
        sandbox.run("summarize a.json --format text --label A").stdout(format!("{name}\n")).check();
    }
    assert_eq!(sandbox.read("2026-11-22-A-patient.txt"), "another file");
    assert_eq!(sandbox.read("2026-11-22-A-patient-2.txt"), sandbox.read("2026-11-22-A-patient-4.txt"));
}

#[cfg(unix)]
#[test]
fn a_link_in_the_way_is_not_followed() {
    let mut sandbox = Sandbox::with("a.json", SHORT);
    sandbox.file("victim", "precious");
    std::os::unix::fs::symlink(sandbox.path("victim"), sandbox.path("2026-11-22-A-patient.txt")).expect("a link");
    std::os::unix::fs::symlink(sandbox.path("nowhere"), sandbox.path("2026-11-22-A-patient-2.txt")).expect("a link");
    sandbox.run("summarize a.json --format text --label A").stdout("2026-11-22-A-patient-3.txt\n").check();
    assert_eq!(sandbox.read("victim"), "precious");
    assert!(!sandbox.path("nowhere").exists());
}

#[test]
fn two_programs_at_once_use_different_names() {
    let sandbox = Sandbox::with("a.json", SHORT);
    let script = "for i in 1 2 3 4 5 6 7 8; do \"$P\" summarize a.json --format text --label A & done; wait";
    let done = sandbox.shell(script).stdout_has(["2026"]).check();
    let mut paths: Vec<&str> = done.stdout.lines().collect();
    paths.sort_unstable();
    assert_eq!(paths, sandbox.outputs(), "every printed path is a separate file");
    assert_eq!(paths.len(), 8);
}

#[test]
fn out_names_the_folder() {
    let sandbox = Sandbox::with("a.json", SHORT);
    std::fs::create_dir(sandbox.path("a folder")).expect("a folder");
    for out in ["a folder", "a folder/", "./a folder"] {
        let done = sandbox
            .run_with(["summarize", "a.json", "--format", "text", "--label", "A", "--out", out])
            .stdout_has([out, "A-patient"])
            .check();
        assert!(sandbox.path(done.stdout.trim_end()).is_file(), "{}", done.stdout);
    }
    assert_eq!(sandbox.outputs(), ["a folder"]);
}

#[test]
fn every_format_and_copy_is_a_separate_file() {
    let sandbox = Sandbox::with("a.json", SHORT);
    let names = [
        "2026-11-22-A-patient.txt",
        "2026-11-22-A-patient.md",
        "2026-11-22-A-patient.json",
        "2026-11-22-A-clinician.txt",
        "2026-11-22-A-clinician.md",
        "2026-11-22-A-clinician.json",
    ];
    sandbox
        .run("summarize a.json --label A --copy both --format text,markdown,json")
        .stdout(format!("{}\n", names.join("\n")))
        .check();
    assert_eq!(sandbox.outputs().len(), 6);
    for name in names {
        let copy = if name.contains("patient") { "Patient's copy" } else { "Clinician's copy" };
        let text = sandbox.read(name);
        assert!(text.contains(copy) || name.ends_with("json"), "{name}");
        assert!(text.ends_with('\n'), "{name}");
    }
}

#[test]
fn the_interview_writes_the_same_file_as_the_answers() {
    let sandbox = Sandbox::with("a.json", SHORT);
    let asked = sandbox
        .run("--format text --date 2026-11-22 --label A")
        .stdin(SHORT_REPLIES)
        .stdout("2026-11-22-A-patient.txt\n")
        .stderr_has(["Your answers"]);
    asked.check();
    sandbox.run("summarize a.json --format text --label A").stdout("2026-11-22-A-patient-2.txt\n").check();
    assert_eq!(sandbox.read("2026-11-22-A-patient.txt"), sandbox.read("2026-11-22-A-patient-2.txt"));
}

#[test]
fn the_same_input_gives_the_same_bytes_in_any_environment() {
    let sandbox = Sandbox::with("a.json", more(r#""questions":"Zoë, 漢字?""#));
    let pages = |before: &str| {
        sandbox
            .shell(&format!("{before} \"$P\" summarize a.json --stdout --format markdown"))
            .stdout_has(["#"])
            .check()
            .stdout
    };
    let page = pages("");
    for before in [
        "LANG=de_DE.UTF-8 LC_ALL=de_DE.UTF-8",
        "TZ=Pacific/Kiritimati",
        "LANG=tr_TR LC_ALL=C",
        "COLUMNS=20",
        "NO_COLOR=1 TERM=dumb",
    ] {
        assert_eq!(pages(before), page, "{before}");
    }
}

#[test]
fn without_a_date_option_the_page_has_todays_date() {
    let undated = file(r#"{"concerns":["redness"],"severity":{"redness":"mild"},"skin-health":"good","treatments-had":"none","more":false}"#)
        .replace("\"date\":\"2026-11-22\",", "");
    let sandbox = Sandbox::with("a.json", undated);
    let today = || chrono::Local::now().date_naive().to_string();
    let before = today();
    let done = sandbox.run("summarize a.json --format text").stdout_has(["-patient.txt"]).check();
    let date = &done.stdout[..10];
    assert!([before, today()].iter().any(|today| today == date), "{date}");
}
