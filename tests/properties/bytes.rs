//! Promise 4: the same input gives the same bytes, and an answers file carries an interview whole.

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
    let written = file.write(pack);
    let format = [FORMATS[draw.below(FORMATS.len())]];
    // As it was written, or with every list and object turned round: the order in a file says nothing.
    let text = if draw.below(2) == 0 { written.to_string() } else { format!("{:#}", turned(&written)) };
    let read = AnswersFile::read(pack, "a.json", &text, Completeness::Complete);
    let read = read.unwrap_or_else(|problems| panic!("{problems}\n{text}"));
    prop_assert_eq!(&read.answers, finished.answers());
    prop_assert_eq!((read.date, read.filled_in_by, &read.id), (file.date, file.filled_in_by, &file.id));
    prop_assert_eq!(read.write(pack).to_string(), written.to_string());
    let again = Interview::new(pack, read.answers).finish().unwrap_or_else(|slot| panic!("{slot:?} is open"));
    prop_assert_eq!(pages(&again, setting, format), pages(&finished, setting, format));
    let name = |finished| Summary::new(finished, setting).content_id;
    prop_assert_eq!(name(&again), name(&finished));
    Ok(())
}

fn turned(value: &Value) -> Value {
    match value {
        Value::Object(object) => object.iter().rev().map(|(key, value)| (key.clone(), turned(value))).collect(),
        Value::Array(list) => list.iter().rev().map(turned).collect(),
        other => other.clone(),
    }
}
