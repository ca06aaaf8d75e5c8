//! JSON schemas of answers files and summaries: they accept what the program reads and writes, and little else.

use super::json_schema::schema_errors;
use crate::support::pack_files::{BUILT_IN, everything};
use preconsult::interview::{AnswersFile, Completeness, Interview, answers_schema};
use preconsult::pack::{Language, Pack, PackFiles, built_in};
use preconsult::summary::{CopyKind, Summary, SummaryOptions, summary_schema};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Returns answers files with their packs, from the pages, the vignettes and the cases.
fn all() -> Vec<(String, Value, PackFiles)> {
    let mut all = Vec::new();
    for (folder, files) in [
        ("tests/cli/pages/patients", built_in()),
        ("tests/vignettes", built_in()),
        ("rules/microneedling/cases", built_in()),
        ("tests/packs/everything/cases", everything()),
    ] {
        let pack = Pack::load(&files).unwrap();
        for entry in std::fs::read_dir(format!("{}/{folder}", env!("CARGO_MANIFEST_DIR"))).unwrap() {
            let path = entry.unwrap().path();
            let value: Value = std::fs::read_to_string(&path).unwrap().parse().unwrap();
            let file = match value.get("format") {
                Some(_) => value,
                None => json!({ "format": 1, "pack": pack.id, "answers": value["answers"] }),
            };
            all.push((path.display().to_string(), file, files.clone()));
        }
    }
    assert!(all.len() > 40, "only {}", all.len());
    all
}

fn summaries(file: &Value, files: &PackFiles) -> Vec<Summary> {
    let pack = Pack::load(files).unwrap();
    let file = AnswersFile::read(&pack, "answers", &file.to_string(), Completeness::Complete).unwrap();
    let finished = Interview::new(&pack, file.answers).finish().unwrap();
    let date = super::today();
    let language = Language::default();
    let setting = |copy| SummaryOptions { date, language, asked_in: language, copy, filled_in_by: file.filled_in_by };
    [CopyKind::Patient, CopyKind::Clinician].map(|copy| Summary::new(&finished, setting(copy))).into()
}

#[test]
fn answers_files_and_summaries_match() {
    let (answers, summary) = (answers_schema(), summary_schema());
    for (name, file, files) in all() {
        assert_eq!(schema_errors(&answers, &file), [""; 0], "{name}");
        for copy in summaries(&file, &files) {
            assert_eq!(schema_errors(&summary, &copy.to_json()), [""; 0], "{name}");
            assert_eq!(schema_errors(&answers, &copy.to_answers()), [""; 0], "{name}");
        }
    }
}

/// Collects the keys of all objects in a value.
fn keys(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => object.iter().for_each(|(key, value)| {
            into.insert(key.clone());
            keys(value, into);
        }),
        Value::Array(list) => list.iter().for_each(|value| keys(value, into)),
        _ => {}
    }
}

#[test]
fn a_summary_with_missing_or_additional_fields_does_not_match() {
    let (schema, mut seen) = (summary_schema(), BTreeSet::new());

    for (_, file, files) in all() {
        let mut summary = summaries(&file, &files).swap_remove(0);
        // The only optional field of the whole.
        summary.unassigned = vec!["nickel: rash".to_owned()];
        let with_all = summary.to_json();
        assert!(schema_errors(&schema, &with_all).is_empty(), "{with_all}");
        keys(&with_all, &mut seen);
        summary.unassigned.clear();
        let whole = summary.to_json();
        for key in whole.as_object().unwrap().keys() {
            let mut incomplete = whole.clone();
            incomplete.as_object_mut().unwrap().remove(key);
            assert!(!schema_errors(&schema, &incomplete).is_empty(), "{key} is optional");
        }
        for place in ["/pack", "/procedure", "/answers/0", "/safety/0", ""] {
            let mut extended = whole.clone();
            extended.pointer_mut(place).unwrap()["score"] = json!(1);
            assert!(!schema_errors(&schema, &extended).is_empty(), "{place} accepts a score");
        }
    }
    // Every declared field occurs in a summary.
    let mut declared = BTreeSet::new();
    fields(&schema, &mut declared);
    assert_eq!(declared, seen);
}

fn fields(schema: &Value, into: &mut BTreeSet<String>) {
    if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
        into.extend(properties.keys().cloned());
    }
    match schema {
        Value::Object(object) => object.values().for_each(|value| fields(value, into)),
        Value::Array(list) => list.iter().for_each(|value| fields(value, into)),
        _ => {}
    }
}

#[test]
fn invalid_answers_are_rejected_by_schema_and_program() {
    let pack = &BUILT_IN;
    let whole = json!({
        "format": 1, "pack": "microneedling", "date": "2026-11-22", "answers": {
            "concerns": ["acne-scars"], "severity": { "acne-scars": "mild" }, "skin-health": "good",
            "treatments-had": "none", "more": true,
        },
    });
    let read = |file: &Value| AnswersFile::read(pack, "answers", &file.to_string(), Completeness::Complete);
    let schema = answers_schema();
    assert!(read(&whole).is_ok() && schema_errors(&schema, &whole).is_empty());
    for (place, value) in [
        ("", json!([])),
        ("/format", json!(2)),
        ("/format", json!("1")),
        ("/pack", json!(null)),
        ("/date", json!("22.11.2026")),
        ("/answers", json!([])),
        ("/answers/skin-health", json!(null)),
        ("/answers/concerns", json!([])),
        ("/answers/concerns", json!([1])),
        ("/answers/concerns", json!(["redness", "redness"])),
        ("/answers/severity", json!({ "acne-scars": null })),
        ("/answers/severity", json!({ "acne-scars": { "unknown": "lost" } })),
        ("/answers/severity", json!({ "acne-scars": { "unknown": "skipped", "text": "mild" } })),
        ("/answers/severity", json!({ "acne-scars": { "unknown": "unreadable", "text": 1 } })),
        ("/answers/severity", json!({ "acne-scars": { "value": 1 } })),
        ("/answers/severity", json!({ "acne-scars": { "text": "mild" } })),
    ] {
        let mut file = whole.clone();
        *file.pointer_mut(place).unwrap() = value.clone();
        assert!(!schema_errors(&schema, &file).is_empty(), "the schema accepts {value} at {place}");
        assert!(read(&file).is_err(), "the program accepts {value} at {place}");
    }
    for (field, value) in [("answer", json!({})), ("filled_in_by", json!("doctor")), ("id", json!(17))] {
        let mut file = whole.clone();
        file[field] = value;
        assert!(!schema_errors(&schema, &file).is_empty() && read(&file).is_err(), "{field}");
    }
    for field in ["id", "pack_version", "language", "date", "filled_in_by"] {
        let mut file = whole.clone();
        file[field] = json!(null);
        assert!(schema_errors(&schema, &file).is_empty() && read(&file).is_ok(), "{field}");
    }
}
