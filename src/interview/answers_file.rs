//! Answers files: the JSON form of one interview's answers.

use crate::answer::{Answer, AnswerKey, AnswerValue, Answers, Subject};
use crate::pack::{Pack, QuestionType};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::json;

/// The person who filled in the questionnaire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilledInBy {
    /// The patient.
    Patient,
    /// A member of the staff.
    Staff,
    /// The patient and a member of the staff together.
    Together,
}

/// The content of an answers file, validated against a pack.
#[derive(Debug, Clone, Default)]
pub struct AnswersFile {
    /// The answers.
    pub answers: Answers,
    /// The sender's own name for this set of answers.
    pub id: Option<String>,
    /// The pack version at the interview.
    pub pack_version: Option<String>,
    /// The language of the interview.
    pub language: Option<String>,
    /// The date of the interview.
    pub date: Option<NaiveDate>,
    /// The person who filled it in.
    pub filled_in_by: Option<FilledInBy>,
    /// Answers that an import could assign to no question, as they came.
    pub unassigned: Vec<String>,
}

impl FilledInBy {
    /// All values, in display order.
    pub const ALL: [Self; 3] = [Self::Patient, Self::Staff, Self::Together];

    /// Returns the name in answers files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Patient => "patient",
            Self::Staff => "staff",
            Self::Together => "together",
        }
    }
}

/// The required completeness of an answers file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Completeness {
    /// Every required question has to have an answer.
    Complete,
    /// Answers may be missing; they will be asked for.
    Partial,
}

impl AnswersFile {
    /// Returns the JSON of the answers file, with the questions in the pack's order.
    #[must_use]
    pub fn write(&self, pack: &Pack) -> serde_json::Value {
        let mut answers = serde_json::Map::new();
        for (key, answer) in &self.answers {
            let question = &pack.questions[key.question];
            let json = write_answer(&question.shape, answer);
            if key.subject.is_some() {
                let subjects = answers.entry(question.id.clone()).or_insert_with(|| json!({}));
                subjects[subject_code(pack, *key)] = json;
            } else {
                answers.insert(question.id.clone(), json);
            }
        }
        let mut root = self.metadata_to_json(&pack.id);
        root["answers"] = answers.into();
        root
    }

    /// Returns the JSON of all fields except the answers.
    pub(crate) fn metadata_to_json(&self, pack: &str) -> serde_json::Value {
        let mut root = json!({ "format": 1, "pack": pack });
        let texts = [("id", &self.id), ("pack_version", &self.pack_version), ("language", &self.language)];
        for (key, value) in texts.into_iter().filter_map(|(key, value)| Some((key, value.as_ref()?))) {
            root[key] = json!(value);
        }
        if let Some(date) = self.date {
            root["date"] = json!(date.to_string());
        }
        if let Some(filled_in_by) = self.filled_in_by {
            root["filled_in_by"] = json!(filled_in_by.name());
        }
        if !self.unassigned.is_empty() {
            root["unassigned"] = json!(self.unassigned);
        }
        root
    }
}

/// Returns the JSON key of a for-each answer: the option's code, or `overall`.
#[must_use]
pub fn subject_code(pack: &Pack, key: AnswerKey) -> &str {
    let source = pack.questions[key.question].for_each.as_ref().map(|for_each| for_each.question);
    match (key.subject, source) {
        (Some(Subject::Option(choice)), Some(question)) => &pack.questions[question].shape.choices()[choice].code,
        _ => "overall",
    }
}

/// Returns the JSON of one answer.
pub(crate) fn write_answer(shape: &QuestionType, answer: &Answer) -> serde_json::Value {
    let value = match answer {
        Answer::Skipped => return json!({ "unknown": "skipped" }),
        Answer::Declined => return json!({ "unknown": "declined" }),
        Answer::Unreadable(None) => return json!({ "unknown": "unreadable" }),
        Answer::Unreadable(Some(text)) => return json!({ "unknown": "unreadable", "text": text }),
        Answer::Value(value) => value,
    };
    match (shape, value) {
        (
            QuestionType::SingleChoice(options) | QuestionType::MultipleChoice(options),
            AnswerValue::Choice { chosen, text },
        ) => {
            let codes: Vec<&str> = chosen.iter().map(|choice| options.choices[*choice].code.as_str()).collect();
            let chosen = match shape {
                QuestionType::MultipleChoice(_) => json!(codes),
                _ if options.yes_no => json!(codes == ["yes"]),
                _ => json!(codes.first()),
            };
            match text {
                Some(text) => json!({ "chosen": chosen, "text": text }),
                None => chosen,
            }
        }
        (_, AnswerValue::Text(text)) => json!(text),
        (_, AnswerValue::Number(number)) => number_as_json(number),
        (_, AnswerValue::Date(date)) => json!(date.to_string()),
        (QuestionType::Quantity(_, units), AnswerValue::Quantity { amount, unit }) => {
            json!({ "value": number_as_json(amount), "unit": units[*unit].code })
        }
        _ => serde_json::Value::Null,
    }
}

fn number_as_json(number: &Decimal) -> serde_json::Value {
    number.to_string().parse().map_or(serde_json::Value::Null, serde_json::Value::Number)
}
