//! The names of the files and folders in a clinic's folder.

/// The clinic's settings.
pub const SETTINGS: &str = "preconsult.toml";
/// The records.
pub const RECORDS: &str = "records.sqlite3";
/// The public key.
pub const PUBLIC_KEY: &str = "key.pub";
/// The private keys, encrypted with a passphrase.
pub const PRIVATE_KEY: &str = "key.age";
/// The journals of intakes.
pub const DRAFTS: &str = "drafts";
/// The journals of corrections.
pub const CORRECTIONS: &str = "corrections";
/// The address of the running server, locked while it runs.
pub const SERVER: &str = "server";
/// Locked while a passphrase is tried or the keys are changed.
pub const KEY_LOCK: &str = "key.lock";
