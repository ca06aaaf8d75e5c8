//! `--format answers`: a file with the answers that every command can read.

use crate::cli::answers::{SHORT, SHORT_REPLIES, more};
use crate::support::Sandbox;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Returns answers files for the built-in pack and for one with every type of question, with the arguments for the
/// pack.
pub(crate) fn all() -> Vec<(PathBuf, String, String)> {
    let everything = format!("{ROOT}/tests/packs/everything");
    let mut all = Vec::new();
    for (folder, pack, id) in [
        ("tests/cli/pages/patients", None, "microneedling"),
        ("tests/vignettes", None, "microneedling"),
        ("rules/microneedling/cases", None, "microneedling"),
        ("tests/packs/everything/cases", Some(&everything), "everything"),
    ] {
        let before = all.len();
        for entry in Path::new(ROOT).join(folder).read_dir().expect("a folder") {
            let path = entry.expect("an entry").path();
            let value: Value = std::fs::read_to_string(&path).expect("a file").parse().expect("JSON");
            let text = if value.get("format").is_some() {
                value.to_string()
            } else {
                json!({ "format": 1, "pack": id, "date": "2026-11-22", "answers": value["answers"] }).to_string()
            };
            all.push((path, text, pack.map(|pack| format!("--pack {pack}")).unwrap_or_default()));
        }
        assert!(all.len() > before + 1, "{folder} has too few");
    }
    all
}

#[test]
fn the_written_answers_give_the_same_pages() {
    for (path, text, pack) in all() {
        let sandbox = Sandbox::with("a.json", &text);
        let run = |arguments: &str, file: &Sandbox| {
            file.run(&format!("{arguments} a.json {pack}")).stdout_has([""]).check().stdout
        };
        let answers = run("summarize --stdout --format answers", &sandbox);
        let again = Sandbox::with("a.json", &answers);
        let commands = [
            "summarize --stdout --format answers",
            "summarize --stdout --format json",
            "summarize --stdout --format json --copy clinician",
            "summarize --stdout",
            "explain",
        ];
        // The cases differ only in their answers, not in how they are processed.
        let shown = if path.parent().is_some_and(|folder| folder.ends_with("patients")) { 5 } else { 2 };
        for command in &commands[..shown] {
            assert_eq!(run(command, &sandbox), run(command, &again), "{}: {command}", path.display());
        }
    }
}

#[test]
fn the_answers_file_is_written_once_for_all_copies() {
    let sandbox = Sandbox::with("a.json", SHORT);
    sandbox
        .run("summarize a.json --label A12 --copy both --format text,answers")
        .stdout("2026-11-22-A12-patient.txt\n2026-11-22-A12-answers.json\n2026-11-22-A12-clinician.txt\n")
        .check();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let metadata = std::fs::metadata(sandbox.path("2026-11-22-A12-answers.json")).expect("the file");
        assert_eq!(metadata.permissions().mode() & 0o777, 0o600);
    }
    // It is never overwritten.
    sandbox
        .run("summarize a.json --label A12 --copy both --format answers")
        .stdout("2026-11-22-A12-answers-2.json\n")
        .check();
    // On standard output one file is enough, too.
    sandbox.run("summarize a.json --copy both --format answers --stdout").stdout_has(["{\n  \"format\": 1,\n"]).check();
}

#[test]
fn the_settings_can_select_the_format() {
    let mut sandbox = Sandbox::with("a.json", SHORT);
    sandbox.file("clinic.toml", "formats = [\"text\", \"answers\"]\n");
    sandbox
        .run("summarize a.json --label A --config clinic.toml")
        .stdout("2026-11-22-A-patient.txt\n2026-11-22-A-answers.json\n")
        .check();
}

#[test]
fn answers_of_an_interview_can_be_copied_corrected_and_translated() {
    let sandbox = Sandbox::new();
    sandbox
        .run("--format text,answers --label A12 --date 2026-11-22 --lang es --filled-in-by staff")
        .stdin(SHORT_REPLIES)
        .stdout("2026-11-22-A12-patient.txt\n2026-11-22-A12-answers.json\n")
        .stderr_any()
        .check();
    let saved: Value = sandbox.read("2026-11-22-A12-answers.json").parse().expect("JSON");
    assert_eq!(
        saved,
        json!({
            "format": 1, "pack": "microneedling", "pack_version": saved["pack_version"], "language": "es",
            "date": "2026-11-22", "filled_in_by": "staff",
            "answers": {
                "concerns": ["acne-scars"], "severity": { "acne-scars": "moderate" }, "skin-health": "good",
                "treatments-had": "none", "more": false, "label": "A12",
            },
        })
    );
    let page = sandbox.read("2026-11-22-A12-patient.txt");
    sandbox.run("summarize 2026-11-22-A12-answers.json --stdout").stdout(page).check();
    sandbox.run("explain 2026-11-22-A12-answers.json").stdout_has(["Cicatrices"]).check();
    sandbox.run("summarize 2026-11-22-A12-answers.json --stdout --lang en").stdout_has(["Label: A12"]).check();
    sandbox
        .run("ask --answers 2026-11-22-A12-answers.json --format answers")
        .stdin("2\nsevere\n/done\n")
        .stdout("2026-11-22-A12-answers-2.json\n")
        .stderr_any()
        .check();
    let corrected: Value = sandbox.read("2026-11-22-A12-answers-2.json").parse().expect("JSON");
    assert_eq!(corrected["answers"]["severity"], json!({ "acne-scars": "severe" }));
}

#[test]
fn the_id_from_the_sender_is_kept() {
    let text = more(r#""pregnancy":{"unknown":"declined"},"sun":{"unknown":"skipped"}"#);
    let text = text.replace("\"answers\"", "\"id\":\"17\",\"answers\"");
    let done = Sandbox::new().run("summarize --stdout --format answers").stdin(text).stdout_has(["{"]).check();
    let saved: Value = done.stdout.parse().expect("JSON");
    assert_eq!(saved["id"], "17");
    assert_eq!(saved["answers"]["pregnancy"], json!({ "unknown": "declined" }));
    assert_eq!(saved["answers"]["sun"], json!({ "unknown": "skipped" }));
    assert_eq!(saved["answers"].get("area"), None, "not asked");
}

#[test]
fn a_summary_is_not_accepted_as_answers() {
    let sandbox = Sandbox::with("a.json", SHORT);
    let summary = sandbox.run("summarize a.json --stdout --format json").stdout_has(["{"]).check().stdout;
    for command in ["summarize", "explain"] {
        sandbox
            .run(command)
            .stdin(summary.clone())
            .code(2)
            .stderr_has([
                "error[wrong-file]: $: this is a summary, not an answers file\n",
                "help: use the answers file, which `--format answers` writes next to the summary\n",
                "error: 1 problem in <stdin>\n",
            ])
            .check();
    }
}
