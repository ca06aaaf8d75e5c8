//! The secret of a browser's session, and the values derived from it. The server stores only a hash of it.

use crate::intake::typed_code;
use sha2::{Digest, Sha256};

const SECRET_BYTES: usize = 32;

/// Length of the code that opens a locked interview. After a few wrong ones the server refuses more for a while.
const CODE_LENGTH: usize = 4;

/// The secret of a session, which only the browser's cookie holds.
pub(super) struct Secret([u8; SECRET_BYTES]);

/// The name of a session on the server: a hash of its secret.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct SessionId(pub(super) String);

impl Secret {
    /// Creates a random secret.
    pub(super) fn random() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; SECRET_BYTES];
        getrandom::fill(&mut bytes)?;
        Ok(Self(bytes))
    }

    /// Parses the value of a cookie.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let is_valid = text.len() == 2 * SECRET_BYTES && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let byte = |index: usize| u8::from_str_radix(text.get(2 * index..2 * index + 2)?, 16).ok();
        let bytes: Option<Vec<u8>> = (0..SECRET_BYTES).map(byte).collect();
        Some(Self(bytes.filter(|_| is_valid)?.try_into().ok()?))
    }

    /// Returns the value of the cookie.
    pub(super) fn to_text(&self) -> String {
        hex(&self.0)
    }

    /// Returns the name of the session.
    pub(super) fn id(&self) -> SessionId {
        SessionId(hex(&self.derive("session")))
    }

    /// Returns the token that the session's forms carry.
    pub(super) fn form_token(&self) -> String {
        hex(&self.derive("form")[..16])
    }

    /// Returns the code that opens the interview after it was locked.
    pub(super) fn return_code(&self) -> String {
        typed_code::from_random(self.derive("return code"), CODE_LENGTH)
    }

    /// Returns whether a typed code is the return code. Case and spaces do not matter.
    pub(super) fn is_return_code(&self, typed: &str) -> bool {
        typed_code::normalize(typed) == self.return_code()
    }

    /// Returns the key of the interview's lines in a clinic. It is stored nowhere.
    pub(super) fn journal_key(&self) -> [u8; 32] {
        self.derive("journal key")
    }

    fn derive(&self, purpose: &str) -> [u8; 32] {
        Sha256::new()
            .chain_update("preconsult serve ")
            .chain_update(purpose)
            .chain_update([0])
            .chain_update(self.0)
            .finalize()
            .into()
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::{CODE_LENGTH, Secret};

    #[test]
    fn a_secret_comes_back_from_its_cookie() {
        let secret = Secret::random().expect("random numbers");
        let parsed = Secret::parse(&secret.to_text()).expect("the cookie is valid");
        assert_eq!((parsed.id(), parsed.form_token()), (secret.id(), secret.form_token()));
        assert_ne!(Secret::random().expect("random numbers").id(), secret.id());
        for other in ["", "ab", &"g".repeat(64), &"é".repeat(32), &secret.to_text()[1..]] {
            assert!(Secret::parse(other).is_none(), "{other:?}");
        }
    }

    #[test]
    fn a_return_code_is_typed_in_any_case_with_or_without_spaces() {
        let secret = Secret::random().expect("random numbers");
        let code = secret.return_code();
        assert_eq!(code.len(), CODE_LENGTH);
        let (first, rest) = code.split_at(2);
        assert!(secret.is_return_code(&format!(" {} {rest} ", first.to_lowercase())));
        assert!(!secret.is_return_code("") && !secret.is_return_code(first));
    }
}
