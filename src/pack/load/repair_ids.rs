//! Repairs invalid ids, so that each is reported once and not at every use.

use crate::diagnostics::{Diagnostic, Reporter, Spanned};
use crate::pack::files::ParsedFile;
use crate::pack::id::is_id;
use crate::pack::raw::{PackFile, QuestionsFile, RulesFile, StatementsFile};

/// Reports every invalid id and replaces it with the nearest valid id. References are then checked against the repaired
/// id, and no hint suggests the invalid one.
pub(super) fn repair_ids(
    manifest: &mut ParsedFile<'_, PackFile>,
    questions_file: &mut ParsedFile<'_, QuestionsFile>,
    statements_file: &mut ParsedFile<'_, StatementsFile>,
    rules_file: &mut ParsedFile<'_, RulesFile>,
) {
    if let Some(raw) = &mut manifest.raw {
        let sources = raw
            .sources
            .iter_mut()
            .flat_map(|source| std::iter::once(&mut source.id).chain(source.items.iter_mut().map(|item| &mut item.id)));
        let terms = raw.glossary.iter_mut().map(|term| &mut term.id);
        std::iter::once(&mut raw.id).chain(sources).chain(terms).for_each(|id| repair_id(id, &manifest.sink));
    }
    if let Some(raw) = &mut questions_file.raw {
        raw.sections.iter_mut().for_each(|section| repair_id(&mut section.id, &questions_file.sink));
        for question in &mut raw.questions {
            repair_id(&mut question.id, &questions_file.sink);
            let options = question.options.iter_mut().chain(&mut question.units);
            options.for_each(|option| repair_id(&mut option.code, &questions_file.sink));
        }
    }
    let statements = statements_file.raw.iter_mut().flat_map(|file| &mut file.statements);
    statements.for_each(|statement| repair_id(&mut statement.id, &statements_file.sink));
    let rules = rules_file.raw.iter_mut().flat_map(|file| &mut file.rules);
    rules.for_each(|rule| repair_id(&mut rule.id, &rules_file.sink));
}

/// Reports an invalid id and replaces it with the nearest valid id.
fn repair_id(id: &mut Spanned<String>, sink: &Reporter<'_>) {
    if is_id(id) {
        return;
    }
    let form = "use at most 60 of a-z, 0-9 and hyphens, without a leading hyphen";
    let nearest = nearest(id);
    let hint = nearest.as_ref().map_or_else(|| form.to_owned(), |nearest| format!("write `{nearest}`: {form}"));
    sink.report(Diagnostic::new("bad-id", id.span.clone(), "this is not a valid name").hint(hint));
    if let Some(nearest) = nearest {
        id.value = nearest;
    }
}

/// Returns the nearest valid id, if there is one.
fn nearest(id: &str) -> Option<String> {
    let to_valid = |c: char| if c.is_ascii_lowercase() || c.is_ascii_digit() { c } else { '-' };
    let replaced: String = id.to_lowercase().chars().map(to_valid).collect();
    let parts: Vec<&str> = replaced.split('-').filter(|part| !part.is_empty()).collect();
    Some(parts.join("-")).filter(|name| is_id(name))
}
