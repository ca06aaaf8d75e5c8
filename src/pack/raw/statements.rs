//! `statements.json` and `rules.json`: what may be printed, and when.

use super::condition::RawCondition;
use super::names::names;
use crate::diagnostics::{Spanned, record};

record! {
    /// What may be printed.
    pub(crate) struct StatementsFile {
        /// The statements.
        statements: Vec<RawStatement>,
    }
}

record! {
    /// One statement.
    pub(crate) struct RawStatement {
        /// The statement's name in rules and on every output.
        id: Spanned<String>,
        /// What kind of statement it is.
        kind: RawKind,
        /// The places it comes from, each as `source#item`.
        cites: Vec<Spanned<String>>,
        /// The strength of the claim: a name from `modalities` in pack.json.
        modality: Option<Spanned<String>>,
        /// The sentences, counted from 1, that only explain (how it works, what it includes) and so need no word of
        /// strength. Every other sentence has to have one, in every language; the sign-off page marks these.
        explains: Vec<Spanned<u32>>,
        /// For a benefit: the limits that are printed with it always.
        limits: Vec<Spanned<String>>,
        /// For a variability statement: the questions whose answers stand beside it.
        questions: Vec<Spanned<String>>,
        /// The wording.
        text: Spanned<String>,
        /// Who reviewed this statement, where that differs from the pack.
        reviewed_by: Option<Spanned<String>>,
        /// The day of that review, as YYYY-MM-DD.
        reviewed_on: Option<Spanned<String>>,
        /// The day by which this statement is to be reviewed again, as YYYY-MM-DD.
        review_due: Option<Spanned<String>>,
    }
}

record! {
    /// What follows from the answers.
    pub(crate) struct RulesFile {
        /// The rules.
        rules: Vec<RawRule>,
    }
}

record! {
    /// When something is answered, something is said.
    pub(crate) struct RawRule {
        /// The rule's name.
        id: Spanned<String>,
        /// When it fires.
        when: Spanned<RawCondition>,
        /// Whether it speaks in the overview, matched to no concern, and not among the benefits.
        overview: Option<Spanned<bool>>,
        /// What it says.
        say: Vec<RawSay>,
    }
}

record! {
    /// A statement that a rule says.
    pub(crate) struct RawSay {
        /// A benefit, or a `not-covered` statement.
        statement: Spanned<String>,
        /// Limits printed with it when this rule says it, beside those it always has.
        limits: Vec<Spanned<String>>,
        /// Whether the link from the answer to this statement is the editors' own and not the source's wording.
        editorial: Option<Spanned<bool>>,
        /// Who signed this editorial link off; null until someone has.
        signed_off_by: Option<Spanned<String>>,
        /// The day of that, as YYYY-MM-DD.
        signed_off_on: Option<Spanned<String>>,
    }
}

names! {
    /// What kind of statement it is.
    RawKind {
        /// What the procedure is; printed once on every copy.
        Note = "note",
        /// A documented potential benefit; printed when a rule says it.
        Benefit = "benefit",
        /// What a benefit is limited to; printed with its benefit.
        Limit = "limit",
        /// What results can vary with; printed on every copy.
        Variability = "variability",
        /// What the source says of safety; printed on every copy.
        Safety = "safety",
        /// The advice to ask a professional; printed on every copy.
        Consult = "consult",
        /// That the source says nothing of a concern; printed when a rule says it.
        NotCovered = "not-covered",
    }
}
