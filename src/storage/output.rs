//! The summary file: whole or not there, never on top of another, and nobody else's to read.

use super::error::{FileAction, FolderPurpose, StorageError};
use crate::export::Format;
use crate::summary::{CopyKind, Summary};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Writes the bytes to a new file in the folder and gives its path. A name that is taken gets a number.
///
/// The bytes go to a temporary file first (mode 0600 on Unix), which is synced and then takes its name.
///
/// # Errors
/// When the folder is missing or full, or cannot be written; nothing is left behind then.
pub fn write(folder: &Path, name: &str, format: Format, bytes: &[u8]) -> Result<PathBuf, StorageError> {
    write_claimed(folder, name, format, bytes, &mut |_, _| Ok(()))
}

/// What becomes of a path that a file is to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reservation {
    /// The next thing is that the file is there.
    Made,
    /// Another file was there first.
    GivenUp,
}

/// Writes as [`write()`] does, and tells of each path before the file takes it.
///
/// # Errors
/// As [`write()`], and when the claim is refused.
pub fn write_claimed<E: From<StorageError>>(
    folder: &Path,
    name: &str,
    format: Format,
    bytes: &[u8],
    claim: &mut dyn FnMut(&Path, Reservation) -> Result<(), E>,
) -> Result<PathBuf, E> {
    // No folder named is the one the program runs in.
    let place = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let failed = |error: io::Error| match error.kind() {
        // The folder is there: it is the new file that has no place in it, as in /proc.
        io::ErrorKind::NotFound if place.is_dir() => StorageError::NoFilesInFolder(place.to_owned()),
        _ => StorageError::io(FileAction::WriteSummary, place, error),
    };
    check_folder(folder, FolderPurpose::Summaries)?;
    let mut file = temporary_file(place, bytes).map_err(failed)?;
    for number in 1.. {
        let path = folder.join(numbered(name, format, number));
        claim(&path, Reservation::Made)?;
        match file.persist_noclobber(&path) {
            Ok(_) => return Ok(sync_name(place, &path).map(|()| path).map_err(failed)?),
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => {
                claim(&path, Reservation::GivenUp)?;
                file = error.file;
            }
            Err(error) => return Err(failed(error.error).into()),
        }
    }
    Err(StorageError::NoFreeName.into())
}

/// Creates a temporary file with these bytes, synced, that can take its name in the same folder.
fn temporary_file(folder: &Path, bytes: &[u8]) -> io::Result<tempfile::NamedTempFile> {
    let mut file = tempfile::Builder::new().prefix(".preconsult-").tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// Writes a new file with this name, and its folder if that is missing; never over a file that is there.
///
/// # Errors
/// When there is such a file, or it cannot be written.
pub fn create(path: &Path, bytes: &[u8]) -> Result<(), StorageError> {
    let failed = |error: io::Error| StorageError::io(FileAction::Write, path, error);
    let folder = folder_of(path);
    std::fs::create_dir_all(folder).map_err(failed)?;
    let file = temporary_file(folder, bytes).map_err(failed)?;
    file.persist_noclobber(path).map_err(|error| match error.error.kind() {
        io::ErrorKind::AlreadyExists => StorageError::FileExists(path.to_owned()),
        _ => failed(error.error),
    })?;
    sync_name(folder, path).map_err(failed)
}

/// The folder that a file is in; the current one for a bare name.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Sees to it that a new file keeps its name through a power cut. Where the system cannot say so the file goes again: what
/// is told as not written is not there.
fn sync_name(folder: &Path, path: &Path) -> io::Result<()> {
    sync_folder(folder).inspect_err(|_| drop(std::fs::remove_file(path)))
}

/// Writes a file that takes the place of the one before, whole or not at all; nobody else can read it.
///
/// # Errors
/// When it cannot be written; the one before is there then.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), StorageError> {
    let failed = |error: io::Error| StorageError::io(FileAction::Write, path, error);
    let folder = folder_of(path);
    let file = temporary_file(folder, bytes).map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    sync_folder(folder).map_err(|source| StorageError::NotDurable { path: path.to_owned(), source })
}

/// Checks that there is such a folder. No path is the current folder.
///
/// # Errors
/// When there is none, or when that is no folder.
pub fn check_folder(folder: &Path, purpose: FolderPurpose) -> Result<(), StorageError> {
    let path = || folder.to_owned();
    if folder.as_os_str().is_empty() || folder.is_dir() {
        Ok(())
    } else if folder.exists() {
        Err(StorageError::NotAFolder { path: path(), purpose })
    } else {
        Err(StorageError::FolderMissing { path: path(), purpose })
    }
}

/// With `-2`, `-3` … before the point from the second one on.
fn numbered(name: &str, format: Format, number: usize) -> String {
    let number = if number == 1 { String::new() } else { format!("-{number}") };
    format!("{name}{number}.{}", format.extension())
}

/// How a summary's file name begins: `<date>-<label or short content id>`.
fn stem(summary: &Summary) -> String {
    let label = summary.label.as_ref().map(|label| file_name_part(label.as_str())).filter(|label| !label.is_empty());
    let label = label.unwrap_or_else(|| summary.content_id.clone());
    format!("{}-{label}", summary.date)
}

/// What the file of a format is called: `<date>-<label or short content id>-<copy>`.
#[must_use]
pub fn name_in(summary: &Summary, format: Format) -> String {
    name_from(&stem(summary), summary.copy, format)
}

/// A name that begins like this, and ends in the copy; there is one answers file for all copies.
#[must_use]
pub fn name_from(stem: &str, copy: CopyKind, format: Format) -> String {
    match format {
        Format::Answers => format!("{stem}-answers"),
        _ => format!("{stem}-{}", copy.name()),
    }
}

/// What of a label can stand in a file's name anywhere: letters and digits; the rest becomes a hyphen.
///
/// A name may have 255 bytes on most systems, and 143 on some that encrypt it; a label of sixty letters can have 240.
fn file_name_part(label: &str) -> String {
    const LONGEST: usize = 100;
    let replaced: String = label.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    let mut part = String::new();
    for word in replaced.split('-').filter(|word| !word.is_empty()) {
        if !part.is_empty() {
            part.push('-');
        }
        part.push_str(word);
    }
    let end = part.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|end| *end <= LONGEST).last();
    part.truncate(end.unwrap_or(0));
    part
}

/// Without this, a power cut could take the new name away again.
#[cfg(unix)]
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    std::fs::File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
pub(super) fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::file_name_part;

    #[test]
    fn labels_become_names() {
        for (label, part) in [
            ("Zoë", "Zoë"),
            ("../../etc/passwd", "etc-passwd"),
            ("A 12", "A-12"),
            ("...", ""),
            ("a\\b:c*d", "a-b-c-d"),
            ("-rf", "rf"),
        ] {
            assert_eq!(file_name_part(label), part);
        }
    }
}
