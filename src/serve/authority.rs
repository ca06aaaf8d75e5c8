//! A clinic's own certificate authority, and certificates from it: for a network where no public authority knows the names.
//!
//! - `authority.key`, `authority.crt`: the authority. Devices that trust it accept its certificates. Its name constraints
//!   allow only the names that it was made for, so that a stolen key cannot imitate other sites.
//! - `authority.cer`: the same certificate in the binary form that tablets, phones and Windows open.
//! - `server.key`, `server.crt`: the server's certificate, made again at each call.

use super::error::ServeError;
use super::tls;

use crate::storage::error::{FileAction, StorageError};
use crate::storage::output;
use crate::storage::own_files::{TrustedOwners, create_private_folder};
use chrono::{DateTime, TimeDelta, Utc};
use rcgen::{
    BasicConstraints, CertificateParams, CidrSubnet, DistinguishedName, DnType, ExtendedKeyUsagePurpose,
    GeneralSubtree, IsCa, Issuer, KeyPair, KeyUsagePurpose, NameConstraints, PublicKeyData,
};
use sha2::{Digest, Sha256};
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use time::OffsetDateTime;
use tokio_rustls::rustls::client::verify_server_cert_signed_by_trust_anchor;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::server::ParsedCertificate;
use tokio_rustls::rustls::{self, RootCertStore, crypto::ring};

const AUTHORITY_KEY: &str = "authority.key";
const AUTHORITY: &str = "authority.crt";
const AUTHORITY_FOR_DEVICES: &str = "authority.cer";
const SERVER_KEY: &str = "server.key";
const SERVER: &str = "server.crt";

/// Days for which a device trusts the authority.
const AUTHORITY_DAYS: i64 = 3650;

/// Days of the server's certificate. Apple's devices refuse more than 825 days, also from an authority that the user has
/// added (support.apple.com/103769).
const SERVER_DAYS: i64 = 730;

/// Days that a certificate begins before it is made, for devices with a slow clock.
const CLOCK_DAYS: i64 = 1;

/// The names of the machine itself, for a browser or a monitor that runs there.
const LOCAL_NAMES: [&str; 3] = ["localhost", "127.0.0.1", "::1"];

/// The files of an authority and of a certificate from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// The authority's certificate, as PEM.
    pub authority: PathBuf,
    /// The authority's certificate in binary form (DER), for devices.
    pub authority_for_devices: PathBuf,
    /// The authority's name, as devices show it.
    pub authority_name: String,
    /// True if the authority was created, so that devices do not know it yet.
    pub authority_is_new: bool,
    /// The time after which devices no longer trust the authority.
    pub authority_expiry: DateTime<Utc>,
    /// The server's certificate, as PEM.
    pub certificate: PathBuf,
    /// The server's key, as PEM.
    pub key: PathBuf,
    /// The time after which browsers refuse the certificate.
    pub expiry: DateTime<Utc>,
}

/// Writes a certificate for these names, from the authority in the folder. Without one, creates it. An authority is never
/// replaced, because every device would have to trust the new one.
///
/// # Errors
/// Returns an error if the files cannot be written, or the authority in the folder cannot be used for these names.
pub fn issue(folder: &Path, hosts: &[String], now: DateTime<Utc>) -> Result<Issued, ServeError> {
    create_private_folder(folder, TrustedOwners::default())
        .map_err(|error| StorageError::io(FileAction::CreateFolder, folder, error))?;
    let path = |name: &str| folder.join(name);
    let (key_path, authority_path) = (path(AUTHORITY_KEY), path(AUTHORITY));
    let authority_is_new = match (key_path.exists(), authority_path.exists()) {
        (true, true) => false,
        (false, false) => true,
        (true, false) => return Err(ServeError::HalfAuthority { missing: authority_path }),
        (false, true) => return Err(ServeError::HalfAuthority { missing: key_path }),
    };
    let (authority, key) = if authority_is_new {
        // Files of another authority.
        if let Some(taken) = [SERVER_KEY, SERVER].map(path).into_iter().find(|path| path.exists()) {
            return Err(StorageError::FileExists(taken).into());
        }
        create_authority(folder, hosts, now)?
    } else {
        read_authority(&authority_path, &key_path)?
    };
    let authority_expiry = tls::expiry(&ParsedCertificate::try_from(&authority).map_err(unusable(&authority_path))?);
    if authority_expiry < now {
        return Err(ServeError::ExpiredAuthority { path: authority_path, expiry: authority_expiry });
    }
    let expiry = (now + TimeDelta::days(SERVER_DAYS)).min(authority_expiry);
    let authority_name = authority_name(&key);
    let issuer = Issuer::new(authority_params(&authority_name, hosts, now), key);
    let server_key = KeyPair::generate()?;
    let server = server_params(hosts, now, expiry)?.signed_by(&server_key, &issuer)?;
    check(server.der(), authority.clone(), now).map_err(unusable(&authority_path))?;
    output::replace(&path(AUTHORITY_FOR_DEVICES), &authority)?;
    output::replace(&path(SERVER_KEY), server_key.serialize_pem().as_bytes())?;
    output::replace(&path(SERVER), server.pem().as_bytes())?;
    Ok(Issued {
        authority: authority_path,
        authority_for_devices: path(AUTHORITY_FOR_DEVICES),
        authority_name,
        authority_is_new,
        authority_expiry,
        certificate: path(SERVER),
        key: path(SERVER_KEY),
        expiry,
    })
}

fn create_authority(
    folder: &Path,
    hosts: &[String],
    now: DateTime<Utc>,
) -> Result<(CertificateDer<'static>, KeyPair), ServeError> {
    let key = KeyPair::generate()?;
    let authority = authority_params(&authority_name(&key), hosts, now).self_signed(&key)?;
    output::create(&folder.join(AUTHORITY_KEY), key.serialize_pem().as_bytes())?;
    output::create(&folder.join(AUTHORITY), authority.pem().as_bytes()).inspect_err(|_| {
        // A key without a certificate would stop the next call.
        let _ = std::fs::remove_file(folder.join(AUTHORITY_KEY));
    })?;
    Ok((authority.der().clone(), key))
}

fn read_authority(path: &Path, key_path: &Path) -> Result<(CertificateDer<'static>, KeyPair), ServeError> {
    use super::error::CertificateProblem::{NoCertificate, NoKey};
    let problem = |path: &Path, problem| ServeError::Certificate { path: path.to_owned(), problem };
    let authority = tls::certificates(path)?.into_iter().next().ok_or_else(|| problem(path, NoCertificate))?;
    let text = String::from_utf8(tls::read(key_path)?).map_err(|_| problem(key_path, NoKey))?;
    Ok((authority, KeyPair::from_pem(&text).map_err(|_| problem(key_path, NoKey))?))
}

/// Returns the name of the authority with this key. It comes from the key, so that two authorities differ on a device.
fn authority_name(key: &KeyPair) -> String {
    let hash = Sha256::digest(key.subject_public_key_info());
    format!("preconsult {:02X}{:02X} {:02X}{:02X}", hash[0], hash[1], hash[2], hash[3])
}

fn authority_params(name: &str, hosts: &[String], now: DateTime<Utc>) -> CertificateParams {
    // Names of both kinds are always among them: a kind without a permitted name would not be limited.
    let permitted_subtrees = all_names(hosts)
        .map(|host| match host.parse() {
            Ok(address @ IpAddr::V4(_)) => GeneralSubtree::IpAddress(CidrSubnet::from_addr_prefix(address, 32)),
            Ok(address @ IpAddr::V6(_)) => GeneralSubtree::IpAddress(CidrSubnet::from_addr_prefix(address, 128)),
            Err(_) => GeneralSubtree::DnsName(host.to_owned()),
        })
        .collect();
    let mut params = CertificateParams::default();
    params.distinguished_name = named(name);
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.name_constraints = Some(NameConstraints { permitted_subtrees, excluded_subtrees: Vec::new() });
    params.not_before = in_certificate(now - TimeDelta::days(CLOCK_DAYS));
    params.not_after = in_certificate(now + TimeDelta::days(AUTHORITY_DAYS));
    params
}

fn server_params(
    hosts: &[String],
    now: DateTime<Utc>,
    expiry: DateTime<Utc>,
) -> Result<CertificateParams, rcgen::Error> {
    let mut params = CertificateParams::new(all_names(hosts).map(str::to_owned).collect::<Vec<_>>())?;
    params.distinguished_name = named("preconsult serve");
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.use_authority_key_identifier_extension = true;
    params.not_before = in_certificate(now - TimeDelta::days(CLOCK_DAYS));
    params.not_after = in_certificate(expiry);
    Ok(params)
}

fn all_names(hosts: &[String]) -> impl Iterator<Item = &str> {
    let local = LOCAL_NAMES.into_iter().filter(|name| !hosts.iter().any(|host| host == name));
    hosts.iter().map(String::as_str).chain(local)
}

fn named(name: &str) -> DistinguishedName {
    let mut names = DistinguishedName::new();
    names.push(DnType::CommonName, name);
    names
}

fn in_certificate(time: DateTime<Utc>) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(time.timestamp()).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

/// Checks a new certificate as a device does that trusts the authority: names, signature and times.
fn check(
    certificate: &CertificateDer<'_>,
    authority: CertificateDer<'static>,
    now: DateTime<Utc>,
) -> Result<(), rustls::Error> {
    let mut roots = RootCertStore::empty();
    roots.add(authority)?;
    let algorithms = ring::default_provider().signature_verification_algorithms.all;
    let parsed = ParsedCertificate::try_from(certificate)?;
    verify_server_cert_signed_by_trust_anchor(&parsed, &roots, &[], tls::unix_time(now), algorithms)
}

fn unusable(path: &Path) -> impl Fn(rustls::Error) -> ServeError {
    let path = path.to_owned();
    move |reason| ServeError::UnusableAuthority { path: path.clone(), reason }
}
