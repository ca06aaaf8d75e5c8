//! File access: reads inputs whole, and writes files atomically.

pub mod config_file;
pub mod create_folder;
pub mod drafts;
pub mod error;
pub mod journal;
pub mod line_reader;
pub mod output;
pub mod own_files;
pub mod pack_folder;
pub mod printer;
pub mod whole_file;
mod zstd;

use crate::printable::Printable;
use error::{FileAction, StorageError};
use std::io::Read;
use std::path::Path;

/// The most bytes of a file that is read whole. A batch is read line by line, so it may have any size.
pub const MAX_FILE_BYTES: u64 = 64 * 1024 * 1024;

/// Reads a whole text file, or standard input for `-` or no path.
///
/// Returns the name that messages show, and the text without a byte order mark.
///
/// # Errors
/// Returns an error if the file cannot be read, has more than [`MAX_FILE_BYTES`], or is not UTF-8.
pub fn read_text(file: Option<&Path>) -> Result<(String, String), StorageError> {
    let Some(path) = file.filter(|path| *path != Path::new("-")) else {
        let bytes = read_limited(std::io::stdin().lock(), FileAction::Read, Path::new("standard input"))?;
        return Ok(("<stdin>".to_owned(), utf8("<stdin>", bytes)?));
    };
    let name = Printable::path(path).to_string();
    let text = utf8(&name, read_bytes(FileAction::Read, path)?)?;
    Ok((name, text))
}

/// Reads a whole file; `action` names the operation in an error.
///
/// # Errors
/// Returns an error if the file cannot be read or has more than [`MAX_FILE_BYTES`].
pub fn read_bytes(action: FileAction, path: &Path) -> Result<Vec<u8>, StorageError> {
    let file = std::fs::File::open(path).map_err(|error| StorageError::io(action, path, error))?;
    read_limited(file, action, path)
}

fn read_limited(source: impl Read, action: FileAction, path: &Path) -> Result<Vec<u8>, StorageError> {
    let mut bytes = Vec::new();
    let read = source.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes);
    match read.map_err(|error| StorageError::io(action, path, error))? {
        length if length as u64 > MAX_FILE_BYTES => Err(StorageError::TooLarge(path.to_owned())),
        _ => Ok(bytes),
    }
}

fn utf8(name: &str, bytes: Vec<u8>) -> Result<String, StorageError> {
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid_bytes = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..valid_bytes].split(|byte| *byte == b'\n').count();
        StorageError::NotUtf8 { name: Printable::line(name), line }
    })?;
    // Some editors begin a file with a byte order mark, which is not part of the text.
    Ok(match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    })
}
