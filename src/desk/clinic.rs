//! A clinic's folder: where it is, and what lies in it.

use super::key::{Keys, Locked, Passphrase, PublicKey};
use crate::error::Error;
use crate::printable::Printable;
use crate::storage::drafts::Drafts;
use crate::storage::output;
use std::fs::File;
use std::path::{Path, PathBuf};

/// A clinic's folder.
#[derive(Debug, Clone)]
pub struct Clinic(PathBuf);

/// Whoever tries a passphrase or changes the keys holds a lock on this file.
const KEY_LOCK: &str = "key.lock";
/// The clinic's settings.
pub const SETTINGS: &str = "preconsult.toml";
/// The records.
pub const RECORDS: &str = "records.sqlite3";
/// The key that seals.
pub const PUBLIC_KEY: &str = "key.pub";
/// The keys that open, behind a passphrase.
pub const PRIVATE_KEY: &str = "key.age";
/// The journals of intakes.
pub const DRAFTS: &str = "drafts";
/// The journals of corrections.
pub const CORRECTIONS: &str = "corrections";

impl Clinic {
    /// The clinic in the folder named; else in the one that the settings name; else in the folder that the program runs
    /// in, if it is one; else in the user's own data folder.
    ///
    /// # Errors
    /// When there is no clinic there.
    pub fn find(named: Option<&Path>, set: Option<&Path>) -> Result<Self, Error> {
        let here = Some(Path::new(".")).filter(|here| here.join(PUBLIC_KEY).is_file());
        let of_user = Self::of_user();
        let folder = named.or(set).or(here).or(of_user.as_deref());
        let Some(folder) = folder else {
            return Err(Error::input("there is no folder to look for a clinic in").hint("name it with --clinic DIR"));
        };
        match folder.join(PUBLIC_KEY).metadata() {
            Ok(key) if key.is_file() => return Ok(Self(folder.to_owned())),
            Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => {
                return Err(Error::io("look for a clinic in", folder, &error));
            }
            _ if folder.join(RECORDS).is_file() => {
                return Err(Error::failed(format!(
                    "the clinic in {} lacks its public key, {PUBLIC_KEY}",
                    shown(folder)
                ))
                .hint("`preconsult desk restore` makes a new folder from a backup, which has the key"));
            }
            _ => {}
        }
        Err(Error::input(format!("there is no clinic in {}", shown(folder)))
            .hint("make one with `preconsult desk init DIR`, or name its folder with --clinic DIR"))
    }

    /// The folder of the user's own clinic.
    #[must_use]
    pub fn of_user() -> Option<PathBuf> {
        use etcetera::BaseStrategy;
        Some(etcetera::choose_base_strategy().ok()?.data_dir().join("preconsult").join("clinic"))
    }

    /// A folder to make a clinic in: it is not there yet, or empty.
    ///
    /// # Errors
    /// When there is something in it, or it cannot be made.
    pub fn make(folder: &Path) -> Result<NewClinic, Error> {
        let failed = |error: &std::io::Error| Error::io("make the clinic's folder", folder, error);
        let taken = || {
            Error::input(format!("there is something in {} already", shown(folder)))
                .hint("name a folder that is not there yet: nothing is ever written over")
        };
        let was_there = folder.exists();
        let mut builder = std::fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.recursive(true).create(folder).map_err(|error| failed(&error))?;
        if std::fs::read_dir(folder).map_err(|error| failed(&error))?.next().is_some() {
            return Err(taken());
        }
        // Of two programs at once, this lets one go on.
        builder.recursive(false).create(folder.join(DRAFTS)).map_err(|error| {
            if error.kind() == std::io::ErrorKind::AlreadyExists {
                return taken();
            }
            if !was_there {
                let _ = std::fs::remove_dir(folder);
            }
            failed(&error)
        })?;
        Ok(NewClinic { clinic: Self(folder.to_owned()), was_there, is_whole: false })
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.0
    }

    /// The path of one of its files.
    #[must_use]
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// The clinic's settings, if it has any.
    #[must_use]
    pub fn settings(&self) -> Option<PathBuf> {
        Some(self.path(SETTINGS)).filter(|path| path.is_file())
    }

    /// The journals of intakes that are under way, each named after the number.
    #[must_use]
    pub fn drafts(&self) -> Drafts {
        Drafts::in_folder(self.path(DRAFTS))
    }

    /// The journals of corrections that are under way.
    #[must_use]
    pub fn corrections(&self) -> Drafts {
        Drafts::in_folder(self.path(CORRECTIONS))
    }

    /// The key that seals.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn public_key(&self) -> Result<PublicKey, Error> {
        let path = self.path(PUBLIC_KEY);
        let text = std::fs::read_to_string(&path).map_err(|error| Error::io("read the key", &path, &error))?;
        PublicKey::parse(&text).ok_or_else(|| damaged(&path, "it is no public key of age"))
    }

    /// Holds back everybody else who tries a passphrase or changes the keys, for as long as the file is open.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn lock_keys(&self) -> Result<File, Error> {
        let path = self.path(KEY_LOCK);
        let mut options = std::fs::OpenOptions::new();
        options.create(true).write(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let lock = || {
            let file = options.open(&path)?;
            file.lock()?;
            Ok(file)
        };
        lock().map_err(|error: std::io::Error| Error::io("lock the keys with", &path, &error))
    }

    /// The keys that open.
    ///
    /// # Errors
    /// When the passphrase is another, or the file is damaged.
    pub fn unlock(&self, passphrase: &Passphrase) -> Result<Result<Keys, Locked>, Error> {
        let path = self.path(PRIVATE_KEY);
        let text = std::fs::read_to_string(&path).map_err(|error| Error::io("read the key", &path, &error))?;
        match Keys::unlock(&text, passphrase) {
            Err(Locked::Damaged(why)) => Err(damaged(&path, &why)),
            other => Ok(other),
        }
    }

    /// Writes the keys: the private ones first, so that nothing is ever sealed that they do not open.
    ///
    /// # Errors
    /// When one cannot be written; whatever was sealed before opens all the same.
    pub fn write_keys(&self, keys: &Keys, passphrase: &Passphrase, work: u8) -> Result<(), Error> {
        output::replace(&self.path(PRIVATE_KEY), keys.lock(passphrase, work)?.as_bytes())?;
        let public = format!("{}\n", keys.public());
        // Behind another passphrase it is the same one.
        if std::fs::read_to_string(self.path(PUBLIC_KEY)).is_ok_and(|there| there == public) {
            return Ok(());
        }
        Ok(output::replace(&self.path(PUBLIC_KEY), public.as_bytes())?)
    }
}

/// A clinic that is being made. If that ends before it is kept, its folder is as it was.
#[derive(Debug)]
pub struct NewClinic {
    clinic: Clinic,
    was_there: bool,
    is_whole: bool,
}

impl NewClinic {
    /// The clinic, as far as it is made.
    #[must_use]
    pub fn clinic(&self) -> &Clinic {
        &self.clinic
    }

    /// It is whole, and stays.
    pub fn keep(mut self) {
        self.is_whole = true;
    }
}

impl Drop for NewClinic {
    fn drop(&mut self) {
        if self.is_whole {
            return;
        }
        // It was empty, and nobody else could make a clinic in it.
        for entry in std::fs::read_dir(self.clinic.folder()).into_iter().flatten().flatten() {
            let path = entry.path();
            let _ = if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) };
        }
        if !self.was_there {
            let _ = std::fs::remove_dir(self.clinic.folder());
        }
    }
}

fn damaged(path: &Path, why: &str) -> Error {
    Error::failed(format!("the key {} is damaged: {why}", shown(path)))
        .hint("take the file from a backup: `preconsult desk restore`")
}

fn shown(path: &Path) -> Printable {
    Printable::line(&path.display().to_string())
}
