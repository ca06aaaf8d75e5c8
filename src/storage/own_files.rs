//! Files and folders that belong to the program's user, such as drafts and their locks: only that user may write them.

use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

/// The reason why a path is not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UnsafePath {
    /// Another user could read or change what is written there.
    #[error("it belongs to another user")]
    OtherOwner,
    /// It is a link, a pipe, a folder or a device.
    #[error("it is not a regular file")]
    NotAFile,
}

impl From<UnsafePath> for io::Error {
    fn from(reason: UnsafePath) -> Self {
        Self::other(reason)
    }
}

impl UnsafePath {
    /// Returns the reason inside an error, if it is one.
    #[must_use]
    pub fn of(error: &io::Error) -> Option<Self> {
        error.get_ref()?.downcast_ref().copied()
    }
}

/// Opens a regular file. A link is not followed, and a pipe does not block.
///
/// # Errors
/// Returns [`UnsafePath::NotAFile`] for anything else, or the system's error.
pub fn open_regular(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    #[cfg(unix)]
    {
        use nix::fcntl::OFlag;
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags((OFlag::O_NOFOLLOW | OFlag::O_NONBLOCK).bits());
    }
    #[cfg(not(unix))]
    if std::fs::symlink_metadata(path).is_ok_and(|metadata| !metadata.is_file()) {
        return Err(UnsafePath::NotAFile.into());
    }
    let file =
        options.open(path).map_err(|error| if is_no_file(&error) { UnsafePath::NotAFile.into() } else { error })?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(UnsafePath::NotAFile.into()) }
}

/// Reads a regular file whole, as [`open_regular`] opens it.
///
/// # Errors
/// Returns the errors of [`open_regular`], or the system's error.
pub fn read_regular(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open_regular(path, OpenOptions::new().read(true))?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Reads a regular file as [`read_regular`] does, as text.
///
/// # Errors
/// Returns the errors of [`read_regular`], and an error for text that is not UTF-8.
pub fn read_regular_text(path: &Path) -> io::Result<String> {
    String::from_utf8(read_regular(path)?).map_err(|_| io::ErrorKind::InvalidData.into())
}

/// Returns whether the system refused to open a link, a pipe without a reader, or a folder.
#[cfg(unix)]
fn is_no_file(error: &io::Error) -> bool {
    use nix::errno::Errno;
    let refused = [Errno::ELOOP, Errno::ENXIO, Errno::EISDIR];
    error.raw_os_error().is_some_and(|code| refused.contains(&Errno::from_raw(code)))
}

#[cfg(not(unix))]
fn is_no_file(_: &io::Error) -> bool {
    false
}

/// Who may own a folder: the user, and the members of a group if the user named one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TrustedOwners {
    /// The group's number.
    pub group: Option<u32>,
}

/// Creates a folder that only its owner can enter. One that exists already is restricted as by [`restrict`].
///
/// # Errors
/// Returns the errors of [`restrict`].
pub fn create_private_folder(folder: &Path, trusted: TrustedOwners) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    restrict(folder, trusted)
}

/// Takes access to a folder from everyone but its trusted owners, if the disk has modes.
///
/// # Errors
/// Returns [`UnsafePath::OtherOwner`] if someone else owns the folder or may write in it, or the system's error.
#[cfg(unix)]
pub fn restrict(folder: &Path, trusted: TrustedOwners) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    // The open folder cannot be exchanged for another between the check and the change.
    let folder = File::open(folder)?;
    let metadata = folder.metadata()?;
    let is_of_group = trusted.group == Some(metadata.gid());
    let others = if is_of_group { 0o007 } else { 0o077 };
    let mode = metadata.permissions().mode() & 0o7777;
    if metadata.uid() != nix::unistd::geteuid().as_raw() {
        // Only its owner can restrict a folder.
        return if is_of_group && mode & 0o002 == 0 { Ok(()) } else { Err(UnsafePath::OtherOwner.into()) };
    }
    if mode & others == 0 {
        return Ok(());
    }
    // A disk without modes, or one that is full or read-only, must not keep the user from what is there.
    let _ = folder.set_permissions(std::fs::Permissions::from_mode(mode & !others));
    Ok(())
}

/// Does nothing: on this system, files are as private as the user's folders.
#[cfg(not(unix))]
pub fn restrict(_: &Path, _: TrustedOwners) -> io::Result<()> {
    Ok(())
}
