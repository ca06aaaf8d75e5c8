//! Conditions as JSON, shared by questions and rules.

use crate::diagnostics::{Decimal, Decode, Fields, Reporter, Spanned, record};
use jsonc_parser::ast::Value;
use schemars::JsonSchema;

/// A condition on earlier answers. It is true, false or unknown; only true counts.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(untagged, deny_unknown_fields)]
pub(crate) enum RawCondition {
    /// All of these are true.
    All {
        /// The conditions.
        all: Vec<RawCondition>,
    },
    /// At least one of these is true.
    Any {
        /// The conditions.
        any: Vec<RawCondition>,
    },
    /// This is false.
    Not {
        /// The condition.
        not: Box<RawCondition>,
    },
    /// A test of one answer.
    Test(Box<RawTest>),
}

record! {
    /// A test of one answer: the question, and exactly one of the other fields.
    #[derive(Clone)]
    pub(crate) struct RawTest {
        /// Question to test; it is earlier in the questionnaire.
        question: Spanned<String>,
        /// Chosen option, in a question of type `one` or `yes-no`.
        is: Option<Spanned<String>>,
        /// One of the chosen options, in a question of type `many`.
        includes: Option<Spanned<String>>,
        /// True if the question must have an answer, false if it must have none (skipped, declined or not asked).
        answered: Option<Spanned<bool>>,
        /// The number or quantity is this or more.
        at_least: Option<Spanned<Decimal>>,
        /// The number or quantity is this or less.
        at_most: Option<Spanned<Decimal>>,
        /// The number or quantity is more than this.
        more_than: Option<Spanned<Decimal>>,
        /// The number or quantity is less than this.
        less_than: Option<Spanned<Decimal>>,
        /// Unit in which a quantity is compared.
        unit: Option<Spanned<String>>,
        /// The date is earlier than this.
        before: Option<Spanned<String>>,
        /// The date is later than this.
        after: Option<Spanned<String>>,
        /// The date is this or earlier.
        on_or_before: Option<Spanned<String>>,
        /// The date is this or later.
        on_or_after: Option<Spanned<String>>,
    }
}

impl Decode for RawCondition {
    fn decode(value: &Value<'_>, sink: &Reporter<'_>) -> Option<Self> {
        let mut fields = Fields::open(value, sink)?;
        let key = fields.keys().find(|key| ["all", "any", "not"].contains(key)).map(str::to_owned);
        let condition = match key.as_deref() {
            Some("all") => fields.required("all").map(|all| Self::All { all }),
            Some("any") => fields.required("any").map(|any| Self::Any { any }),
            Some(_) => fields.required("not").map(|not| Self::Not { not: Box::new(not) }),
            None => return RawTest::decode(value, sink).map(|test| Self::Test(Box::new(test))),
        };
        fields.finish();
        condition
    }
}
