//! Packs in a folder on disk.

use super::error::{FileAction, StorageError};
use crate::pack::PackFiles;
use crate::printable::Printable;
use std::collections::BTreeMap;
use std::path::Path;

/// Reads the JSON files of a pack's folder.
///
/// # Errors
/// Returns an error if the folder or one of its files cannot be read.
pub fn read(folder: &Path) -> Result<PackFiles, StorageError> {
    let texts = json_files(folder)?.into_iter().collect();
    Ok(PackFiles { folder: format!("{}/", Printable::path(folder).as_str().trim_end_matches('/')), texts })
}

/// Reads the cases of a pack's folder as (file name, text), sorted by name; empty if there is no `cases` folder.
///
/// # Errors
/// Returns an error if the folder or one of its files cannot be read.
pub fn read_cases(folder: &Path) -> Result<Vec<(String, String)>, StorageError> {
    let cases = folder.join("cases");
    if !cases.is_dir() {
        return Ok(Vec::new());
    }
    Ok(json_files(&cases)?.into_iter().collect())
}

fn json_files(folder: &Path) -> Result<BTreeMap<String, String>, StorageError> {
    let failed = |error: std::io::Error| StorageError::io(FileAction::ReadPack, folder, error);
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if path.extension().is_some_and(|end| end == "json") && path.is_file() && !name.starts_with('.') {
            let (_, text) = super::read_text(Some(&path))?;
            files.insert(name, text);
        }
    }
    Ok(files)
}
