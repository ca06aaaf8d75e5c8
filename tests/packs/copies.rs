//! Reading difficulty of whole copies: every case of the built-in pack, in both languages.

use crate::support::pack_files::BUILT_IN;
use preconsult::authoring::{CaseCopies, CopyPart, CopyReading};
use preconsult::outline::Block;
use preconsult::pack::built_in_cases;
use preconsult::printable::Printable;
use std::sync::LazyLock;

/// The copies of all cases of the built-in pack.
pub(super) static COPIES: LazyLock<Vec<CaseCopies>> = LazyLock::new(|| {
    let copy = |(name, text): (String, String)| CaseCopies::new(&BUILT_IN, &name, &text).unwrap();
    built_in_cases().into_iter().map(copy).collect()
});

const LIMITS: [(&str, f64); 2] = [("en", 6.0), ("es", 65.0)];

/// Returns the copies that are too hard, with their figures.
fn too_hard(cases: &[CaseCopies]) -> Vec<String> {
    let mut found = Vec::new();
    for case in cases {
        assert_eq!(case.copies.len(), LIMITS.len(), "{}", case.case);
        for (copy, (tag, limit)) in case.copies.iter().zip(LIMITS) {
            let reading = CopyReading::new(&case.case, copy).unwrap();
            assert_eq!((copy.language.as_str(), reading.limit()), (tag, limit));
            assert!(reading.figure.is_finite());
            if reading.is_too_hard() {
                found.push(format!("{} {tag}: {:.1}", case.case, reading.figure));
            }
        }
    }
    found
}

#[test]
fn every_whole_copy_of_the_built_in_pack_is_within_the_limit() {
    assert!(COPIES.len() > 40);
    assert_eq!(too_hard(&COPIES), Vec::<String>::new());
}

/// Headings alone can make a copy too hard, although each sentence of the pack is as easy as before.
#[test]
fn harder_headings_are_measured() {
    for (language, heading) in [
        "Individualized dermatological applicability considerations",
        "Consideraciones dermatológicas individualizadas",
    ]
    .into_iter()
    .enumerate()
    {
        let mut cases = COPIES.clone();
        let figure = |case: &CaseCopies, part: CopyPart| {
            let reading = CopyReading::new(&case.case, &case.copies[language]).unwrap();
            reading.parts.iter().find(|(known, _)| *known == part).unwrap().1
        };
        for case in &mut cases {
            let before = case.clone();
            let long = Printable::line(&[heading; 5].join(" "));
            case.copies[language].parts.iter_mut().for_each(|part| part.heading = long.clone());
            let measure = CopyReading::new(&case.case, &case.copies[language]).unwrap().measure;
            let (easy, hard) = (figure(&before, CopyPart::Headings), figure(case, CopyPart::Headings));
            assert!(measure.exceeds(hard, easy), "{}: {hard} is not harder than {easy}", case.case);
            assert!((figure(&before, CopyPart::Sentences) - figure(case, CopyPart::Sentences)).abs() < f64::EPSILON);
        }
        let found = too_hard(&cases);
        assert!(!found.is_empty() && found.iter().all(|case| case.contains(LIMITS[language].0)), "{found:?}");
    }
}

/// Returns the figure of a whole copy.
fn whole(case: &CaseCopies) -> f64 {
    CopyReading::new(&case.case, &case.copies[0]).unwrap().figure
}

#[test]
fn own_words_marks_and_the_identity_of_the_pack_are_not_measured() {
    let hard = Printable::line("Incomprehensibilities notwithstanding, interdisciplinary immunohistochemistry.");
    let mut own_words = 0;
    for case in COPIES.iter() {
        let mut other = case.clone();
        let copy = &mut other.copies[0];
        (copy.pack, copy.hash) = (hard.clone(), hard.clone());
        copy.sources[0] = Printable::line(&copy.sources[0].as_str().replacen('[', "[immunohistochemistry-", 1));
        for block in copy.parts.iter_mut().flat_map(|part| &mut part.blocks) {
            match block {
                Block::Claim { mark, .. } | Block::ToAsk { mark, .. } => *mark = hard.to_string(),
                Block::OwnWords(own) => {
                    own.text = hard.clone();
                    own_words += 1;
                }
                Block::Fact(fact) if fact.entry.own.is_some() => {
                    fact.entry.own.as_mut().unwrap().text = hard.clone();
                    own_words += 1;
                }
                _ => {}
            }
        }
        assert!((whole(case) - whole(&other)).abs() < f64::EPSILON, "{}", case.case);
    }
    assert!(own_words > 0, "a case has words of the patient's own");
}

/// An option is a sentence of its own in a joined list, as in a list with a line for each.
#[test]
fn joined_options_are_measured_one_by_one() {
    let mut case = COPIES[0].clone();
    let copy = &mut case.copies[0];
    copy.parts.truncate(1);
    let short = |texts: &[&str]| Block::Short {
        label: Printable::line("You came about"),
        lines: texts.iter().map(|text| (Printable::line(text), String::new())).collect(),
    };
    let mut figure = |texts: &[&str]| {
        case.copies[0].parts[0].blocks = vec![short(texts)];
        whole(&case)
    };
    let (joined, apart) = (figure(&["Acne scars; Large pores"]), figure(&["Acne scars", "Large pores"]));
    assert!((joined - apart).abs() < f64::EPSILON);
    assert!(figure(&["Acne scars and large pores"]) > joined, "one sentence is longer than two");
}
