//! A FHIR R4 `QuestionnaireResponse` → an answers file, whoever wrote it.
//!
//! What fits the pack is kept. What does not is reported, each with its JSON path and its place in the file, and left out;
//! nothing is dropped without a report, and nothing is guessed: a value of another type, an option that is not offered or
//! a reason for absence that the pack has no state for brings no answer. What is no answer to the questionnaire (whose
//! response it is, who wrote it, its narrative) has no place in an answers file and is passed over.
//!
//! A response may also stand in a Bundle, such as the documents of this program, if it is the only one there.

mod assemble;
mod coded;
mod items;
mod reporter;
mod response;
mod values;

use super::CanonicalBase;
use super::item_tree::{ItemTree, UnsupportedPack};
use crate::diagnostics::{Diagnostics, File, Reporter, parse};
use crate::interview::AnswersFile;
use crate::pack::Pack;

/// What came of a response.
#[derive(Debug, Clone)]
pub struct Imported {
    /// What fits.
    pub file: AnswersFile,
    /// What does not, or not quite, in the order of the file.
    pub reports: Diagnostics,
}

/// Why a response could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// FHIR cannot express the pack.
    #[error(transparent)]
    UnsupportedPack(#[from] UnsupportedPack),
    /// The file is no response, or one that must not be used.
    #[error("{0}")]
    Response(Diagnostics),
}

/// Reads the text of a response; `name` is what messages call it.
///
/// # Errors
/// When it is no response at all, or the pack cannot be written as FHIR.
pub fn import(pack: &Pack, base: &CanonicalBase, name: &str, text: &str) -> Result<Imported, ImportError> {
    let layout = ItemTree::new(pack)?;
    let file = File { name: name.to_owned(), text: text.strip_prefix('\u{feff}').unwrap_or(text).to_owned() };
    let sink = Reporter::new(&file);
    let read = parse(&sink).and_then(|value| {
        let (response, path) = response::find(&value, &sink)?;
        response::read(&layout, base, response, &path, &sink)
    });
    let reports = Diagnostics::new(sink.into_problems(), vec![file.clone()]);
    match read {
        Some(file) => Ok(Imported { file, reports }),
        None => Err(ImportError::Response(reports)),
    }
}
