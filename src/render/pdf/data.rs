//! The data that a template receives: the outline as plain JSON.

use crate::foreign_text::ForeignText;
use crate::letterhead::{Letterhead, LogoKind};
use crate::outline::{AnswerText, Block, Fact, HeaderField, Outline, Part};
use crate::printable::Printable;
use crate::summary::CopyKind;
use serde_json::{Value, json};

/// The data of a summary page.
pub(super) fn of_outline(outline: &Outline) -> Value {
    let mut value = json!({
        "language": outline.language,
        "title": outline.title.as_str(),
        "patient": outline.audience == CopyKind::Patient,
        "copy": outline.copy.as_str(),
        "date": outline.date.as_str(),
        "day": outline.day.to_string(),
        "header": list(&outline.header, fill),
        "because": outline.because.as_str(),
        "parts": list(&outline.parts, part),
        "sources": list(&outline.sources, |line| line.as_str().into()),
        "pack": outline.pack.as_str(),
        "hash": outline.hash.as_str(),
        "letterhead": letterhead(&outline.letterhead),
    });
    if let Some((signature, date)) = &outline.signature {
        value["signature"] = json!([signature.as_str(), date.as_str()]);
    }
    value
}

/// The path of the logo in typst's project root.
pub(super) fn logo_path(kind: LogoKind) -> &'static str {
    match kind {
        LogoKind::Svg => "/logo.svg",
        LogoKind::Png => "/logo.png",
    }
}

pub(super) fn letterhead(letterhead: &Letterhead) -> Value {
    json!({
        "name": letterhead.name.as_ref().map(ToString::to_string),
        "contact": list(&letterhead.address.iter().chain(&letterhead.phone).collect::<Vec<_>>(), |line| line.as_str().into()),
        "logo": letterhead.logo.as_ref().map(|logo| logo_path(logo.kind)),
        "paper": letterhead.paper.name(),
    })
}

pub(super) fn list<T>(items: &[T], to_value: impl Fn(&T) -> Value) -> Value {
    items.iter().map(to_value).collect()
}

pub(super) fn fill(fill: &HeaderField) -> Value {
    match fill {
        HeaderField::Blank(label) => json!({ "kind": "blank", "label": label.as_str() }),
        HeaderField::Known(label, text) => json!({ "kind": "known", "label": label.as_str(), "text": text.as_str() }),
        HeaderField::Tick(label, options) => json!({
            "kind": "tick",
            "label": label.as_str(),
            "options": list(options, |(option, ticked)| json!({ "text": option.as_str(), "ticked": ticked })),
        }),
    }
}

fn part(part: &Part) -> Value {
    json!({ "kind": part.kind.name(), "heading": part.heading.as_str(), "blocks": list(&part.blocks, block) })
}

fn block(block: &Block) -> Value {
    match block {
        Block::Text(text) => json!({ "kind": "text", "text": text.as_str(), "language": null }),
        Block::Because { label, choices } => {
            json!({ "kind": "because", "text": label.as_str(), "because": list(choices, choice) })
        }
        Block::Meaning { text, mark, .. } => json!({ "kind": "meaning", "text": text.as_str(), "mark": mark }),
        Block::Legend { mark, text } => json!({ "kind": "legend", "text": text.as_str(), "mark": mark }),
        Block::ClinicText(words) => with_kind("text", foreign_text(words)),
        Block::Fact(fact) => with_kind("fact", write_fact(fact)),
        Block::NotAsked(fact) => with_kind("not-asked", write_fact(fact)),
        Block::OwnWords(words) => json!({ "kind": "own", "own": foreign_text(words) }),
        Block::Space(lines) => json!({ "kind": "space", "lines": lines }),
        Block::Table { columns, rows } => json!({
            "kind": "table",
            "columns": list(columns, |column| column.as_str().into()),
            "rows": list(rows, |row| list(row, entry)),
        }),
        Block::Factors { subject, lead, factors } => json!({
            "kind": "factors",
            "subject": subject.as_str(),
            "text": lead.as_str(),
            "factors": list(factors, |factor| json!({
                "text": factor.text.as_str(),
                "mark": factor.mark,
                "beside": list(&factor.beside, write_fact),
            })),
        }),
        Block::Short { label, lines } => json!({
            "kind": "short",
            "label": label.as_str(),
            "lines": list(lines, |(text, mark)| json!({ "text": text.as_str(), "mark": mark })),
        }),
        Block::Step(_, text) => json!({ "kind": "step", "text": text.as_str() }),
        Block::ToAsk { ticked, text, mark, .. } => {
            json!({ "kind": "to-ask", "ticked": ticked, "text": text.as_str(), "mark": mark })
        }
        Block::Claim { subject, text, mark, limits, because, beside, .. } => json!({
            "kind": "claim",
            "subject": subject.as_str(),
            "text": text.as_str(),
            "mark": mark,
            "limits": list(limits, |(text, mark)| json!({ "text": text.as_str(), "mark": mark })),
            "because": list(because, choice),
            "beside": list(beside, write_fact),
        }),
    }
}

fn choice((text, editorial): &(Printable, bool)) -> Value {
    json!({ "text": text.as_str(), "editorial": editorial })
}

fn with_kind(kind: &str, mut value: Value) -> Value {
    value["kind"] = kind.into();
    value
}

fn write_fact(fact: &Fact) -> Value {
    json!({
        "term": fact.term().as_str(),
        "title": fact.title.as_str(),
        "about": fact.about.as_ref().map(ToString::to_string),
        "entry": entry(&fact.entry),
    })
}

fn entry(entry: &AnswerText) -> Value {
    let AnswerText { text, own: words, joint, says } = entry;
    json!({ "text": text.as_str(), "own": words.as_ref().map(foreign_text), "joint": joint, "says": says })
}

pub(super) fn foreign_text(text: &ForeignText) -> Value {
    json!({ "text": text.text.as_str(), "language": text.language })
}
