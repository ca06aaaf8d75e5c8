//! JSON Schema of the summary's JSON, for programs that read it.

use super::{AnswerState, CopyKind};
use crate::interview::FilledInBy;
use serde_json::{Map, Value, json};

/// Returns the schema of the summary's JSON, for any pack.
#[must_use]
pub fn summary_schema() -> Value {
    let mut schema = object(
        "A summary: one copy, for other programs",
        &["unassigned"],
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
                        ("published_on", or_null("The date on which this version was published, YYYY-MM-DD.")),
                        ("update_policy", or_null("How the pack is kept up to date.")),
                        ("funding", or_null("Who pays for the pack.")),
                        ("interests", or_null("The interests of its authors.")),
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
                    "enum": [CopyKind::Patient.name(), CopyKind::Clinician.name()], "description": "The reader that this copy is for.",
                }),
            ),
            ("label", json!({ "type": ["string", "null"], "description": "The label of the intake, if it has one." })),
            (
                "filled_in_by",
                json!({
                    "enum": FilledInBy::ALL.iter().map(|filler| json!(filler.name())).chain([Value::Null]).collect::<Vec<_>>(),
                    "description": "Who filled the questionnaire in, if known.",
                }),
            ),
            ("notice", object("What this paper is and is not.", &[], [("text", text("The sentences."))])),
            ("procedure", json!({ "$ref": "#/$defs/line", "description": "What the procedure is." })),
            (
                "benefits",
                list("benefit", "The documented potential benefits that match the answers, in the source's order."),
            ),
            ("overview", list("benefit", "Benefits shown as an overview, matched to no concern.")),
            ("not_covered", list("not_covered", "The concerns that the source does not cover.")),
            ("variability", list("variability", "What results can vary with.")),
            ("safety", list("line", "The source's statements about safety.")),
            ("consult", list("line", "The advice to consult.")),
            ("to_ask", list("to_ask", "The questions that the patient can ask.")),
            ("recorded", list("record", "The answers recorded for the professional.")),
            (
                "questions",
                json!({
                    "anyOf": [
                        object("The answer to that question.", &["free_text"], [
                            ("state", state()),
                            ("free_text", text("The person's own words, or the words of an unreadable answer.")),
                        ]),
                        { "type": "null" },
                    ],
                    "description": "The patient's own questions; null if the pack does not ask for them.",
                }),
            ),
            ("answers", list("record", "Every answer, in the order of the questions.")),
            (
                "unassigned",
                json!({
                    "type": "array", "items": { "type": "string" },
                    "description": "Answers that an import could assign to no question, as they came; only if there are any.",
                }),
            ),
            ("sources", list("source", "The documents that the lines cite.")),
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
        ("text", text("The text of the option.")),
    ];
    let line = [
        ("id", text("The statement in the pack.")),
        (
            "cites",
            json!({
                "type": "array", "items": { "type": "string" }, "description": "The items it cites, each as source#item.",
            }),
        ),
        ("text", text("The sentence.")),
    ];
    let record = [
        ("question", text("The question.")),
        ("for", text("The subject of a for-each question: the code of an option, or `overall`.")),
        ("title", text("The short title of the question.")),
        ("state", state()),
        (
            "codes",
            json!({
                "type": "array", "items": { "type": "string" }, "description": "The codes of the options chosen.",
            }),
        ),
        ("value", text("A number, date or quantity as it was written.")),
        ("free_text", text("The person's own words, or the words of an unreadable answer.")),
        ("text", text("The answer, or its state, in words.")),
    ];
    let with_subject: Vec<_> = record.iter().filter(|(name, _)| *name != "title").cloned().collect();
    let optional = ["for", "codes", "value", "free_text"];
    json!({
        "line": object("A sentence and the items it cites.", &[], line.clone()),
        "benefit": object("A documented potential benefit.", &[], line.clone().into_iter().chain([
            ("limits", list("line", "The limits of the claim.")),
            ("because", list("because", "The answers that led to it, at least one for a concern.")),
        ])),
        "because": object("An answer that led to a line.", &[], because.clone().into_iter().chain([(
            "editorial",
            json!({ "type": "boolean", "description": "Whether the link is editorial and not in the source's words." }),
        )])),
        "not_covered": object("A concern that the source does not cover.", &[], [
            ("code", text("The code of the option chosen.")),
            ("text", text("The sentence.")),
            ("because", json!({
                "type": "array",
                "items": object("An answer that led to it.", &[], because),
                "description": "The answers that led to it.",
            })),
        ]),
        "to_ask": object("A question that the patient can ask.", &[], line.clone().into_iter().chain([(
            "chosen",
            json!({
                "type": ["boolean", "null"],
                "description": "Whether the patient chose it; null without an answer to that.",
            }),
        )])),
        "source": object("A document.", &[], [
            ("id", text("The source in citations.")),
            ("title", text("Its title.")),
            ("kind", or_null("Its kind.")),
            ("author", or_null("Its author, if it names one.")),
            ("publisher", or_null("Its publisher, if it names one.")),
            ("published", or_null("Its date, if it names one.")),
        ]),
        "variability": object("A factor that results can vary with, and the patient's answers about it.", &[], line.into_iter().chain([
            ("answers", list("beside", "The patient's answers about it.")),
        ])),
        "record": object("A question and its answer, if it has one.", &optional, record),
        "beside": object("An answer printed with a sentence; its text names its subject.", &optional, with_subject),
    })
}

fn text(description: &str) -> Value {
    json!({ "type": "string", "description": description })
}

fn or_null(description: &str) -> Value {
    json!({ "type": ["string", "null"], "description": description })
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
