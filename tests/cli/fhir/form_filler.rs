//! NLM's LHC-Forms, an independent form filler, in a browser: it shows our questionnaire and is filled in by clicks and
//! typing. Its export is imported as the same answers.

use crate::cli::answers::file;
use crate::support::Sandbox;
use crate::support::tools::{browser_output, fetched, find_program};
use serde_json::{Value, json};
use std::path::Path;

const FILL_IN: &str = include_str!("fill_in.js");

/// Fills in a questionnaire; returns the items shown at the end, and the response.
fn filled_in(
    sandbox: &Sandbox,
    browser: &Path,
    lforms: &Path,
    questionnaire: &str,
    fill: &Value,
) -> (Vec<String>, Value) {
    let part = |name: &str| format!("file://{}/{name}", lforms.display());
    let script = |name: &str| format!("<script src=\"{}\"></script>", part(name));
    let page = format!(
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>loading</title>\
         <link rel=\"stylesheet\" href=\"{}\">{}</head><body><div id=\"form\"></div>{}\
         <script>const questionnaire = {};\nconst fill = {fill};\n{FILL_IN}</script></body></html>",
        part("webcomponent/styles.css"),
        script("webcomponent/assets/lib/zone.min.js"),
        ["webcomponent/runtime.js", "webcomponent/polyfills.js", "webcomponent/main.js", "fhir/R4/lformsFHIR.min.js"]
            .map(script)
            .concat(),
        questionnaire.replace("</", "<\\/"),
    );
    std::fs::write(sandbox.path("form.html"), page).expect("a page");
    let form = format!("file://{}", sandbox.path("form.html").display());
    let arguments = ["--allow-file-access-from-files", "--virtual-time-budget=60000", "--dump-dom", &form];
    let dump = browser_output(browser, &sandbox.path("profile"), &arguments);
    let dump = String::from_utf8(dump).expect("a page is UTF-8");
    let title =
        dump.split("<title>").nth(1).and_then(|rest| rest.split_once("</title>")).map_or("", |(title, _)| title);
    assert_eq!(title, "FILLED IN");
    let out =
        dump.split("id=\"out\">").nth(1).and_then(|rest| rest.split_once("</script>")).expect("what came of it").0;
    let mut out: Value = serde_json::from_str(out).expect("JSON");
    let asked = out["asked"].as_array().expect("a list").iter().filter_map(Value::as_str).map(str::to_owned).collect();
    (asked, out["response"].take())
}

/// Fills in and imports, and compares the summary with that of the same answers in a file.
fn check(fill: &Value, answers: &str, lang: &str, shown: &[&str], hidden: &[&str]) {
    let (Some(browser), Some(lforms)) = (find_program("chromium"), fetched("package/dist/lforms/webcomponent/main.js"))
    else {
        return;
    };
    let lforms = lforms.ancestors().nth(2).expect("its folder");
    let mut sandbox = Sandbox::with("expected.json", file(answers));
    let questionnaire = sandbox.run(&format!("fhir questionnaire --lang {lang}")).stdout_has(["{"]).check().stdout;
    let (asked, response) = filled_in(&sandbox, &browser, lforms, &questionnaire, fill);
    for item in shown {
        assert!(asked.iter().any(|known| known == item), "{item} is not shown: {asked:?}");
    }
    for item in hidden {
        assert!(!asked.iter().any(|known| known == item), "{item} is shown: {asked:?}");
    }
    sandbox.file("r.json", response.to_string());
    let imported = sandbox.run("fhir import r.json --strict").stdout_has(["\"answers\""]).check().stdout;
    sandbox.file("imported.json", imported);
    let summary = |name: &str| {
        let words = format!("summarize {name} --date 2026-11-22 --lang {lang} --stdout --format json");
        sandbox.run(&words).stdout_has(["{"]).check().stdout
    };
    assert_eq!(summary("imported.json"), summary("expected.json"));
}

#[test]
fn a_patient_with_scars_fills_in_everything() {
    let fill = json!([
        ["concerns", "click", "concerns.acne-scars"],
        ["concerns", "click", "concerns.something-else"],
        ["concern-other", "type", "My hands look old."],
        ["severity.acne-scars", "click", "severity.moderate"],
        ["severity.something-else", "click", "severity.unsure"],
        ["skin-health", "click", "skin-health.good"],
        ["treatments-had", "click", "treatments-had.none"],
        ["more", "click", "true"],
        ["area.acne-scars", "click", "area.face"],
        ["area.acne-scars", "click", "area.neck"],
        ["duration.something-else", "click", "duration.1-5-years"],
        ["scar-kind", "click", "scar-kind.dented"],
        ["products", "click", "products.sunscreen"],
        ["products.text", "type", "Factor 50"],
        ["change-hoped-for", "click", "change-hoped-for.small"],
        ["change-hoped-for.text", "type", "A little"],
        ["medicines", "click", "medicines.none"],
        ["questions", "type", "How long does it take?"],
        ["label", "type", "A12"],
    ]);
    let answers = r#"{"concerns":["acne-scars","something-else"],"concern-other":"My hands look old.",
        "severity":{"acne-scars":"moderate","something-else":"unsure"},"skin-health":"good","treatments-had":"none","more":true,
        "area":{"acne-scars":["face","neck"]},"duration":{"something-else":"1-5-years"},"scar-kind":["dented"],
        "products":{"chosen":["sunscreen"],"text":"Factor 50"},"change-hoped-for":{"chosen":"small","text":"A little"},
        "medicines":["none"],"questions":"How long does it take?","label":"A12"}"#;
    check(
        &fill,
        answers,
        "en",
        &["pack:notice", "scar-kind", "products.text", "tried.acne-scars"],
        &["label.given", "tried.redness", "medicines.text.text"],
    );
}

#[test]
fn a_patient_who_is_not_sure_sees_no_details() {
    let fill = json!([
        ["concerns", "click", "concerns.not-sure"],
        ["severity.not-sure", "click", "severity.unsure"],
        ["skin-health", "click", "skin-health.unsure"],
        ["treatments-had", "click", "treatments-had.unsure"],
        ["more", "click", "true"],
        ["sun", "click", "sun.sun-3"],
    ]);
    let answers = r#"{"concerns":["not-sure"],"severity":{"overall":"unsure"},"skin-health":"unsure","treatments-had":"unsure",
        "more":true,"sun":"sun-3"}"#;
    check(
        &fill,
        answers,
        "es",
        &["severity.not-sure", "sun"],
        &["area", "duration", "tried", "scar-kind", "concern-other"],
    );
}

/// An answer is removed together with its disabled item.
#[test]
fn answers_in_a_disabled_branch_are_removed() {
    let fill = json!([
        ["concerns", "click", "concerns.redness"],
        ["severity.redness", "click", "severity.mild"],
        ["skin-health", "click", "skin-health.poor"],
        ["treatments-had", "click", "treatments-had.1-2"],
        ["more", "click", "true"],
        ["history", "click", "history.keloid"],
        ["more", "click", "false"],
    ]);
    let answers = r#"{"concerns":["redness"],"severity":{"redness":"mild"},"skin-health":"poor","treatments-had":"1-2","more":false}"#;
    check(&fill, answers, "en", &["more"], &["history", "section:details"]);
}
