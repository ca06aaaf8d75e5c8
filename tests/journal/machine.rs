//! Machines on which drafts cannot be kept: the questions go on, and it is said.

use crate::program::{PROGRAM, World, run, script};
use preconsult::storage::journal::{Entry, recover};
use std::process::{Command, Stdio};

const OUT: &str = "--date 2026-11-22 --out ../out --format json";
const TOLD: &str = "Your answers cannot be kept at the moment";

fn all_lines() -> Vec<String> {
    let mut script = script();
    script.push("/done".to_owned());
    script
}

#[test]
fn without_a_home_the_interview_goes_on() {
    let lines = all_lines();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let world = World::new();
    let file = world.path("a-file");
    std::fs::write(&file, "").expect("a file");
    let mut command = world.command(OUT);
    // A home below a file cannot be made by anybody, root included.
    command.env_remove("XDG_STATE_HOME").env("HOME", file.join("home"));
    let ran = run(command, &lines);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(ran.stderr.matches(TOLD).count(), 1, "{ran:?}");
    world.summary();
    let mut command = world.command("drafts list");
    command.env_remove("XDG_STATE_HOME").env("HOME", file.join("home"));
    assert_eq!(run(command, &[]).code, Some(1));
}

#[cfg(unix)]
#[test]
fn a_user_without_any_home_is_told_so() {
    use std::os::unix::process::CommandExt;
    let world = World::new();
    let Some(user) = nobody() else { return };
    let mut command = world.command("drafts list");
    command.env_remove("XDG_STATE_HOME").current_dir("/").uid(user);
    let ran = run(command, &[]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.stderr.contains("no home folder") && ran.stderr.contains("XDG_STATE_HOME"), "{ran:?}");
}

/// A user id that nobody has, if this process may become it and the program can then be run.
#[cfg(unix)]
fn nobody() -> Option<u32> {
    use std::os::unix::process::CommandExt;
    let user = 3_141_592;
    let works = Command::new(PROGRAM).arg("--version").uid(user).stdout(Stdio::null()).status();
    if works.is_ok_and(|status| status.success()) {
        return Some(user);
    }
    skip("the program cannot be run as another user");
    None
}

/// Runs a shell script in mounts of its own, `$P` being the program; `None` where that is not allowed.
#[cfg(target_os = "linux")]
fn with_mounts(world: &World, script: &str, lines: &[&str]) -> Option<crate::program::Ran> {
    let works = Command::new("unshare").args(["--mount", "true"]).stderr(Stdio::null()).status();
    if !works.is_ok_and(|status| status.success()) {
        skip("`unshare --mount` is not allowed: run the tests as root");
        return None;
    }
    let mut command = world.command("");
    let mut shell = Command::new("unshare");
    shell.args(["--mount", "sh", "-ec", script]).current_dir(world.path("work")).env_clear();
    shell.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    shell.env("P", PROGRAM).env("PATH", std::env::var_os("PATH").unwrap_or_default());
    shell.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command = shell;
    Some(run(command, lines))
}

#[cfg(target_os = "linux")]
#[test]
fn in_a_read_only_folder_the_interview_goes_on() {
    let lines = all_lines();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let world = World::new();
    let script = format!("mount -t tmpfs -o ro none \"$XDG_STATE_HOME\"; exec \"$P\" {OUT}");
    let Some(ran) = with_mounts(&world, &script, &lines) else { return };
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(ran.stderr.matches(TOLD).count(), 1, "{ran:?}");
    world.summary();
}

#[cfg(target_os = "linux")]
#[test]
fn on_a_disk_that_fills_up_the_answers_before_stay_and_the_interview_goes_on() {
    // The second question takes a text; it is given again and again, until the journal needs more than is left.
    let texts: Vec<String> = (1..=12).map(|turn| format!("turn {turn} {}", "x".repeat(900))).collect();
    let world = World::new();
    std::fs::write(world.path("work/first"), script()[0].clone() + "\n").expect("a file");
    std::fs::write(world.path("work/rest"), texts.join("\n/back\n") + "\n").expect("a file");
    let script = "mount -t tmpfs -o size=32k none \"$XDG_STATE_HOME\"
        \"$P\" ask <first 2>/dev/null || true
        while head -c 1000 /dev/zero >>\"$XDG_STATE_HOME/filler\" 2>/dev/null; do :; done
        \"$P\" ask --resume <rest || true
        \"$P\" drafts list
        cp \"$XDG_STATE_HOME\"/preconsult/drafts/*.journal ../out/";
    let Some(ran) = with_mounts(&world, script, &[]) else { return };
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(ran.stderr.matches(TOLD).count(), 1, "the disk was full, and it was said once: {ran:?}");
    assert!(ran.stderr.contains("the answers up to the last ones are kept: go on with `preconsult ask --resume"));
    assert!(!ran.stdout.contains("damaged"), "{ran:?}");
    let read = recover(world.summary().as_bytes()).expect("a journal");
    let kept = read.entries.iter().filter_map(|entry| match entry {
        Entry::Answer(_, answer) => answer.as_str(),
        _ => None,
    });
    let kept: Vec<&str> = kept.collect();
    assert!((3..texts.len()).contains(&kept.len()), "some were kept, not all: {}", kept.len());
    assert_eq!(kept, texts[..kept.len()], "what was kept is right");
}

/// A test that cannot run here says so; on the build machine it has to run.
pub(crate) fn skip(why: &str) {
    assert!(std::env::var_os("CI").is_none(), "not tested: {why}");
    // Written past the test harness, which would hide it.
    let _ = std::io::Write::write_all(&mut std::io::stderr(), format!("SKIPPED: {why}\n").as_bytes());
}
