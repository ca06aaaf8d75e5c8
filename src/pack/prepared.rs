//! The built-in pack as checking has left it, so that no start has to check it again.
//!
//! `prepared.bin` is what [`Pack::load`] makes of `rules/microneedling`, and says by its first number of which files. Whoever
//! changes those has it written anew by `INSTA_UPDATE=always cargo test --test packs prepared`; until then they are read
//! and checked at every start, which takes some milliseconds and changes nothing.

use super::builtin::built_in_bytes;
use super::{Content, Pack, PackFiles, built_in};
use crate::located::Problems;
use rustc_hash::FxHasher;
use std::hash::{Hash, Hasher};

static PREPARED: &[u8] = include_bytes!("prepared.bin");

impl Pack {
    /// The built-in pack.
    ///
    /// # Errors
    /// All that is wrong with it; none, unless the program was built from files that do not load.
    pub fn built_in() -> Result<Self, Problems> {
        let of = fingerprint(built_in_bytes().into_iter());
        from_prepared(PREPARED, of).map_or_else(|| Self::load(&built_in()), Ok)
    }

    /// The checked pack, and which files it was made of, to be taken up again by [`Self::from_prepared`].
    ///
    /// # Panics
    /// Never: all of it can be written so.
    #[must_use]
    pub fn prepare(&self, files: &PackFiles) -> Vec<u8> {
        postcard::to_extend(&(fingerprint_of(files), &**self), Vec::new()).expect("a pack can be written so")
    }

    /// What [`Self::prepare`] wrote, if it was of these files.
    #[must_use]
    pub fn from_prepared(prepared: &[u8], files: &PackFiles) -> Option<Self> {
        from_prepared(prepared, fingerprint_of(files))
    }
}

fn from_prepared(prepared: &[u8], of: u64) -> Option<Pack> {
    let (prepared_of, content): (u64, Content) = postcard::from_bytes(prepared).ok()?;
    (prepared_of == of).then(|| content.into())
}

fn fingerprint_of(files: &PackFiles) -> u64 {
    fingerprint(files.texts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())))
}

/// Tells files that were changed from those that were not, a hundred times as fast as the hash that is printed. They come
/// in order of name.
fn fingerprint<'f>(files: impl Iterator<Item = (&'f str, &'f [u8])>) -> u64 {
    let mut hasher = FxHasher::default();
    files.for_each(|file| file.hash(&mut hasher));
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::{PREPARED, built_in_bytes, fingerprint, from_prepared};

    #[test]
    fn the_built_in_pack_needs_no_check_at_a_start() {
        assert!(from_prepared(PREPARED, fingerprint(built_in_bytes().into_iter())).is_some());
    }
}
