//! The errors of sending to a FHIR server in words.

use super::ErrorText;
use crate::error::Error;
use crate::messages::Messages;
use crate::push::error::PushError;
use ureq::http::StatusCode;

impl ErrorText for PushError {
    fn to_error(&self, _: &Messages) -> Error {
        let hint = match self {
            Self::InvalidAddress(_) => "an address looks like https://fhir.example/r4",
            Self::CredentialsInAddress => "put a token into a file, and name it with --token-file",
            Self::Unencrypted { .. } => "use its https:// address; http:// is for a server on this machine only",
            Self::InvalidPayload { .. } => {
                "send a file that `preconsult fhir document`, `fhir response` or `--format fhir` has written"
            }
            Self::NoCertificate => "it holds one or more, each between -----BEGIN CERTIFICATE----- and its end",
            Self::Queued => "the file is kept: send it again in a while, and the server says whether it has it",
            Self::NotFhir(_) => {
                "the file is kept; it may be no FHIR server, or a page to log in at: look at the address and at the token"
            }
            Self::Refused { status, .. } => refused_hint(*status),
            Self::MalformedResponse => {
                "the file is kept: look at the address, and send it again; no double comes of it"
            }
            Self::UntrustedServer => {
                "look at the address; for a certificate of the clinic's own name it with --ca-file"
            }
            Self::ProxyRefused => "ask whoever runs the network",
            Self::InvalidRequest => "look at the address and at the token",
            Self::GaveUp { .. } => "the file is kept: send it again later, no double comes of it",
        };
        let error = match self {
            Self::InvalidAddress(_)
            | Self::CredentialsInAddress
            | Self::Unencrypted { .. }
            | Self::InvalidPayload { .. }
            | Self::NoCertificate => Error::input(self.to_string()),
            _ => Error::failed(self.to_string()),
        };
        error.hint(hint)
    }
}

fn refused_hint(status: StatusCode) -> &'static str {
    match status.as_u16() {
        300..=399 => "the server is somewhere else: name the address that it redirects to",
        401 | 403 => "give a token that may create this, with --token-file or --ask-token",
        404 | 405 | 501 => {
            "look at the address: it ends where the kinds of resources begin, such as https://fhir.example/r4"
        }
        412 => "the server has several with this identifier: ask whoever runs it",
        413 => "the file is larger than the server takes: send the response instead of the document",
        _ => "ask whoever runs the server; its log says what it does not like",
    }
}
