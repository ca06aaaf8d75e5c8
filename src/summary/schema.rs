//! JSON Schema of the summary's JSON, for programs that read it.

use super::{AnswerState, CopyKind};
use crate::interview::FilledInBy;
use serde_json::{Map, Value, json};

/// Returns the schema of the summary's JSON, for any pack.
#[must_use]
pub fn summary_schema() -> Value {
    let mut schema = object(
        "A summary: one copy, for other programs",
        &[],
        [
            ("format", json!({ "const": 1, "description": "The version of this format." })),
            (
                "pack",
                object(
                    "The pack that was asked.",
                    &[],
                    [
                        ("id", text("Its id.")),
                        ("version", text("Its version.")),
                        ("hash", text("The SHA-256 of its files.")),
                    ],
                ),
            ),
            (
                "date",
                json!({
                    "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "description": "The date printed, YYYY-MM-DD.",
                }),
            ),
            ("language", text("The language of this copy.")),
            (
                "copy",
                json!({
                    "enum": [CopyKind::Patient.name(), CopyKind::Clinician.name()], "description": "For whom this copy is.",
                }),
            ),
            (
                "label",
                json!({ "type": ["string", "null"], "description": "What the intake is called, if it has a name." }),
            ),
            (
                "filled_in_by",
                json!({
                    "enum": FilledInBy::ALL.iter().map(|filler| json!(filler.name())).chain([Value::Null]).collect::<Vec<_>>(),
                    "description": "Who filled the questionnaire in, if somebody said so.",
                }),
            ),
            ("notice", object("What this paper is and is not.", &[], [("text", text("The sentences."))])),
            ("procedure", json!({ "$ref": "#/$defs/line", "description": "What the procedure is." })),
            (
                "benefits",
                list("benefit", "The documented potential benefits that the answers bring, in the source's order."),
            ),
            ("overview", list("benefit", "Benefits shown as an overview, matched to no concern.")),
            ("not_covered", list("not_covered", "The concerns that the source does not cover.")),
            ("variability", list("variability", "What results can vary with.")),
            ("safety", list("line", "What the source says of safety.")),
            ("consult", list("line", "The advice to consult.")),
            ("recorded", list("record", "What is written down for the professional, as answered.")),
            (
                "questions",
                json!({
                    "anyOf": [
                        object("An answer to that question.", &["free_text"], [
                            ("state", state()),
                            ("free_text", text("The person's own words.")),
                        ]),
                        { "type": "null" },
                    ],
                    "description": "What the patient wants to ask; null where the pack has no question for it.",
                }),
            ),
            ("answers", list("record", "Every answer, in the order of the questions.")),
        ],
    );
    schema["$defs"] = parts();
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema
}

/// Returns the parts that occur more than once in a summary, for `$defs`.
fn parts() -> Value {
    let because = [
        ("question", text("The question.")),
        ("answer", text("The code of the option chosen.")),
        ("text", text("The option in words.")),
    ];
    let line = [
        ("id", text("The statement in the pack.")),
        (
            "cites",
            json!({
                "type": "array", "items": { "type": "string" }, "description": "What it rests on, each as source#item.",
            }),
        ),
        ("text", text("The sentence.")),
    ];
    let record = [
        ("question", text("The question.")),
        ("for", text("What it was asked about: the code of an option, or `overall`.")),
        ("title", text("A few words that stand for the question.")),
        ("state", state()),
        (
            "codes",
            json!({
                "type": "array", "items": { "type": "string" }, "description": "The codes of the options chosen.",
            }),
        ),
        ("value", text("A number, date or quantity as it was written.")),
        ("free_text", text("The person's own words.")),
        ("text", text("The answer, or its state, in words.")),
    ];
    let with_subject: Vec<_> = record.iter().filter(|(name, _)| *name != "title").cloned().collect();
    let optional = ["for", "codes", "value", "free_text"];
    json!({
        "line": object("A sentence and what it rests on.", &[], line.clone()),
        "benefit": object("A documented potential benefit.", &[], line.clone().into_iter().chain([
            ("limits", list("line", "What it is limited to.")),
            ("because", list("because", "The answers that brought it, at least one for a concern.")),
        ])),
        "because": object("An answer that brought a line.", &[], because.clone().into_iter().chain([(
            "editorial",
            json!({ "type": "boolean", "description": "Whether the link is the editors' own and not the source's wording." }),
        )])),
        "not_covered": object("A concern that the source does not cover.", &[], [
            ("code", text("The code of the option chosen.")),
            ("text", text("The sentence.")),
            ("because", json!({
                "type": "array",
                "items": object("An answer that brought it.", &[], because),
                "description": "The answers that brought it.",
            })),
        ]),
        "variability": object("What results can vary with, and the patient's own answers to that.", &[], line.into_iter().chain([
            ("answers", list("beside", "The answers beside it.")),
        ])),
        "record": object("A question and what came of it.", &optional, record),
        "beside": object("An answer beside a sentence; its text names what it is about.", &optional, with_subject),
    })
}

fn text(description: &str) -> Value {
    json!({ "type": "string", "description": description })
}

fn list(name: &str, description: &str) -> Value {
    json!({ "type": "array", "items": { "$ref": format!("#/$defs/{name}") }, "description": description })
}

fn state() -> Value {
    json!({
        "enum": AnswerState::ALL.map(AnswerState::name),
        "description": "Whether there is an answer, and if not, why not.",
    })
}

/// Returns the schema of an object with exactly these fields. All but the optional ones are required.
fn object<'f>(title: &str, optional: &[&str], fields: impl IntoIterator<Item = (&'f str, Value)>) -> Value {
    let fields: Map<String, Value> = fields.into_iter().map(|(name, field)| (name.to_owned(), field)).collect();
    let required: Vec<&String> = fields.keys().filter(|name| !optional.contains(&name.as_str())).collect();
    json!({
        "description": title, "type": "object", "required": required, "additionalProperties": false,
        "properties": fields,
    })
}
