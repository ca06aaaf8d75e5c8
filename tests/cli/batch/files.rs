//! `batch --out`: a file for each record.

use super::{lines, record, records};
use crate::support::Sandbox;
use serde_json::Value;

#[test]
fn each_record_gives_the_files_that_summarize_writes() {
    let sandbox = Sandbox::new();
    for folder in ["many", "one"] {
        std::fs::create_dir(sandbox.path(folder)).expect("a folder");
    }
    let run = sandbox.run("batch --out many --copy both --format text,json").stdin(records(20));
    let done = run.stdout_has(["{"]).stderr_has(["20 records: 20 done"]).check();
    let mut count = 0;
    for (number, line) in lines(&done.stdout).iter().enumerate() {
        assert_eq!(
            (line["id"].as_str(), line["line"].as_u64()),
            (Some(number.to_string().as_str()), Some(number as u64 + 1))
        );
        let run = sandbox.run("summarize --out one --copy both --format text,json").stdin(record("x", number));
        let paths = run.stdout_has(["one/"]).check().stdout;
        let told = line["files"].as_array().expect("paths");
        assert_eq!(told.len(), paths.lines().count());
        for (many, one) in told.iter().map(Value::as_str).zip(paths.lines()) {
            let many = many.expect("a path");
            // Those of equal records are numbered in the order of their records.
            assert_eq!(many.strip_prefix("many/"), one.strip_prefix("one/"));
            assert_eq!(sandbox.read(many), sandbox.read(one));
            count += 1;
        }
    }
    assert_eq!(count, 80);
}

#[cfg(feature = "pdf")]
#[test]
fn pages_are_pdf_where_no_format_is_named() {
    let sandbox = Sandbox::new();
    std::fs::create_dir(sandbox.path("out")).expect("a folder");
    let done = sandbox.run("batch --out out").stdin(records(3)).stdout_has(["{"]).stderr_any().check();
    for line in lines(&done.stdout) {
        let path = line["files"][0].as_str().expect("a path");
        let bytes = std::fs::read(sandbox.path(path)).expect("a file");
        assert!(path.ends_with("-patient.pdf") || path.contains("-patient-"), "{path}");
        assert!(bytes.starts_with(b"%PDF-"), "{path}");
    }
}

#[test]
fn a_fault_makes_no_file() {
    let sandbox = Sandbox::new();
    std::fs::create_dir(sandbox.path("out")).expect("a folder");
    let text = [record("a", 0), "{\"id\":\"b\"}".to_owned(), record("c", 1)].join("\n");
    let done = sandbox.run("batch --out out --format text").stdin(text).code(2).stdout_has(["{"]).stderr_any().check();
    let all = lines(&done.stdout);
    assert_eq!((&all[1]["id"], &all[1]["error"]["code"]), (&"b".into(), &"missing-field".into()));
    assert_eq!(crate::support::sandbox::names_in(&sandbox.path("out")).len(), 2);
}

/// A file whose name is too long for its folder cannot be written, as little as one on a full disk.
#[cfg(target_os = "linux")]
#[test]
fn where_writing_fails_it_says_how_far_it_came() {
    let mut sandbox = Sandbox::new();
    // With the name of a short label a path has less than 4096 bytes, and with that of a long one more.
    let folder = vec!["x".repeat(200); 19].join("/") + &"/y".repeat(79);
    assert_eq!(folder.len(), 3976);
    let labels = ["A", "B", &"é".repeat(60), "D"];
    let text: Vec<String> = labels.iter().enumerate().map(|(at, label)| labelled(at, label)).collect();
    let fault = "{\"id\":\"b\"}".to_owned();
    sandbox.file("a.jsonl", [&text[..2], &[fault, String::new()], &text[2..]].concat().join("\n"));
    let done = sandbox
        .shell(&format!("mkdir -p {folder} && exec \"$P\" batch a.jsonl --threads 1 --format text --out {folder}"))
        .code(1)
        .stdout_has(["{"])
        .stderr_has([
            "3 records: 2 done, 1 with errors",
            "everything up to line 4 is written; continue from line 5 of the input\n",
        ])
        .check();
    let ids: Vec<Value> = lines(&done.stdout).iter().map(|line| line["line"].clone()).collect();
    assert_eq!(ids, [1, 2, 3]);
}

/// A record with a label.
#[cfg(target_os = "linux")]
fn labelled(number: usize, label: &str) -> String {
    let mut record: Value = serde_json::from_str(&record("x", number)).expect("JSON");
    record["answers"]["label"] = label.into();
    record["date"] = "2026-11-22".into();
    record.to_string()
}
