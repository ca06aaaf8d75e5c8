//! What the rules say of one set of answers, by index: which statements, and because of which answers.

use crate::answer::Answers;
use crate::interview::answers_by_question;
use crate::pack::{Pack, RuleOutcome};

/// What the rules say of one set of answers. It can be filled again and again.
#[derive(Debug, Clone, Default)]
pub(crate) struct RuleMatches {
    /// By benefit.
    benefits: Vec<BenefitMatch>,
    /// By benefit, for the overview.
    overview: Vec<BenefitMatch>,
    not_covered: Vec<NotCoveredMatch>,
    /// A rule's chosen options, while it is looked at.
    chosen: Vec<(usize, usize)>,
}

/// What rules have said of one benefit.
#[derive(Debug, Clone, Default)]
pub(crate) struct BenefitMatch {
    /// The limits to print with it, rising.
    pub(crate) limits: Vec<usize>,
    /// The answers that brought it, in the pack's order; none if no rule spoke of it.
    pub(crate) because: Vec<Reason>,
}

/// A concern that the source does not cover.
#[derive(Debug, Clone)]
pub(crate) struct NotCoveredMatch {
    /// The statement that says so.
    pub(crate) statement: usize,
    /// The answers that brought it, at least one.
    pub(crate) because: Vec<Reason>,
}

/// An answer that brought a statement, and the rule that links them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reason {
    pub(crate) question: usize,
    pub(crate) choice: usize,
    pub(crate) editorial: bool,
    pub(crate) rule: usize,
}

impl RuleMatches {
    /// Evaluates every rule, in the order of the pack. What an earlier call left here is replaced.
    pub(crate) fn evaluate(&mut self, pack: &Pack, answers: &Answers) {
        let by_question = answers_by_question(pack, answers);
        let answer_to = |question: usize| by_question[question];
        self.clear(pack.statements.benefits.len());
        for (rule, speaks) in pack.rules.iter().enumerate() {
            self.chosen.clear();
            speaks.when.collect_reasons(pack, &answer_to, &mut self.chosen);
            self.chosen.sort_unstable();
            self.chosen.dedup();
            // A rule that does not fire has no answers behind it.
            if self.chosen.is_empty() {
                continue;
            }
            let because = |editorial| {
                self.chosen.iter().map(move |&(question, choice)| Reason { question, choice, editorial, rule })
            };
            for say in &speaks.say {
                match say {
                    RuleOutcome::Benefit { benefit, limits, editorial, .. } => {
                        let place = if speaks.overview { &mut self.overview } else { &mut self.benefits };
                        place[*benefit].limits.extend(limits);
                        place[*benefit].because.extend(because(*editorial));
                    }
                    RuleOutcome::NotCovered(statement) => {
                        let because = because(false).collect();
                        self.not_covered.push(NotCoveredMatch { statement: *statement, because });
                    }
                }
            }
        }
        self.not_covered.sort_by_key(|not_covered| not_covered.because[0].choice);
        for place in [&mut self.benefits, &mut self.overview] {
            for (found, benefit) in place.iter_mut().zip(&pack.statements.benefits) {
                if found.because.is_empty() {
                    continue;
                }
                found.limits.extend(&benefit.limits);
                found.limits.sort_unstable();
                found.limits.dedup();
                found.because.sort_by_key(|reason| (reason.question, reason.choice));
            }
        }
    }

    fn clear(&mut self, benefits: usize) {
        for place in [&mut self.benefits, &mut self.overview] {
            place.resize_with(benefits, BenefitMatch::default);
            for found in place {
                found.limits.clear();
                found.because.clear();
            }
        }
        self.not_covered.clear();
    }

    /// The benefits that the answers bring, in the source's order.
    pub(crate) fn benefits(&self) -> impl Iterator<Item = (usize, &BenefitMatch)> {
        matched(&self.benefits)
    }

    /// The benefits of the overview, in the source's order.
    pub(crate) fn overview(&self) -> impl Iterator<Item = (usize, &BenefitMatch)> {
        matched(&self.overview)
    }

    /// The concerns that the source does not cover, in the pack's order.
    pub(crate) fn not_covered(&self) -> &[NotCoveredMatch] {
        &self.not_covered
    }
}

fn matched(place: &[BenefitMatch]) -> impl Iterator<Item = (usize, &BenefitMatch)> {
    place.iter().enumerate().filter(|(_, found)| !found.because.is_empty())
}
