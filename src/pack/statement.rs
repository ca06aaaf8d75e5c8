//! Statements that can be printed, and the rules that print them.

use super::condition::Condition;
use super::localized_text::LocalizedText;
use super::review::Review;
use super::source::Citation;
use crate::printable::Printable;
use chrono::NaiveDate;

/// Statements of a pack by kind. Every kind that a copy needs is present.
#[derive(Debug, Clone)]
pub struct Statements {
    /// Description of the procedure.
    pub procedure: Statement,
    /// Documented potential benefits, in the order of the source.
    pub benefits: Vec<Benefit>,
    /// Limits of benefits.
    pub limits: Vec<Statement>,
    /// Factors that results can vary with; at least one.
    pub variability: Vec<Variability>,
    /// Safety information from the source; at least one.
    pub safety: Vec<Statement>,
    /// Advice to ask a professional; at least one.
    pub consult: Vec<Statement>,
    /// Statements that the source does not cover a concern; at least one.
    pub not_covered: Vec<Statement>,
    /// Questions that the patient can ask.
    pub ask: Vec<Ask>,
}

/// A statement that can be printed, with its citations.
#[derive(Debug, Clone)]
pub struct Statement {
    /// Name of the statement.
    pub id: String,
    /// Citations; empty only for `not-covered`, which makes no claim.
    pub cites: Vec<Citation>,
    /// Strength of the claim: a key of the pack's `modalities`.
    pub modality: Option<String>,
    /// Indexes of the sentences that only explain and need no phrase of strength.
    pub explains: Vec<usize>,
    /// Wording of the statement.
    pub text: LocalizedText,
    /// Shorter wording for the first lines of the patient's copy.
    pub short: Option<LocalizedText>,
    /// Wording for the clinician's copy, if it differs.
    pub clinician: Option<LocalizedText>,
    /// Review of this statement, if it differs from the pack's.
    pub review: Review,
}

/// A documented potential benefit.
#[derive(Debug, Clone)]
pub struct Benefit {
    /// The claim.
    pub statement: Statement,
    /// Indexes of the limits that are always printed with the benefit.
    pub limits: Vec<usize>,
}

/// A statement on what results can vary with.
#[derive(Debug, Clone)]
pub struct Variability {
    /// The statement.
    pub statement: Statement,
    /// Indexes of the questions whose answers are printed next to it.
    pub questions: Vec<usize>,
}

/// A question that the patient can ask.
#[derive(Debug, Clone)]
pub struct Ask {
    /// The question.
    pub statement: Statement,
    /// Condition under which it applies: that of the rules that name it; always if `None`.
    pub when: Option<Condition>,
}

/// Statements to print when a condition is true.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Name of the rule.
    pub id: String,
    /// Condition under which the rule fires.
    pub when: Condition,
    /// True if its statements are printed in the overview, not among the benefits.
    pub overview: bool,
    /// Statements to print.
    pub say: Vec<RuleOutcome>,
}

/// A statement that a rule prints.
#[derive(Debug, Clone)]
pub enum RuleOutcome {
    /// A benefit, with limits in addition to its own.
    Benefit {
        /// Index of the benefit.
        benefit: usize,
        /// Indexes of the additional limits.
        limits: Vec<usize>,
        /// Indexes of the questions to ask that apply only with this rule.
        ask: Vec<usize>,
        /// True if the editors linked the answer to this benefit, and the source does not.
        editorial: bool,
        /// Name and date of the sign-off of an editorial link.
        signed_off: Option<(Printable, NaiveDate)>,
    },
    /// Index of a statement that the source does not cover the concern.
    NotCovered(usize),
}

impl Statements {
    /// Iterates over all statements with their kind, in the order printed.
    pub fn all(&self) -> impl Iterator<Item = (&'static str, &Statement)> {
        std::iter::once(("note", &self.procedure))
            .chain(self.benefits.iter().map(|benefit| ("benefit", &benefit.statement)))
            .chain(self.limits.iter().map(|statement| ("limit", statement)))
            .chain(self.variability.iter().map(|variability| ("variability", &variability.statement)))
            .chain(self.safety.iter().map(|statement| ("safety", statement)))
            .chain(self.consult.iter().map(|statement| ("consult", statement)))
            .chain(self.ask.iter().map(|ask| ("ask", &ask.statement)))
            .chain(self.not_covered.iter().map(|statement| ("not-covered", statement)))
    }
}
