//! JSON Schema for each file of a pack, from the same declarations that read them.

use super::raw::{CaseFile, PackFile, QuestionsFile, RulesFile, StatementsFile};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::Value;
use std::collections::BTreeMap;

/// The schemas, by the file that they describe.
#[must_use]
pub fn schemas() -> Vec<(&'static str, Value)> {
    vec![
        ("pack", of::<PackFile>("A pack's own data: pack.json")),
        ("questions", of::<QuestionsFile>("The questionnaire: questions.json")),
        ("statements", of::<StatementsFile>("What may be printed: statements.json")),
        ("rules", of::<RulesFile>("What follows from the answers: rules.json")),
        ("language", of::<BTreeMap<String, String>>("Every wording in a further language: <language>.json")),
        ("case", of::<CaseFile>("A test of a pack: cases/*.json")),
    ]
}

fn of<T: JsonSchema>(title: &str) -> Value {
    let mut schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>();
    schema.insert("title".to_owned(), title.into());
    allow_schema_key(&mut schema);
    let mut value = schema.to_value();
    let_lists_be_left_out(&mut value);
    value
}

/// Lists, and objects whose keys are data, may be left out of any object, as [`Decode`](crate::located) has it.
fn let_lists_be_left_out(schema: &mut Value) {
    let collection =
        |field: &Value| field["type"] == "array" || field.get("additionalProperties").is_some_and(Value::is_object);
    let optional: Vec<String> = schema
        .get("properties")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .filter(|(_, field)| collection(field))
        .map(|(name, _)| name.clone())
        .collect();
    if let Some(required) = schema.get_mut("required").and_then(Value::as_array_mut) {
        required.retain(|name| !optional.iter().any(|optional| name == optional));
    }
    for parts in ["$defs", "properties"] {
        schema
            .get_mut(parts)
            .and_then(Value::as_object_mut)
            .into_iter()
            .flatten()
            .for_each(|(_, part)| let_lists_be_left_out(part));
    }
}

/// A file may name its schema, for editors.
fn allow_schema_key(schema: &mut Schema) {
    if let Some(properties) = schema.get_mut("properties").and_then(|properties| properties.as_object_mut()) {
        properties.insert(
            "$schema".to_owned(),
            serde_json::json!({ "type": "string", "description": "The schema of this file, for editors." }),
        );
    }
}
