//! Names as written → names as they may be, so that one that cannot be is one fault and not four.

use crate::diagnostics::{Diagnostic, Reporter, Spanned};
use crate::pack::files::ParsedFile;
use crate::pack::id::is_id;
use crate::pack::raw::{PackFile, QuestionsFile, RulesFile, StatementsFile};

/// Reports every name that cannot be one, and goes on with the nearest that can: what refers to it is then looked at as
/// if it had been mended, and no hint advises the name that is refused.
pub(super) fn repair_ids(
    head: &mut ParsedFile<'_, PackFile>,
    asked: &mut ParsedFile<'_, QuestionsFile>,
    said: &mut ParsedFile<'_, StatementsFile>,
    ruled: &mut ParsedFile<'_, RulesFile>,
) {
    if let Some(raw) = &mut head.raw {
        let sources = raw
            .sources
            .iter_mut()
            .flat_map(|source| std::iter::once(&mut source.id).chain(source.items.iter_mut().map(|item| &mut item.id)));
        let terms = raw.glossary.iter_mut().map(|term| &mut term.id);
        std::iter::once(&mut raw.id).chain(sources).chain(terms).for_each(|id| mend_id(id, &head.sink));
    }
    if let Some(raw) = &mut asked.raw {
        raw.sections.iter_mut().for_each(|section| mend_id(&mut section.id, &asked.sink));
        for question in &mut raw.questions {
            mend_id(&mut question.id, &asked.sink);
            let options = question.options.iter_mut().chain(&mut question.units);
            options.for_each(|option| mend_id(&mut option.code, &asked.sink));
        }
    }
    let statements = said.raw.iter_mut().flat_map(|file| &mut file.statements);
    statements.for_each(|statement| mend_id(&mut statement.id, &said.sink));
    let rules = ruled.raw.iter_mut().flat_map(|file| &mut file.rules);
    rules.for_each(|rule| mend_id(&mut rule.id, &ruled.sink));
}

/// A name: small letters, digits and hyphens.
fn mend_id(id: &mut Spanned<String>, sink: &Reporter<'_>) {
    if is_id(id) {
        return;
    }
    let form = "a name is at most 60 small letters a-z, digits and hyphens, and starts with no hyphen";
    let nearest = nearest(id);
    let hint = nearest.as_ref().map_or_else(|| form.to_owned(), |nearest| format!("write `{nearest}`: {form}"));
    sink.report(Diagnostic::new("bad-id", id.span.clone(), "this cannot be a name").hint(hint));
    if let Some(nearest) = nearest {
        id.value = nearest;
    }
}

/// The name that somebody meant who wrote this.
fn nearest(id: &str) -> Option<String> {
    let plain = |c: char| if c.is_ascii_lowercase() || c.is_ascii_digit() { c } else { '-' };
    let spaced: String = id.to_lowercase().chars().map(plain).collect();
    let parts: Vec<&str> = spaced.split('-').filter(|part| !part.is_empty()).collect();
    Some(parts.join("-")).filter(|name| is_id(name))
}
