//! `statements.json` and `rules.json`: the statements, and the conditions under which they are printed.

use super::condition::RawCondition;
use super::names::names;
use crate::diagnostics::{Spanned, record};

record! {
    /// Statements that can be printed.
    pub(crate) struct StatementsFile {
        /// The statements.
        statements: Vec<RawStatement>,
    }
}

record! {
    /// A statement.
    pub(crate) struct RawStatement {
        /// Name of the statement in rules and in every output.
        id: Spanned<String>,
        /// Kind of the statement.
        kind: RawKind,
        /// Citations, each as `source#item`.
        cites: Vec<Spanned<String>>,
        /// Strength of the claim: a name from `modalities` in pack.json.
        modality: Option<Spanned<String>>,
        /// Numbers, from 1, of the sentences that only explain (how it works, what it includes). They need no phrase of
        /// strength. Every other sentence needs one in every language. The sign-off page marks these sentences.
        explains: Vec<Spanned<u32>>,
        /// For a benefit: limits that are always printed with it.
        limits: Vec<Spanned<String>>,
        /// For a variability statement: questions whose answers are printed next to it.
        questions: Vec<Spanned<String>>,
        /// Wording of the statement.
        text: Spanned<String>,
        /// Shorter wording for the first lines of the patient's copy; for variability, safety and consult statements.
        short: Option<Spanned<String>>,
        /// Wording for the clinician's copy, in the third person, if `text` speaks to the patient.
        clinician: Option<Spanned<String>>,
        /// Name of the reviewer of this statement, if it differs from the pack's.
        reviewed_by: Option<Spanned<String>>,
        /// Date of that review, as YYYY-MM-DD.
        reviewed_on: Option<Spanned<String>>,
        /// Date by which the next review of this statement is due, as YYYY-MM-DD.
        review_due: Option<Spanned<String>>,
    }
}

record! {
    /// Rules from answers to statements.
    pub(crate) struct RulesFile {
        /// The rules.
        rules: Vec<RawRule>,
    }
}

record! {
    /// Statements to print when a condition is true.
    pub(crate) struct RawRule {
        /// Name of the rule.
        id: Spanned<String>,
        /// Condition under which the rule fires.
        when: Spanned<RawCondition>,
        /// True if its statements are printed in the overview, not under a concern.
        overview: Option<Spanned<bool>>,
        /// Statements to print.
        say: Vec<RawSay>,
    }
}

record! {
    /// A statement that a rule prints.
    pub(crate) struct RawSay {
        /// A benefit, or a `not-covered` statement.
        statement: Spanned<String>,
        /// Limits printed with it when this rule fires, in addition to its own.
        limits: Vec<Spanned<String>>,
        /// For a benefit: questions to ask (statements of the kind `ask`) that apply only if a rule with them fires.
        ask: Vec<Spanned<String>>,
        /// True if the editors linked the answer to this statement, and the source does not.
        editorial: Option<Spanned<bool>>,
        /// Name of the person who signed off this editorial link; null until it is signed off.
        signed_off_by: Option<Spanned<String>>,
        /// Date of the sign-off, as YYYY-MM-DD.
        signed_off_on: Option<Spanned<String>>,
    }
}

names! {
    /// Kind of the statement.
    RawKind {
        /// Description of the procedure; printed once on every copy.
        Note = "note",
        /// A documented potential benefit; printed when a rule with it fires.
        Benefit = "benefit",
        /// A limit of a benefit; printed with the benefit.
        Limit = "limit",
        /// A factor that results can vary with; printed on every copy.
        Variability = "variability",
        /// Safety information from the source; printed on every copy.
        Safety = "safety",
        /// The advice to ask a professional; printed on every copy.
        Consult = "consult",
        /// States that the source does not cover a concern; printed when a rule with it fires.
        NotCovered = "not-covered",
        /// A question that the patient can ask; it claims nothing. Printed on every copy, unless a rule names it.
        Ask = "ask",
    }
}
