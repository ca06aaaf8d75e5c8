//! A page with any words of the patient has the same shape as with harmless ones.

use super::steered;
use crate::properties::hostile::{check_characters_of, check_same_shape, harmless};
use crate::properties::page::{FORMATS, setting};
use crate::support::pack_files::{BUILT_IN, EVERY_KIND};
use crate::support::strategies::{Draw, PIECES};
use preconsult::answer::{Answer, AnswerValue};
use preconsult::interview::{Finished, Interview};
use preconsult::letterhead::Letterhead;
use preconsult::outline::outline;
use preconsult::printable::Printable;
use preconsult::summary::Summary;
use std::collections::BTreeSet;

pub(super) fn check(input: &[u8]) -> bool {
    let (mut draw, rest) = steered(input);
    let pack = [&*BUILT_IN, &*EVERY_KIND][draw.below(2)];
    let setting = setting(&mut draw, pack);
    let format = FORMATS[draw.below(FORMATS.len())];
    let words = String::from_utf8_lossy(rest);
    let finished = with_words(&draw.finished(pack), &words);
    let (hostile, calm) = (Summary::new(&finished, setting), Summary::new(&harmless(&finished), setting));
    let checked = check_same_shape(&hostile, &calm, format).and_then(|()| check_characters_of(&hostile, format));
    checked.unwrap_or_else(|error| panic!("{format:?}: {error}"));
    check_outline(&finished, &hostile, &calm);
    finished.answers().values().any(|answer| own(answer).is_some_and(|own| *own != "x"))
}

fn own(answer: &Answer) -> Option<&String> {
    match answer {
        Answer::Value(AnswerValue::Text(text) | AnswerValue::Choice { text: Some(text), .. }) => Some(text),
        _ => None,
    }
}

/// Repeats the interview with these words in every text, split at each NUL, as far as a question accepts them.
fn with_words<'p>(finished: &Finished<'p>, words: &str) -> Finished<'p> {
    let pack = finished.pack();
    let mut parts = words.split('\0').cycle();
    let mut answers = finished.answers().clone();
    for (slot, answer) in &mut answers {
        let mut changed = answer.clone();
        if let Answer::Value(AnswerValue::Text(text) | AnswerValue::Choice { text: Some(text), .. }) = &mut changed {
            *text = parts.next().unwrap_or_default().chars().take(200).collect();
            *answer = pack.questions[slot.question].validate(changed).unwrap_or_else(|_| answer.clone());
        }
    }
    crate::support::strategies::finish(Interview::new(pack, answers))
}

/// Checks the outline, from which every format for reading is made, and the data of typst templates: they differ only
/// in these words.
fn check_outline(finished: &Finished<'_>, hostile: &Summary, calm: &Summary) {
    let lines = |summary| format!("{:#?}", outline(summary, &Letterhead::default()));
    let (hostile, calm) = (lines(hostile), lines(calm));
    let own: BTreeSet<String> = finished
        .answers()
        .values()
        .filter_map(own)
        .flat_map(|own| [Printable::text(own), Printable::line(own)])
        .map(|own| format!("{:?},", own.as_str()))
        .collect();
    assert_eq!(hostile.lines().count(), calm.lines().count(), "{hostile}");
    for (line, was) in hostile.lines().zip(calm.lines()).filter(|(line, was)| line != was) {
        assert!(own.contains(line.trim()) && was.contains("word"), "{line} for {was}");
    }
}

pub(super) fn seeds() -> Vec<Vec<u8>> {
    let seed = |turn: u16| {
        let mut draw = super::numbers(turn, 100);
        draw[0] = turn % 2;
        let mut pieces = Draw::of(&super::numbers(turn + 300, 40));
        let words: String =
            (0..12).map(|_| [PIECES[pieces.below(PIECES.len())], " ", "\0"][pieces.below(4) % 3]).collect();
        super::steering(&draw, words.as_bytes())
    };
    (0..200).map(seed).filter(|seed| check(seed)).take(60).collect()
}

/// Strings in a template's data are printed literally, unless the template evaluates them as markup.
#[test]
fn no_template_evaluates_words_as_markup() {
    let templates: Vec<String> = std::fs::read_dir(crate::support::pack_files::folder("src/render/pdf"))
        .expect("the templates are there")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|end| end == "typ"))
        .map(|path| std::fs::read_to_string(path).expect("a template can be read"))
        .collect();
    // The summary's template is in several files.
    assert_eq!(templates.iter().filter(|template| template.contains("/data.json")).count(), 2);
    assert!(!templates.iter().any(|template| template.contains("eval")), "a template evaluates text as markup");
}
