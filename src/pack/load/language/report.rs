//! Reports a problem of one text, with a caret under the sentence or the word.

use crate::diagnostics::Diagnostic;
use crate::pack::load::patient_texts::Text;
use crate::pack::phrases::{Phrase, Tokens};
use crate::pack::sentences::sentences;
use std::ops::Range;

/// Returns the first sentence of a text that contains a phrase, or the whole text.
pub(super) fn sentence_with<'t>(text: &Text<'t>, phrase: &Phrase) -> &'t str {
    let text: &'t str = text.wording.value.as_str();
    sentences(text).find(|sentence| Tokens::new(sentence).contain(phrase)).unwrap_or(text)
}

/// Reports a problem of a sentence, with a caret under it.
pub(super) fn report(text: &Text<'_>, code: &'static str, reason: &str, sentence: &str, hint: &str) {
    let place = text.sink.place_of(text.wording, sentence);
    text.sink.report(Diagnostic::new(code, place, format!("{reason}: “{sentence}”")).hint(hint));
}

/// Reports a word, with a caret under it and its sentence in the message.
pub(super) fn report_word(text: &Text<'_>, code: &'static str, reason: &str, place: Range<usize>, hint: &str) {
    let offset_of = |part: &str| part.as_ptr() as usize - text.wording.as_ptr() as usize;
    let sentence = sentences(text.wording).find(|sentence| offset_of(sentence) + sentence.len() >= place.end);
    let message = format!("{reason}: “{}”", sentence.unwrap_or(text.wording));
    text.sink.report(Diagnostic::new(code, text.sink.within(text.wording, place), message).hint(hint));
}
