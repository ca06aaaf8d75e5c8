//! Reads the `answers` of an answers file.

use super::name_index::NameIndex;
use crate::answer::{Answer, AnswerKey, AnswerValue, Answers, Subject, parse_date};
use crate::diagnostics::{Decimal, Decode, Diagnostic, File, JsonPath, Reporter, Span, check_duplicate_keys};
use crate::diagnostics::{
    check_known_fields, find_value, key_span, kind_of, nearest, shortened, span_of, spanless_tree,
};
use crate::interview::hints::{hint_for_error, hint_for_wrong_type};
use crate::interview::{AnswerError, Completeness, refusal_message};
use crate::messages::Messages;
use crate::pack::{ForEach, Pack, Question, QuestionType};
use jsonc_parser::ast::{Object, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Reads the object of answers by question, of the field `answers`.
pub(crate) fn read_answers(pack: &Pack, value: &Value<'_>, need: Completeness, sink: &Reporter<'_>) -> Answers {
    read_all(pack, &NameIndex::new(pack), value, need, sink).0
}

/// As [`read_answers`], with the pack's names at hand; also returns the questions that the answers make askable.
pub(super) fn read_all(
    pack: &Pack,
    names: &NameIndex<'_>,
    value: &Value<'_>,
    need: Completeness,
    sink: &Reporter<'_>,
) -> (Answers, Vec<AnswerKey>) {
    let mut reader = Reader::new(pack, names, sink);
    let path = JsonPath::Root.key("answers");
    let Value::Object(object) = value else {
        reader.wrong(value, path, "an object should be here", "write {\"question\": answer, …}");
        return <(Answers, Vec<AnswerKey>)>::default();
    };
    check_duplicate_keys(object, path, sink);
    // Questions that are asked about each subject have several answers.
    reader.answers.reserve(2 * object.properties.len());
    reader.spans.reserve(2 * object.properties.len());
    for property in &object.properties {
        let id = property.name.as_str();
        let path = path.key(id);
        match names.question(id) {
            Some(question) => reader.question(question, &property.value, path),
            None => sink.report(
                Diagnostic::new(
                    "unknown-id",
                    key_span(property),
                    format!("the pack has no question `{}`", shortened(id)),
                )
                .path(path.to_string())
                .suggest(id, pack.questions.iter().map(|question| question.id.as_str())),
            ),
        }
    }
    reader.finish(object, span_of(value), need)
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
    let names = NameIndex::new(pack);
    let at = names.question(question).ok_or("the pack has no such question")?;
    let file = File { name: String::new(), text: String::new() };
    let sink = Reporter::new(&file);
    let mut reader = Reader::new(pack, &names, &sink);
    let value = spanless_tree(answer);
    match (about, &pack.questions[at].for_each) {
        (Some(code), Some(for_each)) => reader.subject(at, for_each, code, 0..0, &value, JsonPath::Root.key(code)),
        (None, None) => reader.keep(AnswerKey::of_question(at), &value, JsonPath::Root),
        (None, Some(_)) => return Err("the question is now asked for each choice".into()),
        (Some(_), None) => return Err("the question is now asked only once".into()),
    }
    let read = reader.answers.pop();
    match (read, sink.into_problems().into_iter().next()) {
        (Some(read), None) => Ok(read),
        (_, problem) => Err(problem.map_or_else(|| "it cannot be read".to_owned(), |problem| problem.message)),
    }
}

/// Reads answers one after another, and remembers what the checks of the whole need.
pub(super) struct Reader<'r> {
    pub(super) pack: &'r Pack,
    names: &'r NameIndex<'r>,
    pub(super) sink: &'r Reporter<'r>,
    /// The answers that fit, in the order of the file.
    pub(super) answers: Vec<(AnswerKey, Answer)>,
    /// The place of each of them.
    pub(super) spans: Vec<(AnswerKey, Span)>,
    /// Questions whose answer could not be read: what depends on them is not checked.
    pub(super) failed: BTreeSet<usize>,
    /// Subjects of a for-each question whose answer could not be read.
    pub(super) failed_subjects: BTreeSet<AnswerKey>,
    /// The known part of each list that has an unknown code.
    pub(super) partial_selections: BTreeMap<usize, PartialSelection>,
    /// Keys of for-each answers that name no subject, with their question.
    pub(super) unknown_keys: Vec<(usize, String)>,
}

/// A list of codes of which some are unknown.
pub(super) struct PartialSelection {
    pub(super) known: Vec<usize>,
    pub(super) unknown: BTreeSet<String>,
}

impl<'r> Reader<'r> {
    fn new(pack: &'r Pack, names: &'r NameIndex<'r>, sink: &'r Reporter<'r>) -> Self {
        Self {
            pack,
            names,
            sink,
            answers: Vec::new(),
            spans: Vec::new(),
            failed: BTreeSet::new(),
            failed_subjects: BTreeSet::new(),
            partial_selections: BTreeMap::new(),
            unknown_keys: Vec::new(),
        }
    }

    fn wrong(&self, value: &Value<'_>, path: JsonPath<'_>, wanted: &str, hint: &str) {
        let message = format!("{wanted}, not {}", kind_of(value));
        self.sink.report(Diagnostic::new("wrong-type", span_of(value), message).path(path.to_string()).hint(hint));
    }

    fn question(&mut self, at: usize, value: &Value<'_>, path: JsonPath<'_>) {
        let pack = self.pack;
        let question = &pack.questions[at];
        let Some(for_each) = &question.for_each else {
            return self.keep(AnswerKey::of_question(at), value, path);
        };
        let Value::Object(each) = value else {
            self.failed.insert(at);
            let hint = format!(
                "`{}` is asked for each of `{}`: write {{\"code\": answer, …}}",
                question.id, pack.questions[for_each.question].id
            );
            return self.wrong(value, path, "an object by code should be here", &hint);
        };
        check_duplicate_keys(each, path, self.sink);
        for property in &each.properties {
            let code = property.name.as_str();
            self.subject(at, for_each, code, key_span(property), &property.value, path.key(code));
        }
    }

    /// Reads the answer about one subject of a for-each question.
    fn subject(
        &mut self,
        at: usize,
        for_each: &ForEach,
        code: &str,
        code_span: Span,
        value: &Value<'_>,
        path: JsonPath<'_>,
    ) {
        let about = if code == "overall" && for_each.overall.is_some() {
            Some(Subject::Overall)
        } else {
            let found = self.names.choice(for_each.question, code);
            found.filter(|choice| for_each.overall != Some(*choice)).map(Subject::Option)
        };
        if let Some(about) = about {
            return self.keep(AnswerKey { question: at, about: Some(about) }, value, path);
        }
        let choices = self.pack.questions[for_each.question].shape.choices();
        let overall = for_each.overall.map(|choice| choices[choice].code.as_str());
        let named = format!("`{}` is never asked about `{}`", self.pack.questions[at].id, shortened(code));
        let problem = if nearest(code, overall).is_some() {
            self.failed_subjects.insert(AnswerKey { question: at, about: Some(Subject::Overall) });
            let message = format!("{named}: it is asked about everything at once then");
            Diagnostic::new("unknown-id", code_span, message).hint("write `overall` as the key")
        } else {
            self.unknown_keys.push((at, code.to_owned()));
            let names = choices.iter().map(|choice| choice.code.as_str());
            let names = names.filter(|name| overall != Some(*name)).chain(overall.map(|_| "overall"));
            Diagnostic::new("unknown-id", code_span, named).suggest(code, names)
        };
        self.sink.report(problem.path(path.to_string()));
    }

    /// Keeps one answer if it fits, and reports why if not.
    fn keep(&mut self, key: AnswerKey, value: &Value<'_>, path: JsonPath<'_>) {
        let question = &self.pack.questions[key.question];
        let Some(answer) = self.answer(key.question, value, path) else {
            self.fail(key);
            return;
        };
        match question.validate(answer) {
            Ok(answer) => {
                self.spans.push((key, span_of(value)));
                self.answers.push((key, answer));
            }
            Err(refusal) => {
                self.fail(key);
                let language = self.pack.language("en").unwrap_or_default();
                let message = refusal_message(&Messages::default(), &refusal, question, language);
                let code = match refusal {
                    AnswerError::TooLong { .. } => "too-long",
                    AnswerError::Required => "required",
                    AnswerError::Exclusive(_) | AnswerError::OnlyOne => "exclusive",
                    AnswerError::Empty => "empty",
                    AnswerError::NoText | AnswerError::WrongKind => "wrong-type",
                    AnswerError::OutOfRange => "out-of-range",
                };
                let hint = hint_for_error(&refusal, question);
                self.sink.report(Diagnostic::new(code, span_of(value), message).path(path.to_string()).hint(hint));
            }
        }
    }

    fn fail(&mut self, key: AnswerKey) {
        if key.about.is_some() {
            self.failed_subjects.insert(key);
        } else {
            self.failed.insert(key.question);
        }
    }

    fn answer(&mut self, at: usize, value: &Value<'_>, path: JsonPath<'_>) -> Option<Answer> {
        let question = &self.pack.questions[at];
        if let Value::Object(object) = value {
            if let Some(unknown) = find_value(object, "unknown") {
                return self.unknown(object, unknown, path);
            }
            if matches!(question.shape, QuestionType::Quantity(..)) {
                check_known_fields(object, &["value", "unit"], path, self.sink);
                let (Some(amount), Some(unit)) = (find_value(object, "value"), find_value(object, "unit")) else {
                    self.wrong(
                        value,
                        path,
                        "a quantity has `value` and `unit`",
                        "write {\"value\": 72.5, \"unit\": \"…\"}",
                    );
                    return None;
                };
                let amount = self.sink.at(path.key("value"), |sink| Decimal::decode(amount, sink))?.0;
                let unit = self.code(at, unit, path.key("unit"))?;
                return Some(Answer::Value(AnswerValue::Quantity { amount, unit }));
            }
            if question.shape.options().is_some() {
                check_known_fields(object, &["chosen", "text"], path, self.sink);
                let chosen = find_value(object, "chosen");
                let Some(chosen) = chosen else {
                    self.wrong(value, path, "`chosen` is missing", "write {\"chosen\": …, \"text\": \"…\"}");
                    return None;
                };
                let chosen = self.chosen(at, chosen, path.key("chosen"))?;
                let text = match find_value(object, "text") {
                    Some(Value::StringLit(text)) => Some(text.value.clone().into_owned()),
                    Some(other) => {
                        self.wrong(
                            other,
                            path.key("text"),
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
            (QuestionType::SingleChoice(_) | QuestionType::MultipleChoice(_), _) => {
                AnswerValue::Choice { chosen: self.chosen(at, value, path)?, text: None }
            }
            (QuestionType::Text(_), Value::StringLit(text)) => AnswerValue::Text(text.value.clone().into_owned()),
            (QuestionType::Number(_), Value::NumberLit(_)) => {
                AnswerValue::Number(self.sink.at(path, |sink| Decimal::decode(value, sink))?.0)
            }
            (QuestionType::Date(..), Value::StringLit(text)) => {
                let Some(date) = parse_date(&text.value) else {
                    let problem = Diagnostic::new(
                        "bad-date",
                        span_of(value),
                        format!("`{}` is not a date", shortened(&text.value)),
                    );
                    self.sink.report(problem.path(path.to_string()).hint("write it as 2026-11-22"));
                    return None;
                };
                AnswerValue::Date(date)
            }
            (QuestionType::Text(_), _) => return self.wrong_type(question, value, path, "a text should be here"),
            (QuestionType::Number(_), _) => return self.wrong_type(question, value, path, "a number should be here"),
            (QuestionType::Date(..), _) => {
                return self.wrong_type(question, value, path, "a date in quotes should be here");
            }
            (QuestionType::Quantity(..), _) => {
                return self.wrong_type(question, value, path, "{\"value\": …, \"unit\": …} should be here");
            }
        };
        Some(Answer::Value(given))
    }

    fn wrong_type(&self, question: &Question, value: &Value<'_>, path: JsonPath<'_>, wanted: &str) -> Option<Answer> {
        let hint = "look the question up with `preconsult pack show --questions`";
        self.wrong(value, path, wanted, &hint_for_wrong_type(question, value, hint));
        None
    }

    fn unknown(&self, object: &Object<'_>, value: &Value<'_>, path: JsonPath<'_>) -> Option<Answer> {
        check_known_fields(object, &["unknown"], path, self.sink);
        match value {
            Value::StringLit(text) if text.value == "skipped" => Some(Answer::Skipped),
            Value::StringLit(text) if text.value == "declined" => Some(Answer::Declined),
            other => {
                let problem =
                    Diagnostic::new("unknown-name", span_of(other), "`unknown` is either \"skipped\" or \"declined\"");
                self.sink.report(
                    problem.path(path.key("unknown").to_string()).hint("leave the question out if it was not asked"),
                );
                None
            }
        }
    }

    /// The options chosen: a list of codes, one code, or true and false, as the question has it.
    fn chosen(&mut self, at: usize, value: &Value<'_>, path: JsonPath<'_>) -> Option<Vec<usize>> {
        let question = &self.pack.questions[at];
        let options = question.shape.options()?;
        match (&question.shape, value) {
            (QuestionType::MultipleChoice(_), Value::Array(list)) => {
                let (mut chosen, mut duplicate) = (Vec::with_capacity(list.elements.len()), None);
                for (index, element) in list.elements.iter().enumerate() {
                    if let Some(choice) = self.code(at, element, path.index(index)) {
                        if chosen.contains(&choice) {
                            duplicate = duplicate.or(Some((index, element)));
                        } else {
                            chosen.push(choice);
                        }
                    }
                }
                if let Some((index, element)) = duplicate {
                    let problem = Diagnostic::new("duplicate", span_of(element), "this option is chosen twice");
                    self.sink.report(problem.path(path.index(index).to_string()).hint("keep one of the two"));
                    return None;
                }
                if chosen.len() == list.elements.len() {
                    return Some(chosen);
                }
                let unknown = list.elements.iter().filter_map(|element| match element {
                    Value::StringLit(text) if self.names.choice(at, &text.value).is_none() => {
                        Some(text.value.to_string())
                    }
                    _ => None,
                });
                let part = PartialSelection { unknown: unknown.collect(), known: chosen };
                self.partial_selections.insert(at, part);
                None
            }
            (QuestionType::MultipleChoice(_), _) => {
                let hint = hint_for_wrong_type(question, value, "write [\"code\", …], also for one");
                self.wrong(value, path, "a list of codes should be here", &hint);
                None
            }
            (_, Value::BooleanLit(yes)) if options.yes_no => Some(vec![usize::from(!yes.value)]),
            _ if options.yes_no => {
                let hint = hint_for_wrong_type(question, value, "write true for yes, false for no, without quotes");
                self.wrong(value, path, "true or false should be here", &hint);
                None
            }
            _ => self.code(at, value, path).map(|choice| vec![choice]),
        }
    }

    /// The index of an option or a unit.
    fn code(&self, at: usize, value: &Value<'_>, path: JsonPath<'_>) -> Option<usize> {
        const LOOK: &str = "look the codes up with `preconsult pack show --questions`";
        let question = &self.pack.questions[at];
        let Value::StringLit(code) = value else {
            self.wrong(value, path, "a code in quotes should be here", &hint_for_wrong_type(question, value, LOOK));
            return None;
        };
        let found = self.names.choice(at, &code.value);
        if found.is_none() {
            let message = format!("there is no option `{}`", shortened(&code.value));
            let codes = question.shape.choices().iter().map(|choice| choice.code.as_str());
            let problem =
                Diagnostic::new("unknown-code", span_of(value), message).hint(LOOK).suggest(&code.value, codes);
            let look = problem.hint.clone().unwrap_or_default();
            self.sink.report(problem.path(path.to_string()).hint(hint_for_wrong_type(question, value, &look)));
        }
        found
    }
}
