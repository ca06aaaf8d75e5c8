//! Responses of any form filler: no answer is invented, and what was imported can be exported and imported again.

use crate::properties::fhir;
use crate::properties::fhir::mutations::{Items, check_nothing_invented};
use crate::properties::fhir::round_trip::{BUILT_IN_QUESTIONS, OTHER_QUESTIONS, check_one};
use crate::properties::fhir::{OTHERS, response};
use crate::properties::hostile::has_harmful;
use crate::properties::page::english;
use crate::support::pack_files::BUILT_IN;
use crate::support::strategies::Draw;
use preconsult::fhir::{CanonicalBase, Imported, import};
use preconsult::interview::{AnswersFile, Completeness, Interview, asked};
use preconsult::pack::{Pack, Role};
use serde_json::Value;

pub(super) fn check(input: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(input) else { return false };
    let mut others = OTHERS.iter().zip(OTHER_QUESTIONS.iter());
    let other = others.find(|(pack, _)| text.contains(&CanonicalBase::default().questionnaire(pack)));
    let (pack, questions) = other.unwrap_or((&BUILT_IN, &BUILT_IN_QUESTIONS));
    match import(pack, &CanonicalBase::default(), "r.json", text) {
        Ok(imported) => check_imported(pack, questions, &imported, text),
        Err(error) => {
            let message = error.to_string();
            assert!(!message.is_empty() && !has_harmful(&message), "{message:?}");
            false
        }
    }
}

/// Returns whether the response had answers for this pack.
fn check_imported(pack: &Pack, questions: &Value, imported: &Imported, text: &str) -> bool {
    let Imported { file, reports } = imported;
    for report in reports.list() {
        assert!(report.path.as_deref().is_some_and(|path| path.starts_with('$')) && report.line > 0, "{report:?}");
        assert!(report.hint.is_some(), "{report:?}");
    }
    assert!(!has_harmful(&reports.render(preconsult::OutputStyle::PLAIN)), "{reports}");
    // Other readers take the last one of two equal keys, and this one the first.
    if !reports.list().iter().any(|report| report.code == "duplicate-key") {
        let json: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).expect("what was read is JSON");
        let mut items = Items::new();
        every_item(&json, &mut items);
        check_nothing_invented(pack, &file.answers, &items, text);
    }
    let asked = asked(pack, &file.answers);
    for slot in file.answers.keys() {
        assert!(asked.contains(slot) || pack.questions[slot.question].role == Role::Label, "{slot:?} is not asked");
    }
    // An interview can continue with the imported answers.
    let json = file.write(pack).to_string();
    let result = AnswersFile::read(pack, "a.json", &json, Completeness::Partial);
    let parsed = result.unwrap_or_else(|problems| panic!("{problems}\n{text}"));
    assert_eq!(parsed.answers, file.answers, "{text}");
    if let Ok(finished) = Interview::new(pack, file.answers.clone()).finish() {
        check_one(&finished, questions, english(pack)).unwrap_or_else(|error| panic!("{error}\n{text}"));
    }
    !file.answers.is_empty()
}

/// Collects every object that could be an item, at any depth.
fn every_item<'v>(value: &'v Value, into: &mut Items<'v>) {
    match value {
        Value::Object(object) => {
            if let Some(link_id) = value["linkId"].as_str() {
                into.entry(link_id).or_default().push(value);
            }
            object.values().for_each(|value| every_item(value, into));
        }
        Value::Array(list) => list.iter().for_each(|value| every_item(value, into)),
        _ => {}
    }
}

pub(super) fn seeds() -> Vec<Vec<u8>> {
    let patients = super::patients().into_iter().step_by(4).map(|text| {
        let parsed =
            AnswersFile::read(&BUILT_IN, "a.json", &text, Completeness::Complete).expect("a patient's answers");
        response(&Interview::new(&BUILT_IN, parsed.answers).finish().expect("they are complete"))
    });
    let drawn = (0..24).map(|turn| {
        let pack = [&*BUILT_IN, &fhir::OTHERS[0], &fhir::OTHERS[1]][usize::from(turn) % 3];
        response(&Draw::of(&super::numbers(turn, 80)).finished(pack))
    });
    patients.chain(drawn).map(String::into_bytes).collect()
}
