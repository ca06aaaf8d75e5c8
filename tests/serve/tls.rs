//! The pages under TLS, for clients that trust the clinic's authority and for others.

use super::{SHORT, answer_short, certify};
use crate::support::Sandbox;
use crate::support::trust::Trust;
use crate::support::web::{WebServer, exchange, exchange_over};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};
use tokio_rustls::rustls::version::{TLS12, TLS13};

/// Starts a server for `frontdesk.local` with a certificate of its own authority.
fn start(sandbox: &Sandbox) -> WebServer {
    certify(sandbox, 0);
    WebServer::start_tls(sandbox, ["--host", "frontdesk.local", "--format", "text"])
}

#[test]
fn a_patient_answers_and_hands_in_over_tls() {
    let sandbox = Sandbox::new();
    let server = start(&sandbox);
    assert!(server.host.starts_with("frontdesk.local:"), "{}", server.host);
    let mut client = server.client();
    answer_short(&mut client);
    assert_eq!(client.cookies.keys().collect::<Vec<_>>(), ["__Host-session"]);
    assert_eq!(client.send("/check", &[("go", "continue")]).path, "/done");
    assert!(client.cookies.is_empty(), "{:?}", client.cookies);
    assert_eq!(sandbox.outputs().len(), 2, "the summary and the folder of the certificate: {:?}", sandbox.outputs());
    assert_eq!(server.stop().code, Some(0));
}

#[test]
fn cookies_are_sent_over_tls_alone_and_taken_from_this_host_alone() {
    let sandbox = Sandbox::new();
    let server = start(&sandbox);
    let mut client = server.client();
    client.open("/");
    let page = client.post("/", &[("lang", "en")]);
    let cookie = page.header("set-cookie").expect("a session").to_owned();
    assert!(cookie.starts_with("__Host-session="), "{cookie}");
    assert!(cookie.ends_with("; Path=/; Secure; HttpOnly; SameSite=Strict"), "{cookie}");
    // It would outlast the certificate, and reach other programs of the same machine.
    assert_eq!(page.header("strict-transport-security"), None);
    // A cookie without the prefix may come from another host of the same domain.
    let mut other = server.client();
    other.cookies.insert("session".to_owned(), client.cookies["__Host-session"].clone());
    assert_eq!(other.open("/check").path, "/");
    assert_eq!(client.open("/check").path, "/check");
}

#[test]
fn a_client_that_does_not_know_the_authority_or_wants_another_name_does_not_connect() {
    let sandbox = Sandbox::new();
    let server = start(&sandbox);
    let (_, port) = server.host.rsplit_once(':').expect("a port");
    let authority = sandbox.path("tls/authority.crt");
    let trust = Trust::in_authority(&authority);
    for name in ["frontdesk.local", "localhost", "127.0.0.1", "[::1]"] {
        assert!(trust.connect(&format!("{name}:{port}")).is_ok(), "{name}");
    }
    for name in ["evil.example", "x.frontdesk.local", "127.0.0.2", "[::2]"] {
        let error = trust.connect(&format!("{name}:{port}")).expect_err(name).to_string();
        assert!(error.contains("not valid for name"), "{name}: {error}");
    }
    let stranger = Trust::new(None, &[&TLS12, &TLS13], &[]);
    let error = stranger.connect(&server.host).expect_err("no trust").to_string();
    assert!(error.contains("UnknownIssuer"), "{error}");
    server.client().open("/").has(["Start"]);
}

#[test]
fn tls_1_2_and_1_3_speak_http_1_and_nothing_else() {
    let sandbox = Sandbox::new();
    let server = start(&sandbox);
    let authority = sandbox.path("tls/authority.crt");
    for version in [&TLS12, &TLS13] {
        let stream = Trust::new(Some(&authority), &[version], &["h2", "http/1.1"]).connect(&server.host);
        let stream = stream.expect("a connection");
        assert_eq!(stream.conn.protocol_version(), Some(version.version));
        assert_eq!(stream.conn.alpn_protocol(), Some(b"http/1.1".as_slice()));
        let request = "GET /healthz HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
        assert_eq!(exchange_over(stream, request, "another host").status, 421);
    }
    let error = Trust::new(Some(&authority), &[&TLS13], &["h2"]).connect(&server.host).expect_err("only HTTP/2");
    assert!(error.to_string().contains("NoApplicationProtocol"), "{error}");
}

#[test]
fn a_client_without_tls_or_without_an_end_of_the_handshake_is_cut_off() {
    let sandbox = Sandbox::new();
    let server = start(&sandbox);
    let (_, port) = server.host.rsplit_once(':').expect("a port");
    let address = format!("127.0.0.1:{port}");
    let mut slow = TcpStream::connect(&address).expect("a connection");
    // The head of a handshake whose rest does not come.
    slow.write_all(&[22, 3, 1, 2, 0, 1]).expect("the server reads");
    let plain = exchange(&address, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", "without TLS");
    assert_eq!((plain.status, plain.body.as_str()), (0, ""));
    let mut client = server.client();
    client.start("en");
    assert_eq!(client.send(SHORT[0].0, &[("answer", "redness")]).status, 200);
    let start = Instant::now();
    slow.set_read_timeout(Some(Duration::from_secs(30))).expect("a time limit");
    let mut rest = Vec::new();
    let _ = slow.read_to_end(&mut rest);
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    // A handshake that has not ended does not keep the server from stopping.
    let mut last = TcpStream::connect(&address).expect("a connection");
    last.write_all(&[22, 3, 1]).expect("the server reads");
    let start = Instant::now();
    let output = server.stop();
    assert_eq!((output.code, output.stderr.as_str()), (Some(0), ""));
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}

#[test]
fn other_machines_reach_a_server_that_has_a_certificate() {
    let sandbox = Sandbox::new();
    certify(&sandbox, 0);
    let files = ["--tls-cert", "tls/server.crt", "--tls-key", "tls/server.key"];
    let server = WebServer::start_at(&sandbox, "0.0.0.0:0", files.into_iter().chain(["--host", "frontdesk.local"]));
    assert!(server.host.starts_with("frontdesk.local:"), "{}", server.host);
    let trust = Trust::in_authority(&sandbox.path("tls/authority.crt"));
    let request = format!("GET /healthz HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", server.host);
    let page = exchange_over(trust.connect(&server.host).expect("a connection"), &request, "/healthz");
    assert_eq!((page.status, page.body.as_str()), (200, "ok"));
    assert_eq!(server.stop().code, Some(0));
    let files = "--tls-cert tls/server.crt --tls-key tls/server.key";
    sandbox
        .run(&format!("serve --listen 0.0.0.0:0 {files}"))
        .code(2)
        .stderr_has(["0.0.0.0:0 is every address", "hint: name this machine with --host NAME"])
        .check();
}
