//! The packs that come with the program, embedded from `rules/`.

use super::{Pack, PackFiles};
use crate::located::Problems;
use include_dir::{Dir, include_dir};

static RULES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/rules");

/// The pack that is used when no other is named.
pub const BUILT_IN: &str = "microneedling";

/// The pack that `pack new` starts from.
const STARTER: &str = "starter";

impl Pack {
    /// The built-in pack, without the analyses of [`Pack::check`]: a test proves that it passes them.
    ///
    /// # Errors
    /// All problems of its files; there are none in a tested build.
    pub fn built_in() -> Result<Self, Problems> {
        Self::load(&built_in())
    }
}

/// The files of the built-in pack.
#[must_use]
pub fn built_in() -> PackFiles {
    PackFiles { folder: format!("rules/{BUILT_IN}/"), texts: json_texts(BUILT_IN).collect() }
}

/// The built-in pack's own tests: name and text.
#[must_use]
pub fn built_in_cases() -> Vec<(String, String)> {
    let mut cases: Vec<_> = json_texts(&format!("{BUILT_IN}/cases")).collect();
    cases.sort_unstable();
    cases
}

/// The files of a small pack to start from, as the pack `id`: path inside its folder, and text. Schemas included.
#[must_use]
pub fn starter(id: &str) -> Vec<(String, String)> {
    copy(STARTER, id)
}

/// The files of the built-in pack, as a pack of one's own with that id: tests, texts for authors and schemas included.
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
            // A pack of one's own has its schemas inside.
            let text = text.replace("../schema/", "schema/");
            files.push((path.to_string_lossy().replace('\\', "/"), text));
        }
    }
    for (name, schema) in super::schemas() {
        files.push((format!("schema/{name}.schema.json"), format!("{schema:#}\n")));
    }
    files.sort_unstable();
    files
}

fn json_texts(folder: &str) -> impl Iterator<Item = (String, String)> {
    let files = RULES.get_dir(folder).into_iter().flat_map(Dir::files);
    files.filter(|file| file.path().extension().is_some_and(|end| end == "json")).filter_map(|file| {
        let name = file.path().file_name()?.to_str()?;
        Some((name.to_owned(), file.contents_utf8()?.to_owned()))
    })
}
