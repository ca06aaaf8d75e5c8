//! A FHIR server for tests: it checks requests strictly, and fails on demand.

use serde_json::Value;
use std::collections::{BTreeMap, VecDeque};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

/// The server's reaction to one request.
#[derive(Debug, Clone)]
pub(super) enum Act {
    /// Stores the resource, or responds that it exists already.
    Store,
    /// Responds with this status, these headers and this body.
    Answer(u16, &'static str, &'static str),
    /// Responds like `Answer`, after more than a second.
    AnswerLate(u16, &'static str, &'static str),
    /// Reads the request and never responds.
    Hang,
    /// Closes the connection before the request is complete.
    Cut,
    /// Stores the resource and closes the connection without a response.
    StoreAndCut,
}

/// The requests and the stored resources.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// The number of requests read.
    pub(super) requests: usize,
    /// The stored resources, by `type?identifier=…`.
    pub(super) stored: BTreeMap<String, Value>,
    /// Faults of the requests.
    pub(super) faults: Vec<String>,
}

pub(super) struct Server {
    port: u16,
    seen: Arc<Mutex<Seen>>,
}

impl Server {
    /// Starts a server that reacts to requests in this order, and stores all later ones. With a token, requests must have it.
    pub(super) fn new<const N: usize>(token: Option<&'static str>, acts: [Act; N]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port of this machine");
        let port = listener.local_addr().expect("its address").port();
        let seen = Arc::new(Mutex::new(Seen::default()));
        let shared = Arc::clone(&seen);
        let mut acts = VecDeque::from(acts);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(stream) = stream else { return };
                let act = acts.pop_front().unwrap_or(Act::Store);
                let shared = Arc::clone(&shared);
                std::thread::spawn(move || serve(&stream, &act, token, &shared));
            }
        });
        Self { port, seen }
    }

    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/fhir", self.port)
    }

    pub(super) fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().expect("the server thread did not panic")
    }
}

fn serve(mut stream: &TcpStream, act: &Act, token: Option<&str>, seen: &Mutex<Seen>) {
    if matches!(act, Act::Cut) {
        let mut some = [0; 64];
        let _ = stream.read(&mut some);
        return;
    }
    let mut reader = BufReader::new(stream);
    let Some((line, headers, body)) = read(&mut reader) else { return };
    let mut seen = seen.lock().expect("the server thread did not panic");
    seen.requests += 1;
    let key = check(&line, &headers, &body, token, &mut seen.faults);
    let store = |seen: &mut Seen| {
        let new = !seen.stored.contains_key(&key);
        seen.stored.entry(key.clone()).or_insert_with(|| serde_json::from_slice(&body).unwrap_or_default());
        let number = seen.stored.keys().position(|stored_key| *stored_key == key).unwrap_or(0) + 1;
        (new, number)
    };
    let (status, more, text) = match act {
        Act::Answer(status, more, text) => (*status, (*more).to_owned(), *text),
        Act::AnswerLate(status, more, text) => {
            std::thread::sleep(Duration::from_millis(1100));
            (*status, (*more).to_owned(), *text)
        }
        Act::Store => {
            let (new, number) = store(&mut seen);
            let kind = key.split('?').next().unwrap_or_default();
            (if new { 201 } else { 200 }, format!("Location: /fhir/{kind}/{number}\r\n"), "")
        }
        Act::StoreAndCut => {
            store(&mut seen);
            return;
        }
        Act::Hang => {
            drop(seen);
            std::thread::sleep(Duration::from_secs(20));
            return;
        }
        Act::Cut => return,
    };
    drop(seen);
    let _ = write!(
        stream,
        "HTTP/1.1 {status} x\r\n{more}Content-Length: {}\r\nConnection: close\r\n\r\n{text}",
        text.len()
    );
}

/// Reads the request line, the headers in lower case, and the body.
fn read(reader: &mut impl BufRead) -> Option<(String, BTreeMap<String, String>, Vec<u8>)> {
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut headers = BTreeMap::new();
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        let Some((name, value)) = header.trim_end().split_once(':') else { break };
        headers.insert(name.to_lowercase(), value.trim().to_owned());
    }
    let length: usize = headers.get("content-length")?.parse().ok()?;
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some((line.trim_end().to_owned(), headers, body))
}

/// Checks a request as a strict server would, and returns the key of the resource.
fn check(
    line: &str,
    headers: &BTreeMap<String, String>,
    body: &[u8],
    token: Option<&str>,
    faults: &mut Vec<String>,
) -> String {
    let header = |name: &str| headers.get(name).map_or("", String::as_str);
    let resource: Value = serde_json::from_slice(body).unwrap_or_default();
    let kind = resource["resourceType"].as_str().unwrap_or("nothing");
    let mut expect = |holds: bool, what: &str| {
        if !holds {
            faults.push(format!("{what}: {line} {headers:?}"));
        }
    };
    expect(line == format!("POST /fhir/{kind} HTTP/1.1"), "the kind is created where its kind is");
    expect(kind != "Bundle" || resource["type"] == "document", "only documents are bundles that one keeps");
    expect(header("content-type").starts_with("application/fhir+json"), "the type of the content");
    expect(header("accept") == "application/fhir+json", "the type of the answer");
    expect(resource.get("id").is_none(), "a server gives ids");
    let identifier = format!(
        "identifier={}|{}",
        resource["identifier"]["system"].as_str().unwrap_or_default(),
        resource["identifier"]["value"].as_str().unwrap_or_default()
    );
    expect(header("if-none-exist") == identifier, "it is created only if it is not there");
    let wanted = token.map(|token| format!("Bearer {token}"));
    expect(headers.get("authorization") == wanted.as_ref(), "the token");
    format!("{kind}?{identifier}")
}
