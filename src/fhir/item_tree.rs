//! The items of a pack's questionnaire as a tree: what both the Questionnaire and its responses follow.
//!
//! | in the pack | in FHIR | `linkId` |
//! | --- | --- | --- |
//! | notice | `display`, first | `pack:notice` |
//! | section | `group` | `section:concerns` |
//! | question | one item of the type that fits | `skin-health` |
//! | for-each question | `group`, and in it one item for each option | `severity`, `severity.acne-scars` |
//! | own words beside options | a `text` item behind it, enabled once something is chosen | `products.text` |
//! | help | `display` inside the item, as help | `severity:help` |
//! | label that is given though it is not asked | hidden `text` item | `label.given` |
//!
//! Ids of packs have no `.` and no `:`, so nothing can clash. Own words are an item of their own and not `open-choice`: a
//! pack lets them stand *beside* a chosen option, and `open-choice` takes either the one or the other where a question has
//! one answer; a `text` item is filled in by every form filler and comes back as it was.
//!
//! What a for-each question is asked about "overall" is the item of the option that stands for it (`severity.not-sure`).

use super::enable_when::{Clause, Literal, QuestionTest, Unsupported, clauses};
use crate::answer::AnswerKey;
use crate::pack::{ForEach, LocalizedText, Pack, Question, Role};

/// A pack and the items of its questionnaire.
#[derive(Debug)]
pub(crate) struct ItemTree {
    pub(super) pack: Pack,
    pub(super) nodes: Vec<Node>,
}

/// A pack that FHIR R4 cannot express. The text names the first reason.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the pack {pack} cannot be written as FHIR: {}", refusals.first().map_or("", |refusal| &refusal.message))]
pub struct UnsupportedPack {
    /// The pack's name.
    pub pack: String,
    /// What cannot be expressed, at least one thing.
    pub(super) refusals: Vec<Unsupported>,
}

/// An item.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) link_id: String,
    pub(super) kind: ItemKind,
    pub(super) text: Option<LocalizedText>,
    /// The tests that decide whether it is enabled; with none it is.
    pub(super) enable: Vec<EnableTest>,
    /// Whether one of them is enough.
    pub(super) any: bool,
    pub(super) children: Vec<Node>,
}

/// A test of the answer of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct EnableTest {
    pub(super) link_id: String,
    /// The question that the item asks.
    pub(super) question: usize,
    pub(super) test: Literal,
}

/// What an item is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ItemKind {
    Group,
    Notice,
    Help,
    /// Takes the answer.
    Answer(AnswerKey),
    /// Takes the person's own words beside the answer.
    Words(AnswerKey),
    /// Takes a label where its question is not asked.
    Label(AnswerKey),
}

impl ItemTree {
    /// Builds the items of a pack's questionnaire.
    ///
    /// # Errors
    /// Everything in the pack that FHIR R4 cannot express.
    pub(crate) fn new(pack: &Pack) -> Result<Self, UnsupportedPack> {
        let mut gates: Vec<Vec<Clause>> = Vec::new();
        let mut refusals = Vec::new();
        for (at, question) in pack.questions.iter().enumerate() {
            match question.when.as_ref().map_or(Ok(Vec::new()), |when| clauses(&pack.questions, at, when)) {
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
    /// By question.
    gates: Vec<Vec<Clause>>,
}

impl Builder<'_> {
    /// A section; what all its questions wait for, the section waits for.
    fn section(&self, section: usize) -> Option<Node> {
        let questions: Vec<usize> =
            (0..self.pack.questions.len()).filter(|at| self.pack.questions[*at].section == section).collect();
        let first = self.gates.get(*questions.first()?)?;
        let shared: Vec<Clause> = first
            .iter()
            .filter(|clause| clause.len() == 1 && questions.iter().all(|at| self.gates[*at].contains(clause)))
            .cloned()
            .collect();
        let children: Vec<Node> = questions.iter().flat_map(|at| self.question(*at, &shared)).collect();
        let section = &self.pack.sections[section];
        let mut node = Node::plain(format!("section:{}", section.id), ItemKind::Group, Some(section.title.clone()));
        node.enable = shared.into_iter().flatten().map(|test| self.enable(test)).collect();
        node.children = children;
        (!node.children.is_empty()).then_some(node)
    }

    fn enable(&self, (question, test): QuestionTest) -> EnableTest {
        EnableTest { link_id: self.pack.questions[question].id.clone(), question, test }
    }

    /// A question and what belongs to it, inside the groups that its condition needs.
    fn question(&self, at: usize, shared: &[Clause]) -> Vec<Node> {
        let question = &self.pack.questions[at];
        let own: Vec<&Clause> = self.gates[at].iter().filter(|clause| !shared.contains(clause)).collect();
        let (sure, mut one_of): (Vec<&Clause>, Vec<&Clause>) = own.into_iter().partition(|clause| clause.len() == 1);
        let mut sure: Vec<EnableTest> = sure.into_iter().flatten().map(|test| self.enable(test.clone())).collect();
        let (mut node, beside) = match &question.for_each {
            None => self.asked_once(at, question),
            Some(each) => {
                // A group of which no item can be enabled is left out.
                let Some(node) = self.asked_for_each(at, question, each) else { return Vec::new() };
                let through = self.enable((each.question, Literal::Exists(true)));
                if !sure.contains(&through) {
                    sure.push(through);
                }
                (node, None)
            }
        };
        // The item itself takes one level of tests; each further level is a group around it.
        if let Some(last) = one_of.pop() {
            node.enable = last.iter().map(|test| self.enable(test.clone())).collect();
            node.any = true;
        } else {
            node.enable = std::mem::take(&mut sure);
        }
        let mut nodes: Vec<Node> = std::iter::once(node).chain(beside).collect();
        let levels = one_of
            .into_iter()
            .map(|clause| (clause.iter().map(|test| self.enable(test.clone())).collect::<Vec<_>>(), true));
        let levels = std::iter::once((sure, false)).chain(levels).filter(|(tests, _)| !tests.is_empty());
        let levels: Vec<_> = levels.collect();
        for (number, (enable, any)) in levels.into_iter().enumerate().rev() {
            let link_id = format!("{}:when-{}", question.id, number + 1);
            nodes = vec![Node { link_id, kind: ItemKind::Group, text: None, enable, any, children: nodes }];
        }
        nodes
    }

    fn asked_once(&self, at: usize, question: &Question) -> (Node, Option<Node>) {
        let slot = AnswerKey::of_question(at);
        let mut node = Node::plain(question.id.clone(), ItemKind::Answer(slot), Some(question.text.clone()));
        node.children.extend(help(question));
        let words = self.words(&node, question, slot);
        (node, words)
    }

    fn asked_for_each(&self, at: usize, question: &Question, each: &ForEach) -> Option<Node> {
        let choices = self.pack.questions[each.question].shape.choices();
        let excluded = |choice: usize| self.gates[at].contains(&vec![(each.question, Literal::IsNot(choice))]);
        let asked = (0..choices.len()).filter(|choice| !excluded(*choice)).flat_map(|choice| {
            let option = &choices[choice];
            let overall = each.overall == Some(choice);
            let slot = AnswerKey { question: at, subject: Some(each.subject(choice)) };
            let text = match question.overall_text.as_ref().filter(|_| overall) {
                Some(text) => text.clone(),
                None => question.text.map(|language, text| text.fill("{for}", option.text.in_language(language))),
            };
            let mut node = Node::plain(format!("{}.{}", question.id, option.code), ItemKind::Answer(slot), Some(text));
            node.enable = vec![self.enable((each.question, Literal::Is(choice)))];
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

    /// Where the person's own words beside a choice go.
    fn words(&self, node: &Node, question: &Question, slot: AnswerKey) -> Option<Node> {
        question.shape.options()?.free_text?;
        let text = LocalizedText::from_messages(&self.pack.languages, "own-words");
        let mut words = Node::plain(format!("{}.text", node.link_id), ItemKind::Words(slot), Some(text));
        let (link_id, question) = (node.link_id.clone(), slot.question);
        words.enable = vec![EnableTest { link_id, question, test: Literal::Exists(true) }];
        Some(words)
    }

    /// A label counts even where the question for it is not asked.
    fn label(&self) -> Option<Node> {
        let at = self.pack.with_role(Role::Label)?;
        let question = &self.pack.questions[at];
        question.when.as_ref()?;
        let text = Some(question.title.clone());
        Some(Node::plain(format!("{}.given", question.id), ItemKind::Label(AnswerKey::of_question(at)), text))
    }
}

fn help(question: &Question) -> Option<Node> {
    let text = question.help.clone()?;
    Some(Node::plain(format!("{}:help", question.id), ItemKind::Help, Some(text)))
}
