//! The reading grade of every text, against the limit in `pack.json`.

use super::reading::{Count, FEWEST_WORDS, Measure, words};
use super::report::report;
use crate::pack::load::patient_texts::Text;
use crate::pack::phrases::Tokens;
use crate::pack::raw::PackFile;
use crate::pack::sentences::sentences;
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

/// Measures all that a patient reads in a language that has a measure, and reports what is too hard.
pub(super) fn measure_all(head: &PackFile, all: &[Text<'_>], tokens: &[Tokens<'_>]) -> Vec<Reading> {
    let mut readings = Vec::new();
    for (text, tokens) in all.iter().zip(tokens).filter(|(text, _)| !text.kind.is_fragment()) {
        let Some(measure) = Measure::of(text.tag) else { continue };
        let limit = limit(head, text.tag, measure);
        let units: Vec<&str> = match measure {
            Measure::FleschKincaid => sentences(text.wording).collect(),
            Measure::SzigrisztPazos => vec![text.wording.as_str()],
        };
        let Some((figure, sentence)) = hardest(measure, text, tokens, &units) else { continue };
        if limit.is_some_and(|limit| measure.exceeds(figure, limit)) {
            report_too_hard(text, measure, "has", figure, limit, &sentence);
        } else if measure == Measure::SzigrisztPazos && sentences(text.wording).nth(1).is_some() {
            // A text may not hide one hard sentence among easy ones.
            let limit = limit.map(|limit| limit - ONE_SENTENCE);
            let hardest = hardest(measure, text, tokens, &sentences(text.wording).collect::<Vec<_>>());
            let hardest = hardest.filter(|(figure, _)| limit.is_some_and(|limit| measure.exceeds(*figure, limit)));
            if let Some((figure, sentence)) = hardest {
                report_too_hard(text, measure, "has a sentence with", figure, limit, &sentence);
            }
        }
        readings.push(Reading { id: text.id.clone(), language: text.tag.to_owned(), measure, figure, limit, sentence });
    }
    readings.extend(measure_fragments(head, all, tokens));
    readings
}

/// How much lower than a text a single sentence may score: the width of a step of the INFLESZ scale. The measure was
/// made for texts; one long word that a text bears moves a single sentence by that much.
const ONE_SENTENCE: f64 = 15.0;

/// A list of fewer words has no measure: one long word would decide it.
const FEWEST_IN_LIST: u32 = 6;

/// Measures headings and options: those of one question together, each as a sentence. One alone is too short to measure.
fn measure_fragments(head: &PackFile, all: &[Text<'_>], tokens: &[Tokens<'_>]) -> Vec<Reading> {
    let mut readings = Vec::new();
    let mut lists: BTreeMap<(&str, &str), Vec<(&Text<'_>, &Tokens<'_>)>> = BTreeMap::new();
    for (text, tokens) in all.iter().zip(tokens).filter(|(text, _)| text.kind.is_fragment()) {
        lists.entry((text.tag, list_of(&text.id))).or_default().push((text, tokens));
    }
    for ((tag, id), texts) in lists {
        let Some(measure) = Measure::of(tag) else { continue };
        let counts: Vec<Count> = texts.iter().map(|(_, tokens)| measure.count_words(tokens.words(), 1)).collect();
        let count = Count {
            words: counts.iter().map(|count| count.words).sum(),
            syllables: counts.iter().map(|count| count.syllables).sum(),
            sentences: u32::try_from(texts.len()).unwrap_or(u32::MAX),
        };
        if count.words < FEWEST_IN_LIST {
            continue;
        }
        let (figure, limit) = (measure.figure(count), limit(head, tag, measure));
        let sentence = texts.iter().map(|(text, _)| text.wording.as_str()).collect::<Vec<_>>().join("; ");
        if limit.is_some_and(|limit| measure.exceeds(figure, limit)) {
            // Pointed at is the one with most syllables a word.
            let hard = |count: &Count| f64::from(count.syllables) / f64::from(count.words.max(1));
            let worst = texts.iter().zip(&counts).max_by(|a, b| hard(a.1).total_cmp(&hard(b.1)));
            if let Some(((worst, _), _)) = worst {
                report_too_hard(worst, measure, "stands among headings and options with", figure, limit, &sentence);
            }
        }
        let id = format!("{id}, headings and options");
        readings.push(Reading { id, language: tag.to_owned(), measure, figure, limit, sentence });
    }
    readings
}

/// The list that a heading or an option stands in: its question, or what stands over the parts.
fn list_of(id: &str) -> &str {
    match id.split('.').next() {
        Some("question" | "option") => id.split('.').nth(1).unwrap_or(id),
        Some("item") => "items",
        _ => "title and sections",
    }
}

fn report_too_hard(text: &Text<'_>, measure: Measure, has: &str, figure: f64, limit: Option<f64>, sentence: &str) {
    let (name, limit) = (measure.name(), limit.unwrap_or_default());
    let message = format!("`{}` {has} a {name} of {figure:.1}, and the limit is {limit:.1}", text.id);
    report(text, "reading-grade", &message, sentence, &hint(measure, sentence));
}

fn limit(head: &PackFile, tag: &str, measure: Measure) -> Option<f64> {
    let own = head.reading_ease.get(tag).filter(|_| measure == Measure::SzigrisztPazos);
    let own = own.map(|least| f64::from(least.value));
    own.or_else(|| head.reading_grade.as_ref().map(|grade| measure.limit(grade.value)))
}

/// The figure of the hardest of some parts of a text, and that part.
fn hardest(measure: Measure, text: &Text<'_>, tokens: &Tokens<'_>, units: &[&str]) -> Option<(f64, String)> {
    let mut fills: Vec<(Count, &str)> = text.fills.iter().map(|fill| (measure.count(fill), *fill)).collect();
    // Only its counts matter of an option, and thousands of options have few different ones.
    fills.sort_unstable();
    fills.dedup_by_key(|(count, _)| *count);
    let unfilled = [(Count::default(), "")];
    let measured = units.iter().flat_map(|unit| {
        let filled = unit.contains("{for}");
        let count = if filled {
            measure.count(&unit.replace("{for}", " "))
        } else if unit.len() == text.wording.len() {
            measure.count_words(tokens.words(), sentences(unit).count())
        } else {
            measure.count(unit)
        };
        let fills = if filled { fills.as_slice() } else { &unfilled };
        fills.iter().map(move |(more, fill)| {
            let (words, syllables) = (count.words + more.words, count.syllables + more.syllables);
            (Count { words, syllables, ..count }, unit, *fill)
        })
    });
    let hardest = measured
        .filter(|(count, ..)| count.words >= FEWEST_WORDS)
        .map(|(count, unit, fill)| (measure.figure(count), unit, fill))
        .max_by(|a, b| measure.compare(a.0, b.0));
    hardest.map(|(figure, unit, fill)| (figure, unit.replace("{for}", fill)))
}

/// Names what makes it hard: the longest words, or the length.
fn hint(measure: Measure, sentence: &str) -> String {
    let mut long: Vec<(u32, &str)> = words(sentence).map(|word| (measure.syllables(word), word)).collect();
    long.retain(|(syllables, _)| *syllables >= 3);
    long.sort_by_key(|(syllables, _)| std::cmp::Reverse(*syllables));
    long.dedup_by_key(|(_, word)| word.to_lowercase());
    let long: Vec<&str> = long.into_iter().take(4).map(|(_, word)| word).collect();
    if long.is_empty() {
        return "make two sentences of it".to_owned();
    }
    format!("make the sentence shorter, or take shorter words for: {}", long.join(", "))
}

#[cfg(test)]
mod tests {
    use super::{FEWEST_IN_LIST, FEWEST_WORDS, ONE_SENTENCE, sentences};
    use crate::messages::tests::all_messages;
    use crate::pack::{Measure, Pack, built_in};

    /// The interface's own sentences stand between those of a pack, and are held to what the built-in one asks of its own.
    #[test]
    fn the_words_of_the_interface_are_plain() {
        let pack = Pack::check(&built_in(), chrono::NaiveDate::default()).expect("the built-in pack is sound");
        let mut hard = Vec::new();
        for (tag, key, said) in all_messages() {
            let measure = Measure::of(tag).expect("a measure");
            let mut readings = pack.reading.iter().filter(|reading| reading.language == tag);
            let limit = readings.find_map(|reading| reading.limit).expect("a limit");
            let (limit, fewest) = match measure {
                Measure::FleschKincaid => (limit, FEWEST_WORDS),
                Measure::SzigrisztPazos => (limit - ONE_SENTENCE, FEWEST_IN_LIST),
            };
            for sentence in sentences(&said).filter(|sentence| sentence.ends_with(['.', '?', '!'])) {
                let count = measure.count(sentence);
                let figure = measure.figure(count);
                if count.words >= fewest && measure.exceeds(figure, limit) {
                    hard.push(format!("{tag} {key} {figure:.1}: {sentence}"));
                }
            }
        }
        assert!(hard.is_empty(), "{}", hard.join("\n"));
    }
}
