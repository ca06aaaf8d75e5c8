//! Valid responses, damaged at random: the import never panics, loses no valid answer, and invents none.

use super::{OTHERS, link_id, parse, response};
use crate::support::pack_files::BUILT_IN;
use crate::support::strategies::{Draw, numbers};
use crate::support::thoroughness::cases;
use preconsult::answer::{Answer, AnswerValue, Answers};
use preconsult::fhir::{CanonicalBase, import};
use preconsult::interview::asked;
use preconsult::pack::{Pack, Role};
use proptest::prelude::proptest;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Changes one random place of a value.
fn damage(value: &mut Value, draw: &mut Draw) {
    let mut paths = Vec::new();
    every_path(value, String::new(), &mut paths);
    let path = paths[draw.below(paths.len())].clone();
    let other = paths[draw.below(paths.len())].clone();
    let copy = value.pointer(&other).cloned().unwrap_or_default();
    let (around, key) = path.rsplit_once('/').unwrap_or(("", ""));
    let key = key.replace("~1", "/").replace("~0", "~");
    match (draw.below(12), value.pointer_mut(around)) {
        (0, Some(Value::Object(object))) => _ = object.shift_remove(&key),
        (0, Some(Value::Array(list))) => _ = list.remove(key.parse().unwrap_or(0)),
        (1, Some(Value::Array(list))) => {
            let twice = list[key.parse::<usize>().unwrap_or(0)].clone();
            list.push(twice);
        }
        (2, Some(Value::Object(object))) => {
            let moved = object.shift_remove(&key).unwrap_or_default();
            object.insert(format!("{key}X"), moved);
        }
        (3, Some(Value::Array(list))) => list.reverse(),
        (4, Some(Value::Array(list))) => list.clear(),
        (5, Some(Value::Array(list))) => list.push(copy),
        (choice, _) => {
            if let Some(place) = value.pointer_mut(&path) {
                *place = match choice {
                    6 => Value::Null,
                    7 => json!([]),
                    8 => json!({}),
                    9 => json!(["a text", 7, true, 1e30, -0.5, "2026-02-30", "\u{0}", ""])[draw.below(8)].clone(),
                    10 => place.as_str().map_or(json!("x"), |text| json!(format!("{text}x"))),
                    _ => copy,
                };
            }
        }
    }
}

fn every_path(value: &Value, path: String, into: &mut Vec<String>) {
    let step = |key: &str| format!("{path}/{}", key.replace('~', "~0").replace('/', "~1"));
    match value {
        Value::Object(object) => object.iter().for_each(|(key, value)| every_path(value, step(key), into)),
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(at, value)| every_path(value, step(&at.to_string()), into));
        }
        _ => {}
    }
    if !path.is_empty() {
        into.push(path);
    }
}

/// Items by `linkId`, in the order of the file.
pub(crate) type Items<'v> = BTreeMap<&'v str, Vec<&'v Value>>;

/// Collects the items that a reader reaches, grouped by `linkId`, in the order of the file.
fn items<'v>(here: &'v Value, into: &mut BTreeMap<&'v str, Vec<&'v Value>>) {
    for item in here["item"].as_array().into_iter().flatten() {
        if let Some(link_id) = item["linkId"].as_str() {
            into.entry(link_id).or_default().push(item);
        }
        items(item, into);
        for answer in item["answer"].as_array().into_iter().flatten() {
            items(answer, into);
        }
    }
}

/// An item without its nested items, text and id.
fn without_children(item: &Value) -> Value {
    let mut copy = item.clone();
    if let Some(object) = copy.as_object_mut() {
        object.shift_remove("item");
        object.shift_remove("text");
        object.shift_remove("id");
    }
    copy
}

/// The JSON fragments that an answer has in a response: codes, texts, numbers.
fn fragments(pack: &Pack, question: usize, answer: &Answer) -> Vec<String> {
    let question = &pack.questions[question];
    let code = |choice: &usize| format!("\"{}.{}\"", question.id, question.shape.choices()[*choice].code);
    match answer {
        Answer::Skipped => vec!["\"valueBoolean\":true".to_owned()],
        Answer::Declined => vec!["\"asked-declined\"".to_owned()],
        // Its words may come from several fields.
        Answer::Unreadable(_) => Vec::new(),
        Answer::Value(AnswerValue::Choice { chosen, .. })
            if question.shape.options().is_some_and(|options| options.yes_no) =>
        {
            vec![format!("\"valueBoolean\":{}", chosen == &[0])]
        }
        Answer::Value(AnswerValue::Choice { chosen, .. }) => chosen.iter().map(code).collect(),
        Answer::Value(AnswerValue::Text(text)) => vec![json!(text).to_string()],
        Answer::Value(AnswerValue::Number(number)) => vec![number.to_string()],
        Answer::Value(AnswerValue::Date(date)) => vec![json!(date.to_string()).to_string()],
        Answer::Value(AnswerValue::Quantity { amount, unit }) => vec![amount.to_string(), code(unit)],
    }
}

fn check(pack: &Pack, mut interview: Draw, mut draw: Draw) {
    let finished = interview.finished(pack);
    let good = response(&finished);
    // The answers that a response can hold.
    let given = import(pack, &CanonicalBase::default(), "r.json", &good).expect("a good response").file.answers;
    let good = parse(&good);
    let mut bad = good.clone();
    for _ in 0..=draw.below(3) {
        damage(&mut bad, &mut draw);
    }
    if bad["resourceType"] != "QuestionnaireResponse" {
        return;
    }
    let text = bad.to_string();
    let imported = match import(pack, &CanonicalBase::default(), "r.json", &text) {
        Ok(imported) => imported,
        // Without readable concerns there is nothing to import.
        Err(error) => return assert!(error.to_string().contains("error[required]"), "{error}\n{text}"),
    };
    let (answers, reports) = (&imported.file.answers, imported.reports.list());
    let (mut before, mut after) = (BTreeMap::new(), BTreeMap::new());
    items(&good, &mut before);
    items(&bad, &mut after);
    check_nothing_invented(pack, answers, &after, &text);
    check_nothing_lost(pack, &given, answers, (&before, &after), &text);
    // An answer that is present but not imported is reported.
    for slot in given.keys() {
        let link_id = link_id(pack, *slot);
        let is_answered =
            after.get(link_id.as_str()).is_some_and(|items| items.iter().any(|item| item.get("answer").is_some()));
        assert!(
            !is_answered || answers.contains_key(slot) || !reports.is_empty(),
            "{link_id} was dropped without a report\n{text}"
        );
    }
    // An answer that is present is never "not asked": it is unreadable or unassigned.
    let is_text = |value: &Value| value.as_array().is_some_and(|list| !list.is_empty());
    for slot in given.keys().filter(|slot| !answers.contains_key(slot)) {
        let items = after.get(link_id(pack, *slot).as_str());
        let is_answered = items.is_some_and(|items| items.iter().any(|item| is_text(&item["answer"])));
        assert!(!is_answered || !imported.file.unassigned.is_empty(), "{slot:?} looks as if it was not asked\n{text}");
    }
    for report in reports {
        assert!(report.path.as_deref().is_some_and(|path| path.starts_with('$')) && report.line > 0, "{report:?}");
        assert!(report.hint.is_some(), "{report:?}");
    }
    // The imported answers are those of asked questions, or labels.
    let asked = asked(pack, answers);
    for slot in answers.keys() {
        assert!(asked.contains(slot) || pack.questions[slot.question].role == Role::Label, "{slot:?} is not asked");
    }
}

/// Checks that every answer comes from an item with its `linkId`.
pub(crate) fn check_nothing_invented(pack: &Pack, answers: &Answers, after: &Items<'_>, text: &str) {
    for (slot, answer) in answers {
        let mut names = vec![link_id(pack, *slot)];
        names.push(format!("{}.given", names[0]));
        let texts: Vec<String> = names
            .iter()
            .filter_map(|name| after.get(name.as_str()))
            .flatten()
            .map(|item| without_children(item).to_string())
            .collect();
        for piece in fragments(pack, slot.question, answer) {
            assert!(texts.iter().any(|item| item.contains(&piece)), "{} = {piece} is invented\n{text}", names[0]);
        }
    }
}

/// Checks that an unchanged item keeps its answer, if it is the first with its `linkId` and the question is still asked.
fn check_nothing_lost(
    pack: &Pack,
    given: &Answers,
    answers: &Answers,
    (before, after): (&Items<'_>, &Items<'_>),
    text: &str,
) {
    let asked = asked(pack, answers);
    for (slot, answer) in given.iter().filter(|(slot, _)| asked.contains(slot)) {
        let link_id = link_id(pack, *slot);
        let (Some(was), Some(is)) = (before.get(link_id.as_str()), after.get(link_id.as_str())) else { continue };
        if without_children(was[0]) != without_children(is[0]) {
            continue;
        }
        let imported = answers.get(slot).unwrap_or_else(|| panic!("{link_id} is lost\n{text}"));
        assert_eq!(
            fragments(pack, slot.question, imported),
            fragments(pack, slot.question, answer),
            "{link_id}\n{text}"
        );
    }
}

proptest! {
    #![proptest_config(cases(2_000))]

    #[test]
    fn damaged_responses_to_the_built_in_pack(interview in numbers(), draw in numbers()) {
        check(&BUILT_IN, interview, draw);
    }
}

proptest! {
    #![proptest_config(cases(4_000))]

    #[test]
    fn damaged_responses_to_other_packs(interview in numbers(), draw in numbers()) {
        check(&OTHERS[0], interview.clone(), draw.clone());
        check(&OTHERS[1], interview, draw);
    }
}
