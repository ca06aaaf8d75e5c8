//! Statements as written → statements that may be printed, each with its source, each benefit with its limits.

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
use crate::pack::source::{Citation, Source};
use crate::pack::statement::{Benefit, Statement, Statements, Variability};

/// The statements as written, by kind; benefits in the source's order.
pub(super) struct Sorted<'r> {
    raw: Vec<&'r RawStatement>,
}

impl<'r> Sorted<'r> {
    pub(super) fn new(file: &'r ParsedFile<'_, StatementsFile>, sources: &[Source]) -> Self {
        let mut raw: Vec<&RawStatement> = file.raw.iter().flat_map(|file| &file.statements).collect();
        raw.sort_by_key(|statement| {
            let first = (statement.kind == RawKind::Benefit).then(|| statement.cites.first());
            first.flatten().and_then(|cites| citation(cites, sources))
        });
        Self { raw }
    }

    pub(super) fn of(&self, kind: RawKind) -> impl Iterator<Item = &'r RawStatement> {
        self.raw.iter().copied().filter(move |statement| statement.kind == kind)
    }

    /// The names of one kind, in the order in which the checked pack holds them.
    pub(super) fn names(&self, kind: RawKind, what: &'static str, whole: bool) -> KnownNames<'r> {
        KnownNames::new(what, self.of(kind).map(|statement| statement.id.as_str()), whole)
    }
}

pub(super) fn citation(cites: &str, sources: &[Source]) -> Option<Citation> {
    let (source, item) = cites.split_once('#')?;
    let source = sources.iter().position(|known| known.id == source)?;
    let item = sources[source].items.iter().position(|known| known.id == item)?;
    Some(Citation { source, item })
}

pub(super) fn check(
    sorted: &Sorted<'_>,
    file: &ParsedFile<'_, StatementsFile>,
    head: &ParsedFile<'_, PackFile>,
    questions: &[Question],
    asked: &ParsedFile<'_, QuestionsFile>,
    sources: &[Source],
    wordings: &Translations<'_>,
) -> Option<Statements> {
    let raw = file.raw.as_ref()?;
    let sink = &file.sink;
    check_unique("statements", raw.statements.iter().map(|statement| &statement.id), sink);
    check_sources_used(raw, head, sources, file.whole);

    let statement = |raw: &RawStatement| {
        check_fields(raw, sink);
        Statement {
            id: raw.id.value.clone(),
            cites: {
                check_cited(raw, sink);
                check_cites(&raw.cites, sources, head.whole, sink)
            },
            modality: check_modality(raw, head, wordings, sink),
            explains: explains(raw),
            text: wordings.get(&format!("statement.{}", raw.id.value), &raw.text, sink),
            review: review(raw.reviewed_by.as_ref(), raw.reviewed_on.as_ref(), raw.review_due.as_ref(), sink),
        }
    };
    let all = |kind| sorted.of(kind).map(statement).collect::<Vec<_>>();
    let limits = sorted.names(RawKind::Limit, "limit", file.whole);
    let question_names =
        KnownNames::new("question", questions.iter().map(|question| question.id.as_str()), asked.whole);
    let checked = Statements {
        benefits: sorted
            .of(RawKind::Benefit)
            .map(|raw| Benefit {
                statement: statement(raw),
                limits: raw.limits.iter().filter_map(|limit| limits.find(limit, sink)).collect(),
            })
            .collect(),
        limits: all(RawKind::Limit),
        variability: sorted
            .of(RawKind::Variability)
            .map(|raw| Variability {
                statement: statement(raw),
                questions: raw.questions.iter().filter_map(|question| question_names.find(question, sink)).collect(),
            })
            .collect(),
        safety: all(RawKind::Safety),
        consult: all(RawKind::Consult),
        not_covered: all(RawKind::NotCovered),
        procedure: {
            let mut notes = sorted.of(RawKind::Note);
            let first = notes.next();
            for second in notes {
                statement(second);
                sink.report(
                    Diagnostic::new(
                        "two-notes",
                        second.id.span.clone(),
                        "there are two notes, and a copy says once what the procedure is",
                    )
                    .hint("join them into one"),
                );
            }
            statement(first?)
        },
    };
    Some(checked)
}

/// A copy without these would print benefits without their caveats, so the pack is refused; with it goes an example.
pub(super) fn check_kinds(sorted: &Sorted<'_>, file: &ParsedFile<'_, StatementsFile>, pack: Option<&Pack>) {
    let missing = [RawKind::Note, RawKind::Variability, RawKind::Safety, RawKind::Consult, RawKind::NotCovered]
        .into_iter()
        .filter(|kind| file.whole && sorted.of(*kind).next().is_none());
    for kind in missing {
        let start = file.raw.as_ref().map_or(0, |raw| raw.span.start);
        let example = pack.filter(|_| kind != RawKind::NotCovered).and_then(analysis::prints_a_benefit);
        let example = example.map(|(example, benefit)| format!(": {example} would print `{benefit}` without it"));
        let message = format!("no statement is of the kind `{}`{}", kind.name(), example.unwrap_or_default());
        file.sink.report(
            Diagnostic::new("missing-kind", start..start + 1, message)
                .hint("every copy prints what the procedure is, variability, safety, the advice to consult and what is not covered: write them"),
        );
    }
}

/// Fields that only one kind has.
fn check_fields(raw: &RawStatement, sink: &Reporter<'_>) {
    for (name, list, kind) in
        [("limits", &raw.limits, RawKind::Benefit), ("questions", &raw.questions, RawKind::Variability)]
    {
        if let (Some(first), true) = (list.first(), raw.kind != kind) {
            let message = format!("`{name}` means nothing in a statement of the kind `{}`", raw.kind.name());
            sink.report(
                Diagnostic::new("useless-field", first.span.clone(), message)
                    .hint(format!("only a `{}` has it", kind.name())),
            );
        }
        check_unique(name, list.iter(), sink);
    }
}

/// Nothing is printed without its source, unless it claims nothing.
fn check_cited(raw: &RawStatement, sink: &Reporter<'_>) {
    if raw.cites.is_empty() && raw.kind != RawKind::NotCovered {
        let message = format!("the statement `{}` cites no source", raw.id.as_str());
        sink.report(
            Diagnostic::new("uncited", raw.id.span.clone(), message)
                .hint("add `\"cites\": [\"source#item\"]`: nothing is printed without its source"),
        );
    }
}

/// The places cited, each of which has to be there.
pub(super) fn check_cites(
    cites: &[Spanned<String>],
    sources: &[Source],
    whole: bool,
    sink: &Reporter<'_>,
) -> Vec<Citation> {
    check_unique("citations", cites.iter(), sink);
    let found = cites.iter().filter_map(|cites| {
        let found = citation(cites, sources);
        if found.is_none() && whole {
            let items = |source: &Source| -> Vec<String> {
                source.items.iter().map(|item| format!("{}#{}", source.id, item.id)).collect()
            };
            let known: Vec<String> = sources.iter().flat_map(items).collect();
            let message = format!("no source has the place `{}`", cites.as_str());
            sink.report(
                Diagnostic::new("unknown-id", cites.span.clone(), message)
                    .suggest(cites, known.iter().map(String::as_str)),
            );
        }
        found
    });
    found.collect()
}

/// Every item of a source is cited, or listed as left out on purpose; not both.
fn check_sources_used(raw: &StatementsFile, head: &ParsedFile<'_, PackFile>, sources: &[Source], whole: bool) {
    let cited: Vec<&Spanned<String>> = raw.statements.iter().flat_map(|statement| &statement.cites).collect();
    for (at, source) in sources.iter().enumerate() {
        let Some(raw_source) = head.raw.as_ref().and_then(|head| head.sources.get(at)) else { continue };
        let items = KnownNames::new("item", source.items.iter().map(|item| item.id.as_str()), head.whole);
        for unused in &raw_source.unused {
            items.find(unused, &head.sink);
        }
        for item in &raw_source.items {
            let place = format!("{}#{}", source.id, item.id.value);
            let is_cited = cited.iter().any(|cites| cites.value == place);
            let is_listed = raw_source.unused.iter().any(|unused| unused.value == item.id.value);
            if is_cited == is_listed && whole && head.whole {
                let (message, hint) = if is_cited {
                    ("is cited and listed as unused", "take it out of `unused`")
                } else {
                    ("is cited by no statement", "cite it, or list it in `unused` of the source")
                };
                let message = format!("the item `{place}` {message}");
                head.sink.report(Diagnostic::new("unused-item", item.id.span.clone(), message).hint(hint));
            }
        }
    }
}
