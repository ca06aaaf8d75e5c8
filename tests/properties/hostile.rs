//! Hostile texts: whatever a text contains, every page keeps its shape and shows all printable characters.

use crate::properties::page::{FORMATS, github, page, plain, setting};
use crate::properties::{CASES, FEWER};
use crate::support::pack_files::{BUILT_IN, EVERY_KIND};
use crate::support::strategies::{Draw, finish, numbers};
use crate::support::thoroughness::cases;
use preconsult::answer::{Answer, AnswerValue};
use preconsult::export::Format;
use preconsult::interview::{Finished, Interview};
use preconsult::pack::Pack;
use preconsult::printable::Printable;
use preconsult::summary::Summary;
use proptest::prelude::{prop_assert, prop_assert_eq, proptest};
use proptest::test_runner::TestCaseResult;
use pulldown_cmark::{Event, Options, Parser};
use serde_json::Value;

proptest! {
    #![proptest_config(cases(CASES))]

    #[test]
    fn no_control_or_hidden_character_reaches_a_page(draw in numbers()) {
        check_characters(&BUILT_IN, draw)?;
    }

    #[test]
    fn the_shape_of_a_page_does_not_depend_on_free_text(draw in numbers()) {
        check_shape(&BUILT_IN, draw)?;
    }

    #[test]
    fn free_text_is_readable_on_every_page(draw in numbers()) {
        check_readable(&BUILT_IN, draw)?;
    }
}

proptest! {
    #![proptest_config(cases(FEWER))]

    #[test]
    fn no_control_or_hidden_character_reaches_a_page_in_another_pack(draw in numbers()) {
        check_characters(&EVERY_KIND, draw)?;
    }

    #[test]
    fn the_shape_of_a_page_does_not_depend_on_free_text_in_another_pack(draw in numbers()) {
        check_shape(&EVERY_KIND, draw)?;
    }

    #[test]
    fn free_text_is_readable_on_every_page_in_another_pack(draw in numbers()) {
        check_readable(&EVERY_KIND, draw)?;
    }
}

/// Returns whether a text has a character that is invisible and changes its surroundings or the terminal.
///
/// Joiners are harmless where a script or an emoji needs them; cleaning would remove the others.
pub(crate) fn has_harmful(text: &str) -> bool {
    let is_joiner = |c: &char| ['\u{200c}', '\u{200d}'].contains(c);
    let joiners = |text: &str| text.chars().filter(is_joiner).count();
    text.chars().any(|c| is_harmful(c) && !is_joiner(&c)) || joiners(text) != joiners(Printable::text(text).as_str())
}

fn is_harmful(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2028}' | '\u{2029}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}' | '\u{61c}')
}

fn check_characters(pack: &Pack, mut draw: Draw) -> TestCaseResult {
    let finished = draw.finished(pack);
    let summary = Summary::new(&finished, setting(&mut draw, pack));
    check_characters_of(&summary, FORMATS[draw.below(FORMATS.len())])
}

pub(crate) fn check_characters_of(summary: &Summary, format: Format) -> TestCaseResult {
    let page = page(summary, format);
    prop_assert!(!has_harmful(&page), "{format:?}\n{page}");
    prop_assert!(highest_pile(&page) <= 4, "{format:?}: {} marks on one character\n{page}", highest_pile(&page));
    if format == Format::Json {
        let json: Value = serde_json::from_str(&page).expect("JSON");
        check_strings(&json)?;
    }
    if format == Format::Text {
        let widest = page.lines().map(textwrap::core::display_width).max();
        prop_assert!(widest <= Some(80), "{widest:?}\n{page}");
    }
    Ok(())
}

/// Returns the largest number of zero-width marks on one character.
fn highest_pile(text: &str) -> usize {
    let mut highest = 0;
    let mut marks = 0;
    for c in text.chars() {
        let is_mark = c != '\n' && textwrap::core::display_width(c.encode_utf8(&mut [0; 4])) == 0;
        marks = if is_mark { marks + 1 } else { 0 };
        highest = highest.max(marks);
    }
    highest
}

/// Checks the strings of a JSON value, where an escape would hide a character from a check of the bytes.
fn check_strings(value: &Value) -> TestCaseResult {
    match value {
        Value::String(text) => prop_assert!(!has_harmful(text), "{text:?}"),
        Value::Array(list) => list.iter().try_for_each(check_strings)?,
        Value::Object(object) => object.values().try_for_each(check_strings)?,
        _ => {}
    }
    Ok(())
}

/// Repeats the interview with a harmless word in every line of every text.
pub(crate) fn harmless<'p>(finished: &Finished<'p>) -> Finished<'p> {
    let mut answers = finished.answers().clone();
    for answer in answers.values_mut() {
        if let Answer::Value(AnswerValue::Text(text) | AnswerValue::Choice { text: Some(text), .. }) = answer {
            let shown = Printable::text(text);
            let lines = shown.as_str().split('\n').map(|line| if line.trim().is_empty() { "" } else { "word" });
            *text = lines.collect::<Vec<_>>().join("\n");
        }
    }
    finish(Interview::new(finished.pack(), answers))
}

fn check_shape(pack: &Pack, mut draw: Draw) -> TestCaseResult {
    let finished = draw.finished(pack);
    let setting = setting(&mut draw, pack);
    let (hostile, calm) = (Summary::new(&finished, setting), Summary::new(&harmless(&finished), setting));
    check_same_shape(&hostile, &calm, FORMATS[draw.below(FORMATS.len())])
}

/// Checks that a page is as with harmless words: the same headings, lists and, if lines are not wrapped, line breaks.
pub(crate) fn check_same_shape(hostile: &Summary, calm: &Summary, format: Format) -> TestCaseResult {
    let shape: fn(&str) -> Vec<String> = match format {
        Format::Markdown => markdown_shape,
        Format::Html => html_shape,
        Format::Text => text_shape,
        _ => json_shape,
    };
    let (hostile, calm) = (page(hostile, format), page(calm, format));
    prop_assert_eq!(shape(&hostile), shape(&calm), "{:?}\n{}", format, hostile);
    if format != Format::Text {
        prop_assert_eq!(hostile.lines().count(), calm.lines().count(), "{:?}\n{}", format, hostile);
    }
    Ok(())
}

/// Returns headings, lists, links, line breaks and the like, as two parsers see them, without texts.
fn markdown_shape(page: &str) -> Vec<String> {
    let mut shape = Vec::new();
    for options in [Options::empty(), github()] {
        for event in Parser::new_ext(page, options) {
            match event {
                Event::Text(_) => {}
                other => shape.push(format!("{other:?}")),
            }
        }
    }
    assert!(
        !shape.iter().any(|event| event.contains("Html") || event.contains("Link") || event.contains("Code")),
        "{shape:?}"
    );
    shape
}

/// Returns the tags.
fn html_shape(page: &str) -> Vec<String> {
    page.split('<').skip(1).map(|piece| piece.split('>').next().unwrap_or(piece).to_owned()).collect()
}

/// Returns rules, headings above them, and lines that look like a claim.
fn text_shape(page: &str) -> Vec<String> {
    let lines: Vec<&str> = page.lines().collect();
    let is_rule = |line: &str| line.len() > 20 && (line.chars().all(|c| c == '-') || line.chars().all(|c| c == '='));
    let mut shape = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if is_rule(line) {
            shape.push(format!("{line} {}", lines.get(at + 1).unwrap_or(&"")));
        } else if line.starts_with("* ") || line.starts_with("  ! ") {
            shape.push((*line).to_owned());
        }
    }
    shape
}

/// Returns the keys and the values that are not free text.
fn json_shape(page: &str) -> Vec<String> {
    let free_text_keys = ["\"free_text\":", "\"text\":", "\"label\":"];
    page.lines()
        .filter(|line| !free_text_keys.iter().any(|key| line.trim_start().starts_with(key)))
        .map(str::to_owned)
        .collect()
}

fn check_readable(pack: &Pack, mut draw: Draw) -> TestCaseResult {
    let finished = draw.finished(pack);
    let summary = Summary::new(&finished, setting(&mut draw, pack));
    // Full lines are wrapped, so line breaks and spaces are not compared.
    let dense = |text: &str| text.split_whitespace().collect::<String>();
    let format = [Format::Text, Format::Markdown, Format::Html][draw.below(3)];
    let text = dense(&plain(&page(&summary, format), format));
    for (slot, answer) in finished.answers() {
        if let Answer::Value(AnswerValue::Text(words) | AnswerValue::Choice { text: Some(words), .. }) = answer {
            let words = dense(Printable::text(words).as_str());
            prop_assert!(text.contains(&words), "{format:?} lacks {words:?} of {slot:?}\n{text}");
        }
    }
    Ok(())
}
