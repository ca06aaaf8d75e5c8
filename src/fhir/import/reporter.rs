//! Reports of what a response says and an answers file cannot hold.

use crate::diagnostics::{Diagnostic, Reporter, duplicate_keys, key_span, kind_of, span_of};
use jsonc_parser::ast::{Object, Value};

/// Where things are reported.
#[derive(Clone, Copy)]
pub(super) struct ImportReporter<'r> {
    pub(super) sink: &'r Reporter<'r>,
}

impl ImportReporter<'_> {
    pub(super) fn report(self, problem: Diagnostic, path: &str, hint: &str) {
        self.sink.report(problem.path(path).hint(hint));
    }

    pub(super) fn wrong(self, value: &Value<'_>, path: &str, wanted: &str) {
        let problem = Diagnostic::warning(
            "wrong-type",
            span_of(value),
            format!("{wanted} should be here, not {}", kind_of(value)),
        );
        self.report(problem, path, "the program that wrote this file has to be mended; look at the questionnaire");
    }

    /// The elements of a list that FHIR lets stand here, each with its path. An empty list is no FHIR.
    pub(super) fn list<'v, 'f>(self, value: &'v Value<'f>, path: &str) -> Vec<(&'v Value<'f>, String)> {
        let Value::Array(list) = value else {
            self.wrong(value, path, "a list");
            return Vec::new();
        };
        if list.elements.is_empty() {
            let problem =
                Diagnostic::warning("empty-list", span_of(value), "FHIR has no empty lists, and this one says nothing");
            self.report(problem, path, "leave the field out where there is nothing");
        }
        list.elements.iter().enumerate().map(|(at, element)| (element, format!("{path}[{at}]"))).collect()
    }

    pub(super) fn object<'v, 'f>(self, value: &'v Value<'f>, path: &str) -> Option<&'v Object<'f>> {
        let Value::Object(object) = value else {
            self.wrong(value, path, "an object");
            return None;
        };
        self.check_duplicate_keys(object, path);
        Some(object)
    }

    pub(super) fn check_duplicate_keys(self, object: &Object<'_>, path: &str) {
        for property in duplicate_keys(object) {
            let problem = Diagnostic::warning("duplicate-key", key_span(property), "this key is in the object twice");
            let path = format!("{path}.{}", property.name.as_str());
            self.report(problem, &path, "the first one is read; keep one of the two");
        }
    }

    pub(super) fn text<'v>(self, value: &'v Value<'_>, path: &str) -> Option<&'v str> {
        if let Value::StringLit(text) = value {
            return Some(&text.value);
        }
        self.wrong(value, path, "a text");
        None
    }

    /// Reports the fields that are neither read nor passed over knowingly.
    pub(super) fn only(self, object: &Object<'_>, known: impl Fn(&str) -> bool, path: &str) {
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
            self.report(Diagnostic::warning(code, key_span(property), message), &format!("{path}.{name}"), hint);
        }
    }
}
