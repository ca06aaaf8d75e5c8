//! Whose clinic is used: the user's own, and no other that lies in the way.
#![cfg(unix)]

use crate::support::run::run;
use crate::support::{RunOutput, Sandbox};
use std::os::unix::fs::PermissionsExt;

/// Gives a clinic to another user, which only root can do. Returns whether it is done.
fn give_away(sandbox: &Sandbox, folder: &str, group: Option<u32>) -> bool {
    let is_done = std::os::unix::fs::chown(sandbox.path(folder), Some(65_534), group).is_ok();
    if !is_done {
        crate::support::tools::skip("only root can give a folder to another user");
    }
    is_done
}

/// Runs the desk in a folder, without naming a clinic.
fn in_folder(sandbox: &Sandbox, folder: &str, arguments: &str) -> RunOutput {
    let answers = sandbox.path("../answers.json");
    let mut command = sandbox.desk_command(arguments);
    if arguments == "new" {
        command.arg("--answers").arg(answers);
    }
    command.current_dir(sandbox.path(folder));
    run(command)
}

fn init(sandbox: &Sandbox, folder: &str) {
    let mut command = sandbox.desk_command("init --work-factor 14 --passphrase-file ../pass");
    if !folder.is_empty() {
        command.arg(folder);
    }
    let done = run(command);
    assert_eq!(done.code, Some(0), "{done:?}");
}

#[test]
fn the_user_s_own_clinic_comes_before_one_in_the_current_folder() {
    let sandbox = Sandbox::for_desk();
    init(&sandbox, "");
    init(&sandbox, "planted");
    let done = in_folder(&sandbox, "planted", "new");
    let own = std::fs::canonicalize(sandbox.path("../home/.local/share/preconsult/clinic")).expect("a folder");
    assert_eq!(done.stderr, format!("the clinic is {}\n", own.display()), "{done:?}");
    let planted = sandbox.desk_command("list --all --json --clinic planted");
    assert_eq!(run(planted).stdout.trim(), "[]", "nothing went to the planted clinic");
}

#[test]
fn a_clinic_in_the_current_folder_is_named() {
    let sandbox = Sandbox::for_desk();
    init(&sandbox, "mine");
    let done = in_folder(&sandbox, "mine", "new");
    assert!(done.stderr.starts_with("the clinic is /") && done.stderr.ends_with("/mine\n"), "{done:?}");
    let mut terminal = sandbox.terminal("desk --clinic mine").size(40, 120).start();
    terminal.wait("Locked");
    let screen = terminal.screen();
    assert!(screen.contains("Clinic: /") && screen.contains("mine"), "{screen}");
    terminal.press(crate::support::terminal::CTRL_C);
}

#[test]
fn a_clinic_of_another_user_is_refused_unless_its_group_is_named() {
    let sandbox = Sandbox::for_desk();
    init(&sandbox, "theirs");
    if !give_away(&sandbox, "theirs", Some(0)) {
        return;
    }
    std::fs::set_permissions(sandbox.path("theirs"), PermissionsExt::from_mode(0o770)).expect("its mode");
    for (folder, arguments) in
        [("theirs", "new"), ("theirs", "list"), ("", "list --clinic theirs"), ("theirs", "trail")]
    {
        let done = in_folder(&sandbox, folder, arguments);
        assert_eq!(done.code, Some(1), "{arguments}: {done:?}");
        assert!(done.stderr.contains("belongs to another user") && done.stderr.contains("desk_group"), "{done:?}");
    }
    let settings = sandbox.path("../home/.config/preconsult");
    std::fs::create_dir_all(&settings).expect("a folder");
    std::fs::write(settings.join("preconsult.toml"), "desk_group = \"root\"\n").expect("settings");
    assert_eq!(in_folder(&sandbox, "theirs", "new").code, Some(0));
    // A folder that everyone may write in is no group's.
    std::fs::set_permissions(sandbox.path("theirs"), PermissionsExt::from_mode(0o777)).expect("its mode");
    assert_eq!(in_folder(&sandbox, "theirs", "list").code, Some(1));
    std::fs::write(settings.join("preconsult.toml"), "desk_group = \"no-such\"\n").expect("settings");
    let done = in_folder(&sandbox, "theirs", "list");
    assert_eq!(done.code, Some(2), "{done:?}");
    assert!(done.stderr.contains("this system has no group no-such"), "{done:?}");
}

#[test]
fn a_clinic_s_folder_is_restricted_to_its_owner() {
    let sandbox = Sandbox::for_desk();
    std::fs::create_dir(sandbox.path("open")).expect("a folder");
    let mode =
        |mode: u32| std::fs::set_permissions(sandbox.path("open"), PermissionsExt::from_mode(mode)).expect("its mode");
    let found = || std::fs::metadata(sandbox.path("open")).expect("a folder").permissions().mode() & 0o777;
    mode(0o777);
    init(&sandbox, "open");
    assert_eq!(found(), 0o700, "after `desk init`");
    mode(0o755);
    assert_eq!(in_folder(&sandbox, "open", "list").code, Some(0));
    assert_eq!(found(), 0o700, "after `desk list`");
}

#[test]
fn a_pipe_or_a_link_in_a_clinic_is_an_error_and_does_not_hang() {
    let sandbox = Sandbox::for_desk();
    for name in ["key.pub", "records.sqlite3", "key.lock", "drafts/lock"] {
        for is_pipe in [true, false] {
            let folder = format!("{}-{is_pipe}", name.replace('/', "-"));
            init(&sandbox, &folder);
            let path = sandbox.path(&format!("{folder}/{name}"));
            let moved = sandbox.path(&format!("{folder}-elsewhere"));
            if path.exists() {
                std::fs::rename(&path, &moved).expect("the file can be moved");
            }
            if is_pipe {
                assert!(std::process::Command::new("mkfifo").arg(&path).status().expect("mkfifo").success());
            } else {
                std::os::unix::fs::symlink(&moved, &path).expect("a link");
            }
            let mut command = match name {
                "key.lock" => sandbox.desk_command("list --unlock --passphrase-file ../pass --clinic"),
                _ => sandbox.desk_command("new --answers ../answers.json --clinic"),
            };
            command.arg(&folder);
            let done = run(command);
            // New intakes from a file need no journal.
            let code = i32::from(name != "drafts/lock");
            assert_eq!(done.code.map(|code| code.min(1)), Some(code), "{name} {is_pipe}: {done:?}");
        }
    }
}
