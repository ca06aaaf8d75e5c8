//! One self-contained HTML file: no script, no network, one style sheet for screen and print.

use crate::foreign_text::ForeignText;
use crate::letterhead::{Letterhead, Logo, Paper};
use crate::outline::{AnswerText, Block, Choices, EDITORIAL, Fact, HeaderField, Outline, Part, PartKind};
use crate::printable::Printable;
use crate::summary::CopyKind;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = include_str!("html.css");

/// Renders a copy as one HTML page; large print applies to the patient's copy alone.
#[must_use]
pub fn render(outline: &Outline, large_print: bool) -> String {
    let head = html! {
        h1 { (outline.title) }
        p.copy { strong { (outline.copy) } " " (outline.date) }
        (header(&outline.header))
    };
    let body = html! {
        @for part in &outline.parts { (write_part(part, outline)) }
    };
    let foot = html! {
        @if let Some((signature, date)) = &outline.signature {
            p.signature { span.rule {} (signature) } p.signature.short { span.rule {} (date) }
        }
        @for line in &outline.sources { p { (line) } }
        p { (outline.pack) " · " span.hash { (outline.hash) } }
    };
    let look = match outline.audience {
        CopyKind::Patient if large_print => "leaflet large",
        CopyKind::Patient => "leaflet",
        CopyKind::Clinician => "dense",
    };
    page(look, &outline.language, outline.title.as_str(), &outline.letterhead, &head, &body, &foot)
}

/// The frame of every page: letterhead, header, main part, footer. `look` names the classes of its style.
pub(super) fn page(
    look: &str,
    language: &str,
    title: &str,
    letterhead: &Letterhead,
    head: &Markup,
    body: &Markup,
    foot: &Markup,
) -> String {
    let paper = match letterhead.paper {
        Paper::A4 => "@page{size:A4}",
        Paper::Letter => "@page{size:letter}",
    };
    html! {
        (DOCTYPE)
        html lang=(language) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:";
                title { (title) }
                style { (PreEscaped(paper)) (PreEscaped(STYLE)) }
            }
            body class=(look) {
                header { (clinic(letterhead)) (head) }
                main { (body) }
                footer { (foot) }
            }
        }
    }
    .into_string()
        + "\n"
}

fn clinic(letterhead: &Letterhead) -> Markup {
    let Letterhead { name, address, phone, logo, .. } = letterhead;
    if name.is_none() && address.is_empty() && phone.is_none() && logo.is_none() {
        return html! {};
    }
    html! {
        div.clinic {
            @if let Some(Logo { kind, bytes }) = logo {
                img alt="" src=(format!("data:{};base64,{}", kind.media_type(), STANDARD.encode(bytes)));
            }
            @if let Some(name) = name { p.name { (name) } }
            p.address {
                @for line in address.iter().chain(phone) { (line) br; }
            }
        }
    }
}

pub(super) fn header(fields: &[HeaderField]) -> Markup {
    html! {
        ul.fill {
            @for field in fields {
                @match field {
                    HeaderField::Blank(label) => li.blank { span { (label) } span.rule {} },
                    HeaderField::Known(label, text) => li { (label) " " strong { (text) } },
                    HeaderField::Tick(label, options) => li { (label) (tick(options)) },
                }
            }
        }
    }
}

/// The ticked option as text, or if none is ticked, all options with a box to tick by hand.
fn tick(options: &[(Printable, bool)]) -> Markup {
    html! {
        @if let Some((chosen, _)) = options.iter().find(|(_, ticked)| *ticked) {
            " " strong { (chosen) }
        } @else {
            @for (option, _) in options { " " span.box aria-hidden="true" {} (option) }
        }
    }
}

fn write_part(part: &Part, outline: &Outline) -> Markup {
    let name = part.kind.name();
    html! {
        section class=(name) aria-labelledby=(format!("h-{name}")) {
            h2 id=(format!("h-{name}")) { (part.heading) }
            @match part.kind {
                PartKind::Recorded | PartKind::NotCovered | PartKind::Short => {
                    // A description list may hold only facts, so the legends follow it.
                    @let facts = part.blocks.iter().take_while(|block| !matches!(block, Block::Legend { .. })).count();
                    dl { (blocks(&part.blocks[..facts], part.kind, outline)) }
                    (blocks(&part.blocks[facts..], part.kind, outline))
                },
                PartKind::Steps => ol { (blocks(&part.blocks, part.kind, outline)) },
                PartKind::ToAsk => ul { (blocks(&part.blocks, part.kind, outline)) },
                PartKind::Notice
                | PartKind::Concerns
                | PartKind::Benefits
                | PartKind::Overview
                | PartKind::Caveats
                | PartKind::Questions => { (blocks(&part.blocks, part.kind, outline)) },
            }
        }
    }
}

fn blocks(blocks: &[Block], kind: PartKind, outline: &Outline) -> Markup {
    let is_leaflet = outline.audience == CopyKind::Patient;
    html! {
        @for (index, block) in blocks.iter().enumerate() {
            @match block {
                Block::Text(text) => p { (lines(text)) },
                Block::ClinicText(clinic) => (clinic_text(clinic)),
                Block::OwnWords(words) => p.own { (own_words(words)) },
                Block::Fact(fact) if kind == PartKind::Questions => dl { (write_fact(fact)) },
                Block::Fact(fact) => (write_fact(fact)),
                Block::NotAsked(fact) => div.not-asked { (term_and_answer(fact)) },
                Block::Space(count) => @for _ in 0..*count { div.write aria-hidden="true" {} },
                Block::Table { columns, rows } => (table(columns, rows)),
                Block::Factors { subject, lead, factors } => div.claim.factors {
                    @if is_leaflet { p.because { strong { (subject) } } }
                    div.says {
                      // A mark that all factors share is printed once.
                      @let shared = factors.iter().all(|factor| factor.mark == factors[0].mark);
                      p { (lead) @if shared { " " (write_mark(&factors[0].mark)) } }
                      ul {
                        @for factor in factors {
                            li {
                                span { (factor.text) @if !shared { " " (write_mark(&factor.mark)) } }
                                @if !factor.beside.is_empty() { dl.beside { (write_beside(&factor.beside)) } }
                            }
                        }
                      }
                    }
                },
                Block::Short { label, lines } => div {
                    dt { (label) }
                    dd { @for (text, mark) in lines { (text) " " (write_mark(mark)) " " } }
                },
                Block::Step(_, text) => li { (text) },
                Block::ToAsk { ticked, text, mark, .. } => li {
                    span.box.ticked[*ticked] aria-hidden="true" {} " " (text) " " (write_mark(mark))
                },
                Block::Because { label, choices: shared } => p.because-all { (label) ": " (choices(shared)) },
                Block::Meaning { text, mark, .. } => p.meaning { (text) " " (write_mark(mark)) },
                Block::Legend { mark, text } => p.legend { (mark) " " (text) },
                Block::Claim { subject, text, mark, limits, because, beside, .. } => div.claim.same[is_leaflet && follows_subject(blocks, index, subject)] {
                    @if !because.is_empty() {
                        p.because { span.label { (outline.because) ": " } (choices(because)) }
                    } @else if is_leaflet {
                        // Statements on one subject, such as both halves of safety, share a side head.
                        p.because { @if !follows_subject(blocks, index, subject) { strong { (subject) } } }
                    }
                    div.says {
                        p { (text) " " (write_mark(mark)) }
                        @for (limit, mark) in limits { p.limit { (limit) " " (write_mark(mark)) } }
                    }
                    @if !beside.is_empty() { dl.beside { (write_beside(beside)) } }
                },
            }
        }
    }
}

/// Returns whether the block before this one is a claim on the same subject.
fn follows_subject(blocks: &[Block], index: usize, subject: &Printable) -> bool {
    let before = index.checked_sub(1).and_then(|before| blocks.get(before));
    matches!(before, Some(Block::Claim { subject: other, because, .. }) if other == subject && because.is_empty())
}

fn choices(because: &Choices) -> Markup {
    html! {
        @for (index, (choice, editorial)) in because.iter().enumerate() {
            @if index > 0 { "; " }
            strong { (choice) @if *editorial { " " (EDITORIAL) } }
        }
    }
}

fn write_mark(mark: &str) -> Markup {
    html! { @if !mark.is_empty() { span.mark { (mark) } } }
}

fn table(columns: &[Printable], rows: &[Vec<AnswerText>]) -> Markup {
    html! {
        table {
            thead { tr { @for column in columns { th scope="col" { (column) } } } }
            tbody {
                @for row in rows {
                    tr {
                        @for (index, entry) in row.iter().enumerate() {
                            @if index == 0 {
                                th scope="row" { (write_entry(entry)) }
                            } @else {
                                td data-column=(columns[index]) { (write_entry(entry)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// One entry per question: answers about several concerns are grouped under it.
fn write_beside(facts: &[Fact]) -> Markup {
    html! {
        @for group in facts.chunk_by(|fact, next| fact.title == next.title) {
            div {
                dt { (group[0].title) }
                @for fact in group {
                    dd {
                        @if let Some(about) = &fact.about { (about) ": " }
                        (write_entry(&fact.entry))
                    }
                }
            }
        }
    }
}

fn write_fact(fact: &Fact) -> Markup {
    html! { div { (term_and_answer(fact)) } }
}

fn term_and_answer(fact: &Fact) -> Markup {
    html! { dt { (fact.term()) } dd { (write_entry(&fact.entry)) } }
}

/// An answer; one that is not known is in brackets and italics.
fn write_entry(entry: &AnswerText) -> Markup {
    let text = &entry.text;
    html! {
        @if !text.as_str().is_empty() {
            @if entry.says { (text) } @else { em.none { "[" (text) "]" } }
        }
        @if let Some(words) = &entry.own {
            (entry.joint) (own_words(words))
        }
    }
}

/// Own words in quotation marks, with their own text direction, and their language if it differs from the page's.
fn own_words(words: &ForeignText) -> Markup {
    html! {
        q dir="auto" lang=[words.language.as_ref()] { (lines(&words.text)) }
        @if let Some(mark) = words.mark() { " " (mark) }
    }
}

/// A text of the clinic, with its language if it differs from the page's.
pub(super) fn clinic_text(clinic: &ForeignText) -> Markup {
    html! { p lang=[clinic.language.as_ref()] { (lines(&clinic.text)) @if let Some(mark) = clinic.mark() { " " (mark) } } }
}

/// A text that may contain line breaks.
fn lines(text: &Printable) -> Markup {
    html! {
        @for (index, line) in text.as_str().split('\n').enumerate() {
            @if index > 0 { br; }
            (line)
        }
    }
}
