//! A new folder with files in it, made from nothing: what is there already is never touched.

use crate::error::Error;
use crate::printable::Printable;
use std::io::{Read, Write};
use std::path::Path;

/// Writes a page that can be made anew at any time: whole, or as it was before. It takes the place of another such page,
/// which has `mark` near its beginning, and of nothing else.
///
/// # Errors
/// When something else is there, or it cannot be written.
pub fn write_page(path: &Path, text: &str, mark: &str) -> Result<(), Error> {
    let failed = |error: &std::io::Error| Error::io("write", path, error);
    if !may_replace(path, mark).map_err(|error| failed(&error))? {
        let path = Printable::line(&path.display().to_string());
        return Err(Error::failed(format!("{path} is there already, and is no such page"))
            .hint("name another file, or take that one away first"));
    }
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(parent).map_err(|error| failed(&error))?;
    file.write_all(text.as_bytes()).map_err(|error| failed(&error))?;
    file.persist(path).map_err(|error| failed(&error.error))?;
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
pub fn write(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<(), Error> {
    let failed = |error: &std::io::Error| Error::io("make the folder", folder, error);
    if folder.exists() {
        let mut entries = std::fs::read_dir(folder).map_err(|error| failed(&error))?;
        if entries.next().is_some() {
            return Err(Error::input(format!(
                "there is something in {} already",
                Printable::line(&folder.display().to_string())
            ))
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
