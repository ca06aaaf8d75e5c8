//! Decides which questions are asked, given the answers so far.

use crate::answer::{Answer, AnswerKey, AnswerValue, Answers};
use crate::pack::{Choice, Condition, Pack, Truth};

/// Returns the questions to ask, in order.
///
/// A condition sees only the answers to questions that are asked themselves. Answers to hidden questions are ignored.
#[must_use]
pub fn asked(pack: &Pack, answers: &Answers) -> Vec<AnswerKey> {
    let mut keys = Vec::new();
    let by_question = answers_by_question(pack, answers);
    let has_unreadable = answers.values().any(Answer::is_unreadable);
    let mut visible = vec![false; pack.questions.len()];
    // Neighbouring questions often share a condition, and it depends only on earlier questions.
    let mut cached: Option<(&Condition, Truth)> = None;
    for (index, question) in pack.questions.iter().enumerate() {
        let visible_answer = |question: usize| visible[question].then(|| by_question[question]).flatten();
        let mut truth = Truth::True;
        if let Some(when) = &question.when {
            truth = match cached {
                Some((condition, truth)) if condition == when => truth,
                _ => when.holds(pack, &visible_answer),
            };
            cached = Some((when, truth));
            let is_unreadable = |(question, _)| visible_answer(question).is_some_and(Answer::is_unreadable);
            let depends_on_unreadable = || has_unreadable && when.tests().into_iter().any(is_unreadable);
            if truth == Truth::False || (truth == Truth::Unknown && !depends_on_unreadable()) {
                continue;
            }
        }
        // Where an unreadable answer leaves the condition open, an answer proves that its question was asked.
        let mut visit = |key| {
            let is_asked = truth == Truth::True || answers.contains_key(&key);
            if is_asked {
                keys.push(key);
            }
            is_asked
        };
        let Some(for_each) = &question.for_each else {
            visible[index] = visit(AnswerKey::of_question(index));
            continue;
        };
        let chosen = visible_answer(for_each.question).and_then(Answer::value).map_or(&[][..], AnswerValue::chosen);
        for choice in chosen {
            visit(AnswerKey { question: index, subject: Some(for_each.subject(*choice)) });
        }
    }
    keys
}

/// Returns the answers by question index, without those to for-each questions.
pub(crate) fn answers_by_question<'a>(pack: &Pack, answers: &'a Answers) -> Vec<Option<&'a Answer>> {
    let mut by_question = vec![None; pack.questions.len()];
    for (key, answer) in answers {
        if key.subject.is_none() {
            by_question[key.question] = Some(answer);
        }
    }
    by_question
}

/// Returns the options of a question that are offered, given the answers so far, in the pack's order.
#[must_use]
pub fn offered(pack: &Pack, answers: &Answers, question: usize) -> Vec<usize> {
    let choices = pack.questions[question].shape.choices();
    if choices.iter().all(|choice| choice.when.is_none()) {
        return (0..choices.len()).collect();
    }
    let (asked, by_question) = (asked(pack, answers), answers_by_question(pack, answers));
    let visible_answer =
        |question: usize| by_question[question].filter(|_| asked.contains(&AnswerKey::of_question(question)));
    let is_offered =
        |choice: &Choice| choice.when.as_ref().is_none_or(|when| when.holds(pack, &visible_answer) == Truth::True);
    (0..choices.len()).filter(|index| is_offered(&choices[*index])).collect()
}
