//! Helpers for objects that are read key by key, because their keys are data or their errors need a path.

use super::{Diagnostic, JsonPath, Reporter, Span, shortened};
use jsonc_parser::ast::{Object, ObjectProp, Value};
use jsonc_parser::common::Ranged;
use std::collections::HashSet;

/// Returns the value of the first property with this name.
pub(crate) fn find_value<'v, 'f>(object: &'v Object<'f>, name: &str) -> Option<&'v Value<'f>> {
    object.properties.iter().find(|property| property.name.as_str() == name).map(|property| &property.value)
}

/// Returns the span of a property's key, without its value.
pub(crate) fn key_span(property: &ObjectProp<'_>) -> Span {
    property.name.start()..property.name.end()
}

/// Returns the properties whose key occurs earlier in the same object.
pub(crate) fn duplicate_keys<'v, 'f>(object: &'v Object<'f>) -> impl Iterator<Item = &'v ObjectProp<'f>> {
    let mut seen = HashSet::new();
    let is_unique = has_unique_keys(object);
    object.properties.iter().filter(move |property| !is_unique && !seen.insert(property.name.as_str()))
}

/// Compares keys in pairs, without an allocation. Returns `false` also for objects with more than 32 keys.
fn has_unique_keys(object: &Object<'_>) -> bool {
    const MAX_KEYS: usize = 32;
    let mut keys = [""; MAX_KEYS];
    let Some(keys) = keys.get_mut(..object.properties.len()) else { return false };
    for (index, property) in object.properties.iter().enumerate() {
        let key = property.name.as_str();
        if keys[..index].contains(&key) {
            return false;
        }
        keys[index] = key;
    }
    true
}

/// Reports every key that occurs earlier in the same object.
pub(crate) fn check_duplicate_keys(object: &Object<'_>, path: JsonPath<'_>, sink: &Reporter<'_>) {
    for property in duplicate_keys(object) {
        let problem = Diagnostic::new("duplicate-key", key_span(property), "this key occurs twice in the same object");
        sink.report(problem.path(path.key(property.name.as_str()).to_string()).hint("remove one of the two"));
    }
}

/// Reports duplicate keys and every field that is not one of `known`.
pub(crate) fn check_known_fields(object: &Object<'_>, known: &[&str], path: JsonPath<'_>, sink: &Reporter<'_>) {
    check_duplicate_keys(object, path, sink);
    for property in object.properties.iter().filter(|property| !known.contains(&property.name.as_str())) {
        let name = property.name.as_str();
        let message = format!("there is no field `{}` here", shortened(name));
        let problem = Diagnostic::new("unknown-field", key_span(property), message);
        sink.report(problem.path(path.key(name).to_string()).suggest(name, known.iter().copied()));
    }
}
