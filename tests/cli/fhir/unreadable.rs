//! Answers that an import cannot read: never "not asked", in every output.

use crate::cli::answers::more;
use crate::support::Sandbox;
use serde_json::{Value, json};

/// A response with answers to all questions named here.
fn response() -> Value {
    let answers = r#""history":["keloid"],"pregnancy":{"unknown":"declined"},"sun":"sun-2""#;
    let sandbox = Sandbox::with("a.json", more(answers));
    let response = sandbox.run("fhir response a.json").stdout_has(["{"]).check().stdout;
    serde_json::from_str(&response).expect("JSON")
}

/// The item with this `linkId`.
fn item<'v>(value: &'v mut Value, link_id: &str) -> &'v mut Value {
    fn find<'v>(items: &'v mut [Value], link_id: &str) -> Option<&'v mut Value> {
        items.iter_mut().find_map(|item| {
            if item["linkId"] == link_id {
                return Some(item);
            }
            find(item.get_mut("item")?.as_array_mut()?, link_id)
        })
    }
    find(value["item"].as_array_mut().expect("items"), link_id).unwrap_or_else(|| panic!("no item {link_id}"))
}

/// Imports with `--lenient` and returns the answers file.
fn import(response: &Value) -> Value {
    let sandbox = Sandbox::with("r.json", response.to_string());
    let file = sandbox.run("fhir import r.json --lenient").stdout_has(["{"]).stderr_has(["note: "]).check().stdout;
    serde_json::from_str(&file).expect("an answers file")
}

/// Checks that an import without `--lenient` prints nothing and names these places.
fn refused(response: &Value, place: &str) {
    for option in ["", "--strict"] {
        let sandbox = Sandbox::with("r.json", response.to_string());
        let hint = "hint: correct the response, or run it with --lenient";
        sandbox.run(&format!("fhir import r.json {option}")).code(2).stderr_has([place, hint]).check();
    }
}

/// Returns one copy in a format.
fn page(file: &Value, format: &str, copy: &str) -> String {
    let sandbox = Sandbox::with("a.json", file.to_string());
    let options = format!("summarize a.json --stdout --format {format} --copy {copy}");
    sandbox.run(&options).stdout_has([""]).stderr_any().check().stdout
}

/// Returns the text of a page on one line, without markup, quotation marks and brackets.
fn plain(page: &str) -> String {
    let mut text = String::new();
    let mut in_tag = false;
    for c in page.chars() {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            '\\' | '*' | '“' | '”' | '[' | ']' => {}
            _ if !in_tag => text.push(c),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Checks that both copies print these words in every format for reading, and never list the titles as not asked.
fn printed(file: &Value, words: &[&str], titles: &[&str]) {
    for copy in ["patient", "clinician"] {
        for format in ["text", "markdown", "html"] {
            let text = plain(&page(file, format, copy));
            for word in words {
                assert!(text.contains(word), "{copy} {format} lacks {word:?}\n{text}");
            }
            // Questions that were not asked are a list with semicolons.
            for title in titles {
                for listed in [format!("; {title}"), format!("Not asked: {title}"), format!("Not asked {title}")] {
                    assert!(!text.contains(&listed), "{copy} {format} has {title:?} as not asked\n{text}");
                }
            }
        }
    }
}

/// Returns the record of a question in the summary's JSON.
fn record(file: &Value, question: &str) -> Value {
    let summary: Value = serde_json::from_str(&page(file, "json", "clinician")).expect("JSON");
    let records = summary["answers"].as_array().expect("a list");
    records.iter().find(|record| record["question"] == question).expect("a record").clone()
}

/// Checks that the answers survive an export and a second import, which has nothing to report.
fn survives(file: &Value) {
    let sandbox = Sandbox::with("a.json", file.to_string());
    let response = sandbox.run("fhir response a.json").stdout_has(["{"]).check().stdout;
    let back = sandbox.run("fhir import").stdin(response).stdout_has(["{"]).check().stdout;
    let back: Value = serde_json::from_str(&back).expect("an answers file");
    assert_eq!(back["answers"], file["answers"]);
    assert_eq!(back.get("unassigned"), file.get("unassigned"));
}

#[test]
fn none_beside_a_disease_could_not_be_read() {
    let mut response = response();
    let history = item(&mut response, "history");
    let mut none = history["answer"][0].clone();
    none["valueCoding"]["code"] = json!("history.none");
    none["valueCoding"]["display"] = json!("None of these");
    history["answer"].as_array_mut().expect("answers").push(none);
    let keloid = history["answer"][0]["valueCoding"]["display"].as_str().expect("a text").to_owned();
    refused(&response, "[exclusive]: $.item");
    let file = import(&response);
    let words = format!("{keloid}; None of these");
    assert_eq!(file["answers"]["history"], json!({ "unknown": "unreadable", "text": words }));
    printed(&file, &["Could not be read", &words], &["Health history"]);
    let expected = json!({
        "question": "history", "title": "Health history", "state": "unreadable", "free_text": words,
        "text": format!("Could not be read: {words}"),
    });
    assert_eq!(record(&file, "history"), expected);
    survives(&file);
}

#[test]
fn an_item_without_link_id_could_not_be_assigned() {
    let mut response = response();
    let sun = item(&mut response, "sun");
    sun.as_object_mut().expect("an item").shift_remove("linkId");
    sun["text"] = json!("Sunburn?");
    sun["answer"] = json!([{ "valueString": "burns at once" }]);
    refused(&response, "[unknown-link-id]: $.item");
    let file = import(&response);
    assert_eq!(file["unassigned"], json!(["Sunburn?: burns at once"]));
    assert!(file["answers"].get("sun").is_none());
    printed(&file, &["Could not be assigned", "Sunburn?: burns at once"], &[]);
    let summary: Value = serde_json::from_str(&page(&file, "json", "patient")).expect("JSON");
    assert_eq!(summary["unassigned"], json!(["Sunburn?: burns at once"]));
    let sandbox = Sandbox::with("a.json", file.to_string());
    sandbox.run("explain a.json").stdout_has(["unassigned", "“Sunburn?: burns at once”"]).check();
    survives(&file);
}

#[test]
fn asked_declined_as_a_coding_could_not_be_read() {
    let mut response = response();
    let pregnancy = item(&mut response, "pregnancy");
    pregnancy.as_object_mut().expect("an item").shift_remove("extension");
    let system = "http://terminology.hl7.org/CodeSystem/data-absent-reason";
    pregnancy["answer"] = json!([{ "valueCoding": { "system": system, "code": "asked-declined" } }]);
    refused(&response, ".valueCoding.system: the option has another code system");
    let file = import(&response);
    assert_eq!(file["answers"]["pregnancy"], json!({ "unknown": "unreadable", "text": "asked-declined" }));
    printed(&file, &["Could not be read", "asked-declined"], &["Pregnan"]);
    assert_eq!(record(&file, "pregnancy")["text"], "Could not be read: asked-declined");
    let sandbox = Sandbox::with("a.json", file.to_string());
    sandbox.run("explain a.json").stdout_has(["pregnancy: Could not be read: asked-declined"]).check();
    let written = sandbox.run("fhir response a.json").stdout_has(["{"]).check().stdout;
    let mut written: Value = serde_json::from_str(&written).expect("JSON");
    let extensions = item(&mut written, "pregnancy")["extension"].clone();
    assert_eq!(extensions[0]["valueCode"], "error");
    assert_eq!(extensions[1]["valueString"], "asked-declined");
    survives(&file);
}

#[test]
fn a_batch_and_a_single_summary_agree_on_unreadable_answers() {
    let answers = r#""history":{"unknown":"unreadable","text":"a \"quote\" and \u001b[31m"},"sun":{"unknown":"unreadable"},
        "area":{"acne-scars":{"unknown":"unreadable","text":"left"}},"questions":{"unknown":"unreadable","text":"Why?"}"#;
    let mut file: Value = serde_json::from_str(&more(answers)).expect("JSON");
    file["answers"]["skin-health"] = json!({ "unknown": "unreadable", "text": "so-so" });
    file["answers"]["severity"] = json!({ "acne-scars": { "unknown": "unreadable" } });
    file["unassigned"] = json!(["nickel: rash", "\u{202e}x"]);
    let sandbox = Sandbox::new();
    let done =
        sandbox.run("batch").stdin(format!("{file}\n")).stdout_has(["summary"]).stderr_has(["1 record"]).check().stdout;
    let line: Value = serde_json::from_str(&done).expect("JSON");
    let single: Value = serde_json::from_str(&page(&file, "json", "patient")).expect("JSON");
    assert_eq!(line["summary"], single);
    assert_eq!(single["questions"], json!({ "state": "unreadable", "free_text": "Why?" }));
    assert_eq!(single["unassigned"], json!(["nickel: rash", "x"]));
    assert_eq!(record(&file, "history")["free_text"], "a \"quote\" and ␛[31m");
    assert_eq!(record(&file, "severity")["state"], "unreadable");
    assert_eq!(single["variability"][0]["answers"][0]["text"], "Acne scars (dents): Could not be read");
    printed(&file, &["read: left", "read: so-so", "read: Why?", "nickel: rash"], &["Health history"]);
}

#[test]
fn answers_that_depend_on_an_unreadable_one_are_kept() {
    let mut response = response();
    item(&mut response, "more")["answer"] = json!([{ "valueString": "perhaps" }]);
    let file = import(&response);
    assert_eq!(file["answers"]["more"], json!({ "unknown": "unreadable", "text": "perhaps" }));
    assert_eq!(file["answers"]["history"], json!(["keloid"]));
    assert_eq!(file.get("unassigned"), None);
    printed(&file, &["read: perhaps"], &["Health history"]);
    survives(&file);
    // A person can still answer it; the rest is kept.
    let sandbox = Sandbox::with("a.json", file.to_string());
    let replies = format!("yes\n{}/done\n", "/skip\n".repeat(15));
    let options = "ask --answers a.json --date 2026-11-22 --format answers --out .";
    sandbox.run(options).stdin(replies).stdout_has([".json"]).stderr_any().check();
}

#[test]
fn concerns_have_to_be_readable() {
    let mut response = response();
    item(&mut response, "concerns")["answer"] = json!([{ "valueString": "scars" }]);
    let sandbox = Sandbox::with("r.json", response.to_string());
    let why = "the answer to `concerns` could not be read, and no summary can be made without it";
    sandbox.run("fhir import r.json --lenient").code(2).stderr_has(["[required]: $.item[0]", why]).check();
    let file =
        more(r#""sun":"sun-2""#).replace(r#""concerns":["acne-scars"]"#, r#""concerns":{"unknown":"unreadable"}"#);
    let sandbox = Sandbox::with("a.json", file);
    sandbox.run("summarize a.json").code(2).stderr_has(["[required]: $.answers.concerns"]).check();
}

#[test]
fn a_part_of_a_list_that_could_not_be_read_is_printed_too() {
    let mut response = response();
    let history = item(&mut response, "history");
    let mut other = history["answer"][0].clone();
    other["valueCoding"]["code"] = json!("history.lupus");
    other["valueCoding"]["display"] = json!("Lupus");
    history["answer"].as_array_mut().expect("answers").push(other);
    let file = import(&response);
    assert_eq!(file["answers"]["history"], json!(["keloid"]));
    assert_eq!(file["unassigned"], json!(["Health history: Lupus (history.lupus)"]));
    // "None" is never the answer if something beside it could not be read.
    item(&mut response, "history")["answer"][0]["valueCoding"]["code"] = json!("history.none");
    assert_eq!(import(&response)["answers"]["history"]["unknown"], "unreadable");
    let absent =
        json!([{ "url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "masked" }]);
    for other in [json!({}), json!(7), json!({ "extension": absent }), json!({ "valueCoding": {} })] {
        item(&mut response, "history")["answer"][1] = other.clone();
        assert_eq!(import(&response)["answers"]["history"]["unknown"], "unreadable", "{other}");
    }
    // What has no words is named by its place.
    item(&mut response, "history")["answer"][0]["valueCoding"]["code"] = json!("history.keloid");
    let unassigned = import(&response)["unassigned"].to_string();
    assert!(unassigned.contains("Health history: $.item") && unassigned.contains(".valueCoding"), "{unassigned}");
}

#[test]
fn words_of_an_unreadable_answer_have_a_limit() {
    let mut response = response();
    item(&mut response, "sun")["answer"] = json!([{ "valueString": "é".repeat(5000) }]);
    let file = import(&response);
    let words = file["answers"]["sun"]["text"].as_str().expect("a text");
    assert_eq!((words.chars().count(), words.ends_with("é…")), (4000, true));
    survives(&file);
    let file = more(&format!(r#""sun":{{"unknown":"unreadable","text":"{}"}}"#, "x".repeat(4001)));
    let sandbox = Sandbox::with("a.json", file);
    sandbox.run("summarize a.json").code(2).stderr_has(["[too-long]: $.answers.sun"]).check();
}

#[test]
fn what_an_import_could_not_assign_survives_an_interrupted_interview() {
    let mut file: Value = serde_json::from_str(&more(r#""sun":"sun-2""#)).expect("JSON");
    file["unassigned"] = json!(["nickel: rash"]);
    let sandbox = Sandbox::with("a.json", file.to_string());
    sandbox.run("ask --answers a.json --date 2026-11-22").stdin("face\n").code(2).stderr_any().check();
    let options = "ask --resume --format text --out .";
    let done = sandbox.run(options).stdin("/review\n/done\n").stdout_has([".txt"]).stderr_any().check();
    let page = sandbox.read(done.stdout.trim());
    assert!(page.contains("Could not be assigned: “nickel: rash”"), "{page}");
}

#[test]
fn content_in_a_place_that_is_not_read_is_unreadable_and_not_absent() {
    for field in ["answers", "Answer", "_answer", "valueString"] {
        let mut damaged = response();
        let item = item(&mut damaged, "history").as_object_mut().expect("an item");
        let answer = item.remove("answer").expect("an answer");
        item.insert(field.to_owned(), answer);
        refused(&damaged, &format!(".{field}"));
        let file = import(&damaged);
        assert_eq!(file["answers"]["history"], json!({ "unknown": "unreadable" }), "{field}");
        printed(&file, &["Health history", "Could not be read"], &["Health history"]);
    }
}

/// Checks that the page never claims that a question was not asked, and that a summary can be made.
fn nothing_is_not_asked(file: &Value) {
    for copy in ["patient", "clinician"] {
        let text = plain(&page(file, "text", copy));
        assert!(!text.contains("Not asked"), "{copy}\n{text}");
        assert!(text.contains("No answer came with the form"), "{copy}\n{text}");
    }
}

#[test]
fn what_stands_in_the_place_of_an_item_could_not_be_assigned() {
    // A plain text, in the place of a question.
    let mut damaged = response();
    *item(&mut damaged, "sun") = json!("burns at once");
    refused(&damaged, "[wrong-type]: $.item");
    let file = import(&damaged);
    assert_eq!(file["unassigned"], json!(["burns at once"]));
    printed(&file, &["Could not be assigned", "burns at once"], &[]);
    nothing_is_not_asked(&file);
    survives(&file);
    // A section, with which its questions are gone.
    let section = "section:for-your-professional";
    for (becomes, place, words) in [
        (json!("sun, history"), "$.item[1]", "sun, history"),
        (Value::Null, "$.item[1]", "$.item[1]"),
        (json!([["x"]]), "$.item[1]", "$.item[1]"),
        (json!({ "linkId": section, "item": "good" }), "$.item[1].item", "good"),
        (json!({ "linkId": section, "items": [{ "linkId": "sun" }] }), "$.item[1].items", section),
    ] {
        let mut damaged = response();
        assert_eq!(damaged["item"][1]["linkId"], section);
        damaged["item"][1] = becomes.clone();
        refused(&damaged, &format!("]: {place}"));
        let file = import(&damaged);
        assert_eq!(file["unassigned"], json!([words]), "{becomes}");
        assert!(file["answers"].get("history").is_none(), "{becomes}");
        printed(&file, &["Could not be assigned", &words.replace(['[', ']'], "")], &[]);
        nothing_is_not_asked(&file);
        survives(&file);
    }
}

#[test]
fn a_state_without_a_question_could_not_be_assigned() {
    let mut damaged = response();
    let pregnancy = item(&mut damaged, "pregnancy").as_object_mut().expect("an item");
    pregnancy.shift_remove("linkId");
    pregnancy.insert("text".to_owned(), json!("Pregnant?"));
    refused(&damaged, "[unknown-link-id]: $.item");
    let file = import(&damaged);
    assert_eq!(file["unassigned"], json!(["Pregnant?: I'd rather not say"]));
    nothing_is_not_asked(&file);
    survives(&file);
    // A reason that no answer has is kept with its code.
    item(&mut damaged, "sun")["linkId"] = json!("sunn");
    let sun = item(&mut damaged, "sunn").as_object_mut().expect("an item");
    sun.shift_remove("answer");
    let reason = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";
    sun.insert("extension".to_owned(), json!([{ "url": reason, "valueCode": "masked" }]));
    assert!(import(&damaged)["unassigned"].to_string().contains("Could not be read: masked"));
}

#[test]
fn every_file_of_an_import_can_be_summarised() {
    for gone in ["skin-health", "severity", "treatments-had", "more"] {
        for has_answer in [true, false] {
            let mut damaged = response();
            let item = item(&mut damaged, gone);
            if has_answer {
                item.as_object_mut().expect("an item").shift_remove("linkId");
            } else {
                *item = json!({ "linkId": gone });
            }
            if gone == "severity" {
                *item = json!({ "linkId": "severity" });
            }
            refused(&damaged, &format!("[missing-answer]: $: the question `{gone}` must be answered"));
            let file = import(&damaged);
            let answer = &file["answers"][gone];
            let answer = if gone == "severity" { &answer["acne-scars"] } else { answer };
            assert_eq!(*answer, json!({ "unknown": "unreadable" }), "{gone}");
            assert_eq!(file["answers"]["history"], json!(["keloid"]), "{gone}");
            printed(&file, &["Could not be read"], &["Health history"]);
            survives(&file);
        }
    }
}

#[test]
fn concerns_have_to_be_there() {
    let why = "there is no answer to `concerns`, and no summary can be made without it";
    let mut without = response();
    *item(&mut without, "concerns") = json!({ "linkId": "concerns" });
    let mut unnamed = response();
    item(&mut unnamed, "concerns").as_object_mut().expect("an item").shift_remove("linkId");
    let (mut empty, mut itemless) = (response(), response());
    empty["item"] = json!([]);
    itemless.as_object_mut().expect("a response").shift_remove("item");
    for response in [without, unnamed, empty, itemless] {
        let sandbox = Sandbox::with("r.json", response.to_string());
        for option in ["", "--lenient"] {
            sandbox.run(&format!("fhir import r.json {option}")).code(2).stderr_has(["[required]: $: ", why]).check();
        }
    }
}
