//! The words of answers that could not be read, as they came.

use crate::diagnostics::find_value;
use crate::interview::MAX_UNREADABLE_CHARACTERS;
use jsonc_parser::ast::{Object, Value};

/// Returns the words of the `answer` list of an item; `None` if no value in it is text or a number.
///
/// `is_known` tells the codes of the question, whose display text says enough.
pub(super) fn of_item(item: &Object<'_>, is_known: &impl Fn(&str) -> bool) -> Option<String> {
    match find_value(item, "answer")? {
        Value::Array(answers) => joined(answers.elements.iter().filter_map(|answer| of_answer(answer, is_known))),
        other => of_answer(other, is_known),
    }
}

/// Returns the words of an answer with its values.
fn of_answer(answer: &Value<'_>, is_known: &impl Fn(&str) -> bool) -> Option<String> {
    let Value::Object(answer) = answer else { return of_value(answer, is_known) };
    let values = answer.properties.iter().filter(|property| property.name.as_str().starts_with("value"));
    joined(values.filter_map(|property| of_value(&property.value, is_known)))
}

/// Returns the words of a value: a text or number as it is, a quantity with its unit, a coding by its display and code.
pub(super) fn of_value(value: &Value<'_>, is_known: &impl Fn(&str) -> bool) -> Option<String> {
    let Value::Object(object) = value else { return of_scalar(value) };
    let field = |name: &str| find_value(object, name).and_then(of_scalar);
    let (text, code) = (field("display").or_else(|| field("unit")).or_else(|| field("text")), field("code"));
    if let Some(amount) = field("value") {
        let words = [field("comparator"), Some(amount), text.or(code)];
        return Some(limited(&words.into_iter().flatten().collect::<Vec<_>>().join(" ")));
    }
    match (text, code) {
        (Some(text), Some(code)) if !is_known(&code) => Some(limited(&format!("{text} ({code})"))),
        (text, code) => text.or(code),
    }
}

fn of_scalar(value: &Value<'_>) -> Option<String> {
    match value {
        Value::StringLit(text) => Some(limited(&text.value)).filter(|text| !text.trim().is_empty()),
        Value::NumberLit(number) => Some(limited(number.value)),
        Value::BooleanLit(boolean) => Some(boolean.value.to_string()),
        _ => None,
    }
}

/// Joins the words of several values; `None` if there are none.
pub(super) fn joined(words: impl IntoIterator<Item = String>) -> Option<String> {
    let words: Vec<String> = words.into_iter().collect();
    (!words.is_empty()).then(|| limited(&words.join("; ")))
}

/// Returns the words of an answer after the name of its question.
pub(super) fn titled(title: &str, words: Option<&str>) -> String {
    limited(&words.map_or_else(|| title.to_owned(), |words| format!("{title}: {words}")))
}

/// Cuts words to the length that an answers file can hold.
fn limited(words: &str) -> String {
    match words.char_indices().nth(MAX_UNREADABLE_CHARACTERS) {
        None => words.to_owned(),
        Some(_) => words.chars().take(MAX_UNREADABLE_CHARACTERS - 1).chain(['…']).collect(),
    }
}
