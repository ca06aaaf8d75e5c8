//! Checks a response against its Questionnaire as any FHIR program would, without knowing packs. Structural validators
//! check little of the relation between the two.

use rust_decimal::Decimal;
use serde_json::Value;
use std::collections::BTreeMap;

/// A questionnaire, indexed by item.
pub(crate) struct Checker<'q> {
    questionnaire: &'q Value,
    /// By `linkId`: the item, and the `linkId`s of its ancestors from the outside in.
    items: BTreeMap<&'q str, (&'q Value, Vec<&'q str>)>,
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

fn extension<'v>(element: &'v Value, name: &str) -> Option<&'v Value> {
    let url = format!("http://hl7.org/fhir/StructureDefinition/{name}");
    list(element, "extension").iter().find(|extension| text(extension, "url") == url)
}

/// A number without loss of digits.
fn number(value: &Value) -> Option<Decimal> {
    if value.is_number() { value.to_string().parse().ok() } else { None }
}

/// The `value[x]` key of an answer to an item of this type.
fn value_key(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "boolean" => "valueBoolean",
        "decimal" => "valueDecimal",
        "integer" => "valueInteger",
        "date" => "valueDate",
        "string" | "text" => "valueString",
        "choice" => "valueCoding",
        "quantity" => "valueQuantity",
        _ => return None,
    })
}

impl<'q> Checker<'q> {
    /// Creates a checker of responses to a questionnaire, or returns the faults of the questionnaire.
    pub(crate) fn new(questionnaire: &'q Value) -> Result<Self, Vec<String>> {
        let mut checker = Self { questionnaire, items: BTreeMap::new() };
        let mut faults = Vec::new();
        checker.index(list(questionnaire, "item"), &[], &mut faults);
        for (link_id, (item, _)) in &checker.items {
            checker.check_item(link_id, item, &mut faults);
        }
        let written = questionnaire.to_string();
        for trap in ["answerValueSet", "\"initial", "sdc-questionnaire", "\"profile\""] {
            if written.contains(trap) {
                faults.push(format!("there is {trap}"));
            }
        }
        if faults.is_empty() { Ok(checker) } else { Err(faults) }
    }

    fn index(&mut self, items: &'q [Value], around: &[&'q str], faults: &mut Vec<String>) {
        for item in items {
            let link_id = text(item, "linkId");
            if link_id.is_empty() || self.items.insert(link_id, (item, around.to_vec())).is_some() {
                faults.push(format!("the linkId {link_id:?} is empty or occurs twice"));
            }
            let around: Vec<&str> = around.iter().copied().chain([link_id]).collect();
            self.index(list(item, "item"), &around, faults);
        }
    }

    fn check_item(&self, link_id: &str, item: &Value, faults: &mut Vec<String>) {
        let kind = text(item, "type");
        let mut fault = |what: &str| faults.push(format!("{link_id}: {what}"));
        if kind == "group" && list(item, "item").is_empty() {
            fault("a group without items");
        }
        if kind == "display" && (!list(item, "item").is_empty() || item["required"] == true || item["repeats"] == true)
        {
            fault("a display with more than its text");
        }
        if (kind == "choice") == list(item, "answerOption").is_empty() {
            fault("options are for `choice`, and it needs some");
        }
        if item.get("maxLength").is_some() && !["string", "text"].contains(&kind) {
            fault("a length without a text");
        }
        for name in ["questionnaire-unit"] {
            if extension(item, name).is_some() && !["integer", "decimal"].contains(&kind) {
                fault("a unit that only numbers may have");
            }
        }
        if extension(item, "questionnaire-unitOption").is_some() != (kind == "quantity") {
            fault("units are for quantities");
        }
        let tests = list(item, "enableWhen");
        if (tests.len() > 1) != ["all", "any"].contains(&text(item, "enableBehavior")) {
            fault("`enableBehavior` must be present if there are several tests, and only then");
        }
        for test in tests {
            let Some((asked, _)) = self.items.get(text(test, "question")) else {
                fault("a test of an item that is not there");
                continue;
            };
            let wanted = match (text(test, "operator"), value_key(text(asked, "type"))) {
                (_, None) => "",
                ("exists", _) => "answerBoolean",
                ("=" | "!=" | ">" | "<" | ">=" | "<=", Some(key)) => key,
                _ => "",
            };
            if wanted.is_empty() || test.get(wanted.replace("value", "answer")).is_none() {
                fault("a test that compares with another type");
            }
        }
    }

    /// Returns the faults of a response: everything that does not agree with the questionnaire.
    pub(crate) fn check(&self, response: &Value) -> Vec<String> {
        let mut faults = Vec::new();
        let canonical = format!("{}|{}", text(self.questionnaire, "url"), text(self.questionnaire, "version"));
        if text(response, "questionnaire") != canonical {
            faults.push("it is the response to another questionnaire".to_owned());
        }
        let mut answers = BTreeMap::new();
        collect(response, &mut answers);
        self.check_level(list(self.questionnaire, "item"), response, &answers, &mut faults);
        for (link_id, (item, _)) in &self.items {
            let answered = answers.get(link_id).is_some_and(|answers| !answers.is_empty());
            if item["required"] == true && !answered && self.is_enabled(link_id, &answers) {
                faults.push(format!("{link_id}: required, enabled and not answered"));
            }
        }
        faults
    }

    /// Returns the `linkId`s of all questions that are enabled, given the answers.
    pub(crate) fn enabled(&self, response: &Value) -> Vec<&'q str> {
        let mut answers = BTreeMap::new();
        collect(response, &mut answers);
        let questions = self.items.iter().filter(|(_, (item, _))| value_key(text(item, "type")).is_some());
        questions.map(|(link_id, _)| *link_id).filter(|link_id| self.is_enabled(link_id, &answers)).collect()
    }

    fn check_level(&self, known: &[Value], here: &Value, answers: &Answers<'_>, faults: &mut Vec<String>) {
        if here.get("item").is_some() && list(here, "item").is_empty() {
            faults.push("an empty list of items".to_owned());
        }
        let mut from = 0;
        for given in list(here, "item") {
            let link_id = text(given, "linkId");
            let Some(at) = known[from..].iter().position(|item| text(item, "linkId") == link_id) else {
                faults.push(format!("{link_id}: not here, or out of order"));
                continue;
            };
            from += at + 1;
            if !self.is_enabled(link_id, answers) {
                faults.push(format!("{link_id}: not enabled"));
            }
            let item = &known[from - 1];
            check_answers(link_id, item, given, faults);
            self.check_level(list(item, "item"), given, answers, faults);
        }
    }

    fn is_enabled(&self, link_id: &str, answers: &Answers<'_>) -> bool {
        let (item, around) = &self.items[link_id];
        let tests = list(item, "enableWhen");
        let mut held = tests.iter().map(|test| holds(test, answers));
        let own = tests.is_empty()
            || if text(item, "enableBehavior") == "any" { held.any(|is| is) } else { held.all(|is| is) };
        own && around.last().is_none_or(|parent| self.is_enabled(parent, answers))
    }
}

/// The values of the answers, by `linkId`.
type Answers<'r> = BTreeMap<&'r str, Vec<&'r Value>>;

fn collect<'r>(here: &'r Value, into: &mut Answers<'r>) {
    for item in list(here, "item") {
        let values = list(item, "answer").iter().filter_map(|answer| answer.as_object()?.values().next());
        into.entry(text(item, "linkId")).or_default().extend(values);
        collect(item, into);
    }
}

fn holds(test: &Value, answers: &Answers<'_>) -> bool {
    let values = answers.get(text(test, "question")).map_or(&[][..], Vec::as_slice);
    let (key, wanted) = test
        .as_object()
        .and_then(|test| test.iter().find(|(key, _)| key.starts_with("answer")))
        .expect("a test has something to compare with");
    let same = |value: &Value| match key.as_str() {
        "answerCoding" => value["system"] == wanted["system"] && value["code"] == wanted["code"],
        _ => value == wanted,
    };
    let order = |value: &Value| match key.as_str() {
        "answerDate" => value.as_str().cmp(&wanted.as_str()),
        "answerQuantity" => {
            assert_eq!(value["code"], wanted["code"], "amounts in different units do not compare");
            number(&value["value"]).cmp(&number(&wanted["value"]))
        }
        _ => number(value).cmp(&number(wanted)),
    };
    match text(test, "operator") {
        "exists" => values.is_empty() != (*wanted == true),
        "=" => values.iter().any(|value| same(value)),
        "!=" => !values.iter().any(|value| same(value)),
        ">" => values.iter().any(|value| order(value).is_gt()),
        "<" => values.iter().any(|value| order(value).is_lt()),
        ">=" => values.iter().any(|value| order(value).is_ge()),
        "<=" => values.iter().any(|value| order(value).is_le()),
        other => panic!("there is no operator {other}"),
    }
}

fn check_answers(link_id: &str, item: &Value, given: &Value, faults: &mut Vec<String>) {
    let mut fault = |what: &str| faults.push(format!("{link_id}: {what}"));
    let (kind, answers) = (text(item, "type"), list(given, "answer"));
    let Some(key) = value_key(kind) else {
        if kind == "display" || given.get("answer").is_some() {
            fault("no question, and yet here");
        }
        return;
    };
    if answers.len() > 1 && item["repeats"] != true {
        fault("several answers where one fits");
    }
    if given.get("answer").is_some() != list(given, "extension").is_empty() {
        fault("either an answer or a reason for none");
    }
    if given.get("answer").is_some() && answers.is_empty() {
        fault("an empty list of answers");
    }
    for answer in answers {
        let value = &answer[key];
        if answer.as_object().is_none_or(|answer| answer.len() != 1) || value.is_null() {
            fault("a value of another type");
            continue;
        }
        match kind {
            "choice" => {
                let options = list(item, "answerOption");
                let option = options
                    .iter()
                    .find(|option| ["system", "code"].iter().all(|part| option["valueCoding"][part] == value[part]));
                match option {
                    None => fault("an option that is not offered"),
                    Some(option)
                        if answers.len() > 1 && extension(option, "questionnaire-optionExclusive").is_some() =>
                    {
                        fault("an option that excludes the others");
                    }
                    Some(_) => {}
                }
            }
            "string" | "text" => {
                let text = value.as_str().unwrap_or_default();
                let limit = item["maxLength"].as_u64().unwrap_or(0);
                if text.trim().is_empty() || text.chars().count() as u64 > limit {
                    fault("a text that is empty or too long");
                }
                if text.chars().any(|c| c < ' ' && !['\t', '\n', '\r'].contains(&c)) {
                    fault("a control character that a FHIR string cannot hold");
                }
            }
            "integer" | "decimal" | "date" => {
                for (name, too_far) in
                    [("minValue", std::cmp::Ordering::Less), ("maxValue", std::cmp::Ordering::Greater)]
                {
                    let Some(bound) = extension(item, name) else { continue };
                    let bound = &bound[key];
                    let order = if kind == "date" {
                        value.as_str().cmp(&bound.as_str())
                    } else {
                        number(value).cmp(&number(bound))
                    };
                    if bound.is_null() || order == too_far {
                        fault("out of bounds");
                    }
                }
            }
            "quantity" => {
                let units = list(item, "extension")
                    .iter()
                    .filter(|extension| text(extension, "url").ends_with("questionnaire-unitOption"));
                if !units.map(|unit| &unit["valueCoding"]["code"]).any(|code| *code == value["code"]) {
                    fault("a unit that is not offered");
                }
            }
            _ => {}
        }
    }
}

/// The checker finds known faults, so that an empty result is meaningful.
#[test]
fn the_checker_finds_known_faults() {
    use serde_json::json;
    let coding = |code: &str| json!({ "system": "s", "code": code });
    let exclusive = json!([{ "url": "http://hl7.org/fhir/StructureDefinition/questionnaire-optionExclusive", "valueBoolean": true }]);
    let questionnaire = json!({ "url": "u", "version": "1", "item": [
        { "linkId": "g", "type": "group", "item": [
            { "linkId": "a", "type": "choice", "repeats": true, "required": true,
              "answerOption": [{ "valueCoding": coding("x") }, { "valueCoding": coding("y") }, { "valueCoding": coding("z"), "extension": exclusive }] },
            { "linkId": "b", "type": "text", "maxLength": 3, "enableWhen": [{ "question": "a", "operator": "=", "answerCoding": coding("x") }] },
        ] },
        { "linkId": "c", "type": "integer" },
    ] });
    let checker = Checker::new(&questionnaire).unwrap_or_else(|faults| panic!("{faults:?}"));
    let chosen = |codes: &[&str]| json!({ "linkId": "a", "answer": codes.iter().map(|code| json!({ "valueCoding": coding(code) })).collect::<Vec<_>>() });
    let words = |words: &str| json!({ "linkId": "b", "answer": [{ "valueString": words }] });
    let response = |inside: Value, after: Value| json!({ "questionnaire": "u|1", "item": [{ "linkId": "g", "item": inside }, after] });
    let number = json!({ "linkId": "c", "answer": [{ "valueInteger": 1 }] });
    let good = response(json!([chosen(&["x", "y"]), words("abc")]), number.clone());
    assert!(checker.check(&good).is_empty(), "{:?}", checker.check(&good));
    assert_eq!(checker.enabled(&good), ["a", "b", "c"]);
    for (bad, why) in [
        (response(json!([chosen(&["y"]), words("abc")]), number.clone()), "not enabled"),
        (response(json!([chosen(&["w"])]), number.clone()), "not offered"),
        (response(json!([chosen(&["x", "z"])]), number.clone()), "excludes"),
        (response(json!([chosen(&["x"]), words("abcd")]), number.clone()), "too long"),
        (response(json!([words("abc"), chosen(&["x"])]), number.clone()), "out of order"),
        (response(json!([words("abc")]), number.clone()), "required"),
        (response(json!([]), number.clone()), "empty list"),
        (
            response(json!([chosen(&["x"])]), json!({ "linkId": "c", "answer": [{ "valueDecimal": 1 }] })),
            "another type",
        ),
        (
            response(
                json!([chosen(&["x"])]),
                json!({ "linkId": "c", "answer": [{ "valueInteger": 1 }, { "valueInteger": 2 }] }),
            ),
            "several",
        ),
        (response(json!([chosen(&["x"])]), json!({ "linkId": "d" })), "not here"),
        (json!({ "questionnaire": "u|2", "item": good["item"] }), "another questionnaire"),
    ] {
        let faults = checker.check(&bad);
        assert!(faults.iter().any(|fault| fault.contains(why)), "{why}: {faults:?}");
    }
    for (change, why) in [
        (
            json!({ "linkId": "c", "type": "integer", "enableWhen": [{ "question": "none", "operator": "exists", "answerBoolean": true }] }),
            "not there",
        ),
        (
            json!({ "linkId": "c", "type": "integer", "enableWhen": [{ "question": "b", "operator": "=", "answerInteger": 1 }] }),
            "another type",
        ),
        (json!({ "linkId": "c", "type": "group" }), "without items"),
        (json!({ "linkId": "a", "type": "integer" }), "twice"),
        (json!({ "linkId": "c", "type": "choice", "answerValueSet": "v" }), "answerValueSet"),
    ] {
        let mut changed = questionnaire.clone();
        changed["item"][1] = change;
        let Err(faults) = Checker::new(&changed) else { panic!("{why}: not found") };
        assert!(faults.iter().any(|fault| fault.contains(why)), "{why}: {faults:?}");
    }
}
