//! One server, and how long to try.

use super::error::{PushError, RetryReason};
use super::outcome::{Outcome, of_error, of_response};
use super::{Address, Payload};
use std::sync::Arc;
use std::time::{Duration, Instant};
use ureq::Agent;
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};

/// The first pause; each further one is twice as long, up to the longest.
const FIRST_PAUSE: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(16);

/// How a server is reached.
#[derive(Debug, Clone)]
pub struct ServerOptions {
    /// How long one try may take.
    pub timeout: Duration,
    /// How long to go on trying.
    pub give_up_after: Duration,
    /// The certificates to trust instead of the usual ones, as PEM.
    pub trusted: Option<Vec<u8>>,
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Where the server keeps it, as the server says.
    pub location: Option<String>,
    /// Whether it was created now; else it was there already.
    pub created: bool,
    /// How many tries it took.
    pub tries: u32,
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
    /// Makes ready; nobody is connected to yet.
    ///
    /// # Errors
    /// When the certificates to trust cannot be read.
    pub fn new(address: Address, token: Option<String>, setting: &ServerOptions) -> Result<Self, PushError> {
        let mut config = Agent::config_builder().http_status_as_error(false).max_redirects(0);
        if address.is_loopback() {
            config = config.proxy(None);
        } else {
            config = config.https_only(true);
        }
        if let Some(pem) = &setting.trusted {
            let roots = RootCerts::Specific(Arc::new(certificates(pem)?));
            config = config.tls_config(TlsConfig::builder().root_certs(roots).build());
        }
        let agent = config.build().new_agent();
        let ServerOptions { timeout, give_up_after, .. } = *setting;
        Ok(Self { agent, address, token, give_up_after, timeout })
    }

    /// Sends a file, again and again if need be; `tell` is told why a try failed and how long the pause is.
    ///
    /// # Errors
    /// When the server refuses it, or when the time is up.
    pub fn send(&self, parcel: &Payload, tell: impl Fn(RetryReason, Duration)) -> Result<Delivery, PushError> {
        let begun = Instant::now();
        let mut pause = FIRST_PAUSE;
        let mut tries = 0;
        loop {
            tries += 1;
            let (reason, retry_after) = match self.try_once(parcel, begun) {
                Outcome::Accepted { location, created } => return Ok(Delivery { location, created, tries }),
                Outcome::Never(error) => return Err(error),
                Outcome::Later(reason, retry_after) => (reason, retry_after),
            };
            let wait = retry_after.unwrap_or_default().max(pause);
            if begun.elapsed().saturating_add(wait) >= self.give_up_after {
                return Err(PushError::GaveUp { reason, attempts: tries });
            }
            tell(reason, wait);
            std::thread::sleep(wait);
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    fn try_once(&self, parcel: &Payload, begun: Instant) -> Outcome {
        let left = self.give_up_after.saturating_sub(begun.elapsed()).max(Duration::from_millis(1));
        let mut request = self
            .agent
            .post(self.address.of(parcel.kind))
            .config()
            .timeout_global(Some(self.timeout.min(left)))
            .build()
            .header("Content-Type", "application/fhir+json; charset=utf-8")
            .header("Accept", "application/fhir+json")
            .header("Prefer", "return=minimal")
            .header("If-None-Exist", &parcel.condition);
        if let Some(token) = &self.token {
            request = request.header("Authorization", format!("Bearer {token}"));
        }
        match request.send(parcel.text.as_str()) {
            Ok(response) => of_response(response, parcel.kind),
            Err(error) => of_error(&error),
        }
    }
}

fn certificates(pem: &[u8]) -> Result<Vec<Certificate<'static>>, PushError> {
    let found: Vec<Certificate<'static>> = parse_pem(pem)
        .filter_map(|item| match item {
            Ok(PemItem::Certificate(certificate)) => Some(certificate),
            _ => None,
        })
        .collect();
    if found.is_empty() {
        return Err(PushError::NoCertificate);
    }
    Ok(found)
}
