//! Decodes a syntax tree into typed values and reports every error in one pass.

use super::{Diagnostic, Reporter, Span, Spanned, kind_of, shortened, span_of};
use jsonc_parser::ast::{Object, Value};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A number with its digits as written: `72.50` stays `72.50`.
#[derive(Debug, Clone)]
pub(crate) struct Decimal(pub(crate) rust_decimal::Decimal);

impl JsonSchema for Decimal {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "number".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({ "type": "number" })
    }
}

/// A type that can be decoded from one JSON value. `None` means that the error has been reported.
pub(crate) trait Decode: Sized {
    fn decode(value: &Value<'_>, sink: &Reporter<'_>) -> Option<Self>;

    /// Returns the value of an absent field; `None` if the field is required.
    fn absent() -> Option<Self> {
        None
    }
}

fn wrong_kind(value: &Value<'_>, sink: &Reporter<'_>, expected: &str) {
    let actual = match value {
        // The value says more than "a number" if another kind of number is expected.
        Value::NumberLit(number) if expected.contains("number") => format!("`{}`", shortened(number.value)),
        _ => kind_of(value).to_owned(),
    };
    let message = format!("expected {expected}, found {actual}");
    let how = match expected {
        "a text" => " in quotes",
        "a list" => " in square brackets",
        _ => "",
    };
    sink.report(Diagnostic::new("wrong-type", span_of(value), message).hint(format!("put {expected}{how} here")));
}

impl<T: Decode> Decode for Spanned<T> {
    fn decode(value: &Value<'_>, sink: &Reporter<'_>) -> Option<Self> {
        T::decode(value, sink).map(|inner| Self { value: inner, span: span_of(value) })
    }

    fn absent() -> Option<Self> {
        T::absent().map(|value| Self { value, span: 0..0 })
    }
}

impl<T: Decode> Decode for Option<T> {
    fn decode(value: &Value<'_>, sink: &Reporter<'_>) -> Option<Self> {
        match value {
            Value::NullKeyword(_) => Some(None),
            _ => T::decode(value, sink).map(Some),
        }
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

/// A list; an absent list is empty.
impl<T: Decode> Decode for Vec<T> {
    fn decode(value: &Value<'_>, sink: &Reporter<'_>) -> Option<Self> {
        let Value::Array(array) = value else {
            wrong_kind(value, sink, "a list");
            return None;
        };
        // A bad element has been reported. The others are kept, so that their errors are reported as well.
        Some(array.elements.iter().filter_map(|element| T::decode(element, sink)).collect())
    }

    fn absent() -> Option<Self> {
        Some(Self::new())
    }
}

/// An object whose keys are data, in sorted order.
impl<T: Decode> Decode for BTreeMap<String, T> {
    fn decode(value: &Value<'_>, sink: &Reporter<'_>) -> Option<Self> {
        let object = object(value, sink)?;
        Some(
            object
                .properties
                .iter()
                .filter(|property| property.name.as_str() != "$schema")
                .filter_map(|property| Some((property.name.as_str().to_owned(), T::decode(&property.value, sink)?)))
                .collect(),
        )
    }

    fn absent() -> Option<Self> {
        Some(Self::new())
    }
}

impl Decode for String {
    fn decode(value: &Value<'_>, sink: &Reporter<'_>) -> Option<Self> {
        if let Value::StringLit(text) = value {
            return Some(text.value.clone().into_owned());
        }
        wrong_kind(value, sink, "a text");
        None
    }
}

impl Decode for bool {
    fn decode(value: &Value<'_>, sink: &Reporter<'_>) -> Option<Self> {
        if let Value::BooleanLit(literal) = value {
            return Some(literal.value);
        }
        wrong_kind(value, sink, "true or false");
        None
    }
}

impl Decode for u32 {
    fn decode(value: &Value<'_>, sink: &Reporter<'_>) -> Option<Self> {
        let whole = if let Value::NumberLit(number) = value { number.value.parse().ok() } else { None };
        if whole.is_none() {
            let is_large =
                matches!(value, Value::NumberLit(number) if number.value.bytes().all(|c| c.is_ascii_digit()));
            let maximum = format!("a whole number of at most {}", Self::MAX);
            wrong_kind(value, sink, if is_large { &maximum } else { "a whole number from 0 up" });
        }
        whole
    }
}

impl Decode for Decimal {
    fn decode(value: &Value<'_>, sink: &Reporter<'_>) -> Option<Self> {
        let decimal = if let Value::NumberLit(number) = value {
            rust_decimal::Decimal::from_str_exact(number.value).ok()
        } else {
            None
        };
        if decimal.is_none() {
            wrong_kind(value, sink, "a number of at most 28 digits without an exponent");
        }
        decimal.map(Self)
    }
}

/// Returns the value as an object; reports another kind of value, and duplicate keys.
fn object<'v, 'f>(value: &'v Value<'f>, sink: &Reporter<'_>) -> Option<&'v Object<'f>> {
    use jsonc_parser::common::Ranged;
    let Value::Object(object) = value else {
        wrong_kind(value, sink, "an object");
        return None;
    };
    let mut seen = std::collections::HashSet::new();
    for property in &object.properties {
        if !seen.insert(property.name.as_str()) {
            sink.report(duplicate_key(property.name.start()..property.name.end(), property.name.as_str()));
        }
    }
    Some(object)
}

/// Creates the error of a key that occurs earlier in the same object.
pub(super) fn duplicate_key(place: Span, name: &str) -> Diagnostic {
    let message = format!("the key `{}` occurs twice in the same object", shortened(name));
    Diagnostic::new("duplicate-key", place, message).hint("remove one of the two")
}

/// Reads the fields of one object by name. Fields that are never read are unknown fields.
pub(crate) struct Fields<'v, 'f, 's> {
    object: &'v Object<'f>,
    sink: &'s Reporter<'s>,
    names: Vec<&'static str>,
    pub(crate) span: Span,
}

impl<'v, 'f, 's> Fields<'v, 'f, 's> {
    pub(crate) fn open(value: &'v Value<'f>, sink: &'s Reporter<'s>) -> Option<Self> {
        let object = object(value, sink)?;
        Some(Self { object, sink, names: Vec::new(), span: span_of(value) })
    }

    /// Returns the keys of the object, known or not.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        self.object.properties.iter().map(|property| property.name.as_str())
    }

    pub(crate) fn required<T: Decode>(&mut self, name: &'static str) -> Option<T> {
        let name = name.trim_start_matches("r#");
        self.names.push(name);
        match self.object.properties.iter().find(|property| property.name.as_str() == name) {
            Some(property) => T::decode(&property.value, self.sink),
            None => T::absent().or_else(|| {
                let here = self.span.start..self.span.start + 1;
                self.sink.report(
                    Diagnostic::new("missing-field", here, format!("the field `{name}` is missing"))
                        .hint(format!("add `\"{name}\": …` to this object")),
                );
                None
            }),
        }
    }

    /// Reads an optional field. An invalid value is reported and then treated as absent.
    pub(crate) fn optional<T: Decode>(&mut self, name: &'static str) -> Option<T> {
        self.required::<Option<T>>(name).flatten()
    }

    /// Reports the fields that were not read as unknown; `$schema` is for editors and always allowed.
    pub(crate) fn finish(self) {
        self.close_naming("field");
    }

    /// As [`Self::finish`], with another word for "field" in the message.
    pub(crate) fn close_naming(self, what: &str) {
        use jsonc_parser::common::Ranged;
        for property in &self.object.properties {
            let name = property.name.as_str();
            if !self.names.contains(&name) && name != "$schema" {
                let span = property.name.start()..property.name.end();
                self.sink.report(
                    Diagnostic::new("unknown-field", span, format!("there is no {what} `{}` here", shortened(name)))
                        .suggest(name, self.names.iter().copied()),
                );
            }
        }
    }
}

/// Declares a JSON object once: the struct, its decoder, and its schema (by `schemars`).
macro_rules! record {
    ($(#[$meta:meta])* $vis:vis struct $name:ident { $($(#[$field_meta:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$meta])*
        #[derive(Debug, schemars::JsonSchema)]
        #[schemars(deny_unknown_fields)]
        $vis struct $name {
            $($(#[$field_meta])* $vis $field: $type,)*
            #[schemars(skip)]
            #[allow(dead_code, reason = "not every object's span is used")]
            $vis span: $crate::diagnostics::Span,
        }

        impl $crate::diagnostics::Decode for $name {
            fn decode(
                value: &jsonc_parser::ast::Value<'_>,
                sink: &$crate::diagnostics::Reporter<'_>,
            ) -> Option<Self> {
                let mut fields = $crate::diagnostics::Fields::open(value, sink)?;
                let span = fields.span.clone();
                $(let $field = fields.required::<$type>(stringify!($field));)*
                fields.finish();
                Some(Self { $($field: $field?,)* span })
            }
        }
    };
}
pub(crate) use record;
