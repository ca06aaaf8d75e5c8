//! Types of a pack's JSON files. Only the structure has been checked, not the content.

mod condition;
mod manifest;
mod names;
mod questions;
mod statements;

pub(super) use condition::{RawCondition, RawTest};
pub(super) use manifest::{PackFile, RawSource, RawVerdict};
pub(super) use questions::{QuestionsFile, RawForEach, RawOption, RawQuestion, RawRole, RawType};
pub(super) use statements::{RawKind, RawRule, RawSay, RawStatement, RulesFile, StatementsFile};
