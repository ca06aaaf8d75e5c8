//! What a try comes to: it is there, it may be later, or it never will.

use super::error::{PushError, RetryReason};
use serde_json::Value;
use std::time::Duration;
use ureq::Body;
use ureq::http::{Response, StatusCode, header};

/// More of an answer than this nobody needs.
const LONGEST_ANSWER: u64 = 64 * 1024;

pub(super) enum Outcome {
    /// The server has it; where, and whether it has made it now.
    Accepted { location: Option<String>, created: bool },
    /// It may work later; what happened, and how long the server asks to wait.
    Later(RetryReason, Option<Duration>),
    /// It will not work.
    Never(PushError),
}

pub(super) fn of_response(mut response: Response<Body>, kind: &str) -> Outcome {
    let status = response.status();
    match status.as_u16() {
        200 | 201 => read_accepted(&mut response, kind),
        202 => Outcome::Never(PushError::Queued),
        203..=299 => Outcome::Never(PushError::NotFhir(status)),
        408 | 425 | 429 | 500 | 502 | 503 | 504 => {
            let wait = header(&response, header::RETRY_AFTER).and_then(retry_after);
            Outcome::Later(RetryReason::Status(status), wait)
        }
        _ => Outcome::Never(refused(status, &body(&mut response).unwrap_or_default())),
    }
}

fn header(response: &Response<Body>, name: header::HeaderName) -> Option<&str> {
    response.headers().get(name).and_then(|value| value.to_str().ok())
}

/// Whether a FHIR server has it. Any web server answers 200 to anything, with a page to log in at for instance; a FHIR
/// server names the place of what it keeps, or answers in FHIR.
fn read_accepted(response: &mut Response<Body>, kind: &str) -> Outcome {
    let status = response.status();
    let created = status == StatusCode::CREATED;
    let places = [header::LOCATION, header::CONTENT_LOCATION].map(|name| header(response, name).map(str::to_owned));
    let mut places = places.into_iter().flatten().peekable();
    let is_silent = places.peek().is_none();
    let location = places.find(|place| is_resource_url(place, kind));
    if location.is_some() {
        return Outcome::Accepted { location, created };
    }
    let text = match body(response) {
        Ok(text) => text,
        Err(error) => return of_error(&error),
    };
    // Nobody but a server of resources says that it has created something, and nothing else.
    if created && is_silent && text.trim().is_empty() {
        return Outcome::Accepted { location, created };
    }
    let resource: Value = serde_json::from_str(&text).unwrap_or_default();
    match resource["resourceType"].as_str() {
        Some("OperationOutcome") if has_failed(&resource) => Outcome::Never(refused(status, &text)),
        Some(name) if name == kind || name == "OperationOutcome" => Outcome::Accepted { location, created },
        _ => Outcome::Never(PushError::NotFhir(status)),
    }
}

/// Whether this is the address of one resource of the kind: `…/Bundle/77` or `…/Bundle/77/_history/1`.
fn is_resource_url(place: &str, kind: &str) -> bool {
    let path = place.split(['?', '#']).next().unwrap_or_default();
    let mut steps = path.split('/').skip_while(|step| *step != kind).skip(1);
    steps.next().is_some_and(|id| !id.is_empty())
}

fn has_failed(outcome: &Value) -> bool {
    let issues = outcome["issue"].as_array().into_iter().flatten();
    issues.into_iter().any(|issue| matches!(issue["severity"].as_str(), Some("error" | "fatal")))
}

fn body(response: &mut Response<Body>) -> Result<String, ureq::Error> {
    match response.body_mut().with_config().limit(LONGEST_ANSWER).read_to_vec() {
        Ok(bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        // Longer than any answer of FHIR to this.
        Err(ureq::Error::BodyExceedsLimit(_)) => Ok("(too long)".to_owned()),
        Err(error) => Err(error),
    }
}

fn refused(status: StatusCode, text: &str) -> PushError {
    PushError::Refused { status, codes: codes(text) }
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
    let later = |reason| Outcome::Later(reason, None);
    match error {
        ureq::Error::Timeout(_) => later(RetryReason::Timeout),
        ureq::Error::HostNotFound => later(RetryReason::HostNotFound),
        ureq::Error::Rustls(_) | ureq::Error::Tls(_) => Outcome::Never(PushError::UntrustedServer),
        // What TLS does not like comes as data that does not hold.
        ureq::Error::Io(error) if error.kind() == ErrorKind::InvalidData => Outcome::Never(PushError::UntrustedServer),
        ureq::Error::Io(error) if error.kind() == ErrorKind::ConnectionRefused => later(RetryReason::ConnectionRefused),
        ureq::Error::Io(_) | ureq::Error::ConnectionFailed => later(RetryReason::ConnectionLost),
        ureq::Error::Protocol(_) | ureq::Error::LargeResponseHeader(..) => Outcome::Never(PushError::MalformedResponse),
        ureq::Error::ConnectProxyFailed(_) | ureq::Error::InvalidProxyUrl => Outcome::Never(PushError::ProxyRefused),
        _ => Outcome::Never(PushError::InvalidRequest),
    }
}
