//! What may be printed, and what brings it there.

use super::condition::Condition;
use super::localized_text::LocalizedText;
use super::review::Review;
use super::source::Citation;
use crate::printable::Printable;
use chrono::NaiveDate;

/// What may be printed. The parts that every copy needs cannot be missing.
#[derive(Debug, Clone)]
pub struct Statements {
    /// What the procedure is.
    pub procedure: Statement,
    /// The documented potential benefits, in the source's order.
    pub benefits: Vec<Benefit>,
    /// What benefits are limited to.
    pub limits: Vec<Statement>,
    /// What results can vary with; at least one.
    pub variability: Vec<Variability>,
    /// What the source says of safety; at least one.
    pub safety: Vec<Statement>,
    /// The advice to ask a professional; at least one.
    pub consult: Vec<Statement>,
    /// That the source says nothing of a concern; at least one.
    pub not_covered: Vec<Statement>,
}

/// A sentence that may be printed, and where it comes from.
#[derive(Debug, Clone)]
pub struct Statement {
    /// Its name.
    pub id: String,
    /// The places it comes from; empty only where it claims nothing (`not-covered`).
    pub cites: Vec<Citation>,
    /// The strength of its claim.
    pub modality: Option<String>,
    /// Its sentences, counted from 0, that only explain and so carry no word of strength.
    pub explains: Vec<usize>,
    /// Its wording.
    pub text: LocalizedText,
    /// Its own review, where that differs from the pack's.
    pub review: Review,
}

/// A documented potential benefit.
#[derive(Debug, Clone)]
pub struct Benefit {
    /// The claim.
    pub statement: Statement,
    /// The limits printed with it always.
    pub limits: Vec<usize>,
}

/// What results can vary with.
#[derive(Debug, Clone)]
pub struct Variability {
    /// The sentence.
    pub statement: Statement,
    /// The questions whose answers stand beside it.
    pub questions: Vec<usize>,
}

/// When something is answered, something is said.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Its name.
    pub id: String,
    /// When it fires.
    pub when: Condition,
    /// Whether it speaks in the overview and not among the benefits.
    pub overview: bool,
    /// What it says.
    pub say: Vec<RuleOutcome>,
}

/// A statement that a rule says.
#[derive(Debug, Clone)]
pub enum RuleOutcome {
    /// A benefit, with limits beside those it always has.
    Benefit {
        /// Which.
        benefit: usize,
        /// The further limits.
        limits: Vec<usize>,
        /// Whether the link is the editors' own and not the source's wording.
        editorial: bool,
        /// Who signed an editorial link off, and when.
        signed_off: Option<(Printable, NaiveDate)>,
    },
    /// That the source does not cover it.
    NotCovered(usize),
}

impl Statements {
    /// Every statement with its kind, in the order printed.
    pub fn all(&self) -> impl Iterator<Item = (&'static str, &Statement)> {
        std::iter::once(("note", &self.procedure))
            .chain(self.benefits.iter().map(|benefit| ("benefit", &benefit.statement)))
            .chain(self.limits.iter().map(|statement| ("limit", statement)))
            .chain(self.variability.iter().map(|variability| ("variability", &variability.statement)))
            .chain(self.safety.iter().map(|statement| ("safety", statement)))
            .chain(self.consult.iter().map(|statement| ("consult", statement)))
            .chain(self.not_covered.iter().map(|statement| ("not-covered", statement)))
    }
}
