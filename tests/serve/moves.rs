//! Back, changes from the review, several tabs, and forms that are sent late or twice.

use super::{SHORT, answer_short, drafts};
use crate::support::Sandbox;
use crate::support::web::WebServer;

#[test]
fn back_keeps_what_was_ticked_and_answers_nothing() {
    let sandbox = Sandbox::new();
    let server = WebServer::start(&sandbox, []);
    let mut client = server.client();
    client.start("en").lacks("value=\"back\"");
    client.send(SHORT[0].0, &[("answer", "redness")]);
    let page = client.send("/question/severity/redness", &[("answer", "mild"), ("go", "back")]);
    assert_eq!(page.path, SHORT[0].0);
    let page = client.send(SHORT[0].0, &[("answer", "redness")]);
    assert_eq!(page.path, "/question/severity/redness");
    page.has(["value=\"mild\" checked"]);
    // The first question has no way back.
    assert_eq!(client.send(SHORT[0].0, &[("go", "back")]).path, SHORT[0].0);
    client.open("/check").has(["[not answered yet]", "questions need an answer"]);
}

#[test]
fn a_change_from_the_review_returns_there() {
    let sandbox = Sandbox::new();
    let server = WebServer::start(&sandbox, []);
    let mut client = server.client();
    answer_short(&mut client);
    client.open("/question/skin-health");
    let page = client.send("/question/skin-health", &[("answer", "unsure")]);
    assert_eq!(page.path, "/check");
    client.open("/question/skin-health");
    let page = client.send("/question/skin-health", &[("answer", "good"), ("go", "back")]);
    assert_eq!(page.path, "/check");
    client.open("/question/skin-health").has(["value=\"unsure\" checked"]);
    // From the review, Back leads to the last question.
    client.open("/check");
    assert_eq!(client.send("/check", &[("go", "back")]).path, "/question/more");
}

#[test]
fn what_is_open_is_said_first_and_a_required_answer_is_asked_for() {
    let sandbox = Sandbox::new();
    let server = WebServer::start(&sandbox, []);
    let mut client = server.client();
    client.start("en");
    client.open("/check").has(["need an answer before you can finish"]);
    let page = client.send("/check", &[("go", "continue")]);
    assert_eq!(page.path, "/check");
    assert!(page.title().starts_with("Error: "), "{}", page.title());
    page.has(["This question still needs an answer.", "href=\"/question/concerns\""]);
    assert!(sandbox.outputs().is_empty());
}

#[test]
fn the_answer_that_was_sent_last_stands() {
    let sandbox = Sandbox::new();
    let server = WebServer::start(&sandbox, ["--format", "answers"]);
    let mut first = server.client();
    first.start("en");
    let mut second = first.clone();
    // A double click on Continue.
    for _ in 0..2 {
        assert_eq!(first.send(SHORT[0].0, &[("answer", "redness")]).path, "/question/severity/redness");
    }
    // The other tab still shows the first question.
    assert_eq!(second.send(SHORT[0].0, &[("answer", "dull-complexion")]).path, SHORT[1].0);
    // A form for a question that the change has taken away, and one that never was.
    for path in [
        "/question/severity/redness",
        "/question/unicorns",
        "/question/severity/dull-complexion/x",
        "/question/concerns/x",
    ] {
        let page = first.post(path, &[("answer", "mild"), ("go", "continue")]);
        assert!([303, 404].contains(&page.status), "{path}: {}", page.status);
        if page.status == 303 {
            assert_eq!(page.header("location"), Some(SHORT[1].0), "{path}");
        }
    }
    assert_eq!(first.get("/question/severity/redness").header("location"), Some(SHORT[1].0));
    for (path, answer) in &SHORT[1..] {
        first.send(path, &[("answer", answer)]);
    }
    // A double click on the last button, and on Back after the end.
    let mut late = first.clone();
    assert_eq!(first.send("/check", &[]).path, "/done");
    assert_eq!(late.send("/check", &[]).path, "/done");
    assert_eq!(late.open("/question/concerns").path, "/");
    let names = sandbox.outputs();
    assert_eq!(names.len(), 1, "{names:?}");
    let answers = sandbox.read(&names[0]);
    assert!(answers.contains("dull-complexion") && !answers.contains("redness"), "{answers}");
}

#[test]
fn a_form_of_an_earlier_patient_changes_nothing() {
    let sandbox = Sandbox::new();
    let server = WebServer::start(&sandbox, []);
    let mut earlier = server.client();
    earlier.start("en");
    let stale_token = earlier.token.clone();
    let mut next = earlier.clone();
    next.start("en");
    next.token = stale_token;
    let page = next.send(SHORT[0].0, &[("answer", "redness")]);
    assert_eq!(page.path, SHORT[0].0);
    page.lacks("checked");
}

#[test]
fn a_second_click_on_start_begins_one_interview() {
    let sandbox = Sandbox::new();
    let server = WebServer::start(&sandbox, []);
    let mut client = server.client();
    client.open("/");
    let first_page = client.token.clone();
    client.send("/", &[("lang", "en")]);
    client.token = first_page;
    let page = client.send("/", &[("lang", "en")]);
    assert_eq!(page.path, SHORT[0].0);
    assert_eq!(client.send(SHORT[0].0, &[("answer", "redness")]).path, "/question/severity/redness");
    server.stop();
    assert_eq!(drafts(&sandbox), ["1"]);
}
