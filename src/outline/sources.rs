//! The lines at the end of a copy: where its sentences come from, and who answers for the pack.

use crate::messages::Messages;
use crate::pack::SourceKind;
use crate::printable::Printable;
use crate::summary::{SourceLine, Summary};

/// Returns the sources of the sentences, what the pack declares, and its review, one per line.
pub(super) fn lines(summary: &Summary, messages: &Messages) -> Vec<Printable> {
    let mut lines: Vec<String> = summary.sources.iter().map(|source| source_line(source, messages)).collect();
    lines.push(declarations(summary, messages));
    lines.push(match (&summary.reviewed_by, summary.reviewed_on) {
        (Some(by), Some(on)) => {
            messages.format("footer-reviewed", [("by", by.as_str().into()), ("on", messages.date(on).into())])
        }
        _ => messages.get("footer-not-reviewed"),
    });
    lines.extend(summary.overdue.iter().map(|(due, sentence)| {
        let due = ("due", messages.date(*due).into());
        match sentence {
            None => messages.format("footer-review-overdue", [due]),
            Some(sentence) => {
                messages.format("footer-review-overdue-sentence", [due, ("sentence", sentence.as_str().into())])
            }
        }
    }));
    lines.iter().map(|line| Printable::line(line)).collect()
}

/// Returns what is known of a source: its title and kind, and who published it when.
fn source_line(source: &SourceLine, messages: &Messages) -> String {
    let unnamed = || messages.get("source-unnamed");
    let or_unnamed = |name: &Option<Printable>| name.as_ref().map_or_else(unnamed, Printable::to_string);
    let is_anonymous = [&source.author, &source.publisher, &source.published].iter().all(|name| name.is_none());
    messages.format(
        if is_anonymous { "footer-source-anonymous" } else { "footer-source" },
        [
            ("id", source.id.as_str().into()),
            ("title", source.title.as_str().into()),
            ("kind", messages.get(&format!("source-kind-{}", source.kind.map_or("none", SourceKind::name))).into()),
            ("author", or_unnamed(&source.author).into()),
            ("publisher", or_unnamed(&source.publisher).into()),
            ("published", or_unnamed(&source.published).into()),
        ],
    )
}

/// Returns what the authors declare about the pack.
fn declarations(summary: &Summary, messages: &Messages) -> String {
    let declared = &summary.declared;
    let undeclared = || messages.get("not-declared");
    let text = |text: &Option<Printable>| text.as_ref().map_or_else(undeclared, Printable::to_string);
    let texts = [&declared.update_policy, &declared.funding, &declared.interests];
    if declared.published_on.is_none() && texts.iter().all(|text| text.is_none()) {
        return messages.get("footer-undeclared");
    }
    let published = declared.published_on.map_or_else(undeclared, |day| messages.date(day));
    messages.format(
        "footer-declared",
        [
            ("published", published.into()),
            ("policy", text(&declared.update_policy).into()),
            ("funding", text(&declared.funding).into()),
            ("interests", text(&declared.interests).into()),
        ],
    )
}
