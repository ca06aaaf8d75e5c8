//! A summary's JSON, built from its public fields: the program writes the same without building a tree.

use preconsult::interview::FilledInBy;
use preconsult::pack::SourceKind;
use preconsult::printable::Printable;
use preconsult::summary::{
    AnswerRecord, AnswerState, Because, BenefitLine, Line, NotCoveredLine, SourceLine, Summary, ToAskLine,
    VariabilityLine,
};
use serde_json::{Value, json};

pub(crate) fn summary_json(summary: &Summary) -> Value {
    let mut value = json!({
        "format": 1,
        "pack": {
            "id": summary.pack_id, "version": summary.pack_version, "hash": summary.pack_hash,
            "published_on": summary.declared.published_on.map(|day| day.to_string()),
            "update_policy": optional(summary.declared.update_policy.as_ref()),
            "funding": optional(summary.declared.funding.as_ref()),
            "interests": optional(summary.declared.interests.as_ref()),
        },
        "date": summary.date.to_string(),
        "language": summary.language,
        "copy": summary.copy.name(),
        "label": summary.label.as_ref().map(ToString::to_string),
        "filled_in_by": summary.filled_in_by.map(FilledInBy::name),
        "notice": { "text": summary.notice.as_str() },
        "procedure": line(&summary.procedure),
        "benefits": list(&summary.benefits, benefit),
        "overview": list(&summary.overview, benefit),
        "not_covered": list(&summary.not_covered, not_covered),
        "variability": list(&summary.variability, variability),
        "safety": list(&summary.safety, line),
        "consult": list(&summary.consult, line),
        "to_ask": list(&summary.to_ask, to_ask),
        "recorded": list(&summary.recorded, with_title),
        "questions": summary.questions.as_ref().map(patient_question),
        "answers": list(&summary.answers, with_title),
    });
    if !summary.unassigned.is_empty() {
        value["unassigned"] = list(&summary.unassigned, |text| json!(Printable::text(text).as_str()));
    }
    value["sources"] = list(&summary.sources, source);
    value
}

fn optional(text: Option<&Printable>) -> Option<&str> {
    text.map(Printable::as_str)
}

fn to_ask(question: &ToAskLine) -> Value {
    let mut value = line(&question.line);
    value["chosen"] = json!(question.chosen);
    value
}

fn source(source: &SourceLine) -> Value {
    json!({
        "id": source.id,
        "title": source.title.as_str(),
        "kind": source.kind.map(SourceKind::name),
        "author": optional(source.author.as_ref()),
        "publisher": optional(source.publisher.as_ref()),
        "published": optional(source.published.as_ref()),
    })
}

fn list<T>(items: &[T], to_value: impl Fn(&T) -> Value) -> Value {
    items.iter().map(to_value).collect()
}

fn line(line: &Line) -> Value {
    json!({ "id": line.id, "cites": line.cites, "text": line.text.as_str() })
}

fn benefit(benefit: &BenefitLine) -> Value {
    let mut value = line(&benefit.line);
    value["limits"] = list(&benefit.limits, line);
    value["because"] = list(&benefit.because, because);
    value
}

fn because(Because { question, answer, text, editorial, .. }: &Because) -> Value {
    json!({ "question": question, "answer": answer, "text": text.as_str(), "editorial": editorial })
}

fn not_covered(not_covered: &NotCoveredLine) -> Value {
    json!({
        "code": not_covered.code,
        "text": not_covered.text.as_str(),
        "because": list(&not_covered.because, not_covered_because),
    })
}

fn not_covered_because(Because { question, answer, text, .. }: &Because) -> Value {
    json!({ "question": question, "answer": answer, "text": text.as_str() })
}

fn variability(variability: &VariabilityLine) -> Value {
    let mut value = line(&variability.line);
    value["answers"] = list(&variability.answers, with_subject);
    value
}

/// Builds an answer of a variability line, whose text names its subject.
fn with_subject(answer: &AnswerRecord) -> Value {
    let text = match &answer.about {
        Some(about) => format!("{}: {}", about.text, answer.text),
        None => answer.text.to_string(),
    };
    record(answer, None, &text)
}

/// Builds the patient's own questions.
fn patient_question(answer: &AnswerRecord) -> Value {
    let mut value = json!({ "state": answer.state.name() });
    if let Some(text) = &answer.free_text {
        value["free_text"] = json!(text.as_str());
    }
    value
}

fn with_title(answer: &AnswerRecord) -> Value {
    record(answer, Some(answer.title.as_str()), answer.text.as_str())
}

fn record(record: &AnswerRecord, title: Option<&str>, text: &str) -> Value {
    let mut value = json!({ "question": record.question });
    if let Some(about) = &record.about {
        value["for"] = json!(about.code);
    }
    if let Some(title) = title {
        value["title"] = json!(title);
    }
    value["state"] = json!(record.state.name());
    if record.state == AnswerState::Answered && !record.codes.is_empty() {
        value["codes"] = json!(record.codes);
    }
    if let Some(amount) = &record.value {
        value["value"] = json!(amount);
    }
    if let Some(free_text) = &record.free_text {
        value["free_text"] = json!(free_text.as_str());
    }
    value["text"] = json!(text);
    value
}
