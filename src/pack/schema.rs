//! JSON Schema of each file of a pack, generated from the types that decode it.

use super::raw::{PackFile, QuestionsFile, RulesFile, StatementsFile};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::Value;

/// Returns the schemas of the files of a pack, by file name without `.json`.
pub(crate) fn file_schemas() -> Vec<(&'static str, Value)> {
    vec![
        ("pack", schema_of::<PackFile>("Pack manifest: pack.json")),
        ("questions", schema_of::<QuestionsFile>("The questionnaire: questions.json")),
        ("statements", schema_of::<StatementsFile>("Statements that can be printed: statements.json")),
        ("rules", schema_of::<RulesFile>("Rules from answers to statements: rules.json")),
        ("language", language_schema()),
    ]
}

/// Description of each kind of wording id, by pattern.
const WORDING_DESCRIPTIONS: [(&str, &str); 20] = [
    ("^title$", "Title of the questionnaire."),
    ("^notice$", "Text shown before the first question and printed on every copy."),
    ("^notice\\.clinician$", "The notice on the clinician's copy, in the third person."),
    ("^update_policy$", "How the pack is kept up to date."),
    ("^funding$", "Who pays for the pack."),
    ("^interests$", "Interests of its authors in what it says."),
    ("^section\\.[a-z0-9-]+$", "section.ID: heading of a section."),
    ("^question\\.[a-z0-9-]+\\.title$", "question.ID.title: short title of the question in print."),
    (
        "^question\\.[a-z0-9-]+\\.text$",
        "question.ID.text: the question as asked, with `{for}` if the default language has it.",
    ),
    (
        "^question\\.[a-z0-9-]+\\.overall_text$",
        "question.ID.overall_text: the question as asked once, about everything.",
    ),
    ("^question\\.[a-z0-9-]+\\.help$", "question.ID.help: additional help text."),
    ("^option\\.[a-z0-9-]+\\.[a-z0-9-]+$", "option.QUESTION.CODE: an option, or a unit, as shown and printed."),
    (
        "^statement\\.[a-z0-9-]+$",
        "statement.ID: wording of the statement. Each sentence keeps the strength of the claim.",
    ),
    ("^statement\\.[a-z0-9-]+\\.clinician$", "statement.ID.clinician: its wording for the clinician's copy."),
    (
        "^statement\\.[a-z0-9-]+\\.short$",
        "statement.ID.short: its shorter wording for the first lines of the patient's copy.",
    ),
    ("^item\\.[a-z0-9-]+\\.[a-z0-9-]+\\.mark$", "item.SOURCE.ID.mark: the item in citation marks."),
    ("^item\\.[a-z0-9-]+\\.[a-z0-9-]+$", "item.SOURCE.ID: subject of an item in a source."),
    ("^term\\.[a-z0-9-]+\\.word$", "term.ID.word: a glossary word as the texts in this language use it."),
    ("^term\\.[a-z0-9-]+\\.text$", "term.ID.text: meaning of that word in plain words."),
    ("^\\$schema$", "Schema of this file, for editors."),
];

/// Returns the schema of a language file: every field is a text.
fn language_schema() -> Value {
    let wordings = WORDING_DESCRIPTIONS.iter().map(|(id, description)| {
        ((*id).to_owned(), serde_json::json!({ "type": "string", "minLength": 1, "description": description }))
    });
    serde_json::json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Wordings in another language: <language>.json",
        "description": "All wordings of the pack in one language, by id.",
        "type": "object",
        "patternProperties": wordings.collect::<serde_json::Map<_, _>>(),
        "additionalProperties": false,
    })
}

/// Generates the schema of one file from the type that decodes it.
pub(crate) fn schema_of<T: JsonSchema>(title: &str) -> Value {
    let mut schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>();
    schema.insert("title".to_owned(), title.into());
    allow_schema_key(&mut schema);
    let mut value = schema.to_value();
    make_lists_optional(&mut value);
    value
}

/// Makes lists and maps optional in every object, as [`Decode`](crate::diagnostics) accepts them.
fn make_lists_optional(schema: &mut Value) {
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
            .for_each(|(_, part)| make_lists_optional(part));
    }
}

/// Allows the key `$schema`, which editors read.
fn allow_schema_key(schema: &mut Schema) {
    if let Some(properties) = schema.get_mut("properties").and_then(|properties| properties.as_object_mut()) {
        properties.insert(
            "$schema".to_owned(),
            serde_json::json!({ "type": "string", "description": "Schema of this file, for editors." }),
        );
    }
}
