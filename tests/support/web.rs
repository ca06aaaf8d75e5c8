//! `preconsult serve` and a client that speaks HTTP to it, byte by byte if need be.

use super::Sandbox;
use super::run::RunOutput;
use super::trust::Trust;
use preconsult::answer::{Answer, AnswerKey, AnswerValue};
use preconsult::interview::subject_code;
use preconsult::pack::Pack;
use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStdout};
use std::time::Duration;

const TIME_LIMIT: Duration = Duration::from_secs(60);

/// The limit for a page, so that it opens at once on a slow network too.
const MAX_PAGE_BYTES: usize = 15_000;

/// A running server.
pub(crate) struct WebServer {
    pub(crate) child: Child,
    stdout: BufReader<ChildStdout>,
    /// The address without its path, such as `127.0.0.1:40123`.
    pub(crate) host: String,
    /// What clients trust; the server speaks TLS.
    pub(crate) trust: Option<Trust>,
}

impl WebServer {
    /// Starts the server on a free port, with arguments that may contain spaces.
    pub(crate) fn start<'a>(sandbox: &Sandbox, arguments: impl IntoIterator<Item = &'a str>) -> Self {
        Self::start_at(sandbox, "127.0.0.1:0", arguments)
    }

    /// Starts the server with the certificate in the sandbox's folder `tls`, and trusts its authority.
    pub(crate) fn start_tls<'a>(sandbox: &Sandbox, arguments: impl IntoIterator<Item = &'a str>) -> Self {
        let files = ["--tls-cert", "tls/server.crt", "--tls-key", "tls/server.key"];
        let mut server = Self::start_at(sandbox, "127.0.0.1:0", files.into_iter().chain(arguments));
        server.trust = Some(Trust::in_authority(&sandbox.path("tls/authority.crt")));
        server
    }

    /// Starts the server at an address.
    pub(crate) fn start_at<'a>(
        sandbox: &Sandbox,
        address: &'a str,
        arguments: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let all = ["serve", "--listen", address].into_iter().chain(arguments);
        let mut child = sandbox.command_of(super::PROGRAM, all).spawn().expect("the program starts");
        let mut stdout = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut line = String::new();
        stdout.read_line(&mut line).expect("text");
        let address = line.trim().strip_suffix('/').unwrap_or_default();
        let host = address.strip_prefix("https://").or(address.strip_prefix("http://"));
        let host = host.unwrap_or_else(|| panic!("the first line is no address: {line:?}")).to_owned();
        Self { child, stdout, host, trust: None }
    }

    /// Creates a client without cookies.
    pub(crate) fn client(&self) -> WebClient {
        WebClient {
            host: self.host.clone(),
            trust: self.trust.clone(),
            cookies: BTreeMap::new(),
            token: String::new(),
            headers: Vec::new(),
        }
    }

    pub(crate) fn kill(self) {
        drop(self);
    }

    /// Asks the server to stop, and returns its output after the address.
    pub(crate) fn stop(mut self) -> RunOutput {
        super::run::send_signal("TERM", self.child.id());
        let status = self.child.wait().expect("the program ends");
        let (mut stdout, mut stderr) = (String::new(), String::new());
        self.stdout.read_to_string(&mut stdout).expect("text");
        self.child.stderr.take().expect("a pipe").read_to_string(&mut stderr).expect("text");
        RunOutput { code: status.code(), stdout, stderr }
    }
}

impl Drop for WebServer {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A browser without scripts: it keeps cookies, and sends the token of the last page with each form.
#[derive(Clone)]
pub(crate) struct WebClient {
    host: String,
    trust: Option<Trust>,
    pub(crate) cookies: BTreeMap<String, String>,
    pub(crate) token: String,
    /// More headers of each request.
    pub(crate) headers: Vec<String>,
}

/// A response.
#[derive(Debug, Clone)]
pub(crate) struct WebPage {
    pub(crate) status: u16,
    /// The header lines, in small letters up to the colon.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
    /// The path that it came from.
    pub(crate) path: String,
}

impl WebPage {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Returns the text of the title.
    pub(crate) fn title(&self) -> &str {
        self.between("<title>", "</title>").unwrap_or_default()
    }

    /// Returns the text between two markers.
    pub(crate) fn between(&self, start: &str, end: &str) -> Option<&str> {
        Some(self.body.split_once(start)?.1.split_once(end)?.0)
    }

    /// Asserts that the page contains these pieces.
    pub(crate) fn has<const N: usize>(&self, pieces: [&str; N]) -> &Self {
        for piece in pieces {
            assert!(self.body.contains(piece), "{} does not contain {piece:?}:\n{}", self.path, self.body);
        }
        self
    }

    /// Asserts that the page does not contain a piece.
    pub(crate) fn lacks(&self, piece: &str) -> &Self {
        assert!(!self.body.contains(piece), "{} contains {piece:?}:\n{}", self.path, self.body);
        self
    }
}

impl WebClient {
    /// Opens a page without following it.
    pub(crate) fn get(&mut self, path: &str) -> WebPage {
        self.request("GET", path, "")
    }

    /// Opens a page, and follows where it leads.
    pub(crate) fn open(&mut self, path: &str) -> WebPage {
        let page = self.get(path);
        self.follow(page)
    }

    /// Sends a form without following the answer.
    pub(crate) fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> WebPage {
        let token = self.token.clone();
        self.post_raw(path, &encode(&[fields, &[("token", &token)]].concat()))
    }

    /// Sends the body of a form.
    pub(crate) fn post_raw(&mut self, path: &str, body: &str) -> WebPage {
        self.request("POST", path, body)
    }

    /// Sends a form, and opens the page that it leads to.
    pub(crate) fn send(&mut self, path: &str, fields: &[(&str, &str)]) -> WebPage {
        let page = self.post(path, fields);
        assert_eq!(page.status, 303, "{path}: {}", page.body);
        self.follow(page)
    }

    /// Starts an interview, and returns its first page.
    pub(crate) fn start(&mut self, language: &str) -> WebPage {
        self.open("/");
        self.send("/", &[("lang", language)])
    }

    fn follow(&mut self, mut page: WebPage) -> WebPage {
        for _ in 0..5 {
            let Some(location) = page.header("location").map(str::to_owned) else { return page };
            page = self.get(&location);
        }
        panic!("{} leads in a circle", page.path);
    }

    fn request(&mut self, method: &str, path: &str, body: &str) -> WebPage {
        let mut head =
            vec![format!("{method} {path} HTTP/1.1"), format!("Host: {}", self.host), "Connection: close".to_owned()];
        if !self.cookies.is_empty() {
            let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            head.push(format!("Cookie: {}", cookies.join("; ")));
        }
        if method == "POST" {
            head.push("Content-Type: application/x-www-form-urlencoded".to_owned());
            head.push(format!("Content-Length: {}", body.len()));
            head.push("Sec-Fetch-Site: same-origin".to_owned());
        }
        head.extend(self.headers.iter().cloned());
        let request = format!("{}\r\n\r\n{body}", head.join("\r\n"));
        let page = match &self.trust {
            Some(trust) => {
                let stream = trust.connect(&self.host).unwrap_or_else(|error| panic!("{path}: {error}"));
                exchange_over(stream, &request, path)
            }
            None => exchange(&self.host, &request, path),
        };
        assert!(page.body.len() <= MAX_PAGE_BYTES, "{path}: {} bytes", page.body.len());
        for (_, cookie) in page.headers.iter().filter(|(name, _)| name == "set-cookie") {
            let (name, value) = cookie.split(';').next().and_then(|pair| pair.split_once('=')).expect("a cookie");
            if cookie.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        if let Some(token) = page.between("name=\"token\" value=\"", "\"") {
            token.clone_into(&mut self.token);
        }
        page
    }
}

/// Sends bytes, and reads the response up to the end of the connection.
pub(crate) fn exchange(host: &str, request: &str, path: &str) -> WebPage {
    let stream = TcpStream::connect(host).unwrap_or_else(|error| panic!("{path}: {error}"));
    stream.set_read_timeout(Some(TIME_LIMIT)).expect("a time limit");
    exchange_over(stream, request, path)
}

/// Sends bytes over a connection, and reads the response up to its end.
pub(crate) fn exchange_over(mut stream: impl Read + Write, request: &str, path: &str) -> WebPage {
    // A server that refuses a large body may close before it has read all of it.
    let _ = stream.write_all(request.as_bytes());
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    let text = String::from_utf8(bytes).expect("the response is UTF-8");
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
    let header = |line: &str| line.split_once(": ").map(|(name, value)| (name.to_lowercase(), value.to_owned()));
    let headers = head.lines().skip(1).filter_map(header).collect();
    WebPage { status, headers, body: body.to_owned(), path: path.to_owned() }
}

/// Encodes the fields of a form.
pub(crate) fn encode(fields: &[(&str, &str)]) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    let text = |text: &str| text.bytes().map(byte).collect::<String>();
    let pairs: Vec<String> = fields.iter().map(|(name, value)| format!("{}={}", text(name), text(value))).collect();
    pairs.join("&")
}

/// Returns the path of a question.
pub(crate) fn question_path(pack: &Pack, key: AnswerKey) -> String {
    let concern = key.subject.map(|_| format!("/{}", subject_code(pack, key))).unwrap_or_default();
    format!("/question/{}{concern}", pack.questions[key.question].id)
}

/// Returns the fields of a form that gives this answer.
pub(crate) fn fields<'a>(pack: &'a Pack, key: AnswerKey, answer: &'a Answer) -> Vec<(&'static str, &'a str)> {
    let choices = pack.questions[key.question].shape.choices();
    let mut fields = vec![("go", "continue")];
    match answer {
        Answer::Skipped => fields.push(("answer", "_skip")),
        Answer::Declined => fields.push(("answer", "_decline")),
        Answer::Value(AnswerValue::Choice { chosen, text }) => {
            fields.extend(chosen.iter().map(|index| ("answer", choices[*index].code.as_str())));
            fields.extend(text.iter().map(|text| ("text", text.as_str())));
        }
        Answer::Value(AnswerValue::Text(text)) => fields.push(("answer", text)),
        other @ (Answer::Value(_) | Answer::Unreadable(_)) => panic!("the pack asks for no {other:?}"),
    }
    fields
}
