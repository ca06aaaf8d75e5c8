//! The packs that come with the program, embedded from `rules/`.

use super::files::PackFiles;
use include_dir::{Dir, File, include_dir};

/// Every embedded pack, each in a folder of its name.
pub(crate) static RULES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/rules");

/// The pack that is used when no other is named.
pub const BUILT_IN: &str = "microneedling";

/// The files of the built-in pack.
#[must_use]
pub fn built_in() -> PackFiles {
    PackFiles { folder: format!("rules/{BUILT_IN}/"), texts: json_texts(BUILT_IN).collect() }
}

/// The same files without a copy, in order of name: each name, and what it holds.
pub(super) fn built_in_bytes() -> Vec<(&'static str, &'static [u8])> {
    let mut files: Vec<_> = json_files(BUILT_IN).map(|(name, file)| (name, file.contents())).collect();
    files.sort_unstable();
    files
}

/// The built-in pack's own tests: name and text.
#[must_use]
pub fn built_in_cases() -> Vec<(String, String)> {
    let mut cases: Vec<_> = json_texts(&format!("{BUILT_IN}/cases")).collect();
    cases.sort_unstable();
    cases
}

fn json_texts(folder: &str) -> impl Iterator<Item = (String, String)> {
    json_files(folder).filter_map(|(name, file)| Some((name.to_owned(), file.contents_utf8()?.to_owned())))
}

fn json_files(folder: &str) -> impl Iterator<Item = (&'static str, &'static File<'static>)> {
    let files = RULES.get_dir(folder).into_iter().flat_map(Dir::files);
    files.filter_map(|file| {
        let name = file.path().file_name()?.to_str()?;
        let is_json = std::path::Path::new(name).extension().is_some_and(|end| end == "json");
        is_json.then_some((name, file))
    })
}
