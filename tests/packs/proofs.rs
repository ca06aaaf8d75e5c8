//! Compares the proofs of `pack check` with brute force over all answers, for small packs with random conditions.

use super::mutations::Random;
use super::today;
use crate::support::thoroughness::{Thoroughness, thoroughness};
use preconsult::answer::{Answer, AnswerKey, AnswerValue, Answers};
use preconsult::interview::asked;
use preconsult::pack::{Pack, PackFiles, QuestionType, RuleOutcome, Truth};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Returns a random condition on the questions before `limit`.
fn condition(random: &mut Random, depth: usize, limit: usize) -> Value {
    let parts = |random: &mut Random| -> Vec<Value> {
        (0..=random.below(2)).map(|_| condition(random, depth - 1, limit)).collect()
    };
    match if depth == 0 { 3 } else { random.below(6) } {
        0 => json!({ "all": parts(random) }),
        1 => json!({ "any": parts(random) }),
        2 => json!({ "not": condition(random, depth - 1, limit) }),
        _ => test(random, limit),
    }
}

fn test(random: &mut Random, limit: usize) -> Value {
    let code = |random: &mut Random, codes: &[&str]| codes[random.below(codes.len())].to_owned();
    let answered =
        |random: &mut Random, question: &str| json!({ "question": question, "answered": random.below(2) == 0 });
    match random.below(limit) {
        0 => json!({ "question": "c", "includes": code(random, &["a", "b", "u", "x"]) }),
        1 if random.below(3) == 0 => answered(random, "o"),
        1 => json!({ "question": "o", "is": code(random, &["p", "q", "r"]) }),
        2 => json!({ "question": "y", "is": code(random, &["yes", "no"]) }),
        _ if random.below(3) == 0 => answered(random, "n"),
        _ => {
            let comparison = code(random, &["at_least", "at_most", "more_than", "less_than"]);
            json!({ "question": "n", comparison: random.below(5) })
        }
    }
}

fn pack_files(random: &mut Random) -> PackFiles {
    let option = |code: &str| json!({ "code": code, "text": "Some words" });
    let rule = |id: usize, random: &mut Random| {
        let concern = ["a", "b", "u", "x"][random.below(4)];
        let includes = json!({ "question": "c", "includes": concern });
        let statement = ["one", "two", "none"][random.below(3)];
        let mut rule = json!({
            "id": format!("r{id}"),
            "when": { "all": [includes, condition(random, 2, 4)] },
            "say": [{ "statement": statement }],
        });
        if statement != "none" && random.below(4) == 0 {
            rule["overview"] = json!(true);
        }
        rule
    };
    let mut rules: Vec<Value> = ["a", "b", "u", "x"]
        .iter()
        .map(|code| {
            let when = json!({ "question": "c", "includes": code });
            let when = if random.below(2) == 0 { when } else { json!({ "all": [when, condition(random, 1, 4)] }) };
            json!({ "id": format!("for-{code}"), "when": when, "say": [{ "statement": "none" }] })
        })
        .collect();
    rules.extend((0..3).map(|id| rule(id, random)));
    let questions = json!({
        "sections": [{ "id": "s", "title": "Part" }],
        "questions": [
            { "id": "c", "section": "s", "type": "many", "role": "concerns", "required": true, "title": "T", "text": "What is it?",
              "options": [option("a"), option("b"), { "code": "u", "text": "Unsure", "unknown": true },
                          { "code": "x", "text": "Only", "exclusive": true }] },
            { "id": "o", "section": "s", "type": "one", "title": "T", "text": "Which one is it?", "when": condition(random, 2, 1),
              "options": [option("p"), option("q"), { "code": "r", "text": "Unsure", "unknown": true }] },
            { "id": "y", "section": "s", "type": "yes-no", "required": true, "title": "T", "text": "Is it so?", "when": condition(random, 2, 2) },
            { "id": "n", "section": "s", "type": "number", "min": 1, "max": 3, "title": "T", "text": "How many are there?",
              "when": condition(random, 2, 3) },
        ],
    });
    let benefit = |id: &str| json!({ "id": id, "kind": "benefit", "cites": ["s#1"], "modality": "can", "text": format!("It can be {id}.") });
    let statements = json!({ "statements": [
        { "id": "note", "kind": "note", "cites": ["s#1"], "text": "It is a thing." }, benefit("one"), benefit("two"),
        { "id": "v", "kind": "variability", "cites": ["s#1"], "modality": "can", "text": "It can vary." },
        { "id": "s", "kind": "safety", "cites": ["s#1"], "modality": "can", "text": "It can hurt." },
        { "id": "k", "kind": "consult", "cites": ["s#1"], "text": "Ask first." },
        { "id": "none", "kind": "not-covered", "text": "Not here." },
    ] });
    let head = json!({
        "format": 1, "id": "small", "version": "1.0.0", "languages": ["en"], "title": "T", "notice": "N",
        "sources": [{ "id": "s", "title": "S", "sha256": "0".repeat(64), "items": [{ "id": "1", "title": "One" }] }],
        "modalities": { "can": { "en": ["can"] } },
    });
    let texts =
        [("pack", head), ("questions", questions), ("statements", statements), ("rules", json!({ "rules": rules }))];
    let texts = texts.into_iter().map(|(name, value)| (format!("{name}.json"), value.to_string())).collect();
    PackFiles { folder: String::new(), texts }
}

/// Returns all sets of answers to a small pack. A skipped question has no answer.
fn all_answers(pack: &Pack) -> Vec<Answers> {
    let mut all = vec![Answers::new()];
    for (index, question) in pack.questions.iter().enumerate() {
        let choice = |chosen: Vec<usize>| Some(AnswerValue::Choice { chosen, text: None });
        let mut values: Vec<Option<AnswerValue>> = match &question.shape {
            QuestionType::MultipleChoice(_) => {
                (1..16_usize).map(|bits| choice((0..4).filter(|index| bits & (1 << index) != 0).collect())).collect()
            }
            QuestionType::SingleChoice(options) => {
                (0..options.choices.len()).map(|index| choice(vec![index])).collect()
            }
            _ => (1..=3).map(|number| Some(AnswerValue::Number(Decimal::from(number)))).collect(),
        };
        values.retain(|value| value.clone().is_none_or(|value| question.validate(Answer::Value(value)).is_ok()));
        values.push(None);
        all = all
            .into_iter()
            .flat_map(|answers| {
                let asked_now = asked(pack, &answers).contains(&AnswerKey::of_question(index));
                let possible = values.iter().filter(move |value| {
                    if asked_now { value.is_some() || !question.required } else { value.is_none() }
                });
                possible.map(move |value| {
                    let mut answers = answers.clone();
                    answers.extend(value.clone().map(|value| (AnswerKey::of_question(index), Answer::Value(value))));
                    answers
                })
            })
            .collect();
    }
    all
}

/// Returns the findings of brute force over all answers, as code and name.
fn by_force(pack: &Pack) -> BTreeSet<String> {
    let all = all_answers(pack);
    let mut findings = BTreeSet::new();
    let fires = |rule: usize, answers: &Answers| {
        pack.rules[rule].when.holds(pack, &|question| answers.get(&AnswerKey::of_question(question))) == Truth::True
    };
    for (index, question) in pack.questions.iter().enumerate() {
        if !all.iter().any(|answers| asked(pack, answers).contains(&AnswerKey::of_question(index))) {
            findings.insert(format!("never-asked {}", question.id));
        }
    }
    let mut printed: BTreeSet<String> = BTreeSet::new();
    let (mut printed_twice, mut without_statement) = (BTreeSet::new(), BTreeSet::new());
    let mut fired = BTreeSet::new();
    for answers in &all {
        let mut benefits: BTreeMap<usize, BTreeSet<bool>> = BTreeMap::new();
        let mut not_covered: BTreeMap<usize, usize> = BTreeMap::new();
        let mut ended: BTreeSet<usize> = BTreeSet::new();
        for (index, rule) in pack.rules.iter().enumerate().filter(|(index, _)| fires(*index, answers)) {
            fired.insert(index);
            let mut reasons = Vec::new();
            rule.when.collect_reasons(pack, &|question| answers.get(&AnswerKey::of_question(question)), &mut reasons);
            let reasons: BTreeSet<usize> =
                reasons.into_iter().filter(|(question, _)| *question == 0).map(|(_, choice)| choice).collect();
            ended.extend(&reasons);
            for say in &rule.say {
                match say {
                    RuleOutcome::Benefit { benefit, .. } => {
                        _ = benefits.entry(*benefit).or_default().insert(rule.overview)
                    }
                    RuleOutcome::NotCovered(_) => {
                        reasons.iter().for_each(|choice| *not_covered.entry(*choice).or_default() += 1)
                    }
                }
            }
        }
        printed.extend(benefits.keys().map(|benefit| pack.statements.benefits[*benefit].statement.id.clone()));
        printed.extend((!not_covered.is_empty()).then(|| "none".to_owned()));
        let both = benefits.iter().filter(|(_, places)| places.len() == 2);
        printed_twice.extend(both.map(|(benefit, _)| pack.statements.benefits[*benefit].statement.id.clone()));
        let code = |choice: &usize| pack.questions[0].shape.choices()[*choice].code.clone();
        printed_twice.extend(not_covered.iter().filter(|(_, times)| **times > 1).map(|(choice, _)| code(choice)));
        let chosen =
            answers.get(&AnswerKey::of_question(0)).and_then(Answer::value).map_or(&[][..], AnswerValue::chosen);
        without_statement.extend(chosen.iter().filter(|choice| !ended.contains(*choice)).map(code));
    }
    for (_, rule) in pack.rules.iter().enumerate().filter(|(index, _)| !fired.contains(index)) {
        findings.insert(format!("never-fires {}", rule.id));
    }
    findings.extend(
        ["one", "two", "none"].iter().filter(|id| !printed.contains(**id)).map(|id| format!("never-printed {id}")),
    );
    findings.extend(printed_twice.iter().map(|id| format!("printed-twice {id}")));
    findings.extend(without_statement.iter().map(|code| format!("option-without-end {code}")));
    findings.extend(shadowed(pack, &all, &fired, &fires));
    findings
}

/// Returns the rules whose statements other rules always print too, searched from the end.
fn shadowed(
    pack: &Pack,
    all: &[Answers],
    fired: &BTreeSet<usize>,
    fires: &impl Fn(usize, &Answers) -> bool,
) -> Vec<String> {
    let statement_of = |rule: usize| match pack.rules[rule].say[0] {
        RuleOutcome::Benefit { benefit, .. } => (pack.rules[rule].overview, Some(benefit)),
        RuleOutcome::NotCovered(_) => (false, None),
    };
    let mut redundant = BTreeSet::new();
    for index in fired.iter().rev().copied() {
        let others: Vec<usize> = fired
            .iter()
            .copied()
            .filter(|other| {
                *other != index && !redundant.contains(other) && statement_of(*other) == statement_of(index)
            })
            .collect();
        let is_needed = |answers: &Answers| fires(index, answers) && !others.iter().any(|other| fires(*other, answers));
        if !all.iter().any(is_needed) {
            redundant.insert(index);
        }
    }
    redundant.into_iter().map(|index| format!("shadowed {}", pack.rules[index].id)).collect()
}

/// Returns the findings of `pack check`, as code and name.
fn by_check(files: &PackFiles) -> BTreeSet<String> {
    let problems = match Pack::check(files, today()) {
        Ok(checked) => checked.warnings,
        Err(problems) => problems,
    };
    let quoted = |text: &str| text.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<String>>();
    let findings = problems.list().iter().filter_map(|problem| {
        let names = quoted(&problem.message);
        let last = names.last().cloned().unwrap_or_default();
        let first = names.first().cloned().unwrap_or_default();
        match problem.code {
            "dead-condition" => None,
            "rule-doubled" => Some(format!("shadowed {last}")),
            "rule-shadowed" => Some(format!("shadowed {first}")),
            // A message with "printed twice for" names the option last; the others name only the statement.
            "printed-twice" => Some(format!(
                "printed-twice {}",
                if problem.message.contains("printed twice for") { last } else { first }
            )),
            code => Some(format!("{code} {last}")),
        }
    });
    findings.collect()
}

#[test]
fn the_proofs_agree_with_brute_force() {
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    let mut codes = BTreeSet::new();
    for round in 0..if thoroughness() == Thoroughness::Thorough { 80 } else { 20 } {
        let files = pack_files(&mut random);
        let pack = Pack::load(&files).unwrap_or_else(|problems| panic!("{problems}"));
        let (expected, actual) = (by_force(&pack), by_check(&files));
        assert_eq!(actual, expected, "round {round}: left: pack check, right: brute force\n{:#?}", files.texts);
        codes.extend(expected.iter().filter_map(|line| line.split(' ').next()).map(str::to_owned));
    }
    let all = ["never-asked", "never-fires", "never-printed", "option-without-end", "printed-twice", "shadowed"];
    assert!(all.iter().all(|code| codes.contains(*code)), "only these codes occurred: {codes:?}");
}
