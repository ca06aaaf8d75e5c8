//! `preconsult pack new`: a small pack to start from.

use super::super::print;
use crate::error::Error;
use crate::keep::new_folder;
use crate::pack::{Pack, starter};
use std::path::Path;

pub(super) fn run(folder: &Path) -> Result<(), Error> {
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if !Pack::is_name(&name) {
        return Err(Error::input(format!("{name:?} cannot be the name of a pack")).hint(
            "a pack is named after its folder: at most 60 small letters a-z, digits and hyphens, such as eye-clinic",
        ));
    }
    let files: Vec<_> = starter(&name).into_iter().map(|(path, text)| (path, text.into_bytes())).collect();
    new_folder::write(folder, &files)?;
    let folder = folder.display();
    print(
        format!(
            "made the pack {name} in {folder}\nnext: read {folder}/README.md, then\n  preconsult pack check {folder}\n  \
             preconsult pack test {folder}\n"
        )
        .as_bytes(),
    )
}
