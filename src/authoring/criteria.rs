//! Judges a pack by the criteria of PEMAT-P and IPDAS: met, declared not met, or open. It counts nothing.

use super::case_copies::CaseCopies;
use super::copy_reading::CopyReading;
use crate::outline::{Block, Outline, Part, PartKind};
use crate::pack::{CRITERIA, Check, Criterion, Decision, Pack, QuestionType, Verdict};
use crate::printable::Printable;
use std::fmt;

/// The maximum number of words of one text on a copy, such as a statement or the notice.
const MAX_TEXT_WORDS: usize = 100;

/// The maximum number of words of a table's head.
const MAX_HEAD_WORDS: usize = 4;

/// The state of a criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CriterionState {
    /// The program's check or a person says that it is met.
    Met,
    /// The pack declares that it is not met, with the reason.
    DeclaredNotMet,
    /// Neither of the two.
    Open,
}

impl fmt::Display for CriterionState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Met => "met",
            Self::DeclaredNotMet => "declared not met",
            Self::Open => "open",
        })
    }
}

/// A criterion, its state and the reason for that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgedCriterion {
    /// The criterion.
    pub criterion: Criterion,
    /// Its state.
    pub state: CriterionState,
    /// The reason, as a sentence.
    pub reason: String,
}

/// Judges a pack and the copies of its cases by all criteria, in the order of the instruments.
///
/// A criterion that the pack declares as not met is never met: a person has looked at it.
#[must_use]
pub fn judge_criteria(pack: &Pack, cases: &[CaseCopies]) -> Vec<JudgedCriterion> {
    let judged = CRITERIA.into_iter().map(|criterion| {
        let (state, reason) = match (pack.verdicts.get(criterion.id), criterion.decision) {
            (Some(Verdict::NotMet(reason)), _) => {
                (CriterionState::DeclaredNotMet, format!("The pack says: “{reason}”"))
            }
            (Some(Verdict::Met(by)), _) => (CriterionState::Met, format!("Says {by}.")),
            (None, Decision::Person) => (CriterionState::Open, "Only a person can say.".to_owned()),
            (None, Decision::Program { check, .. }) if check.reads_copies() && cases.is_empty() => {
                (CriterionState::Open, "The pack has no cases, so there is no copy to check.".to_owned())
            }
            (None, Decision::Program { check, met, open }) => {
                let (state, reason) =
                    if check.holds(pack, cases) { (CriterionState::Met, met) } else { (CriterionState::Open, open) };
                (state, reason.to_owned())
            }
        };
        JudgedCriterion { criterion, state, reason }
    });
    judged.collect()
}

impl Check {
    /// Returns true if the check needs copies of the pack's cases.
    fn reads_copies(self) -> bool {
        match self {
            Self::Notice
            | Self::ReadingGrade
            | Self::ShortTexts
            | Self::Headings
            | Self::Summary
            | Self::Cues
            | Self::TableHeads
            | Self::Action
            | Self::Steps
            | Self::Boxes => true,
            Self::Glossary
            | Self::Figures
            | Self::Numbers
            | Self::Citations
            | Self::SourceKinds
            | Self::PublishedOn
            | Self::UpdatePolicy
            | Self::Funding
            | Self::Interests
            | Self::Review => false,
        }
    }

    fn holds(self, pack: &Pack, cases: &[CaseCopies]) -> bool {
        let every_copy = |holds: &dyn Fn(&Outline) -> bool| cases.iter().flat_map(|case| &case.copies).all(holds);
        match self {
            Self::Notice => every_copy(&|copy| has_blocks(copy, PartKind::Notice, 1)),
            Self::ReadingGrade => pack
                .languages
                .iter()
                .all(|tag| CopyReading::hardest(cases, tag).is_some_and(|reading| !reading.is_too_hard())),
            Self::Glossary => !pack.glossary.is_empty(),
            Self::Figures => !has_figures(pack),
            Self::Numbers => !pack
                .questions
                .iter()
                .any(|question| matches!(question.shape, QuestionType::Number(_) | QuestionType::Quantity(..))),
            Self::ShortTexts => every_copy(&|copy| texts(copy).all(|text| is_at_most(text, MAX_TEXT_WORDS))),
            Self::Headings => every_copy(&|copy| copy.parts.iter().all(|part| !part.heading.as_str().is_empty())),
            Self::Summary => every_copy(&|copy| {
                copy.parts.first().is_some_and(|part| part.kind == PartKind::Short && !part.blocks.is_empty())
            }),
            Self::Cues => {
                every_copy(&|copy| has_blocks(copy, PartKind::Short, 1) && has_blocks(copy, PartKind::Steps, 1))
            }
            Self::TableHeads => {
                every_copy(&|copy| heads(copy).all(|head| !head.is_empty() && is_at_most(head, MAX_HEAD_WORDS)))
            }
            Self::Action => every_copy(&|copy| has_blocks(copy, PartKind::Steps, 1)),
            Self::Steps => every_copy(&|copy| has_blocks(copy, PartKind::Steps, 2)),
            Self::Boxes => every_copy(&|copy| has_blocks(copy, PartKind::ToAsk, 1)),
            Self::Citations => {
                let mut claims = pack.statements.all().filter(|(kind, _)| *kind != "not-covered");
                claims.all(|(_, statement)| !statement.cites.is_empty())
            }
            Self::SourceKinds => pack.sources.iter().all(|source| source.kind.is_some()),
            Self::PublishedOn => pack.declarations.published_on.is_some(),
            Self::UpdatePolicy => pack.declarations.update_policy.is_some(),
            Self::Funding => pack.declarations.funding.is_some(),
            Self::Interests => pack.declarations.interests.is_some(),
            Self::Review => pack.review.by.is_some(),
        }
    }
}

fn has_blocks(copy: &Outline, kind: PartKind, number: usize) -> bool {
    copy.parts.iter().any(|part| part.kind == kind && part.blocks.len() >= number)
}

fn blocks(copy: &Outline) -> impl Iterator<Item = &Block> {
    copy.parts.iter().flat_map(|part: &Part| &part.blocks)
}

/// Iterates over the running texts of a copy.
fn texts(copy: &Outline) -> impl Iterator<Item = &str> {
    blocks(copy).filter_map(|block| match block {
        Block::Text(text) | Block::Claim { text, .. } | Block::Meaning { text, .. } => Some(text.as_str()),
        _ => None,
    })
}

fn heads(copy: &Outline) -> impl Iterator<Item = &str> {
    let heads = blocks(copy).filter_map(|block| match block {
        Block::Table { columns, .. } => Some(columns),
        _ => None,
    });
    heads.flatten().map(Printable::as_str)
}

fn is_at_most(text: &str, words: usize) -> bool {
    text.split_whitespace().count() <= words
}

/// Returns true if a statement has a digit or a percent sign in any language.
fn has_figures(pack: &Pack) -> bool {
    let statements = pack.statements.all().map(|(_, statement)| statement);
    let mut texts = statements.flat_map(|statement| std::iter::once(&statement.text).chain(&statement.short));
    texts.any(|text| {
        pack.each_language()
            .any(|language| text.in_language(language).as_str().contains(|c: char| c.is_numeric() || c == '%'))
    })
}
