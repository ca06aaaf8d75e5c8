//! Promise 3, in the engine: going back, to the review or to any question loses nothing, and hidden answers come back.

use crate::properties::page::{FORMATS, pages, setting};
use crate::properties::{CASES, FEWER};
use crate::support::pack_files::{BUILT_IN, EVERY_KIND};
use crate::support::strategies::{Draw, finish, numbers};
use crate::support::thoroughness::cases;
use preconsult::answer::{Answer, AnswerKey, AnswerValue, Answers};
use preconsult::interview::{AnswerError, Finished, Interview, Step};
use preconsult::pack::{Pack, Role};
use proptest::prelude::{prop_assert, prop_assert_eq, proptest};
use proptest::test_runner::TestCaseResult;

proptest! {
    #![proptest_config(cases(CASES))]

    #[test]
    fn navigation_keeps_every_answer(draw in numbers()) {
        check_walk(&BUILT_IN, draw)?;
    }

    #[test]
    fn answers_that_a_change_hides_leave_the_summary_and_come_back_with_it(draw in numbers()) {
        check_branch(&BUILT_IN, draw)?;
    }
}

proptest! {
    #![proptest_config(cases(CASES))]

    #[test]
    fn the_questions_that_a_yes_adds_are_those_asked_after_it(mut draw in numbers()) {
        let mut interview = Interview::new(&BUILT_IN, Answers::new());
        let mut follow_ups = 0;
        while let Step::Ask(slot) = interview.step() {
            let question = &BUILT_IN.questions[slot.question];
            let added = interview.added_by_yes(slot);
            prop_assert!(added.is_empty() || question.role == Role::Branch, "{slot:?}");
            if question.role == Role::Branch {
                let yes = AnswerValue::Choice { chosen: vec![0], text: None };
                prop_assert_eq!(interview.answer(Answer::Value(yes)), Ok(()));
                prop_assert_eq!(interview.unanswered(), added.clone());
                follow_ups += added.len();
            } else {
                prop_assert_eq!(interview.answer(draw.offered_answer(&interview, slot.question)), Ok(()));
            }
        }
        prop_assert!(follow_ups >= 12, "{follow_ups}");
        let branch = interview.asked().into_iter().find(|slot| BUILT_IN.questions[slot.question].role == Role::Branch);
        prop_assert_eq!(interview.added_by_yes(branch.expect("a branch")), [], "everything is answered");
    }
}

proptest! {
    #![proptest_config(cases(FEWER))]

    #[test]
    fn navigation_keeps_every_answer_in_another_pack(draw in numbers()) {
        check_walk(&EVERY_KIND, draw)?;
    }

    #[test]
    fn answers_that_a_change_hides_leave_the_summary_and_come_back_with_it_in_another_pack(draw in numbers()) {
        check_branch(&EVERY_KIND, draw)?;
    }
}

/// Navigates at random, and keeps a list of every answer next to the interview.
fn check_walk(pack: &Pack, mut draw: Draw) -> TestCaseResult {
    let mut interview = Interview::new(pack, Answers::new());
    let mut expected = Answers::new();
    for _ in 0..40 {
        let asked = interview.asked();
        match (draw.below(8), interview.step()) {
            (0, _) => interview.back(),
            (1, _) => interview.review(),
            (2, _) => interview.jump(asked[draw.below(asked.len())]),
            (3, Step::Ask(slot)) => {
                // An answer that does not fit changes nothing.
                let wrong = Answer::Value(AnswerValue::Choice { chosen: Vec::new(), text: None });
                let before = interview.step();
                prop_assert!(
                    matches!(interview.answer(wrong), Err(AnswerError::Empty | AnswerError::WrongKind)),
                    "{slot:?}"
                );
                prop_assert_eq!(interview.step(), before);
            }
            (_, Step::Ask(slot)) => {
                let answer = draw.offered_answer(&interview, slot.question);
                expected.insert(slot, answer.clone());
                prop_assert_eq!(interview.answer(answer), Ok(()));
            }
            (_, Step::Review) => {
                let open = interview.unanswered();
                prop_assert!(open.iter().all(|slot| !expected.contains_key(slot)));
                interview.jump(asked[draw.below(asked.len())]);
            }
        }
        prop_assert_eq!(interview.answers(), &expected);
        if let Step::Ask(slot) = interview.step() {
            prop_assert!(interview.asked().contains(&slot), "{slot:?} is shown but not asked");
        }
        let (number, count) = interview.position();
        prop_assert!(1 <= number && number <= count, "question {number} of {count}");
    }
    // Back to the first question, which has no previous one; then forward to the end.
    for _ in 0..interview.asked().len() {
        interview.back();
    }
    prop_assert_eq!(interview.step(), Step::Ask(interview.asked()[0]));
    interview.back();
    prop_assert_eq!(interview.step(), Step::Ask(interview.asked()[0]));
    prop_assert_eq!(interview.answers(), &expected);
    draw.go_on(&mut interview);
    // An option that is not offered any more does not count.
    let current = |slot: &AnswerKey| Some((*slot, interview.current_answer(*slot)?));
    let all: Answers = interview.answers().keys().filter_map(current).collect();
    let finished = finish(interview);
    let counts =
        |slot: &AnswerKey| finished.asked().contains(slot) || pack.questions[slot.question].role == Role::Label;
    let counted: Answers = all.into_iter().filter(|(slot, _)| counts(slot)).collect();
    prop_assert_eq!(finished.answers(), &counted);
    Ok(())
}

fn check_branch(pack: &Pack, mut draw: Draw) -> TestCaseResult {
    let mut interview = draw.interview(pack);
    let setting = setting(&mut draw, pack);
    let before = finish(interview.clone());
    let asked = interview.asked();
    // Any answer may hide others, most often the first one and the one for more questions.
    let slot = asked[draw.below(asked.len())];
    let first = interview.answers()[&slot].clone();
    interview.jump(slot);
    let other = draw.offered_answer(&interview, slot.question);
    prop_assert_eq!(interview.answer(other), Ok(()));
    // An answer whose options are all hidden now is asked for again, and the new one stays.
    let mut again = interview.unanswered();
    again.retain(|slot| before.answers().contains_key(slot));
    draw.go_on(&mut interview);
    let between = finish(interview.clone());
    let label = |slot: &AnswerKey| pack.questions[slot.question].role == Role::Label;
    prop_assert!(between.answers().keys().all(|slot| interview.asked().contains(slot) || label(slot)));

    interview.jump(slot);
    prop_assert_eq!(interview.answer(first), Ok(()));
    prop_assert_eq!(interview.step(), Step::Review, "nothing is asked again");
    let after = finish(interview);
    let others = |finished: &Finished<'_>| {
        finished
            .answers()
            .clone()
            .into_iter()
            .filter(|(slot, _)| !label(slot) && !again.contains(slot))
            .collect::<Answers>()
    };
    prop_assert_eq!(others(&before), others(&after));
    // A label that was expected in between counts; the rest of the page is as before.
    if again.is_empty() && before.answers().len() == after.answers().len() {
        let format = [FORMATS[draw.below(FORMATS.len())]];
        prop_assert_eq!(pages(&before, setting, format), pages(&after, setting, format));
    }
    Ok(())
}
