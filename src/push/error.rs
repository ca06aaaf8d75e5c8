//! Why a file could not be sent to a FHIR server.

use crate::printable::Printable;
use std::fmt;
use ureq::http::StatusCode;

/// Why a file was not sent, or not accepted.
#[derive(Debug, thiserror::Error)]
pub enum PushError {
    /// The text is not the base address of a FHIR server.
    #[error("that is not the address of a FHIR server: {0}")]
    InvalidAddress(AddressProblem),
    /// The address holds a user name or a password.
    #[error("an address with a name or password in it is not taken")]
    CredentialsInAddress,
    /// The address leads to another machine without TLS.
    #[error("nothing is sent to {host} without encryption")]
    Unencrypted {
        /// The host of the address.
        host: Printable,
    },
    /// The file is not one that can be sent.
    #[error("{file} cannot be sent: {problem}")]
    InvalidPayload {
        /// The file as messages name it.
        file: Printable,
        /// What is wrong with it.
        problem: PayloadProblem,
    },
    /// The file of certificates has none.
    #[error("there is no certificate in the file of --ca-file")]
    NoCertificate,
    /// The server answered 202: it may store the file later.
    #[error("the server queued the request (202) but did not confirm that it was stored")]
    Queued,
    /// The response is a success that any web server could give.
    #[error("the server answers {}, and neither says where the file is nor answers in FHIR", status_text(*.0))]
    NotFhir(StatusCode),
    /// The server refused the file.
    #[error("the server does not take it: it answers {}{}", status_text(*status), codes_text(codes))]
    Refused {
        /// The response's status.
        status: StatusCode,
        /// The issue codes of its `OperationOutcome`.
        codes: Vec<String>,
    },
    /// The response is not HTTP.
    #[error("what the server answers cannot be read as HTTP")]
    MalformedResponse,
    /// The server's certificate is not trusted.
    #[error("the server could not be trusted: its certificate does not hold")]
    UntrustedServer,
    /// The machine's proxy refused the connection.
    #[error("the proxy of this machine does not let it through")]
    ProxyRefused,
    /// No request could be made of the address and the token.
    #[error("the request could not be made")]
    InvalidRequest,
    /// Every attempt failed in a way that may pass, until the time was up.
    #[error("the file could not be sent: {reason}; given up after {attempts} {}", if *attempts == 1 { "try" } else { "tries" })]
    GaveUp {
        /// Why the last attempt failed.
        reason: RetryReason,
        /// How many attempts were made.
        attempts: u32,
    },
}

/// What is wrong with an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressProblem {
    /// It is not a URI.
    Unreadable,
    /// It does not start with `https://`.
    NotHttps,
    /// It has a query or a fragment.
    HasQuery,
    /// It includes the resource type, which is added here.
    HasResourceType(&'static str),
}

impl fmt::Display for AddressProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable => f.write_str("it cannot be read"),
            Self::NotHttps => f.write_str("it has to start with https://"),
            Self::HasQuery => f.write_str("it ends with its path"),
            Self::HasResourceType(name) => write!(f, "it ends before `{name}`, which is added here"),
        }
    }
}

/// What is wrong with a file that should be sent.
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
            Self::NoIdentifier => "it has no identifier, and a second try could make a double",
        })
    }
}

/// Why an attempt failed in a way that may pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetryReason {
    /// The server asks to come back later.
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
            Self::Status(status) => write!(f, "the server answers {}", status_text(*status)),
            Self::Timeout => f.write_str("the server does not answer in time"),
            Self::HostNotFound => f.write_str("no server of that name can be found"),
            Self::ConnectionRefused => f.write_str("nobody listens at that address"),
            Self::ConnectionLost => f.write_str("the connection broke"),
        }
    }
}

/// A status by its number and name; the server's own words could repeat what was sent.
fn status_text(status: StatusCode) -> String {
    match status.canonical_reason() {
        Some(name) => format!("{} ({})", status.as_u16(), name.to_lowercase()),
        None => status.as_u16().to_string(),
    }
}

fn codes_text(codes: &[String]) -> String {
    if codes.is_empty() { String::new() } else { format!(": {}", codes.join(", ")) }
}
