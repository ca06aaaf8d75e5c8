//! Summary files: written atomically, never over another file, and readable by their owner only.

use super::error::{FileAction, FolderPurpose, StorageError};
use super::whole_file::{self, Access, WholeFile};
use crate::export::Format;
use crate::summary::{CopyKind, Summary};
use std::io;
use std::path::{Path, PathBuf};
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// Writes the bytes to a new file in the folder and returns its path. If the name is in use, a number is added.
///
/// The file (mode 0600 on Unix) takes its name when all bytes are on the disk.
///
/// # Errors
/// Returns an error if the folder is missing, full or not writable. No file is left then.
pub fn write(folder: &Path, name: &str, format: Format, bytes: &[u8]) -> Result<PathBuf, StorageError> {
    write_reserved(folder, name, format, bytes, &mut |_, _| Ok(()))
}

/// Step of reserving a path for a new file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reservation {
    /// The path is about to be used for the file.
    Taken,
    /// Another file has the path already, so it is not used.
    Released,
}

/// Writes like [`write()`] and reports each path to `reserve` before using it.
///
/// # Errors
/// Returns the errors of [`write()`], and any error from `reserve`.
pub fn write_reserved<E: From<StorageError>>(
    folder: &Path,
    name: &str,
    format: Format,
    bytes: &[u8],
    reserve: &mut dyn FnMut(&Path, Reservation) -> Result<(), E>,
) -> Result<PathBuf, E> {
    // An empty path means the current folder.
    let target = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let failed = |error: io::Error| match error.kind() {
        // The folder exists but allows no new files, as in /proc.
        io::ErrorKind::NotFound if target.is_dir() => StorageError::NoFilesInFolder(target.to_owned()),
        _ => StorageError::io(FileAction::WriteSummary, target, error),
    };
    check_folder(folder, FolderPurpose::Summaries)?;
    let mut file = WholeFile::new(target, bytes, Access::User).map_err(failed)?;
    for number in 1.. {
        let path = folder.join(numbered(name, format, number));
        reserve(&path, Reservation::Taken)?;
        match file.name(&path) {
            Ok(()) => return Ok(sync_name(target, &path).map(|()| path).map_err(failed)?),
            Err((error, unnamed)) if error.kind() == io::ErrorKind::AlreadyExists => {
                reserve(&path, Reservation::Released)?;
                file = unnamed;
            }
            Err((error, _)) => return Err(failed(error).into()),
        }
    }
    Err(StorageError::NoFreeName.into())
}

/// Writes a new file, and creates its folder if needed. An existing file is never overwritten.
///
/// # Errors
/// Returns an error if the file exists already or cannot be written.
pub fn create(path: &Path, bytes: &[u8]) -> Result<(), StorageError> {
    let failed = |error: io::Error| StorageError::io(FileAction::Write, path, error);
    let folder = folder_of(path);
    std::fs::create_dir_all(folder).map_err(failed)?;
    create_in(folder, path, bytes, Access::User).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => StorageError::FileExists(path.to_owned()),
        _ => failed(error),
    })
}

/// Writes a new file in a folder that exists.
pub(super) fn create_in(folder: &Path, path: &Path, bytes: &[u8], access: Access) -> io::Result<()> {
    WholeFile::new(folder, bytes, access)?.name(path).map_err(|(error, _)| error)?;
    sync_name(folder, path)
}

/// Returns the folder of a file; the current one for a bare name.
pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Syncs the folder, so that the new name survives a power cut. If that fails, the file is removed: a file reported as
/// not written must not exist.
fn sync_name(folder: &Path, path: &Path) -> io::Result<()> {
    sync_folder(folder).inspect_err(|_| drop(std::fs::remove_file(path)))
}

/// Replaces a file atomically; only its owner can read the new one.
///
/// # Errors
/// Returns an error if the file cannot be written; the old one is unchanged then.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), StorageError> {
    let failed = |error: io::Error| StorageError::io(FileAction::Write, path, error);
    let folder = folder_of(path);
    whole_file::replace(path, folder, bytes, Access::User).map_err(failed)?;
    sync_folder(folder).map_err(|source| StorageError::NotDurable { path: path.to_owned(), source })
}

/// Checks that a folder exists. An empty path is the current folder.
///
/// # Errors
/// Returns an error if the path does not exist or is not a folder.
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

/// Returns the file name, with `-2`, `-3` … before the extension from the second number on.
fn numbered(name: &str, format: Format, number: usize) -> String {
    let number = if number == 1 { String::new() } else { format!("-{number}") };
    format!("{name}{number}.{}", format.extension())
}

/// Returns the first part of a summary's file name: `<date>-<label or short content id>`.
fn stem(summary: &Summary) -> String {
    let label = summary.label.as_ref().map(|label| file_name_part(label.as_str())).filter(|label| !label.is_empty());
    let label = label.unwrap_or_else(|| summary.content_id.clone());
    format!("{}-{label}", summary.date)
}

/// Returns the file name for a format, without extension: `<date>-<label or short content id>-<copy>`.
#[must_use]
pub fn name_in(summary: &Summary, format: Format) -> String {
    name_from(&stem(summary), summary.copy, format)
}

/// Returns `<stem>-<copy>`; the answers file is the same for all copies and ends in `-answers`.
#[must_use]
pub fn name_from(stem: &str, copy: CopyKind, format: Format) -> String {
    match format {
        Format::Answers => format!("{stem}-answers"),
        _ => format!("{stem}-{}", copy.name()),
    }
}

/// Returns a label as part of a file name: letters with their marks and digits stay, all else becomes a hyphen.
///
/// Letters are normalised (NFC), as most systems write them.
///
/// Most systems allow names of 255 bytes, some that encrypt names only 143. A label of 60 letters can have 240 bytes.
fn file_name_part(label: &str) -> String {
    const MAX_PART_BYTES: usize = 100;
    let label: String = label.nfc().collect();
    let mut part = String::new();
    let mut is_gap = false;
    for letter in label.graphemes(true) {
        if !letter.starts_with(char::is_alphanumeric) {
            is_gap = true;
            continue;
        }
        let hyphen = if is_gap && !part.is_empty() { "-" } else { "" };
        if part.len() + hyphen.len() + letter.len() > MAX_PART_BYTES {
            break;
        }
        part.push_str(hyphen);
        part.push_str(letter);
        is_gap = false;
    }
    part
}

/// Syncs a folder; without this, a power cut could lose the new name.
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
    fn labels_become_file_name_parts() {
        for (label, part) in [
            ("Zoë", "Zoë"),
            ("../../etc/passwd", "etc-passwd"),
            ("A 12", "A-12"),
            ("...", ""),
            ("a\\b:c*d", "a-b-c-d"),
            ("-rf", "rf"),
            // Vowel signs, viramas, points and joiners belong to their letters.
            ("प्रिया शर्मा", "प्रिया-शर्मा"),
            ("שָׁלוֹם", "שָׁלוֹם"),
            ("ශ්\u{200d}රී", "ශ්\u{200d}රී"),
            ("نام\u{200c}خانوادگی", "نام\u{200c}خانوادگی"),
            ("Zoe\u{308}", "Zoë"),
            ("Ngọc 👩\u{200d}👧 1", "Ngọc-1"),
        ] {
            assert_eq!(file_name_part(label), part);
        }
        // A long name ends after a whole letter.
        let long = file_name_part(&"क्षि".repeat(60));
        assert!(long.len() <= 100 && long.ends_with("क्षि"), "{long}");
    }
}
