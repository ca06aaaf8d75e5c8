//! Answers → a FHIR R4 `QuestionnaireResponse`, nested and ordered like the questionnaire.
//!
//! The response distinguishes the reasons why a question has no answer:
//!
//! | outcome | in the response |
//! | --- | --- |
//! | "not sure", "none" | the option's code, since these are answers |
//! | declined | the item without `answer`, with HL7's extension `data-absent-reason` and `asked-declined` |
//! | skipped | the item without `answer`, with [`OwnExtension::Skipped`], since HL7 has no code for it |
//! | not readable | the item without `answer`, with `data-absent-reason` and `error`; the words in [`OwnExtension::UnreadableText`] |
//! | not asked | no item |
//!
//! The reason is on the item and not on an answer, because `enableWhen` tests whether an answer exists.

use super::CanonicalBase;
use super::canonical::{OwnExtension, id_of, urn};
use super::element::{Extension, FhirValue, Identifier, Narrative, element};
use super::item_tree::{ItemKind, ItemTree, Node};
use super::narrative;
use super::questionnaire::{QuestionnaireWriter, number};
use crate::answer::{Answer, AnswerKey, AnswerValue, Answers};
use crate::interview::{FilledInBy, answer_or_state_text, asked, titled_question};
use crate::pack::{Language, Question, QuestionType};
use crate::printable::Printable;
use chrono::NaiveDate;

element! {
    QuestionnaireResponse {
        resource_type: &'static str,
        id: String,
        language: String,
        text: Option<Narrative>,
        extension: Vec<Extension>,
        identifier: Option<Identifier>,
        questionnaire: String,
        status: &'static str,
        authored: String,
        item: Vec<Item>,
    }
}

element! {
    Item {
        id: String,
        extension: Vec<Extension>,
        link_id: String,
        text: String,
        answer: Vec<ResponseAnswer>,
        item: Vec<Item>,
    }
}

element! {
    ResponseAnswer {
        #[serde(flatten)]
        value: Option<FhirValue>,
    }
}

/// The metadata of a set of answers.
#[derive(Debug, Clone, Copy)]
pub struct ResponseMetadata<'a> {
    /// The base of canonical URLs.
    pub base: &'a CanonicalBase,
    /// The day of the interview.
    pub date: NaiveDate,
    /// The language of the interview.
    pub asked_in: Language,
    /// The person or persons who filled it in.
    pub filled_in_by: Option<FilledInBy>,
    /// The sender's own id for this set of answers.
    pub id: Option<&'a str>,
    /// Answers that an import could assign to no question.
    pub unassigned: &'a [String],
}

/// Midnight UTC of a day, for FHIR elements of type `instant`, which cannot hold a day.
pub(super) fn midnight(date: NaiveDate) -> String {
    format!("{date}T00:00:00Z")
}

/// HL7's `data-absent-reason` code for "asked but declined".
pub(super) const DECLINED: &str = "asked-declined";

/// HL7's `data-absent-reason` code for data that could not be processed.
pub(super) const ERROR: &str = "error";

pub(super) fn response(tree: &ItemTree, answers: &Answers, metadata: ResponseMetadata<'_>) -> QuestionnaireResponse {
    let pack = &tree.pack;
    let writer = ResponseWriter {
        writer: QuestionnaireWriter { pack, base: metadata.base, language: metadata.asked_in },
        answers,
        asked: asked(pack, answers),
        unassigned: metadata.unassigned,
    };
    let (filled_in_by, answers_id) = (metadata.filled_in_by.map(FilledInBy::name), metadata.id.map(storable));
    let extension = |name, value| Extension::new(metadata.base.extension(name), value);
    let extensions = [
        filled_in_by.map(|name| extension(OwnExtension::FilledInBy, FhirValue::Code(name.to_owned()))),
        answers_id
            .filter(|id| !id.trim().is_empty())
            .map(|id| extension(OwnExtension::AnswersId, FhirValue::String(id))),
    ];
    let unassigned = metadata.unassigned.iter().map(|text| storable(text)).filter(|text| !text.trim().is_empty());
    let unassigned = unassigned.map(|text| extension(OwnExtension::Unassigned, FhirValue::String(text)));
    let mut response = QuestionnaireResponse {
        resource_type: "QuestionnaireResponse",
        language: pack.tag(metadata.asked_in).to_owned(),
        extension: extensions.into_iter().flatten().chain(unassigned).collect(),
        questionnaire: format!("{}|{}", metadata.base.questionnaire(pack), pack.version),
        status: "completed",
        authored: metadata.date.to_string(),
        item: writer.items(&tree.nodes),
        ..QuestionnaireResponse::default()
    };
    response.id = id_of(&response);
    // Servers search for this identifier, so that the same response is not stored twice.
    response.identifier = Some(Identifier { system: "urn:ietf:rfc:3986".to_owned(), value: urn(&response.id) });
    let lines = writer.narrative_lines();
    response.text = Some(narrative::generated(&narrative::of_answers(&lines), pack.tag(metadata.asked_in)));
    response
}

fn absent(reason: &str) -> Extension {
    Extension::hl7("data-absent-reason", FhirValue::Code(reason.to_owned()))
}

struct ResponseWriter<'r> {
    writer: QuestionnaireWriter<'r>,
    answers: &'r Answers,
    asked: Vec<AnswerKey>,
    unassigned: &'r [String],
}

impl ResponseWriter<'_> {
    fn items(&self, nodes: &[Node]) -> Vec<Item> {
        nodes.iter().filter_map(|node| self.item(node)).collect()
    }

    fn item(&self, node: &Node) -> Option<Item> {
        let mut item = Item { link_id: node.link_id.clone(), ..Item::default() };
        if let Some(text) = &node.text {
            item.text = text.in_language(self.writer.language).to_string();
        }
        match node.kind {
            ItemKind::Group => {
                item.item = self.items(&node.children);
                return (!item.item.is_empty()).then_some(item);
            }
            ItemKind::Notice | ItemKind::Help => return None,
            ItemKind::Answer(slot) if !self.asked.contains(&slot) => return None,
            ItemKind::Label(slot) if self.asked.contains(&slot) => return None,
            ItemKind::Answer(slot) | ItemKind::Label(slot) => {
                item.id.clone_from(&node.link_id);
                let question = &self.writer.pack.questions[slot.question];
                match self.answers.get(&slot)? {
                    Answer::Value(value) => {
                        let values = self.values(question, value).into_iter();
                        item.answer = values.map(|value| ResponseAnswer { value: Some(value) }).collect();
                    }
                    Answer::Declined => item.extension.push(absent(DECLINED)),
                    Answer::Unreadable(words) => {
                        let words = words.as_ref().map(|words| storable(words)).map(|words| {
                            let url = self.writer.base.extension(OwnExtension::UnreadableText);
                            Extension::new(url, FhirValue::String(words))
                        });
                        item.extension.extend([Some(absent(ERROR)), words].into_iter().flatten());
                    }
                    Answer::Skipped => item.extension.push(Extension::new(
                        self.writer.base.extension(OwnExtension::Skipped),
                        FhirValue::Boolean(true),
                    )),
                }
            }
            ItemKind::Words(slot) => {
                let Answer::Value(AnswerValue::Choice { text: Some(text), .. }) = self.answers.get(&slot)? else {
                    return None;
                };
                item.answer = vec![ResponseAnswer { value: Some(FhirValue::String(storable(text))) }];
            }
        }
        Some(item)
    }

    fn values(&self, question: &Question, value: &AnswerValue) -> Vec<FhirValue> {
        match value {
            AnswerValue::Choice { chosen, .. } if question.shape.options().is_some_and(|options| options.yes_no) => {
                vec![FhirValue::Boolean(chosen == &[0])]
            }
            AnswerValue::Choice { chosen, .. } => {
                let choices = question.shape.choices();
                chosen.iter().map(|choice| FhirValue::Coding(self.coding(question, *choice, choices))).collect()
            }
            AnswerValue::Text(text) => vec![FhirValue::String(storable(text))],
            AnswerValue::Number(amount) => match &question.shape {
                QuestionType::Number(range) if range.is_integer() => {
                    vec![FhirValue::Integer(number(amount.normalize()))]
                }
                _ => vec![FhirValue::Decimal(number(*amount))],
            },
            AnswerValue::Date(date) => vec![FhirValue::Date(date.to_string())],
            AnswerValue::Quantity { amount, unit } => {
                vec![FhirValue::Quantity(self.writer.quantity(question, &question.shape.choices()[*unit], *amount))]
            }
        }
    }

    fn coding(&self, question: &Question, choice: usize, choices: &[crate::pack::Choice]) -> super::element::Coding {
        let display = choices[choice].text.in_language(self.writer.language).to_string();
        super::element::Coding { display, ..self.writer.code(question, &choices[choice]) }
    }

    fn narrative_lines(&self) -> Vec<(Printable, Printable)> {
        let messages = crate::messages::Messages::new(self.writer.pack.tag(self.writer.language));
        let line = |slot: &AnswerKey, answer: &Answer| {
            let question = &self.writer.pack.questions[slot.question];
            let title = titled_question(self.writer.pack, *slot, self.writer.language, &messages);
            let text = answer_or_state_text(answer, &question.shape, self.writer.language, &messages);
            (title, Printable::text(&text))
        };
        let unassigned = |text: &String| (Printable::line(&messages.get("unassigned")), Printable::text(text));
        let answers = self.answers.iter().map(|(slot, answer)| line(slot, answer));
        answers.chain(self.unassigned.iter().map(unassigned)).collect()
    }
}

/// Replaces the characters that a FHIR `string` cannot hold in JSON and XML: control characters except tab and line breaks,
/// U+FFFE and U+FFFF. Each becomes the visible character that a page shows for it.
fn storable(text: &str) -> String {
    let visible = |c: char| match c {
        '\t' | '\n' | '\r' => c,
        '\u{b}' | '\u{c}' => '\n',
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\u{fffe}' | '\u{ffff}' => char::REPLACEMENT_CHARACTER,
        _ => c,
    };
    text.chars().map(visible).collect()
}
