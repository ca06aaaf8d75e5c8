//! Checks that every sentence of a claim has a phrase of strength, in every language.
//!
//! A program can find a phrase, but only a reader can decide whether a sentence makes a claim. So every sentence needs a
//! phrase unless the author lists the sentence in `explains`, where a reviewer sees it.

use super::references::KnownNames;
use super::translations::Translations;
use crate::diagnostics::{Diagnostic, Reporter, Spanned};
use crate::pack::files::ParsedFile;
use crate::pack::phrases::{Phrase, Tokens};
use crate::pack::raw::{PackFile, RawKind, RawStatement};
use crate::pack::sentences::sentences;

/// Returns the indexes of the sentences that only explain.
pub(super) fn explains(raw: &RawStatement) -> Vec<usize> {
    raw.explains.iter().filter_map(|number| (number.value as usize).checked_sub(1)).collect()
}

/// Checks that the strength of a claim is given and that the wording in every language has it.
pub(super) fn check_modality(
    raw: &RawStatement,
    manifest: &ParsedFile<'_, PackFile>,
    translations: &Translations<'_>,
    sink: &Reporter<'_>,
) -> Option<String> {
    let Some(name) = raw.modality.as_ref().filter(|_| raw.kind != RawKind::Ask) else {
        if matches!(raw.kind, RawKind::Benefit | RawKind::Variability | RawKind::Safety) {
            let message = format!("the statement `{}` has no `modality`", raw.id.as_str());
            sink.report(
                Diagnostic::new("missing-modality", raw.id.span.clone(), message)
                    .hint("add `\"modality\": …` with a name from `modalities` in pack.json"),
            );
        }
        if let Some(first) = raw.explains.first() {
            let message = "`explains` has no effect in a statement without `modality`";
            sink.report(
                Diagnostic::new("useless-field", first.span.clone(), message).hint("remove it, or add `modality`"),
            );
        }
        return None;
    };
    let modalities = &manifest.raw.as_ref()?.modalities;
    KnownNames::new("modality", modalities.keys().map(String::as_str), manifest.is_complete).find(name, sink)?;
    let id = format!("statement.{}", raw.id.value);
    let others = [("short", &raw.short), ("clinician", &raw.clinician)];
    let second = others
        .into_iter()
        .filter_map(|(part, text)| Some((part, text.as_ref()?)))
        .flat_map(|(part, text)| translations.in_all_languages(&format!("{id}.{part}"), text, sink));
    for (tag, text, sink) in translations.in_all_languages(&id, &raw.text, sink).chain(second) {
        let phrases = |name: &str| modalities[name].get(tag).map_or(&[][..], Vec::as_slice);
        let declared = phrases(name);
        if declared.is_empty() {
            let hint = format!("`modalities` in pack.json has no phrase for `{}` in `{tag}`", name.as_str());
            report_missing_modality(text, text, &format!("this wording does not say `{}`", name.as_str()), hint, sink);
            continue;
        }
        let any: Vec<&Spanned<String>> = modalities.keys().flat_map(|name| phrases(name)).collect();
        check_wording(raw, text, declared, &any, sink);
    }
    Some(name.value.clone())
}

/// Checks that the first claiming sentence has the declared strength and that each later one has any strength.
fn check_wording(
    raw: &RawStatement,
    text: &Spanned<String>,
    declared: &[Spanned<String>],
    any: &[&Spanned<String>],
    sink: &Reporter<'_>,
) {
    let all: Vec<&str> = sentences(text).collect();
    let default_count = sentences(&raw.text).count();
    let is_default = std::ptr::eq(text, &raw const raw.text);
    // A sentence that the default language lacks is reported only there.
    let is_missing =
        |number: usize| (number == 0 && is_default) || number > all.len() && (is_default || number <= default_count);
    for number in raw.explains.iter().filter(|number| is_missing(number.value as usize)) {
        let message =
            format!("`{}` has {} sentences, so there is no sentence {}", raw.id.as_str(), all.len(), number.value);
        let hint = "count the sentences from 1, the same in every language, and list those that only explain";
        let place = if is_default { &number.span } else { &text.span };
        sink.report(Diagnostic::new("no-such-sentence", place.clone(), message).hint(hint));
    }
    let claims =
        all.iter().enumerate().filter(|(index, _)| !explains(raw).contains(index)).map(|(_, sentence)| *sentence);
    let name = raw.modality.as_ref().map_or("", |name| name.as_str());
    let phrases = declared.iter().map(|phrase| phrase.as_str()).collect::<Vec<_>>().join("”, “");
    let declared: Vec<Phrase> = declared.iter().map(|phrase| Phrase::new(phrase)).collect();
    let any: Vec<Phrase> = any.iter().map(|phrase| Phrase::new(phrase)).collect();
    let contains_any = |sentence: &str, phrases: &[Phrase]| {
        let tokens = Tokens::new(sentence);
        phrases.iter().any(|phrase| tokens.contain(phrase))
    };
    let mut is_first = true;
    for sentence in claims {
        if is_first && !contains_any(sentence, &declared) {
            let hint = format!("use one of “{phrases}”; if the sentence only explains, add its number to `explains`");
            report_missing_modality(text, sentence, &format!("this sentence does not say `{name}`"), hint, sink);
        } else if !is_first && !contains_any(sentence, &any) {
            let hint = "use a phrase of the strength in the source; if the sentence only explains, add its number to `explains`";
            report_missing_modality(text, sentence, "this sentence has no phrase of strength", hint.to_owned(), sink);
        }
        is_first = false;
    }
    if is_first {
        let hint = format!("make one sentence a claim, with one of “{phrases}”");
        report_missing_modality(
            text,
            text,
            &format!("every sentence only explains, and none says `{name}`"),
            hint,
            sink,
        );
    }
}

fn report_missing_modality(text: &Spanned<String>, sentence: &str, message: &str, hint: String, sink: &Reporter<'_>) {
    let message = format!("{message}: “{sentence}”");
    sink.report(Diagnostic::new("modality-lost", sink.place_of(text, sentence), message).hint(hint));
}
