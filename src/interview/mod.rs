//! The interview: determines the next question from a pack and the answers so far.
//!
//! It has no input or output of its own. The terminal, the line prompter, tests and answers files use the same
//! [`Interview`].

mod answer_text;
mod answers_file;
mod asked;
mod hints;
mod read;
mod refusal;
mod schema;
mod validate;

pub(crate) use answer_text::{answer_or_state_text, answer_text, free_text_delimiters, titled_question};
pub(crate) use answers_file::write_answer;
pub use answers_file::{AnswersFile, Completeness, FilledInBy, subject_code};
pub(crate) use asked::answers_by_question;
pub use asked::{asked, offered};
pub use read::AnswersReader;
pub(crate) use read::{read_answer, read_answers};
pub use refusal::refusal_message;
pub use schema::answers_schema;
pub use validate::{AnswerError, MAX_UNREADABLE_CHARACTERS};

use crate::answer::{Answer, AnswerKey, AnswerValue, Answers};
use crate::pack::{Pack, QuestionType, Role};
use std::collections::BTreeSet;
use std::sync::Arc;

/// An unfinished interview: the answers so far, and a position.
#[derive(Debug, Clone)]
pub struct Interview<'p> {
    pack: &'p Pack,
    answers: Answers,
    position: Position,
    /// The questions that were unanswered when an answer was opened from the review. They are passed over, so that the
    /// review shows again after the change.
    skipped_over: Vec<AnswerKey>,
    /// Whether the current question was opened from the review.
    opened_at_review: bool,
}

/// The next step of an interview.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Ask this question.
    Ask(AnswerKey),
    /// Show the answers, and let the person change or finish.
    Review,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Position {
    /// The first unanswered question that is not passed over, or else the review.
    Forward,
    /// This question, answered or not.
    At(AnswerKey),
    /// The review, even if questions are unanswered.
    Review,
}

impl<'p> Interview<'p> {
    /// Starts an interview at the first question without an answer.
    #[must_use]
    pub fn new(pack: &'p Pack, answers: Answers) -> Self {
        Self { pack, answers, position: Position::Forward, skipped_over: Vec::new(), opened_at_review: false }
    }

    /// Returns the pack.
    #[must_use]
    pub fn pack(&self) -> &'p Pack {
        self.pack
    }

    /// Returns all answers, including those to questions that are hidden now.
    #[must_use]
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// Returns the options of a question that are offered now, in the pack's order.
    #[must_use]
    pub fn offered(&self, question: usize) -> Vec<usize> {
        offered(self.pack, &self.answers, question)
    }

    /// Returns the answer that counts now: without options that are not offered any more.
    #[must_use]
    pub fn current_answer(&self, key: AnswerKey) -> Option<Answer> {
        let mut answer = self.answers.get(&key)?.clone();
        if let Answer::Value(AnswerValue::Choice { chosen, .. }) = &mut answer {
            let offered = self.offered(key.question);
            chosen.retain(|choice| offered.contains(choice));
            if chosen.is_empty() {
                return None;
            }
        }
        Some(answer)
    }

    /// Returns the questions to ask, in order.
    #[must_use]
    pub fn asked(&self) -> Vec<AnswerKey> {
        asked(self.pack, &self.answers)
    }

    /// Returns the current step.
    #[must_use]
    pub fn step(&self) -> Step {
        match self.position {
            Position::Review => Step::Review,
            Position::At(key) => Step::Ask(key),
            Position::Forward => {
                self.to_ask().into_iter().find(|key| !self.skipped_over.contains(key)).map_or(Step::Review, Step::Ask)
            }
        }
    }

    /// Returns the questions without an answer that counts and that a person can read, in order.
    fn to_ask(&self) -> Vec<AnswerKey> {
        let is_open = |key: &AnswerKey| self.current_answer(*key).is_none_or(|answer| answer.is_unreadable());
        self.asked().into_iter().filter(is_open).collect()
    }

    /// Answers the current question and moves to the next unanswered one, or to the review.
    ///
    /// After a change from the review, the next step is a question that the change has made visible, or else the
    /// review.
    ///
    /// # Errors
    /// Returns an error if the answer does not fit. The interview is unchanged then.
    pub fn answer(&mut self, answer: Answer) -> Result<(), AnswerError> {
        let Step::Ask(key) = self.step() else { return Err(AnswerError::WrongKind) };
        if answer.is_unreadable() && self.pack.must_be_readable(key.question) {
            return Err(AnswerError::Required);
        }
        let answer = self.pack.questions[key.question].validate(answer)?;
        let offered = self.offered(key.question);
        if let Some(hidden) = chosen(&answer).iter().find(|choice| !offered.contains(choice)) {
            return Err(AnswerError::NotOffered(*hidden));
        }
        self.answers.insert(key, answer);
        self.position = Position::Forward;
        self.opened_at_review = false;
        Ok(())
    }

    /// Moves back one question; at the first one it does nothing. All answers are kept.
    pub fn back(&mut self) {
        self.skipped_over.clear();
        self.opened_at_review = false;
        let asked = self.asked();
        let index = match self.step() {
            Step::Ask(key) => asked.iter().position(|other| *other == key).unwrap_or(0),
            Step::Review => asked.len(),
        };
        if let Some(key) = index.checked_sub(1).and_then(|previous| asked.get(previous)) {
            self.position = Position::At(*key);
        }
    }

    /// Moves to a question, if it is asked. From the review, an answered question leads back to the review, and an
    /// unanswered one to the next unanswered one.
    pub fn jump(&mut self, key: AnswerKey) {
        if self.asked().contains(&key) {
            self.opened_at_review = self.step() == Step::Review;
            let is_change = self.opened_at_review && self.answers.contains_key(&key);
            self.skipped_over = if is_change { self.to_ask() } else { Vec::new() };
            self.position = Position::At(key);
        }
    }

    /// Moves to the review.
    pub fn review(&mut self) {
        self.position = Position::Review;
        self.opened_at_review = false;
    }

    /// Returns whether the current question was opened from the review, so that going back leads there.
    #[must_use]
    pub fn is_opened_at_review(&self) -> bool {
        self.opened_at_review
    }

    /// Returns the number of the current question, from 1, and the expected number of questions.
    ///
    /// A question whose condition is still undecided does not count.
    #[must_use]
    pub fn position(&self) -> (usize, usize) {
        let asked = self.asked();
        let number = match self.step() {
            Step::Ask(key) => asked.iter().position(|other| *other == key).map_or(1, |index| index + 1),
            Step::Review => asked.len(),
        };
        // A for-each question whose subjects are not known yet is asked at least once.
        let pending = self.pack.questions.iter().enumerate().filter(|(index, question)| {
            question.for_each.as_ref().is_some_and(|for_each| {
                question.when.is_none() && !self.answers.contains_key(&AnswerKey::of_question(for_each.question))
            }) && !asked.iter().any(|key| key.question == *index)
        });
        (number, asked.len() + pending.count())
    }

    /// Returns the unanswered questions that a yes to this question adds, compared with a no. Empty if it is not a yes/no
    /// question.
    ///
    /// A question whose condition is still undecided does not count.
    #[must_use]
    pub fn added_by_yes(&self, key: AnswerKey) -> Vec<AnswerKey> {
        let choice_with_code = |code| match &self.pack.questions[key.question].shape {
            QuestionType::SingleChoice(options) if options.yes_no => {
                options.choices.iter().position(|choice| choice.code == code)
            }
            _ => None,
        };
        let (Some(yes), Some(no)) = (choice_with_code("yes"), choice_with_code("no")) else { return Vec::new() };
        let asked_after = |choice| {
            let mut answers = self.answers.clone();
            answers.insert(key, Answer::Value(AnswerValue::Choice { chosen: vec![choice], text: None }));
            asked(self.pack, &answers)
        };
        let after_no: BTreeSet<AnswerKey> = asked_after(no).into_iter().collect();
        let is_open = |key: &AnswerKey| self.answers.get(key).is_none_or(Answer::is_unreadable);
        asked_after(yes).into_iter().filter(|key| is_open(key) && !after_no.contains(key)).collect()
    }

    /// Returns the unanswered questions, in order.
    #[must_use]
    pub fn unanswered(&self) -> Vec<AnswerKey> {
        self.asked().into_iter().filter(|key| self.current_answer(*key).is_none()).collect()
    }

    /// Sets the label of the intake, even if its question is not asked.
    ///
    /// # Errors
    /// Returns [`AnswerError::WrongKind`] if the pack has no label question, or another error if the label does not
    /// fit.
    pub fn label(&mut self, label: String) -> Result<(), AnswerError> {
        let question = self.pack.with_role(Role::Label).ok_or(AnswerError::WrongKind)?;
        let answer = self.pack.questions[question].validate(Answer::Value(AnswerValue::Text(label)))?;
        self.answers.insert(AnswerKey::of_question(question), answer);
        Ok(())
    }

    /// Finishes the interview. Unanswered questions count as not asked, unless they are required. Unreadable answers stay.
    ///
    /// # Errors
    /// Returns the first required question without an answer, and moves to it.
    pub fn finish(&mut self) -> Result<Finished<'p>, AnswerKey> {
        if let Some(key) = self.unanswered().into_iter().find(|key| self.pack.questions[key.question].required) {
            self.skipped_over.clear();
            self.opened_at_review = false;
            self.position = Position::At(key);
            return Err(key);
        }
        let (asked, label) = (self.asked(), self.pack.with_role(Role::Label).map(AnswerKey::of_question));
        // Answers to questions that are hidden now are left out.
        let keys = self.answers.keys().filter(|key| asked.contains(key) || label == Some(**key));
        let answers = keys.filter_map(|key| Some((*key, self.current_answer(*key)?))).collect();
        Ok(Finished::new(self.pack, asked, answers))
    }
}

fn chosen(answer: &Answer) -> &[usize] {
    answer.value().map_or(&[], AnswerValue::chosen)
}

/// The answers of a finished interview: with every required answer, and without answers to hidden questions.
#[derive(Debug, Clone)]
pub struct Finished<'p> {
    pack: &'p Pack,
    asked: Vec<AnswerKey>,
    answers: Arc<Answers>,
}

impl<'p> Finished<'p> {
    /// Creates the result from answers to questions that are asked, and to the label question, which counts even if it
    /// is not asked.
    fn new(pack: &'p Pack, mut asked: Vec<AnswerKey>, answers: Answers) -> Self {
        let label = pack.with_role(Role::Label).map(AnswerKey::of_question);
        if let Some(label) = label.filter(|label| answers.contains_key(label) && !asked.contains(label)) {
            asked.push(label);
            asked.sort_unstable();
        }
        Self { pack, asked, answers: Arc::new(answers) }
    }

    /// Returns the pack.
    #[must_use]
    pub fn pack(&self) -> &'p Pack {
        self.pack
    }

    /// Returns the questions that were to be asked, in order.
    #[must_use]
    pub fn asked(&self) -> &[AnswerKey] {
        &self.asked
    }

    /// Returns the answers. A question without one counts as not asked.
    #[must_use]
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// Returns the answers as a shared value, for callers that outlive this one.
    pub(crate) fn shared_answers(&self) -> Arc<Answers> {
        Arc::clone(&self.answers)
    }
}
