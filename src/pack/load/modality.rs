//! The strength of a claim stands in its words: sentence by sentence, in every language.
//!
//! Whether a sentence claims is for a reader to say, and whether it carries a phrase of a strength is for a program. So
//! every sentence has to carry one, unless its author lists it in `explains`, where a reader sees that it does not.

use super::references::KnownNames;
use super::translations::Translations;
use crate::diagnostics::{Diagnostic, Reporter, Spanned};
use crate::pack::files::ParsedFile;
use crate::pack::phrases::{Phrase, Tokens};
use crate::pack::raw::{PackFile, RawKind, RawStatement};
use crate::pack::sentences::sentences;

/// The sentences that only explain, counted from 0.
pub(super) fn explains(raw: &RawStatement) -> Vec<usize> {
    raw.explains.iter().filter_map(|number| (number.value as usize).checked_sub(1)).collect()
}

/// The strength of the claim is named, and stands in the wording of every language.
pub(super) fn check_modality(
    raw: &RawStatement,
    head: &ParsedFile<'_, PackFile>,
    wordings: &Translations<'_>,
    sink: &Reporter<'_>,
) -> Option<String> {
    let Some(name) = &raw.modality else {
        if matches!(raw.kind, RawKind::Benefit | RawKind::Variability | RawKind::Safety) {
            let message = format!("the statement `{}` does not say how strong its claim is", raw.id.as_str());
            sink.report(
                Diagnostic::new("missing-modality", raw.id.span.clone(), message)
                    .hint("add `\"modality\": …` with a name from `modalities` in pack.json"),
            );
        }
        if let Some(first) = raw.explains.first() {
            let message = "`explains` means nothing in a statement without a strength";
            sink.report(
                Diagnostic::new("useless-field", first.span.clone(), message).hint("take it out, or add `modality`"),
            );
        }
        return None;
    };
    let modalities = &head.raw.as_ref()?.modalities;
    KnownNames::new("modality", modalities.keys().map(String::as_str), head.whole).find(name, sink)?;
    for (tag, text, sink) in wordings.each_in(&format!("statement.{}", raw.id.value), &raw.text, sink) {
        let phrases = |name: &str| modalities[name].get(tag).map_or(&[][..], Vec::as_slice);
        let own = phrases(name);
        if own.is_empty() {
            let hint = format!("`modalities` in pack.json has no phrase for `{}` in `{tag}`", name.as_str());
            report_missing_modality(text, text, &format!("this wording does not say `{}`", name.as_str()), hint, sink);
            continue;
        }
        let any: Vec<&Spanned<String>> = modalities.keys().flat_map(|name| phrases(name)).collect();
        check_wording(raw, text, own, &any, sink);
    }
    Some(name.value.clone())
}

/// The first sentence that does not only explain has the strength declared, each further one has some strength.
fn check_wording(
    raw: &RawStatement,
    text: &Spanned<String>,
    own: &[Spanned<String>],
    any: &[&Spanned<String>],
    sink: &Reporter<'_>,
) {
    let all: Vec<&str> = sentences(text).collect();
    let default = sentences(&raw.text).count();
    let is_default = std::ptr::eq(text, &raw const raw.text);
    // What the default language lacks is told once, there.
    let lacks = |number: usize| (number == 0 && is_default) || number > all.len() && (is_default || number <= default);
    for number in raw.explains.iter().filter(|number| lacks(number.value as usize)) {
        let message = format!("`{}` has {} sentences, and no number {}", raw.id.as_str(), all.len(), number.value);
        let hint = "count its sentences from 1, the same in every language, and list those that only explain";
        let place = if is_default { &number.span } else { &text.span };
        sink.report(Diagnostic::new("no-such-sentence", place.clone(), message).hint(hint));
    }
    let claims = all.iter().enumerate().filter(|(at, _)| !explains(raw).contains(at)).map(|(_, sentence)| *sentence);
    let name = raw.modality.as_ref().map_or("", |name| name.as_str());
    let phrases = own.iter().map(|phrase| phrase.as_str()).collect::<Vec<_>>().join("”, “");
    let own: Vec<Phrase> = own.iter().map(|phrase| Phrase::new(phrase)).collect();
    let any: Vec<Phrase> = any.iter().map(|phrase| Phrase::new(phrase)).collect();
    let have = |sentence: &str, phrases: &[Phrase]| {
        let tokens = Tokens::new(sentence);
        phrases.iter().any(|phrase| tokens.contain(phrase))
    };
    let mut first = true;
    for sentence in claims {
        if first && !have(sentence, &own) {
            let hint = format!(
                "keep the strength of the source: use one of “{phrases}”; where the sentence only explains, list its number in `explains`"
            );
            report_missing_modality(text, sentence, &format!("this sentence does not say `{name}`"), hint, sink);
        } else if !first && !have(sentence, &any) {
            let hint =
                "say how strong it is in the source; where the sentence only explains, list its number in `explains`";
            report_missing_modality(text, sentence, "this sentence has no word of strength", hint.to_owned(), sink);
        }
        first = false;
    }
    if first {
        let hint = format!("let one sentence claim, with one of “{phrases}”");
        report_missing_modality(
            text,
            text,
            &format!("all of this wording only explains, and none of it says `{name}`"),
            hint,
            sink,
        );
    }
}

fn report_missing_modality(text: &Spanned<String>, sentence: &str, message: &str, hint: String, sink: &Reporter<'_>) {
    let message = format!("{message}: “{sentence}”");
    sink.report(Diagnostic::new("modality-lost", sink.place_of(text, sentence), message).hint(hint));
}
