//! TOML parsing: builds the same tree as for JSON, so that one decoder reports the errors of both.

use super::decode::duplicate_key;
use super::{Decode, Diagnostic, Reporter};
use jsonc_parser::ast::{Array, BooleanLit, NumberLit, Object, ObjectProp, ObjectPropName, StringLit, Value};
use jsonc_parser::common::Range;
use std::borrow::Cow;
use std::ops::Range as Place;
use toml::de::{DeTable, DeValue};

/// Reads TOML. `None` means that the errors have been reported.
pub(crate) fn read<T: Decode>(sink: &Reporter<'_>) -> Option<T> {
    let (table, errors) = DeTable::parse_recoverable(sink.text());
    for error in &errors {
        let place = error.span().unwrap_or(0..0);
        if error.message().trim() == "duplicate key" {
            let name = sink.text().get(place.clone()).unwrap_or_default().to_owned();
            sink.report(duplicate_key(place, &name));
            continue;
        }
        let message = format!("this is not TOML: {}", error.message().trim());
        sink.report(Diagnostic::new("syntax", place, message).hint(
            "check this place and just before it: a setting is a name, `=` and a value, and a text needs quotes",
        ));
    }
    errors.is_empty().then(|| T::decode(&object(table.get_ref(), table.span()), sink))?
}

fn range(place: Place<usize>) -> Range {
    Range { start: place.start, end: place.end }
}

fn object<'t>(table: &'t DeTable<'_>, place: Place<usize>) -> Value<'t> {
    let property = |(name, value): (&'t toml::Spanned<Cow<'_, str>>, &'t toml::Spanned<DeValue<'_>>)| ObjectProp {
        range: range(name.span().start..value.span().end),
        name: ObjectPropName::String(StringLit { range: range(name.span()), value: Cow::Borrowed(name.get_ref()) }),
        value: tree(value),
    };
    Value::Object(Object { range: range(place), properties: table.iter().map(property).collect() })
}

fn tree<'t>(value: &'t toml::Spanned<DeValue<'_>>) -> Value<'t> {
    let place = range(value.span());
    match value.get_ref() {
        DeValue::String(text) => Value::StringLit(StringLit { range: place, value: Cow::Borrowed(text) }),
        DeValue::Integer(number) => Value::NumberLit(NumberLit { range: place, value: number.as_str() }),
        DeValue::Float(number) => Value::NumberLit(NumberLit { range: place, value: number.as_str() }),
        DeValue::Boolean(value) => Value::BooleanLit(BooleanLit { range: place, value: *value }),
        // No setting is a date. As a number with this text, it is reported with its kind.
        DeValue::Datetime(_) => Value::NumberLit(NumberLit { range: place, value: "a date" }),
        DeValue::Array(array) => Value::Array(Array { range: place, elements: array.iter().map(tree).collect() }),
        DeValue::Table(table) => object(table, value.span()),
    }
}
