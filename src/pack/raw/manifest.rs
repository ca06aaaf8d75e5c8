//! `pack.json`: what the pack is, where its sentences come from, and who stands behind it.

use crate::diagnostics::{Spanned, record};
use std::collections::BTreeMap;

record! {
    /// What the pack is, where its sentences come from, and who has reviewed it.
    pub(crate) struct PackFile {
        /// The number of the pack format: 1.
        format: Spanned<u32>,
        /// The pack's name in answers files and on every page.
        id: Spanned<String>,
        /// The version of the content, as `major.minor.patch`.
        version: Spanned<String>,
        /// Language tags. The first is the language of the wording in these files; each other one has a file `<tag>.json`.
        languages: Vec<Spanned<String>>,
        /// The title of the questionnaire.
        title: Spanned<String>,
        /// Shown before the first question and printed on every copy.
        notice: Spanned<String>,
        /// The documents that statements may cite.
        sources: Vec<RawSource>,
        /// Who reviewed the whole pack; null until someone has.
        reviewed_by: Option<Spanned<String>>,
        /// The day of that review, as YYYY-MM-DD; null until there was one.
        reviewed_on: Option<Spanned<String>>,
        /// The day by which the next review is due, as YYYY-MM-DD.
        review_due: Option<Spanned<String>>,
        /// The US school grade that no sentence shown to a patient may exceed (Flesch-Kincaid). Spanish has no such
        /// grades: up to 8 means a Szigriszt-Pazos score of at least 55 ("normal" on the INFLESZ scale), up to 12 one of 40.
        reading_grade: Option<Spanned<u32>>,
        /// Language → the least reading ease of a text, instead of what `reading_grade` means there; for Spanish, a
        /// Szigriszt-Pazos score from 0 (very hard) to 100.
        reading_ease: BTreeMap<String, Spanned<u32>>,
        /// The greatest length of a statement, in characters, in every language.
        statement_length: Option<Spanned<u32>>,
        /// Strengths of a claim: name → language → the phrases of which one must stand in the wording.
        modalities: BTreeMap<String, BTreeMap<String, Vec<Spanned<String>>>>,
        /// Language → whole words that no statement may use; `*` at the start or the end stands for any letters.
        banned_words: BTreeMap<String, Vec<Spanned<String>>>,
        /// Language → words of the program's own list of claim words (cure, guarantee, proven …) that this pack may use.
        allowed_words: BTreeMap<String, Vec<Spanned<String>>>,
        /// Language → words that a patient may not know; each one that is used needs its entry in `glossary`.
        terms: BTreeMap<String, Vec<Spanned<String>>>,
        /// What such words mean, in plain words.
        glossary: Vec<RawTerm>,
    }
}

record! {
    /// A document that statements cite.
    pub(crate) struct RawSource {
        /// The source's name in citations.
        id: Spanned<String>,
        /// Its title.
        title: Spanned<String>,
        /// Its author; null where the document names none.
        author: Option<Spanned<String>>,
        /// Its publisher; null where the document names none.
        publisher: Option<Spanned<String>>,
        /// Its date; null where the document names none.
        published: Option<Spanned<String>>,
        /// SHA-256 of the document, 64 hexadecimal digits.
        sha256: Spanned<String>,
        /// The places in the document that can be cited, in its own order.
        items: Vec<RawItem>,
        /// Items that no statement cites, on purpose.
        unused: Vec<Spanned<String>>,
    }
}

record! {
    /// A place in a source.
    pub(crate) struct RawItem {
        /// The item's name in citations: `source#item`.
        id: Spanned<String>,
        /// What it is about.
        title: Spanned<String>,
    }
}

record! {
    /// What a word means.
    pub(crate) struct RawTerm {
        /// The entry's name.
        id: Spanned<String>,
        /// The word, as texts use it.
        word: Spanned<String>,
        /// What it means, in plain words.
        text: Spanned<String>,
        /// The places that this comes from, each as `source#item`.
        cites: Vec<Spanned<String>>,
    }
}
