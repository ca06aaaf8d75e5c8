//! Checks that every term in use has a glossary entry and that every entry is used.

use super::report::{report, sentence_with};
use super::word_lists::{PhraseList, phrase_list};
use crate::diagnostics::Diagnostic;
use crate::pack::load::patient_texts::{Text, Texts};
use crate::pack::phrases::{Phrase, Tokens};
use crate::pack::raw::PackFile;
use std::collections::{BTreeMap, BTreeSet};

/// The word of a glossary entry in one language, as tokens to search for terms and as a phrase to find in texts.
struct TermWord<'t> {
    index: usize,
    tokens: Tokens<'t>,
    phrase: Phrase,
}

pub(super) fn check(texts: &Texts<'_>, manifest: &PackFile, all: &[Text<'_>], tokens: &[Tokens<'_>]) {
    let sink = &texts.manifest.sink;
    let mut entries: BTreeMap<&str, Vec<TermWord<'_>>> = BTreeMap::new();
    for (index, term) in manifest.glossary.iter().enumerate() {
        let id = format!("term.{}.word", term.id.value);
        for (tag, word, _) in texts.translations.in_all_languages(&id, &term.word, sink) {
            entries.entry(tag).or_default().push(TermWord {
                index,
                tokens: Tokens::new(word),
                phrase: Phrase::new(word),
            });
        }
    }
    let terms: BTreeMap<&str, PhraseList<'_>> =
        manifest.terms.iter().map(|(tag, words)| (tag.as_str(), phrase_list(words))).collect();
    let mut used = BTreeSet::new();
    for (text, tokens) in all.iter().zip(tokens) {
        let entries = entries.get(text.tag).map_or(&[][..], Vec::as_slice);
        // A word in its own explanation does not count as used.
        let explained_id = text.id.strip_prefix("term.").and_then(|id| id.strip_suffix(".text"));
        let is_other_entry = |entry: &&TermWord| {
            explained_id.is_none_or(|explained| manifest.glossary[entry.index].id.as_str() != explained)
        };
        used.extend(
            entries
                .iter()
                .filter(is_other_entry)
                .filter(|entry| tokens.contain(&entry.phrase))
                .map(|entry| entry.index),
        );
        for (term, phrase) in terms.get(text.tag).into_iter().flatten().filter(|(_, phrase)| tokens.contain(phrase)) {
            if !entries.iter().any(|entry| entry.tokens.contain(phrase)) {
                let message = format!("`{}` uses the term `{term}`, which is not in the glossary", text.id);
                let hint = "add an entry with this word to `glossary` in pack.json, or use a common word";
                report(text, "unexplained-term", &message, sentence_with(text, phrase), hint);
            }
        }
    }
    // A text with errors may use the word.
    if !(texts.manifest.is_complete
        && texts.questions_file.is_complete
        && texts.statements_file.is_complete
        && texts.translations.are_complete())
    {
        return;
    }
    for (_, term) in manifest.glossary.iter().enumerate().filter(|(index, _)| !used.contains(index)) {
        let message = format!("no text uses the word `{}`", term.word.as_str());
        let problem = Diagnostic::new("unused-term", term.word.span.clone(), message);
        sink.report(problem.hint("remove the entry, or write the word as the texts do"));
    }
}
