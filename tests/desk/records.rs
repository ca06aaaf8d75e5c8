//! The commands for records: new, list, show, export, correct.

use crate::desk::clinic::{LABEL, QUESTION, WORDS, answers, corrected};
use crate::support::run::run;
use crate::support::{RunOutput, Sandbox};
use serde_json::json;

#[test]
fn a_clinic_is_created_once_with_owner_only_permissions() {
    let sandbox = Sandbox::with_clinic();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |name: &str| {
            std::fs::metadata(sandbox.path(&format!("../{name}"))).expect("it is there").permissions().mode() & 0o777
        };
        assert_eq!(mode("clinic"), 0o700);
        for name in ["key.age", "key.pub", "preconsult.toml", "records.sqlite3"] {
            assert_eq!(mode(&format!("clinic/{name}")), 0o600, "{name}");
        }
        sandbox.intake();
        let other = sandbox.database();
        other.query_row("SELECT count(*) FROM trail", [], |row| row.get::<_, i64>(0)).expect("a trail");
        sandbox.intake();
        assert_eq!(mode("clinic/records.sqlite3-wal"), 0o600);
    }
    let again = sandbox.desk("init --work-factor 14 ../clinic");
    assert_eq!(again.code, Some(2), "{again:?}");
    assert!(again.stderr.contains("the folder ../clinic is not empty"), "{again:?}");
    assert_eq!(sandbox.desk("list --clinic ../nowhere").code, Some(2));
}

#[test]
fn the_clinic_is_found_in_the_documented_places() {
    let sandbox = Sandbox::with_clinic();
    let count = |output: RunOutput| {
        assert_eq!(output.code, Some(0), "{output:?}");
        output.stdout.lines().count()
    };
    sandbox.intake();
    let mut here = sandbox.desk_command("list");
    here.current_dir(sandbox.path("../clinic"));
    assert_eq!(count(run(here)), 2, "the current folder");
    std::fs::create_dir_all(sandbox.path("../home/.config/preconsult")).expect("a folder");
    let settings = format!("desk = {:?}\n", sandbox.path("../clinic"));
    std::fs::write(sandbox.path("../home/.config/preconsult/preconsult.toml"), settings).expect("settings");
    assert_eq!(count(run(sandbox.desk_command("list"))), 2, "the settings");
    std::fs::remove_file(sandbox.path("../home/.config/preconsult/preconsult.toml")).expect("it is there");
    let nowhere = run(sandbox.desk_command("list"));
    assert_eq!(nowhere.code, Some(2), "{nowhere:?}");
    assert!(nowhere.stderr.contains("preconsult desk init"), "{nowhere:?}");
    let made = sandbox.desk("init --work-factor 14");
    assert_eq!(made.code, Some(0), "{made:?}");
    let own = run(sandbox.desk_command("list"));
    assert_eq!((own.code, own.stdout.as_str()), (Some(0), ""), "one's own, and it is empty");
}

#[test]
fn an_intake_is_stored_without_the_passphrase_and_read_with_it() {
    let sandbox = Sandbox::with_clinic();
    let number = sandbox.intake();
    let locked = run(sandbox.desk_command("list --clinic ../clinic"));
    assert_eq!(locked.code, Some(0), "{locked:?}");
    assert!(locked.stdout.contains("finished") && !locked.stdout.contains(LABEL), "{locked:?}");
    let rejected = run(sandbox.desk_command("show 1 --clinic ../clinic"));
    assert_eq!(rejected.code, Some(2), "{rejected:?}");
    assert!(rejected.stderr.contains("the desk is locked"), "{rejected:?}");

    let record = sandbox.desk_json(&format!("show {number} --json"));
    assert_eq!((&record["label"], &record["version"]), (&json!(LABEL), &json!(1)));
    let mut expected = answers()["answers"].clone();
    expected["label"] = json!(LABEL);
    assert_eq!(record["answers_file"]["answers"], expected);
    let page = sandbox.desk_ok(&format!("show {number}"));
    for text in [LABEL, WORDS, QUESTION, "Clinician's copy"] {
        assert!(page.contains(text), "{text:?} is missing: {page}");
    }
    let listed = sandbox.desk_json("list --unlock --json");
    assert_eq!(listed[0]["label"], json!(LABEL));
    assert_eq!(listed[0]["state"], json!("finished"));
    assert!(sandbox.desk_json("list --json")[0].get("label").is_none());
}

#[test]
fn a_search_ignores_case_and_covers_all_days() {
    let sandbox = Sandbox::with_clinic();
    for label in ["Ana", "Berta", "ana lucía"] {
        let mut command = sandbox.desk_command("new --clinic ../clinic --answers ../answers.json --label");
        command.arg(label);
        assert_eq!(run(command).code, Some(0));
    }
    let found = sandbox.desk_json("list --search ANA --json");
    let labels: Vec<&str> = found.as_array().expect("a list").iter().filter_map(|row| row["label"].as_str()).collect();
    assert_eq!(labels, ["Ana", "ana lucía"]);
    assert_eq!(sandbox.desk_json("list --search zzz --json"), json!([]));
    assert_eq!(sandbox.desk_json("list --day 2020-01-01 --json"), json!([]));
}

#[test]
fn a_search_finds_labels_however_they_were_typed() {
    let sandbox = Sandbox::with_clinic();
    let labels = ["Rene\u{301}", "O\u{2019}Brien\u{2013}1", "Weiß", "می\u{200c}نا"];
    for label in labels {
        let mut command = sandbox.desk_command("new --clinic ../clinic --answers ../answers.json --label");
        command.arg(label);
        assert_eq!(run(command).code, Some(0));
    }
    for (typed, label) in [
        ("RENÉ", labels[0]),
        ("rene\u{301}", labels[0]),
        ("o'brien-1", labels[1]),
        ("WEISS", labels[2]),
        ("مینا", labels[3]),
        ("می\u{200c}", labels[3]),
    ] {
        let found = sandbox.desk_json(&format!("list --search {typed} --json"));
        assert_eq!((&found[0]["label"], found.as_array().map(Vec::len)), (&json!(label), Some(1)), "{typed}");
    }
    // A letter without its mark is another letter.
    assert_eq!(sandbox.desk_json("list --search rene --json"), json!([]));
}

#[test]
fn export_and_summarize_write_the_same_page() {
    let sandbox = Sandbox::with_clinic();
    let number = sandbox.intake();
    let date = chrono::Local::now().date_naive();
    let exported = sandbox.desk_ok(&format!("export {number} --format text,json --copy both --out ../out"));
    let names: Vec<&str> = exported.lines().collect();
    let expected = ["patient.txt", "patient.json", "clinician.txt", "clinician.json"]
        .map(|end| format!("../out/{date}-intake-{number}-{end}"));
    assert_eq!(names, expected, "files are named after the number, not the label");
    let mut direct = sandbox.command("summarize ../answers.json --stdout --format json --label");
    direct.arg(LABEL);
    direct.args(["--date", &date.to_string()]);
    let direct = run(direct);
    assert_eq!(std::fs::read_to_string(sandbox.path("").join(names[1])).expect("a file"), direct.stdout);
    assert_eq!(sandbox.desk_ok(&format!("export {number} --format json --copy patient --stdout")), direct.stdout);
    let again = sandbox.desk_ok(&format!("export {number} --format text --out ../out"));
    assert!(again.trim().ends_with("patient-2.txt"), "nothing is written over: {again}");
}

#[test]
fn a_correction_is_a_new_version_and_keeps_the_old_one() {
    let sandbox = Sandbox::with_clinic();
    let number = sandbox.intake();
    let second = sandbox.desk(&format!("show {number} --version 2"));
    assert!(second.code == Some(2) && second.stderr.contains("it has 1 version\n"), "{second:?}");
    let mut corrected = corrected();
    corrected["answers"]["label"] = json!("Ana B.");
    std::fs::write(sandbox.path("../corrected.json"), corrected.to_string()).expect("a file");
    let mut command = sandbox.desk_command(&format!("correct {number} --answers ../corrected.json --clinic ../clinic"));
    command.args(["--passphrase-file", "../pass", "--who", "Berta", "--why", "the patient's name was wrong"]);
    let output = run(command);
    assert_eq!(output.code, Some(0), "{output:?}");
    let (new, old) = (
        sandbox.desk_json(&format!("show {number} --json")),
        sandbox.desk_json(&format!("show {number} --version 1 --json")),
    );
    assert_eq!((&new["label"], &new["version"]), (&json!("Ana B."), &json!(2)));
    assert_eq!(new["answers_file"]["answers"]["skin-health"], json!("good"));
    assert_eq!((&old["label"], &old["answers_file"]["answers"]["skin-health"]), (&json!(LABEL), &json!("fair")));
    assert_eq!(new["answers_file"]["date"], old["answers_file"]["date"]);
    let trail = sandbox.desk_json(&format!("trail {number} --unlock --json"));
    let entry = trail.as_array().expect("a list").iter().find(|entry| entry["what"] == "corrected").expect("an entry");
    assert_eq!((&entry["who"], &entry["why"]), (&json!("Berta"), &json!("the patient's name was wrong")));
    assert_eq!(sandbox.desk_json("list --search Maravilla --json"), json!([]), "the label is the last one");
    let third = sandbox.desk(&format!("show {number} --version 3"));
    assert!(third.code == Some(2) && third.stderr.contains("it has 2 versions"), "{third:?}");
    let again = sandbox.desk(&format!("correct {number} --answers ../corrected.json --why again"));
    assert!(again.code == Some(0) && again.stderr.contains("nothing was changed"), "{again:?}");
    assert_eq!(sandbox.desk_json(&format!("show {number} --json"))["version"], json!(2));
    let without = sandbox.desk(&format!("correct {number} --answers ../corrected.json"));
    assert_eq!(without.code, Some(2), "a reason is required: {without:?}");
    sandbox.desk_ok("verify --unlock");
}

#[test]
fn json_lines_are_stored_line_by_line() {
    let sandbox = Sandbox::with_clinic();
    let wrong = json!({ "format": 1, "pack": "microneedling", "answers": { "concerns": ["nothing-like-it"] } });
    std::fs::write(sandbox.path("../many.jsonl"), format!("{}\n\n{wrong}\n{}\n", answers(), answers()))
        .expect("a file");
    let output = run(sandbox.desk_command("new --clinic ../clinic --each --answers ../many.jsonl"));
    assert_eq!(output.code, Some(2), "{output:?}");
    let lines: Vec<serde_json::Value> =
        output.stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines.len(), 3);
    assert_eq!((&lines[0], &lines[2]), (&json!({"line": 1, "number": 1}), &json!({"line": 4, "number": 2})));
    assert_eq!(lines[1]["line"], json!(3));
    assert!(
        lines[1]["error"]
            .as_str()
            .is_some_and(|error| error.contains("unknown-") && !error.contains("nothing-like-it")),
        "{lines:?}"
    );
}

#[test]
fn a_record_is_printed_with_its_original_pack() {
    let sandbox = Sandbox::with_clinic();
    let folder = sandbox.path("../pack");
    std::fs::create_dir(&folder).expect("a folder");
    for (name, text) in preconsult::pack::built_in().texts {
        std::fs::write(folder.join(name), text.replace("Rough or uneven", "Bumpy or uneven")).expect("a file");
    }
    let stored = run(sandbox.desk_command("new --clinic ../clinic --pack ../pack --answers ../answers.json"));
    assert_eq!(stored.code, Some(0), "{stored:?}");
    std::fs::remove_dir_all(&folder).expect("the pack goes away");
    let page: serde_json::Value =
        serde_json::from_str(&sandbox.desk_ok("export 1 --format json --stdout")).expect("JSON");
    let built_in = preconsult::pack::Pack::load(&preconsult::pack::built_in()).expect("a pack");
    assert_ne!(page["pack"]["hash"], json!(built_in.hash));
    sandbox.desk_ok("verify --unlock");
}
