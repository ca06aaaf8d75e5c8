//! Summary pages in cases that do not occur with the built-in pack.

use crate::support::pack_files::everything;
use preconsult::export::{Exporter, Format};
use preconsult::interview::{AnswersFile, Completeness, Interview};
use preconsult::pack::{Language, Pack, PackFiles};
use preconsult::summary::{CopyKind, Summary, SummaryOptions};
use serde_json::{Value, json};

/// Returns the second pack with a replacement in one of its files.
fn changed(file: &str, from: &str, to: &str) -> Pack {
    let mut files: PackFiles = everything();
    let text = files.texts.get_mut(file).unwrap();
    assert!(text.contains(from), "{from}");
    *text = text.replace(from, to);
    Pack::load(&files).unwrap_or_else(|problems| panic!("{problems}"))
}

fn summary(pack: &Pack, answers: &Value, copy: CopyKind) -> Summary {
    let file = json!({ "format": 1, "pack": pack.id, "answers": answers }).to_string();
    let file = AnswersFile::read(pack, "answers", &file, Completeness::Complete)
        .unwrap_or_else(|problems| panic!("{problems}"));
    let finished = Interview::new(pack, file.answers).finish().unwrap();
    let language = Language::default();
    let setting = SummaryOptions { date: super::today(), language, asked_in: language, copy, filled_in_by: None };
    Summary::new(&finished, setting)
}

fn page(summary: &Summary, format: Format) -> String {
    let bytes = Exporter::default().export(summary, format).unwrap().bytes;
    let text = String::from_utf8(bytes).unwrap();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Text formats, which these tests can search.
const FORMATS: [Format; 3] = [Format::Text, Format::Markdown, Format::Html];

fn answers() -> Value {
    json!({
        "goals": ["pests"], "trouble": { "pests": "bad" }, "pots": 3, "indoors": true,
        "where": { "pests": ["kitchen"] }, "water": { "value": 2, "unit": "litres" }, "planted": "2005-03-15",
        "ph": 6.5, "tools": { "chosen": ["rake", "spade"], "text": "a fork" }, "ask": "Is loam heavy?", "name": "Pot 12"
    })
}

#[test]
fn benefits_and_an_overview_are_both_printed() {
    let when = |option: &str| format!("{{ \"question\": \"goals\", \"includes\": \"{option}\" }}");
    let either = format!("{{ \"any\": [{}, {}] }}", when("not-sure"), when("pests"));
    let pack = changed("rules.json", &when("not-sure"), &either);
    for copy in [CopyKind::Patient, CopyKind::Clinician] {
        let summary = summary(&pack, &answers(), copy);
        assert_eq!((summary.benefits.len(), summary.overview.len()), (1, 3));
        for format in FORMATS {
            let page = page(&summary, format);
            let mut rest = &page[..];
            for words in [
                "A net may keep bugs off.",
                "The book does not say which net.",
                "in general",
                "New loam can help",
                "A net may keep",
                "More light can help",
                "This can depend on",
            ] {
                // The text format has headings in capitals.
                let words = if format == Format::Text && words == "in general" { "IN GENERAL" } else { words };
                let start = rest
                    .find(words)
                    .unwrap_or_else(|| panic!("{format:?} lacks {words:?}, or has it in the wrong order: {page}"));
                rest = &rest[start + words.len()..];
            }
        }
        #[cfg(feature = "pdf")]
        Exporter::default().export(&summary, Format::Pdf).unwrap();
    }
}

#[test]
fn a_factor_that_no_statement_names_is_noted() {
    let pack = changed("statements.json", "\"questions\": [\"trouble\", \"pots\"]", "\"questions\": [\"trouble\"]");
    let summary = summary(&pack, &answers(), CopyKind::Patient);
    let pots = summary.answers.iter().find(|record| record.question == "pots").unwrap();
    for format in FORMATS {
        let page = page(&summary, format)
            .replace("<dt>", "")
            .replace("</dt> <dd>", ": ")
            .replace("</dt><dd>", ": ")
            .replace("**", "");
        assert!(page.contains(&format!("{}: {}", pots.title, pots.text)), "{format:?}: {page}");
    }
}

#[test]
fn free_text_after_several_options_is_not_joined_to_the_last() {
    let pack = Pack::load(&everything()).unwrap();
    let mut answers = answers();
    for (tools, in_json, shown) in [
        (json!({ "chosen": ["rake"], "text": "a fork" }), "Rake: a fork", "Rake: \u{201c}a fork\u{201d}"),
        (
            json!({ "chosen": ["spade", "rake"], "text": "a fork" }),
            "Spade; Rake; \u{201c}a fork\u{201d}",
            "Spade; Rake; \u{201c}a fork\u{201d}",
        ),
    ] {
        answers["tools"] = tools;
        let summary = summary(&pack, &answers, CopyKind::Clinician);
        let record = summary.answers.iter().find(|record| record.question == "tools").unwrap();
        assert_eq!(record.text.as_str(), in_json);
        for format in FORMATS {
            let page = page(&summary, format).replace("<q dir=\"auto\">", "\u{201c}").replace("</q>", "\u{201d}");
            assert!(page.contains(shown), "{format:?} lacks {shown:?}: {page}");
        }
    }
}
