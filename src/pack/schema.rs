//! JSON Schema for each file of a pack, from the same declarations that read them.

use super::raw::{PackFile, QuestionsFile, RulesFile, StatementsFile};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::Value;

/// The schemas of the files that make up a pack, by the file that they describe.
pub(crate) fn file_schemas() -> Vec<(&'static str, Value)> {
    vec![
        ("pack", schema_of::<PackFile>("A pack's own data: pack.json")),
        ("questions", schema_of::<QuestionsFile>("The questionnaire: questions.json")),
        ("statements", schema_of::<StatementsFile>("What may be printed: statements.json")),
        ("rules", schema_of::<RulesFile>("What follows from the answers: rules.json")),
        ("language", language()),
    ]
}

/// What each id of a wording stands for.
const WORDINGS: [(&str, &str); 13] = [
    ("^title$", "The title of the questionnaire."),
    ("^notice$", "Shown before the first question and printed on every copy."),
    ("^section\\.[a-z0-9-]+$", "section.ID: the heading of a part of the questionnaire."),
    ("^question\\.[a-z0-9-]+\\.title$", "question.ID.title: a few words that stand for the question in print."),
    (
        "^question\\.[a-z0-9-]+\\.text$",
        "question.ID.text: the question as asked, with `{for}` where the default language has it.",
    ),
    (
        "^question\\.[a-z0-9-]+\\.overall_text$",
        "question.ID.overall_text: the question as asked once, about everything.",
    ),
    ("^question\\.[a-z0-9-]+\\.help$", "question.ID.help: one more sentence for whoever needs it."),
    ("^option\\.[a-z0-9-]+\\.[a-z0-9-]+$", "option.QUESTION.CODE: an option, or a unit, as shown and printed."),
    (
        "^statement\\.[a-z0-9-]+$",
        "statement.ID: what is printed. It keeps the strength of the claim, sentence by sentence.",
    ),
    ("^item\\.[a-z0-9-]+\\.[a-z0-9-]+$", "item.SOURCE.ID: what a place in a source is about."),
    ("^term\\.[a-z0-9-]+\\.word$", "term.ID.word: a word of the glossary, as the texts of this language use it."),
    ("^term\\.[a-z0-9-]+\\.text$", "term.ID.text: what that word means, in plain words."),
    ("^\\$schema$", "The schema of this file, for editors."),
];

/// A file of wordings: every one is a text, and its id says of what.
fn language() -> Value {
    let wordings = WORDINGS.iter().map(|(id, says)| {
        ((*id).to_owned(), serde_json::json!({ "type": "string", "minLength": 1, "description": says }))
    });
    serde_json::json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Every wording in a further language: <language>.json",
        "description": "Every wording of the pack in one language, by its id, and nothing else.",
        "type": "object",
        "patternProperties": wordings.collect::<serde_json::Map<_, _>>(),
        "additionalProperties": false,
    })
}

/// The schema of one file, from the type that reads it.
pub(crate) fn schema_of<T: JsonSchema>(title: &str) -> Value {
    let mut schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>();
    schema.insert("title".to_owned(), title.into());
    allow_schema_key(&mut schema);
    let mut value = schema.to_value();
    let_lists_be_left_out(&mut value);
    value
}

/// Lists, and objects whose keys are data, may be left out of any object, as [`Decode`](crate::diagnostics) has it.
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
