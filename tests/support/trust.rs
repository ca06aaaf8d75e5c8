//! A client that speaks TLS and trusts one authority.

use std::io;
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{
    ALL_VERSIONS, ClientConfig, ClientConnection, RootCertStore, StreamOwned, SupportedProtocolVersion,
};

const TIME_LIMIT: Duration = Duration::from_secs(60);

/// What a client trusts.
#[derive(Debug, Clone)]
pub(crate) struct Trust(Arc<ClientConfig>);

impl Trust {
    /// Trusts the certificate in a PEM file.
    pub(crate) fn in_authority(path: &Path) -> Self {
        Self::new(Some(path), ALL_VERSIONS, &[])
    }

    /// Trusts the certificate in a PEM file, or none; speaks these versions of TLS and these protocols.
    pub(crate) fn new(path: Option<&Path>, versions: &[&'static SupportedProtocolVersion], protocols: &[&str]) -> Self {
        let mut roots = RootCertStore::empty();
        if let Some(path) = path {
            let authority = CertificateDer::from_pem_file(path).expect("a certificate");
            roots.add(authority).expect("an authority");
        }
        let mut config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_protocol_versions(versions)
            .expect("versions of TLS")
            .with_root_certificates(roots)
            .with_no_client_auth();
        config.alpn_protocols = protocols.iter().map(|protocol| protocol.as_bytes().to_vec()).collect();
        Self(Arc::new(config))
    }

    /// Connects to the port of `host` on this machine, and ends the handshake with its name.
    pub(crate) fn connect(&self, host: &str) -> io::Result<StreamOwned<ClientConnection, TcpStream>> {
        let (name, port) = host.rsplit_once(':').expect("a port");
        let name = ServerName::try_from(name.trim_matches(['[', ']']).to_owned()).expect("a name");
        let mut stream = TcpStream::connect(("127.0.0.1", port.parse().expect("a port")))?;
        stream.set_read_timeout(Some(TIME_LIMIT))?;
        let mut connection = ClientConnection::new(Arc::clone(&self.0), name).map_err(io::Error::other)?;
        while connection.is_handshaking() {
            connection.complete_io(&mut stream)?;
        }
        Ok(StreamOwned::new(connection, stream))
    }
}
