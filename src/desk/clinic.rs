//! A clinic's folder: its location and its files.

use super::error::{ClinicAction, DeskError};
use super::file_names::{CORRECTIONS, DRAFTS, KEY_LOCK, PRIVATE_KEY, PUBLIC_KEY, RECORDS, SETTINGS};
use super::key::{KeyDamage, Passphrase, PrivateKeys, PublicKey, UnlockError};
use crate::storage::drafts::Drafts;
use crate::storage::output;
use crate::storage::own_files::{
    TrustedOwners, UnsafePath, create_private_folder, open_regular, read_regular_text, restrict,
};
use std::fs::File;
use std::path::{Path, PathBuf};

/// A clinic's folder.
#[derive(Debug, Clone)]
pub struct Clinic {
    folder: PathBuf,
    trusted: TrustedOwners,
}

impl Clinic {
    /// Finds the clinic. Candidates, in order: the folder `named` on the command line, the `configured` one, the user's
    /// own clinic, and the current folder. The first candidate decides.
    ///
    /// # Errors
    /// Returns an error if that folder holds no clinic, cannot be read, or has an owner other than the trusted ones.
    pub fn find(named: Option<&Path>, configured: Option<&Path>, trusted: TrustedOwners) -> Result<Self, DeskError> {
        let holds_clinic = |folder: &Path| folder.join(PUBLIC_KEY).is_file();
        let of_user = Self::of_user();
        let own = of_user.as_deref().filter(|folder| holds_clinic(folder));
        let here = Some(Path::new(".")).filter(|here| holds_clinic(here));
        let folder = named.or(configured).or(own).or(here).or(of_user.as_deref());
        let folder = folder.ok_or(DeskError::NoClinicFolder)?;
        match folder.join(PUBLIC_KEY).symlink_metadata() {
            Ok(key) if key.is_file() => {}
            Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => {
                return Err(DeskError::io(ClinicAction::Find, folder, error));
            }
            _ if folder.join(RECORDS).is_file() => return Err(DeskError::NoPublicKey(folder.to_owned())),
            _ => return Err(DeskError::NoClinic(folder.to_owned())),
        }
        restrict(folder, trusted).map_err(|error| match UnsafePath::of(&error) {
            Some(_) => DeskError::NotTrusted(folder.to_owned()),
            None => DeskError::io(ClinicAction::Find, folder, error),
        })?;
        Ok(Self { folder: folder.to_owned(), trusted })
    }

    /// Returns the default folder of the user's clinic; `None` if the system has no data folder.
    #[must_use]
    pub fn of_user() -> Option<PathBuf> {
        use etcetera::BaseStrategy;
        Some(etcetera::choose_base_strategy().ok()?.data_dir().join("preconsult").join("clinic"))
    }

    /// Prepares a folder for a new clinic; it must be missing or empty.
    ///
    /// # Errors
    /// Returns an error if the folder is not empty or cannot be created.
    pub fn create(folder: &Path) -> Result<NewClinic, DeskError> {
        let failed = |error| DeskError::io(ClinicAction::Create, folder, error);
        let not_empty = || DeskError::FolderNotEmpty(folder.to_owned());
        let existed = folder.exists();
        create_private_folder(folder, TrustedOwners::default()).map_err(failed)?;
        if std::fs::read_dir(folder).map_err(failed)?.next().is_some() {
            return Err(not_empty());
        }
        // Only one of two concurrent programs gets past this line.
        let mut builder = std::fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder.join(DRAFTS)).map_err(|error| {
            if error.kind() == std::io::ErrorKind::AlreadyExists {
                return not_empty();
            }
            if !existed {
                let _ = std::fs::remove_dir(folder);
            }
            failed(error)
        })?;
        let clinic = Self { folder: folder.to_owned(), trusted: TrustedOwners::default() };
        Ok(NewClinic { clinic, existed, is_complete: false })
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Returns the path of a file in the folder.
    #[must_use]
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Returns the path of the clinic's settings file, if there is one.
    #[must_use]
    pub fn settings(&self) -> Option<PathBuf> {
        Some(self.path(SETTINGS)).filter(|path| path.is_file())
    }

    /// Returns the journals of unfinished intakes, each named after its number.
    #[must_use]
    pub fn drafts(&self) -> Drafts {
        Drafts::in_folder(self.path(DRAFTS)).trusting(self.trusted)
    }

    /// Returns the journals of unfinished corrections.
    #[must_use]
    pub fn corrections(&self) -> Drafts {
        Drafts::in_folder(self.path(CORRECTIONS)).trusting(self.trusted)
    }

    /// Reads the public key.
    ///
    /// # Errors
    /// Returns an error if it cannot be read.
    pub fn public_key(&self) -> Result<PublicKey, DeskError> {
        let path = self.path(PUBLIC_KEY);
        let text = read_regular_text(&path).map_err(|error| DeskError::io(ClinicAction::ReadKey, &path, error))?;
        PublicKey::parse(&text).ok_or(DeskError::DamagedKey { path, damage: KeyDamage::NotAPublicKey })
    }

    /// Locks the keys against other processes that try a passphrase or change the keys. Dropping the file releases the
    /// lock.
    ///
    /// # Errors
    /// Returns an error if the folder cannot be written.
    pub fn lock_keys(&self) -> Result<File, DeskError> {
        let path = self.path(KEY_LOCK);
        let mut options = std::fs::OpenOptions::new();
        options.create(true).write(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut lock = || {
            let file = open_regular(&path, &mut options)?;
            file.lock()?;
            Ok(file)
        };
        lock().map_err(|error: std::io::Error| DeskError::io(ClinicAction::LockKeys, &path, error))
    }

    /// Decrypts the private keys.
    ///
    /// # Errors
    /// Returns [`DeskError::WrongPassphrase`], or another error if the file cannot be read or is damaged.
    pub fn unlock(&self, passphrase: &Passphrase) -> Result<PrivateKeys, DeskError> {
        let path = self.path(PRIVATE_KEY);
        let text = read_regular_text(&path).map_err(|error| DeskError::io(ClinicAction::ReadKey, &path, error))?;
        PrivateKeys::unlock(&text, passphrase).map_err(|error| match error {
            UnlockError::WrongPassphrase => DeskError::WrongPassphrase,
            UnlockError::Damaged(damage) => DeskError::DamagedKey { path, damage },
        })
    }

    /// Writes the keys, the private ones first: nothing is ever encrypted that they cannot decrypt.
    ///
    /// # Errors
    /// Returns an error if a key file cannot be written. Existing records can be decrypted in any case.
    pub fn write_keys(&self, keys: &PrivateKeys, passphrase: &Passphrase, work: u8) -> Result<(), DeskError> {
        output::replace(&self.path(PRIVATE_KEY), keys.lock(passphrase, work)?.as_bytes())?;
        let public = format!("{}\n", keys.public());
        // Changing only the passphrase leaves the public key as it is.
        if read_regular_text(&self.path(PUBLIC_KEY)).is_ok_and(|current| current == public) {
            return Ok(());
        }
        Ok(output::replace(&self.path(PUBLIC_KEY), public.as_bytes())?)
    }
}

/// A clinic under construction. Dropping it without [`Self::commit`] restores the folder to its previous state.
#[derive(Debug)]
pub struct NewClinic {
    clinic: Clinic,
    existed: bool,
    is_complete: bool,
}

impl NewClinic {
    /// Returns the clinic, complete or not.
    #[must_use]
    pub fn clinic(&self) -> &Clinic {
        &self.clinic
    }

    /// Keeps the clinic.
    pub fn commit(mut self) {
        self.is_complete = true;
    }
}

impl Drop for NewClinic {
    fn drop(&mut self) {
        if self.is_complete {
            return;
        }
        // The folder was empty, and its drafts folder kept other programs out.
        for entry in std::fs::read_dir(self.clinic.folder()).into_iter().flatten().flatten() {
            let path = entry.path();
            let _ = if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) };
        }
        if !self.existed {
            let _ = std::fs::remove_dir(self.clinic.folder());
        }
    }
}
