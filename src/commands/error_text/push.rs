//! Messages and hints for errors of sending to a FHIR server.

use super::ErrorText;
use crate::error::Error;
use crate::messages::Messages;
use crate::push::error::PushError;
use ureq::http::StatusCode;

impl ErrorText for PushError {
    fn to_error(&self, _: &Messages) -> Error {
        let hint = match self {
            Self::InvalidAddress(_) => "use an address such as https://fhir.example/r4",
            Self::CredentialsInAddress => "put a token into a file and pass it with --token-file",
            Self::Unencrypted { .. } => "use its https:// address; http:// is only for a server on this machine",
            Self::InvalidPayload { .. } => {
                "send a file that `preconsult fhir document`, `fhir response` or `--format fhir` wrote"
            }
            Self::NoCertificate => "use a PEM file: each certificate starts with -----BEGIN CERTIFICATE-----",
            Self::Queued => "send the file again later; the server then tells whether it has stored it",
            Self::NotFhir(_) => "check the address and the token: this may be a login page or another web server",
            Self::Refused { status, .. } => refused_hint(*status),
            Self::MalformedResponse => "check the address and send the file again; this creates no duplicate",
            Self::UntrustedServer => "check the address; if the clinic has its own certificate, pass it with --ca-file",
            Self::ProxyRefused => "ask the network administrator",
            Self::InvalidRequest => "check the address and the token",
            Self::GaveUp { .. } => "send the file again later; this creates no duplicate",
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
        300..=399 => "the server has moved: use the address that it redirects to",
        401 | 403 => "pass a token with permission to create this, with --token-file or --ask-token",
        404 | 405 | 501 => "check the address: it must not include the resource type, such as https://fhir.example/r4",
        412 => "ask the server administrator: the server has several resources with this identifier",
        413 => "send the response instead of the document: the server does not accept files of this size",
        _ => "ask the server administrator; the server's log contains the reason",
    }
}
