//! Decides which questions are asked, given the answers so far.

use crate::answer::{Answer, AnswerKey, AnswerValue, Answers};
use crate::pack::{Choice, Condition, Pack, Truth};

/// Returns the questions to ask, in order.
#[must_use]
pub fn asked(pack: &Pack, answers: &Answers) -> Vec<AnswerKey> {
    let mut keys = Vec::new();
    let by_question = answers_by_question(pack, answers);
    visit_asked(pack, |question| by_question[question], |key| keys.push(key));
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

/// Calls `visit` with each question to ask, in order; `answer_to` returns the answer to a question that is asked once.
///
/// A condition sees only the answers to questions that are asked themselves. Answers to hidden questions are ignored.
fn visit_asked<'a>(pack: &Pack, answer_to: impl Fn(usize) -> Option<&'a Answer>, mut visit: impl FnMut(AnswerKey)) {
    let mut visible = vec![false; pack.questions.len()];
    // Neighbouring questions often share a condition, and it depends only on earlier questions.
    let mut cached: Option<(&Condition, bool)> = None;
    for (index, question) in pack.questions.iter().enumerate() {
        let visible_answer = |question: usize| visible[question].then(|| answer_to(question)).flatten();
        if let Some(when) = &question.when {
            let holds = match cached {
                Some((condition, holds)) if condition == when => holds,
                _ => when.holds(pack, &visible_answer) == Truth::True,
            };
            cached = Some((when, holds));
            if !holds {
                continue;
            }
        }
        let Some(for_each) = &question.for_each else {
            visit(AnswerKey::of_question(index));
            visible[index] = true;
            continue;
        };
        let chosen = visible_answer(for_each.question).and_then(Answer::value).map_or(&[][..], AnswerValue::chosen);
        for choice in chosen {
            visit(AnswerKey { question: index, subject: Some(for_each.subject(*choice)) });
        }
    }
}
