//! Promise 2: not asked, skipped, declined, unsure and "none" stay five different things, from the answer to the page.

use crate::properties::page::{FORMATS, PAGES, english, page, plain, setting};
use crate::properties::{CASES, FEWER};
use crate::support::pack_files::{BUILT_IN, EVERY_KIND};
use crate::support::strategies::{Draw, finish, numbers};
use crate::support::thoroughness::cases;
use preconsult::answer::{Answer, AnswerKey, AnswerValue, Answers};
use preconsult::interview::{Finished, Interview, subject_code};
use preconsult::pack::{Pack, Role};
use preconsult::summary::Summary;
use proptest::prelude::{prop_assert_eq, prop_assert_ne, proptest};
use proptest::test_runner::TestCaseResult;
use serde_json::{Value, json};

proptest! {
    #![proptest_config(cases(CASES))]

    #[test]
    fn the_summary_has_the_outcome_of_every_question(draw in numbers()) {
        check_states(&BUILT_IN, draw)?;
    }

    #[test]
    fn two_different_outcomes_of_a_question_never_look_alike(draw in numbers()) {
        check_outcomes(&BUILT_IN, draw)?;
    }
}

proptest! {
    #![proptest_config(cases(FEWER))]

    #[test]
    fn the_summary_has_the_outcome_of_every_question_in_another_pack(draw in numbers()) {
        check_states(&EVERY_KIND, draw)?;
    }

    #[test]
    fn two_different_outcomes_of_a_question_never_look_alike_in_another_pack(draw in numbers()) {
        check_outcomes(&EVERY_KIND, draw)?;
    }
}

/// Finds the record of a question in the list of all answers.
fn record<'j>(json: &'j Value, pack: &Pack, slot: AnswerKey) -> Option<&'j Value> {
    let about = slot.subject.map(|_| subject_code(pack, slot));
    json["answers"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|record| record["question"] == pack.questions[slot.question].id && record["for"].as_str() == about)
}

fn check_states(pack: &Pack, mut draw: Draw) -> TestCaseResult {
    let mut interview = draw.interview(pack);
    // Some of the questions that are not required are left open.
    if draw.below(2) == 1 {
        let mut answers = interview.answers().clone();
        answers.retain(|slot, _| pack.questions[slot.question].required || draw.below(4) != 3);
        draw.make_unreadable(pack, &mut answers);
        interview = Interview::new(pack, answers);
    }
    let finished = finish(interview);
    let json = Summary::new(&finished, setting(&mut draw, pack)).to_json();
    for slot in finished.asked() {
        let record = record(&json, pack, *slot).expect("every question that is asked has a record");
        let (state, codes) = match finished.answers().get(slot) {
            None => ("not-asked", Vec::new()),
            Some(Answer::Skipped) => ("skipped", Vec::new()),
            Some(Answer::Declined) => ("declined", Vec::new()),
            Some(Answer::Unreadable(_)) => ("unreadable", Vec::new()),
            Some(Answer::Value(given)) => {
                let choices = pack.questions[slot.question].shape.choices();
                let unit =
                    if let AnswerValue::Quantity { unit, .. } = given { vec![*unit] } else { given.chosen().to_vec() };
                ("answered", unit.into_iter().map(|choice| choices[choice].code.clone()).collect())
            }
        };
        prop_assert_eq!(&record["state"], state);
        prop_assert_eq!(record.get("codes").cloned().unwrap_or_else(|| json!([])), json!(codes));
    }
    // Every question is in the list, with its state if it was not asked.
    for (at, question) in pack.questions.iter().enumerate() {
        if !finished.asked().iter().any(|slot| slot.question == at) {
            let record = record(&json, pack, AnswerKey::of_question(at)).expect("every question has a record");
            prop_assert_eq!(&record["state"], "not-asked", "{}", question.id);
        }
    }
    Ok(())
}

fn check_outcomes(pack: &Pack, mut draw: Draw) -> TestCaseResult {
    let interview = draw.interview(pack);
    // A label is printed if there is one, and nothing is printed if there is none.
    let is_free = |slot: &AnswerKey| {
        let question = &pack.questions[slot.question];
        !question.required && question.role != Role::Label
    };
    let free: Vec<AnswerKey> = interview.asked().into_iter().filter(is_free).collect();
    if free.is_empty() {
        return Ok(());
    }
    let slot = free[draw.below(free.len())];
    let outcome = |draw: &mut Draw| match draw.below(6) {
        5 => Some(Answer::Unreadable(Some(draw.text(20)).filter(|text| text.len() > 2))),
        0 => None,
        1 => Some(Answer::Skipped),
        2 => Some(Answer::Declined),
        _ => Some(draw.offered_answer(&interview, slot.question)),
    };
    let (one, other) = (outcome(&mut draw), outcome(&mut draw));
    if shown(one.as_ref()) == shown(other.as_ref()) {
        return Ok(());
    }
    let setting = setting(&mut draw, pack);
    let format = FORMATS[draw.below(FORMATS.len())];
    let with = |outcome: Option<Answer>| {
        let mut answers: Answers = interview.answers().clone();
        answers.remove(&slot);
        answers.extend(outcome.map(|answer| (slot, answer)));
        page(&Summary::new(&ended(pack, answers), setting), format)
    };
    prop_assert_ne!(with(one.clone()), with(other.clone()), "{:?}: {:?} and {:?} look alike", format, one, other);
    Ok(())
}

/// Finishes an interview with these answers; a question that another answer opens is left open if it is not required.
fn ended(pack: &Pack, answers: Answers) -> Finished<'_> {
    let mut interview = Interview::new(pack, answers);
    while let Err(slot) = interview.finish() {
        // The only required question that another answer can open is a yes/no question.
        let answer = Answer::Value(AnswerValue::Choice { chosen: vec![0], text: None });
        interview.answer(answer).unwrap_or_else(|refusal| panic!("{slot:?}: {refusal:?}"));
    }
    finish(interview)
}

/// Returns an outcome as far as it is visible: texts that differ only in hidden characters look alike.
fn shown(outcome: Option<&Answer>) -> Option<Answer> {
    let clean = |text: &str| {
        preconsult::printable::Printable::text(text).to_string().split_whitespace().collect::<Vec<_>>().join(" ")
    };
    outcome.map(|answer| match answer {
        Answer::Value(AnswerValue::Text(text)) => Answer::Value(AnswerValue::Text(clean(text))),
        Answer::Value(AnswerValue::Choice { chosen, text }) => {
            let text = text.as_ref().map(|text| clean(text)).filter(|text| !text.is_empty());
            Answer::Value(AnswerValue::Choice { chosen: chosen.clone(), text })
        }
        Answer::Unreadable(Some(text)) => Answer::Unreadable(Some(clean(text))),
        other => other.clone(),
    })
}

/// The six values of one question are printed differently on each page for reading.
#[test]
fn each_of_the_six_values_has_its_own_words() {
    let pack = &*BUILT_IN;
    let question = pack.question("history").expect("the built-in pack asks for it");
    let choice = |code: &str| {
        let choices = pack.questions[question].shape.choices();
        let at = choices.iter().position(|choice| choice.code == code).expect("an option");
        Some(Answer::Value(AnswerValue::Choice { chosen: vec![at], text: None }))
    };
    let mut interview = Draw::of(&[]).interview(pack);
    assert!(interview.asked().contains(&AnswerKey::of_question(question)), "more questions are asked");
    let none_asked: Vec<AnswerKey> =
        interview.asked().into_iter().filter(|slot| !pack.questions[slot.question].required).collect();
    let mut answers = interview.answers().clone();
    answers.retain(|slot, _| !none_asked.contains(slot));
    for (outcome, words) in [
        (None, "Not asked"),
        (Some(Answer::Skipped), "Health history: [Skipped]"),
        (Some(Answer::Declined), "Health history: [I'd rather not say]"),
        (Some(Answer::Unreadable(None)), "Health history: [Could not be read]"),
        (Some(Answer::Unreadable(Some("keloide".to_owned()))), "Health history: [Could not be read]: keloide"),
        (choice("unsure"), "Health history: [I am not sure]"),
        (choice("none"), "Health history: None of these"),
    ] {
        let mut answers = answers.clone();
        answers.extend(outcome.clone().map(|answer| (AnswerKey::of_question(question), answer)));
        interview = Interview::new(pack, answers);
        let finished = finish(interview);
        for format in PAGES {
            let text = plain(&page(&Summary::new(&finished, english(pack)), format), format);
            let page_text = text
                .replace(['“', '”'], "")
                .replace("Health history [", "Health history: [")
                .replace("Health history None", "Health history: None");
            assert!(page_text.contains(words), "{format:?} lacks {words:?}\n{text}");
            let named_as_not_asked = text.contains("; Health history;");
            assert_eq!(named_as_not_asked, outcome.is_none(), "{format:?}\n{text}");
        }
    }
}
