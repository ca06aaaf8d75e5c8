//! The second pack, `everything`. It uses the whole format, so that `src` cannot depend on one pack.

use super::today;
use crate::support::pack_files::{BUILT_IN, everything};
use preconsult::authoring::schemas;
use preconsult::pack::{Pack, SourceKind, built_in, built_in_cases};
use serde_json::Value;
use std::collections::BTreeSet;

#[test]
fn both_packs_pass_without_warnings() {
    for files in [everything(), built_in()] {
        let checked = Pack::check(&files, today()).unwrap_or_else(|problems| panic!("{problems}"));
        assert!(checked.warnings.list().is_empty(), "{}", checked.warnings);
    }
}

#[test]
fn the_reading_figures_of_the_built_in_pack_are_known() {
    let checked = Pack::check(&built_in(), today()).unwrap();
    let hardest = |language: &str| {
        let readings = checked.reading.iter().filter(|reading| reading.language == language);
        readings.max_by(|a, b| a.measure.compare(a.figure, b.figure)).unwrap().figure
    };
    assert!((hardest("en") - 7.8).abs() < 0.05, "{}", hardest("en"));
    assert!((hardest("es") - 55.5).abs() < 0.05, "{}", hardest("es"));
}

/// Collects the names in a schema: fields and values of enums.
fn names(schema: &Value, into: &mut BTreeSet<String>) {
    if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
        into.extend(properties.keys().cloned());
    }
    into.extend(schema.get("const").and_then(Value::as_str).map(str::to_owned));
    into.extend(
        schema.get("enum").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).map(str::to_owned),
    );
    match schema {
        Value::Object(object) => object.values().for_each(|value| names(value, into)),
        Value::Array(list) => list.iter().for_each(|value| names(value, into)),
        _ => {}
    }
}

/// Collects the keys and texts in a JSON value.
fn keys_and_texts(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                into.insert(key.clone());
                keys_and_texts(value, into);
            }
        }
        Value::Array(list) => list.iter().for_each(|value| keys_and_texts(value, into)),
        Value::String(text) => _ = into.insert(text.clone()),
        _ => {}
    }
}

#[test]
fn the_second_pack_uses_every_feature_of_the_format() {
    let files = everything();
    let mut present = BTreeSet::new();
    // Conditions are in two files, which together use every operator.
    files.texts.values().for_each(|text| keys_and_texts(&text.parse().unwrap(), &mut present));
    for (file, schema) in schemas().into_iter().filter(|(file, _)| !["language", "case"].contains(file)) {
        let mut known = BTreeSet::new();
        names(&schema, &mut known);
        // `recorded` is the default role, and two sources have only two kinds.
        let kinds: Vec<&str> = SourceKind::ALL.iter().map(|kind| kind.name()).collect();
        let is_needed = |name: &&String| *name != "recorded" && !kinds.contains(&name.as_str());
        let missing: Vec<&String> = known.difference(&present).filter(is_needed).collect();
        assert!(missing.is_empty(), "{file}.json of tests/packs/everything does not use {missing:?}");
    }
}

/// Removes help texts from a file in `src/cli`: doc comments and `after_help`.
fn without_help(path: &std::path::Path, text: &str) -> String {
    if !path.parent().is_some_and(|folder| folder.ends_with("src/cli")) {
        return text.to_owned();
    }
    let code: String =
        text.lines().filter(|line| !line.trim_start().starts_with("///")).map(|line| format!("{line}\n")).collect();
    // `after_help = "…"` ends at the first quote without a backslash before it.
    let mut parts = code.split("after_help = \"");
    let mut code_only = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.match_indices('"').find(|(index, _)| !part[..*index].ends_with('\\')).map(|(index, _)| index);
        code_only.push_str(&part[end.expect("the help text has a closing quote")..]);
    }
    code_only
}

#[test]
fn only_help_may_show_examples() {
    let cli = std::path::Path::new("x/src/cli/pack.rs");
    let text = "/// Such as \"acne-scars\"\n#[command(after_help = \"Example: {\\\"acne-scars\\\"} \")]\nlet code = \"acne-scars\";\n";
    assert_eq!(without_help(cli, text).matches("acne-scars").count(), 1);
    assert_eq!(without_help(std::path::Path::new("x/src/cli.rs"), text), text);
    assert_eq!(without_help(std::path::Path::new("x/src/commands/pack.rs"), text), text);
}

#[test]
fn src_contains_no_ids_of_a_pack() {
    let mut ids: BTreeSet<String> = BTreeSet::new();
    for files in [everything(), built_in()] {
        let pack = Pack::load(&files).unwrap();
        ids.extend(pack.questions.iter().map(|question| question.id.clone()));
        ids.extend(pack.statements.all().map(|(_, statement)| statement.id.clone()));
        ids.extend(pack.questions.iter().flat_map(|q| q.shape.choices().iter().map(|choice| choice.code.clone())));
    }
    // Only ids with a hyphen: a code such as `none` or `other` is a common word in any program.
    ids.retain(|id| id.contains('-') && !["not-covered", "to-ask"].contains(&id.as_str()));
    let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                let text = without_help(&path, &text);
                for id in &ids {
                    assert!(!text.contains(&format!("\"{id}\"")), "{} names {id}", path.display());
                }
            }
        }
    }
}

#[test]
fn the_built_in_cases_cover_the_pack() {
    let pack = &*BUILT_IN;
    let covered = built_in_cases()
        .into_iter()
        .map(|(name, text)| {
            let case = preconsult::authoring::Case::run(pack, &name, &text).unwrap();
            assert!(case.differences.is_empty(), "{name}: {:?}", case.differences);
            (name, case.covered)
        })
        .collect();
    let coverage = preconsult::authoring::Coverage::new(pack, &covered);
    let missing: Vec<&str> = coverage.parts.iter().flat_map(preconsult::authoring::CoverageGroup::missing).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
