//! Destinations that are not regular files: devices, links and closed pipes.

use crate::cli::answers::{SHORT, SHORT_REPLIES};
use crate::support::Sandbox;

#[test]
fn a_device_is_refused_as_a_destination() {
    let mut sandbox = Sandbox::with("a.json", SHORT);
    sandbox.file("a.jsonl", SHORT.replace('\n', "") + "\n");
    for device in ["/dev/null", "/dev/full", "/dev/stdout"] {
        for command in
            ["summarize a.json --out", "batch a.jsonl --out", "form --format text --out", "ask --plain --out"]
        {
            let message = format!("could not write the summary in {device}: that is a file\nhint: name a folder");
            sandbox.run(&format!("{command} {device}")).code(1).stderr_has([&message]).check();
        }
        let message = format!("error: {device} already exists");
        sandbox.run(&format!("pack show --html {device}")).code(1).stderr_has([&message, "hint: "]).check();
        #[cfg(feature = "desk")]
        {
            sandbox.file("pass", "correct horse battery\n");
            let made = format!("desk init --passphrase-file pass {device}");
            sandbox.run(&made).code(1).stderr_has(["could not create the clinic's folder", "hint: "]).check();
        }
    }
    assert_eq!(sandbox.outputs(), [""; 0]);
}

#[test]
fn a_closed_pipe_loses_no_answer() {
    let mut sandbox = Sandbox::with("a.json", SHORT);
    sandbox.file("replies", SHORT_REPLIES);
    // `true` has ended, so the path goes to a closed pipe.
    let gone = "{ sleep 0.2; \"$P\" ask --plain --format text --label A --date 2026-11-22 <replies 2>said; echo $? >code; } | true; cat code";
    sandbox.shell(gone).stdout("0\n").check();
    assert!(sandbox.outputs().contains(&"2026-11-22-A-patient.txt".to_owned()), "{:?}", sandbox.outputs());
    for command in ["summarize a.json --stdout", "explain a.json", "pack show", "man"] {
        sandbox
            .shell(&format!("{{ sleep 0.2; \"$P\" {command}; echo $? >code; }} | true; cat code"))
            .stdout("0\n")
            .check();
    }
}

#[test]
fn commands_without_user_files_need_no_home_folder() {
    let sandbox = Sandbox::with("a.json", SHORT);
    let bare = "env -i PATH=\"$PATH\" HOME=/dev/null/none";
    sandbox
        .shell(&format!("exec {bare} \"$P\" summarize a.json --label A --format text"))
        .stdout_has(["A-patient"])
        .check();
    sandbox
        .shell(&format!("exec {bare} \"$P\" config init"))
        .code(1)
        .stderr_has(["error: could not write /dev/null/none/.config/preconsult/preconsult.toml: ", "hint: "])
        .check();
}
