//! The files of a pack, and each of them as read.

use crate::diagnostics::{Decode, Diagnostic, File, Reporter, parse};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The files that make up a pack, by name: the four, and one for each further language.
#[derive(Debug, Clone, Default)]
pub struct PackFiles {
    /// What messages put before a file's name: the folder, or nothing.
    pub folder: String,
    /// Name → text.
    pub texts: BTreeMap<String, String>,
}

impl PackFiles {
    pub(super) fn file(&self, name: &str) -> File {
        File { name: format!("{}{name}", self.folder), text: self.texts.get(name).cloned().unwrap_or_default() }
    }

    /// A hash over everything that can change a question or a page: names, lengths and bytes, in order of name.
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

/// One file on its way in: what it holds, and where its problems go.
pub(super) struct ParsedFile<'f, T> {
    pub(super) sink: Reporter<'f>,
    pub(super) raw: Option<T>,
    /// Whether it had the right shape throughout. What refers into a file that has not is not called dangling.
    pub(super) whole: bool,
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
        Self { whole: sink.is_empty(), sink, raw }
    }
}
