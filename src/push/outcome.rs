//! What a try comes to: it is there, it may be later, or it never will.

use crate::error::Error;
use serde_json::Value;
use std::time::Duration;
use ureq::Body;
use ureq::http::{Response, StatusCode, header};

/// More of an answer than this nobody needs.
const LONGEST_ANSWER: u64 = 64 * 1024;

pub(super) enum Outcome {
    /// The server has it; where, and whether it has made it now.
    There { location: Option<String>, created: bool },
    /// It may work later; what happened, and how long the server wants to be left alone.
    Later(String, Option<Duration>),
    /// It will not work.
    Never(Error),
}

pub(super) fn of_response(mut response: Response<Body>, kind: &str) -> Outcome {
    let status = response.status();
    match status.as_u16() {
        200 | 201 => taken(&mut response, kind),
        202 => Outcome::Never(
            Error::failed("the server has accepted it (202), and has not said that it is there")
                .hint("the file is kept: send it again in a while, and the server says whether it has it"),
        ),
        203..=299 => Outcome::Never(no_fhir(status)),
        408 | 425 | 429 | 500 | 502 | 503 | 504 => {
            let wait = header(&response, header::RETRY_AFTER).and_then(retry_after);
            Outcome::Later(format!("the server answers {}", named(status)), wait)
        }
        _ => Outcome::Never(refused(status, &codes(&body(&mut response).unwrap_or_default()))),
    }
}

fn header(response: &Response<Body>, name: header::HeaderName) -> Option<&str> {
    response.headers().get(name).and_then(|value| value.to_str().ok())
}

/// Whether a FHIR server has it. Any web server answers 200 to anything, with a page to log in at for instance; a FHIR
/// server names the place of what it keeps, or answers in FHIR.
fn taken(response: &mut Response<Body>, kind: &str) -> Outcome {
    let status = response.status();
    let created = status == StatusCode::CREATED;
    let places = [header::LOCATION, header::CONTENT_LOCATION].map(|name| header(response, name).map(str::to_owned));
    let mut places = places.into_iter().flatten().peekable();
    let is_silent = places.peek().is_none();
    let location = places.find(|place| leads_to(place, kind));
    if location.is_some() {
        return Outcome::There { location, created };
    }
    let text = match body(response) {
        Ok(text) => text,
        Err(error) => return of_error(&error),
    };
    // Nobody but a server of resources says that it has created something, and nothing else.
    if created && is_silent && text.trim().is_empty() {
        return Outcome::There { location, created };
    }
    let resource: Value = serde_json::from_str(&text).unwrap_or_default();
    match resource["resourceType"].as_str() {
        Some("OperationOutcome") if has_failed(&resource) => Outcome::Never(refused(status, &codes(&text))),
        Some(name) if name == kind || name == "OperationOutcome" => Outcome::There { location, created },
        _ => Outcome::Never(no_fhir(status)),
    }
}

/// Whether this is the address of one resource of the kind: `…/Bundle/77` or `…/Bundle/77/_history/1`.
fn leads_to(place: &str, kind: &str) -> bool {
    let path = place.split(['?', '#']).next().unwrap_or_default();
    let mut steps = path.split('/').skip_while(|step| *step != kind).skip(1);
    steps.next().is_some_and(|id| !id.is_empty())
}

fn has_failed(outcome: &Value) -> bool {
    let issues = outcome["issue"].as_array().into_iter().flatten();
    issues.into_iter().any(|issue| matches!(issue["severity"].as_str(), Some("error" | "fatal")))
}

fn no_fhir(status: StatusCode) -> Error {
    let named = named(status);
    Error::failed(format!("the server answers {named}, and neither says where the file is nor answers in FHIR")).hint(
        "the file is kept; it may be no FHIR server, or a page to log in at: look at the address and at the token",
    )
}

fn unreadable() -> Error {
    Error::failed("what the server answers cannot be read as HTTP")
        .hint("the file is kept: look at the address, and send it again; no double comes of it")
}

fn body(response: &mut Response<Body>) -> Result<String, ureq::Error> {
    match response.body_mut().with_config().limit(LONGEST_ANSWER).read_to_vec() {
        Ok(bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        // Longer than any answer of FHIR to this.
        Err(ureq::Error::BodyExceedsLimit(_)) => Ok("(too long)".to_owned()),
        Err(error) => Err(error),
    }
}

/// A status by its number and name; the server's own words could repeat what was sent.
fn named(status: StatusCode) -> String {
    match status.canonical_reason() {
        Some(name) => format!("{} ({})", status.as_u16(), name.to_lowercase()),
        None => status.as_u16().to_string(),
    }
}

fn refused(status: StatusCode, codes: &[String]) -> Error {
    let codes = if codes.is_empty() { String::new() } else { format!(": {}", codes.join(", ")) };
    let hint = match status.as_u16() {
        300..=399 => "the server is somewhere else: name the address that it redirects to",
        401 | 403 => "give a token that may create this, with --token-file or --ask-token",
        404 | 405 | 501 => {
            "look at the address: it ends where the kinds of resources begin, such as https://fhir.example/r4"
        }
        412 => "the server has several with this identifier: ask whoever runs it",
        413 => "the file is larger than the server takes: send the response instead of the document",
        _ => "ask whoever runs the server; its log says what it does not like",
    };
    Error::failed(format!("the server does not take it: it answers {}{codes}", named(status))).hint(hint)
}

/// The codes of an `OperationOutcome`, and nothing that could be an answer.
fn codes(text: &str) -> Vec<String> {
    let outcome: Value = serde_json::from_str(text).unwrap_or_default();
    let is_code = |code: &&str| code.len() < 30 && code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    let issues = outcome["issue"].as_array().into_iter().flatten();
    let mut codes: Vec<String> =
        issues.filter_map(|issue| issue["code"].as_str()).filter(is_code).map(str::to_owned).collect();
    codes.dedup();
    codes
}

/// Seconds; a date would hang on two clocks, and the own pace is slow enough.
fn retry_after(text: &str) -> Option<Duration> {
    text.trim().parse().ok().map(Duration::from_secs)
}

pub(super) fn of_error(error: &ureq::Error) -> Outcome {
    use std::io::ErrorKind;
    let certificate = || {
        Outcome::Never(
            Error::failed("the server could not be trusted: its certificate does not hold")
                .hint("look at the address; for a certificate of the clinic's own name it with --ca-file"),
        )
    };
    match error {
        ureq::Error::Timeout(_) => Outcome::Later("the server does not answer in time".to_owned(), None),
        ureq::Error::HostNotFound => Outcome::Later("no server of that name can be found".to_owned(), None),
        ureq::Error::Rustls(_) | ureq::Error::Tls(_) => certificate(),
        // What TLS does not like comes as data that does not hold.
        ureq::Error::Io(error) if error.kind() == ErrorKind::InvalidData => certificate(),
        ureq::Error::Io(error) if error.kind() == ErrorKind::ConnectionRefused => {
            Outcome::Later("nobody listens at that address".to_owned(), None)
        }
        ureq::Error::Io(_) | ureq::Error::ConnectionFailed => Outcome::Later("the connection broke".to_owned(), None),
        ureq::Error::Protocol(_) | ureq::Error::LargeResponseHeader(..) => Outcome::Never(unreadable()),
        ureq::Error::ConnectProxyFailed(_) | ureq::Error::InvalidProxyUrl => Outcome::Never(
            Error::failed("the proxy of this machine does not let it through").hint("ask whoever runs the network"),
        ),
        _ => {
            Outcome::Never(Error::failed("the request could not be made").hint("look at the address and at the token"))
        }
    }
}
