//! Checks `pack.json`: the manifest, the sources and the glossary.

use super::references::{check_unique, date};
use super::statements::check_cites;
use super::translations::{Translations, clean};
use crate::diagnostics::{Diagnostic, Reporter, Spanned};
use crate::pack::content::Declarations;
use crate::pack::criteria::{CRITERIA, Verdict, Verdicts};
use crate::pack::files::{PackFiles, ParsedFile};
use crate::pack::glossary::Term;
use crate::pack::raw::{PackFile, RawSource, RawVerdict};
use crate::pack::source::{Item, Source, SourceKind};

/// Checks the format, version and languages in `pack.json`.
pub(super) fn check_manifest(raw: &PackFile, sink: &Reporter<'_>) {
    if raw.format.value != 1 {
        sink.report(
            Diagnostic::new(
                "unknown-format",
                raw.format.span.clone(),
                format!("pack format {} is not supported", raw.format.value),
            )
            .hint("write 1, or update preconsult"),
        );
    }
    if !is_version(&raw.version) {
        sink.report(
            Diagnostic::new(
                "bad-version",
                raw.version.span.clone(),
                format!("`{}` is not a version", raw.version.as_str()),
            )
            .hint("write three numbers, such as 1.0.0"),
        );
    }
    if raw.languages.is_empty() {
        sink.report(
            Diagnostic::new("no-language", raw.span.start..raw.span.start + 1, "the pack has no language")
                .hint("write `\"languages\": [\"en\"]` with the language of these files first"),
        );
    }
    check_unique("languages", raw.languages.iter(), sink);
    for tag in &raw.languages {
        if tag.parse::<unic_langid::LanguageIdentifier>().is_err() || tag.contains(['/', '\\', '.']) {
            sink.report(
                Diagnostic::new("bad-language", tag.span.clone(), format!("`{}` is not a language tag", tag.as_str()))
                    .hint("write a tag such as en, es or pt-BR"),
            );
        }
    }
    check_unique("sources", raw.sources.iter().map(|source| &source.id), sink);
}

/// Converts what the authors declare about the pack.
pub(super) fn declarations(raw: &PackFile, translations: &Translations<'_>, sink: &Reporter<'_>) -> Declarations {
    let text = |id: &str, text: &Option<Spanned<String>>| text.as_ref().map(|text| translations.get(id, text, sink));
    Declarations {
        published_on: raw.published_on.as_ref().and_then(|day| date(day, sink)),
        update_policy: text("update_policy", &raw.update_policy),
        funding: text("funding", &raw.funding),
        interests: text("interests", &raw.interests),
    }
}

/// Converts what the authors declare about criteria. Reports an unknown criterion, and a verdict that is none or both.
pub(super) fn verdicts(raw: &PackFile, sink: &Reporter<'_>) -> Verdicts {
    check_unique("criteria", raw.criteria.iter().map(|verdict| &verdict.id), sink);
    let verdict = |raw: &RawVerdict| {
        let Some(criterion) = CRITERIA.iter().find(|criterion| criterion.id == raw.id.as_str()) else {
            let message = format!("there is no criterion `{}`", raw.id.as_str());
            sink.report(
                Diagnostic::new("unknown-id", raw.id.span.clone(), message)
                    .hint("`preconsult pack check --criteria` lists the criteria")
                    .suggest(&raw.id, CRITERIA.iter().map(|criterion| criterion.id)),
            );
            return None;
        };
        let verdict = match (&raw.not_met, &raw.met_by) {
            (Some(reason), None) => Verdict::NotMet(clean(reason, sink)),
            (None, Some(by)) if criterion.accepts_person() => Verdict::Met(clean(by, sink)),
            (None, Some(by)) => {
                let message = format!("the program's own check settles the criterion `{}`", criterion.id);
                let hint = "remove this entry; `preconsult pack check --criteria` says what it finds";
                sink.report(Diagnostic::new("bad-criterion", by.span.clone(), message).hint(hint));
                return None;
            }
            _ => {
                let message = "a criterion is either met or not met";
                let hint = "write `not_met` with the reason, or `met_by` with the name of the person who says so";
                sink.report(Diagnostic::new("bad-criterion", raw.id.span.clone(), message).hint(hint));
                return None;
            }
        };
        Some((criterion.id, verdict))
    };
    raw.criteria.iter().filter_map(verdict).collect()
}

fn is_version(version: &str) -> bool {
    let parts: Vec<&str> = version.split('.').collect();
    parts.len() == 3
        && parts.iter().all(|part| !part.is_empty() && part.len() < 6 && part.bytes().all(|b| b.is_ascii_digit()))
}

pub(super) fn check_source(raw: &RawSource, translations: &Translations<'_>, sink: &Reporter<'_>) -> Source {
    check_unique("items", raw.items.iter().map(|item| &item.id), sink);
    if raw.sha256.len() != 64 || !raw.sha256.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
        sink.report(
            Diagnostic::new("bad-hash", raw.sha256.span.clone(), "this is not a SHA-256 hash")
                .hint("write the 64 lower-case hexadecimal digits that `sha256sum FILE` prints"),
        );
    }
    let optional = |text: &Option<Spanned<String>>| text.as_ref().map(|text| clean(text, sink));
    Source {
        id: raw.id.value.clone(),
        title: clean(&raw.title, sink),
        kind: raw.kind.and_then(|kind| SourceKind::ALL.into_iter().find(|known| known.name() == kind.name())),
        author: optional(&raw.author),
        publisher: optional(&raw.publisher),
        published: optional(&raw.published),
        sha256: raw.sha256.value.clone(),
        items: raw
            .items
            .iter()
            .map(|item| {
                let title = translations.get(&format!("item.{}.{}", raw.id.value, item.id.value), &item.title, sink);
                let mark = item
                    .mark
                    .as_ref()
                    .map(|mark| translations.get(&format!("item.{}.{}.mark", raw.id.value, item.id.value), mark, sink));
                Item { id: item.id.value.clone(), title, mark }
            })
            .collect(),
    }
}

/// Reports JSON files that do not belong to the pack.
pub(super) fn check_unknown_files(files: &PackFiles, known: &[&str], tags: &[String], sink: &Reporter<'_>) {
    let is_translation = |name: &str| tags.iter().skip(1).any(|tag| name.strip_suffix(".json") == Some(tag));
    for name in files.texts.keys().filter(|name| !known.contains(&name.as_str()) && !is_translation(name)) {
        sink.report(
            Diagnostic::new("stray-file", 0..1, format!("{name} does not belong to this pack"))
                .hint("delete the file, or add its language to `languages`"),
        );
    }
}

/// Converts the glossary with its citations.
pub(super) fn check_glossary(
    manifest: &ParsedFile<'_, PackFile>,
    sources: &[Source],
    translations: &Translations<'_>,
) -> Vec<Term> {
    let Some(raw) = &manifest.raw else { return Vec::new() };
    check_unique("terms", raw.glossary.iter().map(|term| &term.id), &manifest.sink);
    let terms = raw.glossary.iter().map(|term| {
        let id = &term.id.value;
        Term {
            id: id.clone(),
            word: translations.get(&format!("term.{id}.word"), &term.word, &manifest.sink),
            text: translations.get(&format!("term.{id}.text"), &term.text, &manifest.sink),
            cites: check_cites(&term.cites, sources, manifest.is_complete, &manifest.sink),
        }
    });
    terms.collect()
}
