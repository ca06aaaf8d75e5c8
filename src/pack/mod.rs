//! Packs: questions, statements that can be printed, and the rules between them.
//!
//! [`Pack::load`] turns the files of a pack into a `Pack`, or returns *all* their problems as
//! [`Diagnostics`](crate::Diagnostics). A `Pack` is consistent: every index is valid, every benefit has its citations and
//! limits, and the statements on variability, safety and consultation exist.
//!
//! `content` combines the types of `question`, `statement`, `condition`, `source`, `glossary` and `criteria`. `evaluate` evaluates
//! conditions on answers. `load` checks the files (`files`, `raw`) and builds that model, with one checker per topic.
//! `analysis` proves properties of a valid pack over all possible answers.

mod analysis;
mod builtin;
mod condition;
mod condition_text;
mod content;
mod criteria;
mod error_codes;
mod evaluate;
mod files;
mod glossary;
mod id;
mod load;
mod localized_text;
mod pending;
mod phrases;
mod question;
mod question_spans;
mod raw;
mod review;
mod schema;
mod sentences;
mod source;
mod statement;

pub use analysis::Example;
pub(crate) use analysis::{Goal, Solver, TruthGoal, reason_condition};
pub(crate) use builtin::RULES;
pub use builtin::{BUILT_IN, built_in, built_in_cases};
pub use condition::{Comparison, Condition, Test, Truth};
pub(crate) use condition_text::{ConditionVocabulary, Parentheses, condition_text};
pub use content::{Content, Declarations, Pack};
pub use criteria::{CRITERIA, Check, Criterion, Decision, Instrument, Verdict, Verdicts};
pub use error_codes::{Code, codes};
pub use files::PackFiles;
pub use glossary::Term;
pub use id::is_id;
pub use load::Checked;
pub(crate) use load::language::Count;
pub use load::language::{Measure, Reading};
pub use localized_text::{Language, LocalizedText};
pub use pending::PendingItem;
pub use question::{Choice, ChoiceList, ForEach, Question, QuestionType, Range, Role, Section};
pub use review::Review;
pub(crate) use schema::{file_schemas, schema_of};
pub(crate) use sentences::sentences;
pub use source::{Citation, Item, Source, SourceKind};
pub use statement::{Ask, Benefit, Rule, RuleOutcome, Statement, Statements, Variability};
