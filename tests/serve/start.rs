//! The start and the end of the server, and its first page.

use super::{SHORT, answer_short, drafts};
use crate::support::Sandbox;
use crate::support::web::{WebServer, exchange};
use std::time::Duration;

#[test]
fn a_patient_answers_and_the_summary_is_written() {
    let sandbox = Sandbox::new();
    let server = WebServer::start(&sandbox, ["--format", "text,answers", "--date", "2026-11-22"]);
    let mut client = server.client();
    client.open("/").has(["<h1>", "English", "Español", "Start · Empezar", "name=\"lang\""]);
    let review = answer_short(&mut client);
    review.has(["Your answers", "Dull skin", "href=\"/question/skin-health\"", "Finish and hand in"]);
    let done = client.send("/check", &[("go", "continue")]);
    assert_eq!(done.path, "/done");
    done.has(["Thank you", "Next patient"]).lacks("Dull skin");
    assert_eq!(done.header("clear-site-data"), Some("\"cache\", \"cookies\", \"storage\""));
    assert!(client.cookies.is_empty(), "{:?}", client.cookies);
    let names = sandbox.outputs();
    assert_eq!(names.len(), 2, "{names:?}");
    assert!(names.iter().all(|name| name.starts_with("2026-11-22-")), "{names:?}");
    assert!(sandbox.read(&names[0]).contains("\"dull-complexion\""));
    assert_eq!(client.open("/check").path, "/");
    client.open("/").has(["Start · Empezar"]).lacks("not finished");
    let output = server.stop();
    assert_eq!((output.code, output.stdout.as_str()), (Some(0), ""));
    assert_eq!(output.stderr, "an interview was finished; files written in the current folder: 2\n");
}

#[test]
fn the_language_on_the_first_page_holds_to_the_end() {
    let sandbox = Sandbox::new();
    let server = WebServer::start(&sandbox, ["--format", "answers"]);
    let mut client = server.client();
    let page = client.start("es");
    page.has(["<html lang=\"es\" dir=\"ltr\">", "Continuar", "Sobre este formulario"]);
    for (path, answer) in SHORT {
        client.send(path, &[("answer", answer)]).has(["<html lang=\"es\""]);
    }
    client.send("/check", &[("go", "continue")]).has(["Gracias"]);
    assert!(sandbox.read(&sandbox.outputs()[0]).contains("\"language\": \"es\""));
    // Before a language is chosen, the page follows the browser.
    client.headers = vec!["Accept-Language: de, es-MX;q=0.8, en;q=0.5".to_owned()];
    client.open("/").has(["<html lang=\"es\"", "value=\"es\" checked"]);
    client.headers = vec!["Accept-Language: de".to_owned()];
    client.open("/").has(["<html lang=\"en\""]);
}

#[test]
fn a_language_on_the_command_line_is_the_only_one() {
    let sandbox = Sandbox::new();
    let server = WebServer::start(&sandbox, ["--lang", "es"]);
    let mut client = server.client();
    client.open("/").has(["<html lang=\"es\"", ">Empezar<"]).lacks("name=\"lang\"");
    client.start("en").has(["<html lang=\"es\""]);
}

#[test]
fn another_address_than_this_machine_needs_a_certificate() {
    let sandbox = Sandbox::new();
    let hint = "hint: name a certificate with --tls-cert and --tls-key; `preconsult serve certificate DIR --host NAME` makes one\n";
    sandbox
        .run("serve --listen 0.0.0.0:0")
        .code(2)
        .stderr(format!(
            "error: 0.0.0.0:0 can be reached from other machines, and answers about health are not sent in the clear\n{hint}"
        ))
        .check();
    let server = WebServer::start(&sandbox, []);
    sandbox
        .run(&format!("serve --listen {}", server.host))
        .code(1)
        .stderr_has(["another program listens there"])
        .check();
    sandbox.run("serve --out nowhere").code(1).stderr_has(["nowhere", "mkdir"]).check();
    sandbox.run("serve --idle 5").code(2).stderr_has(["--idle"]).check();
}

#[test]
fn a_signal_ends_the_server_after_the_requests_in_flight() {
    for signal in ["TERM", "INT"] {
        let sandbox = Sandbox::new();
        let mut server = WebServer::start(&sandbox, []);
        let mut client = server.client();
        client.start("en");
        client.send(SHORT[0].0, &[("answer", SHORT[0].1)]);
        crate::support::run::send_signal(signal, server.child.id());
        assert_eq!(server.child.wait().expect("the program ends").code(), Some(0), "{signal}");
        assert_eq!(drafts(&sandbox), ["1"]);
    }
}

#[test]
fn the_server_says_that_it_is_up() {
    let sandbox = Sandbox::new();
    let server = WebServer::start(&sandbox, ["--host", "tablet.example"]);
    let page = server.client().get("/healthz");
    assert_eq!((page.status, page.body.as_str()), (200, "ok"));
    for (host, status) in [
        (server.host.as_str(), 200),
        ("localhost:1", 200),
        ("TABLET.example", 200),
        ("127.0.0.1", 200),
        ("evil.example", 421),
        ("127.0.0.1.evil.example", 421),
        ("", 421),
    ] {
        let request = format!("GET /healthz HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        assert_eq!(exchange(&server.host, &request, host).status, status, "{host:?}");
    }
    let absolute = "GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    assert_eq!(exchange(&server.host, absolute, "absolute").status, 421);
}

#[test]
fn the_next_patient_can_leave_an_unfinished_interview_alone() {
    let sandbox = Sandbox::new();
    let server = WebServer::start(&sandbox, []);
    let mut client = server.client();
    client.start("en");
    client.send(SHORT[0].0, &[("answer", SHORT[0].1)]);
    let page = client.open("/");
    page.has([
        "An interview was started but not finished",
        "href=\"/question/severity/dull-complexion\"",
        "Start a new one",
    ]);
    page.lacks("Dull skin");
    let page = client.send("/", &[("lang", "en")]);
    assert_eq!(page.path, SHORT[0].0);
    page.lacks("checked");
    std::thread::sleep(Duration::from_millis(1));
    assert_eq!(server.stop().code, Some(0));
    assert_eq!(drafts(&sandbox), ["1"]);
}
