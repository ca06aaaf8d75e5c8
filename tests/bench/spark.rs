//! The cost of the boundary between Spark and the process: `cargo bench --bench spark --no-default-features`, after
//! `.ci/run` has installed Spark.
//!
//! The script runs with `preconsult batch`, then with `cat` instead, then with an awk program that prints a prepared line of the
//! same length for each record. The time that Spark needs to start and stop is subtracted; a run over a few records measures
//! it. For comparison, one process handles all records without Spark.
#![allow(clippy::disallowed_methods, reason = "a benchmark writes files and measures time")]
#![allow(clippy::print_stdout, reason = "a benchmark prints its results")]

mod ratio;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const RECORDS: u32 = 50_000;
const PROGRAM: &str = env!("CARGO_BIN_EXE_preconsult");
const PATIENTS: [&str; 6] = ["short", "usual", "spanish", "not-sure", "only-not-covered", "all-concerns"];
/// The size of a part of the input, which gives about seven parts.
const PART: &str = "spark.sql.files.maxPartitionBytes=4m";

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let submit = root.join("target/test-tools/py/bin/spark-submit");
    if !submit.is_file() {
        return println!("SKIPPED: Spark is not installed; `.ci/run` installs it");
    }
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let path = |name: &str| folder.path().join(name);
    let patients = PATIENTS.map(|patient| record(&root.join(format!("tests/cli/pages/patients/{patient}.json"))));
    let records =
        |count: usize| (0..count).map(|index| patients[index % PATIENTS.len()].clone() + "\n").collect::<String>();
    std::fs::write(path("many.jsonl"), records(RECORDS as usize)).expect("records");
    std::fs::write(path("few.jsonl"), records(PATIENTS.len())).expect("records");

    let without_spark = |threads: &str| {
        let mut command = Command::new(PROGRAM);
        command.args(["batch", "--threads", threads]).arg(path("many.jsonl"));
        command.stdout(File::create(path("alone")).expect("a file"));
        ratio::process(&mut command)
    };
    let one_process = ["1", "2"].map(without_spark);
    let line = std::fs::metadata(path("alone")).expect("the output").len() / u64::from(RECORDS);
    println!("{RECORDS} records of {} bytes, lines of {line} bytes", patients.concat().len() / PATIENTS.len());
    let long = "x".repeat(usize::try_from(line).unwrap_or_default());
    let awk = format!("awk -v line={long} '{{ print line }}'");
    let programs = [("cat", script(&path("cat"), "cat")), ("a line as long", script(&path("awk"), &awk))];

    for (tasks, one_process) in [1_u32, 2].into_iter().zip(one_process) {
        let spark = |program: &Path, file: &str| {
            let python = submit.with_file_name("python");
            let out = path("out");
            let mut command = Command::new(&submit);
            command.envs([("PYSPARK_PYTHON", &python), ("PYSPARK_DRIVER_PYTHON", &python)]);
            command.args(["--master", &format!("local[{tasks}]"), "--conf", PART, "--conf", "spark.ui.enabled=false"]);
            command.arg(root.join("tests/spark/summaries.py"));
            command.arg("--program").arg(program).arg("--out").arg(&out).arg(path(file)).stdout(Stdio::null());
            let elapsed = ratio::process(&mut command);
            std::fs::remove_dir_all(&out).expect("its output");
            elapsed
        };
        let many = |program: &Path| spark(program, "many.jsonl").saturating_sub(spark(program, "few.jsonl"));
        let ours = many(Path::new(PROGRAM));
        for (name, program) in &programs {
            ratio::report(
                &format!("spark: a record, local[{tasks}]"),
                ours / RECORDS,
                &format!("the recipe with {name}"),
                many(program) / RECORDS,
                None,
            );
        }
        let floor_text = format!("one process without Spark, {tasks} threads");
        ratio::report(
            &format!("spark: a record, local[{tasks}]"),
            ours / RECORDS,
            &floor_text,
            one_process / RECORDS,
            None,
        );
    }
}

fn record(path: &Path) -> String {
    let text = std::fs::read_to_string(path).expect("a patient");
    serde_json::from_str::<serde_json::Value>(&text).expect("JSON").to_string()
}

/// Writes a program that accepts the same arguments and runs a shell command.
fn script(path: &Path, command: &str) -> PathBuf {
    use std::os::unix::fs::PermissionsExt;
    std::fs::write(path, format!("#!/bin/sh\nexec {command}\n")).expect("a script");
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).expect("a program");
    path.to_owned()
}
