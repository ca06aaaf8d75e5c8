//! The lock after a while without a sign of the patient.

use super::{SHORT, error_of};
use crate::support::Sandbox;
use crate::support::web::{WebClient, WebServer};
use std::time::Duration;

/// The shortest time that the server accepts, and a little more.
const IDLE: Duration = Duration::from_secs(11);

fn locked(sandbox: &Sandbox) -> (WebServer, WebClient, String) {
    let server = WebServer::start(sandbox, ["--idle", "10", "--format", "answers"]);
    let mut client = server.client();
    let page = client.start("en");
    let code = page.between("<strong class=\"code\">", "</strong>").expect("a return code").to_owned();
    page.has(["Your return code:", "If nothing happens here for a minute"]);
    client.send(SHORT[0].0, &[("answer", "dull-complexion")]).lacks(&code);
    std::thread::sleep(IDLE);
    (server, client, code)
}

#[test]
fn an_idle_interview_is_locked_and_its_code_opens_it() {
    let sandbox = Sandbox::new();
    let (server, mut client, code) = locked(&sandbox);
    for path in ["/check", "/question/concerns", "/locked", "/done"] {
        let page = client.open(path);
        assert_eq!(page.path, "/locked", "{path}");
        page.has(["This page is locked", "name=\"code\""]).lacks("Dull").lacks(&code);
    }
    client.open("/").has(["href=\"/locked\""]);
    client.open("/locked");
    let page = client.send("/locked", &[("code", "????")]);
    assert_eq!(error_of(&page), "That is not your return code. Check it, and type it again.");
    // An answer from a page that was shown before is taken, and the page stays locked.
    let page = client.send(SHORT[1].0, &[("answer", "mild"), ("go", "continue")]);
    assert_eq!(page.path, "/locked");
    let page = client.send("/locked", &[("code", &format!(" {} ", code.to_lowercase()))]);
    assert_eq!(page.path, SHORT[2].0);
    client.open("/check").has(["Dull skin", "Mild"]);
    // With a sign of the patient it stays open.
    for _ in 0..3 {
        std::thread::sleep(IDLE / 2);
        client.post("/locked", &[("go", "stay"), ("page", "/check")]);
    }
    assert_eq!(client.open("/check").path, "/check");
    assert_eq!(server.stop().code, Some(0));
}

#[test]
fn wrong_codes_lead_to_a_pause_and_the_staff_can_continue() {
    let sandbox = Sandbox::new();
    let (_server, mut client, code) = locked(&sandbox);
    client.open("/locked");
    for _ in 0..6 {
        assert!(error_of(&client.send("/locked", &[("code", " ")])).starts_with("That is not your return code"));
    }
    for _ in 0..4 {
        assert!(error_of(&client.send("/locked", &[("code", "wrong")])).starts_with("That is not your return code"));
    }
    for code in ["wrong", &code] {
        let error = error_of(&client.send("/locked", &[("code", code)]));
        assert!(error.contains("Wait 5 minutes"), "{error}");
    }
    // An answer does not end the pause, and what is locked is not handed in.
    for (path, fields) in [(SHORT[0].0, [("answer", "dull-complexion")]), ("/check", [("go", "continue")])] {
        assert_eq!(client.send(path, &fields).path, "/locked");
        assert!(error_of(&client.send("/locked", &[("code", &code)])).contains("Wait 5 minutes"));
    }
    // The draft is free while the page is locked.
    sandbox
        .run("ask --plain --resume --format text")
        .stdin("mild\ngood\nnone\nno\n/done\n")
        .stdout_has([".txt"])
        .stderr_has(["1 question is answered"])
        .check();
}

#[test]
fn a_page_without_scripts_asks_before_it_is_locked() {
    let sandbox = Sandbox::new();
    let server = WebServer::start(&sandbox, ["--idle", "600"]);
    let mut client = server.client();
    client
        .start("en")
        .has(["<noscript><meta http-equiv=\"refresh\" content=\"540; url=/locked\">", "data-wait=\"540\""]);
    let page = client.open("/locked");
    page.has(["Are you still there?", "I am still here"]);
    assert!(page.header("refresh").is_some_and(|refresh| refresh.ends_with("; url=/locked")));
    assert_eq!(client.send("/locked", &[("go", "stay"), ("page", "/check")]).path, SHORT[0].0);
}
