//! Evaluates the rules of a pack: which statements match a set of answers, and because of which answers.

use crate::answer::{AnswerKey, AnswerValue, Answers, Subject};
use crate::interview::answers_by_question;
use crate::pack::{Pack, Role, RuleOutcome, Truth};

/// The results of the rules for one set of answers, by index. It can be reused for further answers.
#[derive(Debug, Clone, Default)]
pub(crate) struct RuleMatches {
    /// The matches, by benefit.
    benefits: Vec<BenefitMatch>,
    /// The matches of the overview, by benefit.
    overview: Vec<BenefitMatch>,
    not_covered: Vec<NotCoveredMatch>,
    /// Whether each question to ask applies.
    asks: Vec<bool>,
    /// A buffer for the options that the current rule's condition matched: question and option.
    chosen: Vec<(usize, usize)>,
}

/// The results of the rules for one benefit.
#[derive(Debug, Clone, Default)]
pub(crate) struct BenefitMatch {
    /// The limits to print with it, in ascending order.
    pub(crate) limits: Vec<usize>,
    /// The answers that led to it, in the pack's order; empty if no rule matched.
    pub(crate) because: Vec<Reason>,
}

/// A concern that the source does not cover.
#[derive(Debug, Clone)]
pub(crate) struct NotCoveredMatch {
    /// The statement to print, as an index into `not_covered` of the pack.
    pub(crate) statement: usize,
    /// The answers that led to it, at least one.
    pub(crate) because: Vec<Reason>,
}

/// An answer that led to a statement, and the rule that links them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reason {
    pub(crate) question: usize,
    pub(crate) choice: usize,
    pub(crate) editorial: bool,
    /// Whether the rule adds limits to those of the statement.
    pub(crate) limited: bool,
    pub(crate) rule: usize,
}

impl RuleMatches {
    /// Evaluates every rule, in the order of the pack. Replaces the results of an earlier call.
    pub(crate) fn evaluate(&mut self, pack: &Pack, answers: &Answers) {
        let by_question = answers_by_question(pack, answers);
        let answer_to = |question: usize| by_question[question];
        self.clear(pack.statements.benefits.len());
        for (index, rule) in pack.rules.iter().enumerate() {
            self.chosen.clear();
            rule.when.collect_reasons(pack, &answer_to, &mut self.chosen);
            self.chosen.sort_unstable();
            self.chosen.dedup();
            // A rule whose condition is not true has no reasons.
            if self.chosen.is_empty() {
                continue;
            }
            let because = |editorial, limited| {
                let reason = move |&(question, choice)| Reason { question, choice, editorial, limited, rule: index };
                self.chosen.iter().map(reason)
            };
            for outcome in &rule.say {
                match outcome {
                    RuleOutcome::Benefit { benefit, limits, editorial, .. } => {
                        let matches = if rule.overview { &mut self.overview } else { &mut self.benefits };
                        matches[*benefit].limits.extend(limits);
                        matches[*benefit].because.extend(because(*editorial, !limits.is_empty()));
                    }
                    RuleOutcome::NotCovered(statement) => {
                        let because = because(false, false).collect();
                        self.not_covered.push(NotCoveredMatch { statement: *statement, because });
                    }
                }
            }
        }
        self.asks.extend(
            pack.statements
                .ask
                .iter()
                .map(|ask| ask.when.as_ref().is_none_or(|when| when.holds(pack, &answer_to) == Truth::True)),
        );
        self.not_covered.sort_by_key(|not_covered| not_covered.because[0].choice);
        for matches in [&mut self.benefits, &mut self.overview] {
            for (benefit_match, benefit) in matches.iter_mut().zip(&pack.statements.benefits) {
                if benefit_match.because.is_empty() {
                    continue;
                }
                benefit_match.limits.extend(&benefit.limits);
                benefit_match.limits.sort_unstable();
                benefit_match.limits.dedup();
                benefit_match.because.sort_by_key(|reason| (reason.question, reason.choice));
            }
        }
    }

    fn clear(&mut self, benefits: usize) {
        for matches in [&mut self.benefits, &mut self.overview] {
            matches.resize_with(benefits, BenefitMatch::default);
            for benefit_match in matches {
                benefit_match.limits.clear();
                benefit_match.because.clear();
            }
        }
        self.not_covered.clear();
        self.asks.clear();
    }

    /// Returns the matched benefits with their indices, in the source's order.
    pub(crate) fn benefits(&self) -> impl Iterator<Item = (usize, &BenefitMatch)> {
        matched(&self.benefits)
    }

    /// Returns the matched benefits of the overview, in the source's order.
    pub(crate) fn overview(&self) -> impl Iterator<Item = (usize, &BenefitMatch)> {
        matched(&self.overview)
    }

    /// Returns the concerns that the source does not cover, in the pack's order.
    pub(crate) fn not_covered(&self) -> &[NotCoveredMatch] {
        &self.not_covered
    }

    /// Returns the questions to ask that apply, by index, in the pack's order.
    pub(crate) fn asks(&self) -> impl Iterator<Item = usize> {
        self.asks.iter().enumerate().filter(|(_, applies)| **applies).map(|(index, _)| index)
    }

    /// Returns whether an option led to a benefit. A question asked about everything relates to all benefits.
    pub(crate) fn is_reason(&self, question: usize, subject: Subject) -> bool {
        let Subject::Option(choice) = subject else { return true };
        let is_it = |reason: &Reason| (reason.question, reason.choice) == (question, choice);
        self.benefits.iter().any(|benefit_match| benefit_match.because.iter().any(is_it))
    }
}

fn matched(matches: &[BenefitMatch]) -> impl Iterator<Item = (usize, &BenefitMatch)> {
    matches.iter().enumerate().filter(|(_, benefit_match)| !benefit_match.because.is_empty())
}

/// Returns the chosen questions to ask, by index; `None` if the pack has no question about them, or it has no answer.
///
/// The statements come first among the options of that question, in the same order.
pub(crate) fn chosen_to_ask<'a>(pack: &Pack, answers: &'a Answers) -> Option<&'a [usize]> {
    let question = pack.with_role(Role::ToAsk)?;
    answers.get(&AnswerKey::of_question(question))?.value().map(AnswerValue::chosen)
}

/// Returns the answers to print with a statement about these questions. About one option, only if it led to a benefit.
pub(crate) fn related_keys<'k>(
    pack: &'k Pack,
    asked: &'k [AnswerKey],
    matches: &'k RuleMatches,
    questions: &'k [usize],
) -> impl Iterator<Item = AnswerKey> + use<'k> {
    questions.iter().flat_map(move |question| {
        let for_each = pack.questions[*question].for_each.as_ref();
        let keys = asked.iter().filter(move |key| key.question == *question).copied();
        // A question that was asked once or not at all is shown in any case.
        let alone = for_each.is_none() && !asked.contains(&AnswerKey::of_question(*question));
        let is_related = move |key: &AnswerKey| {
            key.subject.zip(for_each).is_none_or(|(subject, each)| matches.is_reason(each.question, subject))
        };
        keys.filter(is_related).chain(alone.then(|| AnswerKey::of_question(*question)))
    })
}
