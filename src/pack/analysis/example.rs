//! Example answers found by the solver.

use crate::answer::{Answer, AnswerValue};
use crate::pack::content::Pack;
use crate::pack::question::QuestionType;
use std::collections::BTreeMap;
use std::fmt;

/// Answers that reach a goal. Questions that are not named can have any answer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Example(Vec<(String, ExampleAnswer)>);

/// An answer in an example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ExampleAnswer {
    /// Codes of the chosen options.
    Codes(Vec<String>),
    /// A number, date or quantity as text.
    Value(String),
    /// Any text.
    Text,
    /// No answer: the question is skipped.
    None,
}

impl Example {
    pub(super) fn new<'a>(answers: impl Iterator<Item = (usize, &'a str, ExampleAnswer)>) -> Self {
        Self(answers.map(|(_, id, answer)| (id.to_owned(), answer)).collect())
    }

    /// Returns the choices of the example as answers, by question. Other answers are omitted.
    pub(super) fn choices(&self, pack: &Pack) -> BTreeMap<usize, Answer> {
        let mut answers = BTreeMap::new();
        for (id, answer) in &self.0 {
            let (Some(question), ExampleAnswer::Codes(codes)) = (pack.question(id), answer) else { continue };
            let choices = match &pack.questions[question].shape {
                QuestionType::SingleChoice(options) | QuestionType::MultipleChoice(options) => &options.choices,
                _ => continue,
            };
            let chosen: Vec<usize> = (0..choices.len()).filter(|index| codes.contains(&choices[*index].code)).collect();
            answers.insert(question, Answer::Value(AnswerValue::Choice { chosen, text: None }));
        }
        answers
    }
}

impl fmt::Display for Example {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("any answers");
        }
        for (index, (id, answer)) in self.0.iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            match answer {
                ExampleAnswer::Codes(codes) => write!(f, "{comma}{id}={}", codes.join("+"))?,
                ExampleAnswer::Value(value) => write!(f, "{comma}{id}={value}")?,
                ExampleAnswer::Text => write!(f, "{comma}{id} answered")?,
                ExampleAnswer::None => write!(f, "{comma}{id} skipped")?,
            }
        }
        Ok(())
    }
}
