//! Promise 5: it stays a form. What is printed follows from the concerns alone, and free text is never interpreted.

use crate::properties::page::setting;
use crate::properties::{CASES, FEWER};
use crate::support::pack_files::{BUILT_IN, EVERY_KIND};
use crate::support::strategies::{Draw, finish, numbers};
use crate::support::thoroughness::cases;
use preconsult::answer::{Answer, AnswerValue, Answers};
use preconsult::interview::Interview;
use preconsult::pack::{Pack, Role};
use preconsult::summary::{Summary, SummaryOptions};
use proptest::prelude::{prop_assert_eq, proptest};
use proptest::test_runner::TestCaseResult;
use serde_json::Value;

proptest! {
    #![proptest_config(cases(CASES))]

    #[test]
    fn free_text_changes_no_statement(draw in numbers()) {
        check_free_text(&BUILT_IN, draw)?;
    }

    #[test]
    fn recorded_answers_change_no_statement_and_no_related_answer(draw in numbers()) {
        check_recorded(&BUILT_IN, draw)?;
    }

    #[test]
    fn benefits_follow_from_the_concerns_alone(draw in numbers()) {
        check_concerns_alone(&BUILT_IN, draw)?;
    }
}

proptest! {
    #![proptest_config(cases(FEWER))]

    #[test]
    fn free_text_changes_no_statement_in_another_pack(draw in numbers()) {
        check_free_text(&EVERY_KIND, draw)?;
    }

    #[test]
    fn recorded_answers_change_no_statement_and_no_related_answer_in_another_pack(draw in numbers()) {
        check_recorded(&EVERY_KIND, draw)?;
    }

    #[test]
    fn benefits_follow_from_the_concerns_alone_in_another_pack(draw in numbers()) {
        check_concerns_alone(&EVERY_KIND, draw)?;
    }
}

const STATEMENTS: [&str; 8] =
    ["notice", "procedure", "benefits", "overview", "not_covered", "variability", "safety", "consult"];

fn summary(pack: &Pack, answers: Answers, setting: SummaryOptions) -> Value {
    Summary::new(&finish(Interview::new(pack, answers)), setting).to_json()
}

fn check_free_text(pack: &Pack, mut draw: Draw) -> TestCaseResult {
    let interview = draw.interview(pack);
    let setting = setting(&mut draw, pack);
    let mut others = interview.answers().clone();
    for (slot, answer) in &mut others {
        let limit = pack.questions[slot.question].shape.options().and_then(|options| options.free_text);
        match answer {
            // Words of other questions and statements would be the most likely to be misread.
            Answer::Value(AnswerValue::Text(text)) => "acne-scars, severe redness, keloid, 3".clone_into(text),
            Answer::Value(AnswerValue::Choice { text, .. }) => {
                *text =
                    limit.filter(|_| draw.below(3) > 0).map(|_| "acne-scars: severe, pregnant; wrinkles 2".to_owned());
            }
            _ => {}
        }
    }
    let (one, other) = (summary(pack, interview.answers().clone(), setting), summary(pack, others, setting));
    for key in STATEMENTS {
        prop_assert_eq!(&one[key], &other[key], "{}", key);
    }
    Ok(())
}

fn check_recorded(pack: &Pack, mut draw: Draw) -> TestCaseResult {
    let interview = draw.interview(pack);
    let setting = setting(&mut draw, pack);
    let mut others = interview.answers().clone();
    for (slot, answer) in &mut others {
        let question = &pack.questions[slot.question];
        if question.role == Role::Recorded {
            *answer = draw.answer(question);
        }
    }
    let (one, other) = (summary(pack, interview.answers().clone(), setting), summary(pack, others, setting));
    for key in STATEMENTS {
        prop_assert_eq!(&one[key], &other[key], "{}", key);
    }
    Ok(())
}

/// Keeps the concerns and draws every other answer again.
fn check_concerns_alone(pack: &Pack, mut draw: Draw) -> TestCaseResult {
    let interview = draw.interview(pack);
    let setting = setting(&mut draw, pack);
    let mut answers = interview.answers().clone();
    answers.retain(|slot, _| pack.questions[slot.question].role == Role::Concerns);
    let mut other = Interview::new(pack, answers);
    draw.go_on(&mut other);
    let (one, other) =
        (summary(pack, interview.answers().clone(), setting), summary(pack, other.answers().clone(), setting));
    for key in ["notice", "procedure", "benefits", "overview", "not_covered", "safety", "consult"] {
        prop_assert_eq!(&one[key], &other[key], "{}", key);
    }
    Ok(())
}
