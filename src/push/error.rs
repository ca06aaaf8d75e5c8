//! Errors of sending a file to a FHIR server.

use crate::printable::Printable;
use std::fmt;
use ureq::http::StatusCode;

/// The reason why a file was not sent or not accepted.
#[derive(Debug, thiserror::Error)]
pub enum PushError {
    /// The text is not the base address of a FHIR server.
    #[error("not the base address of a FHIR server: {0}")]
    InvalidAddress(AddressProblem),
    /// The address holds a user name or a password.
    #[error("the address contains a name or password")]
    CredentialsInAddress,
    /// The address leads to another machine without TLS.
    #[error("refused to send to {host} without encryption")]
    Unencrypted {
        /// The host of the address.
        host: Printable,
    },
    /// The file cannot be sent.
    #[error("{file} cannot be sent: {problem}")]
    InvalidPayload {
        /// The file's name in messages.
        file: Printable,
        /// The problem of the file.
        problem: PayloadProblem,
    },
    /// The file of certificates contains none.
    #[error("the file given with --ca-file contains no certificate")]
    NoCertificate,
    /// The server answered 202: it may store the file later.
    #[error("the server queued the request (202) but did not confirm that it was stored")]
    Queued,
    /// The response is successful, but any web server could have sent it.
    #[error("the server answered {}, but not as a FHIR server would", status_text(*.0))]
    NotFhir(StatusCode),
    /// The server refused the file.
    #[error("the server refused the file: it answered {}{}", status_text(*status), codes_text(codes))]
    Refused {
        /// The response's status.
        status: StatusCode,
        /// The issue codes of its `OperationOutcome`.
        codes: Vec<String>,
    },
    /// The response is not HTTP.
    #[error("the server's answer is not HTTP")]
    MalformedResponse,
    /// The server's certificate is not trusted.
    #[error("the server's certificate is not trusted")]
    UntrustedServer,
    /// The machine's proxy refused the connection.
    #[error("the proxy of this machine refused the connection")]
    ProxyRefused,
    /// No request could be built from the address and the token.
    #[error("the request is invalid")]
    InvalidRequest,
    /// Every attempt failed with a temporary error, until the time was up.
    #[error("the file could not be sent: {reason}; given up after {attempts} {}", if *attempts == 1 { "try" } else { "tries" })]
    GaveUp {
        /// The reason why the last attempt failed.
        reason: RetryReason,
        /// The number of attempts.
        attempts: u32,
    },
}

/// A problem of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressProblem {
    /// It is not a URI.
    Unreadable,
    /// It does not start with `https://`.
    NotHttps,
    /// It has a query or a fragment.
    HasQuery,
    /// It includes the resource type, which the program appends.
    HasResourceType(&'static str),
}

impl fmt::Display for AddressProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable => f.write_str("it cannot be read"),
            Self::NotHttps => f.write_str("it must start with https://"),
            Self::HasQuery => f.write_str("it must not have a query or a fragment"),
            Self::HasResourceType(name) => write!(f, "leave out `{name}`, which is added automatically"),
        }
    }
}

/// A problem of a file to send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PayloadProblem {
    /// It is not JSON.
    NotJson,
    /// It is neither a document bundle nor a questionnaire response.
    WrongResource,
    /// It has no identifier, so that a second attempt could create a duplicate.
    NoIdentifier,
}

impl fmt::Display for PayloadProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotJson => "it is not JSON",
            Self::WrongResource => "it is neither a document nor a response",
            Self::NoIdentifier => "it has no identifier, so sending it twice could create a duplicate",
        })
    }
}

/// A temporary reason why an attempt failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetryReason {
    /// The server responded with a status that asks to retry.
    Status(StatusCode),
    /// No response came in time.
    Timeout,
    /// The name could not be resolved.
    HostNotFound,
    /// The machine refused the connection.
    ConnectionRefused,
    /// The connection broke.
    ConnectionLost,
}

impl fmt::Display for RetryReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(status) => write!(f, "the server answered {}", status_text(*status)),
            Self::Timeout => f.write_str("the server did not answer in time"),
            Self::HostNotFound => f.write_str("no server with that name was found"),
            Self::ConnectionRefused => f.write_str("the connection was refused"),
            Self::ConnectionLost => f.write_str("the connection broke"),
        }
    }
}

/// The number and standard name of a status. The server's own reason phrase could repeat patient data.
fn status_text(status: StatusCode) -> String {
    match status.canonical_reason() {
        Some(name) => format!("{} ({})", status.as_u16(), name.to_lowercase()),
        None => status.as_u16().to_string(),
    }
}

fn codes_text(codes: &[String]) -> String {
    if codes.is_empty() { String::new() } else { format!(": {}", codes.join(", ")) }
}
