//! The language of a pack: no word that promises, no sentence too hard or too long, no term without its meaning.

mod claims;
mod grade;
mod reading;
mod terms;

pub use reading::Measure;

use super::raw::PackFile;
use super::texts::{Kind, Text, Texts};
use super::words::{Phrase, Tokens};
use crate::located::{At, Problem};
use claims::claim_words;
use reading::sentences;
use std::collections::BTreeMap;

/// How hard one text is to read: its hardest sentence, or in Spanish the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The wording's id, such as `statement.safety`.
    pub id: String,
    /// The tag of its language.
    pub language: String,
    /// By which measure.
    pub measure: Measure,
    /// The figure.
    pub figure: f64,
    /// The most, or in Spanish the least, that it may be.
    pub limit: Option<f64>,
    /// The sentence that it is the figure of.
    pub sentence: String,
}

/// Reports words that the pack itself bans. A part of loading: a promise is never printed.
pub(super) fn check_banned(texts: &Texts<'_>) {
    let Some(head) = texts.head.raw.as_ref().filter(|head| !head.banned_words.is_empty()) else { return };
    let lists: BTreeMap<&str, List<'_>> =
        head.banned_words.iter().map(|(tag, words)| (tag.as_str(), list(words))).collect();
    for text in texts.claims() {
        let Some(list) = lists.get(text.tag) else { continue };
        let tokens = Tokens::new(text.wording);
        for (word, phrase) in list.iter().filter(|(_, phrase)| tokens.have(phrase)) {
            let message = format!("`{}` uses `{word}`", text.id);
            let hint = "say it without a promise: the pack bans this word in statements";
            report(&text, "banned-word", &message, sentence_with(&text, phrase), hint);
        }
    }
}

/// Reports all else that is wrong with the language, and measures it.
pub(super) fn check(texts: &Texts<'_>) -> Vec<Reading> {
    let Some(head) = &texts.head.raw else { return Vec::new() };
    let all = texts.all();
    let tokens: Vec<Tokens> = all.iter().map(|text| Tokens::new(text.wording)).collect();
    check_claims(head, &all, &tokens);
    check_length(head, &all);
    terms::check(texts, head, &all, &tokens);
    grade::measure_all(head, &all)
}

type List<'w> = Vec<(&'w str, Phrase)>;

fn list(words: &[At<String>]) -> List<'_> {
    words.iter().map(|word| (word.as_str(), Phrase::new(word))).collect()
}

fn check_claims(head: &PackFile, all: &[Text<'_>], tokens: &[Tokens]) {
    let mut lists: BTreeMap<&str, List<'_>> = BTreeMap::new();
    for (text, tokens) in all.iter().zip(tokens).filter(|(text, _)| text.kind == Kind::Claim) {
        let listed = |words: &BTreeMap<String, Vec<At<String>>>, word: &str| {
            words.get(text.tag).into_iter().flatten().any(|known| known.as_str() == word)
        };
        let list = lists.entry(text.tag).or_insert_with(|| {
            // What the pack bans itself has been reported, and what it allows is allowed.
            let wanted = |word: &&&str| !listed(&head.allowed_words, word) && !listed(&head.banned_words, word);
            claim_words(text.tag).iter().filter(wanted).map(|word| (*word, Phrase::new(word))).collect()
        });
        for (word, phrase) in list.iter().filter(|(_, phrase)| tokens.have(phrase)) {
            let message = format!("`{}` uses the claim word `{word}`", text.id);
            let hint = "say it without a promise, or list the word in `allowed_words` of pack.json and say why in its README.md";
            report(text, "claim-word", &message, sentence_with(text, phrase), hint);
        }
    }
}

fn check_length(head: &PackFile, all: &[Text<'_>]) {
    let Some(limit) = head.statement_length.as_ref().map(|limit| limit.value as usize) else { return };
    for text in all.iter().filter(|text| text.kind == Kind::Claim) {
        let length = text.wording.chars().count();
        if length > limit {
            let message = format!("`{}` has {length} characters, and `statement_length` is {limit}", text.id);
            report(text, "too-long", &message, text.wording, "say less, or split it into two statements");
        }
    }
}

/// The sentence of a text that has a phrase.
fn sentence_with<'t>(text: &Text<'t>, phrase: &Phrase) -> &'t str {
    let text: &'t str = text.wording.value.as_str();
    sentences(text).find(|sentence| Tokens::new(sentence).have(phrase)).unwrap_or(text)
}

fn report(text: &Text<'_>, code: &'static str, reason: &str, sentence: &str, hint: &str) {
    let message = format!("{reason}: “{sentence}”");
    text.sink.report(Problem::new(code, text.wording.span.clone(), message).hint(hint));
}
