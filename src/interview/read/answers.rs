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
pub(crate) fn read_answers(
    pack: &Pack,
    value: &Value<'_>,
    completeness: Completeness,
    reporter: &Reporter<'_>,
) -> Answers {
    read_all(pack, &NameIndex::new(pack), value, completeness, reporter).0
}

/// Reads the answers as [`read_answers`] does, with an existing name index. Also returns the questions that are asked,
/// given these answers.
pub(super) fn read_all(
    pack: &Pack,
    names: &NameIndex<'_>,
    value: &Value<'_>,
    completeness: Completeness,
    reporter: &Reporter<'_>,
) -> (Answers, Vec<AnswerKey>) {
    let mut reader = Reader::new(pack, names, reporter);
    let path = JsonPath::Root.key("answers");
    let Value::Object(object) = value else {
        reader.report_wrong_type(value, path, "expected an object", "write {\"question\": answer, …}");
        return <(Answers, Vec<AnswerKey>)>::default();
    };
    check_duplicate_keys(object, path, reporter);
    // A for-each question has several answers.
    reader.answers.reserve(2 * object.properties.len());
    reader.spans.reserve(2 * object.properties.len());
    for property in &object.properties {
        let id = property.name.as_str();
        let path = path.key(id);
        if let Some(question) = names.question(id) {
            reader.question(question, &property.value, path);
        } else {
            let message = format!("the pack has no question `{}`", shortened(id));
            let problem = Diagnostic::new("unknown-id", key_span(property), message).path(path.to_string());
            reporter.report(problem.suggest(id, pack.questions.iter().map(|question| question.id.as_str())));
        }
    }
    reader.finish(object, span_of(value), completeness)
}

/// Reads a single stored answer. Does not check whether its question is currently asked.
///
/// # Errors
/// Returns a message if the answer does not fit this pack.
pub(crate) fn read_answer(
    pack: &Pack,
    question: &str,
    about: Option<&str>,
    answer: &serde_json::Value,
) -> Result<(AnswerKey, Answer), String> {
    let names = NameIndex::new(pack);
    let index = names.question(question).ok_or("the pack has no such question")?;
    let file = File { name: String::new(), text: String::new() };
    let reporter = Reporter::new(&file);
    let mut reader = Reader::new(pack, &names, &reporter);
    let value = spanless_tree(answer);
    match (about, &pack.questions[index].for_each) {
        (Some(code), Some(for_each)) => reader.subject(index, for_each, code, 0..0, &value, JsonPath::Root.key(code)),
        (None, None) => reader.add(AnswerKey::of_question(index), &value, JsonPath::Root),
        (None, Some(_)) => return Err("the question is now asked for each choice".into()),
        (Some(_), None) => return Err("the question is now asked only once".into()),
    }
    let answer = reader.answers.pop();
    match (answer, reporter.into_collected().list.into_iter().next()) {
        (Some(answer), None) => Ok(answer),
        (_, problem) => Err(problem.map_or_else(|| "the answer cannot be read".to_owned(), |problem| problem.message)),
    }
}

/// Reads answers one by one and collects the data for the completeness checks.
pub(super) struct Reader<'r> {
    pub(super) pack: &'r Pack,
    pub(super) names: &'r NameIndex<'r>,
    pub(super) reporter: &'r Reporter<'r>,
    /// The answers that fit, in the order of the file.
    pub(super) answers: Vec<(AnswerKey, Answer)>,
    /// The span of each of these answers.
    pub(super) spans: Vec<(AnswerKey, Span)>,
    /// Questions whose answer could not be read. Questions that depend on them are not checked.
    pub(super) failed: BTreeSet<usize>,
    /// Subjects of a for-each question whose answer could not be read.
    pub(super) failed_subjects: BTreeSet<AnswerKey>,
    /// The known part of each list that has an unknown code.
    pub(super) partial_selections: BTreeMap<usize, PartialSelection>,
    /// Keys of for-each answers that are not a known subject, with their question.
    pub(super) unknown_keys: Vec<(usize, String)>,
}

/// A list of codes of which some are unknown.
pub(super) struct PartialSelection {
    pub(super) known: Vec<usize>,
    pub(super) unknown: BTreeSet<String>,
}

impl<'r> Reader<'r> {
    fn new(pack: &'r Pack, names: &'r NameIndex<'r>, reporter: &'r Reporter<'r>) -> Self {
        Self {
            pack,
            names,
            reporter,
            answers: Vec::new(),
            spans: Vec::new(),
            failed: BTreeSet::new(),
            failed_subjects: BTreeSet::new(),
            partial_selections: BTreeMap::new(),
            unknown_keys: Vec::new(),
        }
    }

    fn report_wrong_type(&self, value: &Value<'_>, path: JsonPath<'_>, expected: &str, hint: &str) {
        self.report_type(value, path, format!("{expected}, not {}", kind_of(value)), hint);
    }

    fn report_type(&self, value: &Value<'_>, path: JsonPath<'_>, message: String, hint: &str) {
        self.reporter.report(Diagnostic::new("wrong-type", span_of(value), message).path(path.to_string()).hint(hint));
    }

    fn question(&mut self, index: usize, value: &Value<'_>, path: JsonPath<'_>) {
        let pack = self.pack;
        let question = &pack.questions[index];
        let Some(for_each) = &question.for_each else {
            return self.add(AnswerKey::of_question(index), value, path);
        };
        let Value::Object(subjects) = value else {
            self.failed.insert(index);
            let hint = format!(
                "`{}` is asked for each of `{}`: write {{\"code\": answer, …}}",
                question.id, pack.questions[for_each.question].id
            );
            return self.report_wrong_type(value, path, "expected {\"code\": answer}", &hint);
        };
        check_duplicate_keys(subjects, path, self.reporter);
        for property in &subjects.properties {
            let code = property.name.as_str();
            self.subject(index, for_each, code, key_span(property), &property.value, path.key(code));
        }
    }

    /// Reads the answer about one subject of a for-each question.
    fn subject(
        &mut self,
        index: usize,
        for_each: &ForEach,
        code: &str,
        code_span: Span,
        value: &Value<'_>,
        path: JsonPath<'_>,
    ) {
        let subject = if code == "overall" && for_each.overall.is_some() {
            Some(Subject::Overall)
        } else {
            let choice = self.names.choice(for_each.question, code);
            choice.filter(|choice| for_each.overall != Some(*choice)).map(Subject::Option)
        };
        if let Some(subject) = subject {
            return self.add(AnswerKey { question: index, subject: Some(subject) }, value, path);
        }
        let choices = self.pack.questions[for_each.question].shape.choices();
        let overall = for_each.overall.map(|choice| choices[choice].code.as_str());
        let message = format!("`{}` is never asked about `{}`", self.pack.questions[index].id, shortened(code));
        let problem = if nearest(code, overall).is_some() {
            self.failed_subjects.insert(AnswerKey { question: index, subject: Some(Subject::Overall) });
            let message = format!("{message}, but once about everything");
            Diagnostic::new("unknown-id", code_span, message).hint("write `overall` as the key")
        } else {
            self.unknown_keys.push((index, code.to_owned()));
            let names = choices.iter().map(|choice| choice.code.as_str());
            let names = names.filter(|name| overall != Some(*name)).chain(overall.map(|_| "overall"));
            Diagnostic::new("unknown-id", code_span, message).suggest(code, names)
        };
        self.reporter.report(problem.path(path.to_string()));
    }

    /// Adds an answer if it fits, and reports a problem otherwise.
    fn add(&mut self, key: AnswerKey, value: &Value<'_>, path: JsonPath<'_>) {
        let question = &self.pack.questions[key.question];
        let Some(answer) = self.answer(key.question, value, path) else {
            self.fail(key);
            return;
        };
        let is_refused = answer.is_unreadable() && self.pack.must_be_readable(key.question);
        match if is_refused { Err(AnswerError::Required) } else { question.validate(answer) } {
            Ok(answer) => {
                self.spans.push((key, span_of(value)));
                self.answers.push((key, answer));
            }
            Err(refusal) => {
                self.fail(key);
                self.report_refusal(key, &refusal, span_of(value), path.to_string());
            }
        }
    }

    /// Reports an answer that does not fit its question.
    pub(super) fn report_refusal(&self, key: AnswerKey, refusal: &AnswerError, span: Span, path: String) {
        let question = &self.pack.questions[key.question];
        let language = self.pack.language("en").unwrap_or_default();
        let message = refusal_message(&Messages::default(), refusal, question, language);
        let hint = hint_for_error(refusal, question);
        self.reporter.report(Diagnostic::new(refusal.code(), span, message).path(path).hint(hint));
    }

    fn fail(&mut self, key: AnswerKey) {
        if key.subject.is_some() {
            self.failed_subjects.insert(key);
        } else {
            self.failed.insert(key.question);
        }
    }

    fn answer(&mut self, index: usize, value: &Value<'_>, path: JsonPath<'_>) -> Option<Answer> {
        let question = &self.pack.questions[index];
        if let Value::Object(object) = value {
            if let Some(unknown) = find_value(object, "unknown") {
                return self.unknown(object, unknown, path);
            }
            if matches!(question.shape, QuestionType::Quantity(..)) {
                check_known_fields(object, &["value", "unit"], path, self.reporter);
                let (Some(amount), Some(unit)) = (find_value(object, "value"), find_value(object, "unit")) else {
                    let message = "a quantity needs `value` and `unit`".to_owned();
                    self.report_type(value, path, message, "write {\"value\": 72.5, \"unit\": \"…\"}");
                    return None;
                };
                let amount = self.reporter.at(path.key("value"), |reporter| Decimal::decode(amount, reporter))?.0;
                let unit = self.code(index, unit, path.key("unit"))?;
                return Some(Answer::Value(AnswerValue::Quantity { amount, unit }));
            }
            if question.shape.options().is_some() {
                check_known_fields(object, &["chosen", "text"], path, self.reporter);
                let chosen = find_value(object, "chosen");
                let Some(chosen) = chosen else {
                    let message = "the field `chosen` is missing".to_owned();
                    self.report_type(value, path, message, "write {\"chosen\": …, \"text\": \"…\"}");
                    return None;
                };
                let chosen = self.chosen(index, chosen, path.key("chosen"))?;
                let hint = "write the patient's own words as `text`, or remove the field";
                let text = self.optional_text(object, path, hint)?;
                return Some(Answer::Value(AnswerValue::Choice { chosen, text }));
            }
        }
        let answer_value = match (&question.shape, value) {
            (QuestionType::SingleChoice(_) | QuestionType::MultipleChoice(_), _) => {
                AnswerValue::Choice { chosen: self.chosen(index, value, path)?, text: None }
            }
            (QuestionType::Text(_), Value::StringLit(text)) => AnswerValue::Text(text.value.clone().into_owned()),
            (QuestionType::Number(_), Value::NumberLit(_)) => {
                AnswerValue::Number(self.reporter.at(path, |reporter| Decimal::decode(value, reporter))?.0)
            }
            (QuestionType::Date(..), Value::StringLit(text)) => {
                let Some(date) = parse_date(&text.value) else {
                    let message = format!("`{}` is not a date", shortened(&text.value));
                    let problem = Diagnostic::new("bad-date", span_of(value), message).path(path.to_string());
                    self.reporter.report(problem.hint("write the date as YYYY-MM-DD, such as 2026-11-22"));
                    return None;
                };
                AnswerValue::Date(date)
            }
            (QuestionType::Text(_), _) => return self.wrong_type(question, value, path, "expected a text"),
            (QuestionType::Number(_), _) => return self.wrong_type(question, value, path, "expected a number"),
            (QuestionType::Date(..), _) => {
                return self.wrong_type(question, value, path, "expected a date in quotes");
            }
            (QuestionType::Quantity(..), _) => {
                return self.wrong_type(question, value, path, "expected {\"value\": …, \"unit\": …}");
            }
        };
        Some(Answer::Value(answer_value))
    }

    fn wrong_type(&self, question: &Question, value: &Value<'_>, path: JsonPath<'_>, expected: &str) -> Option<Answer> {
        let hint = "look the question up with `preconsult pack show --questions`";
        self.report_wrong_type(value, path, expected, &hint_for_wrong_type(question, value, hint));
        None
    }

    /// Reads the optional field `text`. `None` if it is not a text, which is reported.
    #[allow(clippy::option_option, reason = "the field may be missing, or wrong")]
    fn optional_text(&self, object: &Object<'_>, path: JsonPath<'_>, hint: &str) -> Option<Option<String>> {
        match find_value(object, "text") {
            Some(Value::StringLit(text)) => Some(Some(text.value.clone().into_owned())),
            Some(other) => {
                self.report_wrong_type(other, path.key("text"), "expected a text", hint);
                None
            }
            None => Some(None),
        }
    }

    fn unknown(&self, object: &Object<'_>, value: &Value<'_>, path: JsonPath<'_>) -> Option<Answer> {
        let state = if let Value::StringLit(state) = value { state.value.as_ref() } else { "" };
        let fields: &[&str] = if state == "unreadable" { &["unknown", "text"] } else { &["unknown"] };
        check_known_fields(object, fields, path, self.reporter);
        match state {
            "skipped" => Some(Answer::Skipped),
            "declined" => Some(Answer::Declined),
            "unreadable" => {
                let hint = "write the words as they came as `text`, or remove the field";
                self.optional_text(object, path, hint).map(Answer::Unreadable)
            }
            _ => {
                let message = "`unknown` has to be \"skipped\", \"declined\" or \"unreadable\"";
                let problem = Diagnostic::new("unknown-name", span_of(value), message);
                self.reporter.report(
                    problem.path(path.key("unknown").to_string()).hint("leave the question out if it was not asked"),
                );
                None
            }
        }
    }

    /// Reads the chosen options. Depending on the question, the value is a list of codes, one code, or a boolean.
    fn chosen(&mut self, question_index: usize, value: &Value<'_>, path: JsonPath<'_>) -> Option<Vec<usize>> {
        let question = &self.pack.questions[question_index];
        let options = question.shape.options()?;
        match (&question.shape, value) {
            (QuestionType::MultipleChoice(_), Value::Array(list)) => {
                let (mut chosen, mut duplicate) = (Vec::with_capacity(list.elements.len()), None);
                for (index, element) in list.elements.iter().enumerate() {
                    if let Some(choice) = self.code(question_index, element, path.index(index)) {
                        if chosen.contains(&choice) {
                            duplicate = duplicate.or(Some((index, element)));
                        } else {
                            chosen.push(choice);
                        }
                    }
                }
                if let Some((index, element)) = duplicate {
                    let problem = Diagnostic::new("duplicate", span_of(element), "this option is chosen twice");
                    self.reporter.report(problem.path(path.index(index).to_string()).hint("remove one of the two"));
                    return None;
                }
                if chosen.len() == list.elements.len() {
                    return Some(chosen);
                }
                let unknown = list.elements.iter().filter_map(|element| match element {
                    Value::StringLit(text) if self.names.choice(question_index, &text.value).is_none() => {
                        Some(text.value.to_string())
                    }
                    _ => None,
                });
                let selection = PartialSelection { unknown: unknown.collect(), known: chosen };
                self.partial_selections.insert(question_index, selection);
                None
            }
            (QuestionType::MultipleChoice(_), _) => {
                let hint = hint_for_wrong_type(question, value, "write [\"code\", …], even for one option");
                self.report_wrong_type(value, path, "expected a list of codes", &hint);
                None
            }
            (_, Value::BooleanLit(yes)) if options.yes_no => Some(vec![usize::from(!yes.value)]),
            _ if options.yes_no => {
                let hint = hint_for_wrong_type(question, value, "write true for yes, false for no, without quotes");
                self.report_wrong_type(value, path, "expected true or false", &hint);
                None
            }
            _ => self.code(question_index, value, path).map(|choice| vec![choice]),
        }
    }

    /// Reads the code of an option or a unit, and returns its index.
    fn code(&self, index: usize, value: &Value<'_>, path: JsonPath<'_>) -> Option<usize> {
        const LOOKUP_HINT: &str = "look the codes up with `preconsult pack show --questions`";
        let question = &self.pack.questions[index];
        let Value::StringLit(code) = value else {
            self.report_wrong_type(
                value,
                path,
                "expected a code in quotes",
                &hint_for_wrong_type(question, value, LOOKUP_HINT),
            );
            return None;
        };
        let choice = self.names.choice(index, &code.value);
        if choice.is_none() {
            let message = format!("there is no option `{}`", shortened(&code.value));
            let codes = question.shape.choices().iter().map(|choice| choice.code.as_str());
            let problem =
                Diagnostic::new("unknown-code", span_of(value), message).hint(LOOKUP_HINT).suggest(&code.value, codes);
            let hint = problem.hint.clone().unwrap_or_default();
            self.reporter.report(problem.path(path.to_string()).hint(hint_for_wrong_type(question, value, &hint)));
        }
        choice
    }
}
