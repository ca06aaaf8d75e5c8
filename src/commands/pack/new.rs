//! `preconsult pack new`: creates a small example pack, or a copy of the built-in one.

use super::super::print_flowing;
use crate::authoring::{built_in_as, starter};
use crate::error::Error;
use crate::pack::is_id;
use crate::printable::Printable;
use crate::storage::create_folder::{self, Access};
use std::path::Path;

pub(super) fn run(folder: &Path, from_built_in: bool) -> Result<(), Error> {
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if !is_id(&name) {
        return Err(Error::input(format!("{name:?} is not a valid name for a pack"))
            .hint("name the folder with at most 60 lowercase letters a-z, digits and hyphens, such as eye-clinic"));
    }
    let (files, description) = if from_built_in {
        (built_in_as(&name), "a copy of the built-in pack")
    } else {
        (starter(&name), "a small example about chairs, to be replaced step by step")
    };
    let files: Vec<_> = files.into_iter().map(|(path, text)| (path, text.into_bytes())).collect();
    create_folder::write(folder, &files, Access::Anyone)?;
    let folder = Printable::path(folder);
    print_flowing(&format!(
        "created the pack {name} in {folder}: {description}\nnext: read {folder}/README.md, then\n  preconsult pack check {folder}\n  \
         preconsult pack test {folder}\n"
    ))
}
