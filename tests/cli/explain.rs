//! `explain`: the rule, answers and source of every line of the summary.

use crate::cli::answers::{SHORT, file, more};
use crate::support::Sandbox;
use serde_json::Value;

#[test]
fn a_benefit_shows_its_rule_its_answer_and_its_source() {
    let sandbox = Sandbox::with("a.json", SHORT);
    sandbox
        .run("explain a.json")
        .stdout_has([
            "procedure: procedure\n",
            "    source     microneedling-effects#intro\n",
            "    rule       printed on every copy, whatever the answers are\n",
            "benefit: scars\n",
            "    source     microneedling-effects#3\n",
            "    rule       acne-scars\n",
            "    answer     concerns = acne-scars (Acne scars (dents))\n",
            "variability: variability-severity\n",
            "    related    severity(acne-scars) = moderate: Moderate\n",
            "    related    treatments-planned: Not asked\n",
            "safety: safety-trained\n",
            "consult: consult\n",
            "recorded: as answered\n",
        ])
        .check();
}

#[test]
fn editorial_links_limits_and_concerns_not_covered_are_named() {
    let answers = r#"{"concerns":["other-scars","products-not-working","redness"],
      "severity":{"other-scars":"mild","products-not-working":"mild","redness":"unsure"},"skin-health":"unsure","treatments-had":"unsure","more":false}"#;
    Sandbox::new()
        .run("explain -")
        .stdin(file(answers))
        .stdout_has([
            "limit: scars-kinds-named\n",
            "    rule       printed with scars\n",
            "benefit: products-after\n",
            "    rule       products-not-working, an editorial link\n",
            "limit: products-none-named\n",
            "not covered: redness\n",
            "    rule       redness\n",
            "    answer     concerns = redness (Redness)\n",
            "    source     none: the source does not cover it\n",
        ])
        .check();
}

#[test]
fn every_statement_of_the_summary_is_explained() {
    for concerns in [r#"["not-sure"]"#, r#"["uneven-tone","other-scars","melasma"]"#] {
        let severity = if concerns.contains("not-sure") {
            r#"{"overall":"mild"}"#
        } else {
            r#"{"uneven-tone":"mild","other-scars":"mild","melasma":"mild"}"#
        };
        let answers = file(&format!(
            r#"{{"concerns":{concerns},"severity":{severity},"skin-health":"fair","treatments-had":"none","more":false}}"#
        ));
        let sandbox = Sandbox::with("a.json", answers);
        let summary = sandbox.run("summarize a.json --stdout --format json").stdout_has(["{"]).check().stdout;
        let explained = sandbox.run("explain a.json").stdout_has(["procedure"]).check().stdout;
        let summary: Value = serde_json::from_str(&summary).expect("JSON");
        let mut ids = Vec::new();
        collect_ids(&summary, &mut ids);
        assert!(ids.len() > 5);
        for id in ids {
            assert!(
                explained.lines().any(|line| line.ends_with(&format!(": {id}"))),
                "{id} is not explained\n{explained}"
            );
        }
    }
}

/// Collects every `id` in a JSON value.
fn collect_ids(value: &Value, ids: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            if object.contains_key("cites") {
                ids.push(object["id"].as_str().expect("an id").to_owned());
            }
            object.values().for_each(|value| collect_ids(value, ids));
        }
        Value::Array(list) => list.iter().for_each(|value| collect_ids(value, ids)),
        _ => {}
    }
}

#[test]
fn recorded_answers_are_explained_with_their_state() {
    let sandbox = Sandbox::with(
        "a.json",
        more(
            r#""history":{"unknown":"declined"},"sun":{"unknown":"skipped"},"pregnancy":"unsure","medicines":["none"],"questions":"Skipped""#,
        ),
    );
    sandbox
        .run("explain a.json")
        .stdout_has([
            "    answer     history: I'd rather not say (declined)\n",
            "    answer     medicines = none: None of these\n",
            "    answer     pregnancy = unsure: I am not sure\n",
            "    answer     sun: Skipped\n",
            "    answer     home-roller: Not asked\n",
            "    answer     questions: “Skipped”\n",
        ])
        .check();
}

#[test]
fn answers_with_faults_are_refused() {
    Sandbox::new().run("explain").stdin("{}").code(2).stderr_has(["error[missing-field]", "<stdin>:1:1"]).check();
    Sandbox::new()
        .run("explain")
        .stdin(file("{}"))
        .code(2)
        .stderr_has(["$.answers.concerns: the question `concerns` has to be answered"])
        .check();
}
