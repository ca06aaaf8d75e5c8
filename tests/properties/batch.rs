//! A batch writes the same bytes for each record as the slower path: reading with positions, and building the JSON from
//! the summary's public fields.

use crate::properties::json_text::mutated;
use crate::properties::summary_json::summary_json;
use crate::support::pack_files::{BUILT_IN, EVERY_KIND};
use crate::support::strategies::{Draw, PIECES, numbers};
use crate::support::thoroughness::cases;
use chrono::NaiveDate;
use preconsult::Diagnostic;
use preconsult::batch::{Batch, BatchOptions, Worker};
use preconsult::interview::{AnswersFile, AnswersReader, Completeness, FilledInBy, Interview};
use preconsult::pack::{Language, Pack};
use preconsult::printable::Printable;
use preconsult::summary::{CopyKind, Languages, Summary, SummaryOptions};
use proptest::prelude::{prop_assert, prop_assert_eq, proptest};
use proptest::test_runner::TestCaseResult;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::fmt::Write as _;
use std::sync::LazyLock;

const RECORDS: u32 = 10_000;

proptest! {
    #![proptest_config(cases(RECORDS))]

    #[test]
    fn records_give_the_bytes_of_summarize(draw in numbers()) {
        thread_local!(static WORKERS: Workers = Workers::new(&BUILT_IN));
        WORKERS.with(|workers| workers.check_good(&BUILT_IN, draw))?;
    }

    #[test]
    fn records_with_errors_are_refused_as_by_summarize(draw in numbers()) {
        thread_local!(static WORKERS: Workers = Workers::new(&BUILT_IN));
        WORKERS.with(|workers| workers.check_mutated(&BUILT_IN, draw))?;
    }
}

proptest! {
    #![proptest_config(cases(RECORDS / 5))]

    #[test]
    fn records_of_another_pack_give_the_bytes_of_summarize(draw in numbers()) {
        thread_local!(static WORKERS: Workers = Workers::new(&EVERY_KIND));
        WORKERS.with(|workers| workers.check_good(&EVERY_KIND, draw))?;
    }

    #[test]
    fn records_of_another_pack_with_errors_are_refused_as_by_summarize(draw in numbers()) {
        thread_local!(static WORKERS: Workers = Workers::new(&EVERY_KIND));
        WORKERS.with(|workers| workers.check_mutated(&EVERY_KIND, draw))?;
    }
}

/// The options of a batch, which apply to every record.
const OPTIONS: [TestOptions; 4] = [
    TestOptions { date: None, named: None, clinic: 0, copy: CopyKind::Patient },
    TestOptions { date: None, named: None, clinic: 1, copy: CopyKind::Clinician },
    TestOptions { date: NaiveDate::from_ymd_opt(2027, 1, 2), named: Some(1), clinic: 0, copy: CopyKind::Patient },
    TestOptions { date: None, named: Some(0), clinic: 0, copy: CopyKind::Clinician },
];

#[derive(Clone, Copy)]
struct TestOptions {
    date: Option<NaiveDate>,
    named: Option<usize>,
    clinic: usize,
    copy: CopyKind,
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 22).unwrap_or_default()
}

impl TestOptions {
    fn languages(self, pack: &Pack) -> Languages {
        let language = |index: usize| -> Language {
            pack.language(&pack.languages[index % pack.languages.len()]).expect("a language of the pack")
        };
        Languages { named: self.named.map(language), clinic: language(self.clinic) }
    }

    /// Returns the summary as `summarize` makes it, or the errors it reports, with those of missing answers last.
    fn expected(self, reader: &AnswersReader<'_>, text: &str) -> Result<Value, Value> {
        let pack = reader.pack();
        let file = reader.read_with_spans("", text, Completeness::Complete).map_err(|problems| {
            let (missing, wrong): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
                problems.list().iter().partition(|problem| problem.code == "missing-answer");
            let one = |problem: &Diagnostic| {
                let place = problem.path.is_none().then(|| format!(" (character {})", problem.column));
                let message = format!("{}{}", problem.message, place.unwrap_or_default());
                let path = problem.path.as_deref().map(|path| Printable::line(path).to_string());
                json!({ "code": problem.code, "message": Printable::line(&message).to_string(), "path": path })
            };
            let mut errors: Vec<Value> = [wrong, missing].concat().into_iter().map(one).collect();
            if let Some(more) = errors.len().checked_sub(20).filter(|more| *more > 0) {
                errors.truncate(20);
                errors.push(json!({ "code": "more-faults", "message": format!("and {more} more"), "path": null }));
            }
            let mut first = errors.remove(0);
            if !errors.is_empty() {
                first["others"] = errors.into();
            }
            first
        })?;
        let languages = self.languages(pack);
        let asked_in = match (languages.named, &file.language) {
            (Some(named), _) => named,
            (None, Some(tag)) => pack.language(tag).ok_or_else(|| {
                let message = format!("the pack {} has no language {}", pack.id, Printable::line(tag));
                json!({ "code": "unknown-language", "message": message, "path": "$.language" })
            })?,
            (None, None) => languages.clinic,
        };
        let options = SummaryOptions {
            date: self.date.or(file.date).unwrap_or_else(today),
            language: if self.copy == CopyKind::Clinician { languages.clinic } else { asked_in },
            asked_in,
            copy: self.copy,
            filled_in_by: file.filled_in_by,
        };
        let finished = Interview::new(pack, file.answers).finish().expect("what was read is complete");
        let mut summary = Summary::new(&finished, options);
        summary.unassigned = file.unassigned;
        Ok(summary_json(&summary))
    }
}

/// One worker for each combination of options. It processes thousands of lines, as in a run of the program.
pub(crate) struct Workers {
    workers: RefCell<Vec<Worker<'static>>>,
    reader: AnswersReader<'static>,
}

impl Workers {
    pub(crate) fn new(pack: &'static LazyLock<Pack>) -> Self {
        let worker = |test_options: TestOptions| {
            let TestOptions { date, copy, .. } = test_options;
            let options = BatchOptions { date, today: today(), languages: test_options.languages(pack), copy };
            // The batch lives as long as the test.
            Box::leak(Box::new(Batch::new(pack, options))).worker()
        };
        Self { workers: RefCell::new(OPTIONS.map(worker).into_iter().collect()), reader: AnswersReader::new(pack) }
    }

    fn check_good(&self, pack: &Pack, mut draw: Draw) -> TestCaseResult {
        let text = record(pack, &mut draw);
        let index = draw.below(OPTIONS.len());
        let mut workers = self.workers.borrow_mut();
        let expected = OPTIONS[index].expected(&self.reader, &text);
        prop_assert!(expected.is_ok(), "{:?}", expected);
        check(&mut workers[index], &text, &expected)?;
        let is_read_once = self.reader.read_spanless(&text, Completeness::Complete).is_some();
        prop_assert!(is_read_once, "this was read a second time, with positions:\n{}", text);
        Ok(())
    }

    fn check_mutated(&self, pack: &Pack, mut draw: Draw) -> TestCaseResult {
        let index = draw.below(OPTIONS.len());
        let text = record(pack, &mut draw);
        let text = if draw.below(3) == 0 { with_wrong_value(&text, &mut draw) } else { mutated(&text, &mut draw) };
        self.check_text(index, &text)
    }

    /// Checks that a batch writes the expected output for a record with any content.
    pub(crate) fn check_text(&self, index: usize, text: &str) -> TestCaseResult {
        let index = index % OPTIONS.len();
        check(&mut self.workers.borrow_mut()[index], text, &OPTIONS[index].expected(&self.reader, text))
    }
}

fn check(worker: &mut Worker<'_>, text: &str, expected: &Result<Value, Value>) -> TestCaseResult {
    let mut out = b"before\n".to_vec();
    let is_done = worker.process_line(text.as_bytes(), 17, &mut out);
    let line = String::from_utf8(out).expect("text");
    let (key, value) = match expected {
        Ok(summary) => ("summary", summary),
        Err(error) => ("error", error),
    };
    prop_assert_eq!(is_done, expected.is_ok());
    let output: Value = serde_json::from_str(&line["before\n".len()..]).expect("a line of JSON");
    if let Ok(record) = serde_json::from_str::<Value>(text) {
        // An id that occurs twice identifies no record.
        prop_assert!(output["id"].is_null() || output["id"] == record["id"], "{}\n{}", text, line);
        prop_assert!(!is_done || output["id"] == record["id"], "{}\n{}", text, line);
    }
    let tail = format!(",\"line\":17,\"{key}\":{value}}}\n");
    prop_assert!(line.ends_with(&tail), "{}\n{}\nexpected to end in\n{}", text, line, tail);
    Ok(())
}

/// Builds a record as a clinic might send it: with and without metadata, its keys in any order,
/// and with or without white space and escapes.
pub(crate) fn record(pack: &Pack, draw: &mut Draw) -> String {
    let mut file = AnswersFile { answers: draw.finished(pack).answers().clone(), ..AnswersFile::default() };
    let sometimes = |draw: &mut Draw| draw.below(2) == 1;
    file.id = sometimes(draw).then(|| format!("{}{}", draw.below(1000), PIECES[draw.below(PIECES.len())]));
    file.pack_version = sometimes(draw).then(|| pack.version.clone());
    file.language = sometimes(draw).then(|| pack.languages[draw.below(pack.languages.len())].clone());
    file.date = sometimes(draw).then(|| today() + chrono::Days::new(draw.below(5000) as u64));
    file.filled_in_by = sometimes(draw).then(|| FilledInBy::ALL[draw.below(3)]);
    if draw.below(3) == 2 {
        draw.make_unreadable(pack, &mut file.answers);
        file.unassigned = (0..draw.below(3)).map(|_| draw.text(30)).collect();
    }
    let mut value = file.write(pack);
    if sometimes(draw) {
        reverse(&mut value);
    }
    let text = if sometimes(draw) { value.to_string() } else { format!("{value:#}") };
    if draw.below(4) == 3 { escaped(&text) } else { text }
}

fn reverse(value: &mut Value) {
    if let Value::Object(object) = value {
        let mut members: Vec<(String, Value)> = std::mem::take(object).into_iter().collect();
        members.reverse();
        for (_, value) in &mut members {
            reverse(value);
        }
        object.extend(members);
    }
}

/// Escapes every character beyond ASCII, and some letters.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        if c.is_ascii() && c != 'x' {
            escaped.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(escaped, "\\u{unit:04x}");
            }
        }
    }
    escaped
}

/// Replaces one value of the record with valid JSON that may be a wrong value.
fn with_wrong_value(text: &str, draw: &mut Draw) -> String {
    let mut value: Value = serde_json::from_str(text).expect("a record");
    let others = [
        json!(null),
        json!(1),
        json!("x"),
        json!([]),
        json!({}),
        json!(true),
        json!(["none", "unsure"]),
        json!({ "unknown": "skipped" }),
        json!({ "unknown": "skipped", "text": "x" }),
        json!({ "unknown": "unreadable", "text": "x" }),
        json!({ "chosen": ["none"], "text": "x" }),
        json!({ "chosen": "unsure" }),
        json!({ "value": 1, "unit": "x" }),
        json!({ "$serde_json::private::Number": "1" }),
        json!("1.50"),
        json!("2026-02-30"),
    ];
    let top = value.as_object_mut().expect("an object");
    let place = if draw.below(4) == 0 { top } else { top["answers"].as_object_mut().expect("an object") };
    let keys: Vec<String> = place.keys().cloned().collect();
    let key = &keys[draw.below(keys.len())];
    match draw.below(3) {
        0 => _ = place.remove(key),
        1 => _ = place.insert(format!("{key}x"), others[draw.below(others.len())].clone()),
        _ => _ = place.insert(key.clone(), others[draw.below(others.len())].clone()),
    }
    value.to_string()
}
