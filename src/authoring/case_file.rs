//! `cases/*.json`: a pack's own tests.

use crate::diagnostics::{Decode, Reporter, Spanned, record};
use jsonc_parser::ast::Value;
use schemars::JsonSchema;

record! {
    /// A test of the pack: answers, exactly what is printed for them, and why.
    pub(crate) struct CaseFile {
        /// A description of the invented patient, in sentences.
        patient: Spanned<String>,
        /// The answers, as in an answers file.
        #[allow(dead_code, reason = "the answers reader takes them from the syntax tree")]
        answers: RawJson,
        /// Exactly the questions that are asked, in order; `severity(acne-scars)` for one subject of a for-each question.
        asked: Option<Vec<Spanned<String>>>,
        /// Questions that are never asked.
        never_asked: Vec<Spanned<String>>,
        /// The statements that are printed.
        expect: RawExpect,
    }
}

record! {
    /// The statements that a case expects on the page.
    pub(crate) struct RawExpect {
        /// The benefits, in the order printed.
        benefits: Vec<RawExpectedBenefit>,
        /// The overview, in the order printed.
        overview: Vec<RawExpectedBenefit>,
        /// The answers that the source does not cover, each as `question=code`.
        not_covered: Vec<Spanned<String>>,
    }
}

record! {
    /// A benefit that a case expects.
    pub(crate) struct RawExpectedBenefit {
        /// The id of the statement.
        statement: Spanned<String>,
        /// The ids of the limits printed with it.
        limits: Vec<Spanned<String>>,
        /// The answers that led to it, each as `question=code`.
        because: Vec<Spanned<String>>,
        /// Those of `because` whose link is editorial.
        editorial: Vec<Spanned<String>>,
    }
}

/// Any JSON: the answers reader decodes it.
#[derive(Debug)]
pub(crate) struct RawJson;

impl Decode for RawJson {
    fn decode(_: &Value<'_>, _: &Reporter<'_>) -> Option<Self> {
        Some(Self)
    }
}

impl JsonSchema for RawJson {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Answers".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "object", "description": "Answers by question, as in an answers file." })
    }
}
