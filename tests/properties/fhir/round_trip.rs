//! Export to FHIR and import: the same answers, the same pages, and a response that agrees with its questionnaire.

use super::checker::Checker;
use super::{OTHERS, day, link_id, parse, questions, response};
use crate::properties::page::{FORMATS, pages, setting};
use crate::properties::{CASES, FEWER};
use crate::support::pack_files::{BUILT_IN, texts};
use crate::support::strategies::{Draw, finish, numbers};
use crate::support::thoroughness::cases;
use preconsult::answer::{Answer, AnswerKey};
use preconsult::fhir::{CanonicalBase, ResponseMetadata, import};
use preconsult::interview::{AnswersFile, Completeness, FilledInBy, Finished, Interview};
use preconsult::pack::{Language, Pack, Role};
use proptest::prelude::{prop_assert, prop_assert_eq, proptest};
use proptest::test_runner::TestCaseResult;
use serde_json::Value;
use std::sync::LazyLock;

pub(crate) static BUILT_IN_QUESTIONS: LazyLock<Value> = LazyLock::new(|| questions(&BUILT_IN));
pub(crate) static OTHER_QUESTIONS: LazyLock<[Value; 2]> =
    LazyLock::new(|| [questions(&OTHERS[0]), questions(&OTHERS[1])]);

proptest! {
    #![proptest_config(cases(CASES / 4))]

    #[test]
    fn a_response_agrees_with_its_questionnaire_and_can_be_imported(draw in numbers()) {
        check(&BUILT_IN, &BUILT_IN_QUESTIONS, draw)?;
    }
}

proptest! {
    #![proptest_config(cases(FEWER))]

    #[test]
    fn a_response_to_other_packs_can_be_imported(draw in numbers()) {
        for (pack, questions) in OTHERS.iter().zip(OTHER_QUESTIONS.iter()) {
            check(pack, questions, draw.clone())?;
        }
    }
}

fn check(pack: &Pack, questions: &Value, mut draw: Draw) -> TestCaseResult {
    let mut interview = draw.interview(pack);
    // Some optional questions stay unanswered, and some labels are given without being asked.
    if draw.below(2) == 1 {
        let mut answers = interview.answers().clone();
        answers.retain(|slot, _| pack.questions[slot.question].required || draw.below(4) != 3);
        interview = Interview::new(pack, answers);
    }
    if draw.below(3) == 2 {
        let mut answers = interview.answers().clone();
        draw.make_unreadable(pack, &mut answers);
        interview = Interview::new(pack, answers);
    }
    if draw.below(3) == 2 {
        let _ = interview.label(draw.text(20));
    }
    let finished = finish(interview);
    let setting = setting(&mut draw, pack);
    check_one(&finished, questions, setting)
}

pub(crate) fn check_one(
    finished: &Finished<'_>,
    questions: &Value,
    setting: preconsult::summary::SummaryOptions,
) -> TestCaseResult {
    let pack = finished.pack();
    let origin = ResponseMetadata {
        base: &CanonicalBase::default(),
        date: setting.date,
        asked_in: setting.asked_in,
        filled_in_by: setting.filled_in_by,
        id: Some("intake 17"),
        unassigned: &[],
    };
    let written = preconsult::fhir::response(finished, origin).expect("the pack can be written as FHIR");
    let checker = Checker::new(questions).unwrap_or_else(|faults| panic!("{faults:#?}"));
    // An unreadable answer leaves open whether the questions that depend on it are enabled.
    let is_determined = !finished.answers().values().any(Answer::is_unreadable);
    let faults = checker.check(&parse(&written));
    prop_assert!(faults.is_empty() || !is_determined, "{faults:#?}\n{written}");
    // The enabled questions are those that the pack asks: "not known" never counts as "no".
    let label = pack.with_role(Role::Label).map(AnswerKey::of_question);
    let mut asked: Vec<String> =
        finished.asked().iter().filter(|slot| Some(**slot) != label).map(|slot| link_id(pack, *slot)).collect();
    let mut enabled: Vec<&str> = checker.enabled(&parse(&written));
    let label = label.map(|slot| link_id(pack, slot));
    let is_additional = |id: &str| [Some("text"), Some("given")].contains(&id.rsplit_once('.').map(|(_, last)| last));
    enabled.retain(|id| !is_additional(id) && Some(*id) != label.as_deref());
    asked.sort_unstable();
    prop_assert!(!is_determined || asked == enabled, "{asked:?} and {enabled:?}\n{written}");

    let imported = import(pack, &CanonicalBase::default(), "r.json", &written).expect("it is a response");
    prop_assert!(imported.reports.list().is_empty(), "{}\n{written}", imported.reports);
    prop_assert_eq!(imported.file.date, Some(setting.date));
    prop_assert_eq!(imported.file.filled_in_by, setting.filled_in_by);
    prop_assert_eq!(imported.file.language.as_deref(), Some(pack.tag(setting.asked_in)));
    prop_assert_eq!(imported.file.id.as_deref(), Some("intake 17"));
    prop_assert_eq!(imported.file.pack_version.as_deref(), Some(pack.version.as_str()));
    // The round trip includes the answers file.
    let file = imported.file.write(pack).to_string();
    let file = AnswersFile::read(pack, "a.json", &file, Completeness::Complete)
        .unwrap_or_else(|problems| panic!("{problems}\n{written}"));
    let again = Interview::new(pack, file.answers).finish().unwrap_or_else(|slot| panic!("{slot:?} is open"));
    prop_assert_eq!(pages(&again, setting, FORMATS), pages(finished, setting, FORMATS));
    let same = |one: &Answer, other: &Answer| std::mem::discriminant(one) == std::mem::discriminant(other);
    prop_assert!(
        again
            .answers()
            .iter()
            .zip(finished.answers())
            .all(|((slot, one), (other_slot, other))| slot == other_slot && same(one, other))
    );
    // A second export gives the same bytes.
    prop_assert_eq!(preconsult::fhir::response(&again, origin).expect("as before"), written);
    Ok(())
}

/// Each invented patient prints the same pages after export and import.
#[test]
fn every_vignette_survives_a_round_trip() {
    let pack = &*BUILT_IN;
    let vignettes = texts("tests/vignettes");
    assert!(vignettes.len() >= 14, "only {} vignettes", vignettes.len());
    for (name, text) in vignettes {
        let case = parse(&text);
        let file = serde_json::json!({ "format": 1, "pack": pack.id, "answers": case["answers"] }).to_string();
        let file = AnswersFile::read(pack, "v.json", &file, Completeness::Complete)
            .unwrap_or_else(|problems| panic!("{problems}"));
        let finished = Interview::new(pack, file.answers).finish().expect("a vignette is complete");
        for draw in [Draw::of(&[]), Draw::of(&[1, 1, 1, 1])] {
            let setting = preconsult::summary::SummaryOptions {
                filled_in_by: Some(FilledInBy::Staff),
                ..setting(&mut draw.clone(), pack)
            };
            check_one(&finished, &BUILT_IN_QUESTIONS, setting).unwrap_or_else(|error| panic!("{name}: {error}"));
        }
    }
}

/// A response has the same codes in every language.
#[test]
fn the_language_changes_only_texts() {
    let pack = &*BUILT_IN;
    let finished = Draw::of(&[1; 60]).finished(pack);
    let in_language = |language: Language| {
        let origin = ResponseMetadata {
            base: &CanonicalBase::default(),
            date: day(),
            asked_in: language,
            filled_in_by: None,
            id: None,
            unassigned: &[],
        };
        parse(&preconsult::fhir::response(&finished, origin).expect("it can be written"))
    };
    let codes = |value: &Value| {
        let text = value["item"].to_string();
        text.split("\"code\":\"")
            .skip(1)
            .filter_map(|rest| rest.split_once('"'))
            .map(|(code, _)| code.to_owned())
            .collect::<Vec<_>>()
    };
    let (english, spanish) =
        (in_language(pack.language("en").expect("English")), in_language(pack.language("es").expect("Spanish")));
    assert_eq!(codes(&english), codes(&spanish));
    assert_ne!(english["item"], spanish["item"]);
    assert_eq!(response(&finished), response(&finished), "the same bytes");
}
