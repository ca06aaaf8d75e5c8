//! Terms: each listed one that is used has its entry in the glossary, and each entry is of use.

use super::report::{report, sentence_with};
use super::word_lists::{List, list};
use crate::diagnostics::Diagnostic;
use crate::pack::load::patient_texts::{Text, Texts};
use crate::pack::phrases::{Phrase, Tokens};
use crate::pack::raw::PackFile;
use std::collections::{BTreeMap, BTreeSet};

/// An entry's word in one language: as a text that may hold a listed term, and as a phrase that a text may hold.
struct Entry<'t> {
    at: usize,
    tokens: Tokens<'t>,
    phrase: Phrase,
}

pub(super) fn check(texts: &Texts<'_>, head: &PackFile, all: &[Text<'_>], tokens: &[Tokens<'_>]) {
    let sink = &texts.head.sink;
    let mut entries: BTreeMap<&str, Vec<Entry<'_>>> = BTreeMap::new();
    for (at, term) in head.glossary.iter().enumerate() {
        let id = format!("term.{}.word", term.id.value);
        for (tag, word, _) in texts.wordings.each_in(&id, &term.word, sink) {
            entries.entry(tag).or_default().push(Entry { at, tokens: Tokens::new(word), phrase: Phrase::new(word) });
        }
    }
    let terms: BTreeMap<&str, List<'_>> = head.terms.iter().map(|(tag, words)| (tag.as_str(), list(words))).collect();
    let mut used = BTreeSet::new();
    for (text, tokens) in all.iter().zip(tokens) {
        let entries = entries.get(text.tag).map_or(&[][..], Vec::as_slice);
        // An entry that explains itself with its own word has not been used by that.
        let own = text.id.strip_prefix("term.").and_then(|id| id.strip_suffix(".text"));
        let of_others = |entry: &&Entry| own.is_none_or(|own| head.glossary[entry.at].id.as_str() != own);
        used.extend(
            entries.iter().filter(of_others).filter(|entry| tokens.contain(&entry.phrase)).map(|entry| entry.at),
        );
        for (term, phrase) in terms.get(text.tag).into_iter().flatten().filter(|(_, phrase)| tokens.contain(phrase)) {
            if !entries.iter().any(|entry| entry.tokens.contain(phrase)) {
                let message = format!("`{}` uses the term `{term}`, which the glossary does not explain", text.id);
                let hint = "add an entry with this word to `glossary` in pack.json, or use a word that everybody knows";
                report(text, "unexplained-term", &message, sentence_with(text, phrase), hint);
            }
        }
    }
    // A text that could not be read may have used the word.
    if !(texts.head.whole && texts.asked.whole && texts.said.whole && texts.wordings.are_whole()) {
        return;
    }
    for (_, term) in head.glossary.iter().enumerate().filter(|(at, _)| !used.contains(at)) {
        let message = format!("no text uses the word `{}`", term.word.as_str());
        let problem = Diagnostic::new("unused-term", term.word.span.clone(), message);
        sink.report(problem.hint("take the entry out, or write the word as the texts do"));
    }
}
