//! The journals of intakes: each line sealed by itself, so that a device can add to one and read none.

use super::key::{Keys, PublicKey};
use crate::storage::journal::{Cover, Covered};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use std::sync::Arc;

/// Seals the lines of a journal, and opens them where the keys are there.
#[derive(Debug)]
pub struct SealedLines {
    key: PublicKey,
    keys: Option<Arc<Keys>>,
}

impl SealedLines {
    /// Lines that are sealed with this key.
    #[must_use]
    pub fn new(key: PublicKey, keys: Option<Arc<Keys>>) -> Self {
        Self { key, keys }
    }
}

impl Cover for SealedLines {
    fn cover(&self, text: &str) -> String {
        // A key that has sealed once seals again; an empty line would be read as damage, and never as an answer.
        self.key.seal(text).map(|sealed| STANDARD_NO_PAD.encode(sealed)).unwrap_or_default()
    }

    fn uncover(&self, covered: &str) -> Result<String, Covered> {
        let keys = self.keys.as_ref().ok_or(Covered::Locked)?;
        let sealed = STANDARD_NO_PAD.decode(covered).map_err(|_| Covered::Damaged)?;
        keys.open(&sealed).ok_or(Covered::Damaged)
    }
}
