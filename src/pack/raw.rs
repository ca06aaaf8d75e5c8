//! A pack's files as written. Nothing here has been checked but its shape.

use crate::located::{At, Decimal, Decode, Fields, Problem, Sink, record};
use jsonc_parser::ast::Value;
use schemars::JsonSchema;
use std::collections::BTreeMap;

record! {
    /// What the pack is, where its sentences come from, and who has reviewed it.
    pub(crate) struct PackFile {
        /// The number of the pack format: 1.
        format: At<u32>,
        /// The pack's name in answers files and on every page.
        id: At<String>,
        /// The version of the content, as `major.minor.patch`.
        version: At<String>,
        /// Language tags. The first is the language of the wording in these files; each other one has a file `<tag>.json`.
        languages: Vec<At<String>>,
        /// The title of the questionnaire.
        title: At<String>,
        /// Shown before the first question and printed on every copy.
        notice: At<String>,
        /// The documents that statements may cite.
        sources: Vec<RawSource>,
        /// Who reviewed the whole pack; null until someone has.
        reviewed_by: Option<At<String>>,
        /// The day of that review, as YYYY-MM-DD; null until there was one.
        reviewed_on: Option<At<String>>,
        /// The day by which the next review is due, as YYYY-MM-DD.
        review_due: Option<At<String>>,
        /// The US school grade that no sentence shown to a patient may exceed.
        reading_grade: Option<At<u32>>,
        /// Strengths of a claim: name → language → the phrases of which one must stand in the wording.
        modalities: BTreeMap<String, BTreeMap<String, Vec<At<String>>>>,
        /// Language → whole words that no statement may use; `*` at the start or the end stands for any letters.
        banned_words: BTreeMap<String, Vec<At<String>>>,
    }
}

record! {
    /// A document that statements cite.
    pub(crate) struct RawSource {
        /// The source's name in citations.
        id: At<String>,
        /// Its title.
        title: At<String>,
        /// Its author; null where the document names none.
        author: Option<At<String>>,
        /// Its publisher; null where the document names none.
        publisher: Option<At<String>>,
        /// Its date; null where the document names none.
        published: Option<At<String>>,
        /// SHA-256 of the document, 64 hexadecimal digits.
        sha256: At<String>,
        /// The places in the document that can be cited, in its own order.
        items: Vec<RawItem>,
        /// Items that no statement cites, on purpose.
        unused: Vec<At<String>>,
    }
}

record! {
    /// A place in a source.
    pub(crate) struct RawItem {
        /// The item's name in citations: `source#item`.
        id: At<String>,
        /// What it is about.
        title: At<String>,
    }
}

record! {
    /// The questionnaire, in the order in which it is asked.
    pub(crate) struct QuestionsFile {
        /// The parts of the questionnaire.
        sections: Vec<RawSection>,
        /// The questions.
        questions: Vec<RawQuestion>,
    }
}

record! {
    /// A part of the questionnaire.
    pub(crate) struct RawSection {
        /// The section's name.
        id: At<String>,
        /// Its heading.
        title: At<String>,
    }
}

record! {
    /// A question.
    pub(crate) struct RawQuestion {
        /// The question's name in answers files and conditions.
        id: At<String>,
        /// The section it belongs to.
        section: At<String>,
        /// What kind of answer it takes.
        r#type: RawType,
        /// What its answer is for; `recorded` when left out.
        role: Option<RawRole>,
        /// Whether it has to be answered: it can then be neither skipped nor declined.
        required: Option<At<bool>>,
        /// A few words that stand for the question in print.
        title: At<String>,
        /// The question as asked; in a for-each question `{for}` stands where the chosen option goes.
        text: At<String>,
        /// A for-each question as asked once, about everything.
        overall_text: Option<At<String>>,
        /// One more sentence for whoever needs it.
        help: Option<At<String>>,
        /// The options, in the order shown; for `one` and `many`.
        options: Vec<RawOption>,
        /// Whether the person's own words may stand beside the choice; for `one` and `many`.
        free_text: Option<At<bool>>,
        /// The greatest length of a text, in characters.
        max_length: Option<At<u32>>,
        /// The least number or quantity.
        min: Option<At<Decimal>>,
        /// The greatest number or quantity.
        max: Option<At<Decimal>>,
        /// How many digits may follow the decimal point; 0 when left out.
        decimals: Option<At<u32>>,
        /// The earliest date, as YYYY-MM-DD.
        earliest: Option<At<String>>,
        /// The latest date, as YYYY-MM-DD.
        latest: Option<At<String>>,
        /// The units of a quantity.
        units: Vec<RawOption>,
        /// Asked only when this is true; always asked when left out.
        when: Option<At<RawCondition>>,
        /// Asked once for each chosen option of another question.
        for_each: Option<RawForEach>,
    }
}

record! {
    /// One thing that can be chosen.
    pub(crate) struct RawOption {
        /// The option's name in answers files; never all digits.
        code: At<String>,
        /// Its wording.
        text: At<String>,
        /// Whether it excludes every other choice.
        exclusive: Option<At<bool>>,
        /// Whether choosing it says that the answer is not known.
        unknown: Option<At<bool>>,
    }
}

record! {
    /// Asked once for each chosen option of `question`.
    pub(crate) struct RawForEach {
        /// The question whose chosen options are gone through.
        question: At<String>,
        /// The option for which the question is asked once, about everything.
        overall: Option<At<String>>,
    }
}

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
        id: At<String>,
        /// What kind of statement it is.
        kind: RawKind,
        /// The places it comes from, each as `source#item`.
        cites: Vec<At<String>>,
        /// The strength of the claim: a name from `modalities` in pack.json.
        modality: Option<At<String>>,
        /// For a benefit: the limits that are printed with it always.
        limits: Vec<At<String>>,
        /// For a variability statement: the questions whose answers stand beside it.
        questions: Vec<At<String>>,
        /// The wording.
        text: At<String>,
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
        id: At<String>,
        /// When it fires.
        when: At<RawCondition>,
        /// Whether it speaks in the overview, matched to no concern, and not among the benefits.
        overview: Option<At<bool>>,
        /// What it says.
        say: Vec<RawSay>,
    }
}

record! {
    /// A statement that a rule says.
    pub(crate) struct RawSay {
        /// A benefit, or a `not-covered` statement.
        statement: At<String>,
        /// Limits printed with it when this rule says it, beside those it always has.
        limits: Vec<At<String>>,
        /// Whether the link from the answer to this statement is the editors' own and not the source's wording.
        editorial: Option<At<bool>>,
    }
}

record! {
    /// A test of the pack: answers, and exactly what is printed and why.
    pub(crate) struct CaseFile {
        /// Who this invented patient is, in sentences.
        patient: At<String>,
        /// The answers, as in an answers file.
        #[allow(dead_code, reason = "the reader of answers takes them from the tree")]
        answers: RawJson,
        /// Exactly the questions that are asked, in order: `severity(acne-scars)` for one of a for-each question.
        asked: Option<Vec<At<String>>>,
        /// Questions that are never asked.
        never_asked: Vec<At<String>>,
        /// What is printed.
        expect: RawExpect,
    }
}

record! {
    /// What a case expects on the page.
    pub(crate) struct RawExpect {
        /// The benefits, in the order printed.
        benefits: Vec<RawExpectedBenefit>,
        /// The overview, in the order printed.
        overview: Vec<RawExpectedBenefit>,
        /// The answers that the source does not cover, each as `question=code`.
        not_covered: Vec<At<String>>,
    }
}

record! {
    /// A benefit that a case expects.
    pub(crate) struct RawExpectedBenefit {
        /// The statement.
        statement: At<String>,
        /// The limits printed with it.
        limits: Vec<At<String>>,
        /// The answers that brought it, each as `question=code`.
        because: Vec<At<String>>,
        /// Those of `because` whose link is editorial.
        editorial: Vec<At<String>>,
    }
}

/// Declares a closed list of names: the enum, how it is read, and its schema.
macro_rules! names {
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema)]
        pub(crate) enum $name {
            $($(#[$variant_meta])* #[schemars(rename = $text)] $variant,)*
        }

        impl $name {
            pub(crate) fn name(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }
        }

        impl Decode for $name {
            fn decode(value: &Value<'_>, sink: &Sink<'_>) -> Option<Self> {
                let name = At::<String>::decode(value, sink)?;
                match name.as_str() {
                    $($text => Some(Self::$variant),)*
                    other => {
                        sink.report(
                            Problem::new("unknown-name", name.span.clone(), format!("`{other}` is not a name that fits here"))
                                .suggest(other, [$($text),*]),
                        );
                        None
                    }
                }
            }
        }
    };
}

names! {
    /// What kind of answer a question takes.
    RawType {
        /// One of the options.
        One = "one",
        /// Any number of the options.
        Many = "many",
        /// Yes or no.
        YesNo = "yes-no",
        /// The person's own words.
        Text = "text",
        /// A number.
        Number = "number",
        /// A calendar date.
        Date = "date",
        /// A number with a unit.
        Quantity = "quantity",
    }
}

names! {
    /// What an answer is for.
    RawRole {
        /// It brings benefits: rules speak of its options, and each has to end in a statement.
        Concerns = "concerns",
        /// It stands beside a variability statement.
        Factor = "factor",
        /// It is written down for the professional.
        Recorded = "recorded",
        /// It decides what is asked, and nothing else.
        Branch = "branch",
        /// It is what the patient wants to ask.
        Questions = "questions",
        /// It names the intake.
        Label = "label",
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

/// A condition on earlier answers. It is true, false or unknown; only true counts.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(untagged)]
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

/// Any JSON: it has a reader of its own.
#[derive(Debug)]
pub(crate) struct RawJson;

impl Decode for RawJson {
    fn decode(_: &Value<'_>, _: &Sink<'_>) -> Option<Self> {
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
