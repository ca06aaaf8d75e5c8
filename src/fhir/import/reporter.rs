//! Reports of content in a response that an answers file cannot hold.

use crate::diagnostics::{Diagnostic, Reporter, duplicate_keys, key_span, kind_of, span_of};
use jsonc_parser::ast::{Object, Value};

/// Collects the reports of an import.
#[derive(Clone, Copy)]
pub(super) struct ImportReporter<'r> {
    pub(super) sink: &'r Reporter<'r>,
}

impl ImportReporter<'_> {
    pub(super) fn report(self, problem: Diagnostic, path: &str, hint: &str) {
        self.sink.report(problem.path(path).hint(hint));
    }

    pub(super) fn report_wrong_value(self, value: &Value<'_>, path: &str, expected: &str) {
        let problem =
            Diagnostic::warning("wrong-type", span_of(value), format!("expected {expected}, found {}", kind_of(value)));
        self.report(problem, path, "correct the program that wrote this file, or compare it with the questionnaire");
    }

    /// Returns the elements of a list, each with its path. Reports an empty list, which FHIR forbids.
    pub(super) fn list<'v, 'f>(self, value: &'v Value<'f>, path: &str) -> Vec<(&'v Value<'f>, String)> {
        let Value::Array(list) = value else {
            self.report_wrong_value(value, path, "a list");
            return Vec::new();
        };
        if list.elements.is_empty() {
            let problem = Diagnostic::warning("empty-list", span_of(value), "this list is empty, which FHIR forbids");
            self.report(problem, path, "omit the field if there is nothing");
        }
        list.elements.iter().enumerate().map(|(index, element)| (element, format!("{path}[{index}]"))).collect()
    }

    pub(super) fn object<'v, 'f>(self, value: &'v Value<'f>, path: &str) -> Option<&'v Object<'f>> {
        let Value::Object(object) = value else {
            self.report_wrong_value(value, path, "an object");
            return None;
        };
        self.check_duplicate_keys(object, path);
        Some(object)
    }

    pub(super) fn check_duplicate_keys(self, object: &Object<'_>, path: &str) {
        for property in duplicate_keys(object) {
            let problem =
                Diagnostic::warning("duplicate-key", key_span(property), "this key occurs twice in the object");
            let path = format!("{path}.{}", property.name.as_str());
            self.report(problem, &path, "the first one counts; keep one of the two");
        }
    }

    pub(super) fn text<'v>(self, value: &'v Value<'_>, path: &str) -> Option<&'v str> {
        if let Value::StringLit(text) = value {
            return Some(&text.value);
        }
        self.report_wrong_value(value, path, "a text");
        None
    }

    /// Reports the fields that the import neither reads nor ignores deliberately.
    pub(super) fn report_unknown_fields(self, object: &Object<'_>, known: impl Fn(&str) -> bool, path: &str) {
        for property in &object.properties {
            let name = property.name.as_str();
            if known(name) {
                continue;
            }
            let message = format!("`{name}` is not imported");
            let (code, hint) = match name.strip_prefix('_') {
                Some(base_name) if known(base_name) => ("unknown-extension", "its content is lost"),
                _ => ("unknown-field", "check the spelling; only FHIR R4 is read"),
            };
            self.report(Diagnostic::warning(code, key_span(property), message), &format!("{path}.{name}"), hint);
        }
    }
}
