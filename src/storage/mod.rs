//! File access: reads inputs whole, and writes files atomically.

pub mod config_file;
pub mod create_folder;
pub mod drafts;
pub mod error;
pub mod journal;
pub mod line_reader;
pub mod output;
pub mod pack_folder;
pub mod printer;
mod zstd;

use crate::printable::Printable;
use error::{FileAction, StorageError};
use std::io::Read;
use std::path::Path;

/// Reads a whole text file, or standard input for `-` or no path.
///
/// Returns the name that messages show, and the text without a byte order mark.
///
/// # Errors
/// Returns an error if the file cannot be read or is not UTF-8.
pub fn read_text(file: Option<&Path>) -> Result<(String, String), StorageError> {
    let Some(path) = file.filter(|path| *path != Path::new("-")) else {
        let mut bytes = Vec::new();
        std::io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .map_err(|error| StorageError::io(FileAction::Read, "standard input", error))?;
        return Ok(("<stdin>".to_owned(), utf8("<stdin>", bytes)?));
    };
    let name = Printable::path(path).to_string();
    let bytes = std::fs::read(path).map_err(|error| StorageError::io(FileAction::Read, path, error))?;
    let text = utf8(&name, bytes)?;
    Ok((name, text))
}

/// Reads a whole file; `action` names the operation in an error.
///
/// # Errors
/// Returns an error if the file cannot be read.
pub fn read_bytes(action: FileAction, path: &Path) -> Result<Vec<u8>, StorageError> {
    std::fs::read(path).map_err(|error| StorageError::io(action, path, error))
}

fn utf8(name: &str, bytes: Vec<u8>) -> Result<String, StorageError> {
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid_bytes = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..valid_bytes].split(|byte| *byte == b'\n').count();
        StorageError::NotUtf8 { name: Printable::line(name), line }
    })?;
    // Some editors begin a file with a byte order mark, which is not part of the text.
    Ok(text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned))
}
