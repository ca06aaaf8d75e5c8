//! The `answers` of an answers file → [`Answers`], with everything that does not fit reported by path and place.

mod judge;

use super::file::Need;
use super::file::{check_twice, key_span, value_of};
use super::refusal::refusal_message;
use super::validate::Refusal;
use super::ways_out::{of_refusal, of_wrong};
use crate::answer::{Answer, AnswerKey, AnswerValue, Answers, Subject, parse_date};
use crate::located::{Decimal, Decode, File, Problem, Sink, Span, kind_of, nearest, parse, shortened, span_of};
use crate::messages::Words;
use crate::pack::{Pack, Question, Shape};
use jsonc_parser::ast::{Object, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Reads the object of answers by question.
pub(crate) fn read_answers(pack: &Pack, value: &Value<'_>, need: Need, sink: &Sink<'_>) -> Answers {
    let mut reader = Reader::new(pack, sink);
    let Value::Object(object) = value else {
        reader.wrong(value, "$.answers", "an object should be here", "write {\"question\": answer, …}");
        return Answers::new();
    };
    check_twice(object, "$.answers", sink);
    for property in &object.properties {
        let id = property.name.as_str();
        let path = format!("$.answers.{}", shortened(id));
        match pack.question(id) {
            Some(question) => reader.question(question, &property.value, &path),
            None => sink.report(
                Problem::new("unknown-id", key_span(property), format!("the pack has no question `{}`", shortened(id)))
                    .path(path)
                    .suggest(id, pack.questions.iter().map(|question| question.id.as_str())),
            ),
        }
    }
    reader.settle_strange_keys();
    let hangs = reader.hanging();
    reader.report_not_asked(&hangs);
    if need == Need::Complete {
        reader.report_missing(object, span_of(value), &hangs);
    }
    reader.answers
}

/// Reads one answer that was kept alone; whether its question is asked at the moment is not looked at.
///
/// # Errors
/// Why it does not fit this pack.
pub(crate) fn read_answer(
    pack: &Pack,
    question: &str,
    about: Option<&str>,
    answer: &serde_json::Value,
) -> Result<(AnswerKey, Answer), String> {
    let at = pack.question(question).ok_or("the pack has no such question")?;
    let text = match about {
        Some(about) => serde_json::json!({ about: answer }).to_string(),
        None if pack.questions[at].for_each.is_some() => return Err("the question is now asked for each choice".into()),
        None => answer.to_string(),
    };
    if about.is_some() && pack.questions[at].for_each.is_none() {
        return Err("the question is now asked only once".into());
    }
    let file = File { name: String::new(), text };
    let sink = Sink::new(&file);
    let mut reader = Reader::new(pack, &sink);
    if let Some(value) = parse(&sink) {
        reader.question(at, &value, "$");
    }
    let read = reader.answers.pop_first();
    match (read, sink.into_problems().into_iter().next()) {
        (Some(read), None) => Ok(read),
        (_, problem) => Err(problem.map_or_else(|| "it cannot be read".to_owned(), |problem| problem.message)),
    }
}

struct Reader<'r> {
    pack: &'r Pack,
    sink: &'r Sink<'r>,
    answers: Answers,
    places: BTreeMap<AnswerKey, (Span, String)>,
    /// Questions whose answer could not be read: what depends on them is not judged.
    failed: BTreeSet<usize>,
    /// The things that a for-each question is asked about, where the answer about one could not be read.
    failed_about: BTreeSet<AnswerKey>,
    /// What is known of lists of codes that have an unknown one among them.
    in_part: BTreeMap<usize, InPart>,
    /// Keys of for-each answers that are none: the question, and the key.
    strange_keys: Vec<(usize, String)>,
}

/// A list of codes of which some are unknown.
#[derive(Default)]
struct InPart {
    known: Vec<usize>,
    unknown: BTreeSet<String>,
}

impl<'r> Reader<'r> {
    fn new(pack: &'r Pack, sink: &'r Sink<'r>) -> Self {
        Self {
            pack,
            sink,
            answers: Answers::new(),
            places: BTreeMap::new(),
            failed: BTreeSet::new(),
            failed_about: BTreeSet::new(),
            in_part: BTreeMap::new(),
            strange_keys: Vec::new(),
        }
    }

    fn wrong(&self, value: &Value<'_>, path: &str, wanted: &str, hint: &str) {
        let message = format!("{wanted}, not {}", kind_of(value));
        self.sink.report(Problem::new("wrong-type", span_of(value), message).path(path).hint(hint));
    }

    fn question(&mut self, at: usize, value: &Value<'_>, path: &str) {
        let question = &self.pack.questions[at];
        let Some(for_each) = &question.for_each else {
            return self.keep(AnswerKey::of_question(at), value, path);
        };
        let Value::Object(each) = value else {
            self.failed.insert(at);
            let hint = format!(
                "`{}` is asked for each of `{}`: write {{\"code\": answer, …}}",
                question.id, self.pack.questions[for_each.question].id
            );
            return self.wrong(value, path, "an object by code should be here", &hint);
        };
        check_twice(each, path, self.sink);
        let choices = self.pack.questions[for_each.question].shape.choices();
        for property in &each.properties {
            let code = property.name.as_str();
            let path = format!("{path}.{}", shortened(code));
            let about = if code == "overall" && for_each.overall.is_some() {
                Some(Subject::Overall)
            } else {
                let found = choices.iter().position(|choice| choice.code == code);
                found.filter(|choice| for_each.overall != Some(*choice)).map(Subject::Option)
            };
            if let Some(about) = about {
                self.keep(AnswerKey { question: at, about: Some(about) }, &property.value, &path);
            } else {
                let overall = for_each.overall.map(|choice| choices[choice].code.as_str());
                let named = format!("`{}` is never asked about `{}`", question.id, shortened(code));
                let problem = if nearest(code, overall).is_some() {
                    self.failed_about.insert(AnswerKey { question: at, about: Some(Subject::Overall) });
                    let message = format!("{named}: it is asked about everything at once then");
                    Problem::new("unknown-id", key_span(property), message).hint("write `overall` as the key")
                } else {
                    self.strange_keys.push((at, code.to_owned()));
                    let names = choices.iter().map(|choice| choice.code.as_str());
                    let names = names.filter(|name| overall != Some(*name)).chain(overall.map(|_| "overall"));
                    Problem::new("unknown-id", key_span(property), named).suggest(code, names)
                };
                self.sink.report(problem.path(path));
            }
        }
    }

    /// Keeps one answer if it fits, and says why if not.
    fn keep(&mut self, slot: AnswerKey, value: &Value<'_>, path: &str) {
        let question = &self.pack.questions[slot.question];
        let Some(answer) = self.answer(slot.question, value, path) else {
            self.fail(slot);
            return;
        };
        match question.validate(answer) {
            Ok(answer) => {
                self.places.insert(slot, (span_of(value), path.to_owned()));
                self.answers.insert(slot, answer);
            }
            Err(refusal) => {
                self.fail(slot);
                let words = Words::default();
                let message = refusal_message(&words, &refusal, question, self.pack.language("en").unwrap_or_default());
                let code = match refusal {
                    Refusal::TooLong { .. } => "too-long",
                    Refusal::Required => "required",
                    Refusal::Exclusive(_) | Refusal::OnlyOne => "exclusive",
                    Refusal::Empty => "empty",
                    Refusal::NoText | Refusal::WrongKind => "wrong-type",
                    Refusal::OutOfRange => "out-of-range",
                };
                let hint = of_refusal(&refusal, question);
                self.sink.report(Problem::new(code, span_of(value), message).path(path).hint(hint));
            }
        }
    }

    fn fail(&mut self, slot: AnswerKey) {
        if slot.about.is_some() {
            self.failed_about.insert(slot);
        } else {
            self.failed.insert(slot.question);
        }
    }

    fn answer(&mut self, at: usize, value: &Value<'_>, path: &str) -> Option<Answer> {
        let question = &self.pack.questions[at];
        if let Value::Object(object) = value {
            if let Some(unknown) = value_of(object, "unknown") {
                return self.unknown(object, unknown, path);
            }
            if let Shape::Quantity(_, units) = &question.shape {
                self.only(object, &["value", "unit"], path);
                let (Some(amount), Some(unit)) = (value_of(object, "value"), value_of(object, "unit")) else {
                    self.wrong(
                        value,
                        path,
                        "a quantity has `value` and `unit`",
                        "write {\"value\": 72.5, \"unit\": \"…\"}",
                    );
                    return None;
                };
                let amount = self.sink.at(&format!("{path}.value"), |sink| Decimal::decode(amount, sink))?.0;
                let codes = units.iter().map(|unit| unit.code.as_str());
                let unit = self.code(question, codes, unit, &format!("{path}.unit"))?;
                return Some(Answer::Value(AnswerValue::Quantity { amount, unit }));
            }
            if question.shape.options().is_some() {
                self.only(object, &["chosen", "text"], path);
                let chosen = value_of(object, "chosen");
                let Some(chosen) = chosen else {
                    self.wrong(value, path, "`chosen` is missing", "write {\"chosen\": …, \"text\": \"…\"}");
                    return None;
                };
                let chosen = self.chosen(at, chosen, &format!("{path}.chosen"))?;
                let text = match value_of(object, "text") {
                    Some(Value::StringLit(text)) => Some(text.value.clone().into_owned()),
                    Some(other) => {
                        self.wrong(
                            other,
                            &format!("{path}.text"),
                            "a text should be here",
                            "write the patient's own words, or leave `text` out",
                        );
                        return None;
                    }
                    None => None,
                };
                return Some(Answer::Value(AnswerValue::Choice { chosen, text }));
            }
        }
        let given = match (&question.shape, value) {
            (Shape::One(_) | Shape::Many(_), _) => {
                AnswerValue::Choice { chosen: self.chosen(at, value, path)?, text: None }
            }
            (Shape::Text(_), Value::StringLit(text)) => AnswerValue::Text(text.value.clone().into_owned()),
            (Shape::Number(_), Value::NumberLit(_)) => {
                AnswerValue::Number(self.sink.at(path, |sink| Decimal::decode(value, sink))?.0)
            }
            (Shape::Date(..), Value::StringLit(text)) => {
                let Some(date) = parse_date(&text.value) else {
                    let problem =
                        Problem::new("bad-date", span_of(value), format!("`{}` is not a date", shortened(&text.value)));
                    self.sink.report(problem.path(path).hint("write it as 2026-11-22"));
                    return None;
                };
                AnswerValue::Date(date)
            }
            (Shape::Text(_), _) => return self.no(question, value, path, "a text should be here"),
            (Shape::Number(_), _) => return self.no(question, value, path, "a number should be here"),
            (Shape::Date(..), _) => return self.no(question, value, path, "a date in quotes should be here"),
            (Shape::Quantity(..), _) => {
                return self.no(question, value, path, "{\"value\": …, \"unit\": …} should be here");
            }
        };
        Some(Answer::Value(given))
    }

    fn no(&self, question: &Question, value: &Value<'_>, path: &str, wanted: &str) -> Option<Answer> {
        let hint = "look the question up with `preconsult pack show --questions`";
        self.wrong(value, path, wanted, &of_wrong(question, value, hint));
        None
    }

    fn unknown(&self, object: &Object<'_>, value: &Value<'_>, path: &str) -> Option<Answer> {
        self.only(object, &["unknown"], path);
        match value {
            Value::StringLit(text) if text.value == "skipped" => Some(Answer::Skipped),
            Value::StringLit(text) if text.value == "declined" => Some(Answer::Declined),
            other => {
                let problem =
                    Problem::new("unknown-name", span_of(other), "`unknown` is either \"skipped\" or \"declined\"");
                self.sink
                    .report(problem.path(format!("{path}.unknown")).hint("leave the question out if it was not asked"));
                None
            }
        }
    }

    /// The options chosen: a list of codes, one code, or true and false, as the question has it.
    fn chosen(&mut self, at: usize, value: &Value<'_>, path: &str) -> Option<Vec<usize>> {
        let question = &self.pack.questions[at];
        let options = question.shape.options()?;
        let codes = || options.choices.iter().map(|choice| choice.code.as_str());
        match (&question.shape, value) {
            (Shape::Many(_), Value::Array(list)) => {
                let found: Vec<Option<usize>> = list
                    .elements
                    .iter()
                    .enumerate()
                    .map(|(at, element)| self.code(question, codes(), element, &format!("{path}[{at}]")))
                    .collect();
                for (at, choice) in found.iter().enumerate() {
                    if choice.is_some() && found[..at].contains(choice) {
                        let problem =
                            Problem::new("duplicate", span_of(&list.elements[at]), "this option is chosen twice");
                        self.sink.report(problem.path(format!("{path}[{at}]")).hint("keep one of the two"));
                        return None;
                    }
                }
                if found.contains(&None) {
                    let texts = list.elements.iter().zip(&found).filter(|(_, choice)| choice.is_none());
                    let unknown = texts.filter_map(|(element, _)| match element {
                        Value::StringLit(text) => Some(text.value.clone().into_owned()),
                        _ => None,
                    });
                    let part = InPart { unknown: unknown.collect(), known: found.iter().flatten().copied().collect() };
                    self.in_part.insert(at, part);
                }
                found.into_iter().collect()
            }
            (Shape::Many(_), _) => {
                let hint = of_wrong(question, value, "write [\"code\", …], also for one");
                self.wrong(value, path, "a list of codes should be here", &hint);
                None
            }
            (_, Value::BooleanLit(yes)) if options.yes_no => Some(vec![usize::from(!yes.value)]),
            _ if options.yes_no => {
                let hint = of_wrong(question, value, "write true for yes, false for no, without quotes");
                self.wrong(value, path, "true or false should be here", &hint);
                None
            }
            _ => self.code(question, codes(), value, path).map(|choice| vec![choice]),
        }
    }

    fn code<'n>(
        &self,
        question: &Question,
        codes: impl Iterator<Item = &'n str> + Clone,
        value: &Value<'_>,
        path: &str,
    ) -> Option<usize> {
        let Value::StringLit(code) = value else {
            let hint = of_wrong(question, value, "look the codes up with `preconsult pack show --questions`");
            self.wrong(value, path, "a code in quotes should be here", &hint);
            return None;
        };
        let found = codes.clone().position(|known| known == code.value);
        if found.is_none() {
            let message = format!("there is no option `{}`", shortened(&code.value));
            let problem = Problem::new("unknown-code", span_of(value), message)
                .hint("look the codes up with `preconsult pack show --questions`")
                .suggest(&code.value, codes);
            let look = problem.hint.clone().unwrap_or_default();
            self.sink.report(problem.path(path).hint(of_wrong(question, value, &look)));
        }
        found
    }

    fn only(&self, object: &Object<'_>, known: &[&str], path: &str) {
        check_twice(object, path, self.sink);
        for property in object.properties.iter().filter(|property| !known.contains(&property.name.as_str())) {
            let name = property.name.as_str();
            let shown = shortened(name);
            let problem =
                Problem::new("unknown-field", key_span(property), format!("there is no field `{shown}` here"));
            self.sink.report(problem.path(format!("{path}.{shown}")).suggest(name, known.iter().copied()));
        }
    }
}
