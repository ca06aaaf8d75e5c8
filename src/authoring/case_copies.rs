//! The patient's copies of a pack's own cases, for checks of what a patient holds.

use super::case::{patient_summary, read_case};
use crate::diagnostics::Diagnostics;
use crate::interview::Interview;
use crate::letterhead::Letterhead;
use crate::outline::{Outline, outline};
use crate::pack::Pack;

/// The patient's copies of a case.
#[derive(Debug, Clone)]
pub struct CaseCopies {
    /// The name of the case's file.
    pub case: String,
    /// A copy in each language of the pack.
    pub copies: Vec<Outline>,
}

impl CaseCopies {
    /// Reads a case and makes its copies.
    ///
    /// # Errors
    /// Returns the errors in the file, including those in its answers.
    pub fn new(pack: &Pack, name: &str, text: &str) -> Result<Self, Diagnostics> {
        let (_, answers) = read_case(pack, name, text)?;
        // An answer that is missing has been reported, so the interview finishes.
        let finished = Interview::new(pack, answers).finish();
        let copy = |summary| outline(&summary, &Letterhead::default());
        let copies = finished.iter().flat_map(|finished| {
            pack.each_language().map(|language| copy(patient_summary(finished, language))).collect::<Vec<_>>()
        });
        Ok(Self { case: name.to_owned(), copies: copies.collect() })
    }
}
