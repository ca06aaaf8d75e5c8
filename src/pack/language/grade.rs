//! The reading grade of every text, against the limit in `pack.json`.

use super::super::raw::PackFile;
use super::super::texts::{Kind, Text};
use super::reading::{Count, FEWEST_WORDS, sentences, words};
use super::{Measure, Reading, report};

/// Measures every text in a language that has a measure, and reports those that are too hard.
pub(super) fn measure_all(head: &PackFile, all: &[Text<'_>]) -> Vec<Reading> {
    let mut readings = Vec::new();
    for text in all.iter().filter(|text| text.kind != Kind::Label) {
        let Some(measure) = Measure::of(text.tag) else { continue };
        let Some((figure, sentence)) = hardest(measure, text) else { continue };
        let limit = limit(head, text.tag, measure);
        if let Some(limit) = limit.filter(|limit| measure.exceeds(figure, *limit)) {
            let name = measure.name();
            let message = format!("`{}` has a {name} of {figure:.1}, and the limit is {limit:.1}", text.id);
            report(text, "reading-grade", &message, &sentence, &hint(measure, &sentence));
        }
        let (id, language) = (text.id.clone(), text.tag.to_owned());
        readings.push(Reading { id, language, measure, figure, limit, sentence });
    }
    readings
}

fn limit(head: &PackFile, tag: &str, measure: Measure) -> Option<f64> {
    let own = head.reading_ease.get(tag).filter(|_| measure == Measure::SzigrisztPazos);
    let own = own.map(|least| f64::from(least.value));
    own.or_else(|| head.reading_grade.as_ref().map(|grade| measure.limit(grade.value)))
}

/// The figure of the hardest sentence in English, of the whole text in Spanish: what the measure was made for.
fn hardest(measure: Measure, text: &Text<'_>) -> Option<(f64, String)> {
    let units: Vec<&str> = match measure {
        Measure::FleschKincaid => sentences(text.wording).collect(),
        Measure::SzigrisztPazos => vec![text.wording.as_str()],
    };
    let mut fills: Vec<(Count, &str)> = text.fills.iter().map(|fill| (measure.count(fill), *fill)).collect();
    // Only its counts matter of an option, and thousands of options have few different ones.
    fills.sort_unstable();
    fills.dedup_by_key(|(count, _)| *count);
    let measured = units.into_iter().flat_map(|unit| {
        let count = measure.count(&unit.replace("{for}", " "));
        let filled = |(more, fill): &(Count, &str)| {
            let (words, syllables) = (count.words + more.words, count.syllables + more.syllables);
            (Count { words, syllables, ..count }, unit.replace("{for}", fill))
        };
        if unit.contains("{for}") { fills.iter().map(filled).collect() } else { vec![(count, unit.to_owned())] }
    });
    measured
        .filter(|(count, _)| count.words >= FEWEST_WORDS)
        .map(|(count, unit)| (measure.figure(count), unit))
        .max_by(|a, b| measure.compare(a.0, b.0))
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
