//! Sending: exactly once despite failures, and never to the wrong server.

use super::sandbox;
use super::server::{Act, Server};
use crate::support::Sandbox;

/// A sandbox with a response in `r.json` and a document in `d.json`.
fn ready() -> Sandbox {
    let mut sandbox = sandbox();
    for (name, command) in [("r.json", "fhir response a.json"), ("d.json", "fhir document a.json")] {
        let printed = sandbox.run(command).stdout_has(["{"]).check().stdout;
        sandbox.file(name, printed);
    }
    sandbox
}

/// Checks that the server stores one resource, found no fault, and got this number of requests.
fn assert_once(server: &Server, requests: usize) {
    let seen = server.seen();
    assert_eq!(seen.faults, [""; 0]);
    assert_eq!((seen.stored.len(), seen.requests), (1, requests));
}

#[test]
fn a_response_and_a_document_are_created() {
    let sandbox = ready();
    let server = Server::new(None, []);
    let url = server.url();
    sandbox.run(&format!("fhir push {url} r.json")).stdout("created /fhir/QuestionnaireResponse/1\n").check();
    sandbox.run(&format!("fhir push {url}/ d.json")).stdout_has(["created /fhir/Bundle/1\n"]).check();
    let seen = server.seen();
    assert_eq!(seen.faults, [""; 0]);
    let sent: serde_json::Value = serde_json::from_str(&sandbox.read("d.json")).expect("JSON");
    let stored = seen.stored.values().find(|stored| stored["resourceType"] == "Bundle").expect("the document");
    assert_eq!((&stored["entry"], &stored["identifier"]), (&sent["entry"], &sent["identifier"]));
}

#[test]
fn a_second_push_creates_no_duplicate_and_says_so() {
    let sandbox = ready();
    let server = Server::new(None, []);
    let push = format!("fhir push {} r.json", server.url());
    sandbox.run(&push).stdout_has(["created "]).check();
    sandbox
        .run(&push)
        .stdout("there already /fhir/QuestionnaireResponse/1\n")
        .stderr_has([
            "note: the server already had it; nothing was created\nhint: if this is another patient",
            "--label",
        ])
        .check();
    assert_once(&server, 2);
    // With a different label it is another resource.
    let mut sandbox = sandbox;
    let other = sandbox.run("fhir response a.json --label B7").stdout_has(["{"]).check().stdout;
    sandbox.file("other.json", other);
    sandbox.run(&format!("fhir push {} other.json", server.url())).stdout_has(["created "]).check();
}

#[test]
fn a_busy_server_is_retried() {
    let sandbox = ready();
    let busy = [
        Act::Answer(500, "", "{}"),
        Act::Answer(429, "Retry-After: 1\r\n", ""),
        Act::Answer(503, "Retry-After: Wed, 21 Oct 2026 07:28:00 GMT\r\n", ""),
    ];
    let server = Server::new(None, busy);
    sandbox
        .run(&format!("fhir push {} r.json", server.url()))
        .stdout_has(["created "])
        .stderr(
            "note: the server answered 500 (internal server error); trying again in 0.25 s\n\
             note: the server answered 429 (too many requests); trying again in 1.00 s\n\
             note: the server answered 503 (service unavailable); trying again in 1.00 s\n",
        )
        .check();
    assert_once(&server, 4);
}

#[test]
fn a_timeout_or_a_closed_connection_is_retried() {
    let sandbox = ready();
    for (act, why) in [(Act::Hang, "did not answer in time"), (Act::Cut, "the connection broke")] {
        let server = Server::new(None, [act.clone()]);
        sandbox
            .run(&format!("fhir push {} r.json --timeout 1", server.url()))
            .stdout_has(["created "])
            .stderr_has([why, "trying again in 0.25 s"])
            .check();
        assert_eq!(server.seen().stored.len(), 1, "{act:?}");
    }
}

/// The response is lost after the server stored the resource: the next attempt creates no duplicate and prints no warning.
#[test]
fn a_lost_response_creates_no_duplicate() {
    let sandbox = ready();
    let server = Server::new(None, [Act::StoreAndCut]);
    sandbox
        .run(&format!("fhir push {} d.json", server.url()))
        .stdout("there already /fhir/Bundle/1\n")
        .stderr("note: the connection broke; trying again in 0.25 s\n")
        .check();
    assert_once(&server, 2);
}

#[test]
fn after_the_time_limit_the_file_is_kept() {
    let sandbox = ready();
    let before = sandbox.read("r.json");
    let never = std::array::from_fn::<_, 20, _>(|_| Act::Answer(503, "", ""));
    let server = Server::new(None, never);
    sandbox
        .run(&format!("fhir push {} r.json --give-up-after 1", server.url()))
        .code(1)
        .stderr_has([
            "trying again",
            "error: the file could not be sent: the server answered 503",
            "given up after 3 tries",
            "hint: send the file again later",
        ])
        .check();
    assert_eq!(server.seen().stored.len(), 0);
    assert_eq!(sandbox.read("r.json"), before);
    // A `Retry-After` beyond the time limit ends the attempts.
    let server = Server::new(None, [Act::Answer(429, "Retry-After: 3600\r\n", "")]);
    sandbox
        .run(&format!("fhir push {} r.json", server.url()))
        .code(1)
        .stderr_has(["given up after 1 try\nhint: send the file again later"])
        .check();
    // A `Retry-After` that would overflow, received after a second.
    let late = Act::AnswerLate(429, "Retry-After: 18446744073709551615\r\n", "");
    let server = Server::new(None, [late]);
    sandbox
        .run(&format!("fhir push {} r.json", server.url()))
        .code(1)
        .stderr_has(["given up after 1 try\nhint: send the file again later"])
        .check();
    // No server listens on the port.
    let port = std::net::TcpListener::bind("127.0.0.1:0").and_then(|it| it.local_addr()).expect("a free port").port();
    sandbox
        .run(&format!("fhir push http://localhost:{port} r.json --give-up-after 1"))
        .code(1)
        .stderr_has(["the connection was refused; given up"])
        .check();
}

/// Any web server can respond with 200.
#[test]
fn only_a_fhir_response_counts_as_accepted() {
    const PAGE: &str = "<html><form>Log in</form></html>";
    const HTML: &str = "Content-Type: text/html\r\n";
    const FHIR: &str = "Content-Type: application/fhir+json\r\n";
    let sandbox = ready();
    let push = |act: Act| {
        let server = Server::new(None, [act]);
        (sandbox.run(&format!("fhir push {} r.json", server.url())), server)
    };
    for (status, more, text) in [
        (200, HTML, PAGE),
        (201, HTML, PAGE),
        (200, "", ""),
        (200, "Location: /login?next=/QuestionnaireResponse/1\r\n", ""),
        (200, "Location: /fhir/Bundle/1\r\n", ""),
        (200, "Location: /fhir/QuestionnaireResponse\r\n", ""),
        (201, "Location: /posts/17\r\n", ""),
        (204, "", ""),
        (200, FHIR, r#"{"resourceType":"Patient"}"#),
        (200, "", r#"{"ok":true}"#),
    ] {
        let (run, server) = push(Act::Answer(status, more, text));
        let why = format!("error: the server answered {status} ");
        run.code(1).stderr_has([why.as_str(), "not as a FHIR server would\nhint: check the address"]).check();
        assert_eq!(server.seen().requests, 1);
    }
    let nowhere = "created (the server did not name the address)\n";
    for (status, more, text, printed) in [
        (201, "", "", nowhere),
        (201, FHIR, r#"{"resourceType":"QuestionnaireResponse","id":"7"}"#, nowhere),
        (
            201,
            "Content-Location: http://x.example/fhir/QuestionnaireResponse/7/_history/1\r\n",
            "",
            "created http://x.example/fhir/QuestionnaireResponse/7/_history/1\n",
        ),
    ] {
        push(Act::Answer(status, more, text)).0.stdout(printed).check();
    }
    let fine = r#"{"resourceType":"OperationOutcome","issue":[{"severity":"information","code":"informational"}]}"#;
    let (run, _) = push(Act::Answer(200, FHIR, fine));
    run.stdout("there already (the server did not name the address)\n").stderr_has(["already had it"]).check();
    let bad = r#"{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"invalid"}]}"#;
    let (run, _) = push(Act::Answer(200, FHIR, bad));
    run.code(1).stderr_has(["the server refused the file: it answered 200 (ok): invalid"]).check();
    let (run, _) = push(Act::Answer(202, "", ""));
    run.code(1)
        .stderr_has([
            "the server queued the request (202) but did not confirm that it was stored\nhint: send the file again later",
        ])
        .check();
}

#[test]
fn a_malformed_response_is_reported() {
    let sandbox = ready();
    let large: &'static str = Box::leak(format!("Location: /{}\r\n", "y".repeat(200_000)).into_boxed_str());
    for more in ["Location: /fhir/QuestionnaireResponse/\u{1b}[31m1\r\n", large] {
        let server = Server::new(None, [Act::Answer(201, more, "")]);
        sandbox
            .run(&format!("fhir push {} r.json", server.url()))
            .code(1)
            .stderr_has(["error: the server's answer is not HTTP\nhint: check the address"])
            .check();
    }
}

#[test]
fn a_permanent_failure_is_reported_at_once() {
    let sandbox = ready();
    let outcome = r#"{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"invariant","diagnostics":"acne-scars moderate"}]}"#;
    for (status, hint) in [
        (400, "the server's log"),
        (401, "--token-file"),
        (403, "--token-file"),
        (404, "check the address"),
        (412, "several"),
        (422, "the server's log"),
    ] {
        let server = Server::new(None, [Act::Answer(status, "", outcome)]);
        let done = sandbox
            .run(&format!("fhir push {} r.json", server.url()))
            .code(1)
            .stderr_has([
                "error: the server refused the file: it answered",
                &status.to_string(),
                ": invariant\nhint: ",
                hint,
            ])
            .check();
        // The server's text could repeat patient data.
        assert!(!done.stderr.contains("acne") && !done.stderr.contains("trying"), "{}", done.stderr);
        assert_eq!(server.seen().requests, 1);
    }
}

#[test]
fn a_redirect_is_not_followed() {
    let sandbox = ready();
    let server = Server::new(Some("s3cret"), [Act::Answer(302, "Location: http://localhost:1/elsewhere\r\n", "")]);
    let mut sandbox = sandbox;
    sandbox.file("token.txt", "s3cret\n");
    let push = format!("fhir push {} r.json --token-file token.txt", server.url());
    sandbox.run(&push).code(1).stderr_has(["it answered 302", "hint: the server has moved"]).check();
    let seen = server.seen();
    assert_eq!((seen.requests, seen.faults.len()), (1, 0));
}

#[test]
fn nothing_is_sent_unencrypted_to_another_machine() {
    let sandbox = ready();
    for (url, why) in [
        ("http://fhir.example/r4", "refused to send to fhir.example without encryption"),
        ("http://192.0.2.7/", "refused to send to 192.0.2.7 without encryption"),
        ("https://user:pw@fhir.example/", "the address contains a name or password"),
        ("fhir.example", "it must start with https://"),
        ("https://fhir.example/r4/Bundle", "leave out `Bundle`, which is added automatically"),
    ] {
        let done = sandbox.run(&format!("fhir push {url} r.json")).code(2).stderr_has([why, "hint: "]).check();
        assert!(!done.stderr.contains("pw@"), "{}", done.stderr);
    }
}

#[test]
fn a_token_is_read_from_a_file_and_never_printed() {
    let mut sandbox = ready();
    sandbox.file("token.txt", "  s3cret.t0ken\n");
    let server = Server::new(Some("s3cret.t0ken"), []);
    let url = server.url();
    sandbox.run(&format!("fhir push {url} r.json --token-file token.txt")).stdout_has(["created "]).check();
    assert_once(&server, 1);
    let done = sandbox
        .run(&format!("fhir push {url} r.json --token-file token.txt --dry-run"))
        .stdout_has(["Bearer (not shown)"])
        .check();
    assert!(!done.stdout.contains("s3cret"));
    for (text, why) in [("", "invalid token"), ("one two", "invalid token"), ("x\r\nX-Other: 1", "invalid token")] {
        sandbox.file("bad.txt", text);
        sandbox
            .run(&format!("fhir push {url} r.json --token-file bad.txt"))
            .code(2)
            .stderr_has([why, "hint: "])
            .check();
    }
    sandbox
        .run(&format!("fhir push {url} r.json --ask-token"))
        .code(2)
        .stderr_has(["no terminal for the prompt", "hint: "])
        .check();
    sandbox.run(&format!("fhir push {url} r.json --token s3cret")).code(2).stderr_has(["--token"]).check();
    assert_eq!(server.seen().requests, 1);
}

#[test]
fn a_dry_run_does_not_connect() {
    let sandbox = ready();
    let server = Server::new(None, []);
    let url = server.url();
    sandbox
        .run(&format!("fhir push {url} r.json --dry-run"))
        .stdout_has(
            [
                &format!("POST {url}/QuestionnaireResponse\n"),
                "If-None-Exist: identifier=urn:ietf:rfc:3986|urn:uuid:",
                "\"acne-scars\"",
            ]
            .map(|it| it.trim_start_matches('"').trim_end_matches('"')),
        )
        .check();
    assert_eq!(server.seen().requests, 0);
}

#[test]
fn only_files_that_can_be_sent_once_are_sent() {
    let mut sandbox = ready();
    let questionnaire = sandbox.run("fhir questionnaire").stdout_has(["{"]).check().stdout;
    sandbox.file("q.json", questionnaire);
    sandbox.file("text.json", "x");
    sandbox.file("bare.json", r#"{"resourceType":"QuestionnaireResponse","status":"completed"}"#);
    let server = Server::new(None, []);
    for (file, code, why) in [
        ("q.json", 2, "it is neither a document nor a response"),
        ("text.json", 2, "it is not JSON"),
        ("bare.json", 2, "it has no identifier, so sending it twice could create a duplicate"),
        ("a.json", 2, "it is neither a document nor a response"),
        ("-", 2, "standard input cannot be sent"),
        ("nowhere.json", 1, "could not read"),
    ] {
        sandbox.run(&format!("fhir push {} {file}", server.url())).code(code).stderr_has([why, "hint: "]).check();
    }
    assert_eq!(server.seen().requests, 0);
}
