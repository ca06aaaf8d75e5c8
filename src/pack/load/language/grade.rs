//! Measures the reading difficulty of every text and compares it with the limit in `pack.json`.

use super::reading::{Count, MIN_WORDS, Measure, words};
use super::report::report;
use crate::pack::load::patient_texts::Text;
use crate::pack::phrases::Tokens;
use crate::pack::raw::PackFile;
use crate::pack::sentences::sentences;
use std::collections::BTreeMap;

/// Reading difficulty of a text: of its hardest sentence or, in Spanish, of the whole text.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Id of the wording, such as `statement.safety`.
    pub id: String,
    /// Tag of the language.
    pub language: String,
    /// Measure of the figure.
    pub measure: Measure,
    /// Grade or score, in the unit of the measure.
    pub figure: f64,
    /// Limit of the figure: the maximum or, in Spanish, the minimum.
    pub limit: Option<f64>,
    /// Text that the figure was measured on.
    pub sentence: String,
}

/// Measures the texts in languages with a measure, and reports texts that are too hard.
pub(super) fn measure_all(manifest: &PackFile, all: &[Text<'_>], tokens: &[Tokens<'_>]) -> Vec<Reading> {
    let mut readings = Vec::new();
    for (text, tokens) in all.iter().zip(tokens).filter(|(text, _)| !text.kind.is_fragment()) {
        let Some(measure) = Measure::for_language(text.tag) else { continue };
        let limit = limit(manifest, text.tag, measure);
        let units: Vec<&str> = match measure {
            Measure::FleschKincaid => sentences(text.wording).collect(),
            Measure::SzigrisztPazos => vec![text.wording.as_str()],
        };
        let Some((figure, sentence)) = hardest(measure, text, tokens, &units) else { continue };
        if limit.is_some_and(|limit| measure.exceeds(figure, limit)) {
            report_too_hard(text, measure, "has", figure, limit, &sentence);
        } else if measure == Measure::SzigrisztPazos && sentences(text.wording).nth(1).is_some() {
            // Easy sentences must not hide a hard one.
            let limit = limit.map(|limit| limit - SENTENCE_ALLOWANCE_POINTS);
            let hardest = hardest(measure, text, tokens, &sentences(text.wording).collect::<Vec<_>>());
            let hardest = hardest.filter(|(figure, _)| limit.is_some_and(|limit| measure.exceeds(*figure, limit)));
            if let Some((figure, sentence)) = hardest {
                report_too_hard(text, measure, "has a sentence with", figure, limit, &sentence);
            }
        }
        readings.push(Reading { id: text.id.clone(), language: text.tag.to_owned(), measure, figure, limit, sentence });
    }
    readings.extend(measure_fragments(manifest, all, tokens));
    readings
}

/// Allowance in points for a single sentence below the limit of a text: one step of the INFLESZ scale. The measure was
/// made for texts; in a single sentence, one long word lowers the score by this much.
const SENTENCE_ALLOWANCE_POINTS: f64 = 15.0;

/// Minimum number of words in a measured list. In a shorter list, one long word would decide the figure.
const MIN_LIST_WORDS: u32 = 6;

/// Measures the headings and options of a question together, each as a sentence. A single one is too short.
fn measure_fragments(manifest: &PackFile, all: &[Text<'_>], tokens: &[Tokens<'_>]) -> Vec<Reading> {
    let mut readings = Vec::new();
    let mut lists: BTreeMap<(&str, &str), Vec<(&Text<'_>, &Tokens<'_>)>> = BTreeMap::new();
    for (text, tokens) in all.iter().zip(tokens).filter(|(text, _)| text.kind.is_fragment()) {
        lists.entry((text.tag, list_of(&text.id))).or_default().push((text, tokens));
    }
    for ((tag, id), texts) in lists {
        let Some(measure) = Measure::for_language(tag) else { continue };
        let counts: Vec<Count> = texts.iter().map(|(_, tokens)| measure.count_words(tokens.words(), 1)).collect();
        let count: Count = counts.iter().copied().sum();
        if count.words < MIN_LIST_WORDS {
            continue;
        }
        let (figure, limit) = (measure.figure(count), limit(manifest, tag, measure));
        let sentence = texts.iter().map(|(text, _)| text.wording.as_str()).collect::<Vec<_>>().join("; ");
        if limit.is_some_and(|limit| measure.exceeds(figure, limit)) {
            // The report points at the text with the most syllables per word.
            let syllables_per_word = |count: &Count| f64::from(count.syllables) / f64::from(count.words.max(1));
            let worst =
                texts.iter().zip(&counts).max_by(|a, b| syllables_per_word(a.1).total_cmp(&syllables_per_word(b.1)));
            if let Some(((worst, _), _)) = worst {
                report_too_hard(worst, measure, "is among headings and options with", figure, limit, &sentence);
            }
        }
        let id = format!("{id}, headings and options");
        readings.push(Reading { id, language: tag.to_owned(), measure, figure, limit, sentence });
    }
    readings
}

/// Returns the list of a heading or option: its question, `items`, or `title and sections`.
fn list_of(id: &str) -> &str {
    match id.split('.').next() {
        Some("question" | "option") => id.split('.').nth(1).unwrap_or(id),
        Some("item") => "items",
        _ => "title and sections",
    }
}

fn report_too_hard(
    text: &Text<'_>,
    measure: Measure,
    predicate: &str,
    figure: f64,
    limit: Option<f64>,
    sentence: &str,
) {
    let (name, limit) = (measure.name(), limit.unwrap_or_default());
    let message = format!("`{}` {predicate} a {name} of {figure:.1}, and the limit is {limit:.1}", text.id);
    report(text, "reading-grade", &message, sentence, &hint(measure, sentence));
}

fn limit(manifest: &PackFile, tag: &str, measure: Measure) -> Option<f64> {
    let minimum_ease = manifest.reading_ease.get(tag).filter(|_| measure == Measure::SzigrisztPazos);
    let minimum_ease = minimum_ease.map(|minimum| f64::from(minimum.value));
    minimum_ease.or_else(|| manifest.reading_grade.as_ref().map(|grade| measure.limit(grade.value)))
}

/// Returns the figure and text of the hardest of some parts of a text.
fn hardest(measure: Measure, text: &Text<'_>, tokens: &Tokens<'_>, units: &[&str]) -> Option<(f64, String)> {
    let mut options: Vec<(Count, &str)> =
        text.for_texts.iter().map(|option| (measure.count(option), *option)).collect();
    // Only the counts of an option matter, and thousands of options have few different counts.
    options.sort_unstable();
    options.dedup_by_key(|(count, _)| *count);
    let no_option = [(Count::default(), "")];
    let measured = units.iter().flat_map(|unit| {
        let has_placeholder = unit.contains("{for}");
        let count = if has_placeholder {
            measure.count(&unit.replace("{for}", " "))
        } else if unit.len() == text.wording.len() {
            measure.count_words(tokens.words(), sentences(unit).count())
        } else {
            measure.count(unit)
        };
        let options = if has_placeholder { options.as_slice() } else { &no_option };
        options.iter().map(move |(option, text)| {
            let (words, syllables) = (count.words + option.words, count.syllables + option.syllables);
            (Count { words, syllables, ..count }, unit, *text)
        })
    });
    let hardest = measured
        .filter(|(count, ..)| count.words >= MIN_WORDS)
        .map(|(count, unit, option)| (measure.figure(count), unit, option))
        .max_by(|a, b| measure.compare(a.0, b.0));
    hardest.map(|(figure, unit, option)| (figure, unit.replace("{for}", option)))
}

/// Returns a hint that names the longest words or advises to split the sentence.
fn hint(measure: Measure, sentence: &str) -> String {
    let mut long: Vec<(u32, &str)> = words(sentence).map(|word| (measure.syllables(word), word)).collect();
    long.retain(|(syllables, _)| *syllables >= 3);
    long.sort_by_key(|(syllables, _)| std::cmp::Reverse(*syllables));
    long.dedup_by_key(|(_, word)| word.to_lowercase());
    let long: Vec<&str> = long.into_iter().take(4).map(|(_, word)| word).collect();
    if long.is_empty() {
        return "split the sentence in two".to_owned();
    }
    format!("shorten the sentence, or use shorter words for: {}", long.join(", "))
}

#[cfg(test)]
mod tests {
    use super::{MIN_LIST_WORDS, MIN_WORDS, SENTENCE_ALLOWANCE_POINTS, sentences};
    use crate::messages::tests::all_messages;
    use crate::pack::{Measure, Pack, built_in};

    /// The interface's sentences are shown among those of a pack, so they must meet the limits of the built-in pack.
    #[test]
    fn interface_messages_are_easy_to_read() {
        let pack = Pack::check(&built_in(), chrono::NaiveDate::default()).expect("the built-in pack is valid");
        let mut hard = Vec::new();
        for (tag, key, message) in all_messages() {
            let measure = Measure::for_language(tag).expect("a measure");
            let mut readings = pack.reading.iter().filter(|reading| reading.language == tag);
            let limit = readings.find_map(|reading| reading.limit).expect("a limit");
            let (limit, min_words) = match measure {
                Measure::FleschKincaid => (limit, MIN_WORDS),
                Measure::SzigrisztPazos => (limit - SENTENCE_ALLOWANCE_POINTS, MIN_LIST_WORDS),
            };
            for sentence in sentences(&message).filter(|sentence| sentence.ends_with(['.', '?', '!'])) {
                let count = measure.count(sentence);
                let figure = measure.figure(count);
                if count.words >= min_words && measure.exceeds(figure, limit) {
                    hard.push(format!("{tag} {key} {figure:.1}: {sentence}"));
                }
            }
        }
        assert!(hard.is_empty(), "{}", hard.join("\n"));
    }
}
