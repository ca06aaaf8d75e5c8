//! Files of a pack, as text and as decoded JSON.

use crate::diagnostics::{Decode, Diagnostic, File, Reporter, parse};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// JSON files of a pack: four files, and one for each additional language.
#[derive(Debug, Clone, Default)]
pub struct PackFiles {
    /// Path prefix of file names in messages; can be empty.
    pub folder: String,
    /// Text of each file, by name.
    pub texts: BTreeMap<String, String>,
}

impl PackFiles {
    pub(super) fn file(&self, name: &str) -> File {
        File { name: format!("{}{name}", self.folder), text: self.texts.get(name).cloned().unwrap_or_default() }
    }

    /// Returns the SHA-256 of the names and texts of all files, in order of name.
    pub(super) fn hash(&self) -> String {
        let mut hasher = Sha256::new();
        for (name, text) in &self.texts {
            for part in [name, text] {
                hasher.update((part.len() as u64).to_le_bytes());
                hasher.update(part.as_bytes());
            }
        }
        hasher.finalize().iter().fold("sha256:".to_owned(), |mut hash, byte| {
            let _ = write!(hash, "{byte:02x}");
            hash
        })
    }
}

/// A decoded file, and the reporter for its problems.
pub(super) struct ParsedFile<'f, T> {
    pub(super) sink: Reporter<'f>,
    pub(super) raw: Option<T>,
    /// True if the file was decoded without problems. Otherwise references into it are not reported as unknown.
    pub(super) is_complete: bool,
}

impl<'f, T: Decode> ParsedFile<'f, T> {
    pub(super) fn new(files: &PackFiles, name: &str, file: &'f File) -> Self {
        let sink = Reporter::new(file);
        let raw = if files.texts.contains_key(name) {
            parse(&sink).and_then(|value| T::decode(&value, &sink))
        } else {
            sink.report(
                Diagnostic::new("missing-file", 0..0, format!("the pack has no {name}"))
                    .hint("a pack is a folder with pack.json, questions.json, statements.json, rules.json and one <language>.json for each further language"),
            );
            None
        };
        Self { is_complete: sink.is_empty(), sink, raw }
    }
}
