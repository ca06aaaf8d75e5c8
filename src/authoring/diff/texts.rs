//! Compares the parts of two packs one by one.

use crate::authoring::condition_text::condition_as_ids;
use crate::authoring::show::numbers;
use crate::pack::{Choice, LocalizedText, Pack, Question, QuestionType, Statement, Term};
use std::collections::BTreeMap;

/// Reports the names that are new or gone, and another order of the remaining ones.
pub(super) fn compare_names(what: &str, old: &[String], new: &[String], report: &mut Vec<String>) {
    let gone = old.iter().filter(|name| !new.contains(name)).map(|name| format!("{what} `{name}` is gone"));
    let came = new.iter().filter(|name| !old.contains(name)).map(|name| format!("{what} `{name}` is new"));
    report.extend(gone.chain(came));
    let stayed: Vec<&String> = old.iter().filter(|name| new.contains(name)).collect();
    let order: Vec<&String> = new.iter().filter(|name| old.contains(name)).collect();
    if stayed != order {
        let order: Vec<&str> = order.into_iter().map(String::as_str).collect();
        report.push(format!("{what}s are in another order: {}", order.join(", ")));
    }
}

/// Reports each fact that has changed.
pub(super) fn compare_facts(what: &str, old: &[(&str, String)], new: &[(&str, String)], report: &mut Vec<String>) {
    for ((name, before), (_, after)) in old.iter().zip(new).filter(|(old, new)| old.1 != new.1) {
        let shown = |text: &str| if text.is_empty() { "none".to_owned() } else { text.to_owned() };
        report.push(format!("{what}, {name}: {} became {}", shown(before), shown(after)));
    }
}

pub(super) fn compare_questions(old: &Pack, new: &Pack, report: &mut Vec<String>) {
    let names = |pack: &Pack| pack.questions.iter().map(|question| question.id.clone()).collect::<Vec<_>>();
    let (before, after) = (names(old), names(new));
    compare_names("the question", &before, &after, report);
    for question in &old.questions {
        let Some(now) = new.question(&question.id).map(|index| &new.questions[index]) else { continue };
        let what = format!("the question `{}`", question.id);
        compare_facts(&what, &facts(old, question), &facts(new, now), report);
        let codes =
            |question: &Question| question.shape.choices().iter().map(|choice| choice.code.clone()).collect::<Vec<_>>();
        let (before, after) = (codes(question), codes(now));
        compare_names(&format!("{what}: the option"), &before, &after, report);
        for choice in question.shape.choices() {
            let Some(now) = now.shape.choices().iter().find(|known| known.code == choice.code) else { continue };
            let facts = |choice: &Choice| {
                [
                    ("excludes other options", choice.exclusive.to_string()),
                    ("means not known", choice.unknown.to_string()),
                ]
            };
            compare_facts(&format!("{what}: the option `{}`", choice.code), &facts(choice), &facts(now), report);
        }
    }
}

fn facts(pack: &Pack, question: &Question) -> Vec<(&'static str, String)> {
    let kind = match &question.shape {
        QuestionType::SingleChoice(options) if options.yes_no => "yes or no".to_owned(),
        QuestionType::SingleChoice(options) => format!("one, own words {:?}", options.free_text),
        QuestionType::MultipleChoice(options) => format!("many, own words {:?}", options.free_text),
        QuestionType::Text(limit) => format!("text up to {limit}"),
        QuestionType::Number(range) => format!("number {range}"),
        QuestionType::Quantity(range, _) => format!("quantity {range}"),
        QuestionType::Date(from, to) => {
            let day = |day: &Option<chrono::NaiveDate>| day.map_or_else(|| "any day".to_owned(), |day| day.to_string());
            format!("date from {} to {}", day(from), day(to))
        }
    };
    let repeats = question.for_each.as_ref().map(|for_each| {
        let subjects = &pack.questions[for_each.question];
        let overall = for_each.overall.map(|choice| format!(", at once for {}", subjects.shape.choices()[choice].code));
        format!("{}{}", subjects.id, overall.unwrap_or_default())
    });
    vec![
        ("type", kind),
        ("section", pack.sections[question.section].id.clone()),
        ("role", format!("{:?}", question.role).to_lowercase()),
        ("required", question.required.to_string()),
        ("asked when", question.when.as_ref().map(|when| condition_as_ids(when, pack)).unwrap_or_default()),
        ("asked for each of", repeats.unwrap_or_default()),
    ]
}

pub(super) fn compare_statements(old: &Pack, new: &Pack, report: &mut Vec<String>) {
    let all = |pack: &Pack| pack.statements.all().map(|(_, statement)| statement.id.clone()).collect::<Vec<_>>();
    let (before, after) = (all(old), all(new));
    compare_names("the statement", &before, &after, report);
    for (kind, statement) in old.statements.all() {
        let Some((now_kind, now)) = new.statements.all().find(|(_, known)| known.id == statement.id) else { continue };
        let what = format!("the statement `{}`", statement.id);
        compare_facts(&what, &statement_facts(old, kind, statement), &statement_facts(new, now_kind, now), report);
    }
    let words = |pack: &Pack| pack.glossary.iter().map(|term| term.id.clone()).collect::<Vec<_>>();
    compare_names("the word in the glossary", &words(old), &words(new), report);
    for term in &old.glossary {
        let Some(now) = new.glossary.iter().find(|known| known.id == term.id) else { continue };
        let cites = |pack: &Pack, term: &Term| {
            [("source", term.cites.iter().map(|cites| pack.citation_text(*cites)).collect::<Vec<_>>().join(", "))]
        };
        compare_facts(&format!("the word `{}` in the glossary", term.id), &cites(old, term), &cites(new, now), report);
    }
}

fn statement_facts(pack: &Pack, kind: &str, statement: &Statement) -> Vec<(&'static str, String)> {
    let cites: Vec<String> = statement.cites.iter().map(|cites| pack.citation_text(*cites)).collect();
    let benefit = pack.statements.benefits.iter().find(|benefit| benefit.statement.id == statement.id);
    let limits =
        benefit.iter().flat_map(|benefit| &benefit.limits).map(|limit| pack.statements.limits[*limit].id.clone());
    let variability = pack.statements.variability.iter().find(|variability| variability.statement.id == statement.id);
    let related = variability
        .iter()
        .flat_map(|variability| &variability.questions)
        .map(|question| pack.questions[*question].id.clone());
    vec![
        ("kind", kind.to_owned()),
        ("source", cites.join(", ")),
        ("strength", statement.modality.clone().unwrap_or_default()),
        ("only explains", numbers(&statement.explains)),
        ("always with", limits.collect::<Vec<_>>().join(", ")),
        ("with the answers to", related.collect::<Vec<_>>().join(", ")),
    ]
}

/// Returns every text that a patient may see, with its id.
fn texts(pack: &Pack) -> Vec<(String, &LocalizedText)> {
    let mut texts = vec![("title".to_owned(), &pack.title), ("notice".to_owned(), &pack.notice)];
    texts.extend(pack.sections.iter().map(|section| (format!("section.{}", section.id), &section.title)));
    for question in &pack.questions {
        let id = &question.id;
        texts.push((format!("question.{id}.title"), &question.title));
        texts.push((format!("question.{id}.text"), &question.text));
        texts.extend(question.overall_text.iter().map(|text| (format!("question.{id}.overall_text"), text)));
        texts.extend(question.help.iter().map(|text| (format!("question.{id}.help"), text)));
        texts.extend(
            question.shape.choices().iter().map(|choice| (format!("option.{id}.{}", choice.code), &choice.text)),
        );
    }
    texts.extend(pack.statements.all().map(|(_, statement)| (format!("statement.{}", statement.id), &statement.text)));
    texts.extend(
        pack.sources.iter().flat_map(|source| {
            source.items.iter().map(|item| (format!("item.{}.{}", source.id, item.id), &item.title))
        }),
    );
    for term in &pack.glossary {
        texts.push((format!("term.{}.word", term.id), &term.word));
        texts.push((format!("term.{}.text", term.id), &term.text));
    }
    texts
}

pub(super) fn compare_wording(old: &Pack, new: &Pack, report: &mut Vec<String>) {
    let tags = |pack: &Pack| pack.languages.clone();
    let (before, after) = (tags(old), tags(new));
    compare_names("the language", &before, &after, report);
    let (was, now): (BTreeMap<String, &LocalizedText>, BTreeMap<String, &LocalizedText>) =
        (texts(old).into_iter().collect(), texts(new).into_iter().collect());
    // Texts of questions that are new or gone as a whole have been reported already.
    let of_both = |id: &str| {
        let parts: Vec<&str> = id.split('.').collect();
        matches!(parts.as_slice(), ["question", id, _] if old.question(id).is_some() && new.question(id).is_some())
    };
    for (sign, pack, these, others) in [('-', old, &was, &now), ('+', new, &now, &was)] {
        for (id, wording) in these.iter().filter(|(id, _)| !others.contains_key(*id) && of_both(id)) {
            for language in pack.each_language() {
                report.push(format!("{id} ({})\n{sign} {}", pack.tag(language), wording.in_language(language)));
            }
        }
    }
    for (id, wording) in texts(old) {
        let Some(new_wording) = now.get(&id) else { continue };
        for language in old.each_language() {
            let tag = old.tag(language);
            let Some(new_language) = new.each_language().find(|language| new.tag(*language) == tag) else { continue };
            let (was, is) = (wording.in_language(language), new_wording.in_language(new_language));
            if was != is {
                report.push(format!("{id} ({tag})\n- {was}\n+ {is}"));
            }
        }
    }
}
