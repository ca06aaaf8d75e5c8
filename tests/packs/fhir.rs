//! Conditions that FHIR R4 cannot express are reported with their position; all others are exported exactly.

use super::today;
use crate::support::pack_files::everything;
use preconsult::authoring::starter;
use preconsult::error::Error;
use preconsult::fhir::{CanonicalBase, QuestionnaireMetadata, check_pack, import, questionnaire};
use preconsult::pack::{Language, Pack, PackFiles, built_in, codes};
use serde_json::Value;
use std::collections::BTreeSet;

/// The only comparison in `everything` that R4 cannot express.
const INEXPRESSIBLE: &str = r#"{ "question": "water", "at_most": 0.25, "unit": "litres" }"#;

/// Returns `everything` with another condition in its place.
fn with(condition: &str) -> PackFiles {
    let mut files = everything();
    let questions = files.texts.get_mut("questions.json").unwrap();
    assert!(questions.contains(INEXPRESSIBLE));
    *questions = questions.replace(INEXPRESSIBLE, condition);
    files
}

fn reported(files: &PackFiles) -> Vec<String> {
    let checked = Pack::check(files, today()).unwrap_or_else(|problems| panic!("{problems}"));
    let problems = check_pack(&checked);
    for problem in problems.list() {
        assert!(problem.hint.is_some(), "{problem:?}");
    }
    problems
        .list()
        .iter()
        .map(|problem| format!("{} {}:{}:{}", problem.code, problem.file, problem.line, problem.column))
        .collect()
}

#[test]
fn inexpressible_conditions_are_reported_with_their_position() {
    let either = |pair: [&str; 2]| {
        format!(
            r#"{{ "all": [{{ "question": "goals", "includes": "{}" }}, {{ "question": "goals", "includes": "{}" }}] }}"#,
            pair[0], pair[1]
        )
    };
    let pairs = [
        ["slow-growth", "pale-leaves"],
        ["slow-growth", "pests"],
        ["slow-growth", "frost"],
        ["pale-leaves", "something-else"],
        ["pests", "something-else"],
        ["frost", "something-else"],
    ];
    let tangled = format!(r#"{{ "any": [{}] }}"#, pairs.map(either).join(", "));
    let deep = r#"{ "not": { "all": [{ "question": "pots", "more_than": 4 }, { "question": "water", "more_than": 1, "unit": "cups" }] } }"#;
    let mut produced = BTreeSet::new();
    for (condition, expected) in [
        (INEXPRESSIBLE, vec!["fhir-unit questions.json:89:11"]),
        (deep, vec!["fhir-unit questions.json:89:70"]),
        (r#"{ "question": "pots", "less_than": 3000000000 }"#, vec!["fhir-number questions.json:89:11"]),
        (tangled.as_str(), vec!["fhir-condition questions.json:85:15"]),
    ] {
        let actual = reported(&with(condition));
        assert_eq!(actual, expected, "{condition}");
        produced.extend(actual.iter().map(|line| line.split(' ').next().unwrap().to_owned()));
        // The pack itself loads, but its export fails.
        let pack = Pack::load(&with(condition)).unwrap();
        let about = QuestionnaireMetadata {
            base: &CanonicalBase::default(),
            language: Language::default(),
            date: today(),
            publisher: None,
        };
        let error = Error::from(questionnaire(&pack, about).unwrap_err());
        assert!(error.hint.unwrap().contains("pack check --fhir"), "{}", error.message);
    }
    let declared: BTreeSet<String> =
        codes().iter().map(|code| code.name.to_owned()).filter(|code| code.starts_with("fhir-")).collect();
    assert_eq!(declared, produced);
}

#[test]
fn expressible_conditions_are_not_reported() {
    let starter = PackFiles {
        folder: String::new(),
        texts: starter("mine").into_iter().filter(|(name, _)| !name.contains('/') && name.ends_with(".json")).collect(),
    };
    for files in [
        built_in(),
        starter,
        with(r#"{ "question": "pots", "less_than": 2.5 }"#),
        with(r#"{ "not": { "question": "tools", "includes": "rake" } }"#),
    ] {
        assert_eq!(reported(&files), [""; 0]);
    }
}

/// Returns a pack that R4 can express, with quantities in two units.
fn expressible() -> Pack {
    Pack::load(&with(r#"{ "question": "goals", "includes": "frost" }"#)).unwrap()
}

#[test]
fn entry_formats_are_translated_to_every_language() {
    let pack = expressible();
    let format = |tag: &str| {
        let language = pack.language(tag).unwrap();
        let about = QuestionnaireMetadata { base: &CanonicalBase::default(), language, date: today(), publisher: None };
        let questionnaire: Value = serde_json::from_str(&questionnaire(&pack, about).unwrap()).unwrap();
        let mut matches = Vec::new();
        extensions(&questionnaire, "entryFormat", &mut matches);
        assert_eq!(matches.len(), 1);
        matches.remove(0)
    };
    let (english, spanish) = (format("en"), format("es"));
    let translated = |extension: &Value| {
        let translation = &extension["_valueString"]["extension"][0];
        assert!(translation["url"].as_str().unwrap().ends_with("/translation"));
        (translation["extension"][0]["valueCode"].clone(), translation["extension"][1]["valueString"].clone())
    };
    assert_eq!(translated(&english), ("es".into(), spanish["valueString"].clone()));
    assert_eq!(translated(&spanish), ("en".into(), english["valueString"].clone()));
    assert_ne!(english["valueString"], spanish["valueString"]);
}

/// Collects the HL7 extensions with this name, at any depth.
fn extensions(here: &Value, name: &str, matches: &mut Vec<Value>) {
    if here["url"].as_str().is_some_and(|url| url.ends_with(&format!("/{name}"))) {
        matches.push(here.clone());
    }
    match here {
        Value::Object(object) => object.values().for_each(|value| extensions(value, name, matches)),
        Value::Array(list) => list.iter().for_each(|value| extensions(value, name, matches)),
        _ => {}
    }
}

#[test]
fn numbers_and_units_are_imported() {
    let pack = expressible();
    let base = CanonicalBase::default();
    let around = |item: &str| {
        format!(
            r#"{{ "resourceType": "QuestionnaireResponse", "questionnaire": "{}", "status": "completed", "item": [
                {{ "linkId": "section:goals", "item": [
                    {{ "linkId": "goals", "answer": [{{ "valueCoding": {{ "code": "goals.pests" }} }}] }},
                    {{ "linkId": "indoors", "answer": [{{ "valueBoolean": true }}] }}
                ] }},
                {{ "linkId": "section:more", "item": [
                    {{ "linkId": "planted", "answer": [{{ "valueDate": "2005-03-10" }}] }}, {item}
                ] }}
            ] }}"#,
            base.questionnaire(&pack)
        )
    };
    for (question, value, expected, expected_codes) in [
        ("ph", r#""valueDecimal": 65e-1"#, "6.5", ""),
        ("ph", r#""valueDecimal": 6.500"#, "6.5", ""),
        ("ph", r#""valueDecimal": 6.55"#, r#"{"unknown":"unreadable","text":"6.55"}"#, "out-of-range"),
        ("ph", r#""valueDecimal": 1e40"#, r#"{"unknown":"unreadable","text":"1e40"}"#, "wrong-type"),
        ("water", r#""valueQuantity": { "value": 0.50, "code": "water.cups" }"#, r#"{"value":0.50,"unit":"cups"}"#, ""),
        (
            "water",
            r#""valueQuantity": { "value": 0.500, "code": "water.cups" }"#,
            r#"{"value":0.50,"unit":"cups"}"#,
            "",
        ),
        (
            "water",
            r#""valueQuantity": { "value": 1, "unit": "LITROS", "code": "water.litres" }"#,
            r#"{"value":1,"unit":"litres"}"#,
            "",
        ),
        (
            "water",
            r#""valueQuantity": { "value": 1, "unit": "tazas", "code": "water.litres" }"#,
            r#"{"value":1,"unit":"litres"}"#,
            "other-words",
        ),
        (
            "water",
            r#""valueQuantity": { "value": 1, "unit": "l", "code": "water.litres" }"#,
            r#"{"value":1,"unit":"litres"}"#,
            "other-words",
        ),
        (
            "water",
            r#""valueQuantity": { "value": 1, "foo": 2, "code": "water.litres" }"#,
            r#"{"value":1,"unit":"litres"}"#,
            "unknown-field",
        ),
        (
            "water",
            r#""valueQuantity": { "value": 1, "_value": {}, "code": "water.litres" }"#,
            r#"{"value":1,"unit":"litres"}"#,
            "unknown-extension",
        ),
    ] {
        let text = around(&format!(r#"{{ "linkId": "{question}", "answer": [{{ {value} }}] }}"#));
        let imported = import(&pack, &base, "r.json", &text).unwrap();
        let codes: Vec<&str> =
            imported.reports.list().iter().map(|report| report.code).filter(|code| *code != "missing-answer").collect();
        assert_eq!(codes.join(" "), expected_codes, "{value}");
        let answers = &imported.file.write(&pack)["answers"];
        assert_eq!(answers.get(question).unwrap_or(&Value::Null).to_string(), expected, "{value}");
    }
}

/// R4 has two truth values. An unknown condition must not enable an item, whether it is tested directly or negated.
#[test]
fn conditions_are_exported_exactly() {
    let enable = |condition: &str| {
        let pack = Pack::load(&with(condition)).unwrap_or_else(|problems| panic!("{problems}"));
        let about = QuestionnaireMetadata {
            base: &CanonicalBase::default(),
            language: Language::default(),
            date: today(),
            publisher: None,
        };
        let questionnaire: serde_json::Value = serde_json::from_str(&questionnaire(&pack, about).unwrap()).unwrap();
        let mut tests = Vec::new();
        find(&questionnaire, "old", &mut Vec::new(), &mut tests);
        // The condition is exported with its two other alternatives.
        tests.join(" & ")
    };
    let other = "planted>2039-12-31";
    for (condition, expected) in [
        (
            r#"{ "question": "goals", "includes": "frost" }"#,
            format!(
                "(planted>=2005-03-01 | {other} | goals=goals.frost) & (planted<=2005-03-31 | {other} | goals=goals.frost)"
            ),
        ),
        // Not chosen means: answered, with neither that option nor the one for "not known".
        (
            r#"{ "not": { "question": "tools", "includes": "spade" } }"#,
            format!(
                "(planted>=2005-03-01 | {other} | tools exists true) & (planted>=2005-03-01 | {other} | tools!=tools.spade) & (planted>=2005-03-01 | {other} | tools!=tools.unsure) & (planted<=2005-03-31 | {other} | tools exists true) & (planted<=2005-03-31 | {other} | tools!=tools.spade) & (planted<=2005-03-31 | {other} | tools!=tools.unsure)"
            ),
        ),
        // If at most one option can be chosen, another option is chosen.
        (
            r#"{ "not": { "question": "tools", "includes": "none" } }"#,
            format!(
                "(planted>=2005-03-01 | {other} | tools=tools.spade | tools=tools.rake) & (planted<=2005-03-31 | {other} | tools=tools.spade | tools=tools.rake)"
            ),
        ),
        (
            r#"{ "not": { "question": "indoors", "is": "yes" } }"#,
            format!(
                "(planted>=2005-03-01 | {other} | indoors=false) & (planted<=2005-03-31 | {other} | indoors=false)"
            ),
        ),
        (
            r#"{ "not": { "question": "pots", "less_than": 10.5 } }"#,
            format!("(planted>=2005-03-01 | {other} | pots>=11) & (planted<=2005-03-31 | {other} | pots>=11)"),
        ),
        (
            r#"{ "question": "pots", "more_than": 10.5 }"#,
            format!("(planted>=2005-03-01 | {other} | pots>10) & (planted<=2005-03-31 | {other} | pots>10)"),
        ),
    ] {
        assert_eq!(enable(condition), expected, "{condition}");
    }
}

/// Collects the tests that enable an item, at each level from the outside in.
fn find(here: &serde_json::Value, link_id: &str, level: &mut Vec<String>, matches: &mut Vec<String>) {
    for item in here["item"].as_array().into_iter().flatten() {
        let tests: Vec<String> = item["enableWhen"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|test| {
                let (_, answer) = test.as_object().unwrap().iter().find(|(key, _)| key.starts_with("answer")).unwrap();
                let answer =
                    answer["code"].as_str().or(answer.as_str()).map_or_else(|| answer.to_string(), str::to_owned);
                let operator = test["operator"].as_str().unwrap();
                let gap = if operator == "exists" { " " } else { "" };
                format!("{}{gap}{operator}{gap}{answer}", test["question"].as_str().unwrap())
            })
            .collect();
        let texts = match (tests.len(), item["enableBehavior"] == "any") {
            (0, _) => Vec::new(),
            (_, true) => vec![format!("({})", tests.join(" | "))],
            (_, false) => tests,
        };
        let count = texts.len();
        level.extend(texts);
        if item["linkId"] == link_id {
            matches.clone_from(level);
        }
        find(item, link_id, level, matches);
        level.truncate(level.len() - count);
    }
}
