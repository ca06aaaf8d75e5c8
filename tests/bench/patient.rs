//! A browser of the serve benchmark: one connection that stays open, and the first option of every question.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// The usual length of a page of the program.
pub(crate) const PAGE_BYTES: usize = 5_000;

/// One patient.
pub(crate) struct Patient {
    host: String,
    connection: BufReader<TcpStream>,
    cookie: String,
    /// The path of the page that is open.
    path: String,
    page: String,
    /// The times of all requests.
    pub(crate) times: Vec<Duration>,
    pub(crate) errors: usize,
}

struct Response {
    status: u16,
    location: Option<String>,
    cookie: Option<String>,
    body: String,
}

impl Patient {
    /// Starts an interview.
    pub(crate) fn begin(host: &str) -> Self {
        let mut patient = Self::on_bare_page(host, 0);
        "/".clone_into(&mut patient.path);
        let start = patient.send("GET", "/", "").expect("the first page");
        let body = format!("lang=en&token={}", between(&start.body, "name=\"token\" value=\"").unwrap_or_default());
        let begun = patient.send("POST", "/", &body).expect("the session");
        patient.cookie = begun.cookie.expect("a cookie");
        patient.open(&begun.location.expect("a question")).expect("the first question");
        patient
    }

    /// Opens the floor's page.
    pub(crate) fn on_bare_page(host: &str, name: usize) -> Self {
        let stream = TcpStream::connect(host).expect("a connection");
        stream.set_nodelay(true).expect("an option of the connection");
        Self {
            host: host.to_owned(),
            connection: BufReader::new(stream),
            cookie: format!("patient-{name}"),
            path: "/page".to_owned(),
            page: String::new(),
            times: Vec::new(),
            errors: 0,
        }
    }

    /// Answers the question of the page, and opens the next one. Only these two requests are measured.
    pub(crate) fn answer(&mut self) {
        let option = self.page.split_once("name=\"answer\"").map(|(_, rest)| rest).unwrap_or_default();
        let option = option.split('>').next().unwrap_or_default();
        let answer = between(option, " value=\"").filter(|value| !value.is_empty()).map(str::to_owned);
        let token = between(&self.page, "name=\"token\" value=\"").unwrap_or_default();
        // A text field has no value yet.
        let answer = answer.unwrap_or_else(|| "words".to_owned());
        let body = format!("answer={answer}&go=continue&token={token}");
        let path = self.path.clone();
        let start = Instant::now();
        let response = self.send("POST", &path, &body);
        self.times.push(start.elapsed());
        let next = response.ok().filter(|response| response.status == 303).and_then(|response| response.location);
        // An answer that is refused leads back to its own page.
        let Some(next) = next.filter(|next| *next != path || path == "/page") else { return self.errors += 1 };
        let start = Instant::now();
        let opened = self.open(&next);
        self.times.push(start.elapsed());
        self.errors += usize::from(opened.is_err());
    }

    fn open(&mut self, path: &str) -> io::Result<()> {
        let response = self.send("GET", path, "")?;
        if response.status != 200 {
            return Err(io::Error::other(format!("{path}: {}", response.status)));
        }
        path.clone_into(&mut self.path);
        self.page = response.body;
        Ok(())
    }

    fn send(&mut self, method: &str, path: &str, body: &str) -> io::Result<Response> {
        let Self { host, cookie, .. } = self;
        let kind = "application/x-www-form-urlencoded";
        let form = format!("Content-Type: {kind}\r\nContent-Length: {}\r\nSec-Fetch-Site: same-origin\r\n", body.len());
        let form = if method == "POST" { form.as_str() } else { "" };
        let request = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\n{form}\r\n{body}");
        self.connection.get_mut().write_all(request.as_bytes())?;
        let mut response = Response { status: 0, location: None, cookie: None, body: String::new() };
        let mut length = 0;
        loop {
            let mut line = String::new();
            if self.connection.read_line(&mut line)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let line = line.trim_end();
            if line.is_empty() {
                break;
            }
            let (name, value) = line.split_once(": ").unwrap_or((line, ""));
            match name.to_ascii_lowercase().as_str() {
                "location" => response.location = Some(value.to_owned()),
                "set-cookie" => response.cookie = value.split(';').next().map(str::to_owned),
                "content-length" => length = value.parse().map_err(io::Error::other)?,
                _ if response.status == 0 => {
                    response.status = line.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
                }
                _ => {}
            }
        }
        let mut bytes = vec![0; length];
        self.connection.read_exact(&mut bytes)?;
        response.body = String::from_utf8(bytes).map_err(io::Error::other)?;
        Ok(response)
    }
}

/// Returns the text after a marker, up to the next quotation mark.
fn between<'t>(text: &'t str, marker: &str) -> Option<&'t str> {
    text.split_once(marker)?.1.split('"').next()
}
