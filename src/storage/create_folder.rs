//! A new folder with files in it, made from nothing: what is there already is never touched.

use super::error::{FileAction, StorageError};
use std::fs::{DirBuilder, OpenOptions};
use std::io::{Read, Write};
use std::path::Path;

/// Who may read a new folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Whoever the system lets.
    Anyone,
    /// The user alone, where the system knows users: somebody's answers are in it.
    User,
}

/// Writes a page that can be made anew at any time: whole, or as it was before. It takes the place of another such page,
/// which has `mark` near its beginning, and of nothing else.
///
/// # Errors
/// When something else is there, or it cannot be written.
pub fn write_page(path: &Path, text: &str, mark: &str) -> Result<(), StorageError> {
    let failed = |error: std::io::Error| StorageError::io(FileAction::Write, path, error);
    if !may_replace(path, mark).map_err(failed)? {
        return Err(StorageError::NotAGeneratedPage(path.to_owned()));
    }
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(parent).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}

fn may_replace(path: &Path, mark: &str) -> std::io::Result<bool> {
    const BEGINNING: u64 = 4096;
    match std::fs::symlink_metadata(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(true),
        Err(error) => return Err(error),
        Ok(about) if !about.is_file() => return Ok(false),
        Ok(_) => {}
    }
    let mut beginning = Vec::new();
    std::fs::File::open(path)?.take(BEGINNING).read_to_end(&mut beginning)?;
    Ok(String::from_utf8_lossy(&beginning).contains(mark))
}

/// Makes the folder and writes the files, each with its path inside it. An empty folder may be there already.
///
/// # Errors
/// When there is something in the folder, or it cannot be written.
pub fn write(folder: &Path, files: &[(String, Vec<u8>)], readers: Access) -> Result<(), StorageError> {
    if folder.exists() {
        let mut entries =
            std::fs::read_dir(folder).map_err(|error| StorageError::io(FileAction::CreateFolder, folder, error))?;
        if entries.next().is_some() {
            return Err(StorageError::FolderNotEmpty(folder.to_owned()));
        }
    }
    for (name, bytes) in files {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            builder(readers)
                .create(parent)
                .map_err(|error| StorageError::io(FileAction::CreateFolder, parent, error))?;
        }
        let written = options(readers).open(&path).and_then(|mut file| file.write_all(bytes));
        written.map_err(|error| StorageError::io(FileAction::Write, path, error))?;
    }
    Ok(())
}

fn builder(readers: Access) -> DirBuilder {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    if readers == Access::User {
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    }
    #[cfg(not(unix))]
    let _ = readers;
    builder
}

fn options(readers: Access) -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if readers == Access::User {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    #[cfg(not(unix))]
    let _ = readers;
    options
}
