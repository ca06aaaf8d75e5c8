//! No answer is in plain text in the store, its WAL, a journal, a backup or the audit log.

use crate::desk::clinic::{LABEL, PASSPHRASE, QUESTION, WORDS, answers, holds};
use crate::support::Sandbox;
use crate::support::run::run;
use serde_json::Value;

/// Returns everything in the test answers that reveals something: option codes, texts, and question ids.
fn secrets() -> Vec<String> {
    fn collect(value: &Value, secrets: &mut Vec<String>) {
        match value {
            Value::String(text) => secrets.push(text.clone()),
            Value::Array(list) => list.iter().for_each(|value| collect(value, secrets)),
            Value::Object(map) => map.iter().for_each(|(key, value)| {
                secrets.push(key.clone());
                collect(value, secrets);
            }),
            _ => {}
        }
    }
    let mut secrets = vec![LABEL.to_owned(), LABEL.to_lowercase(), "Maravilla".to_owned()];
    collect(&answers()["answers"], &mut secrets);
    // Short words turn up in random bytes and in the names of columns.
    secrets.retain(|secret| secret.len() > 4 && secret != "chosen" && secret != "label");
    secrets
}

fn assert_silent(sandbox: &Sandbox, extra: &[String]) {
    let files = sandbox.clinic_files();
    assert!(files.iter().any(|(name, _)| name.ends_with("records.sqlite3")));
    for (name, bytes) in files.iter().filter(|(name, _)| !name.ends_with("preconsult.toml")) {
        for secret in secrets().iter().chain(extra).map(String::as_str).chain([PASSPHRASE, "SECRET-KEY"]) {
            assert!(!holds(bytes, secret), "{secret:?} is in {name}");
            // SQLite can store text as UTF-16.
            let wide: Vec<u8> = secret.encode_utf16().flat_map(u16::to_le_bytes).collect();
            assert!(!bytes.windows(wide.len()).any(|window| window == wide), "{secret:?} is in {name}, as UTF-16");
        }
    }
}

#[test]
fn the_test_answers_contain_the_secrets() {
    let secrets = secrets();
    for known in ["acne-scars", "moderate", "retinoid", "keloid", "does-not-apply", WORDS, QUESTION, LABEL] {
        assert!(secrets.iter().any(|secret| secret == known), "{known}");
    }
    assert!(holds(answers().to_string().as_bytes(), WORDS));
}

#[test]
fn no_file_of_the_clinic_reveals_an_answer() {
    let sandbox = Sandbox::with_clinic();
    // The example settings contain words that answers use too.
    std::fs::write(sandbox.path("../clinic/preconsult.toml"), "retention_days = 30\n").expect("settings");
    let number = sandbox.intake();
    // A second connection keeps the store open, so the WAL stays.
    let other = sandbox.database();
    other.query_row("SELECT count(*) FROM trail", [], |row| row.get::<_, i64>(0)).expect("a trail");
    sandbox.intake();
    let mut correct = sandbox.desk_command(&format!("correct {number} --answers ../corrected.json --clinic ../clinic"));
    correct.args([
        "--passphrase-file",
        "../pass",
        "--who",
        "Quetzal Ibarra",
        "--why",
        "Maravilla is misspelt: Xylander",
    ]);
    assert_eq!(run(correct).code, Some(0));
    sandbox.desk_ok(&format!("export {number} --format text --out ../out"));
    sandbox.desk_ok("backup ../clinic/one.backup");
    let files = sandbox.clinic_files();
    let wal = files.iter().find(|(name, _)| name.ends_with("-wal")).expect("a WAL");
    assert!(wal.1.len() > 10_000, "there is something in the WAL");
    assert!(files.iter().any(|(name, bytes)| name.ends_with("one.backup") && bytes.len() > 10_000));
    assert_silent(&sandbox, &["Quetzal".to_owned(), "Xylander".to_owned()]);
}

#[test]
fn a_journal_in_progress_reveals_no_answer() {
    let sandbox = Sandbox::with_clinic();
    let mut tty = sandbox.desk_terminal("");
    tty.begin(LABEL);
    tty.wait("Question 1 of");
    // Acne scars, and "something else" with a free text.
    tty.wait("Space to tick");
    tty.tick(&["Acne scars", "Something else"]);
    tty.type_in("Question 2 of", WORDS);
    tty.wait("Question 3 of");
    let journal = std::fs::read(sandbox.path("../clinic/drafts/1.journal")).expect("a journal");
    assert!(journal.split(|byte| *byte == b'\n').count() > 3);
    assert_silent(&sandbox, &[]);
    let listed = run(sandbox.desk_command("list --clinic ../clinic"));
    assert!(listed.stdout.contains("being answered now"), "{listed:?}");
}

#[test]
fn the_length_of_ciphertexts_reveals_little() {
    let sandbox = Sandbox::with_clinic();
    let labels = ["A", "A name of some length, as people have it"];
    for label in labels {
        let mut command = sandbox.desk_command("new --clinic ../clinic --answers ../answers.json --label");
        command.arg(label);
        assert_eq!(run(command).code, Some(0));
    }
    let database = sandbox.database();
    let length = |intake: u64| {
        let query = "SELECT length(bytes) FROM sealed JOIN versions ON sealed.id = versions.sealed WHERE intake = ?1";
        database.query_row(query, [intake], |row| row.get::<_, i64>(0)).expect("a record")
    };
    // age adds a random stanza to every file.
    assert!((length(1) - length(2)).abs() < 400, "{} and {}", length(1), length(2));
}
