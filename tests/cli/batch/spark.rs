//! Apache Spark with the recipe of `tests/spark/summaries.py`: what comes out is what one process writes.

use super::{record, records};
use crate::support::tools::{fetched, find_program};
use crate::support::{PROGRAM, Sandbox};
use std::process::{Command, Output};

const RECIPE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/spark/summaries.py");

/// Spark on this machine alone, two tasks at a time, each tried up to so many times.
fn spark(sandbox: &Sandbox, tries: usize) -> Option<Command> {
    let (submit, python, _) = (fetched("py/bin/spark-submit")?, fetched("py/bin/python")?, find_program("java")?);
    let mut command = Command::new(submit);
    command.env_clear().envs(sandbox.environment()).current_dir(sandbox.path(""));
    command.env("PYSPARK_PYTHON", &python).env("PYSPARK_DRIVER_PYTHON", &python);
    command.envs([("SPARK_LOCAL_IP", "127.0.0.1"), ("P", PROGRAM)]);
    command.args(["--master", &format!("local[2,{tries}]"), "--driver-java-options", "-XX:TieredStopAtLevel=1"]);
    for setting in ["spark.ui.enabled=false", "spark.sql.files.maxPartitionBytes=32k"] {
        command.args(["--conf", setting]);
    }
    command.arg(RECIPE);
    Some(command)
}

/// What Spark and the recipe say; Spark prints on standard output what the recipe says on either.
fn run(mut command: Command, code: i32) -> String {
    let Output { status, stdout, stderr } = command.output().expect("Spark starts");
    let told = [stdout, stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    assert_eq!(status.code(), Some(code), "{told}");
    told
}

/// The parts, one after another.
fn parts(sandbox: &Sandbox) -> (usize, Vec<u8>) {
    let mut paths: Vec<_> = std::fs::read_dir(sandbox.path("out"))
        .expect("the output")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("part-")))
        .collect();
    paths.sort();
    (paths.len(), paths.iter().flat_map(|path| std::fs::read(path).expect("a part")).collect())
}

/// The first process for a part that has come this far ends in the middle of its records, as if the system had been
/// short of memory.
const KILLED_ONCE: &str = r#"#!/bin/sh
for first_line; do :; done
if [ "$first_line" -gt 200 ] && mkdir once 2>/dev/null; then
    mkfifo once/records
    exec 3<&0
    { head -c 10000; sleep 0.5; kill -KILL $$; } <&3 >once/records &
    exec "$P" "$@" <once/records
fi
exec "$P" "$@"
"#;

#[test]
fn its_parts_are_what_one_process_writes_though_a_process_is_killed() {
    use std::os::unix::fs::PermissionsExt;
    let mut first: Vec<Vec<u8>> = records(700).lines().map(|line| line.as_bytes().to_vec()).collect();
    first[3] = record("d", 3).replace("\"severity\":{", "\"severity\":{\"dark\":\"mild\",").into_bytes();
    first[90] = b"not a record".to_vec();
    first[401] = b"{\"id\":\"\xff\"}".to_vec();
    first[500] = first[500].iter().copied().chain(*b"\r").collect();
    first[501].clear();
    first[502].insert(1, b'\r');
    let mut sandbox = Sandbox::with("1.jsonl", first.join(&b'\n'));
    sandbox.file("2.jsonl", records(300));
    let together =
        [std::fs::read(sandbox.path("1.jsonl")).expect("it is there"), b"\n".to_vec(), records(300).into()].concat();
    let one = sandbox.run("batch --copy clinician").stdin(together).code(2).stdout_has(["{"]).stderr_any().check();
    sandbox.file("killed-once", KILLED_ONCE);
    std::fs::set_permissions(sandbox.path("killed-once"), std::fs::Permissions::from_mode(0o755)).expect("a program");

    let Some(mut command) = spark(&sandbox, 4) else { return };
    command.args(["--program", "./killed-once", "--out", "out", "1.jsonl", "2.jsonl", "--", "--copy", "clinician"]);
    let told = run(command, 2);
    assert!(told.contains("exit code -9"), "{told}");
    assert!(told.contains("error: some records are invalid"), "{told}");
    let (count, all) = parts(&sandbox);
    assert!(count > 6, "{count} parts");
    assert!(all == one.stdout.as_bytes(), "{}", String::from_utf8_lossy(&all));
}

#[test]
fn what_cannot_be_meant_is_no_empty_result() {
    let sandbox = Sandbox::with("1.jsonl", records(2));
    let Some(mut command) = spark(&sandbox, 1) else { return };
    command.args(["--program", PROGRAM, "--out", "out", "1.jsonl", "--", "--lang", "xx"]);
    let told = run(command, 1);
    assert!(told.contains("0 lines for 2 records, exit code 2"), "{told}");
    assert!(!sandbox.path("out/_SUCCESS").exists());
}
