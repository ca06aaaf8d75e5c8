//! The address of a FHIR server.

use super::error::{AddressProblem, PushError};
use crate::printable::Printable;
use std::net::IpAddr;
use ureq::http::Uri;

/// The resource types that can be sent. A base URL must not end with one, since the type is appended.
const RESOURCE_TYPES: [&str; 2] = ["Bundle", "QuestionnaireResponse"];

/// The FHIR base URL of a server that answers may be sent to: over TLS, or on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    base: String,
    is_loopback: bool,
}

impl Address {
    /// Parses and checks an address.
    ///
    /// # Errors
    /// Returns an error if the text is not a base URL, contains credentials, or names another machine without TLS.
    pub fn parse(text: &str) -> Result<Self, PushError> {
        let invalid = PushError::InvalidAddress;
        let uri: Uri = text.parse().map_err(|_| invalid(AddressProblem::Unreadable))?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err(invalid(AddressProblem::NotHttps));
        };
        // The process list would show the credentials.
        if authority.as_str().contains('@') {
            return Err(PushError::CredentialsInAddress);
        }
        if uri.query().is_some() || text.contains('#') {
            return Err(invalid(AddressProblem::HasQuery));
        }
        if let Some(kind) = RESOURCE_TYPES.iter().find(|kind| uri.path().split('/').any(|segment| segment == **kind)) {
            return Err(invalid(AddressProblem::HasResourceType(kind)));
        }
        let is_loopback = is_loopback(authority.host());
        match scheme {
            "https" => {}
            "http" if is_loopback => {}
            "http" => return Err(PushError::Unencrypted { host: Printable::line(authority.host()) }),
            _ => return Err(invalid(AddressProblem::NotHttps)),
        }
        Ok(Self { base: text.trim_end_matches('/').to_owned(), is_loopback })
    }

    /// The URL of a resource type on this server.
    #[must_use]
    pub fn resource_url(&self, kind: &str) -> String {
        format!("{}/{kind}", self.base)
    }

    /// Returns true if the host is `localhost` or a loopback address.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        self.is_loopback
    }
}

fn is_loopback(host: &str) -> bool {
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    host.eq_ignore_ascii_case("localhost") || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::Address;

    #[test]
    fn plain_http_is_allowed_only_on_this_machine() {
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
    fn the_resource_type_is_appended_to_the_base() {
        let address = Address::parse("https://fhir.example/r4/").expect("an address");
        assert_eq!(address.resource_url("Bundle"), "https://fhir.example/r4/Bundle");
        assert!(!address.is_loopback());
    }
}
