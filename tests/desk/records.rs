//! Records by the commands: taken, listed, shown, exported, corrected.

use crate::world::{LABEL, QUESTION, WORDS, World, answers, corrected, run};
use serde_json::json;

#[test]
fn a_clinic_is_made_once_and_for_its_owner_alone() {
    let world = World::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |name: &str| std::fs::metadata(world.path(name)).expect("it is there").permissions().mode() & 0o777;
        assert_eq!(mode("clinic"), 0o700);
        for name in ["key.age", "key.pub", "preconsult.toml", "records.sqlite3"] {
            assert_eq!(mode(&format!("clinic/{name}")), 0o600, "{name}");
        }
        world.intake();
        let other = world.database();
        other.query_row("SELECT count(*) FROM trail", [], |row| row.get::<_, i64>(0)).expect("a trail");
        world.intake();
        assert_eq!(mode("clinic/records.sqlite3-wal"), 0o600);
    }
    let again = world.desk("init --work-factor 14 ../clinic");
    assert_eq!(again.code, Some(2), "{again:?}");
    assert!(again.stderr.contains("there is something in ../clinic already"), "{again:?}");
    assert_eq!(world.desk("list --clinic ../nowhere").code, Some(2));
}

#[test]
fn the_clinic_is_found_where_the_page_of_the_command_says() {
    let world = World::new();
    let count = |ran: crate::world::Ran| {
        assert_eq!(ran.code, Some(0), "{ran:?}");
        ran.stdout.lines().count()
    };
    world.intake();
    let mut here = world.command("list");
    here.current_dir(world.path("clinic"));
    assert_eq!(count(run(here)), 2, "the current folder");
    std::fs::create_dir(world.path("home/preconsult")).expect("a folder");
    let settings = format!("desk = {:?}\n", world.path("clinic"));
    std::fs::write(world.path("home/preconsult/preconsult.toml"), settings).expect("settings");
    assert_eq!(count(run(world.command("list"))), 2, "the settings");
    std::fs::remove_file(world.path("home/preconsult/preconsult.toml")).expect("it is there");
    let nowhere = run(world.command("list"));
    assert_eq!(nowhere.code, Some(2), "{nowhere:?}");
    assert!(nowhere.stderr.contains("preconsult desk init"), "{nowhere:?}");
    let made = world.desk("init --work-factor 14");
    assert_eq!(made.code, Some(0), "{made:?}");
    let own = run(world.command("list"));
    assert_eq!((own.code, own.stdout.as_str()), (Some(0), ""), "one's own, and it is empty");
}

#[test]
fn an_intake_is_taken_without_the_passphrase_and_read_with_it() {
    let world = World::new();
    let number = world.intake();
    let locked = run(world.command("list --clinic ../clinic"));
    assert_eq!(locked.code, Some(0), "{locked:?}");
    assert!(locked.stdout.contains("finished") && !locked.stdout.contains(LABEL), "{locked:?}");
    let refused = run(world.command("show 1 --clinic ../clinic"));
    assert_eq!(refused.code, Some(2), "{refused:?}");
    assert!(refused.stderr.contains("the desk is locked"), "{refused:?}");

    let record = world.json(&format!("show {number} --json"));
    assert_eq!((&record["label"], &record["version"]), (&json!(LABEL), &json!(1)));
    let mut expected = answers()["answers"].clone();
    expected["label"] = json!(LABEL);
    assert_eq!(record["answers_file"]["answers"], expected);
    let page = world.ok(&format!("show {number}"));
    for said in [LABEL, WORDS, QUESTION, "Clinician's copy"] {
        assert!(page.contains(said), "{said:?} is missing: {page}");
    }
    let listed = world.json("list --unlock --json");
    assert_eq!(listed[0]["label"], json!(LABEL));
    assert_eq!(listed[0]["state"], json!("finished"));
    assert!(world.json("list --json")[0].get("label").is_none());
}

#[test]
fn labels_are_searched_in_any_case_and_over_all_days() {
    let world = World::new();
    for label in ["Ana", "Berta", "ana lucía"] {
        let mut command = world.command("new --clinic ../clinic --answers ../answers.json --label");
        command.arg(label);
        assert_eq!(run(command).code, Some(0));
    }
    let found = world.json("list --search ANA --json");
    let labels: Vec<&str> = found.as_array().expect("a list").iter().filter_map(|row| row["label"].as_str()).collect();
    assert_eq!(labels, ["Ana", "ana lucía"]);
    assert_eq!(world.json("list --search zzz --json"), json!([]));
    assert_eq!(world.json("list --day 2020-01-01 --json"), json!([]));
}

#[test]
fn an_exported_page_is_the_one_that_summarize_writes() {
    let world = World::new();
    let number = world.intake();
    let date = chrono::Local::now().date_naive();
    let exported = world.ok(&format!("export {number} --format text,json --copy both --out ../out"));
    let names: Vec<&str> = exported.lines().collect();
    let expected = ["patient.txt", "patient.json", "clinician.txt", "clinician.json"]
        .map(|end| format!("../out/{date}-intake-{number}-{end}"));
    assert_eq!(names, expected, "files are named after the number, not the label");
    let mut direct = std::process::Command::new(crate::world::PROGRAM);
    direct.args(["summarize", "../answers.json", "--stdout", "--format", "json", "--label", LABEL]);
    direct.args(["--date", &date.to_string()]).current_dir(world.path("work")).env_clear().envs(world.environment());
    let direct = run(direct);
    assert_eq!(std::fs::read_to_string(world.path("work").join(names[1])).expect("a file"), direct.stdout);
    assert_eq!(world.ok(&format!("export {number} --format json --copy patient --stdout")), direct.stdout);
    let again = world.ok(&format!("export {number} --format text --out ../out"));
    assert!(again.trim().ends_with("patient-2.txt"), "nothing is written over: {again}");
}

#[test]
fn a_correction_is_a_new_version_and_the_old_one_stays() {
    let world = World::new();
    let number = world.intake();
    let second = world.desk(&format!("show {number} --version 2"));
    assert!(second.code == Some(2) && second.stderr.contains("it has 1 version\n"), "{second:?}");
    let mut corrected = corrected();
    corrected["answers"]["label"] = json!("Ana B.");
    std::fs::write(world.path("corrected.json"), corrected.to_string()).expect("a file");
    let mut command = world.command(&format!("correct {number} --answers ../corrected.json --clinic ../clinic"));
    command.args(["--passphrase-file", "../pass", "--who", "Berta", "--why", "the patient's name was wrong"]);
    let ran = run(command);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let (new, old) =
        (world.json(&format!("show {number} --json")), world.json(&format!("show {number} --version 1 --json")));
    assert_eq!((&new["label"], &new["version"]), (&json!("Ana B."), &json!(2)));
    assert_eq!(new["answers_file"]["answers"]["skin-health"], json!("good"));
    assert_eq!((&old["label"], &old["answers_file"]["answers"]["skin-health"]), (&json!(LABEL), &json!("fair")));
    assert_eq!(new["answers_file"]["date"], old["answers_file"]["date"]);
    let trail = world.json(&format!("trail {number} --unlock --json"));
    let entry = trail.as_array().expect("a list").iter().find(|entry| entry["what"] == "corrected").expect("an entry");
    assert_eq!((&entry["who"], &entry["why"]), (&json!("Berta"), &json!("the patient's name was wrong")));
    assert_eq!(world.json("list --search Maravilla --json"), json!([]), "the label is the last one");
    let third = world.desk(&format!("show {number} --version 3"));
    assert!(third.code == Some(2) && third.stderr.contains("it has 2 versions"), "{third:?}");
    let again = world.desk(&format!("correct {number} --answers ../corrected.json --why again"));
    assert!(again.code == Some(0) && again.stderr.contains("nothing was changed"), "{again:?}");
    assert_eq!(world.json(&format!("show {number} --json"))["version"], json!(2));
    let without = world.desk(&format!("correct {number} --answers ../corrected.json"));
    assert_eq!(without.code, Some(2), "a reason has to be given: {without:?}");
    world.ok("verify --unlock");
}

#[test]
fn many_answers_files_are_taken_line_by_line() {
    let world = World::new();
    let wrong = json!({ "format": 1, "pack": "microneedling", "answers": { "concerns": ["nothing-like-it"] } });
    std::fs::write(world.path("many.jsonl"), format!("{}\n\n{wrong}\n{}\n", answers(), answers())).expect("a file");
    let ran = run(world.command("new --clinic ../clinic --each --answers ../many.jsonl"));
    assert_eq!(ran.code, Some(2), "{ran:?}");
    let lines: Vec<serde_json::Value> =
        ran.stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
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
fn a_record_is_printed_with_the_pack_that_it_was_taken_with() {
    let world = World::new();
    let folder = world.path("pack");
    std::fs::create_dir(&folder).expect("a folder");
    for (name, text) in preconsult::pack::built_in().texts {
        std::fs::write(folder.join(name), text.replace("Rough or uneven", "Bumpy or uneven")).expect("a file");
    }
    let taken = run(world.command("new --clinic ../clinic --pack ../pack --answers ../answers.json"));
    assert_eq!(taken.code, Some(0), "{taken:?}");
    std::fs::remove_dir_all(&folder).expect("the pack goes away");
    let page: serde_json::Value = serde_json::from_str(&world.ok("export 1 --format json --stdout")).expect("JSON");
    let built_in = preconsult::pack::Pack::load(&preconsult::pack::built_in()).expect("a pack");
    assert_ne!(page["pack"]["hash"], json!(built_in.hash));
    world.ok("verify --unlock");
}
