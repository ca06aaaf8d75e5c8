//! `preconsult pack diff`: compares two versions of a pack by their effect on patients.

use super::super::print_flowing;
use crate::authoring::diff;
use crate::error::Error;
use crate::pack::{BUILT_IN, Pack, built_in};
use crate::storage::pack_folder;
use std::path::Path;

pub(super) fn run(old: &Path, new: &Path) -> Result<(), Error> {
    let (old, new) = (read(old)?, read(new)?);
    let heading = format!("{} {} -> {} {}\n\n", old.id, old.version, new.id, new.version);
    print_flowing(&format!("{heading}{}", diff(&old, &new)))
}

/// Loads a pack from a folder, or the built-in pack by its name.
fn read(folder: &Path) -> Result<Pack, Error> {
    let files = if folder == Path::new(BUILT_IN) && !folder.exists() { built_in() } else { pack_folder::read(folder)? };
    Ok(Pack::load(&files)?)
}
