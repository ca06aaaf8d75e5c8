//! Conditions: the small closed language that questions and rules share.

use crate::located::{At, Decimal, Decode, Fields, Sink, record};
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
        /// The question; it comes earlier in the questionnaire.
        question: At<String>,
        /// The option chosen, in a question of type `one` or `yes-no`.
        is: Option<At<String>>,
        /// An option among those chosen, in a question of type `many`.
        includes: Option<At<String>>,
        /// Whether the question has an answer: neither skipped, declined nor not asked.
        answered: Option<At<bool>>,
        /// The number or quantity is this or more.
        at_least: Option<At<Decimal>>,
        /// The number or quantity is this or less.
        at_most: Option<At<Decimal>>,
        /// The number or quantity is more than this.
        more_than: Option<At<Decimal>>,
        /// The number or quantity is less than this.
        less_than: Option<At<Decimal>>,
        /// The unit in which a quantity is compared.
        unit: Option<At<String>>,
        /// The date is earlier than this.
        before: Option<At<String>>,
        /// The date is later than this.
        after: Option<At<String>>,
        /// The date is this or earlier.
        on_or_before: Option<At<String>>,
        /// The date is this or later.
        on_or_after: Option<At<String>>,
    }
}

impl Decode for RawCondition {
    fn decode(value: &Value<'_>, sink: &Sink<'_>) -> Option<Self> {
        let mut fields = Fields::open(value, sink)?;
        let key = fields.keys().find(|key| ["all", "any", "not"].contains(key)).map(str::to_owned);
        let condition = match key.as_deref() {
            Some("all") => fields.take("all").map(|all| Self::All { all }),
            Some("any") => fields.take("any").map(|any| Self::Any { any }),
            Some(_) => fields.take("not").map(|not| Self::Not { not: Box::new(not) }),
            None => return RawTest::decode(value, sink).map(|test| Self::Test(Box::new(test))),
        };
        fields.close();
        condition
    }
}
