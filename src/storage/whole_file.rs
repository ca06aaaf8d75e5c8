//! New files that are complete before they have a name.
//!
//! Where the system can, the file has no name at all until then, so that a program that is killed leaves nothing. Elsewhere
//! it has a temporary name, and the next program that writes into the folder removes it.

use super::own_files::open_regular;
use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};
use tempfile::NamedTempFile;

/// Start of temporary names.
const PREFIX: &str = ".preconsult-";

/// Age from which a temporary file that no program has locked was left by one that was killed.
const LEFT_AFTER: Duration = Duration::from_secs(60);

/// Read access to a new file or folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// The system's default permissions.
    Anyone,
    /// The current user only (on Unix): it holds a patient's answers.
    User,
}

/// A new file with its whole content on the disk, to be named within its folder.
#[derive(Debug)]
pub(super) enum WholeFile {
    #[cfg(target_os = "linux")]
    Unnamed(File),
    Named(NamedTempFile),
}

impl WholeFile {
    /// Writes the bytes to a new file in a folder and syncs it.
    pub(super) fn new(folder: &Path, bytes: &[u8], access: Access) -> io::Result<Self> {
        remove_left_files(folder);
        #[cfg(target_os = "linux")]
        if let Some(mut file) = unnamed(folder, access)? {
            file.write_all(bytes)?;
            file.sync_all()?;
            return Ok(Self::Unnamed(file));
        }
        Self::named(folder, bytes, access).map(Self::Named)
    }

    fn named(folder: &Path, bytes: &[u8], access: Access) -> io::Result<NamedTempFile> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(PREFIX);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(mode(access)));
        let mut file = builder.tempfile_in(folder)?;
        // The lock says that a program writes it.
        file.as_file().lock()?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        Ok(file)
    }

    /// Gives the file its name. If the name is in use, the file is returned with the error.
    pub(super) fn name(self, path: &Path) -> Result<(), (io::Error, Self)> {
        match self {
            #[cfg(target_os = "linux")]
            Self::Unnamed(file) => link(&file, path).map_err(|error| (error, Self::Unnamed(file))),
            Self::Named(file) => {
                file.persist_noclobber(path).map(drop).map_err(|error| (error.error, Self::Named(error.file)))
            }
        }
    }
}

/// Writes a file with these bytes atomically. It replaces the one that is there.
pub(super) fn replace(path: &Path, folder: &Path, bytes: &[u8], access: Access) -> io::Result<()> {
    let is_new = std::fs::symlink_metadata(path).is_err_and(|error| error.kind() == io::ErrorKind::NotFound);
    if is_new {
        match WholeFile::new(folder, bytes, access)?.name(path) {
            // Another program was faster.
            Err((error, _)) if error.kind() == io::ErrorKind::AlreadyExists => {}
            result => return result.map_err(|(error, _)| error),
        }
    }
    remove_left_files(folder);
    // Only a file with a name can replace another.
    WholeFile::named(folder, bytes, access)?.persist(path).map(drop).map_err(|error| error.error)
}

/// Opens a file without a name; `None` if the system or the disk has no such files.
#[cfg(target_os = "linux")]
fn unnamed(folder: &Path, access: Access) -> io::Result<Option<File>> {
    use nix::errno::Errno;
    use nix::fcntl::OFlag;
    use std::os::unix::fs::OpenOptionsExt;
    // The name is given by way of this folder.
    if !Path::new("/proc/self/fd").is_dir() {
        return Ok(None);
    }
    let flags = OFlag::O_TMPFILE.bits();
    match OpenOptions::new().write(true).mode(mode(access)).custom_flags(flags).open(folder) {
        Ok(file) => Ok(Some(file)),
        Err(error) => {
            let is_unknown = [Errno::EOPNOTSUPP, Errno::EISDIR, Errno::EINVAL].map(|errno| errno as i32);
            if error.raw_os_error().is_some_and(|code| is_unknown.contains(&code)) { Ok(None) } else { Err(error) }
        }
    }
}

#[cfg(target_os = "linux")]
fn link(file: &File, path: &Path) -> io::Result<()> {
    use nix::fcntl::{AT_FDCWD, AtFlags};
    use std::os::fd::AsRawFd;
    let open = PathBuf::from(format!("/proc/self/fd/{}", file.as_raw_fd()));
    Ok(nix::unistd::linkat(AT_FDCWD, &open, AT_FDCWD, path, AtFlags::AT_SYMLINK_FOLLOW)?)
}

#[cfg(unix)]
fn mode(access: Access) -> u32 {
    match access {
        Access::Anyone => 0o666,
        Access::User => 0o600,
    }
}

/// Removes the temporary files in a folder that a killed program left, once for each folder in a process.
fn remove_left_files(folder: &Path) {
    static DONE: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());
    if DONE.lock().unwrap_or_else(PoisonError::into_inner).insert(folder.to_owned()) {
        remove_left_files_now(folder);
    }
}

/// Removes the temporary files in a folder that a killed program left. A file that cannot be removed stays.
pub(crate) fn remove_left_files_now(folder: &Path) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_temporary = entry.file_name().to_str().is_some_and(|name| name.starts_with(PREFIX));
        if is_temporary && is_left(&entry.path()) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// Returns whether a file was left: it is the user's, old enough, and no program has locked it.
fn is_left(path: &Path) -> bool {
    let Ok(file) = open_regular(path, OpenOptions::new().read(true)) else { return false };
    let Ok(metadata) = file.metadata() else { return false };
    #[cfg(unix)]
    if std::os::unix::fs::MetadataExt::uid(&metadata) != nix::unistd::geteuid().as_raw() {
        return false;
    }
    let age = metadata.modified().ok().and_then(|time| SystemTime::now().duration_since(time).ok());
    age.is_some_and(|age| age >= LEFT_AFTER) && file.try_lock().is_ok()
}

#[cfg(test)]
mod tests {
    use super::{Access, WholeFile, remove_left_files_now, replace};
    use std::time::{Duration, SystemTime};

    fn names(folder: &std::path::Path) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(folder)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_has_its_name_or_none_and_never_replaces_another() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("page");
        let first = WholeFile::new(folder.path(), b"one", Access::User).expect("a file");
        if cfg!(target_os = "linux") && matches!(first, WholeFile::Unnamed(_)) {
            assert_eq!(names(folder.path()), [""; 0], "before it is named");
        }
        first.name(&path).expect("the name is free");
        let second = WholeFile::new(folder.path(), b"two", Access::User).expect("a file");
        let (error, second) = second.name(&path).expect_err("the name is in use");
        assert_eq!(error.kind(), std::io::ErrorKind::AlreadyExists);
        second.name(&folder.path().join("page-2")).expect("the name is free");
        assert_eq!(names(folder.path()), ["page", "page-2"]);
        assert_eq!(std::fs::read(&path).expect("a file"), b"one");
        replace(&path, folder.path(), b"three", Access::User).expect("it can be replaced");
        assert_eq!((std::fs::read(&path).expect("a file"), names(folder.path()).len()), (b"three".to_vec(), 2));
        #[cfg(unix)]
        for name in names(folder.path()) {
            let mode = std::fs::metadata(folder.path().join(name)).expect("a file").permissions();
            assert_eq!(std::os::unix::fs::PermissionsExt::mode(&mode) & 0o777, 0o600);
        }
    }

    #[test]
    fn only_temporary_files_that_nobody_writes_are_removed() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = |name: &str, age: u64| {
            let file = std::fs::File::create(folder.path().join(name)).expect("a file");
            file.set_modified(SystemTime::now() - Duration::from_secs(age)).expect("its time");
            file
        };
        for (name, age) in [(".preconsult-left", 3600), (".preconsult-new", 1), (".other", 3600), ("page", 3600)] {
            drop(file(name, age));
        }
        let locked = file(".preconsult-locked", 3600);
        locked.lock().expect("a lock");
        #[cfg(unix)]
        std::os::unix::fs::symlink(folder.path().join("page"), folder.path().join(".preconsult-link")).expect("a link");
        remove_left_files_now(folder.path());
        let mut left = names(folder.path());
        left.retain(|name| name != ".preconsult-link");
        assert_eq!(left, [".other", ".preconsult-locked", ".preconsult-new", "page"]);
        assert!(folder.path().join("page").is_file());
    }
}
