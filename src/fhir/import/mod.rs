//! A FHIR R4 `QuestionnaireResponse` → an answers file, whoever wrote it.
//!
//! What fits the pack is kept. What does not is reported, each with its JSON path and its place in the file, and left out;
//! nothing is dropped without a report, and nothing is guessed: a value of another type, an option that is not offered or
//! a reason for absence that the pack has no state for brings no answer. What is no answer to the questionnaire (whose
//! response it is, who wrote it, its narrative) has no place in an answers file and is passed over.
//!
//! A response may also stand in a Bundle, such as the documents of this program, if it is the only one there.

mod coded;
mod items;
mod settle;
mod top;
mod values;

use super::Base;
use super::item_tree::{ItemTree, UnsupportedPack};
use crate::interview::AnswersFile;
use crate::located::{File, Problem, Problems, Sink, Span, kind_of, parse, span_of};
use crate::pack::Pack;
use jsonc_parser::ast::{Object, ObjectProp, Value};

/// What came of a response.
#[derive(Debug, Clone)]
pub struct Imported {
    /// What fits.
    pub file: AnswersFile,
    /// What does not, or not quite, in the order of the file.
    pub reports: Problems,
}

/// Why a response could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// FHIR cannot express the pack.
    #[error(transparent)]
    UnsupportedPack(#[from] UnsupportedPack),
    /// The file is no response, or one that must not be used.
    #[error("{0}")]
    Response(Problems),
}

/// Reads the text of a response; `name` is what messages call it.
///
/// # Errors
/// When it is no response at all, or the pack cannot be written as FHIR.
pub fn import(pack: &Pack, base: &Base, name: &str, text: &str) -> Result<Imported, ImportError> {
    let layout = ItemTree::new(pack)?;
    let file = File { name: name.to_owned(), text: text.strip_prefix('\u{feff}').unwrap_or(text).to_owned() };
    let sink = Sink::new(&file);
    let read = parse(&sink).and_then(|value| {
        let (response, path) = top::find(&value, &sink)?;
        top::read(&layout, base, response, &path, &sink)
    });
    let reports = Problems::new(sink.into_problems(), vec![file.clone()]);
    match read {
        Some(file) => Ok(Imported { file, reports }),
        None => Err(ImportError::Response(reports)),
    }
}

fn value_of<'v, 'f>(object: &'v Object<'f>, name: &str) -> Option<&'v Value<'f>> {
    object.properties.iter().find(|property| property.name.as_str() == name).map(|property| &property.value)
}

fn key_span(property: &ObjectProp<'_>) -> Span {
    use jsonc_parser::common::Ranged;
    property.name.start()..property.name.end()
}

/// Where things are reported.
#[derive(Clone, Copy)]
struct Reporter<'r> {
    sink: &'r Sink<'r>,
}

impl Reporter<'_> {
    fn report(self, problem: Problem, path: &str, hint: &str) {
        self.sink.report(problem.path(path).hint(hint));
    }

    fn wrong(self, value: &Value<'_>, path: &str, wanted: &str) {
        let problem =
            Problem::warning("wrong-type", span_of(value), format!("{wanted} should be here, not {}", kind_of(value)));
        self.report(problem, path, "the program that wrote this file has to be mended; look at the questionnaire");
    }

    /// The elements of a list that FHIR lets stand here, each with its path. An empty list is no FHIR.
    fn list<'v, 'f>(self, value: &'v Value<'f>, path: &str) -> Vec<(&'v Value<'f>, String)> {
        let Value::Array(list) = value else {
            self.wrong(value, path, "a list");
            return Vec::new();
        };
        if list.elements.is_empty() {
            let problem =
                Problem::warning("empty-list", span_of(value), "FHIR has no empty lists, and this one says nothing");
            self.report(problem, path, "leave the field out where there is nothing");
        }
        list.elements.iter().enumerate().map(|(at, element)| (element, format!("{path}[{at}]"))).collect()
    }

    fn object<'v, 'f>(self, value: &'v Value<'f>, path: &str) -> Option<&'v Object<'f>> {
        let Value::Object(object) = value else {
            self.wrong(value, path, "an object");
            return None;
        };
        let mut seen = std::collections::HashSet::new();
        for property in &object.properties {
            if !seen.insert(property.name.as_str()) {
                let problem = Problem::warning("duplicate-key", key_span(property), "the same key stands here twice");
                let path = format!("{path}.{}", property.name.as_str());
                self.report(problem, &path, "the first one is read; keep one of the two");
            }
        }
        Some(object)
    }

    fn text<'v>(self, value: &'v Value<'_>, path: &str) -> Option<&'v str> {
        if let Value::StringLit(text) = value {
            return Some(&text.value);
        }
        self.wrong(value, path, "a text");
        None
    }

    /// Reports the fields that are neither read nor passed over knowingly.
    fn only(self, object: &Object<'_>, known: impl Fn(&str) -> bool, path: &str) {
        for property in &object.properties {
            let name = property.name.as_str();
            if known(name) {
                continue;
            }
            let message = format!("`{name}` is not read here");
            let (code, hint) = match name.strip_prefix('_') {
                Some(beside) if known(beside) => ("unknown-extension", "what it says is not carried over"),
                _ => ("unknown-field", "look at the spelling; FHIR R4 is read"),
            };
            self.report(Problem::warning(code, key_span(property), message), &format!("{path}.{name}"), hint);
        }
    }
}
