//! Reads the items of a response, at any nesting level.

use super::super::CanonicalBase;
use super::super::item_tree::{ItemKind, ItemTree, Node};
use super::reporter::ImportReporter;
use crate::answer::{Answer, AnswerKey};
use crate::diagnostics::{Diagnostic, Span, find_value, key_span, span_of};
use jsonc_parser::ast::{Object, Value};
use std::collections::{BTreeMap, BTreeSet};

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
    /// The answer.
    Answer(Answer),
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
}

impl<'r> ItemReader<'r> {
    pub(super) fn new(tree: &'r ItemTree, base: &'r CanonicalBase, reporter: ImportReporter<'r>) -> Self {
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
        }
    }

    /// Reads a list of items. `parent` is the `linkId` of the item that contains them, `None` if unknown.
    pub(super) fn items(&mut self, list: &Value<'_>, parent: Option<&str>, path: &str) {
        for (element, path) in self.reporter.list(list, path) {
            if let Some(item) = self.reporter.object(element, &path) {
                self.item(item, element, parent, &path);
            }
        }
    }

    fn item(&mut self, item: &Object<'_>, element: &Value<'_>, parent: Option<&str>, path: &str) {
        let known =
            ["id", "extension", "linkId", "definition", "text", "answer", "item", "_id", "_definition", "_text"];
        self.reporter.report_unknown_fields(item, |name| known.contains(&name), path);
        let Some((node, expected_parent)) = self.known(item, element, path) else {
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
                self.check_no_extension(item, path);
            }
            ItemKind::Answer(slot) | ItemKind::Label(slot) => {
                if let Some(answer) = self.answer(slot, item, path) {
                    self.seen.insert(&node.link_id);
                    let located = Located { value: answer, span: span_of(element), path: path.to_owned() };
                    let list =
                        if matches!(node.kind, ItemKind::Label(_)) { &mut self.labels } else { &mut self.answers };
                    list.insert(slot, located);
                }
            }
            ItemKind::Words(slot) => {
                if let Some(words) = self.own_words(item, path) {
                    self.seen.insert(&node.link_id);
                    let located = Located { value: words, span: span_of(element), path: path.to_owned() };
                    self.words.insert(slot, located);
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

    /// Returns the answer of an item, or the state that its reason for absence stands for.
    fn answer(&self, slot: AnswerKey, item: &Object<'_>, path: &str) -> Option<Answer> {
        let question = &self.tree.pack.questions[slot.question];
        let reason = self.reason(item, path);
        let value = self.values(item, question, path);
        match (reason, value) {
            (Some((state, _, _)), ItemValue::Nothing) => self.validate(question, state, item, path),
            (None, ItemValue::Nothing | ItemValue::Faulty) => None,
            (reason, value) => {
                if let Some((_, span, path)) = reason {
                    let problem =
                        Diagnostic::warning("two-states", span, "there is both an answer and a reason for its absence");
                    self.reporter.report(problem, &path, "the answer counts; remove one of the two");
                }
                let ItemValue::Answer(answer) = value else { return None };
                self.validate(question, answer, item, path)
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

pub(super) fn object_span(object: &Object<'_>) -> Span {
    use jsonc_parser::common::Ranged;
    object.start()..object.end()
}
