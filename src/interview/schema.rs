//! JSON Schema for answers files, for editors and other programs.

use super::FilledInBy;
use serde_json::{Value, json};

/// The schema of an answers file for any pack: its shape. Which questions and codes there are, the pack decides.
#[must_use]
pub fn answers_schema() -> Value {
    let optional = |description: &str| json!({ "type": ["string", "null"], "description": description });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Answers: what one interview brought",
        "type": "object",
        "required": ["format", "pack", "answers"],
        "additionalProperties": false,
        "properties": {
            "$schema": { "type": "string", "description": "The schema of this file, for editors." },
            "format": { "const": 1, "description": "The version of this format." },
            "pack": { "type": "string", "description": "The id of the pack that was asked." },
            "id": optional("The sender's own name for these answers."),
            "pack_version": optional("The version of the pack that was asked."),
            "language": optional("The language that was asked in, such as `en` or `es`."),
            "date": {
                "type": ["string", "null"],
                "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
                "description": "The day of the interview, YYYY-MM-DD.",
            },
            "filled_in_by": {
                "enum": FilledInBy::ALL.iter().map(|by| json!(by.name())).chain([Value::Null]).collect::<Vec<_>>(),
                "description": "Who filled the questionnaire in.",
            },
            "answers": {
                "type": "object",
                "description": "The answers by question. What was not asked is left out.",
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
                "description": "Options with the person's own words beside them.",
                "required": ["chosen"],
                "additionalProperties": false,
                "properties": {
                    "chosen": {
                        "description": "As it is written without own words.",
                        "anyOf": [{ "type": ["string", "boolean"] }, { "$ref": "#/$defs/codes" }],
                    },
                    "text": { "type": "string", "description": "The own words." },
                },
            },
            "quantity": {
                "type": "object",
                "description": "A number with a unit.",
                "required": ["value", "unit"],
                "additionalProperties": false,
                "properties": {
                    "value": { "type": "number", "description": "How much." },
                    "unit": { "type": "string", "description": "The code of the unit." },
                },
            },
            "unknown": {
                "type": "object",
                "description": "The question was put, and there is no answer.",
                "required": ["unknown"],
                "additionalProperties": false,
                "properties": {
                    "unknown": {
                        "enum": ["skipped", "declined"],
                        "description": "The person went on without answering, or would rather not say.",
                    },
                },
            },
            "for_each": {
                "type": "object",
                "description": "The answers to a question that is asked for each option chosen before, by the option's code; `overall` where it is asked once for all.",
                "additionalProperties": { "$ref": "#/$defs/answer" },
            },
        },
    })
}
