//! JSON schemas of packs: the files in `rules/schema` are current, and the schemas agree with the program.

use super::json_schema::schema_errors;
use crate::support::pack_files::everything;
use preconsult::authoring::schemas;
use preconsult::pack::{PackFiles, built_in, built_in_cases};
use serde_json::Value;
use std::collections::BTreeMap;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

#[test]
fn the_schema_files_are_current() {
    for (name, schema) in schemas() {
        let path = format!("rules/schema/{name}.schema.json");
        let text = std::fs::read_to_string(format!("{ROOT}/{path}")).unwrap_or_default();
        assert_eq!(
            text,
            format!("{schema:#}\n"),
            "{path} is not what `preconsult pack schema {name}` prints: write it there"
        );
    }
}

#[test]
fn every_file_of_a_pack_names_its_schema() {
    let packs = [("rules/microneedling", built_in()), ("tests/packs/everything", everything())];
    for (folder, files) in packs {
        for (name, text) in files.texts {
            let value: Value = text.parse().unwrap();
            let schema = value["$schema"].as_str().unwrap_or_else(|| panic!("{folder}/{name} names no schema"));
            let path = std::fs::canonicalize(format!("{ROOT}/{folder}/{schema}"))
                .unwrap_or_else(|_| panic!("{folder}/{name}: {schema}"));
            let stem = name.strip_suffix(".json").unwrap();
            let known = if ["pack", "questions", "statements", "rules"].contains(&stem) { stem } else { "language" };
            assert!(path.ends_with(format!("rules/schema/{known}.schema.json")), "{folder}/{name}: {schema}");
        }
    }
}

fn kind(file: &str) -> &'static str {
    ["pack", "questions", "statements", "rules"]
        .into_iter()
        .find(|kind| file == format!("{kind}.json"))
        .unwrap_or("language")
}

/// Returns the violations of the schemas in the files of a pack.
fn faults(files: &PackFiles, schemas: &BTreeMap<&str, Value>) -> Vec<String> {
    let all = files.texts.iter().flat_map(|(name, text)| match text.parse::<Value>() {
        Ok(value) => {
            schema_errors(&schemas[kind(name)], &value).into_iter().map(|error| format!("{name}: {error}")).collect()
        }
        Err(error) => vec![format!("{name}: {error}")],
    });
    all.collect()
}

#[test]
fn valid_packs_match_the_schemas() {
    let schemas: BTreeMap<_, _> = schemas().into_iter().collect();
    for files in [built_in(), everything()] {
        assert_eq!(faults(&files, &schemas), Vec::<String>::new());
    }
    for (name, text) in built_in_cases() {
        assert_eq!(schema_errors(&schemas["case"], &text.parse().unwrap()), [""; 0], "{name}");
    }
}

#[test]
fn structurally_invalid_packs_do_not_match() {
    let schemas: BTreeMap<_, _> = schemas().into_iter().collect();
    let edits = [
        (
            "questions.json",
            "\"section\": \"goals\", \"type\": \"number\"",
            "\"section\": \"goals\", \"type\": \"numeral\"",
        ),
        ("questions.json", "\"id\": \"pots\",", "\"id\": \"pots\", \"colour\": \"red\","),
        (
            "questions.json",
            "\"type\": \"yes-no\", \"role\": \"branch\", \"required\": true",
            "\"type\": \"yes-no\", \"required\": \"yes\"",
        ),
        ("questions.json", "{ \"id\": \"goals\", \"title\": \"Your plants\" }", "{ \"id\": \"goals\" }"),
        ("statements.json", "\"kind\": \"consult\"", "\"kind\": \"advice\""),
        ("rules.json", "\"say\": [{ \"statement\": \"nets\" }]", "\"say\": { \"statement\": \"nets\" }"),
        (
            "rules.json",
            "{ \"question\": \"goals\", \"includes\": \"frost\" }",
            "{ \"questoin\": \"goals\", \"includes\": \"frost\" }",
        ),
        ("pack.json", "\"format\": 1", "\"format\": \"1\""),
        ("es.json", "\"Hielo\"", "7"),
    ];
    for (file, from, to) in edits {
        let mut files = everything();
        let text = files.texts.get_mut(file).unwrap();
        assert!(text.contains(from), "{file} has no {from}");
        *text = text.replacen(from, to, 1);
        assert!(!faults(&files, &schemas).is_empty(), "the schemas accept {to}");
        assert!(preconsult::pack::Pack::load(&files).is_err(), "the program accepts {to}");
    }
}

/// Collects the fields of a schema without a description.
fn undescribed_fields(schema: &Value, path: &str, into: &mut Vec<String>) {
    for (name, field) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
        let has_description = |value: &Value| value.get("description").is_some();
        let inner = field.get("anyOf").or(field.get("allOf")).and_then(Value::as_array);
        if !has_description(field) && !inner.is_some_and(|list| list.iter().any(has_description)) {
            into.push(format!("{path}.{name}"));
        }
    }
    for (name, part) in schema.get("$defs").and_then(Value::as_object).into_iter().flatten() {
        undescribed_fields(part, name, into);
    }
}

#[test]
fn every_field_has_a_description() {
    let mut fields = Vec::new();
    for (name, schema) in schemas() {
        undescribed_fields(&schema, name, &mut fields);
    }
    assert_eq!(fields, Vec::<String>::new());
}
