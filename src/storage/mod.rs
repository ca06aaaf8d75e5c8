//! The edge to files: reading what is given, and writing so that nothing is ever half there.

pub mod config_file;
pub mod create_folder;
pub mod drafts;
pub mod journal;
pub mod line_reader;
pub mod output;
pub mod pack_folder;
pub mod printer;
mod zstd;

use crate::error::Error;
use crate::printable::Printable;
use std::io::Read;
use std::path::Path;

/// Reads a whole text file, or standard input for `-` or no name. Gives the name that messages show, and the text.
///
/// # Errors
/// When it cannot be read, or is not UTF-8.
pub fn read_text(file: Option<&Path>) -> Result<(String, String), Error> {
    let Some(path) = file.filter(|path| *path != Path::new("-")) else {
        let mut bytes = Vec::new();
        std::io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .map_err(|error| Error::io("read", Path::new("standard input"), &error))?;
        return Ok(("<stdin>".to_owned(), utf8("<stdin>", bytes)?));
    };
    let name = Printable::path(path).to_string();
    let bytes = std::fs::read(path).map_err(|error| Error::io("read", path, &error))?;
    let text = utf8(&name, bytes)?;
    Ok((name, text))
}

/// Reads a whole file.
///
/// # Errors
/// When it cannot be read.
pub fn read_bytes(doing: &str, path: &Path) -> Result<Vec<u8>, Error> {
    std::fs::read(path).map_err(|error| Error::io(doing, path, &error))
}

fn utf8(name: &str, bytes: Vec<u8>) -> Result<String, Error> {
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..at].split(|byte| *byte == b'\n').count();
        let name = crate::printable::Printable::line(name);
        Error::input(format!("{name}:{line} is not UTF-8 text")).hint("save the file as UTF-8")
    })?;
    // Some editors put a mark before the text that is no part of it.
    Ok(text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned))
}
