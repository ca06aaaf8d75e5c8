//! Errors of the pages in a browser.

use crate::printable::Printable;
use crate::storage::error::StorageError;
use chrono::{DateTime, Utc};
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use tokio_rustls::rustls;

/// An error that ends the server, or keeps it from starting.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address can be reached from other machines, and there is no certificate.
    #[error("{0} can be reached from other machines, and answers about health are not sent in the clear")]
    NotLoopback(SocketAddr),
    /// The address means all addresses of this machine, and no name is given that a browser can open.
    #[error("{0} is every address of this machine, and none that a browser can open")]
    NoName(SocketAddr),
    /// The server cannot listen at this address.
    #[error("could not listen at {address}: {source}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// The system's reason.
        source: io::Error,
    },
    /// The system gives no random numbers, which secrets are made of.
    #[error("the system gives no random numbers: {0}")]
    Random(#[from] getrandom::Error),
    /// The threads of the server cannot be started.
    #[error("could not start the server: {0}")]
    Start(io::Error),
    /// A file of the certificate cannot be read.
    #[error("could not read {}: {source}", Printable::path(path))]
    ReadCertificate {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// Browsers would refuse the certificate, or its key does not fit.
    #[error("{} {problem}", Printable::path(path))]
    Certificate {
        /// The file.
        path: PathBuf,
        /// The reason.
        problem: CertificateProblem,
    },
    /// One of the two files of an authority is missing.
    #[error("{} is missing, and the rest of this authority is there", Printable::path(missing))]
    HalfAuthority {
        /// The missing file.
        missing: PathBuf,
    },
    /// Devices no longer trust the authority.
    #[error("{} expired on {}", Printable::path(path), expiry.format("%Y-%m-%d"))]
    ExpiredAuthority {
        /// The authority's certificate.
        path: PathBuf,
        /// Its end.
        expiry: DateTime<Utc>,
    },
    /// Devices that trust the authority would refuse the new certificate.
    #[error("the authority in {} cannot certify these names: {reason}", Printable::path(path))]
    UnusableAuthority {
        /// The authority's certificate.
        path: PathBuf,
        /// The reason of the check.
        reason: rustls::Error,
    },
    /// A key or a certificate cannot be made.
    #[error("could not make a certificate: {0}")]
    Issue(#[from] rcgen::Error),
    /// A file cannot be written.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// The reason why a file of the certificate cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CertificateProblem {
    /// The file holds no certificate.
    #[error("holds no certificate in PEM form")]
    NoCertificate,
    /// The file holds no private key, or an encrypted one.
    #[error("holds no private key in PEM form without a passphrase")]
    NoKey,
    /// The certificate or key is of a kind that browsers do not accept.
    #[error("cannot be used: {0}")]
    Unusable(rustls::Error),
    /// The key is that of another certificate.
    #[error("is not the key of the certificate")]
    OtherKey,
    /// Every user of the machine can read or change the key.
    #[error("is open to every user of this machine")]
    PublicKeyFile,
    /// The certificate is too old.
    #[error("expired on {}", .0.format("%Y-%m-%d"))]
    Expired(DateTime<Utc>),
    /// The certificate begins later.
    #[error("is not valid before {}", .0.format("%Y-%m-%d"))]
    NotValidYet(DateTime<Utc>),
    /// The certificate is not for a name of the server.
    #[error("is not a certificate for {}", Printable::line(.0))]
    OtherName(String),
}
