//! Ciphers for the lines of a journal: plaintext, or encryption that not even the writer can undo.

/// Encrypts the text of a line before its checksum is computed, and decrypts it.
pub trait LineCipher: std::fmt::Debug + Send + Sync {
    /// Encrypts a text to a payload without line breaks.
    fn seal(&self, text: &str) -> String;

    /// Decrypts a payload.
    ///
    /// # Errors
    /// Returns an error if the key is missing or the payload is damaged.
    fn open(&self, sealed: &str) -> Result<String, CipherError>;
}

/// The reason why a payload cannot be decrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CipherError {
    /// The key is not available.
    Locked,
    /// It was not encrypted with this cipher, or was changed.
    Damaged,
}

/// No encryption: the cipher of the user's own drafts.
#[derive(Debug, Clone, Copy, Default)]
pub struct Plaintext;

impl LineCipher for Plaintext {
    fn seal(&self, text: &str) -> String {
        text.to_owned()
    }

    fn open(&self, sealed: &str) -> Result<String, CipherError> {
        Ok(sealed.to_owned())
    }
}
