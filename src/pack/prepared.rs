//! The built-in pack as checking has left it, so that no start has to check it again.
//!
//! `prepared.bin` is what [`Pack::load`] makes of `rules/microneedling`, and says by its first number of which files. Whoever
//! changes those has it written anew by `INSTA_UPDATE=always cargo test --test packs prepared`; until then they are read
//! and checked at every start, which takes some milliseconds and changes nothing.

use super::{Content, Pack, PackFiles, built_in};
use crate::located::Problems;
use rustc_hash::FxBuildHasher;
use std::hash::BuildHasher;

static PREPARED: &[u8] = include_bytes!("prepared.bin");

impl Pack {
    /// The built-in pack.
    ///
    /// # Errors
    /// All that is wrong with it; none, unless the program was built from files that do not load.
    pub fn built_in() -> Result<Self, Problems> {
        let files = built_in();
        Self::from_prepared(PREPARED, &files).map_or_else(|| Self::load(&files), Ok)
    }

    /// The checked pack, and which files it was made of, to be taken up again by [`Self::from_prepared`].
    ///
    /// # Panics
    /// Never: all of it can be written so.
    #[must_use]
    pub fn prepare(&self, files: &PackFiles) -> Vec<u8> {
        postcard::to_extend(&(fingerprint(files), &**self), Vec::new()).expect("a pack can be written so")
    }

    /// What [`Self::prepare`] wrote, if it was of these files.
    #[must_use]
    pub fn from_prepared(prepared: &[u8], files: &PackFiles) -> Option<Self> {
        let (of, content): (u64, Content) = postcard::from_bytes(prepared).ok()?;
        (of == fingerprint(files)).then(|| content.into())
    }
}

/// Tells files that were changed from those that were not, a hundred times as fast as the hash that is printed.
fn fingerprint(files: &PackFiles) -> u64 {
    FxBuildHasher.hash_one(&files.texts)
}
