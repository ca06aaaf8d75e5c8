//! Answers files with any content: they are JSON exactly if other readers agree, and reports are free of control bytes.

use crate::properties::CASES;
use crate::properties::hostile::has_harmful;
use crate::support::pack_files::BUILT_IN;
use crate::support::strategies::{Draw, PIECES, numbers};
use crate::support::thoroughness::cases;
use preconsult::Diagnostics;
use preconsult::interview::{AnswersFile, Completeness};
use proptest::prelude::{prop_assert, prop_assert_eq, proptest};
use proptest::test_runner::TestCaseResult;
use serde_json::Value;

const TOKENS: [&str; 30] = [
    "{", "}", "[", "]", ",", ":", "\"", "\\", "\n", "\t", " ", "0", "-", "1.5", "1e9", "+1", ".5", "01", "true",
    "null", "nul", "NaN", "'", "//", "/**/", "\\u0041", "\\ud800", "\\x", "\u{0}", "\u{a0}",
];

proptest! {
    #![proptest_config(cases(CASES))]

    #[test]
    fn a_text_is_json_exactly_if_serde_json_agrees_and_every_error_has_a_place(draw in numbers()) {
        let mut draw = draw;
        let finished = draw.finished(&BUILT_IN);
        let file = AnswersFile { answers: finished.answers().clone(), ..AnswersFile::default() };
        let text = mutated(&file.write(&BUILT_IN).to_string(), &mut draw);
        check_read(&text, AnswersFile::read(&BUILT_IN, "a.json", &text, Completeness::Partial).as_ref().err())?;
    }
}

/// Checks that accepted texts are JSON elsewhere, and that refused ones have errors with place and path.
pub(crate) fn check_read(text: &str, problems: Option<&Diagnostics>) -> TestCaseResult {
    let is_json = serde_json::from_str::<Value>(text).is_ok();
    let Some(problems) = problems else {
        prop_assert!(is_json, "this is not JSON:\n{text}");
        return Ok(());
    };
    let list = problems.list();
    prop_assert!(!list.is_empty());
    prop_assert_eq!(list.iter().any(|problem| problem.code == "syntax"), !is_json, "{:?}\n{}", list, text);
    let lines: Vec<&str> = text.split('\n').collect();
    for problem in list {
        let line = lines.get(problem.line - 1);
        prop_assert!(line.is_some_and(|line| problem.column <= line.chars().count() + 1), "{problem:?}\n{text}");
        prop_assert!(is_json == problem.path.is_some(), "{problem:?} lacks its path, or has one");
    }
    let report = problems.to_string();
    prop_assert!(!has_harmful(&report), "{report:?}");
    Ok(())
}

/// Returns the text with some parts removed, inserted or doubled.
pub(crate) fn mutated(text: &str, draw: &mut Draw) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for _ in 0..draw.below(4) {
        let at = draw.below(chars.len());
        let end = (at + draw.below(6)).min(chars.len());
        let piece: Vec<char> = match draw.below(4) {
            0 => Vec::new(),
            1 => TOKENS[draw.below(TOKENS.len())].chars().collect(),
            2 => PIECES[draw.below(PIECES.len())].chars().collect(),
            _ => [&chars[at..end], &chars[at..end]].concat(),
        };
        chars.splice(at..end, piece);
    }
    // A byte order mark is removed here, and nowhere else.
    chars.into_iter().collect::<String>().trim_start_matches('\u{feff}').to_owned()
}
