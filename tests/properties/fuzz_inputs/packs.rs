//! The files of a pack, changed at random: a pack that loads keeps its promises, on every page.

use super::steered;
use crate::support::pack_files::files;
use crate::support::pack_mutations::mutate;
use crate::support::pack_promises::{keeps_its_promises, keeps_its_promises_in_print};
use crate::support::strategies;
use chrono::NaiveDate;
use preconsult::pack::{Pack, PackFiles};
use std::sync::LazyLock;

static PACKS: LazyLock<[PackFiles; 3]> =
    LazyLock::new(|| ["tests/packs/everything", "tests/properties/pack", "rules/starter"].map(files));

pub(super) fn check(input: &[u8]) -> bool {
    let (mut draw, rest) = steered(input);
    let mut files = PACKS[draw.below(3)].clone();
    // The numbers that a draw lacks are all 0, and change 0 removes a line.
    for _ in 0..draw.below(3) {
        mutate(&mut files, &mut |limit| draw.below(limit));
    }
    write_in(&mut files, &String::from_utf8_lossy(rest), &mut draw);
    let today = NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day");
    match Pack::load(&files) {
        Ok(pack) => {
            // This is slow, so it is not done for each input.
            let checks = draw.below(8) == 7 && Pack::check(&files, today).is_ok();
            keeps_its_promises(&pack);
            keeps_its_promises_in_print(&pack, checks, &mut |limit| draw.below(limit));
            true
        }
        Err(problems) => {
            assert!(!problems.list().is_empty());
            let report = problems.render(preconsult::OutputStyle::PLAIN);
            assert!(
                !report.is_empty() && report.len() < 1_000_000 && !crate::properties::hostile::has_harmful(&report)
            );
            assert!(problems.list().iter().all(|problem| problem.line > 0 && problem.hint.is_some()), "{report}");
            false
        }
    }
}

/// Overwrites part of a file with a text.
fn write_in(files: &mut PackFiles, text: &str, draw: &mut strategies::Draw) {
    if text.is_empty() || files.texts.is_empty() {
        return;
    }
    let file = draw.below(files.texts.len());
    let Some(old) = files.texts.values_mut().nth(file) else { return };
    let place = |offset: usize| (0..=offset).rev().find(|offset| old.is_char_boundary(*offset)).unwrap_or(0);
    let from = place(draw.below(old.len() + 1));
    let to = place((from + draw.below(80)).min(old.len())).max(from);
    old.replace_range(from..to, text);
}

pub(super) fn seeds() -> Vec<Vec<u8>> {
    let change = |turn: u16| {
        let mut draw = super::numbers(turn, 40);
        (draw[0], draw[1]) = (turn % 3, turn / 3 % 3);
        super::steering(&draw, b"")
    };
    // Mostly over texts, because there is more text than anything else.
    let write = |turn: u16| {
        let mut draw = super::numbers(turn, 40);
        (draw[0], draw[1], draw[4]) = (turn % 3, 0, 0);
        super::steering(&draw, [&b"word"[..], b"{for}", b"x\", \"y", b"}, {"][usize::from(turn) % 4])
    };
    (0..200).map(change).chain((0..200).map(write)).filter(|seed| check(seed)).take(60).collect()
}
