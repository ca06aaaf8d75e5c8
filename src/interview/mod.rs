//! The interview: a pack and the answers so far → the next question, back, review, finished.
//!
//! It asks nobody. A terminal, a line prompter, a test and an answers file step the same [`Interview`] and are equal.

mod answer_text;
mod answers_file;
mod asked;
mod hints;
mod read;
mod refusal;
mod schema;
mod validate;

pub(crate) use answer_text::{answer_text, free_text_delimiters};
pub(crate) use answers_file::write_answer;
pub use answers_file::{AnswersFile, Completeness, FilledInBy, subject_code};
pub(crate) use asked::answers_by_question;
pub use asked::asked;
pub use read::AnswersReader;
pub(crate) use read::{read_answer, read_answers};
pub use refusal::refusal_message;
pub use schema::answers_schema;
pub use validate::AnswerError;

use crate::answer::{Answer, AnswerKey, AnswerValue, Answers};
use crate::pack::{Pack, Role};
use std::sync::Arc;

/// An interview under way.
#[derive(Debug, Clone)]
pub struct Interview<'p> {
    pack: &'p Pack,
    answers: Answers,
    at: Position,
    /// What was open at the review when an answer was opened from there: after the change the review shows again.
    passed: Vec<AnswerKey>,
}

/// What comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Ask this.
    Ask(AnswerKey),
    /// Show the answers, and let the person change or finish.
    Review,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Position {
    /// At the first question without an answer that was not passed over, or else the review.
    Forward,
    /// At this question, answered or not.
    At(AnswerKey),
    /// At the review, whatever is open.
    Review,
}

impl<'p> Interview<'p> {
    /// Starts with these answers; with none, at the beginning.
    #[must_use]
    pub fn new(pack: &'p Pack, answers: Answers) -> Self {
        Self { pack, answers, at: Position::Forward, passed: Vec::new() }
    }

    /// The pack that is asked.
    #[must_use]
    pub fn pack(&self) -> &'p Pack {
        self.pack
    }

    /// Every answer, also those that a changed branch has hidden.
    #[must_use]
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// The questions that are asked, in order.
    #[must_use]
    pub fn asked(&self) -> Vec<AnswerKey> {
        asked(self.pack, &self.answers)
    }

    /// The question or the review that is open now.
    #[must_use]
    pub fn step(&self) -> Step {
        match self.at {
            Position::Review => Step::Review,
            Position::At(slot) => Step::Ask(slot),
            Position::Forward => self.first_open(|slot| !self.passed.contains(&slot)).map_or(Step::Review, Step::Ask),
        }
    }

    /// The first asked question without an answer.
    fn first_open(&self, wanted: impl Fn(AnswerKey) -> bool) -> Option<AnswerKey> {
        self.asked().into_iter().find(|slot| !self.answers.contains_key(slot) && wanted(*slot))
    }

    /// Answers the open question and goes on, to the next question that is open, or to the review; after a change that was
    /// made from the review, to what it has opened, or back to the review.
    ///
    /// # Errors
    /// Why the answer does not fit; nothing has changed then.
    pub fn answer(&mut self, answer: Answer) -> Result<(), AnswerError> {
        let Step::Ask(slot) = self.step() else { return Err(AnswerError::WrongKind) };
        let answer = self.pack.questions[slot.question].validate(answer)?;
        self.answers.insert(slot, answer);
        self.at = Position::Forward;
        Ok(())
    }

    /// Goes back one question; at the first one it stays. Nothing is lost.
    pub fn back(&mut self) {
        self.passed.clear();
        let asked = self.asked();
        let here = match self.step() {
            Step::Ask(slot) => asked.iter().position(|known| *known == slot).unwrap_or(0),
            Step::Review => asked.len(),
        };
        if let Some(slot) = here.checked_sub(1).and_then(|before| asked.get(before)) {
            self.at = Position::At(*slot);
        }
    }

    /// Opens a question; one that is not asked is left alone. From an open one at the review it goes on to the next.
    pub fn jump(&mut self, slot: AnswerKey) {
        if self.asked().contains(&slot) {
            let is_change = self.step() == Step::Review && self.answers.contains_key(&slot);
            self.passed = if is_change { self.unanswered() } else { Vec::new() };
            self.at = Position::At(slot);
        }
    }

    /// Opens the review, from anywhere.
    pub fn review(&mut self) {
        self.at = Position::Review;
    }

    /// Where the open question stands among those asked, from 1, and how many there are as far as one can tell:
    /// a question whose branch is open does not count yet.
    #[must_use]
    pub fn position(&self) -> (usize, usize) {
        let asked = self.asked();
        let number = match self.step() {
            Step::Ask(slot) => asked.iter().position(|known| *known == slot).map_or(1, |at| at + 1),
            Step::Review => asked.len(),
        };
        // A for-each question that waits for its options is asked at least once.
        let waiting = self.pack.questions.iter().enumerate().filter(|(at, question)| {
            question.for_each.as_ref().is_some_and(|each| {
                question.when.is_none() && !self.answers.contains_key(&AnswerKey::of_question(each.question))
            }) && !asked.iter().any(|slot| slot.question == *at)
        });
        (number, asked.len() + waiting.count())
    }

    /// The asked questions without an answer.
    #[must_use]
    pub fn unanswered(&self) -> Vec<AnswerKey> {
        self.asked().into_iter().filter(|slot| !self.answers.contains_key(slot)).collect()
    }

    /// Names the intake, whether the question for it is asked or not.
    ///
    /// # Errors
    /// That the pack asks for no label ([`AnswerError::WrongKind`]), or that this one does not fit.
    pub fn label(&mut self, label: String) -> Result<(), AnswerError> {
        let question = self.pack.with_role(Role::Label).ok_or(AnswerError::WrongKind)?;
        let answer = self.pack.questions[question].validate(Answer::Value(AnswerValue::Text(label)))?;
        self.answers.insert(AnswerKey::of_question(question), answer);
        Ok(())
    }

    /// Ends the interview. What was asked and left open counts as not asked, unless it is required.
    ///
    /// # Errors
    /// The first required question without an answer; it is open now.
    pub fn finish(&mut self) -> Result<Finished<'p>, AnswerKey> {
        if let Some(slot) = self.first_open(|slot| self.pack.questions[slot.question].required) {
            self.passed.clear();
            self.at = Position::At(slot);
            return Err(slot);
        }
        let (asked, label) = (self.asked(), self.pack.with_role(Role::Label).map(AnswerKey::of_question));
        // A changed branch may have hidden some answers.
        let answers = self.answers.iter().filter(|(key, _)| asked.contains(key) || label == Some(**key));
        let answers = answers.map(|(key, answer)| (*key, answer.clone())).collect();
        Ok(Finished::new(self.pack, asked, answers))
    }
}

/// The answers of an interview that has ended: every required one is there, and none that a branch has hidden.
#[derive(Debug, Clone)]
pub struct Finished<'p> {
    pack: &'p Pack,
    asked: Vec<AnswerKey>,
    answers: Arc<Answers>,
}

impl<'p> Finished<'p> {
    /// Ends the interview with these answers, each to a question that is asked or to the one for the label, which counts
    /// even where it is not asked.
    fn new(pack: &'p Pack, mut asked: Vec<AnswerKey>, answers: Answers) -> Self {
        let label = pack.with_role(Role::Label).map(AnswerKey::of_question);
        if let Some(label) = label.filter(|label| answers.contains_key(label) && !asked.contains(label)) {
            asked.push(label);
            asked.sort_unstable();
        }
        Self { pack, asked, answers: Arc::new(answers) }
    }

    /// The pack that was asked.
    #[must_use]
    pub fn pack(&self) -> &'p Pack {
        self.pack
    }

    /// The questions that were to be asked, in order.
    #[must_use]
    pub fn asked(&self) -> &[AnswerKey] {
        &self.asked
    }

    /// The answers to them; one that is missing was not asked.
    #[must_use]
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// The same answers, for whoever keeps them longer.
    pub(crate) fn shared_answers(&self) -> Arc<Answers> {
        Arc::clone(&self.answers)
    }
}
