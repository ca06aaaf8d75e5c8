//! Checks the language of a pack: claim words, figures, length, reading difficulty and terms.

mod claim_words;
mod glossary_terms;
mod grade;
mod reading;
mod report;
mod word_lists;

pub use grade::Reading;
pub(crate) use reading::Count;
pub use reading::Measure;

use crate::pack::load::patient_texts::{Text, TextKind, Texts};
use crate::pack::phrases::{Phrase, Tokens};
use crate::pack::raw::PackFile;
use claim_words::claim_words;
use report::{report, report_word};
use std::collections::BTreeMap;
use word_lists::{PhraseList, contains_word, phrase_list};

/// Reports words that the pack bans. This runs at every load, so that no banned word is printed.
pub(super) fn check_banned(texts: &Texts<'_>, all: &[Text<'_>], tokens: &[Tokens<'_>]) {
    let Some(manifest) = texts.manifest.raw.as_ref().filter(|manifest| !manifest.banned_words.is_empty()) else {
        return;
    };
    let lists: BTreeMap<&str, PhraseList<'_>> =
        manifest.banned_words.iter().map(|(tag, words)| (tag.as_str(), phrase_list(words))).collect();
    for (text, tokens) in all.iter().zip(tokens).filter(|(text, _)| text.kind.forbids_claim_words()) {
        let Some(list) = lists.get(text.tag) else { continue };
        for (word, place) in list.iter().filter_map(|(word, phrase)| Some((word, tokens.find(phrase)?))) {
            let message = format!("`{}` uses “{}”", text.id, &text.wording[place.clone()]);
            let hint = format!("use another word: `banned_words` of this pack has `{word}`");
            report_word(text, "banned-word", &message, place, &hint);
        }
    }
}

/// Reports all other problems of the language, and measures the reading difficulty.
pub(super) fn check(texts: &Texts<'_>, all: &[Text<'_>], tokens: &[Tokens<'_>]) -> Vec<Reading> {
    let Some(manifest) = &texts.manifest.raw else { return Vec::new() };
    check_claim_words(manifest, all, tokens);
    check_figures(manifest, all);
    check_same_wording(all);
    check_length(manifest, all);
    glossary_terms::check(texts, manifest, all, tokens);
    grade::measure_all(manifest, all, tokens)
}

fn check_claim_words(manifest: &PackFile, all: &[Text<'_>], tokens: &[Tokens<'_>]) {
    let mut lists: BTreeMap<&str, PhraseList<'_>> = BTreeMap::new();
    for (text, tokens) in all.iter().zip(tokens).filter(|(text, _)| text.kind.forbids_claim_words()) {
        let list = lists.entry(text.tag).or_insert_with(|| {
            // Words that the pack bans have been reported by `check_banned`.
            let is_checked = |word: &&&str| {
                !contains_word(&manifest.allowed_words, text.tag, word)
                    && !contains_word(&manifest.banned_words, text.tag, word)
            };
            claim_words(text.tag).iter().filter(is_checked).map(|word| (*word, Phrase::new(word))).collect()
        });
        for (word, place) in list.iter().filter_map(|(word, phrase)| Some((word, tokens.find(phrase)?))) {
            let message = format!("`{}` uses the claim word “{}”", text.id, &text.wording[place.clone()]);
            let hint = format!(
                "use another word, or add `{word}` to `allowed_words` in pack.json and explain it in README.md"
            );
            report_word(text, "claim-word", &message, place, &hint);
        }
    }
}

/// Reports figures in claims that are not in `allowed_words`. A figure reads as exact, so the source must have it.
fn check_figures(manifest: &PackFile, all: &[Text<'_>]) {
    for text in all.iter().filter(|text| text.kind == TextKind::Claim) {
        let figure = text.wording.split_whitespace().find(|word| {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '%');
            word.contains(|c: char| c.is_numeric() || c == '%')
                && !contains_word(&manifest.allowed_words, text.tag, word)
        });
        if let Some(figure) = figure {
            let figure = figure.trim_matches(|c: char| !c.is_alphanumeric() && c != '%');
            let start = text.wording.find(figure).unwrap_or_default();
            let message = format!("`{}` contains the figure “{figure}”", text.id);
            let hint = format!(
                "remove it, or if the source has it, add `{figure}` to `allowed_words` in pack.json and explain it in README.md"
            );
            report_word(text, "figure-claimed", &message, start..start + figure.len(), &hint);
        }
    }
}

/// Reports statements with the same wording, which could be printed twice.
fn check_same_wording(all: &[Text<'_>]) {
    let mut seen: BTreeMap<(&str, String), &str> = BTreeMap::new();
    for text in all.iter().filter(|text| text.id.starts_with("statement.")) {
        let words = text.wording.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
        let first = seen.insert((text.tag, words), &text.id);
        if let Some(first) = first.filter(|first| *first != text.id) {
            let message = format!("`{}` has the same wording as `{first}`", text.id);
            let hint = "use one statement in the rules, and remove the other";
            report(text, "same-wording", &message, text.wording, hint);
        }
    }
}

fn check_length(manifest: &PackFile, all: &[Text<'_>]) {
    let Some(limit) = manifest.statement_length.as_ref().map(|limit| limit.value as usize) else { return };
    for text in all.iter().filter(|text| text.kind == TextKind::Claim) {
        let length = text.wording.chars().count();
        if length > limit {
            let message = format!("`{}` has {length} characters; the limit `statement_length` is {limit}", text.id);
            report(text, "too-long", &message, text.wording, "shorten it, or split it into two statements");
        }
    }
}
