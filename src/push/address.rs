//! Where to send.

use super::error::{AddressProblem, PushError};
use crate::printable::Printable;
use std::net::IpAddr;
use ureq::http::Uri;

/// The kinds of resources that are sent: an address of one of them leads nowhere that the other could go.
const KINDS: [&str; 2] = ["Bundle", "QuestionnaireResponse"];

/// A server's FHIR address that one may send answers to: over TLS, or on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    base: String,
    here: bool,
}

impl Address {
    /// Checks an address.
    ///
    /// # Errors
    /// When it is none, holds a name and password, or leads off this machine without TLS.
    pub fn parse(text: &str) -> Result<Self, PushError> {
        let wrong = PushError::InvalidAddress;
        let uri: Uri = text.parse().map_err(|_| wrong(AddressProblem::Unreadable))?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err(wrong(AddressProblem::NotHttps));
        };
        // Whoever looks at the list of processes would see it.
        if authority.as_str().contains('@') {
            return Err(PushError::CredentialsInAddress);
        }
        if uri.query().is_some() || text.contains('#') {
            return Err(wrong(AddressProblem::HasQuery));
        }
        if let Some(kind) = KINDS.iter().find(|kind| uri.path().split('/').any(|step| step == **kind)) {
            return Err(wrong(AddressProblem::HasResourceType(kind)));
        }
        let here = is_here(authority.host());
        match scheme {
            "https" => {}
            "http" if here => {}
            "http" => return Err(PushError::Unencrypted { host: Printable::line(authority.host()) }),
            _ => return Err(wrong(AddressProblem::NotHttps)),
        }
        Ok(Self { base: text.trim_end_matches('/').to_owned(), here })
    }

    /// The address of a kind of resource.
    #[must_use]
    pub fn of(&self, kind: &str) -> String {
        format!("{}/{kind}", self.base)
    }

    /// Whether the server is on this machine, by the name that the address gives it.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        self.here
    }
}

fn is_here(host: &str) -> bool {
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    host.eq_ignore_ascii_case("localhost") || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::Address;

    #[test]
    fn without_encryption_only_on_this_machine() {
        for good in [
            "https://fhir.example/r4",
            "https://10.0.0.5/",
            "http://localhost:8080/fhir",
            "http://127.0.0.1:1",
            "http://127.8.9.1/x/",
            "http://[::1]:80/fhir",
        ] {
            assert!(Address::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "http://fhir.example/r4",
            "http://10.0.0.5/",
            "http://localhost.evil.example/",
            "http://127.0.0.1.evil.example/",
            "http://0.0.0.0/",
            "http://[::ffff:8.8.8.8]/",
            "https://user:secret@fhir.example/",
            "https://fhir.example/?x=1",
            "https://fhir.example/#x",
            "https://fhir.example/r4/Bundle",
            "https://fhir.example/r4/QuestionnaireResponse/",
            "ftp://fhir.example/",
            "fhir.example",
            "/r4",
            "",
        ] {
            let error = Address::parse(bad).expect_err(bad);
            assert!(!error.to_string().contains("secret"), "{bad}: {error}");
        }
    }

    #[test]
    fn a_resource_has_its_kind_behind_the_base() {
        let address = Address::parse("https://fhir.example/r4/").expect("an address");
        assert_eq!(address.of("Bundle"), "https://fhir.example/r4/Bundle");
        assert!(!address.is_loopback());
    }
}
