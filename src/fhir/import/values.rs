//! The values of an item → an answer to its question.

use super::super::canonical::OwnExtension;
use super::super::element::hl7;
use super::super::response::{DECLINED, ERROR};
use super::items::{ItemReader, ItemValue, is_option_code, object_span};
use super::words;
use crate::answer::{Answer, AnswerValue, parse_date};
use crate::diagnostics::{Diagnostic, Span, find_value, key_span, span_of};
use crate::interview::{AnswerError, refusal_message};
use crate::messages::Messages;
use crate::pack::{Question, QuestionType};
use jsonc_parser::ast::{Object, ObjectProp, Value};

/// A reason for the absence of an answer, with its span and path.
type AbsentReason = (Answer, Span, String);

impl ItemReader<'_> {
    /// Returns the reason for absence in the extensions of an item, an answer or a value.
    pub(super) fn reason(&self, object: &Object<'_>, path: &str) -> Option<AbsentReason> {
        let list = find_value(object, "extension")?;
        let (mut reason, mut text) = (None, None);
        for (element, path) in self.reporter.list(list, &format!("{path}.extension")) {
            let Some(extension) = self.reporter.object(element, &path) else { continue };
            let value = |name: &str| find_value(extension, name);
            let url = match value("url") {
                Some(Value::StringLit(url)) => url.value.as_ref(),
                _ => "",
            };
            let state = if url == hl7("data-absent-reason") {
                match value("valueCode") {
                    Some(Value::StringLit(code)) if code.value == DECLINED => Some(Answer::Declined),
                    // A missing answer already means "not asked".
                    Some(Value::StringLit(code)) if code.value == "not-asked" => continue,
                    Some(Value::StringLit(code)) if code.value == ERROR => Some(Answer::Unreadable(None)),
                    _ => None,
                }
            } else if self.base.known_extension(url) == Some(OwnExtension::UnreadableText) && text.is_none() {
                text = value("valueString")
                    .and_then(|value| words::of_value(value, &|_| true))
                    .map(|text| (text, path, element));
                continue;
            } else if self.base.known_extension(url) == Some(OwnExtension::Skipped) {
                match value("valueBoolean") {
                    Some(Value::BooleanLit(yes)) if yes.value => Some(Answer::Skipped),
                    _ => None,
                }
            } else {
                let problem =
                    Diagnostic::warning("unknown-extension", span_of(element), "this extension is not imported");
                self.reporter.report(problem, &path, "its content is lost");
                continue;
            };
            match state {
                Some(state) if reason.is_none() => reason = Some((state, span_of(element), path)),
                Some(_) => {
                    let problem = Diagnostic::warning("two-states", span_of(element), "there is already a reason");
                    self.reporter.report(problem, &path, "the first one counts; keep one of the two");
                }
                None => {
                    let message = "an answers file cannot hold this reason for absence";
                    let hint = "use skipped or declined; \"not sure\" is an option, and questions that were not asked are omitted";
                    self.reporter.report(Diagnostic::warning("unknown-reason", span_of(element), message), &path, hint);
                    let words = value("valueCode").and_then(|value| words::of_value(value, &|_| true));
                    reason = reason.or_else(|| Some((Answer::Unreadable(words), span_of(element), path)));
                }
            }
        }
        match (&mut reason, text) {
            (Some((Answer::Unreadable(words @ None), ..)), Some((text, ..))) => *words = Some(text),
            (_, Some((_, path, element))) => {
                let message = "these words belong to no unreadable answer";
                let problem = Diagnostic::warning("unknown-extension", span_of(element), message);
                self.reporter.report(problem, &path, "its content is lost");
            }
            (_, None) => {}
        }
        reason
    }

    /// Returns the value of each answer with its key and path, the reason for absence, and whether anything was invalid.
    fn answer_values<'v, 'f>(
        &self,
        item: &'v Object<'f>,
        path: &str,
    ) -> (Vec<(&'v ObjectProp<'f>, String)>, Option<AbsentReason>, bool) {
        let (mut values, mut reason, mut faulty) = (Vec::new(), None, false);
        let Some(answers) = find_value(item, "answer") else { return (values, None, false) };
        faulty |= !matches!(answers, Value::Array(_));
        for (element, path) in self.reporter.list(answers, &format!("{path}.answer")) {
            let Some(answer) = self.reporter.object(element, &path) else {
                faulty = true;
                continue;
            };
            let is_value = |name: &str| {
                name.strip_prefix("value").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()))
            };
            let is_value_extension = |name: &str| name.strip_prefix('_').is_some_and(is_value);
            let known =
                |name: &str| is_value(name) || is_value_extension(name) || ["id", "extension", "item"].contains(&name);
            self.reporter.report_unknown_fields(answer, known, &path);
            let mut own_values = answer.properties.iter().filter(|property| is_value(property.name.as_str()));
            let extensions = answer.properties.iter().filter(|property| is_value_extension(property.name.as_str()));
            let mut absent = self.reason(answer, &path);
            for property in extensions {
                let path = format!("{path}.{}", property.name.as_str());
                let reason = self.reporter.object(&property.value, &path).and_then(|object| self.reason(object, &path));
                absent = absent.or(reason);
            }
            match (own_values.next(), own_values.next()) {
                (None, _) if absent.is_some() => {}
                (None, _) => {
                    faulty = true;
                    let problem = Diagnostic::warning("no-value", span_of(element), "this answer has no value");
                    self.reporter.report(problem, &path, "omit the answer if there is none");
                }
                (Some(value), None) => {
                    let path = format!("{path}.{}", value.name.as_str());
                    // An object without content may hold the reason itself.
                    let inner = match &value.value {
                        Value::Object(inner) if find_value(inner, "extension").is_some() => self.reason(inner, &path),
                        _ => None,
                    };
                    let is_empty = matches!(&value.value, Value::Object(inner) if inner.properties.iter().all(|property| property.name.as_str() == "extension"));
                    if inner.is_some() && is_empty { absent = absent.or(inner) } else { values.push((value, path)) }
                }
                (Some(_), Some(second)) => {
                    faulty = true;
                    let problem = Diagnostic::warning("wrong-type", key_span(second), "this answer has two values");
                    self.reporter.report(problem, &path, "give each value an answer of its own");
                }
            }
            reason = reason.or(absent);
        }
        (values, reason, faulty)
    }

    pub(super) fn values(&self, item: &Object<'_>, question: &Question, path: &str) -> ItemValue {
        let (values, reason, faulty) = self.answer_values(item, path);
        if values.is_empty() {
            return match reason {
                Some((state, _, _)) if !faulty => ItemValue::Answer(state, None),
                _ if faulty => ItemValue::Faulty,
                _ => ItemValue::Nothing,
            };
        }
        let is_partial = faulty || reason.is_some();
        if let Some((_, span, path)) = reason {
            let problem =
                Diagnostic::warning("two-states", span, "there is both an answer and a reason for its absence");
            self.reporter.report(problem, &path, "the answer counts; remove one of the two");
        }
        let value = match &question.shape {
            QuestionType::SingleChoice(options) | QuestionType::MultipleChoice(options) if !options.yes_no => {
                let (mut chosen, mut lost) = (Vec::new(), Vec::new());
                for (property, path) in &values {
                    let Some(choice) = self.option(question, property, path) else {
                        let words = words::of_value(&property.value, &|code| is_option_code(question, code));
                        lost.push(words.unwrap_or_else(|| path.clone()));
                        continue;
                    };
                    if chosen.contains(&choice) {
                        let problem =
                            Diagnostic::warning("duplicate", span_of(&property.value), "this option is chosen twice");
                        self.reporter.report(problem, path, "keep one of the two");
                    } else {
                        chosen.push(choice);
                    }
                }
                // "None" or a single option may be wrong if it is only a part of the answer.
                let is_single = matches!(question.shape, QuestionType::SingleChoice(_));
                let stands_alone = |choice: &usize| is_single || options.choices[*choice].exclusive;
                if chosen.is_empty() || ((is_partial || !lost.is_empty()) && chosen.iter().any(stands_alone)) {
                    return ItemValue::Faulty;
                }
                let answer = Answer::Value(AnswerValue::Choice { chosen, text: None });
                return ItemValue::Answer(answer, words::joined(lost));
            }
            _ if values.len() > 1 => {
                let problem = Diagnostic::warning("exclusive", object_span(item), "only one answer is allowed here");
                self.reporter.report(problem, path, "keep one of them; none was imported");
                None
            }
            _ => self.one_value(question, values[0].0, &values[0].1),
        };
        value.map_or(ItemValue::Faulty, |value| ItemValue::Answer(Answer::Value(value), None))
    }

    fn one_value(&self, question: &Question, property: &ObjectProp<'_>, path: &str) -> Option<AnswerValue> {
        match &question.shape {
            QuestionType::SingleChoice(_) | QuestionType::MultipleChoice(_) => {
                match (property.name.as_str(), &property.value) {
                    ("valueBoolean", Value::BooleanLit(yes)) => {
                        Some(AnswerValue::Choice { chosen: vec![usize::from(!yes.value)], text: None })
                    }
                    _ => self.report_wrong_type(property, path, "`valueBoolean`"),
                }
            }
            QuestionType::Text(_) => self.string(property, path).map(AnswerValue::Text),
            QuestionType::Number(range) => {
                let expected = if range.is_integer() { "valueInteger" } else { "valueDecimal" };
                if property.name.as_str() != expected {
                    return self.report_wrong_type(property, path, &format!("`{expected}`"));
                }
                self.number(&property.value, range, expected == "valueDecimal", path).map(AnswerValue::Number)
            }
            QuestionType::Date(..) => match (property.name.as_str(), &property.value) {
                ("valueDate", Value::StringLit(text)) => {
                    let date = parse_date(&text.value);
                    if date.is_none() {
                        let problem =
                            Diagnostic::warning("bad-date", span_of(&property.value), "this is not a full date");
                        self.reporter.report(problem, path, "write year, month and day, such as 2026-11-22");
                    }
                    date.map(AnswerValue::Date)
                }
                _ => self.report_wrong_type(property, path, "`valueDate`"),
            },
            QuestionType::Quantity(..) => self.quantity(question, property, path),
        }
    }

    pub(super) fn report_wrong_type<T>(&self, property: &ObjectProp<'_>, path: &str, expected: &str) -> Option<T> {
        let message =
            format!("expected {expected}, found `{}`", crate::printable::Printable::line(property.name.as_str()));
        let problem = Diagnostic::warning("wrong-type", key_span(property), message);
        self.reporter.report(problem, path, "use the value type of the item in the questionnaire");
        None
    }

    /// Returns the texts in an item for own words.
    pub(super) fn texts(&self, item: &Object<'_>, path: &str) -> Vec<String> {
        let (values, reason, _) = self.answer_values(item, path);
        if let Some((_, span, path)) = reason {
            let problem =
                Diagnostic::warning("unknown-reason", span, "a reason for absence is not allowed on own words");
            self.reporter.report(problem, &path, "omit the item; only a whole question can be skipped or declined");
        }
        values.into_iter().filter_map(|(property, path)| self.string(property, &path)).collect()
    }

    fn string(&self, property: &ObjectProp<'_>, path: &str) -> Option<String> {
        match (property.name.as_str(), &property.value) {
            ("valueString", Value::StringLit(text)) => Some(text.value.clone().into_owned()),
            _ => self.report_wrong_type(property, path, "`valueString`"),
        }
    }

    pub(super) fn report_answer_error(&self, question: &Question, error: &AnswerError, span: Span, path: &str) {
        let pack = &self.tree.pack;
        let message = refusal_message(&Messages::default(), error, question, pack.language("en").unwrap_or_default());
        self.reporter.report(
            Diagnostic::warning(error.code(), span, message),
            path,
            "correct the answer; it was not imported",
        );
    }
}
