//! Narratives: resources as human-readable text, in the subset of XHTML that FHIR R4 allows.
//!
//! Every element is closed and every text is escaped: a `div` that is not XML makes the whole resource invalid.

use super::element::Narrative;
use super::item_tree::{ItemKind, ItemTree, Node};
use crate::answer::AnswerKey;
use crate::foreign_text::ForeignText;
use crate::outline::{AnswerText, Block, Choices, EDITORIAL, Fact, HeaderField, Outline, Part};
use crate::pack::{Language, QuestionType};
use crate::printable::Printable;
use maud::{Markup, PreEscaped, html};

/// A narrative with status `generated`: it contains nothing that the resource does not.
pub(super) fn generated(markup: &Markup, tag: &str) -> Narrative {
    let div = html! { div xmlns="http://www.w3.org/1999/xhtml" xml:lang=(tag) lang=(tag) { (markup) } };
    Narrative { status: "generated", div: div.into_string() }
}

/// The questions of a questionnaire with their options.
pub(super) fn of_questionnaire(tree: &ItemTree, language: Language) -> Markup {
    html! {
        h1 { (tree.pack.title.in_language(language)) }
        @for node in &tree.nodes { (of_node(tree, node, language)) }
    }
}

fn of_node(tree: &ItemTree, node: &Node, language: Language) -> Markup {
    let text = node.text.as_ref().map(|text| text.in_language(language));
    html! {
        @match node.kind {
            ItemKind::Group => div {
                @if let Some(text) = text { p { b { (text) } } }
                @for child in &node.children { (of_node(tree, child, language)) }
                // The items of a for-each question share their options, so they are listed once.
                @if let Some(last) = node.children.iter().rev().find_map(asked_about) {
                    (of_options(tree, last, language))
                }
            },
            ItemKind::Notice | ItemKind::Help => @if let Some(text) = text { p { (text) } },
            ItemKind::Words(_) => @if let Some(text) = text { p { i { (text) } } },
            ItemKind::Label(_) => {},
            ItemKind::Answer(slot) => {
                @let question = &tree.pack.questions[slot.question];
                @if let Some(text) = text { p { (text) @if question.required { " *" } } }
                @for child in &node.children { (of_node(tree, child, language)) }
                @if slot.subject.is_none() { (of_options(tree, slot, language)) }
            },
        }
    }
}

fn asked_about(node: &Node) -> Option<AnswerKey> {
    if let ItemKind::Answer(slot) = node.kind { Some(slot).filter(|slot| slot.subject.is_some()) } else { None }
}

fn of_options(tree: &ItemTree, slot: AnswerKey, language: Language) -> Markup {
    html! {
        @match &tree.pack.questions[slot.question].shape {
            QuestionType::Text(_) | QuestionType::Number(_) | QuestionType::Date(..) => {},
            shape => ul { @for choice in shape.choices() { li { (choice.text.in_language(language)) } } },
        }
    }
}

/// The title of a code system; the codes and their texts are in the resource itself.
pub(super) fn of_codes(title: &str) -> Markup {
    html! { p { (title) } }
}

/// Questions and answers, as a description list.
pub(super) fn of_answers(answers: &[(Printable, Printable)]) -> Markup {
    html! {
        @if answers.is_empty() { p { "—" } } @else {
            dl { @for (question, answer) in answers { dt { (question) } dd { (lines(answer)) } } }
        }
    }
}

/// A single paragraph.
pub(super) fn of_text(text: &str) -> Markup {
    html! { p { (text) } }
}

/// The header and the footer of a copy.
pub(super) fn of_frame(outline: &Outline) -> Markup {
    html! {
        p { b { (outline.title) } }
        p { (outline.copy) " · " (outline.date) }
        @for fill in &outline.header {
            @match fill {
                // Lines to write on make sense only on paper.
                HeaderField::Blank(_) => {},
                HeaderField::Known(label, text) => p { (label) ": " (text) },
                HeaderField::Tick(label, options) => @for (option, _) in options.iter().filter(|(_, ticked)| *ticked) {
                    p { (label) ": " (option) }
                },
            }
        }
        @for line in &outline.sources { p { (line) } }
        p { (outline.pack) " · " (outline.hash) }
    }
}

/// All blocks of a part, in the order of the copy.
pub(super) fn of_part(part: &Part, outline: &Outline) -> Markup {
    html! { @for block in &part.blocks { (of_block(block, outline)) } }
}

/// The element id of a statement in the composition.
pub(super) fn statement_id(statement: &str) -> String {
    format!("statement.{statement}")
}

fn of_block(block: &Block, outline: &Outline) -> Markup {
    html! {
        @match block {
            Block::Text(text) => p { (lines(text)) },
            Block::ClinicText(clinic) => p xml:lang=[clinic.language.as_deref()] lang=[clinic.language.as_deref()] {
                (lines(&clinic.text))
                @if let Some(mark) = clinic.mark() { " " (mark) }
            },
            Block::OwnWords(words) => p { (own_words(words)) },
            Block::Fact(fact) | Block::NotAsked(fact) => (of_fact(fact)),
            Block::Factors { lead, factors, .. } => {
                p { (lead) }
                ul { @for factor in factors { li id=(statement_id(&factor.id)) {
                    (factor.text) " " (factor.mark)
                    @for fact in &factor.beside { (of_fact(fact)) }
                } } }
            },
            Block::Short { label, lines } => p {
                b { (label) ": " }
                @for (text, mark) in lines { (text) " " (mark) " " }
            },
            Block::Step(_, text) => p { (text) },
            Block::ToAsk { id, ticked, text, mark } => p id=(statement_id(id)) {
                @if *ticked { "☒ " } @else { "☐ " } (text) " " (mark)
            },
            Block::Space(_) => {},
            Block::Table { columns, rows } => table {
                thead { tr { @for column in columns { th { (column) } } } }
                tbody { @for row in rows { tr { @for entry in row { td { (of_entry(entry)) } } } } }
            },
            Block::Because { label, choices } => (of_choices(label, choices)),
            Block::Meaning { id, text, mark } => div id=(statement_id(id)) { p { (text) " " (mark) } },
            Block::Legend { mark, text } => p { (mark) " " (text) },
            Block::Claim { id, text, mark, limits, because, beside, .. } => div id=(statement_id(id)) {
                @if !because.is_empty() { (of_choices(&outline.because, because)) }
                p { (text) " " (mark) }
                @for (limit, mark) in limits { p { b { "! " } (limit) " " (mark) } }
                @for fact in beside { (of_fact(fact)) }
            },
        }
    }
}

fn of_choices(label: &Printable, choices: &Choices) -> Markup {
    html! {
        p {
            (label) ": "
            @for (index, (choice, editorial)) in choices.iter().enumerate() {
                @if index > 0 { "; " }
                b { (choice) @if *editorial { " " (EDITORIAL) } }
            }
        }
    }
}

fn of_fact(fact: &Fact) -> Markup {
    html! { p { b { (fact.term()) ": " } (of_entry(&fact.entry)) } }
}

fn of_entry(entry: &AnswerText) -> Markup {
    let text = &entry.text;
    html! {
        @if !text.as_str().is_empty() {
            @if entry.says { (text) } @else { i { "[" (text) "]" } }
        }
        @if let Some(words) = &entry.own {
            @if !text.as_str().is_empty() { ": " }
            (own_words(words))
        }
    }
}

fn own_words(words: &ForeignText) -> Markup {
    html! {
        q xml:lang=[words.language.as_ref()] lang=[words.language.as_ref()] { (lines(&words.text)) }
        @if let Some(mark) = words.mark() { " " (mark) }
    }
}

fn lines(text: &Printable) -> Markup {
    html! {
        @for (index, line) in text.as_str().split('\n').enumerate() {
            @if index > 0 { (PreEscaped("<br/>")) }
            (line)
        }
    }
}
