//! What of a pack its cases have been through.

use crate::answer::{Answer, AnswerKey};
use crate::interview::Finished;
use crate::pack::{Pack, Truth};
use crate::summary::Summary;
use std::collections::{BTreeMap, BTreeSet};

/// What one case has been through.
#[derive(Debug, Clone, Default)]
pub struct CaseCoverage {
    questions: BTreeSet<String>,
    options: BTreeSet<String>,
    rules: BTreeSet<String>,
    statements: BTreeSet<String>,
}

/// What all cases of a pack have been through together.
#[derive(Debug, Clone)]
pub struct Coverage {
    /// The kinds of things: questions, options, rules and statements.
    pub parts: Vec<CoverageGroup>,
}

/// The things of one kind.
#[derive(Debug, Clone)]
pub struct CoverageGroup {
    /// `questions`, `options`, `rules` or `statements`.
    pub name: &'static str,
    /// Each thing, in the pack's order, with the cases that have been through it.
    pub things: Vec<(String, Vec<String>)>,
}

impl CaseCoverage {
    pub(super) fn new(finished: &Finished<'_>, summary: &Summary) -> Self {
        let pack = finished.pack();
        let mut covered = Self::default();
        for slot in finished.asked() {
            covered.questions.insert(pack.questions[slot.question].id.clone());
        }
        for (slot, answer) in finished.answers() {
            let question = &pack.questions[slot.question];
            let Some(given) = answer.value() else { continue };
            for choice in given.option_indices() {
                covered.options.insert(format!("{}={}", question.id, question.shape.choices()[choice].code));
            }
        }
        let answer_to =
            |question: usize| -> Option<&Answer> { finished.answers().get(&AnswerKey::of_question(question)) };
        for rule in pack.rules.iter().filter(|rule| rule.when.holds(pack, &answer_to) == Truth::True) {
            covered.rules.insert(rule.id.clone());
        }
        for benefit in summary.benefits.iter().chain(&summary.overview) {
            covered.statements.insert(benefit.line.id.clone());
            covered.statements.extend(benefit.limits.iter().map(|limit| limit.id.clone()));
        }
        covered.statements.extend(summary.not_covered.iter().map(|line| line.id.clone()));
        covered.statements.insert(summary.procedure.id.clone());
        covered.statements.extend(summary.variability.iter().map(|line| line.line.id.clone()));
        covered.statements.extend(summary.safety.iter().chain(&summary.consult).map(|line| line.id.clone()));
        covered
    }
}

impl Coverage {
    /// Puts the cases together, each with its name.
    #[must_use]
    pub fn new(pack: &Pack, cases: &BTreeMap<String, CaseCoverage>) -> Self {
        let of = |name, things: Vec<String>, had: fn(&CaseCoverage) -> &BTreeSet<String>| CoverageGroup {
            name,
            things: things
                .into_iter()
                .map(|thing| {
                    let witnesses = cases.iter().filter(|(_, covered)| had(covered).contains(&thing));
                    let witnesses = witnesses.map(|(name, _)| name.clone()).collect();
                    (thing, witnesses)
                })
                .collect(),
        };
        let options = pack.questions.iter().flat_map(|question| {
            question.shape.choices().iter().map(|choice| format!("{}={}", question.id, choice.code))
        });
        let parts = vec![
            of("questions", pack.questions.iter().map(|question| question.id.clone()).collect(), |c| &c.questions),
            of("options", options.collect(), |c| &c.options),
            of("rules", pack.rules.iter().map(|rule| rule.id.clone()).collect(), |c| &c.rules),
            of("statements", pack.statements.all().map(|(_, statement)| statement.id.clone()).collect(), |c| {
                &c.statements
            }),
        ];
        Self { parts }
    }

    /// Whether every thing has its case.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.parts.iter().all(|part| part.missing().next().is_none())
    }

    /// The coverage as JSON: how many, what is missing, and the cases of each thing.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        let part = |part: &CoverageGroup| {
            let missing: Vec<&str> = part.missing().collect();
            let value = serde_json::json!({
                "covered": part.things.len() - missing.len(),
                "total": part.things.len(),
                "missing": missing,
                "cases": part.things.iter().cloned().collect::<BTreeMap<String, Vec<String>>>(),
            });
            (part.name.to_owned(), value)
        };
        self.parts.iter().map(part).collect::<serde_json::Map<_, _>>().into()
    }
}

impl CoverageGroup {
    /// The things that no case has been through.
    pub fn missing(&self) -> impl Iterator<Item = &str> {
        self.things.iter().filter(|(_, cases)| cases.is_empty()).map(|(thing, _)| thing.as_str())
    }
}
