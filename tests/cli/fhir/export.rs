//! Questionnaires, responses and documents, as commands and as a format.

use super::{json, sandbox, version};
use crate::cli::answers::{SHORT, more};
use crate::support::Sandbox;
use serde_json::Value;

const ON: &str = "--date 2026-11-22";

#[test]
fn a_questionnaire_has_its_metadata() {
    let questionnaire = json(&sandbox(), &format!("fhir questionnaire {ON}"));
    for (key, value) in [
        ("resourceType", "Questionnaire"),
        ("version", version().as_str()),
        ("name", "Preconsult_microneedling"),
        ("title", "Before your visit: microneedling"),
        // The pack has no review.
        ("status", "draft"),
        ("date", "2026-11-22"),
        ("language", "en"),
    ] {
        assert_eq!(questionnaire[key], value, "{key}");
    }
    assert_eq!(questionnaire["subjectType"], serde_json::json!(["Patient"]));
    assert!(questionnaire["url"].as_str().expect("a url").starts_with("urn:uuid:"));
    assert!(questionnaire["text"]["div"].as_str().expect("words").contains("How healthy is your skin overall"));
    let title = &questionnaire["_title"]["extension"][0];
    assert_eq!(title["url"], "http://hl7.org/fhir/StructureDefinition/translation");
    assert_eq!(title["extension"][0]["valueCode"], "es");
    assert_eq!(title["extension"][1]["valueString"], "Antes de su visita: microagujas (microneedling)");
}

#[test]
fn every_text_has_its_translation() {
    let sandbox = sandbox();
    let (english, spanish) = (
        json(&sandbox, &format!("fhir questionnaire {ON}")),
        json(&sandbox, &format!("fhir questionnaire --lang es {ON}")),
    );
    let mut pairs = Vec::new();
    collect_pairs(&english["item"], &spanish["item"], &mut pairs);
    assert!(pairs.len() > 500, "{} texts", pairs.len());
    for (english, spanish) in pairs {
        assert_eq!(english, spanish);
    }
}

/// Collects each text of `one` and its translation, with the same text in `other` and the translation there.
fn collect_pairs<'v>(one: &'v Value, other: &'v Value, pairs: &mut Vec<([&'v str; 2], [&'v str; 2])>) {
    match (one, other) {
        (Value::Object(left), Value::Object(right)) => {
            for (key, more) in [("text", "_text"), ("display", "_display")] {
                if let (Some(Value::String(text)), Some(Value::String(other_text)), Some(_)) =
                    (left.get(key), right.get(key), left.get(more))
                {
                    let translated = |of: &'v Value| {
                        of[more]["extension"][0]["extension"][1]["valueString"].as_str().unwrap_or_default()
                    };
                    pairs.push(([text, translated(one)], [translated(other), other_text]));
                }
            }
            for (key, value) in left {
                collect_pairs(value, &other[key], pairs);
            }
        }
        (Value::Array(left), Value::Array(right)) => {
            left.iter().zip(right).for_each(|(one, other)| collect_pairs(one, other, pairs));
        }
        _ => {}
    }
}

#[test]
fn the_code_system_is_exported_on_request() {
    let bundle = json(&sandbox(), &format!("fhir questionnaire --with-codesystem {ON}"));
    assert_eq!((&bundle["resourceType"], &bundle["type"]), (&"Bundle".into(), &"collection".into()));
    let (questionnaire, codes) = (&bundle["entry"][0]["resource"], &bundle["entry"][1]["resource"]);
    assert_eq!(*questionnaire, json(&sandbox(), &format!("fhir questionnaire {ON}")));
    assert_eq!((&codes["resourceType"], &codes["version"]), (&"CodeSystem".into(), &version().into()));
    // The code system contains every option of the questionnaire, under its question.
    let known: Vec<&str> = codes["concept"]
        .as_array()
        .expect("concepts")
        .iter()
        .flat_map(|question| question["concept"].as_array().expect("options"))
        .filter_map(|option| option["code"].as_str())
        .collect();
    let text = questionnaire.to_string();
    let mut count = 0;
    for option in text.split("\"valueCoding\":{").skip(1) {
        let code = option.split_once("\"code\":\"").and_then(|(_, rest)| rest.split_once('"')).expect("a code").0;
        assert!(known.contains(&code), "{code}");
        assert!(option.starts_with(&format!("\"system\":{}", codes["url"])), "{code}");
        count += 1;
    }
    assert!(count > 600, "{count} options");
}

#[test]
fn a_clinic_can_set_its_own_base_url() {
    let mut sandbox = sandbox();
    sandbox.file("c.toml", "clinic = \"Hillside\"\nfhir_base = \"https://clinic.example/fhir/\"\n");
    let questionnaire = json(&sandbox, &format!("fhir questionnaire --config c.toml {ON}"));
    assert_eq!(questionnaire["url"], "https://clinic.example/fhir/Questionnaire/microneedling");
    assert_eq!(questionnaire["publisher"], "Hillside");
    let response = sandbox
        .run("fhir response a.json --config c.toml")
        .stdout_has([&format!("https://clinic.example/fhir/Questionnaire/microneedling|{}", version())])
        .check()
        .stdout;
    sandbox.file("r.json", &response);
    sandbox.run("fhir import r.json --strict --config c.toml").stdout_has(["acne-scars"]).check();
    // Without the setting the URL is unknown.
    sandbox
        .run("fhir import r.json --strict")
        .code(2)
        .stderr_has(["$.questionnaire", "another questionnaire", "--config"])
        .check();
    // With the setting, files written without it are still recognized.
    let plain = sandbox.run("fhir response a.json").stdout_has(["urn:uuid:"]).check().stdout;
    sandbox.run("fhir import - --strict --config c.toml").stdin(plain).stdout_has(["acne-scars"]).check();
    sandbox.file("bad.toml", "fhir_base = \"clinic\"\n");
    sandbox
        .run("fhir questionnaire --config bad.toml")
        .code(2)
        .stderr_has(["`fhir_base` cannot be `clinic`", "https://"])
        .check();
}

#[test]
fn a_label_counts_even_if_its_question_is_not_asked() {
    let sandbox = sandbox();
    let response =
        sandbox.run("fhir response a.json --label A12").stdout_has(["\"label.given\"", "\"A12\""]).check().stdout;
    let back = sandbox.run("fhir import --strict").stdin(response).stdout_has(["\"label\": \"A12\""]).check().stdout;
    sandbox.run("summarize --stdout").stdin(back).stdout_has(["Label: A12"]).check();
}

/// The same answers give the same resource, alone or in a document, and in every copy.
#[test]
fn a_document_contains_the_exported_response() {
    let mut answers: Value = serde_json::from_str(SHORT).expect("JSON");
    answers["id"] = "A-17".into();
    answers["filled_in_by"] = "together".into();
    let sandbox = Sandbox::with("a.json", answers.to_string());
    let response = json(&sandbox, &format!("fhir response a.json --label B7 {ON}"));
    for copy in ["patient", "clinician"] {
        let words = format!("fhir document a.json --copy {copy} --label B7 {ON}");
        let printed = sandbox.run(&words).stdout_has(["{"]).check().stdout;
        let document: Value = serde_json::from_str(&printed).expect("JSON");
        assert_eq!(document["entry"][1]["resource"], response, "{copy}");
        sandbox.run("fhir import --strict").stdin(printed).stdout_has(["\"id\": \"A-17\""]).check();
    }
}

/// Servers may store XML, which cannot hold some characters.
#[test]
fn typed_text_is_valid_in_xml() {
    let typed = "\"questions\":\"a\\uffffb\\ufffec\\u0007d\\ud83d\\ude00\"";
    let sandbox = Sandbox::with("a.json", more(typed));
    sandbox.run("fhir response a.json").stdout_has(["\"a\u{fffd}b\u{fffd}c\u{2407}d\u{1f600}\""]).check();
}

#[test]
fn the_five_outcomes_of_a_question_are_distinguished() {
    let sandbox = Sandbox::with(
        "a.json",
        more(
            r#""treatments-planned":"unsure","history":["none"],"sun":{"unknown":"declined"},"pregnancy":{"unknown":"skipped"}"#,
        ),
    );
    let response = json(&sandbox, "fhir response a.json");
    let mut items = Vec::new();
    gather(&response, &mut items);
    let item = |link_id: &str| items.iter().find(|item| item["linkId"] == *link_id);
    assert_eq!(
        item("treatments-planned").expect("unsure")["answer"][0]["valueCoding"]["code"],
        "treatments-planned.unsure"
    );
    assert_eq!(item("history").expect("none")["answer"][0]["valueCoding"]["code"], "history.none");
    let (declined, skipped) = (item("sun").expect("declined"), item("pregnancy").expect("skipped"));
    assert!(declined.get("answer").is_none() && skipped.get("answer").is_none());
    assert_eq!(declined["extension"][0]["url"], "http://hl7.org/fhir/StructureDefinition/data-absent-reason");
    assert_eq!(declined["extension"][0]["valueCode"], "asked-declined");
    assert_eq!(skipped["extension"][0]["valueBoolean"], true);
    assert!(item("medicines").is_none(), "not asked");
}

fn gather<'v>(here: &'v Value, into: &mut Vec<&'v Value>) {
    for item in here["item"].as_array().into_iter().flatten() {
        into.push(item);
        gather(item, into);
    }
}

#[test]
fn the_document_command_and_the_fhir_format_agree() {
    let sandbox = sandbox();
    let printed = sandbox.run("fhir document a.json").stdout_has(["\"document\"", "Composition"]).check().stdout;
    let again = sandbox.run("fhir document a.json").stdout(&printed).check().stdout;
    assert_eq!(printed, again);
    sandbox.run("summarize a.json --format fhir --stdout").stdout(&printed).check();
    let name = sandbox.run("summarize a.json --format fhir").stdout_has(["-patient.fhir.json\n"]).check().stdout;
    assert_eq!(sandbox.read(name.trim()), printed);
    let clinician =
        sandbox.run("fhir document a.json --copy clinician").stdout_has(["Clinician's copy"]).check().stdout;
    assert_ne!(printed, clinician);
    // A response inside a document is imported like a response alone.
    let response = sandbox.run("fhir response a.json").stdout_has(["{"]).check().stdout;
    let back = sandbox.run("fhir import --strict").stdin(response).stdout_has(["acne-scars"]).check().stdout;
    sandbox.run("fhir import --strict").stdin(printed).stdout(back).check();
}

#[test]
fn an_interview_can_write_a_document() {
    let sandbox = Sandbox::new();
    let name = sandbox
        .run("ask --format fhir --date 2026-11-22")
        .stdin(crate::cli::answers::SHORT_REPLIES)
        .stdout_has(["2026-11-22-", "-patient.fhir.json"])
        .stderr_any()
        .check()
        .stdout;
    let from_file = Sandbox::with("a.json", SHORT).run("fhir document a.json").stdout_has(["{"]).check().stdout;
    assert_eq!(sandbox.read(name.trim()), from_file);
}

#[test]
fn every_command_refuses_a_pack_that_fhir_cannot_express() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/packs/everything");
    let sandbox = Sandbox::new();
    let answers = r#"{"format":1,"pack":"everything","answers":{"goals":["not-sure"],"trouble":{"overall":"mild"},"indoors":false}}"#;
    let why = ["cannot be written as FHIR", "amounts in different units", "pack check --fhir"];
    sandbox.run(&format!("fhir questionnaire --pack {folder}")).code(2).stderr_has(why).check();
    for command in ["fhir response", "fhir document", "summarize --format fhir --stdout"] {
        sandbox.run(&format!("{command} --pack {folder}")).stdin(answers).code(2).stderr_has(why).check();
    }
    sandbox.run(&format!("fhir import --pack {folder}")).stdin("{}").code(2).stderr_has(why).check();
    sandbox
        .run(&format!("pack check {folder} --fhir"))
        .code(2)
        .stderr_has(["fhir-unit", "questions.json:89:11", "give the quantity only one unit"])
        .check();
    sandbox.run(&format!("pack check {folder}")).stdout_has(["no problems"]).check();
    sandbox.run("pack check --fhir").stdout_has(["no problems"]).check();
    sandbox.run("pack check --explain fhir-unit").stdout_has(["several units"]).check();
}

#[test]
fn a_blank_form_is_not_written_as_fhir() {
    let formats = if cfg!(feature = "pdf") { "pdf, html, text" } else { "html, text" };
    Sandbox::new().run("form --format fhir").code(2).stderr_has(["fhir", formats]).check();
}

#[test]
fn every_fhir_command_has_help_with_examples() {
    for command in ["questionnaire", "response", "document", "import"] {
        Sandbox::new()
            .run(&format!("fhir {command} --help"))
            .stdout_has(["Usage: preconsult fhir", "Examples:"])
            .check();
    }
    let has_push = Sandbox::new().run("fhir --help").stdout_has(["questionnaire"]).check().stdout.contains("  push ");
    assert_eq!(has_push, cfg!(feature = "push"));
}

/// The summary of imported answers is byte for byte that of the exported answers.
#[test]
fn export_and_import_change_nothing() {
    for name in ["usual", "longest", "spanish", "right-to-left", "not-sure", "hostile"] {
        let path = format!("{}/tests/cli/pages/patients/{name}.json", env!("CARGO_MANIFEST_DIR"));
        let sandbox = Sandbox::with("a.json", std::fs::read(path).expect("a patient"));
        let response = sandbox.run("fhir response a.json").stdout_has(["{"]).check().stdout;
        let back = sandbox.run("fhir import --strict").stdin(response).stdout_has(["{"]).check().stdout;
        for format in ["text", "html", "json", "fhir"] {
            let words = format!("--format {format} --copy clinician --stdout");
            let straight =
                sandbox.run(&format!("summarize a.json {words}")).stdout_has([""]).stderr_any().check().stdout;
            let detour = sandbox
                .run(&format!("summarize - {words}"))
                .stdin(back.clone())
                .stdout_has([""])
                .stderr_any()
                .check()
                .stdout;
            assert!(straight == detour, "{name}, {format}");
        }
    }
}
