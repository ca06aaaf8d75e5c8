//! TLS: the server's certificate and key, checked before the server listens.
//!
//! A certificate that browsers would refuse is an error at the start, not a warning on each tablet.

use super::error::{CertificateProblem, ServeError};
use chrono::{DateTime, Utc};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::client::{verify_server_cert_signed_by_trust_anchor, verify_server_name};
use tokio_rustls::rustls::crypto::{CryptoProvider, ring};
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use tokio_rustls::rustls::server::ParsedCertificate;
use tokio_rustls::rustls::{self, CertificateError, InconsistentKeys, RootCertStore, ServerConfig};

/// The last second that a certificate can name: the end of the year 9999.
const LAST_SECOND: u64 = 253_402_300_799;

/// The files of the server's certificate.
#[derive(Debug, Clone)]
pub struct TlsFiles {
    /// The certificate, and the ones between it and its authority, as PEM.
    pub certificate: PathBuf,
    /// The private key of the certificate, as PEM.
    pub key: PathBuf,
}

/// The server's certificate and key.
pub struct Tls {
    config: Arc<ServerConfig>,
    expiry: DateTime<Utc>,
}

impl Tls {
    /// Reads and checks a certificate for the names of the server.
    ///
    /// # Errors
    /// Returns an error if a file cannot be used, or browsers would refuse the certificate for one of the names.
    pub fn load<'n>(
        files: &TlsFiles,
        names: impl IntoIterator<Item = &'n str>,
        now: DateTime<Utc>,
    ) -> Result<Self, ServeError> {
        let TlsFiles { certificate: path, key: key_path } = files;
        let problem = |problem| ServeError::Certificate { path: path.clone(), problem };
        let key_problem = |problem| ServeError::Certificate { path: key_path.clone(), problem };
        let chain = certificates(path)?;
        let [certificate, ..] = chain.as_slice() else { return Err(problem(CertificateProblem::NoCertificate)) };
        let expiry = check(certificate, names, now, path)?;
        if is_public(key_path) {
            return Err(key_problem(CertificateProblem::PublicKeyFile));
        }
        let key =
            PrivateKeyDer::from_pem_slice(&read(key_path)?).map_err(|_| key_problem(CertificateProblem::NoKey))?;
        let mut config = ServerConfig::builder_with_provider(provider())
            .with_safe_default_protocol_versions()
            .map_err(|error| problem(CertificateProblem::Unusable(error)))?
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .map_err(|error| match error {
                rustls::Error::InconsistentKeys(InconsistentKeys::KeyMismatch) => {
                    key_problem(CertificateProblem::OtherKey)
                }
                rustls::Error::InvalidCertificate(_) => problem(CertificateProblem::Unusable(error)),
                _ => key_problem(CertificateProblem::Unusable(error)),
            })?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self { config: Arc::new(config), expiry })
    }

    /// The time after which browsers refuse the certificate.
    #[must_use]
    pub fn expiry(&self) -> DateTime<Utc> {
        self.expiry
    }

    pub(super) fn acceptor(&self) -> TlsAcceptor {
        TlsAcceptor::from(Arc::clone(&self.config))
    }
}

impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tls").field("expiry", &self.expiry).finish_non_exhaustive()
    }
}

pub(super) fn provider() -> Arc<CryptoProvider> {
    Arc::new(ring::default_provider())
}

/// Reads the certificates of a PEM file.
pub(super) fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, ServeError> {
    let certificates: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&read(path)?).collect();
    certificates
        .map_err(|_| ServeError::Certificate { path: path.to_owned(), problem: CertificateProblem::NoCertificate })
}

pub(super) fn read(path: &Path) -> Result<Vec<u8>, ServeError> {
    std::fs::read(path).map_err(|source| ServeError::ReadCertificate { path: path.to_owned(), source })
}

/// Checks the time and the names of a certificate, and returns its end.
fn check<'n>(
    certificate: &CertificateDer<'_>,
    names: impl IntoIterator<Item = &'n str>,
    now: DateTime<Utc>,
    path: &Path,
) -> Result<DateTime<Utc>, ServeError> {
    let problem = |problem| ServeError::Certificate { path: path.to_owned(), problem };
    let unusable = |error| problem(CertificateProblem::Unusable(error));
    let parsed = ParsedCertificate::try_from(certificate).map_err(unusable)?;
    match time_error(&parsed, unix_time(now)) {
        Some(CertificateError::ExpiredContext { not_after, .. }) => {
            return Err(problem(CertificateProblem::Expired(date_time(not_after))));
        }
        Some(CertificateError::NotValidYetContext { not_before, .. }) => {
            return Err(problem(CertificateProblem::NotValidYet(date_time(not_before))));
        }
        _ => {}
    }
    for name in names {
        let is_certified = ServerName::try_from(name).is_ok_and(|name| verify_server_name(&parsed, &name).is_ok());
        if !is_certified {
            return Err(problem(CertificateProblem::OtherName(name.to_owned())));
        }
    }
    Ok(expiry(&parsed))
}

/// Returns the end of a certificate.
pub(super) fn expiry(certificate: &ParsedCertificate<'_>) -> DateTime<Utc> {
    // The verifier names the end of a certificate only when it refuses it.
    match time_error(certificate, UnixTime::since_unix_epoch(Duration::from_secs(LAST_SECOND))) {
        Some(CertificateError::ExpiredContext { not_after, .. }) => date_time(not_after),
        _ => DateTime::<Utc>::MAX_UTC,
    }
}

/// Returns why a certificate is refused at a time, with any authority. Its time is checked before its authority.
fn time_error(certificate: &ParsedCertificate<'_>, time: UnixTime) -> Option<CertificateError> {
    let algorithms = ring::default_provider().signature_verification_algorithms.all;
    let nobody = RootCertStore::empty();
    match verify_server_cert_signed_by_trust_anchor(certificate, &nobody, &[], time, algorithms) {
        Err(rustls::Error::InvalidCertificate(error)) => Some(error),
        _ => None,
    }
}

pub(super) fn unix_time(time: DateTime<Utc>) -> UnixTime {
    UnixTime::since_unix_epoch(Duration::from_secs(u64::try_from(time.timestamp()).unwrap_or_default()))
}

fn date_time(time: UnixTime) -> DateTime<Utc> {
    let seconds = i64::try_from(time.as_secs()).ok();
    seconds.and_then(|seconds| DateTime::from_timestamp(seconds, 0)).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// Returns whether every user of this machine can read a file. Its group may: service managers hand over keys like that.
fn is_public(path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::metadata(path).is_ok_and(|metadata| metadata.permissions().mode() & 0o007 != 0)
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        false
    }
}
