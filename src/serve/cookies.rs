//! The cookies: the secret of a session, and the size of the text.

use super::secret::Secret;
use axum::http::{HeaderMap, header};

/// The value of the cookie for larger text.
pub(super) const LARGE: &str = "large";

const SESSION: &str = "session";
const TEXT: &str = "text";

/// The cookies of one server.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cookies {
    /// True under TLS: browsers send such a cookie over TLS alone, and take it from this host alone.
    pub(super) is_secure: bool,
}

impl Cookies {
    /// Reads the secret of a session.
    pub(super) fn secret(self, headers: &HeaderMap) -> Option<Secret> {
        self.read(headers, SESSION).and_then(Secret::parse)
    }

    /// Returns whether the text is larger.
    pub(super) fn is_large(self, headers: &HeaderMap) -> bool {
        self.read(headers, TEXT) == Some(LARGE)
    }

    /// Returns the value of `Set-Cookie` for a session.
    pub(super) fn session(self, secret: &Secret) -> String {
        self.write(SESSION, &secret.to_text(), "")
    }

    /// Returns the value of `Set-Cookie` that ends a session.
    pub(super) fn no_session(self) -> String {
        self.write(SESSION, "", "; Max-Age=0")
    }

    /// Returns the value of `Set-Cookie` for a size of the text.
    pub(super) fn text(self, size: &str) -> String {
        self.write(TEXT, size, "")
    }

    fn prefix(self) -> &'static str {
        if self.is_secure { "__Host-" } else { "" }
    }

    fn write(self, name: &str, value: &str, attributes: &str) -> String {
        let secure = if self.is_secure { "; Secure" } else { "" };
        format!("{}{name}={value}; Path=/{attributes}{secure}; HttpOnly; SameSite=Strict", self.prefix())
    }

    fn read<'h>(self, headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
        let lines = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        pairs.find(|(other, _)| other.strip_prefix(self.prefix()) == Some(name)).map(|(_, value)| value)
    }
}
