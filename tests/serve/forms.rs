//! What a form may hold, and the messages about what it may not.

use super::{error_of, everything};
use crate::support::Sandbox;
use crate::support::web::WebServer;
use serde_json::json;

/// Answers a question of the pack with every kind, and returns the path that the form leads to and its error.
fn send(client: &mut crate::support::web::WebClient, path: &str, fields: &[(&str, &str)]) -> (String, String) {
    let page = client.send(path, fields);
    (page.path.clone(), error_of(&page))
}

#[test]
fn every_kind_of_question_refuses_what_does_not_fit_and_keeps_it() {
    let sandbox = Sandbox::new();
    let server = everything(&sandbox);
    let mut client = server.client();
    assert_eq!(client.start("en").path, "/question/goals");
    for (path, fields, error) in [
        ("/question/goals", &[][..], "Nothing was chosen. Choose at least one option."),
        ("/question/goals", &[("answer", "pests"), ("answer", "not-sure")], "“I am not sure”"),
        ("/question/goals", &[("answer", "_skip")], "This question needs an answer and cannot be skipped."),
        ("/question/goals", &[("answer", "unicorns")], "“unicorns” is not one of the choices."),
    ] {
        let (shown, found) = send(&mut client, path, fields);
        assert_eq!(shown, path);
        assert!(found.contains(error), "{fields:?}: {found}");
    }
    assert_eq!(
        send(&mut client, "/question/goals", &[("answer", "pests"), ("answer", "frost")]).0,
        "/question/trouble/pests"
    );
    let (path, error) = send(&mut client, "/question/trouble/pests", &[("answer", "mild"), ("answer", "bad")]);
    assert_eq!(
        (path.as_str(), error.as_str()),
        ("/question/trouble/pests", "Only one option is allowed here. Choose one.")
    );
    send(&mut client, "/question/trouble/pests", &[("answer", "mild")]);
    send(&mut client, "/question/trouble/frost", &[("answer", "bad")]);
    for (answers, error) in [
        (&["many"][..], "That is not a number. Type digits, such as 12 or 7.5."),
        (&["1.5"], "Give a value from 1 to 500. Whole numbers only."),
        (&["501"], "Give a value from 1 to 500. Whole numbers only."),
        (&[""], "Nothing was typed. Type an answer, or choose “Skip this question”."),
        (&["5", "_skip"], "“Skip this question” cannot be combined with other options."),
        (&["", "_skip", "_decline"], "cannot be combined"),
    ] {
        let fields: Vec<(&str, &str)> = answers.iter().map(|answer| ("answer", *answer)).collect();
        let page = client.send("/question/pots", &fields);
        assert!(error_of(&page).contains(error), "{answers:?}: {}", error_of(&page));
        page.has([&format!("name=\"answer\" value=\"{}\"", answers[0])]);
    }
    assert_eq!(send(&mut client, "/question/pots", &[("answer", "5")]).0, "/question/indoors");
    assert_eq!(send(&mut client, "/question/indoors", &[("answer", "yes")]).0, "/question/where/pests");
    send(&mut client, "/question/where/pests", &[("answer", "_skip")]);
    assert_eq!(send(&mut client, "/question/where/frost", &[("answer", "_decline")]).0, "/question/water");
    for (fields, error) in [
        (&[("answer", "2")][..], "Nothing was chosen. Choose one option."),
        (&[("answer", "two"), ("unit", "cups")], "That is not a number."),
        (&[("answer", "21"), ("unit", "cups")], "Give a value from 0 to 20."),
        (&[("answer", ""), ("unit", "cups")], "Nothing was typed."),
    ] {
        let (_, found) = send(&mut client, "/question/water", fields);
        assert!(found.contains(error), "{fields:?}: {found}");
    }
    // A unit alone is no answer, so that it does not stand in the way of skipping.
    assert_eq!(send(&mut client, "/question/water", &[("answer", "2.50"), ("unit", "cups")]).0, "/question/planted");
    for (date, error) in
        [("22.11.2026", "That is not a date."), ("1999-12-31", "Give a value from 2000-01-01 to 2040-12-31.")]
    {
        let page = client.send("/question/planted", &[("answer", date)]);
        assert!(error_of(&page).contains(error), "{date}");
        page.has([&format!("value=\"{date}\"")]);
    }
    assert_eq!(send(&mut client, "/question/planted", &[("answer", "2005-03-17")]).0, "/question/ph");
    assert_eq!(send(&mut client, "/question/ph", &[("answer", "_skip")]).0, "/question/tools");
    let long = "é".repeat(81);
    let page = client.send("/question/tools", &[("answer", "rake"), ("text", &long)]);
    assert_eq!(error_of(&page), "The text has 81 characters; the limit is 80. Please shorten it.");
    page.has([&long, "value=\"rake\" checked"]);
    let (_, error) = send(&mut client, "/question/tools", &[("text", "a hoe")]);
    assert_eq!(error, "Nothing was chosen. Choose at least one option, or “Skip this question”.");
    let (_, error) = send(&mut client, "/question/tools", &[("answer", "_skip"), ("text", "a hoe")]);
    assert!(error.contains("cannot be combined"), "{error}");
    assert_eq!(send(&mut client, "/question/tools", &[("answer", "rake"), ("text", " a hoe ")]).0, "/question/big");
    let hostile = "<script>\r\n\"'&\u{1b}[31m";
    let page = client.send("/question/big", &[("answer", hostile), ("answer", "_skip")]);
    page.lacks("<script>\n").lacks("\u{1b}");
    assert_eq!(send(&mut client, "/question/big", &[("answer", hostile)]).0, "/question/old");
    send(&mut client, "/question/old", &[("answer", "_skip")]);
    send(&mut client, "/question/ask", &[("answer", ""), ("answer", "_decline")]);
    send(&mut client, "/question/name", &[("answer", "Rosa")]);
    let page = client.send("/question/asks", &[("answer", "nothing")]);
    assert_eq!(page.path, "/check");
    page.has(["2.50 cups", "2005-03-17", "&lt;script&gt;", "Skipped", "I'd rather not say"]);
    assert_eq!(client.send("/check", &[]).path, "/done");
    let answers = sandbox.outputs().into_iter().find(|name| name.ends_with("answers.json")).expect("an answers file");
    let answers: serde_json::Value = serde_json::from_str(&sandbox.read(&answers)).expect("JSON");
    let unknown = |reason: &str| json!({ "unknown": reason });
    for (question, expected) in [
        ("water", json!({ "value": "2.50", "unit": "cups" })),
        ("tools", json!({ "chosen": ["rake"], "text": "a hoe" })),
        ("where", json!({ "pests": unknown("skipped"), "frost": unknown("declined") })),
        ("big", json!("<script>\n\"'&\u{1b}[31m")),
        ("asks", json!(["nothing"])),
    ] {
        let found = &answers["answers"][question];
        // A number keeps its digits.
        let found = if question == "water" {
            &json!({ "value": found["value"].to_string(), "unit": found["unit"] })
        } else {
            found
        };
        assert_eq!(*found, expected, "{question}");
    }
}

#[test]
fn an_earlier_answer_is_shown_and_sent_unchanged() {
    let sandbox = Sandbox::new();
    let server = WebServer::start(&sandbox, ["--format", "answers"]);
    let mut client = server.client();
    super::answer_short(&mut client);
    client.open("/question/skin-health").has(["value=\"good\" checked"]);
    client.open("/question/concerns").has(["value=\"dull-complexion\" checked"]);
    let page = client.send("/question/concerns", &[("answer", "dull-complexion")]);
    assert_eq!(page.path, "/check");
}

#[test]
fn nothing_is_preselected() {
    let sandbox = Sandbox::new();
    let server = WebServer::start(&sandbox, []);
    let mut client = server.client();
    client.start("en").lacks("checked");
    for (path, answer) in super::SHORT {
        client.open(path).lacks("checked");
        client.send(path, &[("answer", answer)]);
    }
}

#[test]
fn larger_text_stays_and_keeps_what_was_typed() {
    let sandbox = Sandbox::new();
    let server = WebServer::start(&sandbox, []);
    let mut client = server.client();
    client.open("/");
    client.send("/text-size", &[("size", "large"), ("page", "/")]).has(["class=\"large\"", "Ordinary text"]);
    client.start("en").has(["class=\"large\""]);
    let fields = [("answer", "redness"), ("size", "ordinary"), ("page", "/question/concerns")];
    let page = client.send("/text-size", &fields);
    page.has(["value=\"redness\" checked", "Larger text"]).lacks("class=\"large\"");
    assert_eq!(page.path, "/question/concerns");
    // The page is one of this server.
    for elsewhere in ["//evil.example", "https://evil.example", "/\\evil.example", ""] {
        let page = client.post("/text-size", &[("size", "large"), ("page", elsewhere)]);
        assert_eq!(page.header("location"), Some("/"), "{elsewhere}");
    }
}
