//! Answers → a FHIR R4 `QuestionnaireResponse`, nested and ordered as the questionnaire is.
//!
//! The ways in which a question can have no answer stay apart:
//!
//! | came of it | in the response |
//! | --- | --- |
//! | "not sure", "none" | the option's code: they are answers |
//! | declined | the item without `answer`, HL7's extension `data-absent-reason` with `asked-declined` |
//! | skipped | the item without `answer`, our own extension [`OwnExtension::Skipped`], as HL7 has no code for it |
//! | not asked | no item |
//!
//! The reason stands on the item and not on an answer, because `enableWhen` asks whether an answer exists.

use super::CanonicalBase;
use super::canonical::{OwnExtension, id_of, urn};
use super::element::{Extension, Identifier, Narrative, Value, element};
use super::item_tree::{ItemKind, ItemTree, Node};
use super::narrative;
use super::questionnaire::{Writer, number};
use crate::answer::{Answer, AnswerKey, AnswerValue, Answers};
use crate::interview::{FilledInBy, answer_text, asked};
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
        answer: Vec<AnswerOf>,
        item: Vec<Item>,
    }
}

element! {
    AnswerOf {
        #[serde(flatten)]
        value: Option<Value>,
    }
}

/// What is known of a set of answers beside them.
#[derive(Debug, Clone, Copy)]
pub struct ResponseMetadata<'a> {
    /// Where addresses start.
    pub base: &'a CanonicalBase,
    /// The day of the interview.
    pub date: NaiveDate,
    /// The language that was asked in.
    pub asked_in: Language,
    /// Who filled it in.
    pub filled_in_by: Option<FilledInBy>,
    /// The sender's own name for this set of answers.
    pub id: Option<&'a str>,
}

/// The first moment of a day; FHIR wants moments where a summary has a day.
pub(super) fn midnight(date: NaiveDate) -> String {
    format!("{date}T00:00:00Z")
}

/// The code system and code of what HL7 calls "asked but declined".
pub(super) const DECLINED: &str = "asked-declined";

pub(super) fn response(tree: &ItemTree, answers: &Answers, origin: ResponseMetadata<'_>) -> QuestionnaireResponse {
    let pack = &tree.pack;
    let writer = ResponseWriter {
        writer: Writer { pack, base: origin.base, language: origin.asked_in },
        answers,
        asked: asked(pack, answers),
    };
    let (filled_in_by, answers_id) = (origin.filled_in_by.map(FilledInBy::name), origin.id.map(storable));
    let extension = |own, value| Extension::new(origin.base.extension(own), value);
    let extensions = [
        filled_in_by.map(|by| extension(OwnExtension::FilledInBy, Value::Code(by.to_owned()))),
        answers_id.filter(|id| !id.trim().is_empty()).map(|id| extension(OwnExtension::AnswersId, Value::String(id))),
    ];
    let mut response = QuestionnaireResponse {
        resource_type: "QuestionnaireResponse",
        language: pack.tag(origin.asked_in).to_owned(),
        extension: extensions.into_iter().flatten().collect(),
        questionnaire: format!("{}|{}", origin.base.questionnaire(pack), pack.version),
        status: "completed",
        authored: midnight(origin.date),
        item: writer.items(&tree.nodes),
        ..QuestionnaireResponse::default()
    };
    response.id = id_of(&response);
    // What a server looks for, so that the same response is never there twice.
    response.identifier = Some(Identifier { system: "urn:ietf:rfc:3986".to_owned(), value: urn(&response.id) });
    let in_words = writer.in_words();
    response.text = Some(narrative::generated(&narrative::of_answers(&in_words), pack.tag(origin.asked_in)));
    response
}

struct ResponseWriter<'r> {
    writer: Writer<'r>,
    answers: &'r Answers,
    asked: Vec<AnswerKey>,
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
                    Answer::Value(given) => {
                        let values = self.values(question, given).into_iter();
                        item.answer = values.map(|value| AnswerOf { value: Some(value) }).collect();
                    }
                    Answer::Declined => {
                        item.extension.push(Extension::hl7("data-absent-reason", Value::Code(DECLINED.to_owned())));
                    }
                    Answer::Skipped => item
                        .extension
                        .push(Extension::new(self.writer.base.extension(OwnExtension::Skipped), Value::Boolean(true))),
                }
            }
            ItemKind::Words(slot) => {
                let Answer::Value(AnswerValue::Choice { text: Some(text), .. }) = self.answers.get(&slot)? else {
                    return None;
                };
                item.answer = vec![AnswerOf { value: Some(Value::String(storable(text))) }];
            }
        }
        Some(item)
    }

    fn values(&self, question: &Question, given: &AnswerValue) -> Vec<Value> {
        match given {
            AnswerValue::Choice { chosen, .. } if question.shape.options().is_some_and(|options| options.yes_no) => {
                vec![Value::Boolean(chosen == &[0])]
            }
            AnswerValue::Choice { chosen, .. } => {
                let choices = question.shape.choices();
                chosen.iter().map(|choice| Value::Coding(self.coding(question, *choice, choices))).collect()
            }
            AnswerValue::Text(text) => vec![Value::String(storable(text))],
            AnswerValue::Number(amount) => match &question.shape {
                QuestionType::Number(range) if range.is_integer() => vec![Value::Integer(number(amount.normalize()))],
                _ => vec![Value::Decimal(number(*amount))],
            },
            AnswerValue::Date(date) => vec![Value::Date(date.to_string())],
            AnswerValue::Quantity { amount, unit } => {
                vec![Value::Quantity(self.writer.quantity(question, &question.shape.choices()[*unit], *amount))]
            }
        }
    }

    fn coding(&self, question: &Question, choice: usize, choices: &[crate::pack::Choice]) -> super::element::Coding {
        let display = choices[choice].text.in_language(self.writer.language).to_string();
        super::element::Coding { display, ..self.writer.code(question, &choices[choice]) }
    }

    fn in_words(&self) -> Vec<(Printable, Printable)> {
        let words = crate::messages::Messages::new(self.writer.pack.tag(self.writer.language));
        let line = |slot: &AnswerKey, answer: &Answer| {
            let question = &self.writer.pack.questions[slot.question];
            let title = question.title.in_language(self.writer.language);
            let title = match slot.subject.and(question.for_each.as_ref()) {
                Some(_) => Printable::line(&format!("{title} ({})", self.about(*slot, &words))),
                None => title.clone(),
            };
            let text = match answer {
                Answer::Value(given) => answer_text(given, &question.shape, self.writer.language),
                Answer::Skipped => words.get("state-skipped"),
                Answer::Declined => words.get("state-declined"),
            };
            (title, Printable::text(&text))
        };
        self.answers.iter().map(|(slot, answer)| line(slot, answer)).collect()
    }

    fn about(&self, slot: AnswerKey, words: &crate::messages::Messages) -> String {
        let questions = &self.writer.pack.questions;
        match (slot.subject, &questions[slot.question].for_each) {
            (Some(crate::answer::Subject::Option(choice)), Some(each)) => {
                questions[each.question].shape.choices()[choice].text.in_language(self.writer.language).to_string()
            }
            _ => words.get("overall"),
        }
    }
}

/// A text as a FHIR `string` can hold it, in JSON and in XML: of the control characters only tab and line breaks, and no
/// U+FFFE and U+FFFF. The others become what a page shows for them, one for one.
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
