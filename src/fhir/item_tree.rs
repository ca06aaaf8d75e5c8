//! The items of a pack's questionnaire as a tree, shared by the `Questionnaire` and its responses.
//!
//! | in the pack | in FHIR | `linkId` |
//! | --- | --- | --- |
//! | notice | `display`, first | `pack:notice` |
//! | section | `group` | `section:concerns` |
//! | question | one item of the matching type | `skin-health` |
//! | for-each question | `group` with one item for each option | `severity`, `severity.acne-scars` |
//! | own words in addition to options | a `text` item after it, enabled once an option is chosen | `products.text` |
//! | help | `display` inside the item, marked as help | `severity:help` |
//! | label given without its question being asked | hidden `text` item | `label.given` |
//!
//! Ids of packs contain no `.` and no `:`, so link ids cannot clash. Own words have a separate item instead of
//! `open-choice`. A pack allows own words *in addition to* a chosen option, while `open-choice` with one answer takes either
//! an option or a text. Every form filler supports a `text` item and returns its text unchanged.
//!
//! The "overall" answer of a for-each question is the item of the option that stands for "overall" (`severity.not-sure`).

use super::enable_when::{Clause, Literal, QuestionTest, Unsupported, clauses};
use crate::answer::AnswerKey;
use crate::pack::{ForEach, LocalizedText, Pack, Question, Role};

/// A pack and the items of its questionnaire.
#[derive(Debug)]
pub(crate) struct ItemTree {
    pub(super) pack: Pack,
    pub(super) nodes: Vec<Node>,
}

/// A pack that FHIR R4 cannot express. The error text names the first reason.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the pack {pack} cannot be written as FHIR: {}", refusals.first().map_or("", |refusal| &refusal.message))]
pub struct UnsupportedPack {
    /// The pack's name.
    pub pack: String,
    /// The parts that cannot be expressed, index least one.
    pub(super) refusals: Vec<Unsupported>,
}

/// An item of the questionnaire.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) link_id: String,
    pub(super) kind: ItemKind,
    pub(super) text: Option<LocalizedText>,
    /// The tests that enable the item; without tests it is always enabled.
    pub(super) enable: Vec<EnableTest>,
    /// True if one of the tests is enough (`enableBehavior` is `any`).
    pub(super) any: bool,
    pub(super) children: Vec<Node>,
}

/// A test of the answer to an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct EnableTest {
    pub(super) link_id: String,
    /// The index of the question that the item asks.
    pub(super) question: usize,
    pub(super) test: Literal,
}

/// The purpose of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ItemKind {
    Group,
    Notice,
    Help,
    /// Takes the answer.
    Answer(AnswerKey),
    /// Takes the person's own words in addition to the answer.
    Words(AnswerKey),
    /// Takes a label if its question is not asked.
    Label(AnswerKey),
}

impl ItemTree {
    /// Builds the items of a pack's questionnaire.
    ///
    /// # Errors
    /// Returns an error that lists every part of the pack that FHIR R4 cannot express.
    pub(crate) fn new(pack: &Pack) -> Result<Self, UnsupportedPack> {
        let mut gates: Vec<Vec<Clause>> = Vec::new();
        let mut refusals = Vec::new();
        for (index, question) in pack.questions.iter().enumerate() {
            match question.when.as_ref().map_or(Ok(Vec::new()), |when| clauses(&pack.questions, index, when)) {
                Ok(gate) => gates.push(gate),
                Err(refusal) => refusals.push(refusal),
            }
        }
        if !refusals.is_empty() {
            return Err(UnsupportedPack { pack: pack.id.clone(), refusals });
        }
        let builder = Builder { pack, gates };
        let notice = Node::plain("pack:notice".to_owned(), ItemKind::Notice, Some(pack.notice.clone()));
        let sections = (0..pack.sections.len()).filter_map(|section| builder.section(section));
        let nodes = std::iter::once(notice).chain(builder.label()).chain(sections).collect();
        Ok(Self { pack: pack.clone(), nodes })
    }
}

impl Node {
    fn plain(link_id: String, kind: ItemKind, text: Option<LocalizedText>) -> Self {
        Self { link_id, kind, text, enable: Vec::new(), any: false, children: Vec::new() }
    }
}

struct Builder<'b> {
    pack: &'b Pack,
    /// The condition of each question, as clauses.
    gates: Vec<Vec<Clause>>,
}

impl Builder<'_> {
    /// A section. Clauses that all its questions share become tests of the section.
    fn section(&self, section: usize) -> Option<Node> {
        let questions: Vec<usize> =
            (0..self.pack.questions.len()).filter(|index| self.pack.questions[*index].section == section).collect();
        let first = self.gates.get(*questions.first()?)?;
        let shared: Vec<Clause> = first
            .iter()
            .filter(|clause| clause.len() == 1 && questions.iter().all(|index| self.gates[*index].contains(clause)))
            .cloned()
            .collect();
        let children: Vec<Node> = questions.iter().flat_map(|index| self.question(*index, &shared)).collect();
        let section = &self.pack.sections[section];
        let mut node = Node::plain(format!("section:{}", section.id), ItemKind::Group, Some(section.title.clone()));
        node.enable = shared.into_iter().flatten().map(|test| self.enable(test)).collect();
        node.children = children;
        (!node.children.is_empty()).then_some(node)
    }

    fn enable(&self, (question, test): QuestionTest) -> EnableTest {
        EnableTest { link_id: self.pack.questions[question].id.clone(), question, test }
    }

    /// The items of a question, inside the groups that its condition needs.
    fn question(&self, index: usize, shared: &[Clause]) -> Vec<Node> {
        let question = &self.pack.questions[index];
        let clauses: Vec<&Clause> = self.gates[index].iter().filter(|clause| !shared.contains(clause)).collect();
        let (single, mut alternatives): (Vec<&Clause>, Vec<&Clause>) =
            clauses.into_iter().partition(|clause| clause.len() == 1);
        let mut required: Vec<EnableTest> =
            single.into_iter().flatten().map(|test| self.enable(test.clone())).collect();
        let (mut node, own_words) = match &question.for_each {
            None => self.asked_once(index, question),
            Some(for_each) => {
                // A group whose items can never be enabled is omitted.
                let Some(node) = self.asked_for_each(index, question, for_each) else { return Vec::new() };
                let answered = self.enable((for_each.question, Literal::Exists(true)));
                if !required.contains(&answered) {
                    required.push(answered);
                }
                (node, None)
            }
        };
        // The item itself holds one level of tests; each further level is a group around it.
        if let Some(last) = alternatives.pop() {
            node.enable = last.iter().map(|test| self.enable(test.clone())).collect();
            node.any = true;
        } else {
            node.enable = std::mem::take(&mut required);
        }
        let mut nodes: Vec<Node> = std::iter::once(node).chain(own_words).collect();
        let levels = alternatives
            .into_iter()
            .map(|clause| (clause.iter().map(|test| self.enable(test.clone())).collect::<Vec<_>>(), true));
        let levels = std::iter::once((required, false)).chain(levels).filter(|(tests, _)| !tests.is_empty());
        let levels: Vec<_> = levels.collect();
        for (number, (enable, any)) in levels.into_iter().enumerate().rev() {
            let link_id = format!("{}:when-{}", question.id, number + 1);
            nodes = vec![Node { link_id, kind: ItemKind::Group, text: None, enable, any, children: nodes }];
        }
        nodes
    }

    fn asked_once(&self, index: usize, question: &Question) -> (Node, Option<Node>) {
        let slot = AnswerKey::of_question(index);
        let mut node = Node::plain(question.id.clone(), ItemKind::Answer(slot), Some(question.text.clone()));
        node.children.extend(help(question));
        let words = self.words(&node, question, slot);
        (node, words)
    }

    fn asked_for_each(&self, index: usize, question: &Question, for_each: &ForEach) -> Option<Node> {
        let choices = self.pack.questions[for_each.question].shape.choices();
        let excluded = |choice: usize| self.gates[index].contains(&vec![(for_each.question, Literal::IsNot(choice))]);
        let asked = (0..choices.len()).filter(|choice| !excluded(*choice)).flat_map(|choice| {
            let option = &choices[choice];
            let overall = for_each.overall == Some(choice);
            let slot = AnswerKey { question: index, subject: Some(for_each.subject(choice)) };
            let text = match question.overall_text.as_ref().filter(|_| overall) {
                Some(text) => text.clone(),
                None => question.text.map(|language, text| text.fill("{for}", option.text.in_language(language))),
            };
            let mut node = Node::plain(format!("{}.{}", question.id, option.code), ItemKind::Answer(slot), Some(text));
            node.enable = vec![self.enable((for_each.question, Literal::Is(choice)))];
            let words = self.words(&node, question, slot);
            std::iter::once(node).chain(words)
        });
        let asked: Vec<Node> = asked.collect();
        if asked.is_empty() {
            return None;
        }
        let mut group = Node::plain(question.id.clone(), ItemKind::Group, Some(question.title.clone()));
        group.children = help(question).into_iter().chain(asked).collect();
        Some(group)
    }

    /// The item for the person's own words in addition to a choice.
    fn words(&self, node: &Node, question: &Question, slot: AnswerKey) -> Option<Node> {
        question.shape.options()?.free_text?;
        let text = LocalizedText::from_messages(&self.pack.languages, "own-words");
        let mut words = Node::plain(format!("{}.text", node.link_id), ItemKind::Words(slot), Some(text));
        let (link_id, question) = (node.link_id.clone(), slot.question);
        words.enable = vec![EnableTest { link_id, question, test: Literal::Exists(true) }];
        Some(words)
    }

    /// The hidden item for the label, needed if the label's question has a condition: a label counts even if not asked.
    fn label(&self) -> Option<Node> {
        let index = self.pack.with_role(Role::Label)?;
        let question = &self.pack.questions[index];
        question.when.as_ref()?;
        let text = Some(question.title.clone());
        Some(Node::plain(format!("{}.given", question.id), ItemKind::Label(AnswerKey::of_question(index)), text))
    }
}

fn help(question: &Question) -> Option<Node> {
    let text = question.help.clone()?;
    Some(Node::plain(format!("{}:help", question.id), ItemKind::Help, Some(text)))
}
