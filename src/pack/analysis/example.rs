//! Answers that show that something is so.

use crate::answer::{Answer, AnswerValue};
use crate::pack::content::Pack;
use crate::pack::question::QuestionType;
use std::collections::BTreeMap;
use std::fmt;

/// Answers that show something; what they do not name does not matter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Example(Vec<(String, ExampleAnswer)>);

/// One answer of an example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ExampleAnswer {
    /// These options.
    Codes(Vec<String>),
    /// A number, date or quantity, as written.
    Value(String),
    /// Any words.
    Words,
    /// None.
    None,
}

impl Example {
    pub(super) fn new<'a>(answers: impl Iterator<Item = (usize, &'a str, ExampleAnswer)>) -> Self {
        Self(answers.map(|(_, id, sample)| (id.to_owned(), sample)).collect())
    }

    /// The chosen options of the example as answers, by question. What is no choice is left out.
    pub(super) fn choices(&self, pack: &Pack) -> BTreeMap<usize, Answer> {
        let mut answers = BTreeMap::new();
        for (id, sample) in &self.0 {
            let (Some(question), ExampleAnswer::Codes(codes)) = (pack.question(id), sample) else { continue };
            let choices = match &pack.questions[question].shape {
                QuestionType::SingleChoice(options) | QuestionType::MultipleChoice(options) => &options.choices,
                _ => continue,
            };
            let chosen: Vec<usize> = (0..choices.len()).filter(|at| codes.contains(&choices[*at].code)).collect();
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
        for (at, (id, sample)) in self.0.iter().enumerate() {
            let comma = if at == 0 { "" } else { ", " };
            match sample {
                ExampleAnswer::Codes(codes) => write!(f, "{comma}{id}={}", codes.join("+"))?,
                ExampleAnswer::Value(value) => write!(f, "{comma}{id}={value}")?,
                ExampleAnswer::Words => write!(f, "{comma}{id} answered")?,
                ExampleAnswer::None => write!(f, "{comma}{id} skipped")?,
            }
        }
        Ok(())
    }
}
