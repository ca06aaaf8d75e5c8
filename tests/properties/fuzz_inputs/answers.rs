//! Answers files: accepted files are JSON, keep their exact meaning and round-trip; `summarize` and `batch` agree.

use crate::properties::batch::{Workers, record};
use crate::properties::json_text::check_read;
use crate::support::pack_files::{BUILT_IN, EVERY_KIND};
use crate::support::strategies::Draw;
use preconsult::Diagnostics;
use preconsult::interview::{AnswersFile, Completeness, Interview};
use preconsult::pack::Pack;
use preconsult::printable::Printable;
use rust_decimal::Decimal;
use serde_json::Value;

thread_local! {
    static WORKERS: [Workers; 2] = [Workers::new(&BUILT_IN), Workers::new(&EVERY_KIND)];
}

pub(super) fn check(input: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(input) else { return false };
    // The file names its pack; for another pack it would be refused at once.
    let other = usize::from(text.contains(&EVERY_KIND.id));
    let pack = [&*BUILT_IN, &*EVERY_KIND][other];
    let accepted = check_for(pack, text);
    // A record is one line.
    let line = text.trim_start_matches('\u{feff}').replace('\n', " ");
    let checked = WORKERS.with(|workers| workers[other].check_text(input.len(), &line));
    checked.unwrap_or_else(|error| panic!("{error}"));
    accepted
}

fn check_for(pack: &Pack, text: &str) -> bool {
    let parse = |need| AnswersFile::read(pack, "a.json", text, need);
    let json = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (complete, partial) = (parse(Completeness::Complete), parse(Completeness::Partial));
    for problems in [complete.as_ref().err(), partial.as_ref().err()] {
        check_read(json, problems).unwrap_or_else(|error| panic!("{error}"));
        if let Some(problems) = problems {
            check_report(pack, problems, json);
        }
    }
    let Ok(partial) = partial else {
        assert!(complete.is_err(), "it is complete, and no answers file");
        return false;
    };
    check_accepted(pack, &partial, json, Completeness::Partial);
    let Ok(complete) = complete else { return false };
    assert_eq!(complete.answers, partial.answers);
    check_accepted(pack, &complete, json, Completeness::Complete);
    let finished = Interview::new(pack, complete.answers.clone()).finish();
    let finished = finished.unwrap_or_else(|slot| panic!("{slot:?} is open\n{text}"));
    assert_eq!(finished.answers(), &complete.answers, "an answer that is not asked was let in");
    true
}

/// Checks that a report is not much longer than the file, and has a hint for fields error.
fn check_report(pack: &Pack, problems: &Diagnostics, text: &str) {
    let slots = pack.questions.len() * 40;
    assert!(problems.list().len() <= text.len() + slots, "{} errors", problems.list().len());
    assert!(problems.render(preconsult::OutputStyle::PLAIN).len() < 1_000_000);
    for problem in problems.list() {
        assert!(problem.hint.as_ref().is_some_and(|hint| !hint.is_empty()), "{problem:?} has no hint");
    }
}

fn check_accepted(pack: &Pack, file: &AnswersFile, text: &str, need: Completeness) {
    let json = file.write(pack);
    let again = AnswersFile::read(pack, "b.json", &json.to_string(), need);
    let again = again.unwrap_or_else(|problems| panic!("{problems}\n{text}"));
    assert_eq!(again.answers, file.answers, "{text}");
    assert_eq!(again.write(pack).to_string(), json.to_string(), "{text}");
    let original: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert_eq!(meaning(&json["answers"]), meaning(&original["answers"]), "{text}");
    for key in ["id", "date", "language", "pack_version", "filled_in_by"] {
        assert_eq!(json[key], original[key], "{key}\n{text}");
    }
}

/// Returns the meaning of an answer in one form: lists may be in any order, `{"chosen": x}` is `x`, 1.5 is 15e-1.
fn meaning(value: &Value) -> Value {
    match value {
        Value::Object(object) => {
            let text = object.get("text").and_then(Value::as_str).map(Printable::text);
            let says = text.is_some_and(|text| !text.as_str().is_empty());
            if let (Some(chosen), false) = (object.get("chosen"), says) {
                return meaning(chosen);
            }
            let fields = object.iter().map(|(key, value)| (key.clone(), meaning(value)));
            let mut fields: Vec<(String, Value)> =
                fields.filter(|(_, value)| *value != Value::Object(serde_json::Map::new())).collect();
            fields.sort_by(|one, other| one.0.cmp(&other.0));
            Value::Object(fields.into_iter().collect())
        }
        Value::Array(list) => {
            let mut list: Vec<Value> = list.iter().map(meaning).collect();
            list.sort_by_key(Value::to_string);
            Value::Array(list)
        }
        Value::Number(number) => {
            let number: Decimal = number.to_string().parse().unwrap_or_else(|error| panic!("{number}: {error}"));
            Value::String(number.normalize().to_string())
        }
        other => other.clone(),
    }
}

pub(super) fn seeds() -> Vec<Vec<u8>> {
    let drawn = (0..40).map(|turn| {
        let pack = if turn % 2 == 0 { &*BUILT_IN } else { &*EVERY_KIND };
        record(pack, &mut Draw::of(&super::numbers(turn, 120)))
    });
    super::patients().into_iter().chain(drawn).map(String::into_bytes).collect()
}

/// Cases that fuzzing found.
#[cfg(test)]
mod found {
    /// A report printed the file's line separator, so that some screens showed the rest as a separate line.
    #[test]
    fn a_line_separator_beside_a_fault() {
        super::check(
            "{\"format\":1,\"pack\":\"every-kind\",\"answers\":{\"fields-words\":{\"rounb\":\"x\u{2028}\u{2029}\"}}}"
                .as_bytes(),
        );
    }
}
