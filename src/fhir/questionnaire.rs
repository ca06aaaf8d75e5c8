//! A pack → a FHIR R4 `Questionnaire` whose options come from the pack's `CodeSystem`.
//!
//! Facts without an element in R4 are written as text: the bounds of a quantity are in `entryFormat`, since R4 has bounds
//! only for numbers and dates. Conditions are translated exactly or refused: see [`super::enable_when`]. The resource claims
//! no profile, and uses only extensions that HL7 defines for FHIR itself.

use super::CanonicalBase;
use super::element::{CodeableConcept, Coding, Extension, FhirValue, Narrative, Quantity, Translations, element, hl7};
use super::enable_when::Literal;
use super::item_tree::{EnableTest, ItemKind, ItemTree, Node};
use super::narrative;
use crate::answer::AnswerKey;
use crate::interview::{AnswerError, refusal_message};
use crate::messages::Messages;
use crate::pack::{Choice, Comparison, Language, LocalizedText, Pack, Question, QuestionType, Range, Role};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;
use serde_json::Number;

element! {
    Questionnaire {
        resource_type: &'static str,
        id: String,
        language: String,
        text: Option<Narrative>,
        url: String,
        version: String,
        name: String,
        title: String,
        #[serde(rename = "_title")]
        title_more: Option<Translations>,
        status: &'static str,
        subject_type: Vec<&'static str>,
        date: String,
        publisher: String,
        description: String,
        #[serde(rename = "_description")]
        description_more: Option<Translations>,
        approval_date: String,
        last_review_date: String,
        item: Vec<Item>,
    }
}

element! {
    Item {
        extension: Vec<Extension>,
        link_id: String,
        text: String,
        #[serde(rename = "_text")]
        text_more: Option<Translations>,
        r#type: &'static str,
        enable_when: Vec<EnableWhen>,
        enable_behavior: &'static str,
        required: bool,
        repeats: bool,
        max_length: Option<usize>,
        answer_option: Vec<AnswerOption>,
        item: Vec<Item>,
    }
}

element! {
    EnableWhen {
        question: String,
        operator: &'static str,
        #[serde(flatten)]
        answer: Option<EnableWhenAnswer>,
    }
}

/// The value that `enableWhen` compares with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) enum EnableWhenAnswer {
    #[serde(rename = "answerBoolean")]
    Boolean(bool),
    #[serde(rename = "answerCoding")]
    Coding(Coding),
    #[serde(rename = "answerDate")]
    Date(String),
    #[serde(rename = "answerDecimal")]
    Decimal(Number),
    #[serde(rename = "answerInteger")]
    Integer(Number),
    #[serde(rename = "answerQuantity")]
    Quantity(Quantity),
}

element! {
    AnswerOption {
        extension: Vec<Extension>,
        #[serde(flatten)]
        value: Option<FhirValue>,
    }
}

/// The metadata of a questionnaire.
#[derive(Debug, Clone, Copy)]
pub struct QuestionnaireMetadata<'a> {
    /// The base of its canonical URLs.
    pub base: &'a CanonicalBase,
    /// The language of its texts; the other languages are written as translations.
    pub language: Language,
    /// The day of its publication.
    pub date: NaiveDate,
    /// The name of its publisher.
    pub publisher: Option<&'a str>,
}

/// Writes the items of one pack in one language.
pub(super) struct QuestionnaireWriter<'w> {
    pub(super) pack: &'w Pack,
    pub(super) base: &'w CanonicalBase,
    pub(super) language: Language,
}

pub(super) fn questionnaire(tree: &ItemTree, metadata: QuestionnaireMetadata<'_>) -> Questionnaire {
    let pack = &tree.pack;
    let writer = QuestionnaireWriter { pack, base: metadata.base, language: metadata.language };
    let reviewed = pack.review.on.filter(|_| pack.review.by.is_some());
    let (title, title_more) = writer.text(&pack.title);
    let (description, description_more) = writer.text(&pack.notice);
    let reviewed_on = reviewed.map(|day| day.to_string()).unwrap_or_default();
    Questionnaire {
        resource_type: "Questionnaire",
        id: pack.id.clone(),
        language: pack.tag(metadata.language).to_owned(),
        text: Some(narrative::generated(
            &narrative::of_questionnaire(tree, metadata.language),
            pack.tag(metadata.language),
        )),
        url: metadata.base.questionnaire(pack),
        version: pack.version.clone(),
        name: computer_name(&pack.id),
        title,
        title_more,
        // A pack without a review is not approved for use.
        status: if reviewed.is_some() { "active" } else { "draft" },
        subject_type: vec!["Patient"],
        date: metadata.date.to_string(),
        publisher: metadata.publisher.unwrap_or_default().to_owned(),
        description,
        description_more,
        approval_date: reviewed_on.clone(),
        last_review_date: reviewed_on,
        item: tree.nodes.iter().map(|node| writer.item(node)).collect(),
    }
}

/// A machine-readable name: it starts with a capital letter and contains only letters, digits and `_`.
pub(super) fn computer_name(id: &str) -> String {
    format!("Preconsult_{}", id.replace('-', "_"))
}

/// The `translation` extension for a text in one other language.
pub(super) fn translation(tag: &str, text: &str) -> Extension {
    Extension {
        url: hl7("translation"),
        extension: vec![
            Extension::new("lang", FhirValue::Code(tag.to_owned())),
            Extension::new("content", FhirValue::String(text.to_owned())),
        ],
        ..Extension::default()
    }
}

/// A JSON number with the digits of the decimal, including trailing zeros.
pub(super) fn number(decimal: Decimal) -> Number {
    decimal.to_string().parse().unwrap_or_else(|_| Number::from(0))
}

impl QuestionnaireWriter<'_> {
    /// Returns a text in the language of the writer, and its translations.
    pub(super) fn text(&self, wording: &LocalizedText) -> (String, Option<Translations>) {
        let others = self.pack.each_language().filter(|language| *language != self.language);
        let extension: Vec<Extension> = others
            .map(|language| translation(self.pack.tag(language), wording.in_language(language).as_str()))
            .collect();
        let more = (!extension.is_empty()).then_some(Translations { extension });
        (wording.in_language(self.language).to_string(), more)
    }

    /// The coding of an option or unit, with display text and translations. Its code is `question.choice`.
    pub(super) fn coding(&self, question: &Question, choice: &Choice) -> Coding {
        let (display, display_more) = self.text(&choice.text);
        Coding { display, display_more, ..self.code(question, choice) }
    }

    /// The coding of an option or unit, without display text.
    pub(super) fn code(&self, question: &Question, choice: &Choice) -> Coding {
        Coding { system: self.base.code_system(self.pack), code: code(question, choice), ..Coding::default() }
    }

    fn item(&self, node: &Node) -> Item {
        let (text, text_more) = node.text.as_ref().map(|wording| self.text(wording)).unwrap_or_default();
        let mut item = Item {
            link_id: node.link_id.clone(),
            text,
            text_more,
            enable_when: node.enable.iter().map(|enable| self.enable_when(enable)).collect(),
            enable_behavior: match (node.enable.len(), node.any) {
                (0 | 1, _) => "",
                (_, true) => "any",
                (_, false) => "all",
            },
            ..Item::default()
        };
        match node.kind {
            ItemKind::Group => item.r#type = "group",
            ItemKind::Notice => item.r#type = "display",
            ItemKind::Help => {
                item.r#type = "display";
                item.extension.push(control("help", "Help-Button"));
            }
            ItemKind::Answer(slot) => self.answer(&mut item, slot),
            ItemKind::Words(slot) => {
                item.r#type = "text";
                item.max_length =
                    self.pack.questions[slot.question].shape.options().and_then(|options| options.free_text);
            }
            ItemKind::Label(slot) => {
                self.answer(&mut item, slot);
                item.extension.push(Extension::hl7("questionnaire-hidden", FhirValue::Boolean(true)));
            }
        }
        item.item = node.children.iter().map(|child| self.item(child)).collect();
        item
    }

    fn answer(&self, item: &mut Item, slot: AnswerKey) {
        let question = &self.pack.questions[slot.question];
        item.required = question.required;
        match &question.shape {
            QuestionType::SingleChoice(options) if options.yes_no => item.r#type = "boolean",
            QuestionType::SingleChoice(options) | QuestionType::MultipleChoice(options) => {
                item.r#type = "choice";
                item.repeats = matches!(question.shape, QuestionType::MultipleChoice(_));
                // Show all options at once, as on paper.
                item.extension.push(if item.repeats {
                    control("check-box", "Check-box")
                } else {
                    control("radio-button", "Radio Button")
                });
                let vertical = FhirValue::Code("vertical".to_owned());
                item.extension.push(Extension::hl7("questionnaire-choiceOrientation", vertical));
                item.answer_option = options.choices.iter().map(|choice| self.option(question, choice)).collect();
            }
            QuestionType::Text(limit) => {
                // A label is one line.
                item.r#type = if question.role == Role::Label { "string" } else { "text" };
                item.max_length = Some(*limit);
            }
            QuestionType::Number(range) => {
                item.r#type = if range.is_integer() { "integer" } else { "decimal" };
                for (name, bound) in [("minValue", range.min), ("maxValue", range.max)] {
                    let value = bound.map(|bound| match bound.to_i32().filter(|_| range.is_integer()) {
                        Some(whole) => FhirValue::Integer(whole.into()),
                        None => FhirValue::Decimal(number(bound)),
                    });
                    item.extension.extend(value.map(|value| Extension::hl7(name, value)));
                }
                if !range.is_integer() {
                    item.extension.push(decimals(range));
                }
            }
            QuestionType::Date(from, to) => {
                item.r#type = "date";
                for (name, bound) in [("minValue", from), ("maxValue", to)] {
                    let value = bound.map(|bound| Extension::hl7(name, FhirValue::Date(bound.to_string())));
                    item.extension.extend(value);
                }
            }
            QuestionType::Quantity(range, units) => {
                item.r#type = "quantity";
                item.extension.push(decimals(range));
                for unit in units {
                    let unit = FhirValue::Coding(self.coding(question, unit));
                    item.extension.push(Extension::hl7("questionnaire-unitOption", unit));
                }
                item.extension.push(self.entry_format(question));
            }
        }
    }

    /// The permitted range as text, in each language of the pack for which there are messages.
    fn entry_format(&self, question: &Question) -> Extension {
        let in_language = |language: Language| {
            let messages = Messages::new(self.pack.tag(language));
            (messages.tag(), refusal_message(&messages, &AnswerError::OutOfRange, question, language))
        };
        let others = self.pack.each_language().filter(|language| *language != self.language);
        let extension: Vec<Extension> = others
            .filter_map(|language| {
                let (tag, (messages_tag, text)) = (self.pack.tag(language), in_language(language));
                (tag.split('-').next() == Some(messages_tag)).then(|| translation(tag, &text))
            })
            .collect();
        let format = Extension::hl7("entryFormat", FhirValue::String(in_language(self.language).1));
        Extension { text_more: (!extension.is_empty()).then_some(Translations { extension }), ..format }
    }

    fn option(&self, question: &Question, choice: &Choice) -> AnswerOption {
        let exclusive = choice.exclusive && matches!(question.shape, QuestionType::MultipleChoice(_));
        let extension = exclusive.then(|| Extension::hl7("questionnaire-optionExclusive", FhirValue::Boolean(true)));
        AnswerOption {
            extension: extension.into_iter().collect(),
            value: Some(FhirValue::Coding(self.coding(question, choice))),
        }
    }

    fn enable_when(&self, enable: &EnableTest) -> EnableWhen {
        let question = &self.pack.questions[enable.question];
        let (operator, answer) = match &enable.test {
            Literal::Exists(exists) => ("exists", EnableWhenAnswer::Boolean(*exists)),
            Literal::Is(choice) => ("=", self.compared(question, *choice)),
            Literal::IsNot(choice) => ("!=", self.compared(question, *choice)),
            Literal::Integer(how, than) => (operator(*how), EnableWhenAnswer::Integer((*than).into())),
            Literal::Decimal(how, than) => (operator(*how), EnableWhenAnswer::Decimal(number(*than))),
            Literal::Date(how, than) => (operator(*how), EnableWhenAnswer::Date(than.to_string())),
            Literal::Quantity(how, than, unit) => {
                let choice = &question.shape.choices()[*unit];
                (operator(*how), EnableWhenAnswer::Quantity(self.quantity(question, choice, *than)))
            }
        };
        EnableWhen { question: enable.link_id.clone(), operator, answer: Some(answer) }
    }

    fn compared(&self, question: &Question, choice: usize) -> EnableWhenAnswer {
        match question.shape.options() {
            Some(options) if options.yes_no => EnableWhenAnswer::Boolean(choice == 0),
            _ => EnableWhenAnswer::Coding(self.code(question, &question.shape.choices()[choice])),
        }
    }

    pub(super) fn quantity(&self, question: &Question, unit: &Choice, amount: Decimal) -> Quantity {
        let Coding { system, code, .. } = self.code(question, unit);
        Quantity { value: Some(number(amount)), unit: unit.text.in_language(self.language).to_string(), system, code }
    }
}

/// The code of a choice in the pack's code system. It includes the question: two questions may each have a different
/// `none`.
pub(super) fn code(question: &Question, choice: &Choice) -> String {
    format!("{}.{}", question.id, choice.code)
}

fn operator(how: Comparison) -> &'static str {
    match how {
        Comparison::Less => "<",
        Comparison::AtMost => "<=",
        Comparison::More => ">",
        Comparison::AtLeast => ">=",
    }
}

fn control(code: &str, display: &str) -> Extension {
    let control = CodeableConcept::coded("http://hl7.org/fhir/questionnaire-item-control", code, display);
    Extension::hl7("questionnaire-itemControl", FhirValue::Concept(control))
}

fn decimals(range: &Range) -> Extension {
    Extension::hl7("maxDecimalPlaces", FhirValue::Integer(range.decimals.into()))
}
