//! A table of broken packs with the expected code, file, line, column and hint of each problem.

use super::today;
use crate::support::pack_files::everything;
use preconsult::pack::{Pack, PackFiles, codes};
use preconsult::{Diagnostic, Severity};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::LazyLock;

struct Broken {
    name: String,
    files: PackFiles,
    expected: Vec<String>,
    /// Problems that the check reports.
    problems: Vec<Diagnostic>,
}

/// The table in `broken.txt`. Each pack is checked once.
static TABLE: LazyLock<Vec<Broken>> =
    LazyLock::new(|| include_str!("broken.txt").split("\n## ").skip(1).map(parse).collect());

fn parse(block: &str) -> Broken {
    let mut lines = block.trim_end_matches('\n').lines();
    let name = lines.next().unwrap().to_owned();
    let mut files = everything();
    let mut expected = Vec::new();
    for line in lines {
        match line.split_once(".json: ") {
            Some((file, edit)) => apply(&mut files, &name, &format!("{file}.json"), edit),
            None => expected.push(line.to_owned()),
        }
    }
    let problems = problems(&files);
    Broken { name, files, expected, problems }
}

fn apply(files: &mut PackFiles, name: &str, file: &str, edit: &str) {
    if edit == "none" {
        assert!(files.texts.remove(file).is_some(), "{name}: {file} does not exist");
        return;
    }
    let (from, to) = edit.split_once(" =>").unwrap_or_else(|| panic!("{name}: {edit}"));
    let (from, to) = (from.replace("\\n", "\n"), to.strip_prefix(' ').unwrap_or(to).replace("\\n", "\n"));
    if from == "all" {
        files.texts.insert(file.to_owned(), to);
        return;
    }
    let text = files.texts.get_mut(file).unwrap();
    assert!(text.contains(&from), "{name}: {file} has no {from}");
    *text = text.replacen(&from, &to, 1);
}

fn problems(files: &PackFiles) -> Vec<Diagnostic> {
    match Pack::check(files, today()) {
        Ok(checked) => checked.warnings.list().to_vec(),
        Err(problems) => problems.list().to_vec(),
    }
}

/// Formats a problem as a line of the table.
fn line(problem: &Diagnostic) -> String {
    let hint: String = problem.hint.as_deref().unwrap_or("").chars().take(60).collect();
    format!("{} {}:{}:{} {}", problem.code, problem.file, problem.line, problem.column, hint.trim_end())
}

#[test]
fn every_problem_has_its_code_position_and_hint() {
    let mut report = String::new();
    for broken in TABLE.iter() {
        let actual: Vec<String> = broken.problems.iter().map(line).collect();
        if actual.is_empty() || actual != broken.expected {
            let _ = writeln!(report, "## {}\n{}", broken.name, actual.join("\n"));
        }
    }
    assert!(TABLE.len() >= 60, "{} broken packs", TABLE.len());
    assert!(report.is_empty(), "these packs have other problems than expected:\n{report}");
}

#[test]
fn every_problem_has_a_hint() {
    for broken in TABLE.iter() {
        for problem in &broken.problems {
            assert!(problem.hint.as_ref().is_some_and(|hint| !hint.is_empty()), "{}: {}", broken.name, problem.message);
        }
    }
}

#[test]
fn packs_load_if_only_check_reports_problems() {
    let check_only = [
        "claim-word",
        "dead-condition",
        "figure-claimed",
        "never-asked",
        "never-fires",
        "never-printed",
        "option-without-end",
        "printed-twice",
        "reading-grade",
        "review-past-due",
        "review-to-come",
        "rule-doubled",
        "rule-shadowed",
        "same-wording",
        "too-long",
        "unexplained-term",
        "unused-term",
    ];
    for broken in TABLE.iter() {
        let problems = &broken.problems;
        let loads = problems.iter().all(|problem| check_only.contains(&problem.code));
        assert_eq!(Pack::load(&broken.files).is_ok(), loads, "{}", broken.name);
        for problem in problems {
            let is_warning = ["review-past-due", "review-to-come"].contains(&problem.code);
            assert_eq!(problem.level == Severity::Warning, is_warning, "{}: {}", broken.name, problem.code);
        }
    }
}

#[test]
fn every_code_is_declared_and_has_a_broken_pack() {
    // `fhir.rs` tests the codes for FHIR.
    let declared: BTreeSet<String> =
        codes().iter().map(|code| code.name.to_owned()).filter(|code| !code.starts_with("fhir-")).collect();
    let produced: BTreeSet<String> =
        TABLE.iter().flat_map(|broken| &broken.problems).map(|problem| problem.code.to_owned()).collect();
    assert_eq!(declared, produced);
    assert_eq!(declared, codes_in_source(), "left: declared codes, right: codes in src/pack and src/diagnostics");
}

/// Returns the codes in the source files of `pack` and `diagnostics`.
fn codes_in_source() -> BTreeSet<String> {
    let mut folders = vec!["src/pack".to_owned(), "src/diagnostics".to_owned()];
    let mut codes = BTreeSet::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(format!("{}/{folder}", env!("CARGO_MANIFEST_DIR"))).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{folder}/{}", entry.file_name().to_str().unwrap());
            if entry.path().is_dir() {
                folders.push(name);
            } else if name.ends_with(".rs") {
                let text = std::fs::read_to_string(entry.path()).unwrap();
                for start in [
                    "Diagnostic::new(",
                    "Diagnostic::warning(",
                    "report(text,",
                    "report_word(text,",
                    "report_word(&text,",
                ] {
                    let quoted = text.split(start).skip(1).filter_map(|rest| rest.trim_start().strip_prefix('"'));
                    codes.extend(quoted.filter_map(|rest| rest.split_once('"')).map(|(code, _)| code.to_owned()));
                }
            }
        }
    }
    codes
}
