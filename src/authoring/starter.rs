//! The files that `pack new` writes: a small starter pack, or a copy of the built-in one.

use super::schemas::schemas;
use crate::pack::{BUILT_IN, RULES};
use include_dir::Dir;

/// The folder of the embedded starter pack.
const STARTER: &str = "starter";

/// Returns the files of a small starter pack with the id `id`, schemas included: path in its folder, and text.
#[must_use]
pub fn starter(id: &str) -> Vec<(String, String)> {
    copy(STARTER, id)
}

/// Returns the files of the built-in pack under another id, with its tests, author documentation and schemas.
#[must_use]
pub fn built_in_as(id: &str) -> Vec<(String, String)> {
    copy(BUILT_IN, id)
}

fn copy(from: &str, id: &str) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut folders: Vec<&Dir<'_>> = RULES.get_dir(from).into_iter().collect();
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        for file in folder.files() {
            let (Ok(path), Some(text)) = (file.path().strip_prefix(from), file.contents_utf8()) else { continue };
            let is_data = path.extension().is_some_and(|end| end == "json");
            let mut text = text.replace(&format!("rules/{from}"), ".");
            if is_data {
                text = text.replace(&format!("\"id\": \"{from}\""), &format!("\"id\": \"{id}\""));
            }
            // A copied pack has its schemas inside its own folder.
            let text = text.replace("../schema/", "schema/");
            files.push((path.to_string_lossy().replace('\\', "/"), text));
        }
    }
    for (name, schema) in schemas() {
        files.push((format!("schema/{name}.schema.json"), format!("{schema:#}\n")));
    }
    files.sort_unstable();
    files
}
