//! What scripts can rely on: answers as JSON, refusals that help, and a trail that says nothing else than what was done.

use crate::desk::clinic::{LABEL, answers};
use crate::support::run::run;
use crate::support::terminal::CTRL_C;
use crate::support::tools::{find_program, skip};
use crate::support::{PROGRAM, Sandbox};
use serde_json::{Value, json};

#[test]
fn what_is_done_with_records_can_be_read_as_json() {
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
fn what_cannot_be_exported_is_not_in_the_trail() {
    let sandbox = Sandbox::with_clinic();
    let number = sandbox.intake();
    for words in ["--out ../nowhere", "--stdout --format text,json", "--lang xx --stdout"] {
        let refused = sandbox.desk(&format!("export {number} {words}"));
        assert!(matches!(refused.code, Some(1 | 2)), "{words}: {refused:?}");
    }
    assert!(matches!(sandbox.desk(&format!("show {number} --lang xx")).code, Some(2)));
    let trail = sandbox.desk_ok("trail");
    assert!(!trail.contains("exported") && !trail.contains("shown"), "{trail}");
    sandbox.desk_ok(&format!("export {number} --stdout"));
    assert!(sandbox.desk_ok("trail").contains("exported"));
}

#[test]
fn a_reason_says_something() {
    let sandbox = Sandbox::with_clinic();
    let number = sandbox.intake();
    for (words, why) in [("correct --answers ../answers.json", ""), ("delete", "   ")] {
        let mut command =
            sandbox.desk_command(&format!("{words} {number} --clinic ../clinic --passphrase-file ../pass"));
        command.args(["--why", why]);
        let refused = run(command);
        assert!(refused.code == Some(2) && refused.stderr.contains("give a reason"), "{refused:?}");
    }
    assert_eq!(sandbox.desk_json(&format!("show {number} --json"))["version"], json!(1));
}

#[test]
fn a_correction_keeps_the_label_unless_it_says_another() {
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
fn a_refused_line_is_named_with_what_it_lacks() {
    let sandbox = Sandbox::with_clinic();
    std::fs::write(sandbox.path("../many.jsonl"), format!("{}\n\n\n{{}}\n", answers())).expect("a file");
    let output = run(sandbox.desk_command("new --clinic ../clinic --each --answers ../many.jsonl"));
    let refused: Value = serde_json::from_str(output.stdout.lines().nth(1).expect("a line")).expect("JSON");
    let error = refused["error"].as_str().expect("an error");
    for part in ["line 4, column 1: the field `format` is missing", "the field `pack`", "the field `answers`"] {
        assert!(error.contains(part), "{part}: {error}");
    }
    assert_eq!(refused["line"], json!(4));
}

/// A log gets no answer; the person at the terminal gets the line and the caret.
#[test]
fn what_is_wrong_with_answers_is_shown_to_a_person_and_named_in_a_log() {
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
fn a_service_without_a_users_name_is_known_by_the_system() {
    let sandbox = Sandbox::with_clinic();
    let mut command = sandbox.desk_command("new --clinic ../clinic --answers ../answers.json");
    command.env_remove("USER");
    assert_eq!(run(command).code, Some(0));
    let trail = sandbox.desk_json("trail 1 --unlock --json");
    let who = trail[0]["who"].as_str().expect("somebody");
    assert!(who != "unknown" && who != "tester" && !who.is_empty(), "{who}");
}

/// Whoever looks for somebody finds them before their interview is finished, as today's list does.
#[test]
fn a_label_is_found_while_its_interview_is_under_way() {
    let sandbox = Sandbox::with_clinic();
    let mut tty = sandbox.desk_terminal("");
    tty.begin(LABEL);
    tty.wait("Question 1 of");
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

/// A disk without room for what SQLite puts beside the records: they can be looked at, and what needs room says so.
#[test]
fn a_full_disk_lets_one_look() {
    let Some(unshare) = find_program("unshare") else { return };
    let sandbox = Sandbox::with_clinic();
    sandbox.intake();
    // A disk of its own, that only the script sees.
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
