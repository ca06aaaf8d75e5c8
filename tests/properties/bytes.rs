//! Promise 4: the same input gives the same bytes, and an answers file holds a complete interview.

use crate::properties::page::{FORMATS, pages, setting};
use crate::properties::{CASES, FEWER};
use crate::support::pack_files::{BUILT_IN, EVERY_KIND};
use crate::support::strategies::{Draw, numbers};
use crate::support::thoroughness::cases;
use preconsult::interview::{AnswersFile, Completeness, FilledInBy, Interview};
use preconsult::pack::Pack;
use preconsult::summary::Summary;
use proptest::prelude::{prop_assert_eq, proptest};
use proptest::test_runner::TestCaseResult;
use serde_json::Value;

proptest! {
    #![proptest_config(cases(CASES))]

    #[test]
    fn an_answers_file_gives_the_same_bytes_as_the_interview(draw in numbers()) {
        check_file(&BUILT_IN, draw)?;
    }
}

proptest! {
    #![proptest_config(cases(FEWER))]

    #[test]
    fn an_answers_file_gives_the_same_bytes_as_the_interview_in_another_pack(draw in numbers()) {
        check_file(&EVERY_KIND, draw)?;
    }
}

fn check_file(pack: &Pack, mut draw: Draw) -> TestCaseResult {
    let finished = draw.finished(pack);
    let setting = setting(&mut draw, pack);
    let file = AnswersFile {
        answers: finished.answers().clone(),
        date: Some(setting.date),
        filled_in_by: Some(FilledInBy::Staff),
        id: Some("17".to_owned()),
        ..AnswersFile::default()
    };
    let json = file.write(pack);
    let format = [FORMATS[draw.below(FORMATS.len())]];
    // As json, or with every list and object reversed: the order in a file has no meaning.
    let text = if draw.below(2) == 0 { json.to_string() } else { format!("{:#}", reversed(&json)) };
    let result = AnswersFile::read(pack, "a.json", &text, Completeness::Complete);
    let parsed = result.unwrap_or_else(|problems| panic!("{problems}\n{text}"));
    prop_assert_eq!(&parsed.answers, finished.answers());
    prop_assert_eq!((parsed.date, parsed.filled_in_by, &parsed.id), (file.date, file.filled_in_by, &file.id));
    prop_assert_eq!(parsed.write(pack).to_string(), json.to_string());
    let again = Interview::new(pack, parsed.answers).finish().unwrap_or_else(|slot| panic!("{slot:?} is open"));
    prop_assert_eq!(pages(&again, setting, format), pages(&finished, setting, format));
    let name = |finished| Summary::new(finished, setting).content_id;
    prop_assert_eq!(name(&again), name(&finished));
    Ok(())
}

fn reversed(value: &Value) -> Value {
    match value {
        Value::Object(object) => object.iter().rev().map(|(key, value)| (key.clone(), reversed(value))).collect(),
        Value::Array(list) => list.iter().rev().map(reversed).collect(),
        other => other.clone(),
    }
}
