//! The summary file: whole or not there, never on top of another, and nobody else's to read.

use crate::error::{Error, way_out, why};
use crate::export::Format;
use crate::messages::Words;
use crate::printable::Printable;
use crate::summary::{Copy, Summary};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Writes the bytes to a new file in the folder and gives its path. A name that is taken gets a number. What goes wrong is
/// told in these words.
///
/// The bytes go to a temporary file first (mode 0600 on Unix), which is synced and then takes its name.
///
/// # Errors
/// When the folder is missing or full, or cannot be written; nothing is left behind then.
pub fn write(folder: &Path, name: &str, format: Format, bytes: &[u8], words: &Words) -> Result<PathBuf, Error> {
    write_claimed(folder, name, format, bytes, words, &mut |_, _| Ok(()))
}

/// What becomes of a path that a file is to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// The next thing is that the file is there.
    Made,
    /// Another file was there first.
    GivenUp,
}

/// Writes as [`write()`] does, and tells of each path before the file takes it.
///
/// # Errors
/// As [`write()`], and when the claim is refused.
pub fn write_claimed(
    folder: &Path,
    name: &str,
    format: Format,
    bytes: &[u8],
    words: &Words,
    claim: &mut dyn FnMut(&Path, Claim) -> Result<(), Error>,
) -> Result<PathBuf, Error> {
    // No folder named is the one the program runs in.
    let place = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let failed = |error: &std::io::Error| match error.kind() {
        // The folder is there: it is the new file that has no place in it, as in /proc.
        std::io::ErrorKind::NotFound if place.is_dir() => {
            let takes_none = std::io::Error::other(words.say("why-no-files"));
            Error::io_in(words, FOR_SUMMARIES.failed, place, &takes_none).hint(words.say(FOR_SUMMARIES.or))
        }
        _ => Error::io_in(words, FOR_SUMMARIES.failed, place, error).hint(way_out(error, words, "elsewhere-out")),
    };
    check_folder(folder, FOR_SUMMARIES, words)?;
    let mut file =
        tempfile::Builder::new().prefix(".preconsult-").tempfile_in(place).map_err(|error| failed(&error))?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(|error| failed(&error))?;
    for number in 1.. {
        let path = folder.join(numbered(name, format, number));
        claim(&path, Claim::Made)?;
        match file.persist_noclobber(&path) {
            Ok(_) => return settle(place, &path).map(|()| path).map_err(|error| failed(&error)),
            Err(error) if error.error.kind() == std::io::ErrorKind::AlreadyExists => {
                claim(&path, Claim::GivenUp)?;
                file = error.file;
            }
            Err(error) => return Err(failed(&error.error)),
        }
    }
    Err(Error::failed("every name for the summary is taken"))
}

/// Writes a new file with this name, and its folder if that is missing; never over a file that is there.
///
/// # Errors
/// When there is such a file, or it cannot be written.
pub fn create(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let failed = |error: &std::io::Error| Error::io("write", path, error);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(|error| failed(&error))?;
    let mut file =
        tempfile::Builder::new().prefix(".preconsult-").tempfile_in(folder).map_err(|error| failed(&error))?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(|error| failed(&error))?;
    file.persist_noclobber(path).map_err(|error| match error.error.kind() {
        std::io::ErrorKind::AlreadyExists => Error::failed(format!("{} is there already", Printable::path(path)))
            .hint("name another file, or take that one away first"),
        _ => failed(&error.error),
    })?;
    settle(folder, path).map_err(|error| failed(&error))
}

/// Sees to it that a new file keeps its name through a power cut. Where the system cannot say so the file goes again: what
/// is told as not written is not there.
fn settle(folder: &Path, path: &Path) -> std::io::Result<()> {
    sync_folder(folder).inspect_err(|_| drop(std::fs::remove_file(path)))
}

/// Writes a file that takes the place of the one before, whole or not at all; nobody else can read it.
///
/// # Errors
/// When it cannot be written; the one before is there then.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let failed = |error: &std::io::Error| Error::io("write", path, error);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file =
        tempfile::Builder::new().prefix(".preconsult-").tempfile_in(folder).map_err(|error| failed(&error))?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(|error| failed(&error))?;
    file.persist(path).map_err(|error| failed(&error.error))?;
    sync_folder(folder).map_err(|error| {
        let (path, why) = (Printable::path(path), why(&error, &Words::default()));
        Error::failed(format!("{path} is written, but may not outlive a power cut: {why}"))
            .hint("look at the disk, then do the same again")
    })
}

/// What somebody wants of a folder, by the keys of messages.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// What could not be done there.
    pub failed: &'static str,
    /// The way out where that is a file.
    pub not_a_file: &'static str,
    /// What else one can do where there is nothing, beside making it.
    pub or: &'static str,
}

/// A folder for summaries.
pub const FOR_SUMMARIES: Wanted =
    Wanted { failed: "summary-not-written", not_a_file: "name-folder-out", or: "choose-out" };

/// Whether there is such a folder.
///
/// # Errors
/// When there is none, or when that is no folder.
pub fn check_folder(folder: &Path, wanted: Wanted, words: &Words) -> Result<(), Error> {
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    let (why, way_out) = if folder.exists() {
        ("why-a-file", words.say(wanted.not_a_file))
    } else {
        let make = [("folder", in_shell(folder).into()), ("or", words.say(wanted.or).into())];
        ("why-no-folder", words.with("make-folder", make))
    };
    Err(Error::io_in(words, wanted.failed, folder, &std::io::Error::other(words.say(why))).hint(way_out))
}

/// A path as one can type it after a command, whatever is in it.
fn in_shell(path: &Path) -> String {
    let shown = Printable::path(path).to_string();
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | ',' | '+' | ':' | '@' | '=');
    match shown.strip_prefix('-') {
        Some(_) => format!("-- '{}'", shown.replace('\'', "'\\''")),
        None if shown.chars().all(is_plain) => shown,
        None => format!("'{}'", shown.replace('\'', "'\\''")),
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
pub fn name_from(stem: &str, copy: Copy, format: Format) -> String {
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
pub(super) fn sync_folder(folder: &Path) -> std::io::Result<()> {
    std::fs::File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
pub(super) fn sync_folder(_: &Path) -> std::io::Result<()> {
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
