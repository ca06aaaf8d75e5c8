//! The clinic's keys, in the age format: the public key encrypts, the private keys decrypt.
//!
//! Every encrypted item is a complete age file, so the `age` tool can decrypt it with the clinic's key file and
//! passphrase.

use super::audit_trail::sha256;
use age::armor::{ArmoredReader, ArmoredWriter, Format};
use age::secrecy::ExposeSecret;
use age::{DecryptError, Decryptor, Encryptor, scrypt, x25519};
use std::fmt::Write as _;
use std::io::{Read, Write as _};
use std::iter::once;

/// A passphrase. It is wiped from memory on drop, and its `Debug` output is redacted.
pub type Passphrase = age::secrecy::SecretString;

/// Default scrypt work factor, as a power of two: half a second and 128 MiB for each guess on a small computer. This is
/// the minimum of OWASP's Password Storage Cheat Sheet.
pub const DEFAULT_WORK_FACTOR: u8 = 17;

/// The work factors that a clinic may choose.
pub const WORK_FACTORS: std::ops::RangeInclusive<u8> = 14..=20;

/// Plaintexts are padded to a multiple of this many bytes, so that the length reveals little.
const PADDING_BLOCK: usize = 256;

/// The clinic's public key, which encrypts.
#[derive(Clone)]
pub struct PublicKey(x25519::Recipient);

/// The clinic's private keys, newest first: the current one and its predecessors.
pub struct PrivateKeys(Vec<x25519::Identity>);

/// An error from decrypting the private keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UnlockError {
    /// The passphrase is wrong.
    #[error("the passphrase is wrong")]
    WrongPassphrase,
    /// The file cannot be used.
    #[error("{0}")]
    Damaged(KeyDamage),
}

/// The damage of a key file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyDamage {
    /// The text is not a public key.
    #[error("it is not an age public key")]
    NotAPublicKey,
    /// The text is not an age file.
    #[error("it is not an age file")]
    NotAnAgeFile,
    /// The file is encrypted for a key.
    #[error("it is not encrypted with a passphrase")]
    NoPassphrase,
    /// The work factor is above [`WORK_FACTORS`].
    #[error("its work factor is too high")]
    TooMuchWork,
    /// The header has another format.
    #[error("its header is damaged")]
    Header,
    /// The content does not decrypt.
    #[error("it was changed")]
    Changed,
    /// The content is not a list of keys.
    #[error("it holds no key")]
    NoKey,
}

/// An encryption failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The system has no randomness.
    #[error("this machine cannot encrypt: the system has no randomness")]
    CannotEncrypt,
    /// The system has no randomness, or not enough memory for the key derivation.
    #[error("this machine cannot encrypt the keys: the system lacks randomness or memory")]
    CannotLock,
}

impl std::fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PublicKey({})", self.0)
    }
}

impl std::fmt::Debug for PrivateKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PrivateKeys({})", self.0.len())
    }
}

impl std::fmt::Display for PublicKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl PublicKey {
    /// Parses a public key in age's format.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let key = Self(text.trim().parse().ok()?);
        // A key that encrypts once always does: see `SealedLines::cover`.
        key.seal("").ok().map(|_| key)
    }

    /// Returns the hash by which the audit log names the key.
    #[must_use]
    pub fn hash(&self) -> String {
        sha256(self.to_string().as_bytes())
    }

    /// Encrypts a text, padded with spaces to a multiple of 256 bytes.
    ///
    /// # Errors
    /// Returns an error if the system has no randomness.
    pub fn seal(&self, text: &str) -> Result<Vec<u8>, KeyError> {
        self.seal_with(None, text)
    }

    /// Encrypts a text for the clinic and for another key too, as [`Self::seal`] does.
    ///
    /// # Errors
    /// Returns an error if the system has no randomness.
    pub fn seal_with(&self, other: Option<&Self>, text: &str) -> Result<Vec<u8>, KeyError> {
        let mut padded = text.to_owned();
        padded.extend(std::iter::repeat_n(' ', text.len().next_multiple_of(PADDING_BLOCK) - text.len()));
        let recipients = once(self).chain(other).map(|key| &key.0 as &dyn age::Recipient);
        let seal = || -> Option<Vec<u8>> {
            let mut sealed = Vec::new();
            let mut writer = Encryptor::with_recipients(recipients).ok()?.wrap_output(&mut sealed).ok()?;
            writer.write_all(padded.as_bytes()).ok()?;
            writer.finish().ok()?;
            Some(sealed)
        };
        seal().ok_or(KeyError::CannotEncrypt)
    }
}

impl PrivateKeys {
    /// Generates a private key.
    #[must_use]
    pub fn generate() -> Self {
        Self(vec![x25519::Identity::generate()])
    }

    /// Returns the private key that a secret of 32 bytes determines. `None` if they are no key.
    #[must_use]
    pub fn from_secret(secret: &[u8; 32]) -> Option<Self> {
        let prefix = bech32::Hrp::parse("age-secret-key-").ok()?;
        let text = Passphrase::from(bech32::encode_upper::<bech32::Bech32>(prefix, secret).ok()?);
        Some(Self(vec![text.expose_secret().parse().ok()?]))
    }

    /// Adds a new private key, which becomes the current one.
    #[must_use]
    pub fn rotated(self) -> Self {
        Self(once(x25519::Identity::generate()).chain(self.0).collect())
    }

    /// Returns the public key of the current private key.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        // Every constructor ensures at least one key.
        PublicKey(self.0[0].to_public())
    }

    /// Returns whether one of the private keys belongs to that public key.
    #[must_use]
    pub fn match_public(&self, key: &PublicKey) -> bool {
        self.0.iter().any(|identity| identity.to_public() == key.0)
    }

    /// Decrypts an item. `None` if it is encrypted for another key or was changed.
    #[must_use]
    pub fn open(&self, sealed: &[u8]) -> Option<String> {
        let decryptor = Decryptor::new_buffered(sealed).ok()?;
        let mut text = String::with_capacity(sealed.len());
        let identities = self.0.iter().map(|identity| identity as &dyn age::Identity);
        decryptor.decrypt(identities).ok()?.read_to_string(&mut text).ok()?;
        text.truncate(text.trim_end_matches(' ').len());
        Some(text)
    }

    /// Encrypts the keys with a passphrase, as an armored age file.
    ///
    /// # Errors
    /// Returns an error if the system has no randomness or not enough memory.
    pub fn lock(&self, passphrase: &Passphrase, work: u8) -> Result<String, KeyError> {
        let mut recipient = scrypt::Recipient::new(passphrase.clone());
        recipient.set_work_factor(work);
        let mut text = String::new();
        for (index, identity) in self.0.iter().enumerate() {
            let purpose = if index == 0 { "the clinic's key" } else { "an earlier key, for old backups" };
            let _ = writeln!(text, "# {purpose}: {}", identity.to_public());
            text.push_str(identity.to_string().expose_secret());
            text.push('\n');
        }
        let text = Passphrase::from(text);
        let lock = || -> Option<Vec<u8>> {
            let encryptor = Encryptor::with_recipients(once(&recipient as &dyn age::Recipient)).ok()?;
            let armored = ArmoredWriter::wrap_output(Vec::new(), Format::AsciiArmor).ok()?;
            let mut writer = encryptor.wrap_output(armored).ok()?;
            writer.write_all(text.expose_secret().as_bytes()).ok()?;
            writer.finish().ok()?.finish().ok()
        };
        lock().and_then(|bytes| String::from_utf8(bytes).ok()).ok_or(KeyError::CannotLock)
    }

    /// Decrypts the keys with a passphrase. The duration depends on the work factor of the file.
    ///
    /// # Errors
    /// Returns an error if the passphrase is wrong or the file is damaged.
    pub fn unlock(locked: &str, passphrase: &Passphrase) -> Result<Self, UnlockError> {
        let damaged = UnlockError::Damaged;
        let decryptor = Decryptor::new_buffered(ArmoredReader::new(locked.as_bytes()))
            .map_err(|_| damaged(KeyDamage::NotAnAgeFile))?;
        if !decryptor.is_scrypt() {
            return Err(damaged(KeyDamage::NoPassphrase));
        }
        let mut identity = scrypt::Identity::new(passphrase.clone());
        identity.set_max_work_factor(*WORK_FACTORS.end());
        let mut reader = decryptor.decrypt(once(&identity as &dyn age::Identity)).map_err(|error| match error {
            DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed => UnlockError::WrongPassphrase,
            DecryptError::ExcessiveWork { .. } => damaged(KeyDamage::TooMuchWork),
            _ => damaged(KeyDamage::Header),
        })?;
        let mut text = String::new();
        reader.read_to_string(&mut text).map_err(|_| damaged(KeyDamage::Changed))?;
        let text = Passphrase::from(text);
        let lines = text.expose_secret().lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        let identities: Result<Vec<x25519::Identity>, _> = lines.map(str::parse).collect();
        match identities {
            Ok(identities) if !identities.is_empty() => Ok(Self(identities)),
            _ => Err(damaged(KeyDamage::NoKey)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Passphrase, PrivateKeys, PublicKey, UnlockError, WORK_FACTORS};

    fn passphrase(text: &str) -> Passphrase {
        Passphrase::from(text.to_owned())
    }

    #[test]
    fn encrypted_texts_decrypt_and_their_length_reveals_little() {
        let keys = PrivateKeys::generate();
        let texts = ["short", &"ü".repeat(100), &"x".repeat(256), &"x".repeat(257)];
        let lengths = texts.map(|text| {
            let sealed = keys.public().seal(text).expect("it encrypts");
            assert_eq!(keys.open(&sealed).as_deref(), Some(text));
            sealed.len()
        });
        // age adds a random stanza of at most about three hundred bytes to every file.
        assert!(lengths.iter().all(|length| (456..1200).contains(length)), "{lengths:?}");
        assert_eq!(keys.open(&keys.public().seal("").expect("it encrypts")).as_deref(), Some(""));
        let sealed = keys.public().seal("mine").expect("it encrypts");
        assert_eq!(PrivateKeys::generate().open(&sealed), None);
    }

    #[test]
    fn an_earlier_key_still_decrypts() {
        let keys = PrivateKeys::generate();
        let sealed = keys.public().seal("old").expect("it encrypts");
        let previous = keys.public().to_string();
        let keys = keys.rotated();
        assert_ne!(keys.public().to_string(), previous);
        assert_eq!(keys.open(&sealed).as_deref(), Some("old"));
    }

    #[test]
    fn only_the_passphrase_unlocks() {
        let keys = PrivateKeys::generate();
        let locked = keys.lock(&passphrase("right"), *WORK_FACTORS.start()).expect("it locks");
        assert!(!locked.contains("SECRET"));
        let opened = PrivateKeys::unlock(&locked, &passphrase("right")).expect("it unlocks");
        assert_eq!(opened.public().to_string(), keys.public().to_string());
        assert!(matches!(PrivateKeys::unlock(&locked, &passphrase("wrong")), Err(UnlockError::WrongPassphrase)));
        for cut in [0, 30, locked.len() / 2, locked.len() - 10] {
            assert!(
                matches!(PrivateKeys::unlock(&locked[..cut], &passphrase("right")), Err(UnlockError::Damaged(_))),
                "{cut}"
            );
        }
        assert!(PublicKey::parse("age1nonsense").is_none());
    }
}
