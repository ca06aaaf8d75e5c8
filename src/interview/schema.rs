//! JSON Schema for answers files, for editors and other programs.

use super::FilledInBy;
use serde_json::{Value, json};

/// Returns the JSON Schema of answers files. It describes the structure; the valid questions and codes depend on the
/// pack.
#[must_use]
pub fn answers_schema() -> Value {
    let optional = |description: &str| json!({ "type": ["string", "null"], "description": description });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The answers of one interview",
        "type": "object",
        "required": ["format", "pack", "answers"],
        "additionalProperties": false,
        "properties": {
            "$schema": { "type": "string", "description": "The schema of this file, for editors." },
            "format": { "const": 1, "description": "The version of this format." },
            "pack": { "type": "string", "description": "The id of the pack." },
            "id": optional("The sender's own name for these answers."),
            "pack_version": optional("The version of the pack at the interview."),
            "language": optional("The language of the interview, such as `en` or `es`."),
            "date": {
                "type": ["string", "null"],
                "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
                "description": "The day of the interview, YYYY-MM-DD.",
            },
            "filled_in_by": {
                "enum": FilledInBy::ALL.iter().map(|by| json!(by.name())).chain([Value::Null]).collect::<Vec<_>>(),
                "description": "Who filled in the questionnaire.",
            },
            "unassigned": {
                "type": "array",
                "description": "Answers that an import could assign to no question, as they came.",
                "items": { "type": "string" },
            },
            "answers": {
                "type": "object",
                "description": "The answers by question. Questions that were not asked are left out.",
                "additionalProperties": { "anyOf": [{ "$ref": "#/$defs/answer" }, { "$ref": "#/$defs/for_each" }] },
            },
        },
        "$defs": {
            "answer": {
                "description": "The answer to one question.",
                "anyOf": [
                    { "type": "string", "description": "The code of an option, a text, or a date as YYYY-MM-DD." },
                    { "type": "number", "description": "A number." },
                    { "type": "boolean", "description": "Yes or no." },
                    { "$ref": "#/$defs/codes" },
                    { "$ref": "#/$defs/own_words" },
                    { "$ref": "#/$defs/quantity" },
                    { "$ref": "#/$defs/unknown" },
                ],
            },
            "codes": {
                "type": "array",
                "description": "The codes of the options chosen, at least one.",
                "items": { "type": "string" },
                "minItems": 1,
                "uniqueItems": true,
            },
            "own_words": {
                "type": "object",
                "description": "Options with free text.",
                "required": ["chosen"],
                "additionalProperties": false,
                "properties": {
                    "chosen": {
                        "description": "The options, in the form used without free text.",
                        "anyOf": [{ "type": ["string", "boolean"] }, { "$ref": "#/$defs/codes" }],
                    },
                    "text": { "type": "string", "description": "The free text." },
                },
            },
            "quantity": {
                "type": "object",
                "description": "A number with a unit.",
                "required": ["value", "unit"],
                "additionalProperties": false,
                "properties": {
                    "value": { "type": "number", "description": "The amount." },
                    "unit": { "type": "string", "description": "The code of the unit." },
                },
            },
            "unknown": unknown_schema(),
            "for_each": {
                "type": "object",
                "description": "The answers to a question that is asked for each chosen option, by the option's code; `overall` if it is asked once for all.",
                "additionalProperties": { "$ref": "#/$defs/answer" },
            },
        },
    })
}

/// Returns the schema of the reasons why there is no answer.
fn unknown_schema() -> Value {
    json!({
        "description": "The question was asked, and there is no answer to it.",
        "anyOf": [
            {
                "type": "object",
                "required": ["unknown"],
                "additionalProperties": false,
                "properties": {
                    "unknown": {
                        "enum": ["skipped", "declined"],
                        "description": "The patient skipped the question, or preferred not to say.",
                    },
                },
            },
            {
                "type": "object",
                "required": ["unknown"],
                "additionalProperties": false,
                "properties": {
                    "unknown": { "const": "unreadable", "description": "An import could not read the answer." },
                    "text": { "type": "string", "description": "The words as they came." },
                },
            },
        ],
    })
}
