//! The fields of a question's form, and their meaning as an answer.

use crate::answer::{Answer, AnswerValue, parse_date};
use crate::ask::QuestionView;
use crate::ask::editing::editable_text;
use crate::interview::{AnswerError, refusal_message};
use crate::messages::Messages;
use crate::pack::{Choice, QuestionType};
use crate::printable::{Printable, with_plain_breaks};

/// The code of the option that skips a question.
pub(super) const SKIP: &str = "_skip";

/// The code of the option that declines to answer.
pub(super) const DECLINE: &str = "_decline";

/// The fields of a form, in the order in which the browser sent them.
#[derive(Debug, Clone, Default)]
pub(super) struct Fields(pub(super) Vec<(String, String)>);

impl Fields {
    /// Returns the values of a field.
    pub(super) fn all<'f>(&'f self, name: &'f str) -> impl Iterator<Item = &'f str> {
        self.0.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// Returns the first value of a field.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }
}

/// The state of a question's form: what is ticked and typed, and why it was refused.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Entry {
    /// The codes of the ticked options, with [`SKIP`] and [`DECLINE`].
    pub(super) ticked: Vec<String>,
    /// The typed text, number or date.
    pub(super) typed: String,
    /// The patient's own words in addition to a choice.
    pub(super) own_words: String,
    /// The code of the unit of a quantity.
    pub(super) unit: Option<String>,
    /// The reason why the form was refused.
    pub(super) error: Option<String>,
}

impl Entry {
    /// Reads the fields of a form.
    pub(super) fn read(fields: &Fields, shape: &QuestionType) -> Self {
        let mut answers: Vec<String> = fields.all("answer").map(str::to_owned).collect();
        let is_unknown = |code: &String| [SKIP, DECLINE].contains(&code.as_str());
        let typed = match answers.first() {
            // The text field comes first in the form. A program may send the other fields alone.
            Some(first) if shape.options().is_none() && !(answers.len() == 1 && is_unknown(first)) => answers.remove(0),
            _ => String::new(),
        };
        Self {
            ticked: answers,
            typed: with_plain_breaks(&typed),
            own_words: fields.get("text").map(with_plain_breaks).unwrap_or_default(),
            unit: fields.get("unit").map(str::to_owned),
            error: None,
        }
    }

    /// Returns the form of an earlier answer. Without one, and for an unreadable one, nothing is ticked or typed.
    pub(super) fn of_answer(answer: Option<&Answer>, shape: &QuestionType, words: &Messages) -> Self {
        let ticked = |code: &str| Self { ticked: vec![code.to_owned()], ..Self::default() };
        let code = |index: &usize| shape.choices()[*index].code.clone();
        match answer {
            None | Some(Answer::Unreadable(_)) => Self::default(),
            Some(Answer::Skipped) => ticked(SKIP),
            Some(Answer::Declined) => ticked(DECLINE),
            Some(Answer::Value(value)) => Self {
                ticked: value.chosen().iter().map(code).collect(),
                typed: editable_text(value, words),
                own_words: match value {
                    AnswerValue::Choice { text: Some(text), .. } => Printable::text(text).to_string(),
                    _ => String::new(),
                },
                unit: match value {
                    AnswerValue::Quantity { unit, .. } => Some(code(unit)),
                    _ => None,
                },
                error: None,
            },
        }
    }

    /// Returns whether an option is ticked.
    pub(super) fn has(&self, code: &str) -> bool {
        self.ticked.iter().any(|ticked| ticked == code)
    }

    /// Returns the answer that the form gives.
    ///
    /// # Errors
    /// Returns a message for the patient if it gives none.
    pub(super) fn answer(&self, view: &QuestionView<'_>, words: &Messages) -> Result<Answer, String> {
        let shape = &view.question.shape;
        // A text that was left as it was keeps its original form, from before it was cleaned for the screen.
        let before = Self::of_answer(view.current, shape, words);
        if self.typed == before.typed
            && !self.typed.is_empty()
            && self.ticked.is_empty()
            && self.unit == before.unit
            && let Some(answer) = view.current
        {
            return Ok(answer.clone());
        }
        if let Some(unknown) = self.unknown(words)? {
            return Ok(unknown);
        }
        let typed = self.typed.trim();
        if shape.options().is_none() && typed.is_empty() {
            return Err(refusal(&AnswerError::Empty, view, words));
        }
        Ok(Answer::Value(match shape {
            QuestionType::SingleChoice(_) | QuestionType::MultipleChoice(_) => {
                let chosen =
                    self.ticked.iter().map(|code| option(code, shape.choices(), words)).collect::<Result<_, _>>()?;
                let earlier = match view.current {
                    Some(Answer::Value(AnswerValue::Choice { text: Some(text), .. }))
                        if self.own_words == before.own_words =>
                    {
                        text
                    }
                    _ => self.own_words.trim(),
                };
                AnswerValue::Choice { chosen, text: Some(earlier.to_owned()).filter(|text| !text.is_empty()) }
            }
            QuestionType::Text(_) => AnswerValue::Text(typed.to_owned()),
            QuestionType::Number(_) => {
                AnswerValue::Number(words.parse_number(typed).ok_or_else(|| words.get("refused-number"))?)
            }
            QuestionType::Date(..) => AnswerValue::Date(parse_date(typed).ok_or_else(|| words.get("refused-date"))?),
            QuestionType::Quantity(_, units) => {
                let amount = words.parse_number(typed).ok_or_else(|| words.get("refused-number"))?;
                let unit = self.unit.as_ref().ok_or_else(|| words.get("refused-empty-one"))?;
                AnswerValue::Quantity { amount, unit: option(unit, units, words)? }
            }
        }))
    }

    /// Returns the answer of the options that skip or decline, if one is ticked. It has to be the only entry.
    fn unknown(&self, words: &Messages) -> Result<Option<Answer>, String> {
        let known = [(SKIP, "choice-skip", Answer::Skipped), (DECLINE, "choice-decline", Answer::Declined)];
        let Some((_, name, answer)) = known.into_iter().find(|(code, ..)| self.has(code)) else { return Ok(None) };
        let is_typed = !self.typed.trim().is_empty() || !self.own_words.trim().is_empty();
        if is_typed || self.ticked.iter().any(|code| *code != self.ticked[0]) {
            return Err(words.format("refused-exclusive", [("option", words.get(name).into())]));
        }
        Ok(Some(answer))
    }
}

/// Returns the index of the option with a code.
fn option(code: &str, choices: &[Choice], words: &Messages) -> Result<usize, String> {
    choices.iter().position(|choice| choice.code == code).ok_or_else(|| {
        let typed = Printable::line(&code.chars().take(40).collect::<String>());
        words.format("refused-choose", [("typed", typed.as_str().into())])
    })
}

/// Returns the message for a refused answer. For an empty one it names the option that skips, if there is one.
pub(super) fn refusal(error: &AnswerError, view: &QuestionView<'_>, words: &Messages) -> String {
    if *error == AnswerError::Empty && !view.question.required {
        let key = match view.question.shape {
            QuestionType::SingleChoice(_) => "refused-empty-one-or-skip-option",
            QuestionType::MultipleChoice(_) => "refused-empty-choice-or-skip-option",
            _ => "refused-empty-or-skip-option",
        };
        return words.format(key, [("skip", words.get("choice-skip").into())]);
    }
    refusal_message(words, error, view.question, view.language)
}
