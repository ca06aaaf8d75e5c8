//! Converts raw statements, with the citations of each and the limits of each benefit.

use super::modality::{check_modality, explains};
use super::references::{KnownNames, check_unique};
use super::reviews::review;
use super::translations::Translations;
use crate::diagnostics::{Diagnostic, Reporter, Spanned};
use crate::pack::analysis;
use crate::pack::content::Pack;
use crate::pack::files::ParsedFile;
use crate::pack::question::Question;
use crate::pack::raw::{PackFile, QuestionsFile, RawKind, RawStatement, StatementsFile};
use crate::pack::sentences::sentences;
use crate::pack::source::{Citation, Source};
use crate::pack::statement::{Ask, Benefit, Statement, Statements, Variability};

/// Raw statements by kind. Benefits are in the order of the source.
pub(super) struct StatementsByKind<'r> {
    raw: Vec<&'r RawStatement>,
}

impl<'r> StatementsByKind<'r> {
    pub(super) fn new(file: &'r ParsedFile<'_, StatementsFile>, sources: &[Source]) -> Self {
        let mut raw: Vec<&RawStatement> = file.raw.iter().flat_map(|file| &file.statements).collect();
        raw.sort_by_key(|statement| {
            let first = (statement.kind == RawKind::Benefit).then(|| statement.cites.first());
            first.flatten().and_then(|cites| citation(cites, sources))
        });
        Self { raw }
    }

    pub(super) fn of_kind(&self, kind: RawKind) -> impl Iterator<Item = &'r RawStatement> {
        self.raw.iter().copied().filter(move |statement| statement.kind == kind)
    }

    /// Returns the names of the statements of a kind, in the order of the checked pack.
    pub(super) fn names(&self, kind: RawKind, what: &'static str, is_complete: bool) -> KnownNames<'r> {
        KnownNames::new(what, self.of_kind(kind).map(|statement| statement.id.as_str()), is_complete)
    }
}

pub(super) fn citation(cites: &str, sources: &[Source]) -> Option<Citation> {
    let (source, item) = cites.split_once('#')?;
    let source = sources.iter().position(|known| known.id == source)?;
    let item = sources[source].items.iter().position(|known| known.id == item)?;
    Some(Citation { source, item })
}

pub(super) fn check(
    by_kind: &StatementsByKind<'_>,
    file: &ParsedFile<'_, StatementsFile>,
    manifest: &ParsedFile<'_, PackFile>,
    questions: &[Question],
    questions_file: &ParsedFile<'_, QuestionsFile>,
    sources: &[Source],
    translations: &Translations<'_>,
) -> Option<Statements> {
    let raw = file.raw.as_ref()?;
    let sink = &file.sink;
    check_unique("statements", raw.statements.iter().map(|statement| &statement.id), sink);
    check_sources_used(raw, manifest, sources, file.is_complete);

    let statement = |raw: &RawStatement| {
        check_fields(raw, sink);
        let second = |part: &str, text: &Option<Spanned<String>>| {
            let text = text.as_ref()?;
            Some(translations.get(&format!("statement.{}.{part}", raw.id.value), text, sink))
        };
        Statement {
            id: raw.id.value.clone(),
            cites: {
                check_cited(raw, sink);
                check_cites(&raw.cites, sources, manifest.is_complete, sink)
            },
            modality: check_modality(raw, manifest, translations, sink),
            explains: explains(raw),
            text: translations.get(&format!("statement.{}", raw.id.value), &raw.text, sink),
            short: second("short", &raw.short),
            clinician: second("clinician", &raw.clinician),
            review: review(raw.reviewed_by.as_ref(), raw.reviewed_on.as_ref(), raw.review_due.as_ref(), sink),
        }
    };
    let all = |kind| by_kind.of_kind(kind).map(statement).collect::<Vec<_>>();
    let limits = by_kind.names(RawKind::Limit, "limit", file.is_complete);
    let question_names =
        KnownNames::new("question", questions.iter().map(|question| question.id.as_str()), questions_file.is_complete);
    let checked = Statements {
        benefits: by_kind
            .of_kind(RawKind::Benefit)
            .map(|raw| Benefit {
                statement: statement(raw),
                limits: raw.limits.iter().filter_map(|limit| limits.find(limit, sink)).collect(),
            })
            .collect(),
        limits: all(RawKind::Limit),
        variability: by_kind
            .of_kind(RawKind::Variability)
            .map(|raw| Variability {
                statement: statement(raw),
                questions: raw.questions.iter().filter_map(|question| question_names.find(question, sink)).collect(),
            })
            .collect(),
        safety: all(RawKind::Safety),
        consult: all(RawKind::Consult),
        not_covered: all(RawKind::NotCovered),
        ask: by_kind
            .of_kind(RawKind::Ask)
            .map(|raw| {
                check_is_question(raw, translations, sink);
                Ask { statement: statement(raw), when: None }
            })
            .collect(),
        procedure: {
            let mut notes = by_kind.of_kind(RawKind::Note);
            let first = notes.next();
            for second in notes {
                statement(second);
                sink.report(
                    Diagnostic::new("two-notes", second.id.span.clone(), "there are two statements of the kind `note`")
                        .hint("merge them into one"),
                );
            }
            statement(first?)
        },
    };
    Some(checked)
}

/// Reports kinds without a statement, with an example of answers. A copy without them would lack its caveats.
pub(super) fn check_kinds(by_kind: &StatementsByKind<'_>, file: &ParsedFile<'_, StatementsFile>, pack: Option<&Pack>) {
    let missing = [RawKind::Note, RawKind::Variability, RawKind::Safety, RawKind::Consult, RawKind::NotCovered]
        .into_iter()
        .filter(|kind| file.is_complete && by_kind.of_kind(*kind).next().is_none());
    for kind in missing {
        let start = file.raw.as_ref().map_or(0, |raw| raw.span.start);
        let example = pack.filter(|_| kind != RawKind::NotCovered).and_then(analysis::prints_a_benefit);
        let example = example.map(|(example, benefit)| format!(": {example} would print `{benefit}` without it"));
        let message = format!("no statement has the kind `{}`{}", kind.name(), example.unwrap_or_default());
        file.sink.report(
            Diagnostic::new("missing-kind", start..start + 1, message)
                .hint("add one: every copy needs a note, variability, safety, consult and not-covered statements"),
        );
    }
}

/// Reports fields that have no effect in this kind of statement.
fn check_fields(raw: &RawStatement, sink: &Reporter<'_>) {
    for (name, list, kind) in
        [("limits", &raw.limits, RawKind::Benefit), ("questions", &raw.questions, RawKind::Variability)]
    {
        if let (Some(first), true) = (list.first(), raw.kind != kind) {
            let message = format!("`{name}` has no effect in a statement of the kind `{}`", raw.kind.name());
            sink.report(
                Diagnostic::new("useless-field", first.span.clone(), message)
                    .hint(format!("remove it: only `{}` statements have it", kind.name())),
            );
        }
        check_unique(name, list.iter(), sink);
    }
    let is_caveat = matches!(raw.kind, RawKind::Variability | RawKind::Safety | RawKind::Consult);
    if let Some(short) = raw.short.as_ref().filter(|_| !is_caveat) {
        let message = format!("`short` has no effect in a statement of the kind `{}`", raw.kind.name());
        sink.report(
            Diagnostic::new("useless-field", short.span.clone(), message)
                .hint("remove it: only variability, safety and consult statements have it"),
        );
    }
}

/// Reports a question to ask that is not a question in every language, or that has a strength.
fn check_is_question(raw: &RawStatement, translations: &Translations<'_>, sink: &Reporter<'_>) {
    if let Some(modality) = &raw.modality {
        let message = "a statement of the kind `ask` claims nothing, so it has no `modality`";
        sink.report(Diagnostic::new("useless-field", modality.span.clone(), message).hint("remove it"));
    }
    let id = format!("statement.{}", raw.id.value);
    for (_, text, sink) in translations.in_all_languages(&id, &raw.text, sink) {
        if sentences(text).any(|sentence| !sentence.ends_with('?')) {
            let message = format!("the statement `{}` is not a question: “{}”", raw.id.as_str(), text.as_str());
            sink.report(
                Diagnostic::new("not-a-question", text.span.clone(), message)
                    .hint("end each sentence with a question mark: a statement of the kind `ask` only asks"),
            );
        }
    }
}

/// Reports a statement that makes a claim and has no citation.
fn check_cited(raw: &RawStatement, sink: &Reporter<'_>) {
    if raw.cites.is_empty() && raw.kind != RawKind::NotCovered {
        let message = format!("the statement `{}` cites no source", raw.id.as_str());
        sink.report(
            Diagnostic::new("uncited", raw.id.span.clone(), message)
                .hint("add `\"cites\": [\"source#item\"]`: every claim needs a source"),
        );
    }
}

/// Converts citations. Reports citations of unknown items.
pub(super) fn check_cites(
    cites: &[Spanned<String>],
    sources: &[Source],
    is_complete: bool,
    sink: &Reporter<'_>,
) -> Vec<Citation> {
    check_unique("citations", cites.iter(), sink);
    let citations = cites.iter().filter_map(|cites| {
        let citation = citation(cites, sources);
        if citation.is_none() && is_complete {
            let items = |source: &Source| -> Vec<String> {
                source.items.iter().map(|item| format!("{}#{}", source.id, item.id)).collect()
            };
            let known: Vec<String> = sources.iter().flat_map(items).collect();
            let message = format!("no source has the item `{}`", cites.as_str());
            sink.report(
                Diagnostic::new("unknown-id", cites.span.clone(), message)
                    .suggest(cites, known.iter().map(String::as_str)),
            );
        }
        citation
    });
    citations.collect()
}

/// Checks that every item of a source is either cited or listed in `unused`, and not both.
fn check_sources_used(
    raw: &StatementsFile,
    manifest: &ParsedFile<'_, PackFile>,
    sources: &[Source],
    is_complete: bool,
) {
    let cited: Vec<&Spanned<String>> = raw.statements.iter().flat_map(|statement| &statement.cites).collect();
    for (index, source) in sources.iter().enumerate() {
        let Some(raw_source) = manifest.raw.as_ref().and_then(|manifest| manifest.sources.get(index)) else { continue };
        let items = KnownNames::new("item", source.items.iter().map(|item| item.id.as_str()), manifest.is_complete);
        for unused in &raw_source.unused {
            items.find(unused, &manifest.sink);
        }
        for item in &raw_source.items {
            let place = format!("{}#{}", source.id, item.id.value);
            let is_cited = cited.iter().any(|cites| cites.value == place);
            let is_listed = raw_source.unused.iter().any(|unused| unused.value == item.id.value);
            if is_cited == is_listed && is_complete && manifest.is_complete {
                let (message, hint) = if is_cited {
                    ("is cited and listed as unused", "remove it from `unused`")
                } else {
                    ("is cited by no statement", "cite it, or add it to `unused` of the source")
                };
                let message = format!("the item `{place}` {message}");
                manifest.sink.report(Diagnostic::new("unused-item", item.id.span.clone(), message).hint(hint));
            }
        }
    }
}
