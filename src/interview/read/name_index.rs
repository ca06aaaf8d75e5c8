//! Index of a pack's questions and options by name.

use crate::pack::Pack;
use rustc_hash::FxHashMap;

/// Index of questions by id, and of options and units by code.
#[derive(Debug)]
pub(super) struct NameIndex<'p> {
    questions: FxHashMap<&'p str, usize>,
    /// The options or units by code, for each question.
    choices: Vec<FxHashMap<&'p str, usize>>,
    /// The questions with options that depend on other answers.
    with_conditional_options: Vec<usize>,
}

impl<'p> NameIndex<'p> {
    pub(super) fn new(pack: &'p Pack) -> Self {
        let choices = |question: &'p crate::pack::Question| -> FxHashMap<&'p str, usize> {
            let choices = question.shape.choices().iter().enumerate();
            choices.map(|(index, choice)| (choice.code.as_str(), index)).collect()
        };
        Self {
            questions: pack
                .questions
                .iter()
                .enumerate()
                .map(|(index, question)| (question.id.as_str(), index))
                .collect(),
            choices: pack.questions.iter().map(choices).collect(),
            with_conditional_options: (0..pack.questions.len())
                .filter(|index| pack.questions[*index].shape.choices().iter().any(|choice| choice.when.is_some()))
                .collect(),
        }
    }

    /// Returns the index of a question.
    pub(super) fn question(&self, id: &str) -> Option<usize> {
        self.questions.get(id).copied()
    }

    /// Returns the questions with options that depend on other answers.
    pub(super) fn with_conditional_options(&self) -> &[usize] {
        &self.with_conditional_options
    }

    /// Returns the index of an option or unit of a question.
    pub(super) fn choice(&self, question: usize, code: &str) -> Option<usize> {
        self.choices[question].get(code).copied()
    }
}
