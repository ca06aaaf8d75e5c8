//! JSON parsing without positions: the same tree as [`super::parse`], by `serde_json`, about twice as fast.
//!
//! Readers use it for the usual case of a file without errors. If a reader reports an error, or this parser fails, the
//! text is parsed again with positions. It may refuse valid JSON, but never accepts what [`super::parse`] refuses.

use super::has_too_many_values;
use jsonc_parser::ast::{Array, BooleanLit, NullKeyword, NumberLit, Object, ObjectProp, ObjectPropName};
use jsonc_parser::ast::{StringLit, Value};
use jsonc_parser::common::Range;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::cell::OnceCell;
use std::fmt;

/// The range of every node in a tree without positions.
const NO_RANGE: Range = Range { start: 0, end: 0 };

/// The key under which `serde_json` passes a number that fits no integer type.
const NUMBER_KEY: &str = "$serde_json::private::Number";

/// Owns the digits of a document's numbers, which the tree borrows. It has room for 16; with more, the parser fails.
#[derive(Debug, Default)]
pub(crate) struct NumberTexts([OnceCell<String>; 16]);

impl NumberTexts {
    fn add(&self, digits: String) -> Option<&str> {
        let free = self.0.iter().find(|cell| cell.get().is_none())?;
        Some(free.get_or_init(|| digits))
    }
}

/// Parses strict JSON. `None` means that the text has to be parsed with positions.
pub(crate) fn parse_spanless<'f>(text: &'f str, numbers: &'f NumberTexts) -> Option<Value<'f>> {
    if has_too_many_values(text) {
        return None;
    }
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = TreeVisitor { numbers }.deserialize(&mut deserializer).ok()?;
    deserializer.end().ok()?;
    Some(value)
}

/// Converts a JSON value to that tree.
pub(crate) fn spanless_tree(value: &serde_json::Value) -> Value<'_> {
    match value {
        serde_json::Value::Null => Value::NullKeyword(NullKeyword { range: NO_RANGE }),
        serde_json::Value::Bool(value) => Value::BooleanLit(BooleanLit { range: NO_RANGE, value: *value }),
        serde_json::Value::Number(number) => Value::NumberLit(NumberLit { range: NO_RANGE, value: number.as_str() }),
        serde_json::Value::String(text) => Value::StringLit(string(Cow::Borrowed(text))),
        serde_json::Value::Array(list) => {
            Value::Array(Array { range: NO_RANGE, elements: list.iter().map(spanless_tree).collect() })
        }
        serde_json::Value::Object(object) => {
            let properties = object.iter().map(|(key, value)| property(Cow::Borrowed(key), spanless_tree(value)));
            Value::Object(Object { range: NO_RANGE, properties: properties.collect() })
        }
    }
}

/// Builds one node of the tree.
#[derive(Clone, Copy)]
struct TreeVisitor<'f> {
    numbers: &'f NumberTexts,
}

impl<'f> TreeVisitor<'f> {
    fn number<E: Error>(self, digits: String) -> Result<Value<'f>, E> {
        let value = self.numbers.add(digits).ok_or_else(|| E::custom("too many numbers"))?;
        Ok(Value::NumberLit(NumberLit { range: NO_RANGE, value }))
    }
}

impl<'f> DeserializeSeed<'f> for TreeVisitor<'f> {
    type Value = Value<'f>;

    fn deserialize<D: Deserializer<'f>>(self, deserializer: D) -> Result<Value<'f>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'f> Visitor<'f> for TreeVisitor<'f> {
    type Value = Value<'f>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value<'f>, E> {
        Ok(Value::NullKeyword(NullKeyword { range: NO_RANGE }))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value<'f>, E> {
        Ok(Value::BooleanLit(BooleanLit { range: NO_RANGE, value }))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Value<'f>, E> {
        self.number(number.to_string())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Value<'f>, E> {
        self.number(number.to_string())
    }

    fn visit_borrowed_str<E>(self, text: &'f str) -> Result<Value<'f>, E> {
        Ok(Value::StringLit(string(Cow::Borrowed(text))))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value<'f>, E> {
        Ok(Value::StringLit(string(Cow::Owned(text.to_owned()))))
    }

    fn visit_seq<A: SeqAccess<'f>>(self, mut list: A) -> Result<Value<'f>, A::Error> {
        let mut elements = Vec::new();
        while let Some(element) = list.next_element_seed(self)? {
            elements.push(element);
        }
        Ok(Value::Array(Array { range: NO_RANGE, elements }))
    }

    fn visit_map<A: MapAccess<'f>>(self, mut map: A) -> Result<Value<'f>, A::Error> {
        let mut properties = Vec::new();
        while let Some(key) = map.next_key_seed(KeyVisitor)? {
            if key == NUMBER_KEY {
                return self.number(map.next_value_seed(DigitsVisitor)?);
            }
            properties.push(property(key, map.next_value_seed(self)?));
        }
        Ok(Value::Object(Object { range: NO_RANGE, properties }))
    }
}

fn string(value: Cow<'_, str>) -> StringLit<'_> {
    StringLit { range: NO_RANGE, value }
}

fn property<'f>(key: Cow<'f, str>, value: Value<'f>) -> ObjectProp<'f> {
    ObjectProp { range: NO_RANGE, name: ObjectPropName::String(string(key)), value }
}

/// Reads a key, borrowed unless it has escapes.
struct KeyVisitor;

impl<'f> DeserializeSeed<'f> for KeyVisitor {
    type Value = Cow<'f, str>;

    fn deserialize<D: Deserializer<'f>>(self, deserializer: D) -> Result<Cow<'f, str>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'f> Visitor<'f> for KeyVisitor {
    type Value = Cow<'f, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E>(self, key: &'f str) -> Result<Cow<'f, str>, E> {
        Ok(Cow::Borrowed(key))
    }

    fn visit_str<E>(self, key: &str) -> Result<Cow<'f, str>, E> {
        Ok(Cow::Owned(key.to_owned()))
    }
}

/// Reads a number's digits, which `serde_json` passes as an owned string. Strings of the document come in the two other
/// ways and are refused: an object with this key is not a number.
struct DigitsVisitor;

impl<'f> DeserializeSeed<'f> for DigitsVisitor {
    type Value = String;

    fn deserialize<D: Deserializer<'f>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_any(self)
    }
}

#[allow(clippy::serde_api_misuse, reason = "`visit_str` would accept a text of the document as a number")]
impl Visitor<'_> for DigitsVisitor {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the digits of a number")
    }

    fn visit_string<E: Error>(self, digits: String) -> Result<String, E> {
        // `serde_json` changes the way an exponent is written.
        if digits.contains('e') { Err(E::custom("an exponent")) } else { Ok(digits) }
    }
}

#[cfg(test)]
mod tests {
    use super::{NumberTexts, parse_spanless, spanless_tree};
    use crate::diagnostics::{File, Reporter, parse};
    use jsonc_parser::ast::Value;

    #[test]
    fn the_tree_is_that_of_the_parser_with_positions_or_none() {
        for text in [
            r#"{"a":1,"b":-0,"c":72.50,"d":18446744073709551616,"e":[true,false,null,"x","\u00e9\n"],"f":{"\u0061":{}}}"#,
            r#" [ "é", -7, -0.50, {} ] "#,
            "\"text\"",
            r#"{"a":1,"a":2}"#,
            r#"{"b":[1,72.50,null,true,{"é":"\n"}]}"#,
        ] {
            let (file, numbers) = (File { name: String::new(), text: text.to_owned() }, NumberTexts::default());
            let with_places = parse(&Reporter::new(&file)).map(|value| without_places(&value));
            let spanless = parse_spanless(text, &numbers).map(|value| without_places(&value));
            assert!(spanless.is_some(), "{text}");
            let value: serde_json::Value = serde_json::from_str(text).expect("JSON");
            let written = value.to_string();
            if written == text {
                assert_eq!(spanless, Some(without_places(&spanless_tree(&value))), "{text}");
            }
            assert_eq!(spanless, with_places, "{text}");
        }
        let many = format!("[{}]", ["1"; 17].join(","));
        for text in [r#"{"$serde_json::private::Number":"1"}"#, "1e5", "01", "[1,]", "{} {}", "\"\u{1}\"", &many] {
            assert!(parse_spanless(text, &NumberTexts::default()).is_none(), "{text}");
        }
    }

    fn without_places(value: &Value<'_>) -> String {
        match value {
            Value::StringLit(text) => format!("{:?}", text.value),
            Value::NumberLit(number) => number.value.to_owned(),
            Value::BooleanLit(literal) => literal.value.to_string(),
            Value::NullKeyword(_) => "null".to_owned(),
            Value::Array(list) => format!("{:?}", list.elements.iter().map(without_places).collect::<Vec<_>>()),
            Value::Object(object) => {
                let property = |property: &jsonc_parser::ast::ObjectProp<'_>| {
                    format!("{:?}:{}", property.name.as_str(), without_places(&property.value))
                };
                format!("{{{:?}}}", object.properties.iter().map(property).collect::<Vec<_>>())
            }
        }
    }
}
