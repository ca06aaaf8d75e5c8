//! `batch`: many records, one a line.

mod files;
mod input;
mod runs;
#[cfg(unix)]
mod spark;

use crate::support::Sandbox;
use serde_json::{Value, json};

/// A record with this id, whose concern and severity go by its number.
pub(crate) fn record(id: &str, number: usize) -> String {
    let concern = ["acne-scars", "redness", "stretch-marks", "enlarged-pores"][number % 4];
    let severity = ["mild", "moderate", "severe"][number % 3];
    json!({
        "format": 1, "pack": "microneedling", "id": id, "date": "2026-11-22",
        "answers": {
            "concerns": [concern], "severity": { concern: severity }, "skin-health": "good", "treatments-had": "none", "more": false,
        },
    })
    .to_string()
}

pub(crate) fn records(count: usize) -> String {
    (0..count).map(|number| record(&number.to_string(), number) + "\n").collect()
}

/// Each line that came.
pub(crate) fn lines(output: &str) -> Vec<Value> {
    assert!(output.is_empty() || output.ends_with('\n'), "the last line is whole");
    output.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
}

/// Which record each line is of, and whether it has a summary: `17`, or `17:` and the code of its fault.
pub(crate) fn told(output: &str) -> Vec<String> {
    let told = |line: &Value| match line["error"]["code"].as_str() {
        Some(code) => format!("{}:{code}", line["line"]),
        None => line["line"].to_string(),
    };
    lines(output).iter().map(told).collect()
}

#[test]
fn each_line_has_the_summary_that_summarize_writes() {
    let sandbox = Sandbox::new();
    let done =
        sandbox.run("batch").stdin(records(12)).stdout_has(["{"]).stderr_has(["12 records: 12 done, 0 with"]).check();
    assert_eq!(done.stdout.lines().count(), 12);
    for (number, line) in done.stdout.lines().enumerate() {
        let one = sandbox.run("summarize --stdout --format json").stdin(record("x", number)).stdout_has(["{"]).check();
        // The same JSON, without the spaces and breaks between its parts.
        let compact = serde_json::from_str::<Value>(&one.stdout).expect("JSON").to_string();
        assert_eq!(line, format!("{{\"id\":\"{number}\",\"line\":{},\"summary\":{compact}}}", number + 1));
    }
}

#[test]
fn options_count_for_every_record() {
    let sandbox = Sandbox::with("c.toml", "language = \"es\"\n");
    let of = |words: &str| {
        let run = sandbox.run(&format!("batch {words}")).stdin(records(3));
        let done = run.stdout_has(["{"]).stderr_any().check();
        let first = lines(&done.stdout)[0]["summary"].clone();
        ["date", "language", "copy"].map(|key| first[key].as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(of(""), ["2026-11-22", "en", "patient"]);
    assert_eq!(of("--date 2027-01-31 --lang es --copy clinician"), ["2027-01-31", "es", "clinician"]);
    assert_eq!(of("--config c.toml --copy clinician"), ["2026-11-22", "es", "clinician"]);
}

#[test]
fn a_record_without_a_date_has_that_of_today() {
    let today = chrono::Local::now().date_naive();
    let record = record("a", 0).replace(r#""date":"2026-11-22","#, "");
    let done = Sandbox::new().run("batch").stdin(record).stdout_has(["{"]).stderr_any().check();
    let date: chrono::NaiveDate =
        lines(&done.stdout)[0]["summary"]["date"].as_str().and_then(|date| date.parse().ok()).expect("a date");
    assert!(date == today || Some(date) == today.succ_opt(), "{date}");
}

#[test]
fn of_the_others_is_spoken_where_there_are_any() {
    for (good, bad, hint) in [
        (0, 1, "its output line holds the error and the number of the input line\n"),
        (0, 2, "each one's output line holds the error and the number of the input line\n"),
        (1, 1, "its output line holds the error and the number of the input line; the other record was converted\n"),
        (2, 1, "its output line holds the error and the number of the input line; the others were converted\n"),
    ] {
        let all = records(good) + &"{}\n".repeat(bad);
        Sandbox::new().run("batch").stdin(all).code(2).stdout_has(["{"]).stderr_has([hint]).check();
    }
}

#[test]
fn a_fault_stands_in_its_place_and_stops_nothing() {
    let mut all: Vec<String> = records(6).lines().map(str::to_owned).collect();
    all[1] = all[1].replace("\"redness\":", "\"rednes\":");
    all[3] = "{\"id\":\"d\",\"format\":1".to_owned();
    all[4] = all[4].replace("\"date\"", "\"language\":\"xx\",\"date\"");
    let done = Sandbox::new()
        .run("batch")
        .stdin(all.join("\n"))
        .code(2)
        .stdout_has(["{"])
        .stderr_has([
            "6 records: 3 done, 3 with errors",
            "\nerror: 3 of 6 records have errors\nhint: each one's output line holds the error",
        ])
        .check();
    assert_eq!(told(&done.stdout), ["1", "2:unknown-id", "3", "4:syntax", "5:unknown-language", "6"]);
    let all = lines(&done.stdout);
    let keys: Vec<&String> = all[1].as_object().expect("an object").keys().collect();
    assert_eq!(keys, ["id", "line", "error"]);
    assert_eq!(all[1]["error"]["path"], "$.answers.severity.rednes");
    assert_eq!(all[1]["error"]["message"], "`severity` is never asked about `rednes`");
    assert_eq!((&all[1]["id"], &all[3]["id"]), (&json!("1"), &Value::Null));
    assert_eq!(all[3]["error"]["path"], Value::Null);
    assert!(all[3]["error"]["message"].as_str().is_some_and(|text| text.contains("(character ")), "{}", all[3]);
    assert_eq!(all[4]["error"]["message"], "the pack microneedling has no language xx");
}

#[test]
fn all_faults_of_a_record_are_told_and_what_is_missing_last() {
    let bad = r#"{"format":1,"pack":"microneedling","id":"x","foo":1,"answers":{"concerns":["acne-scarz"],"skin-health":"god"}}"#;
    let sandbox = Sandbox::with("bad.json", bad);
    let done =
        sandbox.run("batch").stdin(format!("{bad}\n{}", record("y", 1))).code(2).stdout_has(["{"]).stderr_any().check();
    let all = lines(&done.stdout);
    let error = &all[0]["error"];
    let others = error["others"].as_array().expect("there are others");
    let told: Vec<&Value> = std::iter::once(error).chain(others).collect();
    let of = |key: &str| -> Vec<&str> { told.iter().map(|fault| fault[key].as_str().expect("a text")).collect() };
    let codes = of("code");
    let missing = codes.iter().position(|code| *code == "missing-answer").expect("something is missing");
    assert_eq!(codes[..missing], ["unknown-field", "unknown-code", "unknown-code"]);
    assert!(codes[missing..].iter().all(|code| *code == "missing-answer"), "{codes:?}");
    assert_eq!(of("path")[..missing], ["$.foo", "$.answers.concerns[0]", "$.answers.skin-health"]);
    // They are those that `summarize` tells.
    let one = sandbox.run("summarize bad.json").code(2).stderr_any().check();
    assert_eq!(one.stderr.matches("error[").count(), told.len());
    for message in of("message") {
        assert!(one.stderr.contains(message), "{message:?} is not in {}", one.stderr);
    }
    // A single fault stands alone, as ever, and of very many the first ones do.
    let single = record("z", 1).replace("good", "god");
    let codes: Vec<String> = (0..50).map(|number| format!("\"c{number}\"")).collect();
    let many = record("z", 0).replace("[\"acne-scars\"]", &format!("[{}]", codes.join(",")));
    let done = sandbox.run("batch").stdin(format!("{single}\n{many}")).code(2).stdout_has(["{"]).stderr_any().check();
    let all = lines(&done.stdout);
    assert_eq!(all[0]["error"].as_object().expect("an object").keys().collect::<Vec<_>>(), ["code", "message", "path"]);
    let others = all[1]["error"]["others"].as_array().expect("there are others");
    let last = others.last().expect("the last one");
    assert_eq!((others.len(), &last["code"], &last["path"]), (20, &json!("more-faults"), &Value::Null));
    assert!(last["message"].as_str().is_some_and(|text| text.starts_with("and 3")), "{last}");
}

#[test]
fn fail_fast_ends_with_the_first_fault() {
    let mut all: Vec<String> = records(3000).lines().map(str::to_owned).collect();
    "{}".clone_into(&mut all[1500]);
    "nonsense".clone_into(&mut all[1502]);
    for threads in ["1", "3"] {
        let done = Sandbox::new()
            .run(&format!("batch --fail-fast --threads {threads}"))
            .stdin(all.join("\n"))
            .code(2)
            .stdout_has(["{"])
            .stderr_has([
                "1501 records: 1500 done, 1 with errors",
                "\nerror: 1 of 1501 records has errors\nhint: the run stopped",
            ])
            .check();
        let told = told(&done.stdout);
        assert_eq!((told.len(), told.last().map(String::as_str)), (1501, Some("1501:missing-field")));
    }
}

#[test]
fn harm_in_a_record_reaches_no_screen() {
    let hostile = "\u{1b}[31m\u{9b}2J\u{202e}\u{200b}";
    let mut bad = record(hostile, 1);
    bad = bad.replace("\"good\"", &Value::from(format!("go{hostile}od")).to_string());
    let done = Sandbox::new().run("batch").stdin(bad).code(2).stdout_has(["{"]).stderr_any().check();
    let harmful = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202e}' | '\u{200b}');
    assert!(!done.stdout.contains(harmful), "{:?}", done.stdout);
    assert_eq!(lines(&done.stdout)[0]["id"], hostile, "the sender's own name comes back as it was");
}

#[test]
fn what_cannot_be_meant_is_refused() {
    let sandbox = Sandbox::with("r.jsonl", records(1));
    for (words, said) in [
        (
            if cfg!(feature = "pdf") { "batch r.jsonl --format pdf" } else { "batch r.jsonl --format text" },
            "--out <DIR>",
        ),
        ("batch r.jsonl --threads 0", "0"),
        ("batch r.jsonl --copy both", "an output line holds one copy, but several are selected\nhint: choose --copy"),
        ("batch r.jsonl --lang xx", "has no language xx\nhint: choose with --lang: en, es"),
        ("batch r.jsonl --label A", "--label"),
    ] {
        sandbox.run(words).code(2).stderr_has([said]).check();
    }
    for (words, said) in [
        ("batch nowhere.jsonl", "error: could not read nowhere.jsonl: no such file or directory\nhint: "),
        ("batch .", "error: could not read .: is a directory\nhint: that is a folder: name a file\n"),
        (
            "batch r.jsonl --out nowhere",
            "error: could not write the summary in nowhere: there is no such folder\nhint: ",
        ),
    ] {
        sandbox.run(words).code(1).stderr_has([said]).check();
    }
    assert_eq!(sandbox.outputs(), [""; 0]);
}

#[test]
fn a_language_that_the_pack_lacks_is_a_fault_wherever_the_record_stands() {
    let record = crate::cli::answers::SHORT.replace('\n', "");
    let wrong = record.replace("\"date\"", "\"language\":\"xx\",\"date\"");
    let sandbox = Sandbox::with("r.jsonl", format!("{wrong}\n{record}\n{wrong}\n"));
    let done = sandbox.run("batch r.jsonl --lang en").code(2).stdout_has([""]).stderr_any().check();
    let codes: Vec<bool> = done.stdout.lines().map(|line| line.contains("\"code\":\"unknown-language\"")).collect();
    assert_eq!(codes, [true, false, true], "{}", done.stdout);
}

#[test]
fn parts_of_more_keep_the_numbers_of_their_lines() {
    let all = records(7).replace("\"id\":\"5\"", "\"id\":5");
    let lines: Vec<&str> = all.split_inclusive('\n').collect();
    let run = |words: &str, lines: &[&str], code| {
        let sandbox = Sandbox::new();
        sandbox.run(words).stdin(lines.concat()).code(code).stdout_has(["{"]).stderr_any().check().stdout
    };
    let whole = run("batch", &lines, 2);
    assert_eq!(told(&whole)[4..], ["5", "6:wrong-type", "7"]);
    let parts = run("batch --first-line 1", &lines[..4], 0) + &run("batch --first-line 5", &lines[4..], 2);
    assert_eq!(parts, whole);
    Sandbox::new().run("batch --first-line 0").code(2).stderr_has(["0"]).check();
}
