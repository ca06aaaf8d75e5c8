//! The clinic's keys, in the age format: the public one seals, the private one opens.
//!
//! Everything sealed is a whole age file, so the public `age` tool opens it with the clinic's key file and passphrase.

use age::armor::{ArmoredReader, ArmoredWriter, Format};
use age::secrecy::ExposeSecret;
use age::{DecryptError, Decryptor, Encryptor, scrypt, x25519};
use std::fmt::Write as _;
use std::io::{Read, Write as _};
use std::iter::once;

/// A passphrase; it is wiped when it is let go, and shows nothing of itself.
pub type Passphrase = age::secrecy::SecretString;

/// scrypt's work for each guess at the passphrase, as a power of two: half a second and 128 MiB on a small computer,
/// which is what OWASP's cheat sheet on storing passwords asks for at least.
pub const DEFAULT_WORK_FACTOR: u8 = 17;

/// The work that a clinic may choose.
pub const WORK_FACTORS: std::ops::RangeInclusive<u8> = 14..=20;

/// What is sealed is as long as a multiple of this, so that its length tells little of what is in it.
const PADDING_BLOCK: usize = 256;

/// The key that seals, and opens nothing.
#[derive(Clone)]
pub struct PublicKey(x25519::Recipient);

/// The clinic's private keys: the one that belongs to its public key, and those before it.
pub struct PrivateKeys(Vec<x25519::Identity>);

/// Why the private keys cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UnlockError {
    /// The passphrase does not fit.
    #[error("the passphrase is another one")]
    WrongPassphrase,
    /// The file cannot be used.
    #[error("{0}")]
    Damaged(KeyDamage),
}

/// What is wrong with a key file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyDamage {
    /// The text is not a public key.
    #[error("it is no public key of age")]
    NotAPublicKey,
    /// The text is not an age file.
    #[error("it is no age file")]
    NotAnAgeFile,
    /// The file is encrypted for a key.
    #[error("it is not locked by a passphrase")]
    NoPassphrase,
    /// The work factor is above [`WORKS`].
    #[error("opening it is more work than this program does")]
    TooMuchWork,
    /// The header has another format.
    #[error("its header is damaged")]
    Header,
    /// The content does not decrypt.
    #[error("it was changed")]
    Changed,
    /// The content is not a list of keys.
    #[error("there is no key in it")]
    NoKey,
}

/// Why something cannot be encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The system gives no randomness.
    #[error("this machine cannot seal anything")]
    CannotEncrypt,
    /// The system gives no randomness, or no memory for the work.
    #[error("this machine cannot lock the key")]
    CannotLock,
}

impl std::fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PublicKey({})", self.0)
    }
}

impl std::fmt::Debug for PrivateKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Keys({})", self.0.len())
    }
}

impl std::fmt::Display for PublicKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl PublicKey {
    /// Reads a public key as age writes it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let key = Self(text.trim().parse().ok()?);
        // A key that has sealed once seals again.
        key.seal("").ok().map(|_| key)
    }

    /// Seals a text; spaces at its end fill it up to a round length.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn seal(&self, text: &str) -> Result<Vec<u8>, KeyError> {
        let mut padded = text.to_owned();
        padded.extend(std::iter::repeat_n(' ', text.len().next_multiple_of(PADDING_BLOCK) - text.len()));
        age::encrypt(&self.0, padded.as_bytes()).map_err(|_| KeyError::CannotEncrypt)
    }
}

impl PrivateKeys {
    /// A new private key.
    #[must_use]
    pub fn generate() -> Self {
        Self(vec![x25519::Identity::generate()])
    }

    /// A new private key before these.
    #[must_use]
    pub fn rotated(self) -> Self {
        Self(once(x25519::Identity::generate()).chain(self.0).collect())
    }

    /// The public key to the newest private one.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        // There is at least one: every constructor sees to it.
        PublicKey(self.0[0].to_public())
    }

    /// Whether they open what is sealed for that key.
    #[must_use]
    pub fn match_public(&self, key: &PublicKey) -> bool {
        self.0.iter().any(|identity| identity.to_public() == key.0)
    }

    /// What was sealed, if it was sealed for one of these keys and nobody has changed it.
    #[must_use]
    pub fn open(&self, sealed: &[u8]) -> Option<String> {
        let decryptor = Decryptor::new_buffered(sealed).ok()?;
        let mut text = String::with_capacity(sealed.len());
        let identities = self.0.iter().map(|identity| identity as &dyn age::Identity);
        decryptor.decrypt(identities).ok()?.read_to_string(&mut text).ok()?;
        text.truncate(text.trim_end_matches(' ').len());
        Some(text)
    }

    /// The keys behind a passphrase, as the text of an age file.
    ///
    /// # Errors
    /// When the system has no randomness or no memory to give.
    pub fn lock(&self, passphrase: &Passphrase, work: u8) -> Result<String, KeyError> {
        let mut recipient = scrypt::Recipient::new(passphrase.clone());
        recipient.set_work_factor(work);
        let mut text = String::new();
        for (at, identity) in self.0.iter().enumerate() {
            let age = if at == 0 { "the clinic's key" } else { "a key before it, for old backups" };
            let _ = writeln!(text, "# {age}: {}", identity.to_public());
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

    /// The keys behind a passphrase. Takes as long as the work that was chosen when they were locked.
    ///
    /// # Errors
    /// Why not.
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
    fn what_is_sealed_opens_and_its_length_tells_little() {
        let keys = PrivateKeys::generate();
        let texts = ["short", &"ü".repeat(100), &"x".repeat(256), &"x".repeat(257)];
        let lengths = texts.map(|text| {
            let sealed = keys.public().seal(text).expect("it seals");
            assert_eq!(keys.open(&sealed).as_deref(), Some(text));
            sealed.len()
        });
        // age adds a line of nothing of random length, at most some three hundred bytes, to every file.
        assert!(lengths.iter().all(|length| (456..1200).contains(length)), "{lengths:?}");
        assert_eq!(keys.open(&keys.public().seal("").expect("it seals")).as_deref(), Some(""));
        let sealed = keys.public().seal("mine").expect("it seals");
        assert_eq!(PrivateKeys::generate().open(&sealed), None);
    }

    #[test]
    fn a_key_before_it_still_opens() {
        let keys = PrivateKeys::generate();
        let sealed = keys.public().seal("old").expect("it seals");
        let before = keys.public().to_string();
        let keys = keys.rotated();
        assert_ne!(keys.public().to_string(), before);
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
