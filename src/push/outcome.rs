//! Outcome of one upload attempt: accepted, retryable or rejected.

use super::error::{PushError, RetryReason};
use serde_json::Value;
use std::time::Duration;
use ureq::Body;
use ureq::http::{Response, StatusCode, header};

/// The most bytes read of a response body.
const MAX_RESPONSE_BYTES: u64 = 64 * 1024;

/// The outcome of one attempt.
pub(super) enum Outcome {
    /// The server stores the resource: at `location`, and newly `created` or known before.
    Accepted { location: Option<String>, created: bool },
    /// A temporary failure, and how long the server asks to wait.
    Retry(RetryReason, Option<Duration>),
    /// A permanent failure.
    Rejected(PushError),
}

pub(super) fn of_response(mut response: Response<Body>, kind: &str) -> Outcome {
    let status = response.status();
    match status.as_u16() {
        200 | 201 => read_accepted(&mut response, kind),
        202 => Outcome::Rejected(PushError::Queued),
        203..=299 => Outcome::Rejected(PushError::NotFhir(status)),
        408 | 425 | 429 | 500 | 502 | 503 | 504 => {
            let wait = header(&response, header::RETRY_AFTER).and_then(retry_after);
            Outcome::Retry(RetryReason::Status(status), wait)
        }
        _ => Outcome::Rejected(refused_error(status, &body(&mut response).unwrap_or_default())),
    }
}

fn header(response: &Response<Body>, name: header::HeaderName) -> Option<&str> {
    response.headers().get(name).and_then(|value| value.to_str().ok())
}

/// Checks that a successful response comes from a FHIR server: it names the URL of the resource, or its body is FHIR. Any
/// web server can respond with 200, for instance with a login page.
fn read_accepted(response: &mut Response<Body>, kind: &str) -> Outcome {
    let status = response.status();
    let created = status == StatusCode::CREATED;
    let locations = [header::LOCATION, header::CONTENT_LOCATION].map(|name| header(response, name).map(str::to_owned));
    let mut locations = locations.into_iter().flatten().peekable();
    let has_no_location = locations.peek().is_none();
    let location = locations.find(|url| is_resource_url(url, kind));
    if location.is_some() {
        return Outcome::Accepted { location, created };
    }
    let text = match body(response) {
        Ok(text) => text,
        Err(error) => return of_error(&error),
    };
    // Web servers that are not FHIR servers do not respond with 201 and an empty body.
    if created && has_no_location && text.trim().is_empty() {
        return Outcome::Accepted { location, created };
    }
    let resource: Value = serde_json::from_str(&text).unwrap_or_default();
    match resource["resourceType"].as_str() {
        Some("OperationOutcome") if has_failed(&resource) => Outcome::Rejected(refused_error(status, &text)),
        Some(name) if name == kind || name == "OperationOutcome" => Outcome::Accepted { location, created },
        _ => Outcome::Rejected(PushError::NotFhir(status)),
    }
}

/// Returns true if `url` names one resource of the type `kind`: `…/Bundle/77` or `…/Bundle/77/_history/1`.
fn is_resource_url(url: &str, kind: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let mut segments = path.split('/').skip_while(|segment| *segment != kind).skip(1);
    segments.next().is_some_and(|id| !id.is_empty())
}

fn has_failed(outcome: &Value) -> bool {
    let issues = outcome["issue"].as_array().into_iter().flatten();
    issues.into_iter().any(|issue| matches!(issue["severity"].as_str(), Some("error" | "fatal")))
}

fn body(response: &mut Response<Body>) -> Result<String, ureq::Error> {
    match response.body_mut().with_config().limit(MAX_RESPONSE_BYTES).read_to_vec() {
        Ok(bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        // Longer than any FHIR response to a create request.
        Err(ureq::Error::BodyExceedsLimit(_)) => Ok("(too long)".to_owned()),
        Err(error) => Err(error),
    }
}

fn refused_error(status: StatusCode, text: &str) -> PushError {
    PushError::Refused { status, codes: issue_codes(text) }
}

/// The issue codes of an `OperationOutcome`. Texts that do not look like a code are dropped: they could repeat answers.
fn issue_codes(text: &str) -> Vec<String> {
    let outcome: Value = serde_json::from_str(text).unwrap_or_default();
    let is_code = |code: &&str| code.len() < 30 && code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    let issues = outcome["issue"].as_array().into_iter().flatten();
    let mut codes: Vec<String> =
        issues.filter_map(|issue| issue["code"].as_str()).filter(is_code).map(str::to_owned).collect();
    codes.dedup();
    codes
}

/// Parses `Retry-After` in seconds. A date is ignored, since it would depend on two clocks.
fn retry_after(text: &str) -> Option<Duration> {
    text.trim().parse().ok().map(Duration::from_secs)
}

pub(super) fn of_error(error: &ureq::Error) -> Outcome {
    use std::io::ErrorKind;
    let retry = |reason| Outcome::Retry(reason, None);
    match error {
        ureq::Error::Timeout(_) => retry(RetryReason::Timeout),
        ureq::Error::HostNotFound => retry(RetryReason::HostNotFound),
        ureq::Error::Rustls(_) | ureq::Error::Tls(_) => Outcome::Rejected(PushError::UntrustedServer),
        // TLS errors arrive as `InvalidData`.
        ureq::Error::Io(error) if error.kind() == ErrorKind::InvalidData => {
            Outcome::Rejected(PushError::UntrustedServer)
        }
        ureq::Error::Io(error) if error.kind() == ErrorKind::ConnectionRefused => retry(RetryReason::ConnectionRefused),
        ureq::Error::Io(_) | ureq::Error::ConnectionFailed => retry(RetryReason::ConnectionLost),
        ureq::Error::Protocol(_) | ureq::Error::LargeResponseHeader(..) => {
            Outcome::Rejected(PushError::MalformedResponse)
        }
        ureq::Error::ConnectProxyFailed(_) | ureq::Error::InvalidProxyUrl => Outcome::Rejected(PushError::ProxyRefused),
        _ => Outcome::Rejected(PushError::InvalidRequest),
    }
}
