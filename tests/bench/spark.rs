//! What the boundary between Spark and the process costs: `cargo bench --bench spark --no-default-features`, after
//! `.ci/run` has fetched Spark.
//!
//! The recipe runs with `preconsult batch`; with `cat` in its place; and with an awk that answers each record by a ready-made
//! line as long as ours. What Spark takes to start and to end, which a run over a few records shows, is left out of all. Beside them,
//! one process over all records without Spark.
#![allow(clippy::disallowed_methods, reason = "a benchmark writes files and keeps time")]
#![allow(clippy::print_stdout, reason = "the figures are what it is for")]

mod ratio;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const RECORDS: u32 = 50_000;
const PROGRAM: &str = env!("CARGO_BIN_EXE_preconsult");
const PATIENTS: [&str; 6] = ["short", "usual", "spanish", "not-sure", "only-not-covered", "all-concerns"];
/// Of the input; seven parts or so.
const PART: &str = "spark.sql.files.maxPartitionBytes=4m";

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let submit = root.join("target/test-tools/py/bin/spark-submit");
    if !submit.is_file() {
        return println!("SKIPPED: Spark has not been fetched: .ci/run does");
    }
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let patients = PATIENTS.map(|patient| record(&root.join(format!("tests/cli/pages/patients/{patient}.json"))));
    let records = |count: usize| (0..count).map(|at| patients[at % PATIENTS.len()].clone() + "\n").collect::<String>();
    std::fs::write(at("many.jsonl"), records(RECORDS as usize)).expect("records");
    std::fs::write(at("few.jsonl"), records(PATIENTS.len())).expect("records");

    let alone = |threads: &str| {
        let mut command = Command::new(PROGRAM);
        command.args(["batch", "--threads", threads]).arg(at("many.jsonl"));
        command.stdout(File::create(at("alone")).expect("a file"));
        ratio::process(&mut command)
    };
    let one_process = ["1", "2"].map(alone);
    let line = std::fs::metadata(at("alone")).expect("the output").len() / u64::from(RECORDS);
    println!("{RECORDS} records of {} bytes, lines of {line} bytes", patients.concat().len() / PATIENTS.len());
    let long = "x".repeat(usize::try_from(line).unwrap_or_default());
    let awk = format!("awk -v line={long} '{{ print line }}'");
    let programs = [("cat", script(&at("cat"), "cat")), ("a line as long", script(&at("awk"), &awk))];

    for (tasks, one_process) in [1_u32, 2].into_iter().zip(one_process) {
        let spark = |program: &Path, file: &str| {
            let python = submit.with_file_name("python");
            let out = at("out");
            let mut command = Command::new(&submit);
            command.envs([("PYSPARK_PYTHON", &python), ("PYSPARK_DRIVER_PYTHON", &python)]);
            command.args(["--master", &format!("local[{tasks}]"), "--conf", PART, "--conf", "spark.ui.enabled=false"]);
            command.arg(root.join("tests/spark/summaries.py"));
            command.arg("--program").arg(program).arg("--out").arg(&out).arg(at(file)).stdout(Stdio::null());
            let took = ratio::process(&mut command);
            std::fs::remove_dir_all(&out).expect("its output");
            took
        };
        let many = |program: &Path| spark(program, "many.jsonl").saturating_sub(spark(program, "few.jsonl"));
        let ours = many(Path::new(PROGRAM));
        for (name, program) in &programs {
            ratio::tell(
                &format!("spark: a record, local[{tasks}]"),
                ours / RECORDS,
                &format!("the recipe with {name}"),
                many(program) / RECORDS,
                None,
            );
        }
        let beside = format!("one process without Spark, {tasks} threads");
        ratio::tell(&format!("spark: a record, local[{tasks}]"), ours / RECORDS, &beside, one_process / RECORDS, None);
    }
}

fn record(path: &Path) -> String {
    let text = std::fs::read_to_string(path).expect("a patient");
    serde_json::from_str::<serde_json::Value>(&text).expect("JSON").to_string()
}

/// A program that is called as ours is, and does something else.
fn script(path: &Path, does: &str) -> PathBuf {
    use std::os::unix::fs::PermissionsExt;
    std::fs::write(path, format!("#!/bin/sh\nexec {does}\n")).expect("a script");
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).expect("a program");
    path.to_owned()
}
