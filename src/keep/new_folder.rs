//! A new folder with files in it, made from nothing: what is there already is never touched.

use crate::error::Error;
use std::io::Write;
use std::path::Path;

/// Writes a page that can be made anew at any time: whole, or as it was before.
///
/// # Errors
/// When it cannot be written.
pub fn write_file(path: &Path, text: &str) -> Result<(), Error> {
    let failed = |error: &std::io::Error| Error::io("write", path, error);
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(parent).map_err(|error| failed(&error))?;
    file.write_all(text.as_bytes()).map_err(|error| failed(&error))?;
    file.persist(path).map_err(|error| failed(&error.error))?;
    Ok(())
}

/// Makes the folder and writes the files, each with its path inside it. An empty folder may be there already.
///
/// # Errors
/// When there is something in the folder, or it cannot be written.
pub fn write(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<(), Error> {
    let failed = |error: &std::io::Error| Error::io("make the folder", folder, error);
    if folder.exists() {
        let mut entries = std::fs::read_dir(folder).map_err(|error| failed(&error))?;
        if entries.next().is_some() {
            return Err(Error::input(format!("there is something in {} already", folder.display()))
                .hint("name a folder that is not there yet: nothing is ever written over"));
        }
    }
    for (name, bytes) in files {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(|error| Error::io("make the folder", parent, &error))?;
        }
        std::fs::write(&path, bytes).map_err(|error| Error::io("write", &path, &error))?;
    }
    Ok(())
}
