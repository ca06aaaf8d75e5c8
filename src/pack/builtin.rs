//! The packs that come with the program, embedded from `rules/`.

use super::content::Pack;
use super::files::PackFiles;
use crate::diagnostics::Diagnostics;
use include_dir::{Dir, include_dir};

/// Every embedded pack, each in a folder of its name.
pub(crate) static RULES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/rules");

/// The pack that is used when no other is named.
pub const BUILT_IN: &str = "microneedling";

impl Pack {
    /// The built-in pack, without the analyses of [`Pack::check`]: a test proves that it passes them.
    ///
    /// # Errors
    /// All problems of its files; there are none in a tested build.
    pub fn built_in() -> Result<Self, Diagnostics> {
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

fn json_texts(folder: &str) -> impl Iterator<Item = (String, String)> {
    let files = RULES.get_dir(folder).into_iter().flat_map(Dir::files);
    files.filter(|file| file.path().extension().is_some_and(|end| end == "json")).filter_map(|file| {
        let name = file.path().file_name()?.to_str()?;
        Some((name.to_owned(), file.contents_utf8()?.to_owned()))
    })
}
