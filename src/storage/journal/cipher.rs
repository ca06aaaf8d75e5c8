//! How the lines of a journal are covered: left in the clear, or sealed so that not even their writer can read them.

/// Covers what a line says before it is framed, and uncovers it again.
pub trait LineCipher: std::fmt::Debug + Send + Sync {
    /// What stands in the file for this text: one line, without a line break.
    fn cover(&self, text: &str) -> String;

    /// The text that stands behind it.
    ///
    /// # Errors
    /// Why it cannot be had.
    fn uncover(&self, covered: &str) -> Result<String, CipherError>;
}

/// Why a covered line cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CipherError {
    /// The key to it is not here.
    Locked,
    /// It was not covered like this.
    Damaged,
}

/// Nothing covers the lines: the user's own drafts.
#[derive(Debug, Clone, Copy, Default)]
pub struct Plaintext;

impl LineCipher for Plaintext {
    fn cover(&self, text: &str) -> String {
        text.to_owned()
    }

    fn uncover(&self, covered: &str) -> Result<String, CipherError> {
        Ok(covered.to_owned())
    }
}
