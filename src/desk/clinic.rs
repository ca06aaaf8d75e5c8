//! A clinic's folder: where it is, and what lies in it.

use super::error::{ClinicAction, DeskError};
use super::file_names::{CORRECTIONS, DRAFTS, KEY_LOCK, PRIVATE_KEY, PUBLIC_KEY, RECORDS, SETTINGS};
use super::key::{KeyDamage, Passphrase, PrivateKeys, PublicKey, UnlockError};
use crate::storage::drafts::Drafts;
use crate::storage::output;
use std::fs::File;
use std::path::{Path, PathBuf};

/// A clinic's folder.
#[derive(Debug, Clone)]
pub struct Clinic(PathBuf);

impl Clinic {
    /// The clinic in the folder named; else in the one that the settings name; else in the folder that the program runs
    /// in, if it is one; else in the user's own data folder.
    ///
    /// # Errors
    /// When there is no clinic there.
    pub fn find(named: Option<&Path>, set: Option<&Path>) -> Result<Self, DeskError> {
        let here = Some(Path::new(".")).filter(|here| here.join(PUBLIC_KEY).is_file());
        let of_user = Self::of_user();
        let folder = named.or(set).or(here).or(of_user.as_deref());
        let folder = folder.ok_or(DeskError::NoClinicFolder)?;
        match folder.join(PUBLIC_KEY).metadata() {
            Ok(key) if key.is_file() => Ok(Self(folder.to_owned())),
            Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => {
                Err(DeskError::io(ClinicAction::Find, folder, error))
            }
            _ if folder.join(RECORDS).is_file() => Err(DeskError::NoPublicKey(folder.to_owned())),
            _ => Err(DeskError::NoClinic(folder.to_owned())),
        }
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
    pub fn create(folder: &Path) -> Result<NewClinic, DeskError> {
        let failed = |error| DeskError::io(ClinicAction::Create, folder, error);
        let not_empty = || DeskError::FolderNotEmpty(folder.to_owned());
        let was_there = folder.exists();
        let mut builder = std::fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.recursive(true).create(folder).map_err(failed)?;
        if std::fs::read_dir(folder).map_err(failed)?.next().is_some() {
            return Err(not_empty());
        }
        // Of two programs at once, this lets one go on.
        builder.recursive(false).create(folder.join(DRAFTS)).map_err(|error| {
            if error.kind() == std::io::ErrorKind::AlreadyExists {
                return not_empty();
            }
            if !was_there {
                let _ = std::fs::remove_dir(folder);
            }
            failed(error)
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
    pub fn public_key(&self) -> Result<PublicKey, DeskError> {
        let path = self.path(PUBLIC_KEY);
        let text =
            std::fs::read_to_string(&path).map_err(|error| DeskError::io(ClinicAction::ReadKey, &path, error))?;
        PublicKey::parse(&text).ok_or(DeskError::DamagedKey { path, damage: KeyDamage::NotAPublicKey })
    }

    /// Holds back everybody else who tries a passphrase or changes the keys, for as long as the file is open.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn lock_keys(&self) -> Result<File, DeskError> {
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
        lock().map_err(|error: std::io::Error| DeskError::io(ClinicAction::LockKeys, &path, error))
    }

    /// Unlocks the keys that decrypt.
    ///
    /// # Errors
    /// [`DeskError::WrongPassphrase`], or the file cannot be read or is damaged.
    pub fn unlock(&self, passphrase: &Passphrase) -> Result<PrivateKeys, DeskError> {
        let path = self.path(PRIVATE_KEY);
        let text =
            std::fs::read_to_string(&path).map_err(|error| DeskError::io(ClinicAction::ReadKey, &path, error))?;
        PrivateKeys::unlock(&text, passphrase).map_err(|error| match error {
            UnlockError::WrongPassphrase => DeskError::WrongPassphrase,
            UnlockError::Damaged(damage) => DeskError::DamagedKey { path, damage },
        })
    }

    /// Writes the keys: the private ones first, so that nothing is ever sealed that they do not open.
    ///
    /// # Errors
    /// When one cannot be written; whatever was sealed before opens all the same.
    pub fn write_keys(&self, keys: &PrivateKeys, passphrase: &Passphrase, work: u8) -> Result<(), DeskError> {
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
    pub fn commit(mut self) {
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
