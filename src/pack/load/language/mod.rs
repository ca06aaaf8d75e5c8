//! The language of a pack: no word that promises, no sentence too hard or too long, no term without its meaning.

mod claim_words;
mod glossary_terms;
mod grade;
mod reading;
mod report;
mod word_lists;

pub use grade::Reading;
pub use reading::Measure;

use crate::pack::load::patient_texts::{Text, TextKind, Texts};
use crate::pack::phrases::{Phrase, Tokens};
use crate::pack::raw::PackFile;
use claim_words::claim_words;
use report::{report, report_word};
use std::collections::BTreeMap;
use word_lists::{List, list, listed};

/// Reports words that the pack itself bans. A part of loading: a promise is never printed.
pub(super) fn check_banned(texts: &Texts<'_>, all: &[Text<'_>], tokens: &[Tokens<'_>]) {
    let Some(head) = texts.head.raw.as_ref().filter(|head| !head.banned_words.is_empty()) else { return };
    let lists: BTreeMap<&str, List<'_>> =
        head.banned_words.iter().map(|(tag, words)| (tag.as_str(), list(words))).collect();
    for (text, tokens) in all.iter().zip(tokens).filter(|(text, _)| text.kind.is_careful()) {
        let Some(list) = lists.get(text.tag) else { continue };
        for (word, place) in list.iter().filter_map(|(word, phrase)| Some((word, tokens.find(phrase)?))) {
            let message = format!("`{}` uses “{}”", text.id, &text.wording[place.clone()]);
            let hint = format!("say it without a promise: `banned_words` of this pack has `{word}`");
            report_word(text, "banned-word", &message, place, &hint);
        }
    }
}

/// Reports all else that is wrong with the language, and measures it.
pub(super) fn check(texts: &Texts<'_>, all: &[Text<'_>], tokens: &[Tokens<'_>]) -> Vec<Reading> {
    let Some(head) = &texts.head.raw else { return Vec::new() };
    check_claims(head, all, tokens);
    check_figures(head, all);
    check_doubled(all);
    check_length(head, all);
    glossary_terms::check(texts, head, all, tokens);
    grade::measure_all(head, all, tokens)
}

fn check_claims(head: &PackFile, all: &[Text<'_>], tokens: &[Tokens<'_>]) {
    let mut lists: BTreeMap<&str, List<'_>> = BTreeMap::new();
    for (text, tokens) in all.iter().zip(tokens).filter(|(text, _)| text.kind.is_careful()) {
        let list = lists.entry(text.tag).or_insert_with(|| {
            // What the pack bans itself has been reported, and what it allows is allowed.
            let wanted = |word: &&&str| {
                !listed(&head.allowed_words, text.tag, word) && !listed(&head.banned_words, text.tag, word)
            };
            claim_words(text.tag).iter().filter(wanted).map(|word| (*word, Phrase::new(word))).collect()
        });
        for (word, place) in list.iter().filter_map(|(word, phrase)| Some((word, tokens.find(phrase)?))) {
            let message = format!("`{}` uses the claim word “{}”", text.id, &text.wording[place.clone()]);
            let hint = format!(
                "say it without a promise, or list `{word}` in `allowed_words` of pack.json and say why in its README.md"
            );
            report_word(text, "claim-word", &message, place, &hint);
        }
    }
}

/// A figure in a claim is exact, and so has to be the source's: it stands only where the pack says that it is.
fn check_figures(head: &PackFile, all: &[Text<'_>]) {
    for text in all.iter().filter(|text| text.kind == TextKind::Claim) {
        let figure = text.wording.split_whitespace().find(|word| {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '%');
            word.contains(|c: char| c.is_numeric() || c == '%') && !listed(&head.allowed_words, text.tag, word)
        });
        if let Some(figure) = figure {
            let figure = figure.trim_matches(|c: char| !c.is_alphanumeric() && c != '%');
            let start = text.wording.find(figure).unwrap_or_default();
            let message = format!("`{}` names the figure “{figure}”", text.id);
            let hint = format!(
                "leave it out, or if the source has it, list `{figure}` in `allowed_words` of pack.json and say why in its README.md"
            );
            report_word(text, "figure-claimed", &message, start..start + figure.len(), &hint);
        }
    }
}

/// Two statements that say the same print it twice.
fn check_doubled(all: &[Text<'_>]) {
    let mut seen: BTreeMap<(&str, String), &str> = BTreeMap::new();
    for text in all.iter().filter(|text| text.id.starts_with("statement.")) {
        let words = text.wording.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
        let first = seen.insert((text.tag, words), &text.id);
        if let Some(first) = first.filter(|first| *first != text.id) {
            let message = format!("`{}` says the same as `{first}`", text.id);
            let hint = "let rules say one statement, and take the other one out";
            report(text, "same-wording", &message, text.wording, hint);
        }
    }
}

fn check_length(head: &PackFile, all: &[Text<'_>]) {
    let Some(limit) = head.statement_length.as_ref().map(|limit| limit.value as usize) else { return };
    for text in all.iter().filter(|text| text.kind == TextKind::Claim) {
        let length = text.wording.chars().count();
        if length > limit {
            let message = format!("`{}` has {length} characters, and `statement_length` is {limit}", text.id);
            report(text, "too-long", &message, text.wording, "say less, or split it into two statements");
        }
    }
}
