//! The criteria of PEMAT-P and IPDAS: what the program finds, and what a pack declares.

use super::copies::COPIES;
use crate::support::pack_files::{BUILT_IN, everything};
use preconsult::authoring::{CaseCopies, CriterionState, JudgedCriterion, judge_criteria};
use preconsult::outline::{Block, Outline, PartKind};
use preconsult::pack::{CRITERIA, Decision, Instrument, Pack, built_in, is_id};
use preconsult::printable::Printable;
use std::collections::{BTreeMap, BTreeSet};

/// Returns the state and the reason of each criterion by its id.
fn judged(pack: &Pack, cases: &[CaseCopies]) -> BTreeMap<&'static str, (CriterionState, String)> {
    let entry = |judged: JudgedCriterion| (judged.criterion.id, (judged.state, judged.reason));
    let all: BTreeMap<_, _> = judge_criteria(pack, cases).into_iter().map(entry).collect();
    assert_eq!(all.len(), CRITERIA.len());
    all
}

fn states(pack: &Pack, cases: &[CaseCopies]) -> BTreeMap<&'static str, CriterionState> {
    judged(pack, cases).into_iter().map(|(id, (state, _))| (id, state)).collect()
}

#[test]
fn ids_are_valid_and_unique() {
    let ids: BTreeSet<&str> = CRITERIA.iter().map(|criterion| criterion.id).collect();
    assert_eq!(ids.len(), CRITERIA.len());
    assert!(ids.iter().all(|id| is_id(id)), "{ids:?}");
}

/// PEMAT-P has the items 1 to 12 and 15 to 26; 13 and 14 are for audiovisual material.
#[test]
fn every_item_of_pemat_p_is_listed_or_named_as_left_out() {
    let listed = CRITERIA.iter().filter(|criterion| criterion.instrument == Instrument::PematP);
    let mut items: Vec<u32> = listed.filter_map(|criterion| criterion.item.parse().ok()).collect();
    let left_out = Instrument::PematP.left_out();
    items.extend(left_out.split(|c: char| !c.is_ascii_digit()).filter_map(|item| item.parse::<u32>().ok()));
    items.sort_unstable();
    assert_eq!(items, (1..=12).chain(15..=26).collect::<Vec<_>>());
}

#[test]
fn the_built_in_pack_declares_only_what_is_true() {
    let found = judged(&BUILT_IN, &COPIES);
    let with = |wanted: CriterionState| -> Vec<&str> {
        found.iter().filter(|(_, (state, _))| *state == wanted).map(|(id, _)| *id).collect()
    };
    let not_met = ["authors", "harms", "pictures", "pictures-to-act", "source-choice"];
    assert_eq!(with(CriterionState::DeclaredNotMet), not_met);
    let open = [
        "active-voice",
        "addresses-reader",
        "clinician-review",
        "interests-declared",
        "needs-asked",
        "on-topic",
        "order",
        "patient-review",
        "payer",
        "publication-date",
        "tried-out",
        "upkeep",
    ];
    assert_eq!(with(CriterionState::Open), open);
    // No person has judged the pack yet, so only the program's own checks can say that a criterion is met.
    for id in with(CriterionState::Met) {
        let criterion = CRITERIA.iter().find(|criterion| criterion.id == id).unwrap();
        assert!(matches!(criterion.decision, Decision::Program { .. }), "{id}");
    }
}

#[test]
fn a_declaration_has_its_reason_or_its_person() {
    let pack = Pack::load(&everything()).unwrap();
    let found = judged(&pack, &[]);
    let reason = "The pack says: “The book says that a pot is heavy, and no more.”".to_owned();
    assert_eq!(found["harms"], (CriterionState::DeclaredNotMet, reason));
    assert_eq!(found["active-voice"], (CriterionState::Met, "Says Nobody real (test pack).".to_owned()));
}

/// A check that is only a sign of the criterion leaves the word to a person.
#[test]
fn a_person_may_say_more_than_a_sign() {
    let mut files = everything();
    let manifest = files.texts.get_mut("pack.json").unwrap();
    *manifest = manifest.replacen("\"id\": \"active-voice\"", "\"id\": \"no-sums\"", 1);
    let pack = Pack::load(&files).unwrap_or_else(|problems| panic!("{problems}"));
    let found = states(&pack, &[]);
    assert_eq!((found["no-sums"], found["active-voice"]), (CriterionState::Met, CriterionState::Open));
    let settled = CRITERIA.iter().filter(|criterion| !criterion.accepts_person()).map(|criterion| criterion.id);
    for id in settled {
        let mut files = everything();
        let manifest = files.texts.get_mut("pack.json").unwrap();
        *manifest = manifest.replacen("\"id\": \"active-voice\"", &format!("\"id\": \"{id}\""), 1);
        assert!(Pack::load(&files).is_err(), "{id}");
    }
}

/// Every check fails where what it looks for is missing, and nothing else changes.
#[test]
fn each_check_on_the_pack_can_fail() {
    let before = states(&Pack::load(&everything()).unwrap(), &[]);
    let edits = [
        ("pack.json", "\"published_on\": \"2026-01-16\"", "\"published_on\": null", "publication-date"),
        ("pack.json", "\"update_policy\": \"Nobody looks after it.\"", "\"update_policy\": null", "upkeep"),
        ("pack.json", "\"funding\": \"Nobody pays for it.\"", "\"funding\": null", "payer"),
        ("pack.json", "\"interests\": \"The author sells no pots.\"", "\"interests\": null", "interests-declared"),
        ("pack.json", ", \"kind\": \"leaflet\"", "", "source-kind"),
        (
            "pack.json",
            "\"reviewed_by\": \"Nobody real (test pack)\",\n  \"reviewed_on\": \"2026-01-15\"",
            "\"reviewed_by\": null,\n  \"reviewed_on\": null",
            "clinician-review",
        ),
    ];
    for (file, from, to, id) in edits {
        assert_eq!(before[id], CriterionState::Met, "{id}");
        let mut files = everything();
        let text = files.texts.get_mut(file).unwrap();
        assert!(text.contains(from), "{file} has no {from}");
        *text = text.replacen(from, to, 1);
        // Only the default language is checked here: the other has wordings that nothing uses now.
        for (name, text) in &mut files.texts {
            if name == "es.json" {
                let key = ["update_policy", "funding", "interests"].into_iter().find(|key| from.contains(key));
                let keep = |line: &&str| key.is_none_or(|key| !line.contains(&format!("\"{key}\"")));
                *text = text.lines().filter(keep).collect::<Vec<_>>().join("\n").replace(",\n}", "\n}");
            }
        }
        let pack = Pack::load(&files).unwrap_or_else(|problems| panic!("{id}: {problems}"));
        let after = states(&pack, &[]);
        assert_eq!(after[id], CriterionState::Open);
        let changed = before.iter().filter(|(other, state)| after[*other] != **state).count();
        assert_eq!(changed, 1, "{id}");
    }
    // The other pack asks for numbers; the built-in one does not.
    assert_eq!(before["no-sums"], CriterionState::Open);
    let mut files = built_in();
    let statements = files.texts.get_mut("statements.json").unwrap();
    assert!(statements.contains("Microneedling can make scars show less."));
    *statements =
        statements.replacen("Microneedling can make scars show less.", "Microneedling can make 9 scars show less.", 1);
    let pack = Pack::load(&files).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(states(&pack, &COPIES)["clear-numbers"], CriterionState::Open);
    let mut files = everything();
    let manifest = files.texts.get_mut("pack.json").unwrap();
    let (start, _) = manifest.split_once("\"glossary\": [").unwrap();
    let (_, end) = manifest.split_once("\"notice_clinician\"").unwrap();
    *manifest = format!("{start}\"glossary\": [],\n  \"notice_clinician\"{end}");
    let spanish = files.texts.get_mut("es.json").unwrap();
    *spanish = spanish.lines().filter(|line| !line.contains("\"term.")).collect::<Vec<_>>().join("\n");
    let pack = Pack::load(&files).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(
        (before["terms-explained"], states(&pack, &[])["terms-explained"]),
        (CriterionState::Met, CriterionState::Open)
    );
}

#[test]
fn each_check_on_the_copies_can_fail() {
    let without = |copy: &mut Outline, kind: PartKind| copy.parts.retain(|part| part.kind != kind);
    let blocks = |copy: &mut Outline, change: &dyn Fn(&mut Block)| {
        copy.parts.iter_mut().flat_map(|part| &mut part.blocks).for_each(change);
    };
    let long = Printable::line(&"word ".repeat(101));
    type Spoil<'s> = Box<dyn Fn(&mut Outline) + 's>;
    let cases: [(Spoil, &[&str]); 8] = [
        (Box::new(|copy| without(copy, PartKind::Notice)), &["purpose"]),
        (Box::new(|copy| without(copy, PartKind::Short)), &["main-points", "cues"]),
        (Box::new(|copy| without(copy, PartKind::Steps)), &["cues", "action", "action-steps"]),
        (Box::new(|copy| without(copy, PartKind::ToAsk)), &["tool", "question-list"]),
        (Box::new(|copy| copy.parts[0].heading = Printable::default()), &["headings"]),
        (
            Box::new(|copy| {
                for part in copy.parts.iter_mut().filter(|part| part.kind == PartKind::Steps) {
                    part.blocks.truncate(1);
                }
            }),
            &["action-steps"],
        ),
        (
            Box::new(|copy| {
                blocks(copy, &|block| {
                    if let Block::Table { columns, .. } = block {
                        columns[0] = Printable::line("A head of five words");
                    }
                })
            }),
            &["table-heads"],
        ),
        (
            Box::new(|copy| {
                blocks(copy, &|block| {
                    if let Block::Text(text) = block {
                        *text = long.clone();
                    }
                })
            }),
            &["short-parts"],
        ),
    ];
    let before = states(&BUILT_IN, &COPIES);
    for (spoil, expected) in cases {
        let mut copies = COPIES.clone();
        let last = copies.last_mut().unwrap();
        spoil(&mut last.copies[1]);
        let after = states(&BUILT_IN, &copies);
        let changed: Vec<&str> = before.keys().copied().filter(|id| before[id] != after[id]).collect();
        let expected_ids: BTreeSet<&str> = expected.iter().copied().collect();
        assert!(changed.iter().all(|id| before[id] == CriterionState::Met && after[id] == CriterionState::Open));
        assert_eq!(changed.into_iter().collect::<BTreeSet<_>>(), expected_ids);
    }
}

#[test]
fn without_cases_what_needs_a_copy_is_open() {
    let found = judged(&BUILT_IN, &[]);
    for id in ["purpose", "common-words", "headings", "main-points", "tool"] {
        let reason = "The pack has no cases, so there is no copy to check.".to_owned();
        assert_eq!(found[id], (CriterionState::Open, reason), "{id}");
    }
    assert_eq!(found["sources-cited"].0, CriterionState::Met);
}
