//! An answers file: the JSON that carries one interview's answers in and out.

use crate::answer::{Answer, AnswerKey, AnswerValue, Answers, Subject, parse_date};
use crate::located::{At, Decode, File, Problem, Problems, Sink, Span, kind_of, parse, shortened, span_of};
use crate::pack::{Pack, Shape};
use chrono::NaiveDate;
use jsonc_parser::ast::{Object, ObjectProp, Value};
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
pub enum Need {
    /// Every required question has its answer.
    Complete,
    /// What is missing will be asked.
    Partial,
}

impl AnswersFile {
    /// Reads and checks the text of an answers file; `name` is what messages call it.
    ///
    /// # Errors
    /// Everything that is wrong with it, each with its JSON path and its place.
    pub fn read(pack: &Pack, name: &str, text: &str, need: Need) -> Result<Self, Problems> {
        let file = File { name: name.to_owned(), text: text.strip_prefix('\u{feff}').unwrap_or(text).to_owned() };
        let sink = Sink::new(&file);
        let read = parse(&sink).and_then(|value| read_top(pack, &value, need, &sink));
        let problems = sink.into_problems();
        match read {
            Some(read) if problems.is_empty() => Ok(read),
            _ => Err(Problems::new(problems, vec![file])),
        }
    }

    /// The JSON of these answers, the keys in the order of the pack.
    #[must_use]
    pub fn write(&self, pack: &Pack) -> serde_json::Value {
        let mut answers = serde_json::Map::new();
        for (slot, answer) in &self.answers {
            let question = &pack.questions[slot.question];
            let written = write_answer(&question.shape, answer);
            if slot.about.is_some() {
                let each = answers.entry(question.id.clone()).or_insert_with(|| json!({}));
                each[code_of_about(pack, *slot)] = written;
            } else {
                answers.insert(question.id.clone(), written);
            }
        }
        let mut top = self.write_head(&pack.id);
        top["answers"] = answers.into();
        top
    }

    /// What stands before the answers.
    pub(crate) fn write_head(&self, pack: &str) -> serde_json::Value {
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
pub fn code_of_about(pack: &Pack, slot: AnswerKey) -> &str {
    let through = pack.questions[slot.question].for_each.as_ref().map(|each| each.question);
    match (slot.about, through) {
        (Some(Subject::Option(choice)), Some(question)) => &pack.questions[question].shape.choices()[choice].code,
        _ => "overall",
    }
}

/// One answer as answers files write it.
pub(crate) fn write_answer(shape: &Shape, answer: &Answer) -> serde_json::Value {
    let given = match answer {
        Answer::Skipped => return json!({ "unknown": "skipped" }),
        Answer::Declined => return json!({ "unknown": "declined" }),
        Answer::Value(given) => given,
    };
    match (shape, given) {
        (Shape::One(options) | Shape::Many(options), AnswerValue::Choice { chosen, text }) => {
            let codes: Vec<&str> = chosen.iter().map(|choice| options.choices[*choice].code.as_str()).collect();
            let chosen = match shape {
                Shape::Many(_) => json!(codes),
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
        (Shape::Quantity(_, units), AnswerValue::Quantity { amount, unit }) => {
            json!({ "value": number_as_json(amount), "unit": units[*unit].code })
        }
        _ => serde_json::Value::Null,
    }
}

fn number_as_json(number: &Decimal) -> serde_json::Value {
    number.to_string().parse().map_or(serde_json::Value::Null, serde_json::Value::Number)
}

fn read_top(pack: &Pack, value: &Value<'_>, need: Need, sink: &Sink<'_>) -> Option<AnswersFile> {
    let Value::Object(object) = value else {
        let problem =
            Problem::new("wrong-type", span_of(value), format!("an object should be here, not {}", kind_of(value)));
        sink.report(problem.path("$").hint("an answers file looks like {\"format\":1,\"pack\":\"…\",\"answers\":{…}}"));
        return None;
    };
    let is_object = |name| matches!(value_of(object, name), Some(Value::Object(_)));
    if is_object("pack") && value_of(object, "benefits").is_some() {
        let here = span_of(value).start..span_of(value).start + 1;
        let problem = Problem::new("wrong-file", here, "this is a summary, and not the answers that it was made from");
        sink.report(
            problem.path("$").hint("use the answers file instead: --format answers writes it beside the summary"),
        );
        return None;
    }
    check_twice(object, "$", sink);
    let known = ["format", "pack", "answers", "id", "pack_version", "language", "date", "filled_in_by"];
    for property in &object.properties {
        let name = property.name.as_str();
        if !known.contains(&name) && name != "$schema" {
            sink.report(
                Problem::new(
                    "unknown-field",
                    key_span(property),
                    format!("there is no field `{}` in an answers file", shortened(name)),
                )
                .path(format!("$.{}", shortened(name)))
                .suggest(name, known),
            );
        }
    }
    let text = |name: &'static str| -> Option<At<String>> {
        let value = value_of(object, name)?;
        let at = sink.at(&format!("$.{name}"), |sink| At::<Option<String>>::decode(value, sink))?;
        at.value.map(|value| At { value, span: at.span })
    };
    for required in ["format", "pack", "answers"] {
        if value_of(object, required).is_none() {
            let here = span_of(value).start..span_of(value).start + 1;
            sink.report(
                Problem::new("missing-field", here, format!("the field `{required}` is missing"))
                    .path("$")
                    .hint(format!("add `\"{required}\": …`")),
            );
        }
    }
    let format =
        value_of(object, "format").and_then(|value| sink.at("$.format", |sink| At::<u32>::decode(value, sink)));
    let other_format = format.filter(|format| format.value != 1);
    if let Some(format) = &other_format {
        let message = format!("this program reads answers of format 1, not {}", format.value);
        sink.report(Problem::new("unknown-format", format.span.clone(), message).path("$.format").hint("write 1"));
    }
    let named = value_of(object, "pack").and_then(|value| sink.at("$.pack", |sink| At::<String>::decode(value, sink)));
    let other_pack = named.filter(|id| id.value != pack.id);
    let is_other = other_format.is_some() || other_pack.is_some();
    if let Some(id) = other_pack {
        let message = format!("these answers are for the pack `{}`, not for `{}`", shortened(&id.value), pack.id);
        sink.report(
            Problem::new("wrong-pack", id.span, message).path("$.pack").hint("choose the pack with --pack DIR"),
        );
    }
    let date = text("date").and_then(|at| {
        let date = parse_date(&at);
        if date.is_none() {
            let message = format!("`{}` is not a date", shortened(&at.value));
            sink.report(Problem::new("bad-date", at.span, message).path("$.date").hint("write it as 2026-11-22"));
        }
        date
    });
    let filled_in_by = text("filled_in_by").and_then(|at| {
        let by = FilledInBy::ALL.into_iter().find(|by| by.name() == at.value);
        if by.is_none() {
            let message = format!("`{}` does not say who filled this in", shortened(&at.value));
            let problem = Problem::new("unknown-name", at.span, message).path("$.filled_in_by");
            sink.report(problem.hint("write patient, staff or together"));
        }
        by
    });
    let language = text("language").map(|tag| {
        if pack.language(&tag).is_none() {
            let message = format!("the pack {} has no language {}", pack.id, shortened(&tag.value));
            let problem = Problem::new("unknown-language", tag.span.clone(), message).path("$.language");
            sink.report(problem.suggest(&tag, pack.languages.iter().map(String::as_str)));
        }
        tag.value
    });
    // What answers of another pack or format mean is anybody's guess.
    let answers = value_of(object, "answers").filter(|_| !is_other);
    let answers = answers.map(|value| super::read::read_answers(pack, value, need, sink)).unwrap_or_default();
    let plain = |name| text(name).map(|at| at.value);
    Some(AnswersFile { answers, id: plain("id"), pack_version: plain("pack_version"), language, date, filled_in_by })
}

pub(super) fn value_of<'v, 'f>(object: &'v Object<'f>, name: &str) -> Option<&'v Value<'f>> {
    object.properties.iter().find(|property| property.name.as_str() == name).map(|property| &property.value)
}

pub(super) fn key_span(property: &ObjectProp<'_>) -> Span {
    use jsonc_parser::common::Ranged;
    property.name.start()..property.name.end()
}

pub(super) fn check_twice(object: &Object<'_>, path: &str, sink: &Sink<'_>) {
    let mut seen = std::collections::HashSet::new();
    for property in &object.properties {
        let name = property.name.as_str();
        if !seen.insert(name) {
            sink.report(
                Problem::new("duplicate-key", key_span(property), "the same key stands here twice")
                    .path(format!("{path}.{}", shortened(name)))
                    .hint("keep one of the two"),
            );
        }
    }
}
