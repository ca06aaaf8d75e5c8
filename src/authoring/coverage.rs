//! Test coverage: the parts of a pack that its cases cover.

use crate::answer::{Answer, AnswerKey};
use crate::interview::Finished;
use crate::pack::{Pack, Truth};
use crate::summary::Summary;
use std::collections::{BTreeMap, BTreeSet};

/// The parts of a pack that one case covers.
#[derive(Debug, Clone, Default)]
pub struct CaseCoverage {
    questions: BTreeSet<String>,
    options: BTreeSet<String>,
    rules: BTreeSet<String>,
    statements: BTreeSet<String>,
}

/// The parts of a pack that all its cases cover together.
#[derive(Debug, Clone)]
pub struct Coverage {
    /// One group for each kind of part: questions, options, rules and statements.
    pub parts: Vec<CoverageGroup>,
}

/// The parts of one kind.
#[derive(Debug, Clone)]
pub struct CoverageGroup {
    /// `questions`, `options`, `rules` or `statements`.
    pub name: &'static str,
    /// The id of each part, in the pack's order, with the names of the cases that cover it.
    pub things: Vec<(String, Vec<String>)>,
}

impl CaseCoverage {
    pub(super) fn new(finished: &Finished<'_>, summary: &Summary) -> Self {
        let pack = finished.pack();
        let mut covered = Self::default();
        for key in finished.asked() {
            covered.questions.insert(pack.questions[key.question].id.clone());
        }
        for (key, answer) in finished.answers() {
            let question = &pack.questions[key.question];
            let Some(value) = answer.value() else { continue };
            for choice in value.option_indices() {
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
        covered.statements.extend(summary.to_ask.iter().map(|question| question.line.id.clone()));
        covered
    }
}

impl Coverage {
    /// Combines the coverage of cases, given by name.
    #[must_use]
    pub fn new(pack: &Pack, cases: &BTreeMap<String, CaseCoverage>) -> Self {
        let group = |name, things: Vec<String>, covered_ids: fn(&CaseCoverage) -> &BTreeSet<String>| CoverageGroup {
            name,
            things: things
                .into_iter()
                .map(|thing| {
                    let witnesses = cases.iter().filter(|(_, covered)| covered_ids(covered).contains(&thing));
                    let witnesses = witnesses.map(|(name, _)| name.clone()).collect();
                    (thing, witnesses)
                })
                .collect(),
        };
        let options = pack.questions.iter().flat_map(|question| {
            question.shape.choices().iter().map(|choice| format!("{}={}", question.id, choice.code))
        });
        let parts = vec![
            group("questions", pack.questions.iter().map(|question| question.id.clone()).collect(), |c| &c.questions),
            group("options", options.collect(), |c| &c.options),
            group("rules", pack.rules.iter().map(|rule| rule.id.clone()).collect(), |c| &c.rules),
            group("statements", pack.statements.all().map(|(_, statement)| statement.id.clone()).collect(), |c| {
                &c.statements
            }),
        ];
        Self { parts }
    }

    /// Returns whether every part is covered by a case.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.parts.iter().all(|part| part.missing().next().is_none())
    }

    /// Returns the coverage as JSON: the counts, the missing parts, and the cases that cover each part.
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
    /// Returns the ids that no case covers.
    pub fn missing(&self) -> impl Iterator<Item = &str> {
        self.things.iter().filter(|(_, cases)| cases.is_empty()).map(|(thing, _)| thing.as_str())
    }
}
