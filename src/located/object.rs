//! Properties of a JSON object, for readers that walk the syntax tree themselves.

use super::Span;
use jsonc_parser::ast::{Object, ObjectProp, Value};
use jsonc_parser::common::Ranged;

/// Returns the value of a key. Of a duplicate key the first one counts.
pub(crate) fn find_value<'v, 'f>(object: &'v Object<'f>, name: &str) -> Option<&'v Value<'f>> {
    object.properties.iter().find(|property| property.name.as_str() == name).map(|property| &property.value)
}

/// Returns the span of a key.
pub(crate) fn key_span(property: &ObjectProp<'_>) -> Span {
    property.name.start()..property.name.end()
}

/// Returns the properties whose key occurs earlier in the same object.
pub(crate) fn duplicate_keys<'v, 'f>(object: &'v Object<'f>) -> impl Iterator<Item = &'v ObjectProp<'f>> {
    let mut seen = std::collections::HashSet::new();
    object.properties.iter().filter(move |property| !seen.insert(property.name.as_str()))
}
