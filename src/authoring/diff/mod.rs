//! Compares two versions of a pack: what is asked, which texts differ, and which summaries change.
//!
//! The outcomes are exact, over all answers. A page consists of lines, each with the choices that are its reasons.
//! Answers that a change treats alike differ in the same lines, so each pair of line and reason is compared by itself:
//! the solver looks for answers on which the two packs differ. Every page that changes combines the lines found.

mod outcomes;
mod sources;
mod texts;

use crate::pack::Pack;
use std::fmt;

/// The differences between two packs, each in sentences.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diff {
    /// Questions that are new, gone or take other answers, and answers for which they are now asked or no longer asked.
    pub questions: Vec<String>,
    /// Statements that are new or gone, or have another source, strength or limit.
    pub statements: Vec<String>,
    /// Summaries that change, with an example of the answers for each.
    pub summaries: Vec<String>,
    /// Texts with other wording.
    pub wording: Vec<String>,
    /// The sources, reviews and sign-offs that differ; they are printed at the foot of every page.
    pub sources: Vec<String>,
}

/// Compares an old pack with a new one.
#[must_use]
pub fn diff(old: &Pack, new: &Pack) -> Diff {
    let mut diff = Diff::default();
    texts::compare_questions(old, new, &mut diff.questions);
    outcomes::compare_asked(old, new, &mut diff.questions);
    texts::compare_statements(old, new, &mut diff.statements);
    outcomes::compare_lines(old, new, &mut diff.summaries);
    texts::compare_wording(old, new, &mut diff.wording);
    sources::compare(old, new, &mut diff.sources);
    diff
}

impl Diff {
    /// Returns whether nothing changes for patients.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl fmt::Display for Diff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return writeln!(f, "nothing changes for patients");
        }
        let parts = [
            ("QUESTIONS", &self.questions, "every question is asked and answered as before"),
            ("STATEMENTS", &self.statements, "every statement has the source, the strength and the limits that it had"),
            ("SUMMARIES", &self.summaries, "all answers print the same statements as before"),
            ("WORDING", &self.wording, "every text is worded as before"),
            ("SOURCES AND REVIEW", &self.sources, "the sources, the reviews and the sign-offs are as before"),
        ];
        for (index, (title, lines, none)) in parts.into_iter().enumerate() {
            writeln!(f, "{}{title}", if index == 0 { "" } else { "\n" })?;
            for line in lines {
                writeln!(f, "  {}", line.replace('\n', "\n    "))?;
            }
            if lines.is_empty() {
                writeln!(f, "  {none}")?;
            }
        }
        Ok(())
    }
}
