//! Large packs: many copies of the built-in pack in one, more than any real pack will hold.

use preconsult::pack::{PackFiles, built_in};
use serde_json::{Map, Value};

/// Returns a pack with `times` copies of the built-in concerns, questions, statements, rules and source items.
pub(crate) fn times(times: usize) -> PackFiles {
    let files = built_in();
    let file = |name: &str| -> Value { files.texts[name].parse().expect("a built-in file is JSON") };
    let mut texts = vec![
        ("pack.json", pack(file("pack.json"), times)),
        ("questions.json", questions(file("questions.json"), times)),
        (
            "statements.json",
            list(file("statements.json"), "statements", times, |_, copy| {
                copy["kind"] != "note" && copy["kind"] != "not-covered"
            }),
        ),
        ("rules.json", list(file("rules.json"), "rules", times, |_, _| true)),
    ];
    texts.push(("es.json", language(&file("es.json"), times)));
    PackFiles {
        folder: String::new(),
        texts: texts.into_iter().map(|(name, value)| (name.to_owned(), value.to_string())).collect(),
    }
}

fn suffixed(text: &str, number: usize) -> String {
    if number == 0 { text.to_owned() } else { format!("{text}-{number}") }
}

/// Returns a different wording for each copy, because duplicates are refused. A short word does not affect readability.
fn varied(text: &str, number: usize) -> String {
    if number == 0 {
        return text.to_owned();
    }
    let letters: String =
        number.to_string().bytes().map(|digit| char::from(b"bcdfghjklm"[usize::from(digit - b'0')])).collect();
    let end = if text.ends_with('?') { '?' } else { '.' };
    format!("{} ({letters}){end}", text.trim_end_matches(end))
}

/// Adds the copy's number to all ids and references, except to the concerns question and other items that exist once.
fn rename(value: &mut Value, number: usize) {
    let Value::Object(object) = value else {
        if let Value::Array(list) = value {
            for value in list.iter_mut() {
                rename(value, number);
            }
        }
        return;
    };
    for (key, value) in object.iter_mut() {
        match (key.as_str(), &mut *value) {
            ("question", Value::String(id)) if id == "concerns" => {}
            ("statement", Value::String(id)) if id == "not-covered" => {}
            ("id" | "question" | "statement" | "includes" | "overall", Value::String(text)) => {
                *text = suffixed(text, number);
            }
            ("limits" | "questions" | "cites", Value::Array(list)) => {
                for text in list {
                    *text = suffixed(text.as_str().unwrap_or_default(), number).into();
                }
            }
            ("options", _) => {}
            (_, value) => rename(value, number),
        }
    }
}

fn list(mut file: Value, name: &str, times: usize, is_copied: impl Fn(usize, &Value) -> bool) -> Value {
    let originals = file[name].as_array().cloned().unwrap_or_default();
    let copies = (0..times).flat_map(|number| {
        originals
            .iter()
            .filter(|copy| number == 0 || is_copied(number, copy))
            .map(move |copy| {
                let mut copy = copy.clone();
                rename(&mut copy, number);
                for field in ["text", "short", "clinician"] {
                    if let Some(text) = copy[field].as_str().map(|text| varied(text, number)) {
                        copy[field] = text.into();
                    }
                }
                copy
            })
            .collect::<Vec<_>>()
    });
    file[name] = copies.collect();
    file
}

fn pack(mut file: Value, times: usize) -> Value {
    let items = file["sources"][0]["items"].as_array().cloned().unwrap_or_default();
    // The procedure and the glossary cite only the first copy.
    let copies = (0..times).flat_map(|number| {
        items
            .iter()
            .filter(|item| number == 0 || item["id"] != "intro")
            .map(move |item| {
                let mut item = item.clone();
                rename(&mut item, number);
                item
            })
            .collect::<Vec<_>>()
    });
    file["sources"][0]["items"] = copies.collect();
    file
}

fn questions(mut file: Value, times: usize) -> Value {
    let originals = file["questions"].as_array().cloned().unwrap_or_default();
    let mut all = Vec::new();
    for original in &originals {
        if original["id"] == "concerns" {
            let mut concerns = original.clone();
            let options = original["options"].as_array().cloned().unwrap_or_default();
            let copies = (0..times).flat_map(|number| {
                options
                    .iter()
                    .map(move |option| {
                        let mut option = option.clone();
                        option["code"] = suffixed(option["code"].as_str().unwrap_or_default(), number).into();
                        option
                    })
                    .collect::<Vec<_>>()
            });
            concerns["options"] = copies.collect();
            all.push(concerns);
            continue;
        }
        for number in 0..times {
            let mut copy = original.clone();
            let section = copy["section"].clone();
            rename(&mut copy, number);
            copy["section"] = section;
            let once = ["label", "questions", "to-ask"].iter().any(|role| copy["role"] == *role);
            if let (true, Some(object)) = (once && number > 0, copy.as_object_mut()) {
                object.remove("role");
            }
            all.push(copy);
        }
    }
    file["questions"] = all.into();
    file
}

fn language(file: &Value, times: usize) -> Value {
    let mut all = Map::new();
    for (id, text) in file.as_object().into_iter().flatten() {
        all.insert(id.clone(), text.clone());
        let parts: Vec<&str> = id.split('.').collect();
        for number in 1..times {
            let renamed = match parts.as_slice() {
                ["option", "concerns", code] => format!("option.concerns.{code}-{number}"),
                ["question", "concerns", _]
                | ["statement", "procedure" | "not-covered", ..]
                | ["item", _, "intro", ..] => continue,
                ["option", question, code] => format!("option.{question}-{number}.{code}"),
                ["question", question, part] => format!("question.{question}-{number}.{part}"),
                ["statement", statement] => format!("statement.{statement}-{number}"),
                ["statement", statement, part] => format!("statement.{statement}-{number}.{part}"),
                ["item", source, item] => format!("item.{source}.{item}-{number}"),
                ["item", source, item, part] => format!("item.{source}.{item}-{number}.{part}"),
                _ => continue,
            };
            let is_said = parts[0] == "statement";
            let text = if is_said { varied(text.as_str().unwrap_or_default(), number).into() } else { text.clone() };
            all.insert(renamed, text);
        }
    }
    all.into()
}
