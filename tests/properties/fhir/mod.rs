//! FHIR: exports are consistent, and imports restore the answers.

mod checker;
mod document;
pub(crate) mod mutations;
pub(crate) mod round_trip;

use crate::support::pack_files::{files, load};
use preconsult::answer::AnswerKey;
use preconsult::fhir::{CanonicalBase, QuestionnaireMetadata, ResponseMetadata, questionnaire};
use preconsult::interview::Finished;
use preconsult::pack::{Language, Pack};
use serde_json::Value;
use std::sync::LazyLock;

/// The packs with every kind of question and condition, without the one comparison that FHIR R4 cannot express.
pub(crate) static OTHERS: LazyLock<[Pack; 2]> = LazyLock::new(|| {
    [
        (
            "tests/properties/pack",
            r#"{ "question": "weight", "more_than": 50, "unit": "kg" }"#,
            r#"{ "question": "degree", "more_than": 50 }"#,
        ),
        (
            "tests/packs/everything",
            r#"{ "question": "water", "at_most": 0.25, "unit": "litres" }"#,
            r#"{ "question": "pots", "less_than": 2.5 }"#,
        ),
    ]
    .map(|(folder, cannot, instead)| {
        let mut files = files(folder);
        let questions = files.texts.get_mut("questions.json").expect("a pack has questions");
        assert!(questions.contains(cannot), "{folder} has another condition now");
        *questions = questions.replace(cannot, instead);
        load(&files)
    })
});

fn day() -> chrono::NaiveDate {
    chrono::NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day")
}

/// The questionnaire of a pack.
pub(crate) fn questions(pack: &Pack) -> Value {
    let about = QuestionnaireMetadata {
        base: &CanonicalBase::default(),
        language: Language::default(),
        date: day(),
        publisher: None,
    };
    parse(&questionnaire(pack, about).unwrap_or_else(|error| panic!("{}: {error}", pack.id)))
}

pub(crate) fn response(finished: &Finished<'_>) -> String {
    let origin = ResponseMetadata {
        base: &CanonicalBase::default(),
        date: day(),
        asked_in: Language::default(),
        filled_in_by: None,
        id: None,
        unassigned: &[],
    };
    preconsult::fhir::response(finished, origin).expect("the pack can be written as FHIR")
}

fn parse(text: &str) -> Value {
    serde_json::from_str(text).expect("FHIR is JSON here")
}

/// The `linkId` of the item for an answer.
pub(crate) fn link_id(pack: &Pack, slot: AnswerKey) -> String {
    use preconsult::answer::Subject;
    let question = &pack.questions[slot.question];
    match (slot.subject, &question.for_each) {
        (Some(about), Some(each)) => {
            let choice = match about {
                Subject::Option(choice) => choice,
                Subject::Overall => each.overall.expect("it is asked about everything"),
            };
            format!("{}.{}", question.id, pack.questions[each.question].shape.choices()[choice].code)
        }
        _ => question.id.clone(),
    }
}
