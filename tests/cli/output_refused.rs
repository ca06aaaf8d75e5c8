//! Summaries that cannot be written: a clear error, and no partial file.

use crate::cli::answers::{SHORT, SHORT_REPLIES};
use crate::support::Sandbox;
use crate::support::sandbox::names_in;
use crate::support::tools::skip;

const WRITE: &str = "summarize a.json --format json --out";

#[test]
fn a_missing_folder_is_not_created() {
    let sandbox = Sandbox::with("a.json", SHORT);
    let message = "error: could not write the summary in nowhere/at/all: there is no such folder\n";
    let hint = "hint: make it with `mkdir -p nowhere/at/all`, or choose another place with --out DIR\n";
    sandbox.run(&format!("{WRITE} nowhere/at/all")).code(1).stderr_has([message, hint]).check();
    assert_eq!(sandbox.outputs(), [""; 0]);
}

#[test]
fn a_file_is_not_accepted_as_a_folder() {
    let mut sandbox = Sandbox::with("a.json", SHORT);
    sandbox.file("file", "mine");
    let message = "error: could not write the summary in file: that is a file\nhint: name a folder with --out DIR\n";
    sandbox.run(&format!("{WRITE} file")).code(1).stderr_has([message]).check();
    sandbox
        .run(&format!("{WRITE} file/in"))
        .code(1)
        .stderr_has(["could not write the summary in file/in: ", "hint: "])
        .check();
    assert_eq!((sandbox.outputs(), sandbox.read("file")), (Vec::new(), "mine".to_owned()));
}

#[test]
#[cfg(unix)]
fn the_suggested_command_creates_the_folder() {
    for folder in ["a/b", "two words", "Ana's", "-x", "~/here", "a$HOME"] {
        let sandbox = Sandbox::with("a.json", SHORT);
        let run = || {
            sandbox.run_with(["summarize", "a.json", "--format", "text", "--label", "A", &format!("--out={folder}")])
        };
        let done = run().code(1).stderr_has(["hint: make it with `mkdir -p "]).check();
        let command = done.stderr.split('`').nth(1).expect("a command").to_owned();
        sandbox.shell(&command).check();
        run().stdout_has(["A-patient.txt\n"]).check();
    }
}

#[test]
fn an_invalid_folder_is_reported_before_the_first_question() {
    let sandbox = Sandbox::new();
    let done = sandbox
        .run("ask --plain --out nowhere")
        .stdin(SHORT_REPLIES)
        .code(1)
        .stderr_has(["error: could not write the summary in nowhere"])
        .check();
    assert!(!done.stderr.contains("Question 1"), "no question is asked in vain:\n{}", done.stderr);
}

/// Returns true if the system allows a test to mount a small file system in a namespace of its own.
#[cfg(target_os = "linux")]
fn can_mount() -> bool {
    let mut probe = std::process::Command::new("unshare");
    probe.args(["--map-root-user", "--mount", "sh", "-c", "mount -t tmpfs none /mnt"]);
    let output = probe.output();
    let can = output.as_ref().is_ok_and(|output| output.status.success());
    if !can {
        let why = output
            .map_or_else(|error| error.to_string(), |output| String::from_utf8_lossy(&output.stderr).into_owned());
        skip(&format!("no file system can be mounted here: {}", why.trim()));
    }
    can
}

/// Runs a shell command with a separate file system in the folder `small`, and lists its files at the end.
#[cfg(target_os = "linux")]
fn on_a_file_system(sandbox: &Sandbox, options: &str, script: &str) -> String {
    std::fs::create_dir(sandbox.path("small")).expect("a folder");
    let script = format!("mount -t tmpfs -o {options} none small && {script}; code=$?; ls -A small; exit $code");
    format!("exec unshare --map-root-user --mount sh -c '{script}'")
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_no_partial_file() {
    if !can_mount() {
        return;
    }
    let sandbox = Sandbox::with("a.json", SHORT);
    // The file system has four kilobytes; the summary needs more.
    let script = on_a_file_system(&sandbox, "size=4k", &format!("\"$P\" {WRITE} small"));
    let message = "error: could not write the summary in small: no space left on device\nhint: free some space, or choose another place with --out DIR\n";
    // Standard output is empty: no path was printed and no file is listed.
    sandbox.shell(&script).code(1).stderr(message).check();
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_fills_up_after_the_first_file_keeps_it_and_prints_its_path() {
    if !can_mount() {
        return;
    }
    let sandbox = Sandbox::with("a.json", SHORT);
    let command = "\"$P\" summarize a.json --label A --out small --format text,json";
    let script = on_a_file_system(&sandbox, "size=8k", command);
    let message = "error: could not write the summary in small: no space left on device\nhint: free some space, or choose another place with --out DIR\n";
    // The printed path, then the listing of the folder.
    sandbox
        .shell(&script)
        .code(1)
        .stdout("small/2026-11-22-A-patient.txt\n2026-11-22-A-patient.txt\n")
        .stderr(message)
        .check();
}

#[cfg(target_os = "linux")]
#[test]
fn a_read_only_file_system_is_reported() {
    if !can_mount() {
        return;
    }
    let sandbox = Sandbox::with("a.json", SHORT);
    let script = on_a_file_system(&sandbox, "ro", &format!("\"$P\" {WRITE} small"));
    let message = "error: could not write the summary in small: read-only file system\nhint: choose another place with --out DIR\n";
    sandbox.shell(&script).code(1).stderr(message).check();
}

#[cfg(unix)]
#[test]
fn a_folder_without_write_permission_is_reported() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = Sandbox::with("a.json", SHORT);
    let folder = sandbox.path("locked");
    std::fs::create_dir(&folder).expect("a folder");
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o555)).expect("the mode can be set");
    // Root drops its permission to write everywhere first.
    let before = if std::fs::write(folder.join("probe"), "").is_ok() {
        std::fs::remove_file(folder.join("probe")).expect("the probe can be removed");
        "setpriv --bounding-set=-dac_override,-dac_read_search --inh-caps=-all "
    } else {
        ""
    };
    let message = "error: could not write the summary in locked: permission denied\nhint: check the permissions there, or choose another place with --out DIR\n";
    sandbox.shell(&format!("{before}\"$P\" {WRITE} locked")).code(1).stderr(message).check();
    assert_eq!(names_in(&folder), [""; 0]);
}

#[cfg(unix)]
#[test]
fn an_interrupted_write_leaves_no_partial_file() {
    let sandbox = Sandbox::with("a.json", SHORT);
    // Files are limited to one block and the signal for it is ignored, so the write fails half way.
    let done = sandbox
        .shell(&format!("trap '' XFSZ; ulimit -f 1; exec \"$P\" {WRITE} ."))
        .code(1)
        .stderr_has(["error: could not write the summary in .: file too large\n", "hint: "])
        .check();
    assert_eq!(sandbox.outputs(), [""; 0], "{}", done.stderr);
}

#[cfg(target_os = "linux")]
#[test]
fn a_path_that_cannot_be_printed_loses_no_file() {
    let mut sandbox = Sandbox::with("a.json", SHORT);
    sandbox.file("replies", SHORT_REPLIES);
    for command in
        ["\"$P\" --plain --label A --format text,json <replies", "\"$P\" summarize a.json --label A --format text,json"]
    {
        let date = if command.contains("replies") { "--date 2026-11-22" } else { "" };
        let done = sandbox
            .shell(&format!("set -- {date}; exec {command} \"$@\" >/dev/full"))
            .code(1)
            .stderr_has([
                "the file was still written: 2026-11-22-A-patient.txt\n",
                "the file was still written: 2026-11-22-A-patient.json\n",
                "error: could not write to standard output: no space left on device\n",
                "hint: check where standard output goes",
            ])
            .check();
        assert!(!done.stderr.contains("--out DIR") && !done.stderr.contains("--resume"), "{}", done.stderr);
        assert_eq!(sandbox.outputs(), ["2026-11-22-A-patient.json", "2026-11-22-A-patient.txt"]);
        sandbox.run("drafts list").stderr("There are no drafts.\n").check();
        for name in sandbox.outputs() {
            std::fs::remove_file(sandbox.path(&name)).expect("the file can be removed");
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn standard_output_that_is_full_is_an_error() {
    let sandbox = Sandbox::with("a.json", SHORT);
    for command in [
        "summarize a.json --stdout",
        "explain a.json",
        "pack show",
        "pack schema",
        "completions bash",
        "man",
        "--help",
        "help pack",
        "--version",
    ] {
        sandbox
            .shell(&format!("exec \"$P\" {command} >/dev/full"))
            .code(1)
            .stderr_has(["error: could not write to standard output: no space left on device\nhint: "])
            .check();
    }
}

/// The folder exists, although the system reports the new file as not found.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_allows_no_files_is_not_reported_as_missing() {
    let sandbox = Sandbox::with("a.json", SHORT);
    let message = "error: could not write the summary in /proc: files cannot be created there\n";
    let hint = "hint: choose another place with --out DIR\n";
    sandbox.run("summarize a.json --format text --out /proc").code(1).stderr_has([message, hint]).check();
}
