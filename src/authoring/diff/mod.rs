//! What a change of a pack does to patients: what is asked, what is worded otherwise, and which summaries change.
//!
//! The outcomes are exact, over all answers. A page is made of lines, each with the choices it names as its reasons; answers
//! that a change treats alike differ in the same lines. So each line with each of its reasons is compared by itself, with the
//! solver asking both packs about the same answers, and every page that changes is put together from the lines found.

mod outcomes;
mod sources;
mod texts;

use crate::pack::Pack;
use std::fmt;

/// What differs between two packs, each part in sentences.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diff {
    /// Questions that came, went, or take other answers, and answers for which they are now asked or no longer.
    pub questions: Vec<String>,
    /// Statements that came, went, or have another source, strength or limit.
    pub statements: Vec<String>,
    /// Summaries that change, with an example of the answers for each.
    pub summaries: Vec<String>,
    /// Texts that are worded otherwise.
    pub wording: Vec<String>,
    /// What sources are, and who has reviewed or signed off what: the foot of every page says it.
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
    /// Whether nothing changes for patients.
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
        for (at, (title, lines, none)) in parts.into_iter().enumerate() {
            writeln!(f, "{}{title}", if at == 0 { "" } else { "\n" })?;
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
