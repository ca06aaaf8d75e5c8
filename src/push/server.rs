//! Sends a file to one server, with retries.

use super::error::{PushError, RetryReason};
use super::outcome::{Outcome, of_error, of_response};
use super::{Address, Payload};
use std::sync::Arc;
use std::time::{Duration, Instant};
use ureq::Agent;
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};

/// The first pause between attempts; each further pause is twice as long, up to [`MAX_PAUSE`].
const FIRST_PAUSE: Duration = Duration::from_millis(250);
const MAX_PAUSE: Duration = Duration::from_secs(16);

/// Timeouts and certificates of a connection.
#[derive(Debug, Clone)]
pub struct ServerOptions {
    /// The time limit of one attempt.
    pub timeout: Duration,
    /// The time limit of all attempts together.
    pub give_up_after: Duration,
    /// The certificates to trust instead of the usual ones, as PEM.
    pub trusted_certificates: Option<Vec<u8>>,
}

/// A file that the server accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// The URL of the resource, if the server names it.
    pub location: Option<String>,
    /// True if this upload created the resource; false if the server already stored it.
    pub created: bool,
    /// The number of attempts.
    pub attempts: u32,
}

/// A server to send to.
#[derive(Debug)]
pub struct Server {
    agent: Agent,
    address: Address,
    token: Option<String>,
    give_up_after: Duration,
    timeout: Duration,
}

impl Server {
    /// Creates a client for a server, without connecting.
    ///
    /// # Errors
    /// Returns an error if the certificates to trust cannot be read.
    pub fn new(address: Address, token: Option<String>, options: &ServerOptions) -> Result<Self, PushError> {
        let mut config = Agent::config_builder().http_status_as_error(false).max_redirects(0);
        if address.is_loopback() {
            config = config.proxy(None);
        } else {
            config = config.https_only(true);
        }
        if let Some(pem) = &options.trusted_certificates {
            let roots = RootCerts::Specific(Arc::new(certificates(pem)?));
            config = config.tls_config(TlsConfig::builder().root_certs(roots).build());
        }
        let agent = config.build().new_agent();
        let ServerOptions { timeout, give_up_after, .. } = *options;
        Ok(Self { agent, address, token, give_up_after, timeout })
    }

    /// Sends a file and retries temporary failures. Before each pause, `on_retry` gets the reason and the length of the pause.
    ///
    /// # Errors
    /// Returns an error if the server refuses the file, or if the time is up.
    pub fn send(&self, payload: &Payload, on_retry: impl Fn(RetryReason, Duration)) -> Result<Delivery, PushError> {
        let started = Instant::now();
        let mut pause = FIRST_PAUSE;
        let mut attempts = 0;
        loop {
            attempts += 1;
            let (reason, retry_after) = match self.try_once(payload, started) {
                Outcome::Accepted { location, created } => return Ok(Delivery { location, created, attempts }),
                Outcome::Rejected(error) => return Err(error),
                Outcome::Retry(reason, retry_after) => (reason, retry_after),
            };
            let wait = retry_after.unwrap_or_default().max(pause);
            if started.elapsed().saturating_add(wait) >= self.give_up_after {
                return Err(PushError::GaveUp { reason, attempts });
            }
            on_retry(reason, wait);
            std::thread::sleep(wait);
            pause = (pause * 2).min(MAX_PAUSE);
        }
    }

    fn try_once(&self, payload: &Payload, started: Instant) -> Outcome {
        let remaining = self.give_up_after.saturating_sub(started.elapsed()).max(Duration::from_millis(1));
        let mut request = self
            .agent
            .post(self.address.resource_url(payload.kind))
            .config()
            .timeout_global(Some(self.timeout.min(remaining)))
            .build()
            .header("Content-Type", "application/fhir+json; charset=utf-8")
            .header("Accept", "application/fhir+json")
            .header("Prefer", "return=minimal")
            .header("If-None-Exist", &payload.condition);
        if let Some(token) = &self.token {
            request = request.header("Authorization", format!("Bearer {token}"));
        }
        match request.send(payload.text.as_str()) {
            Ok(response) => of_response(response, payload.kind),
            Err(error) => of_error(&error),
        }
    }
}

fn certificates(pem: &[u8]) -> Result<Vec<Certificate<'static>>, PushError> {
    let certificates: Vec<Certificate<'static>> = parse_pem(pem)
        .filter_map(|item| match item {
            Ok(PemItem::Certificate(certificate)) => Some(certificate),
            _ => None,
        })
        .collect();
    if certificates.is_empty() {
        return Err(PushError::NoCertificate);
    }
    Ok(certificates)
}
