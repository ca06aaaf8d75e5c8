//! The packs that tests use, each loaded once.

use preconsult::pack::{Pack, PackFiles, built_in};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// The built-in pack.
pub(crate) static BUILT_IN: LazyLock<Pack> = LazyLock::new(|| load(&built_in()));

/// A small pack with every type of question, markup in its wordings, and free text for each option.
pub(crate) static EVERY_KIND: LazyLock<Pack> = LazyLock::new(|| load(&files("tests/properties/pack")));

/// Returns the files of the pack in `tests/packs/everything`.
pub(crate) fn everything() -> PackFiles {
    files("tests/packs/everything")
}

/// Returns the path of a folder of the repository, from any crate of the workspace.
pub(crate) fn folder(name: &str) -> PathBuf {
    let above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    above.map(|folder| folder.join(name)).find(|folder| folder.is_dir()).unwrap_or_else(|| panic!("there is no {name}"))
}

/// Returns the name and text of the JSON files in a folder of the repository.
pub(crate) fn texts(name: &str) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    for entry in std::fs::read_dir(folder(name)).expect("the folder exists") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|end| end == "json") {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            texts.push((name, std::fs::read_to_string(path).expect("a readable file")));
        }
    }
    texts.sort();
    texts
}

/// Returns the files of the pack in a folder of the repository.
pub(crate) fn files(name: &str) -> PackFiles {
    PackFiles { folder: String::new(), texts: texts(name).into_iter().collect() }
}

/// Loads a pack that has to be valid.
pub(crate) fn load(files: &PackFiles) -> Pack {
    Pack::load(files).unwrap_or_else(|problems| panic!("{problems}"))
}
