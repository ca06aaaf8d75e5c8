//! An answers file: the JSON that carries one interview's answers in and out.

use crate::answer::{Answer, AnswerKey, AnswerValue, Answers, Subject};
use crate::pack::{Pack, QuestionType};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::json;

/// Who filled the questionnaire in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilledInBy {
    /// The patient.
    Patient,
    /// A member of the staff.
    Staff,
    /// Both, together.
    Together,
}

/// What an answers file holds, checked against a pack.
#[derive(Debug, Clone, Default)]
pub struct AnswersFile {
    /// The answers.
    pub answers: Answers,
    /// The sender's own name for this set of answers.
    pub id: Option<String>,
    /// The pack version that was asked.
    pub pack_version: Option<String>,
    /// The language that was asked in.
    pub language: Option<String>,
    /// The date of the interview.
    pub date: Option<NaiveDate>,
    /// Who filled it in.
    pub filled_in_by: Option<FilledInBy>,
}

impl FilledInBy {
    /// Every value, in the order shown.
    pub const ALL: [Self; 3] = [Self::Patient, Self::Staff, Self::Together];

    /// As answers files write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Patient => "patient",
            Self::Staff => "staff",
            Self::Together => "together",
        }
    }
}

/// Whether the answers have to be complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Completeness {
    /// Every required question has its answer.
    Complete,
    /// What is missing will be asked.
    Partial,
}

impl AnswersFile {
    /// The JSON of these answers, the keys in the order of the pack.
    #[must_use]
    pub fn write(&self, pack: &Pack) -> serde_json::Value {
        let mut answers = serde_json::Map::new();
        for (slot, answer) in &self.answers {
            let question = &pack.questions[slot.question];
            let written = write_answer(&question.shape, answer);
            if slot.about.is_some() {
                let each = answers.entry(question.id.clone()).or_insert_with(|| json!({}));
                each[subject_code(pack, *slot)] = written;
            } else {
                answers.insert(question.id.clone(), written);
            }
        }
        let mut top = self.metadata_to_json(&pack.id);
        top["answers"] = answers.into();
        top
    }

    /// What stands before the answers.
    pub(crate) fn metadata_to_json(&self, pack: &str) -> serde_json::Value {
        let mut top = json!({ "format": 1, "pack": pack });
        let texts = [("id", &self.id), ("pack_version", &self.pack_version), ("language", &self.language)];
        for (key, value) in texts.into_iter().filter_map(|(key, value)| Some((key, value.as_ref()?))) {
            top[key] = json!(value);
        }
        if let Some(date) = self.date {
            top["date"] = json!(date.to_string());
        }
        if let Some(by) = self.filled_in_by {
            top["filled_in_by"] = json!(by.name());
        }
        top
    }
}

/// The key under which a for-each answer is written: the option's code, or `overall`.
#[must_use]
pub fn subject_code(pack: &Pack, slot: AnswerKey) -> &str {
    let through = pack.questions[slot.question].for_each.as_ref().map(|each| each.question);
    match (slot.about, through) {
        (Some(Subject::Option(choice)), Some(question)) => &pack.questions[question].shape.choices()[choice].code,
        _ => "overall",
    }
}

/// One answer as answers files write it.
pub(crate) fn write_answer(shape: &QuestionType, answer: &Answer) -> serde_json::Value {
    let given = match answer {
        Answer::Skipped => return json!({ "unknown": "skipped" }),
        Answer::Declined => return json!({ "unknown": "declined" }),
        Answer::Value(given) => given,
    };
    match (shape, given) {
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
