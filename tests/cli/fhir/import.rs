//! Responses of other form fillers: each fault is reported with its path, and valid answers are kept.

use super::sandbox;
use crate::cli::answers::more;
use crate::support::Sandbox;
use serde_json::{Value, json};

/// A valid response with answers of every kind, as our export writes it.
fn good() -> Value {
    let answers = r#""area":{"acne-scars":["face","neck"]},"duration":{"acne-scars":{"unknown":"skipped"}},"scar-kind":["dented"],
        "products":{"chosen":["cleanser","other"],"text":"Aloe"},"history":["none"],"sun":{"unknown":"declined"},"questions":"Why?""#;
    let printed = Sandbox::with("a.json", more(answers)).run("fhir response a.json").stdout_has(["{"]).check().stdout;
    serde_json::from_str(&printed).expect("JSON")
}

/// The JSON pointer of an item.
fn place(here: &Value, link_id: &str, pointer: &str) -> Option<String> {
    here["item"].as_array()?.iter().enumerate().find_map(|(index, item)| {
        let pointer = format!("{pointer}/item/{index}");
        if item["linkId"] == link_id { Some(pointer) } else { place(item, link_id, &pointer) }
    })
}

fn as_path(pointer: &str) -> String {
    pointer.split('/').skip(1).fold("$".to_owned(), |path, step| match step.parse::<usize>() {
        Ok(index) => format!("{path}[{index}]"),
        Err(_) => format!("{path}.{step}"),
    })
}

/// A change inside the item with this `linkId`, and the expected report.
struct Fault {
    link_id: &'static str,
    inside: &'static str,
    becomes: Value,
    path: &'static str,
    code: &'static str,
    /// The question whose answer is missing or unreadable, or empty if there is none.
    gone: &'static str,
}

#[allow(clippy::too_many_lines, reason = "a table")]
fn faults() -> Vec<Fault> {
    let fault = |link_id, inside, becomes, path, code, gone| Fault { link_id, inside, becomes, path, code, gone };
    let coding = |code: &str| json!({ "system": good_system(), "code": code });
    vec![
        fault("skin-health", "/linkId", json!("skin-helth"), ".linkId", "unknown-link-id", "skin-health"),
        fault("skin-health", "/linkId", json!(7), ".linkId", "wrong-type", "skin-health"),
        fault(
            "skin-health",
            "/answer/0",
            json!({ "valueString": "good" }),
            ".answer[0].valueString",
            "wrong-type",
            "skin-health",
        ),
        fault(
            "skin-health",
            "/answer/0/valueCoding/code",
            json!("skin-health.god"),
            ".answer[0].valueCoding.code",
            "not-offered",
            "skin-health",
        ),
        fault(
            "skin-health",
            "/answer/0/valueCoding/code",
            json!("treatments-had.none"),
            ".answer[0].valueCoding.code",
            "not-offered",
            "skin-health",
        ),
        fault(
            "skin-health",
            "/answer/0/valueCoding/system",
            json!("http://loinc.org"),
            ".answer[0].valueCoding.system",
            "not-offered",
            "skin-health",
        ),
        fault(
            "skin-health",
            "/answer/0/valueCoding",
            json!({ "display": "Good" }),
            ".answer[0].valueCoding.code",
            "not-offered",
            "skin-health",
        ),
        fault(
            "skin-health",
            "/answer",
            json!([{ "valueCoding": coding("skin-health.good") }, { "valueCoding": coding("skin-health.poor") }]),
            "",
            "exclusive",
            "skin-health",
        ),
        fault(
            "skin-health",
            "/answer/0/valueCoding/display",
            json!("Poor"),
            ".answer[0].valueCoding.display",
            "other-words",
            "",
        ),
        fault(
            "skin-health",
            "/answer/0/valueCoding/version",
            json!("9.9"),
            ".answer[0].valueCoding.version",
            "wrong-version",
            "",
        ),
        fault("skin-health", "/answer/0/valueCoding/foo", json!(1), ".answer[0].valueCoding.foo", "unknown-field", ""),
        fault(
            "skin-health",
            "/answer/0/valueCoding/_code",
            json!({ "id": "x" }),
            ".answer[0].valueCoding._code",
            "unknown-extension",
            "",
        ),
        fault("skin-health", "/_linkId", json!({ "id": "x" }), "._linkId", "unknown-extension", ""),
        fault("skin-health", "/answer", json!([]), ".answer", "empty-list", "skin-health"),
        fault("skin-health", "/answer", json!({}), ".answer", "wrong-type", "skin-health"),
        fault("skin-health", "/answer/0", json!({}), ".answer[0]", "no-value", "skin-health"),
        fault("skin-health", "/answer/0", Value::Null, ".answer[0]", "wrong-type", "skin-health"),
        fault("skin-health", "/colour", json!("red"), ".colour", "unknown-field", ""),
        fault(
            "skin-health",
            "/extension",
            json!([{ "url": "http://x.example/y", "valueString": "z" }]),
            ".extension[0]",
            "unknown-extension",
            "",
        ),
        fault(
            "history",
            "/answer",
            json!([{ "valueCoding": coding("history.none") }, { "valueCoding": coding("history.keloid") }]),
            "",
            "exclusive",
            "history",
        ),
        fault(
            "products",
            "/answer/1/valueCoding/code",
            json!("products.cleanser"),
            ".answer[1].valueCoding",
            "duplicate",
            "",
        ),
        fault(
            "products",
            "/answer/1/valueCoding/code",
            json!("products.soap"),
            ".answer[1].valueCoding.code",
            "not-offered",
            "",
        ),
        fault("products", "/answer", json!([]), ".answer", "empty-list", "products"),
        fault("products.text", "/answer/0/valueString", json!("x".repeat(1001)), "", "too-long", ""),
        fault("products.text", "/answer/0/valueString", json!(" \u{200b} "), "", "empty", ""),
        fault("products.text", "/answer/0", json!({ "valueInteger": 4 }), ".answer[0].valueInteger", "wrong-type", ""),
        fault("questions", "/answer/0/valueString", json!("x".repeat(1001)), "", "too-long", "questions"),
        fault(
            "questions",
            "/answer/0/valueString",
            json!(["Why?"]),
            ".answer[0].valueString",
            "wrong-type",
            "questions",
        ),
        fault("more", "/answer/0", json!({ "valueString": "yes" }), ".answer[0].valueString", "wrong-type", "more"),
        fault("more", "/answer/0/valueBoolean", json!(false), "", "", ""),
        fault("sun", "/extension/0/valueCode", json!("masked"), ".extension[0]", "unknown-reason", "sun"),
        fault("sun", "/extension/0/valueCode", json!("asked-unknown"), ".extension[0]", "unknown-reason", "sun"),
        fault("sun", "/extension/0/valueCode", json!("not-asked"), "", "", "sun"),
        fault("sun", "/answer", json!([{ "valueCoding": coding("sun.sun-2") }]), ".extension[0]", "two-states", ""),
        fault("skin-health", "/linkId", json!("sun"), "", "wrong-place", "skin-health"),
        fault("area", "/answer", json!([{ "valueBoolean": true }]), ".answer", "wrong-type", ""),
        fault("section:plans", "/item", json!([]), ".item", "empty-list", "products"),
    ]
}

fn good_system() -> String {
    let good = good();
    let place = place(&good, "skin-health", "").expect("the item exists");
    good.pointer(&format!("{place}/answer/0/valueCoding/system")).and_then(Value::as_str).expect("a system").to_owned()
}

#[test]
fn every_fault_is_reported_with_its_path_and_the_rest_is_kept() {
    let good = good();
    let valid_answers = import(&good.to_string(), "--strict").1;
    for Fault { link_id, inside, becomes, path, code, gone } in faults() {
        let mut bad = good.clone();
        let pointer = place(&bad, link_id, "").unwrap_or_else(|| panic!("no item {link_id}"));
        put(&mut bad, &format!("{pointer}{inside}"), becomes);
        let (messages, answers) = import(&bad.to_string(), "--lenient");
        if code.is_empty() {
            if link_id == "sun" {
                assert_eq!(messages, "", "{link_id}{inside}");
            } else {
                assert!(messages.contains("[not-asked]"), "{link_id}{inside}: {messages}");
            }
        } else {
            let path = format!("{}{path}: ", as_path(&pointer));
            assert!(
                messages.contains(&format!("[{code}]: {path}")),
                "{link_id}{inside}: no {code} at {path}\n{messages}"
            );
            assert!(messages.contains("r.json:1:"), "{messages}");
            let strict = Sandbox::with("r.json", bad.to_string());
            strict
                .run("fhir import r.json")
                .code(2)
                .stderr_has([code, &path, "run it with --lenient to keep what cannot be read as `unreadable`"])
                .check();
            strict.run("fhir import r.json --strict").code(2).stderr_has([code]).check();
        }
        let is_lost = |key: &&String| answers.get(*key).is_none_or(|answer| answer["unknown"] == "unreadable");
        let lost: Vec<&String> = valid_answers.as_object().expect("answers").keys().filter(is_lost).collect();
        if gone.is_empty() && !code.is_empty() {
            assert!(lost.is_empty(), "{link_id}{inside}: {lost:?} lost");
        } else if gone != "more" && link_id != "more" {
            assert_eq!(lost, [gone], "{link_id}{inside}");
        }
    }
}

fn put(value: &mut Value, pointer: &str, becomes: Value) {
    if let Some(place) = value.pointer_mut(pointer) {
        *place = becomes;
        return;
    }
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
    value.pointer_mut(parent).and_then(Value::as_object_mut).expect("an object").insert(key.to_owned(), becomes);
}

/// Imports a response; returns the messages and the answers.
fn import(text: &str, more: &str) -> (String, Value) {
    let sandbox = Sandbox::with("r.json", text);
    let done = sandbox.run(&format!("fhir import r.json {more}")).stdout_has(["\"answers\""]).stderr_any().check();
    let file: Value = serde_json::from_str(&done.stdout).expect("an answers file");
    (done.stderr, file["answers"].clone())
}

#[test]
fn fields_outside_the_items_are_checked() {
    let good = good();
    for (pointer, becomes, code, path) in [
        ("/questionnaire", json!("urn:uuid:0|1.0.0"), "wrong-questionnaire", "$.questionnaire"),
        (
            "/questionnaire",
            json!(format!(
                "{}|0.9.0",
                good["questionnaire"].as_str().expect("a url").split('|').next().expect("a url")
            )),
            "wrong-version",
            "$.questionnaire",
        ),
        ("/status", json!("in-progress"), "status", "$.status"),
        ("/authored", json!("2026-11"), "bad-date", "$.authored"),
        ("/authored", json!("2026-11-20Tgarbage"), "bad-date", "$.authored"),
        ("/authored", json!("2026-11-20T25:00:00Z"), "bad-date", "$.authored"),
        ("/_authored", json!({ "extension": [{ "url": "x" }] }), "unknown-extension", "$._authored"),
        ("/language", json!("de"), "unknown-language", "$.language"),
        ("/extension", json!([{ "url": "http://x.example/y" }]), "unknown-extension", "$.extension[0]"),
        ("/modifierExtension", json!([{ "url": "http://x.example/y" }]), "unknown-field", "$.modifierExtension"),
        ("/item/0/item/1", json!("text"), "wrong-type", "$.item[0].item[1]"),
    ] {
        let mut bad = good.clone();
        put(&mut bad, pointer, becomes);
        let (messages, _) = import(&bad.to_string(), "--lenient");
        assert!(messages.contains(&format!("[{code}]: {path}: ")), "{pointer}: {messages}");
    }
    // Fields of other programs that are not answers are not reported.
    let mut theirs = good.clone();
    for (key, value) in [
        ("meta", json!({ "profile": ["http://x.example/p"] })),
        ("subject", json!({ "reference": "Patient/1" })),
        ("author", json!({ "display": "Dr A" })),
        ("_questionnaire", json!({ "extension": [{ "url": "x" }] })),
    ] {
        theirs[key] = value;
    }
    theirs["questionnaire"] = json!(good["questionnaire"].as_str().expect("a url").split('|').next());
    assert_eq!(import(&theirs.to_string(), "--strict").0, "");
}

#[test]
fn the_day_is_that_of_the_timestamp_or_of_midnight_utc() {
    let mut response = good();
    for (authored, day) in [
        ("2026-11-21", "2026-11-21"),
        // The day at the place of the interview, although it is another one in UTC.
        ("2026-11-21T23:30:00.000-05:00", "2026-11-21"),
        ("2026-11-21T00:30:00+09:00", "2026-11-21"),
        ("2026-11-21T00:00:00+09:00", "2026-11-21"),
        // Midnight UTC stands for a day, with whatever offset a server returns it.
        ("2026-11-21T00:00:00Z", "2026-11-21"),
        ("2026-11-20T19:00:00-05:00", "2026-11-21"),
        ("2026-11-21T01:00:00.000+01:00", "2026-11-21"),
        ("2026-11-20T19:00:00.001-05:00", "2026-11-20"),
        ("2026-12-31T14:00:00-10:00", "2027-01-01"),
    ] {
        response["authored"] = json!(authored);
        let date = format!("\"date\": \"{day}\"");
        Sandbox::with("r.json", response.to_string()).run("fhir import r.json").stdout_has([date.as_str()]).check();
    }
}

#[test]
fn unasked_and_missing_answers_are_reported() {
    let mut bad = good();
    let more = place(&bad, "more", "").expect("the item exists");
    put(&mut bad, &format!("{more}/answer/0/valueBoolean"), json!(false));
    let (messages, answers) = import(&bad.to_string(), "--lenient");
    assert!(messages.contains("[not-asked]: $.item"), "{messages}");
    assert!(answers.get("history").is_none() && answers.get("concerns").is_some());
    // An incomplete import can be completed with `ask`.
    let mut short = good();
    let (list, index) = more.rsplit_once('/').expect("a list");
    short.pointer_mut(list).and_then(Value::as_array_mut).expect("a list").remove(index.parse().expect("a place"));
    let sandbox = Sandbox::with("r.json", short.to_string());
    let done = sandbox
        .run("fhir import r.json --lenient")
        .stdout_has(["\"answers\""])
        .stderr_has(["[missing-answer]: $: the question `more` must be answered"])
        .check();
    let sandbox = Sandbox::with("half.json", done.stdout);
    sandbox
        .run("ask --answers half.json --date 2026-11-22 --format text")
        .stdin("no\n/done\n")
        .stdout_has([".txt"])
        .stderr_any()
        .check();
}

#[test]
fn a_misplaced_item_is_reported_without_a_false_promise() {
    let mut bad = good();
    let items = bad["item"].as_array_mut().expect("items");
    items.push(json!({ "linkId": "severity.redness", "answer": [{ "valueBoolean": true }] }));
    let (messages, answers) = import(&bad.to_string(), "--lenient");
    let hint = "move it into `severity`; it is read as if it were there";
    assert!(
        messages.contains("[wrong-place]") && messages.contains(hint) && !messages.contains("answer is kept"),
        "{messages}"
    );
    assert!(answers["severity"].get("redness").is_none());
}

#[test]
fn each_of_many_dropped_items_is_reported() {
    let mut bad = good();
    let items = bad["item"].as_array_mut().expect("items");
    items.extend((0..300).map(|number| json!({ "linkId": format!("unheard-of-{number}") })));
    let known = items.len() - 300;
    let (messages, _) = import(&bad.to_string(), "--lenient");
    for number in 0..300 {
        let index = known + number;
        let expected = format!("$.item[{index}].linkId: the questionnaire has no item `unheard-of-{number}`");
        assert!(messages.contains(&expected), "{expected}\n{messages}");
    }
    assert!(messages.contains("\nwarning[unknown-link-id]: $.item") && messages.contains("(r.json:1:"), "{messages}");
    assert!(messages.contains("note: 300 reports"), "{messages}");
}

#[test]
fn a_file_that_is_not_a_response_is_refused() {
    let sandbox = sandbox();
    for (text, why) in [
        ("{", "this is not JSON"),
        ("[]", "this is not a FHIR resource"),
        (r#"{"resourceType":"Patient"}"#, "this is a Patient, not a QuestionnaireResponse"),
        (
            r#"{"resourceType":"QuestionnaireResponse","status":"entered-in-error","item":[]}"#,
            "[status]: $.status: the status says that this response was entered in error",
        ),
        (
            r#"{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient"}}]}"#,
            "there is no response in this bundle",
        ),
        (
            r#"{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"QuestionnaireResponse"}},{"resource":{"resourceType":"QuestionnaireResponse"}}]}"#,
            "there are several responses in this bundle",
        ),
    ] {
        sandbox.run("fhir import").stdin(text).code(2).stderr_has([why, "<stdin>:1:", "error: 1 problem"]).check();
    }
    sandbox.run("fhir import nowhere.json").code(1).stderr_has(["could not read", "hint: "]).check();
}
