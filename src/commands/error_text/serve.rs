//! Messages and hints for errors of the server.

use super::ErrorText;
use super::io::{io_error, io_reason};
use crate::error::Error;
use crate::messages::Messages;
use crate::serve::{CertificateProblem, ServeError};
use std::io;

impl ErrorText for ServeError {
    fn to_error(&self, words: &Messages) -> Error {
        let failed = || Error::failed(self.to_string());
        let input = || Error::input(self.to_string());
        match self {
            Self::NotLoopback(_) => input().hint(
                "name a certificate with --tls-cert and --tls-key; `preconsult serve certificate DIR --host NAME` makes one",
            ),
            Self::NoName(_) => input().hint("name this machine with --host NAME, as the tablets know it"),
            Self::Listen { address, source } => {
                let reason = match source.kind() {
                    io::ErrorKind::AddrInUse => "another program listens there".to_owned(),
                    io::ErrorKind::AddrNotAvailable => "this machine has no such address".to_owned(),
                    _ => io_reason(source, words),
                };
                Error::failed(format!("could not listen at {address}: {reason}"))
                    .hint("choose another port with --listen; 127.0.0.1:0 picks a free one")
            }
            Self::Random(_) | Self::Start(_) | Self::Issue(_) => failed().hint("try again"),
            Self::ReadCertificate { path, source } => io_error("read", path, source)
                .hint("check the path; `preconsult serve certificate DIR --host NAME` makes a certificate and its key"),
            Self::Certificate { problem, .. } => input().hint(certificate_hint(problem)),
            Self::HalfAuthority { .. } => failed().hint(
                "put the file back, or make an authority in an empty folder: preconsult serve certificate DIR --host NAME",
            ),
            Self::ExpiredAuthority { .. } => input().hint(
                "make a new authority in an empty folder, which the devices then have to trust: \
                 preconsult serve certificate DIR --host NAME",
            ),
            Self::UnusableAuthority { .. } => input().hint(
                "name only hosts that this authority was made for, or make a new one in an empty folder, which the \
                 devices then have to trust: preconsult serve certificate DIR --host NAME",
            ),
            Self::Storage(error) => error.to_error(words),
        }
    }
}

fn certificate_hint(problem: &CertificateProblem) -> &'static str {
    match problem {
        CertificateProblem::NoCertificate
        | CertificateProblem::NoKey
        | CertificateProblem::Unusable(_)
        | CertificateProblem::OtherKey => {
            "name the certificate and its own key; `preconsult serve certificate DIR --host NAME` makes both"
        }
        CertificateProblem::PublicKeyFile => {
            "run `chmod 600` on it; if others may have read it, make a new one with `preconsult serve certificate`"
        }
        CertificateProblem::Expired(_) => {
            "make a new one from the same authority: preconsult serve certificate DIR --host NAME"
        }
        CertificateProblem::NotValidYet(_) => {
            "check this machine's clock, or make a new one: preconsult serve certificate DIR --host NAME"
        }
        CertificateProblem::OtherName(_) => "make one for every --host: preconsult serve certificate DIR --host NAME",
    }
}
