//! Reads the items of a response, at any nesting level.

use super::super::CanonicalBase;
use super::super::item_tree::{ItemKind, ItemTree, Node};
use super::super::questionnaire::code;
use super::super::response::DECLINED;
use super::reporter::ImportReporter;
use super::words;
use crate::answer::{Answer, AnswerKey};
use crate::diagnostics::{Diagnostic, Span, find_value, key_span, span_of};
use crate::interview::{answer_or_state_text, titled_question};
use crate::messages::Messages;
use crate::pack::{Language, Question, QuestionType};
use jsonc_parser::ast::{Object, Value};
use std::collections::{BTreeMap, BTreeSet};

/// The fields of an item that are read, or that say nothing about its answer.
const ITEM_FIELDS: [&str; 10] =
    ["id", "extension", "linkId", "definition", "text", "answer", "item", "_id", "_definition", "_text"];

/// A value read for an answer, with its place in the file.
pub(super) struct Located<T> {
    pub(super) value: T,
    pub(super) span: Span,
    pub(super) path: String,
}

/// The result of reading the `answer` list of an item.
pub(super) enum ItemValue {
    /// There is no list, or nothing in it.
    Nothing,
    /// The list holds something invalid, which has been reported.
    Faulty,
    /// The answer, and the words of the options that could not be read beside it.
    Answer(Answer, Option<String>),
}

/// The outcome of reading an item.
enum ItemReading {
    /// The item says nothing about its question.
    Nothing,
    /// Its answer could not be read, which has been reported; the words as they came.
    Unread(Option<String>),
    /// The answer, and the words of the options that could not be read beside it.
    Answer(Answer, Option<String>),
}

/// Reads items and collects their values.
pub(super) struct ItemReader<'r> {
    pub(super) tree: &'r ItemTree,
    pub(super) base: &'r CanonicalBase,
    pub(super) reporter: ImportReporter<'r>,
    /// By `linkId`: the item, and the `linkId` of its parent (empty at the top level).
    items: BTreeMap<&'r str, (&'r Node, &'r str)>,
    seen: BTreeSet<&'r str>,
    pub(super) answers: BTreeMap<AnswerKey, Located<Answer>>,
    pub(super) words: BTreeMap<AnswerKey, Located<String>>,
    pub(super) labels: BTreeMap<AnswerKey, Located<Answer>>,
    /// The words of answers that could not be read.
    pub(super) unread: BTreeMap<AnswerKey, Located<Option<String>>>,
    /// The words of answers that belong to no question.
    pub(super) unassigned: Vec<String>,
    /// The language of titles beside these words.
    pub(super) language: Language,
}

impl<'r> ItemReader<'r> {
    pub(super) fn new(
        tree: &'r ItemTree,
        base: &'r CanonicalBase,
        reporter: ImportReporter<'r>,
        language: Language,
    ) -> Self {
        let mut items = BTreeMap::new();
        let mut open: Vec<(&Node, &str)> = tree.nodes.iter().map(|node| (node, "")).collect();
        while let Some((node, parent)) = open.pop() {
            open.extend(node.children.iter().map(|child| (child, node.link_id.as_str())));
            items.insert(node.link_id.as_str(), (node, parent));
        }
        Self {
            tree,
            base,
            reporter,
            items,
            seen: BTreeSet::new(),
            answers: BTreeMap::new(),
            words: BTreeMap::new(),
            labels: BTreeMap::new(),
            unread: BTreeMap::new(),
            unassigned: Vec::new(),
            language,
        }
    }

    /// Reads a list of items. `parent` is the `linkId` of the item that contains them, `None` if unknown.
    pub(super) fn items(&mut self, list: &Value<'_>, parent: Option<&str>, path: &str) {
        if !matches!(list, Value::Array(_)) {
            self.keep_value(list, path);
        }
        for (element, path) in self.reporter.list(list, path) {
            match self.reporter.object(element, &path) {
                Some(item) => self.item(item, element, parent, &path),
                None => self.keep_value(element, &path),
            }
        }
    }

    fn item(&mut self, item: &Object<'_>, element: &Value<'_>, parent: Option<&str>, path: &str) {
        self.reporter.report_unknown_fields(item, |name| ITEM_FIELDS.contains(&name), path);
        let Some((node, expected_parent)) = self.known(item, element, path) else {
            let state = self.reason(item, path).map(|(state, _, _)| state);
            self.keep_unassigned(item, state, path);
            // Items inside an unknown item may still be known.
            self.nested_items(item, None, path);
            return;
        };
        if parent.is_some_and(|parent| parent != expected_parent) {
            let message = format!("the item `{}` is not where the questionnaire has it", node.link_id);
            let hint = if expected_parent.is_empty() {
                "move it to the top level; it is read as if it were there".to_owned()
            } else {
                format!("move it into `{expected_parent}`; it is read as if it were there")
            };
            self.reporter.report(Diagnostic::warning("wrong-place", span_of(element), message), path, &hint);
        }
        if self.seen.contains(node.link_id.as_str()) {
            let message = format!("the item `{}` occurs twice", node.link_id);
            let problem = Diagnostic::warning("duplicate-item", span_of(element), message);
            self.reporter.report(
                problem,
                path,
                "put several answers into one `answer` list; the first valid item counts",
            );
            let state = self.reason(item, path).map(|(state, _, _)| state);
            self.keep_unassigned(item, state, path);
            // The parts of a split group may hold different questions.
            self.nested_items(item, Some(&node.link_id), path);
            return;
        }
        match node.kind {
            ItemKind::Group | ItemKind::Notice | ItemKind::Help => {
                if let Some(answer) = find_value(item, "answer") {
                    let message = format!("`{}` is not a question and takes no answer", node.link_id);
                    let problem = Diagnostic::warning("wrong-type", span_of(answer), message);
                    self.reporter.report(problem, &format!("{path}.answer"), "compare it with the questionnaire");
                }
                self.seen.insert(&node.link_id);
                let state = self.reason(item, path).map(|(state, _, _)| state);
                if state.is_some() {
                    self.check_no_extension(item, path);
                }
                self.keep_unassigned(item, state, path);
            }
            ItemKind::Answer(slot) | ItemKind::Label(slot) => {
                let (span, path) = (span_of(element), path.to_owned());
                match self.answer(slot, item, &path) {
                    ItemReading::Nothing if has_unread_content(item) => {
                        self.unread.entry(slot).or_insert(Located { value: None, span, path });
                    }
                    ItemReading::Nothing => {}
                    ItemReading::Unread(value) => {
                        self.unread.entry(slot).or_insert(Located { value, span, path });
                    }
                    ItemReading::Answer(value, lost) => {
                        self.seen.insert(&node.link_id);
                        let is_label = matches!(node.kind, ItemKind::Label(_));
                        let list = if is_label { &mut self.labels } else { &mut self.answers };
                        list.insert(slot, Located { value, span, path });
                        let lost = lost.map(|lost| words::titled(&self.title(slot), Some(&lost)));
                        self.unassigned.extend(lost);
                    }
                }
            }
            ItemKind::Words(slot) => {
                if let Some(words) = self.own_words(item, path) {
                    self.seen.insert(&node.link_id);
                    let located = Located { value: words, span: span_of(element), path: path.to_owned() };
                    self.words.insert(slot, located);
                } else {
                    let words = words::of_item(item, &|_| false);
                    if words.is_some() || has_unread_content(item) {
                        self.unassigned.push(words::titled(&self.title(slot), words.as_deref()));
                    }
                }
            }
        }
        self.nested_items(item, Some(&node.link_id), path);
    }

    fn known(&self, item: &Object<'_>, element: &Value<'_>, path: &str) -> Option<(&'r Node, &'r str)> {
        let Some(link_id) = find_value(item, "linkId") else {
            let problem = Diagnostic::warning("unknown-link-id", span_of(element), "this item has no `linkId`");
            self.reporter.report(problem, path, "add the `linkId` of its question");
            return None;
        };
        let text = self.reporter.text(link_id, &format!("{path}.linkId"))?;
        let item = self.items.get(text).copied();
        if item.is_none() {
            let link_text = crate::printable::Printable::line(text);
            let problem = Diagnostic::warning(
                "unknown-link-id",
                span_of(link_id),
                format!("the questionnaire has no item `{link_text}`"),
            );
            let problem =
                problem.path(format!("{path}.linkId")).hint("`preconsult fhir questionnaire` prints every item");
            self.reporter.sink.report(problem.suggest(text, self.items.keys().copied()));
        }
        item
    }

    /// Reads the items inside an item and inside its answers.
    fn nested_items(&mut self, item: &Object<'_>, link_id: Option<&str>, path: &str) {
        if let Some(items) = find_value(item, "item") {
            self.items(items, link_id, &format!("{path}.item"));
        }
        let Some(Value::Array(answers)) = find_value(item, "answer") else { return };
        for (index, answer) in answers.elements.iter().enumerate() {
            let Value::Object(answer) = answer else { continue };
            if let Some(items) = find_value(answer, "item") {
                self.items(items, link_id, &format!("{path}.answer[{index}].item"));
            }
        }
    }

    fn check_no_extension(&self, item: &Object<'_>, path: &str) {
        if let Some(property) = item.properties.iter().find(|property| property.name.as_str() == "extension") {
            let problem =
                Diagnostic::warning("unknown-extension", key_span(property), "this extension is not imported");
            self.reporter.report(problem, &format!("{path}.extension"), "its content is lost");
        }
    }

    /// Returns the title of a question, with its subject.
    pub(super) fn title(&self, slot: AnswerKey) -> String {
        let messages = Messages::new(self.tree.pack.tag(self.language));
        titled_question(&self.tree.pack, slot, self.language, &messages).to_string()
    }

    /// Keeps what an item without a question says: its answer, or the state that its reason for absence stands for. The
    /// text or name of the item comes before it.
    fn keep_unassigned(&mut self, item: &Object<'_>, state: Option<Answer>, path: &str) {
        if find_value(item, "answer").is_none() && state.is_none() && !has_unread_content(item) {
            return;
        }
        let name = |field: &str| find_value(item, field).and_then(|value| words::of_value(value, &|_| true));
        let title = name("text").or_else(|| name("linkId")).unwrap_or_else(|| path.to_owned());
        let state = || {
            let messages = Messages::new(self.tree.pack.tag(self.language));
            state.map(|state| answer_or_state_text(&state, &QuestionType::Text(0), self.language, &messages))
        };
        let words = words::of_item(item, &|_| false).or_else(state);
        self.unassigned.push(words::titled(&title, words.as_deref()));
    }

    /// Keeps a value that stands in the place of an item.
    fn keep_value(&mut self, value: &Value<'_>, path: &str) {
        self.unassigned.push(words::of_value(value, &|_| true).unwrap_or_else(|| path.to_owned()));
    }

    /// Reads the answer of an item, or the state that its reason for absence stands for.
    fn answer(&self, slot: AnswerKey, item: &Object<'_>, path: &str) -> ItemReading {
        let question = &self.tree.pack.questions[slot.question];
        let reason = self.reason(item, path);
        let value = self.values(item, question, path);
        let words = || words::of_item(item, &|code| is_option_code(question, code));
        match (reason, value) {
            (Some((state, _, _)), ItemValue::Nothing) => self.validate(question, state, item, path),
            (None, ItemValue::Nothing) => ItemReading::Nothing,
            (None, ItemValue::Faulty) => ItemReading::Unread(words()),
            (reason, value) => {
                if let Some((_, span, path)) = reason {
                    let problem =
                        Diagnostic::warning("two-states", span, "there is both an answer and a reason for its absence");
                    self.reporter.report(problem, &path, "the answer counts; remove one of the two");
                }
                let ItemValue::Answer(answer, lost) = value else { return ItemReading::Unread(words()) };
                match self.validate(question, answer, item, path) {
                    ItemReading::Answer(answer, _) => ItemReading::Answer(answer, lost),
                    reading => reading,
                }
            }
        }
    }

    /// Validates an answer, or reports why the question does not accept it.
    fn validate(&self, question: &Question, answer: Answer, item: &Object<'_>, path: &str) -> ItemReading {
        let state = match &answer {
            Answer::Declined => Some(DECLINED),
            Answer::Skipped => Some("skipped"),
            Answer::Value(_) | Answer::Unreadable(_) => None,
        };
        match question.validate(answer) {
            Ok(answer) => ItemReading::Answer(answer, None),
            Err(error) => {
                self.report_answer_error(question, &error, object_span(item), path);
                let words = words::of_item(item, &|code| is_option_code(question, code));
                ItemReading::Unread(words.or(state.map(str::to_owned)))
            }
        }
    }

    fn own_words(&self, item: &Object<'_>, path: &str) -> Option<String> {
        self.check_no_extension(item, path);
        let texts = self.texts(item, path);
        if texts.len() > 1 {
            let problem = Diagnostic::warning("exclusive", object_span(item), "only one text is allowed here");
            self.reporter.report(problem, path, "join them into one text");
            return None;
        }
        texts.into_iter().next()
    }
}

/// Returns whether a code names an option or a unit of the question.
pub(super) fn is_option_code(question: &Question, text: &str) -> bool {
    question.shape.choices().iter().any(|choice| code(question, choice) == text)
}

pub(super) fn object_span(object: &Object<'_>) -> Span {
    use jsonc_parser::common::Ranged;
    object.start()..object.end()
}

/// Returns whether an item has content in a place that is not read, which may have been its answer.
fn has_unread_content(item: &Object<'_>) -> bool {
    let is_unread = |name: &str| !ITEM_FIELDS.contains(&name) && name != "_linkId";
    item.properties.iter().any(|property| is_unread(property.name.as_str()))
}
