//! `pack.json`: the identity of the pack, its sources and its review.

use super::names::names;
use crate::diagnostics::{Spanned, record};
use std::collections::BTreeMap;

record! {
    /// The identity of the pack, its sources and its review.
    pub(crate) struct PackFile {
        /// Version of the pack format: 1.
        format: Spanned<u32>,
        /// Name of the pack in answers files and on every page.
        id: Spanned<String>,
        /// Version of the content, as `major.minor.patch`.
        version: Spanned<String>,
        /// Language tags. The first is the default language, used in these files. Each other language has a file `<tag>.json`.
        languages: Vec<Spanned<String>>,
        /// Title of the questionnaire.
        title: Spanned<String>,
        /// Text shown before the first question and printed on every copy.
        notice: Spanned<String>,
        /// The notice on the clinician's copy, in the third person, if `notice` speaks to the patient.
        notice_clinician: Option<Spanned<String>>,
        /// Documents that statements can cite.
        sources: Vec<RawSource>,
        /// Date on which this version was published, as YYYY-MM-DD; null until someone declares it.
        published_on: Option<Spanned<String>>,
        /// How the pack is kept up to date; null until someone declares it.
        update_policy: Option<Spanned<String>>,
        /// Who pays for the pack; null until someone declares it.
        funding: Option<Spanned<String>>,
        /// Interests of its authors in what it says; null until someone declares them.
        interests: Option<Spanned<String>>,
        /// What people say about the criteria that `preconsult pack check --criteria` lists.
        criteria: Vec<RawVerdict>,
        /// Name of the reviewer of the whole pack; null until it is reviewed.
        reviewed_by: Option<Spanned<String>>,
        /// Date of that review, as YYYY-MM-DD; null until it is reviewed.
        reviewed_on: Option<Spanned<String>>,
        /// Date by which the next review is due, as YYYY-MM-DD.
        review_due: Option<Spanned<String>>,
        /// Maximum US school grade (Flesch-Kincaid) of a sentence shown to a patient. Spanish has no school grades: up to 8
        /// means a Szigriszt-Pazos score of at least 55 ("normal" on the INFLESZ scale), up to 12 a score of at least 40.
        reading_grade: Option<Spanned<u32>>,
        /// Minimum reading ease of a text, by language. It replaces the limit that `reading_grade` implies. For Spanish it is
        /// a Szigriszt-Pazos score from 0 (very hard) to 100.
        reading_ease: BTreeMap<String, Spanned<u32>>,
        /// Maximum length of a statement in characters, in every language.
        statement_length: Option<Spanned<u32>>,
        /// Strengths of a claim: name → language → phrases. The wording must contain one of the phrases.
        modalities: BTreeMap<String, BTreeMap<String, Vec<Spanned<String>>>>,
        /// Whole words that no statement may use, by language. `*` at the start or end matches any letters.
        banned_words: BTreeMap<String, Vec<Spanned<String>>>,
        /// Claim words from the built-in list (cure, guarantee, proven …) that this pack may use, by language.
        allowed_words: BTreeMap<String, Vec<Spanned<String>>>,
        /// Words that a patient may not know, by language. Each word that a text uses needs an entry in `glossary`.
        terms: BTreeMap<String, Vec<Spanned<String>>>,
        /// Explanations of these words in plain language.
        glossary: Vec<RawTerm>,
    }
}

record! {
    /// A document that statements cite.
    pub(crate) struct RawSource {
        /// Name of the source in citations.
        id: Spanned<String>,
        /// Title of the document.
        title: Spanned<String>,
        /// Kind of the document; null until someone declares it.
        kind: Option<RawSourceKind>,
        /// Author; null if the document names none.
        author: Option<Spanned<String>>,
        /// Publisher; null if the document names none.
        publisher: Option<Spanned<String>>,
        /// Date of publication; null if the document names none.
        published: Option<Spanned<String>>,
        /// SHA-256 of the document, 64 hexadecimal digits.
        sha256: Spanned<String>,
        /// Parts of the document that can be cited, in its order.
        items: Vec<RawItem>,
        /// Items that are left uncited on purpose.
        unused: Vec<Spanned<String>>,
    }
}

record! {
    /// A part of a source that can be cited.
    pub(crate) struct RawItem {
        /// Name of the item in citations: `source#item`.
        id: Spanned<String>,
        /// Subject of the item.
        title: Spanned<String>,
        /// The item in citation marks, such as `safety`; its id if omitted.
        mark: Option<Spanned<String>>,
    }
}

record! {
    /// Explanation of a word.
    pub(crate) struct RawTerm {
        /// Name of the entry.
        id: Spanned<String>,
        /// The word as the texts use it.
        word: Spanned<String>,
        /// Meaning in plain words.
        text: Spanned<String>,
        /// Citations for the meaning, each as `source#item`.
        cites: Vec<Spanned<String>>,
    }
}

record! {
    /// What a person says about a criterion: either `not_met` or `met_by`.
    pub(crate) struct RawVerdict {
        /// Name of the criterion, as `preconsult pack check --criteria` lists it.
        id: Spanned<String>,
        /// The reason why the pack does not meet it.
        not_met: Option<Spanned<String>>,
        /// Name of the person who says that the pack meets it. Not for a criterion that the program's own check settles.
        met_by: Option<Spanned<String>>,
    }
}

names! {
    /// Kind of a document.
    RawSourceKind {
        /// A general article.
        Article = "article",
        /// A book or a chapter of one.
        Book = "book",
        /// A clinical guideline.
        Guideline = "guideline",
        /// Information for patients.
        Leaflet = "leaflet",
        /// A systematic review of studies.
        Review = "review",
        /// A study.
        Study = "study",
    }
}
