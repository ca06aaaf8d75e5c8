//! A FHIR R4 `QuestionnaireResponse` from any program → an answers file.
//!
//! Answers that fit the pack are kept. Each one that does not fit is reported, with its JSON path and its place in the file.
//! Its question is then *unreadable*, with the words as they came; it never looks as if it were not asked. An answer whose
//! question is not known or not asked is *unassigned*. Nothing is dropped without a report, and nothing is guessed. A
//! required question without an answer is unreadable too, so that every file that is written can be summarised. Without
//! concerns, or where they are unreadable, there is nothing to import. Fields that are not answers (the subject, the author,
//! the narrative) have no place in an answers file and are ignored.
//!
//! A response may also be inside a Bundle, such as the documents of this program, if it is the only one there.

mod assemble;
mod coded;
mod items;
mod reporter;
mod response;
mod values;
mod words;

use super::CanonicalBase;
use super::item_tree::{ItemTree, UnsupportedPack};
use crate::diagnostics::{Diagnostics, File, Reporter, parse};
use crate::interview::AnswersFile;
use crate::pack::Pack;

/// The result of an import.
#[derive(Debug, Clone)]
pub struct Imported {
    /// The answers that fit the pack, and the words of the others.
    pub file: AnswersFile,
    /// Reports of everything that does not fit, in the order of the file.
    pub reports: Diagnostics,
}

/// The reason why a response could not be imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// FHIR cannot express the pack.
    #[error(transparent)]
    UnsupportedPack(#[from] UnsupportedPack),
    /// The file is not a response, or is one that must not be used.
    #[error("{0}")]
    Response(Diagnostics),
}

/// Imports the text of a response; `name` is the file's name in messages.
///
/// # Errors
/// Returns an error if the text is not a usable response, or if FHIR cannot express the pack.
pub fn import(pack: &Pack, base: &CanonicalBase, name: &str, text: &str) -> Result<Imported, ImportError> {
    let tree = ItemTree::new(pack)?;
    let file = File { name: name.to_owned(), text: text.strip_prefix('\u{feff}').unwrap_or(text).to_owned() };
    let sink = Reporter::storing_all(&file);
    let answers_file = parse(&sink).and_then(|value| {
        let (response, path) = response::find(&value, &sink)?;
        response::read(&tree, base, response, &path, &sink)
    });
    let reports = Diagnostics::new(sink.into_collected(), vec![file.clone()]);
    match answers_file {
        Some(file) => Ok(Imported { file, reports }),
        None => Err(ImportError::Response(reports)),
    }
}
