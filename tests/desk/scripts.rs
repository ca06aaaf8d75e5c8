//! Guarantees for scripts: JSON output, helpful errors, and an audit log of completed actions only.

use crate::desk::clinic::{LABEL, answers};
use crate::support::run::run;
use crate::support::terminal::CTRL_C;
use crate::support::tools::{find_program, skip};
use crate::support::{PROGRAM, Sandbox};
use serde_json::{Value, json};

#[test]
fn actions_on_records_report_json() {
    let sandbox = Sandbox::with_clinic();
    let number = sandbox.intake();
    let date = chrono::Local::now().date_naive();
    let export = sandbox.desk_json(&format!("export {number} --format json,answers --copy both --out ../out --json"));
    let files: Vec<String> = ["patient", "answers", "clinician"]
        .iter()
        .map(|end| format!("../out/{date}-intake-{number}-{end}.json"))
        .collect();
    assert_eq!(export, json!({ "number": number, "files": files }), "the answers file is called as summarize calls it");
    let backup = sandbox.desk_json("backup ../out/a.backup --json");
    let bytes = std::fs::metadata(sandbox.path("../out/a.backup")).expect("a backup").len();
    assert_eq!(backup, json!({ "file": "../out/a.backup", "bytes": bytes }));
    let restored = run(sandbox.desk_command("restore ../out/a.backup ../again --json"));
    assert_eq!(restored.code, Some(0), "{restored:?}");
    let restored: Value = serde_json::from_str(&restored.stdout).expect("JSON");
    assert_eq!(restored, json!({ "folder": "../again" }));
}

#[test]
fn a_failed_export_is_not_in_the_audit_log() {
    let sandbox = Sandbox::with_clinic();
    let number = sandbox.intake();
    for words in ["--out ../nowhere", "--stdout --format text,json", "--lang xx --stdout"] {
        let rejected = sandbox.desk(&format!("export {number} {words}"));
        assert!(matches!(rejected.code, Some(1 | 2)), "{words}: {rejected:?}");
    }
    assert!(matches!(sandbox.desk(&format!("show {number} --lang xx")).code, Some(2)));
    let trail = sandbox.desk_ok("trail");
    assert!(!trail.contains("exported") && !trail.contains("shown"), "{trail}");
    sandbox.desk_ok(&format!("export {number} --stdout"));
    assert!(sandbox.desk_ok("trail").contains("exported"));
}

#[test]
fn an_empty_reason_is_rejected() {
    let sandbox = Sandbox::with_clinic();
    let number = sandbox.intake();
    for (words, why) in [("correct --answers ../answers.json", ""), ("delete", "   ")] {
        let mut command =
            sandbox.desk_command(&format!("{words} {number} --clinic ../clinic --passphrase-file ../pass"));
        command.args(["--why", why]);
        let rejected = run(command);
        assert!(rejected.code == Some(2) && rejected.stderr.contains("give a reason"), "{rejected:?}");
    }
    assert_eq!(sandbox.desk_json(&format!("show {number} --json"))["version"], json!(1));
}

#[test]
fn a_correction_keeps_the_label_unless_it_has_another() {
    let sandbox = Sandbox::with_clinic();
    let number = sandbox.intake();
    let label = || sandbox.desk_json(&format!("show {number} --json"))["label"].clone();
    sandbox.desk_ok(&format!("correct {number} --answers ../corrected.json --why typo"));
    assert_eq!(label(), json!(LABEL));
    assert_eq!(sandbox.desk_json("list --search maravilla --json").as_array().map(Vec::len), Some(1));
    let mut other = answers();
    other["answers"]["label"] = json!({ "unknown": "declined" });
    std::fs::write(sandbox.path("../answers.json"), other.to_string()).expect("a file");
    sandbox.desk_ok(&format!("correct {number} --answers ../answers.json --why asked"));
    assert_eq!(label(), Value::Null, "the patient wants none");
}

#[test]
fn a_rejected_line_is_reported_with_its_missing_answer() {
    let sandbox = Sandbox::with_clinic();
    std::fs::write(sandbox.path("../many.jsonl"), format!("{}\n\n\n{{}}\n", answers())).expect("a file");
    let output = run(sandbox.desk_command("new --clinic ../clinic --each --answers ../many.jsonl"));
    let rejected: Value = serde_json::from_str(output.stdout.lines().nth(1).expect("a line")).expect("JSON");
    let error = rejected["error"].as_str().expect("an error");
    for part in ["line 4, column 1: the field `format` is missing", "the field `pack`", "the field `answers`"] {
        assert!(error.contains(part), "{part}: {error}");
    }
    assert_eq!(rejected["line"], json!(4));
}

/// Errors in a log quote no answer; on a terminal they show the line and the caret.
#[test]
fn problems_in_answers_are_quoted_on_a_terminal_only() {
    let sandbox = Sandbox::with_clinic();
    sandbox.intake();
    std::fs::write(sandbox.path("../wrong.json"), answers().to_string().replace("fair", "faire")).expect("a file");
    for words in ["new --answers ../wrong.json", "correct 1 --answers ../wrong.json --why typo"] {
        let logged = sandbox.desk(words);
        assert!(
            logged.code == Some(2) && logged.stderr.contains("unknown-code at $.answers.skin-health"),
            "{logged:?}"
        );
        assert!(!logged.stderr.contains("faire"), "{logged:?}");
        let tty = sandbox
            .terminal(&format!("desk --clinic ../clinic --passphrase-file ../pass {words}"))
            .size(40, 100)
            .start();
        tty.wait(["there is no option `faire`", "wrong.json:1:", "^^^^^^^", "did you mean `fair`?", "1 problem in"]);
    }
}

#[cfg(unix)]
#[test]
fn a_service_without_a_user_in_the_environment_gets_the_system_name() {
    let sandbox = Sandbox::with_clinic();
    let mut command = sandbox.desk_command("new --clinic ../clinic --answers ../answers.json");
    command.env_remove("USER");
    assert_eq!(run(command).code, Some(0));
    let trail = sandbox.desk_json("trail 1 --unlock --json");
    let who = trail[0]["who"].as_str().expect("a name");
    assert!(who != "unknown" && who != "tester" && !who.is_empty(), "{who}");
}

/// The search includes unfinished interviews, like today's list.
#[test]
fn a_label_is_found_while_its_interview_is_in_progress() {
    let sandbox = Sandbox::with_clinic();
    let mut tty = sandbox.desk_terminal("");
    tty.begin(LABEL);
    tty.wait(["Question 1 of", "Space to tick"]);
    tty.press(CTRL_C);
    tty.wait("The questions have stopped");
    tty.press("\r");
    tty.wait("Intake 1 is saved");
    let found = sandbox.desk_json("list --search MARAV --json");
    assert_eq!((&found[0]["number"], &found[0]["label"]), (&json!(1), &json!(LABEL)));
    assert_eq!(sandbox.desk_json("list --search other --json"), json!([]));
    assert_eq!(sandbox.desk_json("list --unlock --json")[0]["label"], json!(LABEL));
    tty.unlock();
    tty.choose_at("What would you like to do?", "Find by label");
    tty.type_in("Find by label", "ana");
    tty.wait(&format!("in progress (can be resumed): {LABEL}"));
}

/// Without room for SQLite's files next to the records, the records can still be read, and writes report the full disk.
#[test]
fn records_can_be_read_on_a_full_disk() {
    let Some(unshare) = find_program("unshare") else { return };
    let sandbox = Sandbox::with_clinic();
    sandbox.intake();
    // A separate disk in a mount namespace.
    let script = "mount -t tmpfs -o size=600k none ../disk && cp -a ../clinic ../disk/ \
        && { cat /dev/zero >../disk/full 2>../out/why; for words in list trail verify 'delete 1 --why x'; do \
        \"$0\" desk $words --clinic ../disk/clinic; echo \"code $?\"; done; }";
    std::fs::create_dir(sandbox.path("../disk")).expect("a folder");
    let arguments = ["--user", "--map-root-user", "--mount", "sh", "-c", script, PROGRAM];
    let output = run(sandbox.command_of(unshare.to_str().expect("a path"), arguments));
    if !sandbox.path("../out/why").exists() {
        return skip(&format!("no disk can be made: {}", output.stderr));
    }
    let codes: Vec<&str> = output.stdout.lines().filter(|line| line.starts_with("code ")).collect();
    assert_eq!(codes, ["code 0", "code 0", "code 0", "code 1"], "{output:?}");
    assert!(output.stdout.contains("finished") && output.stderr.contains("full"), "{output:?}");
    assert!(output.stderr.contains("space"), "{output:?}");
}

/// A form on a web server sends one line at a time, and the machine may stop between two.
#[test]
fn each_line_is_stored_when_it_arrives() {
    use std::io::{BufRead, BufReader, Write};
    let sandbox = Sandbox::with_clinic();
    let mut command = sandbox.desk_command("new --each --answers - --clinic ../clinic");
    command.stdin(std::process::Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let mut input = child.stdin.take().expect("a pipe");
    let mut output = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    let record = answers().to_string();
    let mut reply = |bytes: &[u8]| {
        input.write_all(bytes).and_then(|()| input.flush()).expect("the program reads");
        let line = output.next().expect("a line").expect("text");
        serde_json::from_str::<Value>(&line).expect("JSON")
    };
    assert_eq!(reply(format!("{record}\n").as_bytes()), json!({ "line": 1, "number": 1 }));
    assert_eq!(reply(b"{\"id\":\"\xff\"}\n"), json!({ "line": 2, "error": "the line is not UTF-8 text" }));
    assert_eq!(reply(format!("\n{record}\r\n").as_bytes()), json!({ "line": 4, "number": 2 }));
    let long = reply(&[vec![b'x'; 2_000_000], b"\n".to_vec()].concat());
    assert_eq!(long, json!({ "line": 5, "error": "the line has more than 1048576 bytes" }));
    // The input has not ended: what is stored does not depend on that.
    child.kill().and_then(|()| child.wait()).expect("the program ends");
    assert_eq!(sandbox.desk_json("list --all --json").as_array().map(Vec::len), Some(2));
}
