//! Built-in packs, embedded from `rules/`.

use super::content::Pack;
use super::files::PackFiles;
use crate::diagnostics::Diagnostics;
use include_dir::{Dir, include_dir};

/// Embedded packs, each in a folder with its name.
pub(crate) static RULES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/rules");

/// Name of the default pack.
pub const BUILT_IN: &str = "microneedling";

impl Pack {
    /// Returns the built-in pack. It skips the analyses of [`Pack::check`]; a test runs them.
    ///
    /// # Errors
    /// Returns the problems of its files. A tested build has none.
    pub fn built_in() -> Result<Self, Diagnostics> {
        Self::load(&built_in())
    }
}

/// Returns the files of the built-in pack.
#[must_use]
pub fn built_in() -> PackFiles {
    PackFiles { folder: format!("rules/{BUILT_IN}/"), texts: json_texts(BUILT_IN).collect() }
}

/// Returns the test cases of the built-in pack as file name and text, sorted by name.
#[must_use]
pub fn built_in_cases() -> Vec<(String, String)> {
    let mut cases: Vec<_> = json_texts(&format!("{BUILT_IN}/cases")).collect();
    cases.sort_unstable();
    cases
}

fn json_texts(folder: &str) -> impl Iterator<Item = (String, String)> {
    let files = RULES.get_dir(folder).into_iter().flat_map(Dir::files);
    files.filter(|file| file.path().extension().is_some_and(|extension| extension == "json")).filter_map(|file| {
        let name = file.path().file_name()?.to_str()?;
        Some((name.to_owned(), file.contents_utf8()?.to_owned()))
    })
}
