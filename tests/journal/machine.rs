//! Machines on which drafts cannot be saved: the interview continues, and a note says so.

use crate::journal::drafts::{answer, script};
use crate::support::tools::skip;
use crate::support::{PROGRAM, RunOutput, Sandbox};
use preconsult::storage::journal::{JournalEntry, recover};
use std::process::{Command, Stdio};

const OUT: &str = "--date 2026-11-22 --out ../out --format json";
const NOT_SAVED: &str = "Your answers cannot be saved at the moment";

fn all_lines() -> Vec<String> {
    let mut script = script();
    script.push("/done".to_owned());
    script
}

#[test]
fn without_a_home_folder_the_interview_continues() {
    let lines = all_lines();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let sandbox = Sandbox::new();
    let file = sandbox.path("../a-file");
    std::fs::write(&file, "").expect("a file");
    let mut command = sandbox.command(OUT);
    // Not even root can create a folder below a file.
    command.env_remove("XDG_STATE_HOME").env("HOME", file.join("home"));
    let output = answer(command, &lines);
    assert_eq!(output.code, Some(0), "{output:?}");
    assert_eq!(output.stderr.matches(NOT_SAVED).count(), 1, "{output:?}");
    sandbox.summary();
    let mut command = sandbox.command("drafts list");
    command.env_remove("XDG_STATE_HOME").env("HOME", file.join("home"));
    assert_eq!(answer(command, &[]).code, Some(1));
}

#[cfg(unix)]
#[test]
fn a_missing_home_folder_is_reported() {
    use std::os::unix::process::CommandExt;
    let sandbox = Sandbox::new();
    let Some(user) = unused_user_id() else { return };
    let mut command = sandbox.command("drafts list");
    command.env_remove("XDG_STATE_HOME").env_remove("HOME").current_dir("/").uid(user);
    let output = answer(command, &[]);
    assert_eq!(output.code, Some(1), "{output:?}");
    assert!(output.stderr.contains("no home folder") && output.stderr.contains("XDG_STATE_HOME"), "{output:?}");
}

/// Returns an unused user id, if the program can be run with it.
#[cfg(unix)]
fn unused_user_id() -> Option<u32> {
    use std::os::unix::process::CommandExt;
    let user = 3_141_592;
    let works = Command::new(PROGRAM).arg("--version").uid(user).stdout(Stdio::null()).status();
    if works.is_ok_and(|status| status.success()) {
        return Some(user);
    }
    skip("the program cannot be run as another user");
    None
}

/// Runs a shell script in a mount namespace of its own, with the program as `$P`; `None` if that is not allowed.
#[cfg(target_os = "linux")]
fn with_mounts(sandbox: &Sandbox, script: &str, lines: &[&str]) -> Option<RunOutput> {
    let works = Command::new("unshare").args(["--mount", "true"]).stderr(Stdio::null()).status();
    if !works.is_ok_and(|status| status.success()) {
        skip("`unshare --mount` is not allowed: run the tests as root");
        return None;
    }
    std::fs::create_dir_all(sandbox.state_folder()).expect("a folder");
    let mut command = sandbox.command_of("unshare", ["--mount", "sh", "-ec", script]);
    command.env("P", PROGRAM);
    Some(answer(command, lines))
}

#[cfg(target_os = "linux")]
#[test]
fn with_a_read_only_folder_the_interview_continues() {
    let lines = all_lines();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let sandbox = Sandbox::new();
    let script = format!("mount -t tmpfs -o ro none \"$XDG_STATE_HOME\"; exec \"$P\" {OUT}");
    let Some(output) = with_mounts(&sandbox, &script, &lines) else { return };
    assert_eq!(output.code, Some(0), "{output:?}");
    assert_eq!(output.stderr.matches(NOT_SAVED).count(), 1, "{output:?}");
    sandbox.summary();
}

#[cfg(target_os = "linux")]
#[test]
fn when_the_disk_fills_up_earlier_answers_stay_and_the_interview_continues() {
    // The second question takes a text. It is answered repeatedly, until the journal needs more space than is left.
    let texts: Vec<String> = (1..=12).map(|turn| format!("turn {turn} {}", "x".repeat(900))).collect();
    let sandbox = Sandbox::new();
    std::fs::write(sandbox.path("first"), script()[0].clone() + "\n").expect("a file");
    std::fs::write(sandbox.path("rest"), texts.join("\n/back\n") + "\n").expect("a file");
    let script = "mount -t tmpfs -o size=32k none \"$XDG_STATE_HOME\"
        \"$P\" ask <first 2>/dev/null || true
        while head -c 1000 /dev/zero >>\"$XDG_STATE_HOME/filler\" 2>/dev/null; do :; done
        \"$P\" ask --resume <rest || true
        \"$P\" drafts list
        cp \"$XDG_STATE_HOME\"/preconsult/drafts/*.journal ../out/";
    let Some(output) = with_mounts(&sandbox, script, &[]) else { return };
    assert_eq!(output.code, Some(0), "{output:?}");
    assert_eq!(output.stderr.matches(NOT_SAVED).count(), 1, "one note about the full disk: {output:?}");
    assert!(output.stderr.contains("all but the last answers are saved: continue with `preconsult ask --resume"));
    assert!(!output.stdout.contains("damaged"), "{output:?}");
    let read = recover(sandbox.summary().as_bytes()).expect("a journal");
    let answers = read.entries.iter().filter_map(|entry| match entry {
        JournalEntry::Answer(_, answer) => answer.as_str(),
        _ => None,
    });
    let saved: Vec<&str> = answers.collect();
    assert!((3..texts.len()).contains(&saved.len()), "some answers were saved, not all: {}", saved.len());
    assert_eq!(saved, texts[..saved.len()], "the saved answers are right");
}
