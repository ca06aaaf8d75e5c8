//! Requests that no page of the server sends.

use super::SHORT;
use crate::support::Sandbox;
use crate::support::web::{WebServer, encode, exchange};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

#[test]
fn every_response_has_the_headers_of_safety() {
    let sandbox = Sandbox::new();
    let server = WebServer::start(&sandbox, []);
    let mut client = server.client();
    client.start("en");
    for path in
        ["/", "/question/concerns", "/check", "/locked", "/done", "/nowhere", "/question/%ff", "/healthz", "/logo"]
    {
        let page = client.clone().get(path);
        let policy = page.header("content-security-policy").unwrap_or_default();
        assert!(
            policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
        for (name, value) in [
            ("cache-control", "no-store"),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("x-frame-options", "DENY"),
        ] {
            assert_eq!(page.header(name), Some(value), "{path}: {name}");
        }
        page.lacks("http://").lacks("https://").lacks(" style=").lacks("<style").lacks("onclick");
    }
    let cookies = client.clone().post("/", &[("lang", "en")]);
    let cookie = cookies.header("set-cookie").expect("a session");
    assert!(cookie.ends_with("; Path=/; HttpOnly; SameSite=Strict"), "{cookie}");
}

#[test]
fn a_form_of_another_site_is_refused() {
    let sandbox = Sandbox::new();
    let server = WebServer::start(&sandbox, []);
    let mut client = server.client();
    client.start("en");
    let token = client.token.clone();
    let body = encode(&[("answer", "redness"), ("token", &token)]);
    let cookie = format!("session={}", client.cookies["session"]);
    let send = |headers: &str, body: &str| {
        let request = format!(
            "POST /question/concerns HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nCookie: {cookie}\r\n{headers}\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            server.host,
            body.len()
        );
        exchange(&server.host, &request, headers).status
    };
    for headers in [
        "Sec-Fetch-Site: cross-site\r\n",
        "Sec-Fetch-Site: same-site\r\n",
        "Origin: https://evil.example\r\n",
        "Sec-Fetch-Site: same-origin\r\nOrigin: http://127.0.0.1.evil.example\r\n",
    ] {
        assert_eq!(send(headers, &body), 403, "{headers}");
    }
    for without in [encode(&[("answer", "redness")]), encode(&[("answer", "redness"), ("token", "x")])] {
        assert_eq!(send("", &without), 403, "{without}");
    }
    client.open(SHORT[0].0).lacks("checked");
    let origin = format!("Sec-Fetch-Site: same-origin\r\nOrigin: http://{}\r\n", server.host);
    assert_eq!(send(&origin, &body), 303);
}

#[test]
fn a_request_without_the_cookie_sees_no_answer() {
    let sandbox = Sandbox::new();
    let server = WebServer::start(&sandbox, []);
    let mut patient = server.client();
    patient.start("en");
    patient.send(SHORT[0].0, &[("answer", "redness")]);
    let mut other = server.client();
    other.start("en");
    let cookie = patient.cookies["session"].clone();
    let changed = format!("{}{}", &cookie[1..], &cookie[..1]);
    for cookie in ["", "x", &cookie[..63], &changed, &"0".repeat(64), &other.cookies["session"]] {
        let mut thief = server.client();
        thief.cookies.insert("session".to_owned(), cookie.to_owned());
        thief.token = patient.token.clone();
        for path in ["/check", "/question/concerns", "/question/severity/redness"] {
            thief.open(path).lacks("value=\"redness\" checked").lacks("Redness: ");
        }
        thief.post("/question/concerns", &[("answer", "dull-complexion")]);
    }
    patient.open("/question/concerns").has(["value=\"redness\" checked"]);
}

#[test]
fn large_and_damaged_forms_are_refused() {
    let sandbox = Sandbox::new();
    let server = WebServer::start(&sandbox, []);
    let mut client = server.client();
    client.start("en");
    let token = client.token.clone();
    let large = encode(&[("answer", &"a".repeat(65 * 1024)), ("token", &token)]);
    assert_eq!(client.post_raw("/question/concerns", &large).status, 413);
    for (kind, body) in [("text/plain", "answer=redness"), ("multipart/form-data; boundary=x", "--x--")] {
        let request = format!(
            "POST /question/concerns HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Type: {kind}\r\n\
             Content-Length: {}\r\n\r\n{body}",
            server.host,
            body.len()
        );
        assert_eq!(exchange(&server.host, &request, kind).status, 415, "{kind}");
    }
    for body in ["", "&&&", "=", "%", "%zz=%ff", "token=%00", &"a=b&".repeat(10_000)] {
        assert!(
            [403, 303].contains(&client.post_raw("/question/concerns", body).status),
            "{:?}",
            &body[..body.len().min(9)]
        );
    }
    for method in ["PUT", "DELETE", "TRACE", "OPTIONS"] {
        let request = format!("{method} /check HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", server.host);
        assert_eq!(exchange(&server.host, &request, method).status, 405, "{method}");
    }
    for request in ["\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\u{0}\u{1}\r\n\r\n"] {
        let status = exchange(&server.host, request, request).status;
        assert!(status == 0 || status == 400 || status == 505, "{request:?}: {status}");
    }
    // A request that hides a second one in its body.
    let smuggled = format!(
        "POST /question/concerns HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /check HTTP/1.1\r\n\r\n",
        server.host
    );
    assert!([0, 400, 403, 415].contains(&exchange(&server.host, &smuggled, "smuggled").status));
    client.open("/question/concerns").lacks("checked");
    assert_eq!(server.stop().code, Some(0));
}

#[test]
fn a_slow_client_is_cut_off_and_others_go_on() {
    let sandbox = Sandbox::new();
    let server = WebServer::start(&sandbox, []);
    let mut slow: Vec<TcpStream> = Vec::new();
    for request in [
        "GET / HTTP/1.1\r\nHost: loc".to_owned(),
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 50\r\n\r\nlang"
            .to_owned(),
    ] {
        let mut stream = TcpStream::connect(&server.host).expect("a connection");
        stream.write_all(request.as_bytes()).expect("the server reads");
        slow.push(stream);
    }
    let mut client = server.client();
    client.start("en");
    assert_eq!(client.send(SHORT[0].0, &[("answer", "redness")]).status, 200);
    let start = Instant::now();
    for mut stream in slow {
        stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a time limit");
        let mut answer = Vec::new();
        // A reset ends the connection too.
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer);
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 408"), "{answer}");
    }
    assert!(start.elapsed() < Duration::from_secs(29));
}

#[test]
fn more_interviews_than_fit_are_refused_and_the_others_go_on() {
    let sandbox = Sandbox::new();
    let server = WebServer::start(&sandbox, []);
    let mut first = server.client();
    first.start("en");
    let mut newcomer = server.client();
    newcomer.open("/");
    for _ in 1..500 {
        assert_eq!(newcomer.clone().post("/", &[("lang", "en")]).status, 303);
    }
    let page = newcomer.post("/", &[("lang", "en")]);
    assert_eq!(page.status, 503);
    page.has(["Too many interviews are open at the moment."]);
    assert_eq!(first.send(SHORT[0].0, &[("answer", "redness")]).path, "/question/severity/redness");
}
