//! Invented patients in sentences, and the fixed table from concern to source item, checked by hand.

use crate::support::pack_files::BUILT_IN;
use preconsult::authoring::Case;
use preconsult::pack::{RuleOutcome, Test, built_in_cases};
use std::collections::BTreeSet;
use std::path::Path;

/// Returns name and text of every vignette; a folder without any would test nothing.
pub(crate) fn vignettes() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vignettes");
    let mut vignettes: Vec<(String, String)> = std::fs::read_dir(&folder)
        .expect("the vignettes are there")
        .map(|entry| {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            assert!(path.extension().is_some_and(|end| end == "json"), "{name} is no vignette");
            (name, std::fs::read_to_string(&path).expect("a vignette can be read"))
        })
        .collect();
    vignettes.sort();
    assert!(vignettes.len() >= 14, "only {} vignettes", vignettes.len());
    vignettes
}

#[test]
fn every_vignette_and_every_case_holds() {
    let pack = &*BUILT_IN;
    let mut failed = Vec::new();
    for (name, text) in vignettes().into_iter().chain(built_in_cases()) {
        match Case::run(pack, &name, &text) {
            Ok(case) if case.differences.is_empty() => {}
            Ok(case) => failed.push(format!(
                "{name}: {}\n  {}",
                case.patient,
                case.differences.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n  ")
            )),
            Err(problems) => failed.push(format!("{name}\n{problems}")),
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// The links from concern to source that the clinic's side has fixed: code, items, and the editorial ones among them.
const TABLE: [(&str, &[&str], &[&str]); 14] = [
    ("rough-texture", &["1"], &[]),
    ("uneven-tone", &["1", "7"], &[]),
    ("dull-complexion", &["1", "9"], &["1", "9"]),
    ("wrinkles-fine-lines", &["2"], &[]),
    ("younger-look", &["2", "5"], &[]),
    ("loose-skin", &["1", "5"], &["1"]),
    ("acne-scars", &["3"], &[]),
    ("surgical-scars", &["3"], &[]),
    ("other-scars", &["3"], &[]),
    ("enlarged-pores", &["4"], &[]),
    ("products-not-working", &["6"], &["6"]),
    ("dark-spots", &["7"], &[]),
    ("stretch-marks", &["8"], &[]),
    ("healthier-look", &["9"], &[]),
];

const NOT_COVERED: [&str; 8] = [
    "redness",
    "active-acne",
    "melasma",
    "hair-loss",
    "cellulite",
    "under-eye-circles",
    "new-or-changing-spot",
    "something-else",
];

#[test]
fn every_concern_brings_exactly_its_items() {
    let pack = &*BUILT_IN;
    let concerns = pack.question("concerns").expect("there is a question of concerns");
    let choices = pack.questions[concerns].shape.choices();
    let mut codes: Vec<&str> = TABLE.iter().map(|(code, _, _)| *code).chain(NOT_COVERED).chain(["not-sure"]).collect();
    codes.sort_unstable();
    let mut offered: Vec<&str> = choices.iter().map(|choice| choice.code.as_str()).collect();
    offered.sort_unstable();
    assert_eq!(offered, codes);

    for (at, choice) in choices.iter().enumerate() {
        let rules: Vec<_> = pack
            .rules
            .iter()
            .filter(|rule| rule.when == preconsult::pack::Condition::Test(concerns, Test::Chosen(at)))
            .collect();
        let [rule] = rules.as_slice() else { panic!("{}: {} rules", choice.code, rules.len()) };
        let (mut items, mut editorial, mut not_covered) = (BTreeSet::new(), BTreeSet::new(), 0);
        for say in &rule.say {
            match say {
                RuleOutcome::NotCovered(_) => not_covered += 1,
                RuleOutcome::Benefit { benefit, editorial: ours, .. } => {
                    for cites in &pack.statements.benefits[*benefit].statement.cites {
                        let item = pack.sources[cites.source].items[cites.item].id.clone();
                        items.insert(item.clone());
                        if *ours {
                            editorial.insert(item);
                        }
                    }
                }
            }
        }
        let code = choice.code.as_str();
        let (expected, expected_editorial, covered) = match TABLE.iter().find(|(known, _, _)| *known == code) {
            Some((_, items, editorial)) => (items.to_vec(), editorial.to_vec(), true),
            None if code == "not-sure" => (vec!["1", "2", "3", "4", "5", "6", "7", "8", "9"], vec![], true),
            None => (vec![], vec![], false),
        };
        assert_eq!(items.iter().map(String::as_str).collect::<Vec<_>>(), expected, "{code}");
        assert_eq!(editorial.iter().map(String::as_str).collect::<Vec<_>>(), expected_editorial, "{code}");
        assert_eq!(not_covered, usize::from(!covered), "{code}");
        assert_eq!(rule.overview, code == "not-sure", "{code}");
    }
}

#[test]
fn every_option_of_every_question_is_answered_somewhere() {
    let pack = &*BUILT_IN;
    let all: Vec<serde_json::Value> = vignettes()
        .into_iter()
        .chain(built_in_cases())
        .map(|(name, text)| serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}")))
        .collect();
    for question in &pack.questions {
        let answers: String = all.iter().map(|case| case["answers"][&question.id].to_string()).collect();
        assert!(answers.contains(|c: char| c.is_alphanumeric()), "{} is never answered", question.id);
        let yes_no = question.shape.options().is_some_and(|options| options.yes_no);
        for choice in question.shape.choices() {
            let json = match (yes_no, choice.code.as_str()) {
                (true, "yes") => "true".to_owned(),
                (true, _) => "false".to_owned(),
                (false, code) => format!("\"{code}\""),
            };
            assert!(answers.contains(&json), "{}: {} is never answered", question.id, choice.code);
        }
    }
}
