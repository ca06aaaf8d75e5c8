//! The summary as JSON: keys, shapes and order are a contract with whoever reads it.

use super::{Because, BenefitLine, Line, NotCoveredLine, Record, State, Summary, VariabilityLine};
use crate::interview::AnswersFile;
use serde_json::{Value, json};

pub(super) fn to_json(summary: &Summary) -> Value {
    json!({
        "format": 1,
        "pack": { "id": summary.pack_id, "version": summary.pack_version, "hash": summary.pack_hash },
        "date": summary.date.to_string(),
        "language": summary.language,
        "copy": summary.copy.name(),
        "label": summary.label.as_ref().map(ToString::to_string),
        "filled_in_by": summary.filled_in_by.map(crate::interview::FilledInBy::name),
        "notice": { "text": summary.notice.as_str() },
        "procedure": line(&summary.procedure),
        "benefits": list(&summary.benefits, benefit),
        "overview": list(&summary.overview, benefit),
        "not_covered": list(&summary.not_covered, not_covered),
        "variability": list(&summary.variability, variability),
        "safety": list(&summary.safety, line),
        "consult": list(&summary.consult, line),
        "recorded": list(&summary.recorded, titled),
        "questions": summary.questions.as_ref().map(to_ask),
        "answers": list(&summary.answers, titled),
    })
}

pub(super) fn to_answers(summary: &Summary) -> Value {
    let file = AnswersFile {
        id: summary.id.clone(),
        pack_version: Some(summary.pack_version.clone()),
        language: Some(summary.asked_in.clone()),
        date: Some(summary.date),
        filled_in_by: summary.filled_in_by,
        answers: summary.given_answers().clone(),
    };
    file.write(summary.pack())
}

fn list<T>(items: &[T], to_value: impl Fn(&T) -> Value) -> Value {
    items.iter().map(to_value).collect()
}

pub(crate) fn line(line: &Line) -> Value {
    json!({ "id": line.id, "cites": line.cites, "text": line.text.as_str() })
}

pub(crate) fn benefit(benefit: &BenefitLine) -> Value {
    let mut value = line(&benefit.line);
    value["limits"] = list(&benefit.limits, line);
    value["because"] = list(&benefit.because, because);
    value
}

pub(crate) fn because(Because { question, answer, text, editorial, .. }: &Because) -> Value {
    json!({ "question": question, "answer": answer, "text": text.as_str(), "editorial": editorial })
}

pub(crate) fn not_covered(not_covered: &NotCoveredLine) -> Value {
    json!({
        "code": not_covered.code,
        "text": not_covered.text.as_str(),
        "because": list(&not_covered.because, not_covered_because),
    })
}

pub(crate) fn not_covered_because(Because { question, answer, text, .. }: &Because) -> Value {
    json!({ "question": question, "answer": answer, "text": text.as_str() })
}

fn variability(variability: &VariabilityLine) -> Value {
    let mut value = line(&variability.line);
    value["answers"] = list(&variability.answers, beside);
    value
}

/// An answer beside a variability line, which names what it is about.
pub(crate) fn beside(answer: &Record) -> Value {
    let text = match &answer.about {
        Some(about) => format!("{}: {}", about.text, answer.text),
        None => answer.text.to_string(),
    };
    record(answer, None, &text)
}

/// What the patient wants to ask.
pub(crate) fn to_ask(answer: &Record) -> Value {
    let mut value = json!({ "state": answer.state.name() });
    if let Some(text) = &answer.free_text {
        value["free_text"] = json!(text.as_str());
    }
    value
}

pub(crate) fn titled(answer: &Record) -> Value {
    record(answer, Some(answer.title.as_str()), answer.text.as_str())
}

fn record(record: &Record, title: Option<&str>, text: &str) -> Value {
    let mut value = json!({ "question": record.question });
    if let Some(about) = &record.about {
        value["for"] = json!(about.code);
    }
    if let Some(title) = title {
        value["title"] = json!(title);
    }
    value["state"] = json!(record.state.name());
    if record.state == State::Answered && !record.codes.is_empty() {
        value["codes"] = json!(record.codes);
    }
    if let Some(written) = &record.value {
        value["value"] = json!(written);
    }
    if let Some(free_text) = &record.free_text {
        value["free_text"] = json!(free_text.as_str());
    }
    value["text"] = json!(text);
    value
}
