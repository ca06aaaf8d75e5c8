//! JSON Schema for each file of a pack, from the same declarations that read them.

use super::raw::{CaseFile, PackFile, QuestionsFile, RulesFile, StatementsFile};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use std::collections::BTreeMap;

/// The schemas, by the file that they describe.
#[must_use]
pub fn schemas() -> Vec<(&'static str, serde_json::Value)> {
    vec![
        ("pack", of::<PackFile>("A pack's own data: pack.json")),
        ("questions", of::<QuestionsFile>("The questionnaire: questions.json")),
        ("statements", of::<StatementsFile>("What may be printed: statements.json")),
        ("rules", of::<RulesFile>("What follows from the answers: rules.json")),
        ("language", of::<BTreeMap<String, String>>("Every wording in a further language: <language>.json")),
        ("case", of::<CaseFile>("A test of a pack: cases/*.json")),
    ]
}

fn of<T: JsonSchema>(title: &str) -> serde_json::Value {
    let mut schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>();
    schema.insert("title".to_owned(), title.into());
    allow_schema_key(&mut schema);
    schema.to_value()
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
