//! Validates a value with the JSON Schema keywords that the program's schemas use. An unknown keyword panics, so that
//! none is ignored. `.ci/run` also checks the schemas with a public validator.

use regex_lite::Regex;
use serde_json::{Map, Value};

/// Keywords without an effect on validation.
const ANNOTATIONS: [&str; 6] = ["$schema", "$defs", "title", "description", "default", "format"];

/// Returns all violations, each with a JSON pointer. The list is empty if the value is valid.
pub(crate) fn schema_errors(schema: &Value, value: &Value) -> Vec<String> {
    let mut errors = Vec::new();
    Validator { root: schema }.validate(schema, value, "", &mut errors);
    errors
}

struct Validator<'s> {
    root: &'s Value,
}

impl Validator<'_> {
    fn validate(&self, schema: &Value, value: &Value, place: &str, errors: &mut Vec<String>) {
        if let Value::Bool(is_allowed) = schema {
            if !is_allowed {
                errors.push(format!("{place}: not allowed"));
            }
            return;
        }
        let schema = schema.as_object().expect("a schema is an object or a boolean");
        self.validate_fields(schema, value, place, errors);
        for (keyword, rule) in schema {
            match keyword.as_str() {
                // `validate_fields` handles these together.
                "properties" | "patternProperties" | "additionalProperties" => {}
                "items" => {
                    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                        self.validate(rule, item, &format!("{place}/{index}"), errors);
                    }
                }
                "$ref" => {
                    let pointer = rule.as_str().and_then(|uri| uri.strip_prefix('#')).expect("a local reference");
                    let target = self.root.pointer(pointer).unwrap_or_else(|| panic!("{rule} does not resolve"));
                    self.validate(target, value, place, errors);
                }
                "anyOf" if self.matching(rule, value) == 0 => errors.push(format!("{place}: matches none of anyOf")),
                "oneOf" if self.matching(rule, value) != 1 => {
                    errors.push(format!("{place}: does not match one of oneOf"))
                }
                "anyOf" | "oneOf" => {}
                _ if ANNOTATIONS.contains(&keyword.as_str()) => {}
                _ if !holds(keyword, rule, value) => errors.push(format!("{place}: {value} violates {keyword} {rule}")),
                _ => {}
            }
        }
    }

    fn validate_fields(&self, schema: &Map<String, Value>, value: &Value, place: &str, errors: &mut Vec<String>) {
        let rules = |keyword: &str| schema.get(keyword).and_then(Value::as_object).into_iter().flatten();
        for (name, field) in value.as_object().into_iter().flatten() {
            let place = format!("{place}/{name}");
            let named = rules("properties").filter(|(property, _)| *property == name);
            let matching = rules("patternProperties").filter(|(pattern, _)| regex(pattern).is_match(name));
            let mut is_known = false;
            for (_, rule) in named.chain(matching) {
                is_known = true;
                self.validate(rule, field, &place, errors);
            }
            if let Some(rule) = schema.get("additionalProperties").filter(|_| !is_known) {
                self.validate(rule, field, &place, errors);
            }
        }
    }

    /// Counts the schemas that accept the value.
    fn matching(&self, schemas: &Value, value: &Value) -> usize {
        let accepts = |schema: &&Value| {
            let mut errors = Vec::new();
            self.validate(schema, value, "", &mut errors);
            errors.is_empty()
        };
        schemas.as_array().expect("a list of schemas").iter().filter(accepts).count()
    }
}

/// Checks a keyword that needs no other schema. A keyword for another type of value always holds.
fn holds(keyword: &str, rule: &Value, value: &Value) -> bool {
    let at_least = |count: Option<usize>| count.is_none_or(|count| count as u64 >= rule.as_u64().expect("a count"));
    match keyword {
        "type" => match rule {
            Value::Array(names) => names.iter().any(|name| is_of_type(value, name)),
            name => is_of_type(value, name),
        },
        "const" => value == rule,
        "enum" => rule.as_array().expect("a list of values").contains(value),
        "required" => {
            let names = rule.as_array().expect("a list of names").iter();
            value.as_object().is_none_or(|fields| names.flat_map(Value::as_str).all(|name| fields.contains_key(name)))
        }
        "minLength" => at_least(value.as_str().map(|text| text.chars().count())),
        "minItems" => at_least(value.as_array().map(Vec::len)),
        "minimum" => value.as_f64().is_none_or(|number| number >= rule.as_f64().expect("a number")),
        "pattern" => value.as_str().is_none_or(|text| regex(rule.as_str().expect("a pattern")).is_match(text)),
        "uniqueItems" => value
            .as_array()
            .is_none_or(|items| items.iter().enumerate().all(|(index, item)| !items[..index].contains(item))),
        _ => panic!("the validator does not know the keyword {keyword}"),
    }
}

fn is_of_type(value: &Value, name: &Value) -> bool {
    match name.as_str().expect("the name of a type") {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "array" => value.is_array(),
        "object" => value.is_object(),
        name => panic!("JSON has no type {name}"),
    }
}

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).unwrap_or_else(|error| panic!("{pattern}: {error}"))
}

#[cfg(test)]
mod tests {
    use super::schema_errors;
    use serde_json::{Value, json};

    #[test]
    fn each_keyword_accepts_and_rejects() {
        let cases: [(Value, Value, Value); 16] = [
            (json!({ "type": "string" }), json!("a"), json!(1)),
            (json!({ "type": ["integer", "null"] }), json!(null), json!(1.5)),
            (json!({ "const": 1 }), json!(1), json!("1")),
            (json!({ "enum": ["a", null] }), json!(null), json!("b")),
            (json!({ "required": ["a"] }), json!({ "a": 1 }), json!({ "b": 1 })),
            (json!({ "minLength": 2 }), json!("ñé"), json!("é")),
            (json!({ "minItems": 1 }), json!([1]), json!([])),
            (json!({ "uniqueItems": true }), json!([1, 2]), json!([1, 1])),
            (json!({ "minimum": 0 }), json!(0), json!(-1)),
            (json!({ "pattern": "^[0-9]{2}$" }), json!("12"), json!("123")),
            (json!({ "items": { "type": "null" } }), json!([null]), json!([null, 1])),
            (json!({ "properties": { "a": { "const": 1 } } }), json!({ "a": 1, "b": 2 }), json!({ "a": 2 })),
            (
                json!({ "properties": { "a": true }, "patternProperties": { "^b": {} }, "additionalProperties": false }),
                json!({ "a": 1, "bc": 2 }),
                json!({ "c": 1 }),
            ),
            (json!({ "anyOf": [{ "const": 1 }, { "type": "integer" }] }), json!(1), json!("1")),
            (json!({ "oneOf": [{ "const": 1 }, { "type": "integer" }] }), json!(2), json!(1)),
            (json!({ "$ref": "#/$defs/one", "$defs": { "one": { "const": 1 } } }), json!(1), json!(2)),
        ];
        for (schema, good, bad) in cases {
            assert_eq!(schema_errors(&schema, &good), [""; 0], "{schema}");
            assert_eq!(schema_errors(&schema, &bad).len(), 1, "{schema} accepts {bad}");
        }
    }

    #[test]
    #[should_panic(expected = "does not know the keyword maxLength")]
    fn an_unknown_keyword_is_not_ignored() {
        schema_errors(&json!({ "maxLength": 1 }), &json!("ab"));
    }
}
