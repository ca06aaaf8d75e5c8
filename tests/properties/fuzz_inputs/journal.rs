//! Damaged or forged journals: the beginning of what was written is recovered, and never a wrong answer.

use super::steered;
use crate::properties::fhir::OTHERS;
use crate::support::pack_files::{BUILT_IN, EVERY_KIND};
use crate::support::scripted_interview as interview;
pub(super) use crate::support::scripted_interview::{Memory, header};
use crate::support::strategies::Draw;
use preconsult::answer::Answers;
use preconsult::interview::{Interview, Step};
use preconsult::pack::Pack;
use preconsult::storage::journal::checksum::Chain;
use preconsult::storage::journal::{Journal, JournalEntry, recover, replay};

fn packs() -> [&'static Pack; 3] {
    [&BUILT_IN, &EVERY_KIND, &OTHERS[1]]
}

pub(super) fn check(input: &[u8]) -> bool {
    let (mut draw, rest) = steered(input);
    let pack = packs()[draw.below(3)];
    check_forged(pack, rest);
    let entries = walk(pack, &mut draw);
    let bytes = interview::journal(pack, &entries);
    let damaged = damage(&bytes, &mut draw, rest);
    let same = bytes.iter().zip(&damaged).take_while(|(was, is)| was == is).count();
    let whole_lines = bytes[..same].split(|byte| *byte == b'\n').count() - 1;
    match recover(&damaged) {
        // The first line is the header.
        Err(why) => assert_eq!(whole_lines, 0, "{why:?}"),
        Ok(recovered) => {
            assert_eq!(recovered.header, header(pack));
            assert!(entries.starts_with(&recovered.entries), "a wrong answer");
            assert!(
                recovered.entries.len() + 1 >= whole_lines,
                "{} of {} lines",
                recovered.entries.len() + 1,
                whole_lines
            );
            assert_eq!(recovered.damage.is_some(), recovered.verified_len < damaged.len());
            assert_eq!(replay(pack, &recovered.entries).dropped, []);
            check_resumes(&damaged, &recovered);
        }
    }
    true
}

/// Checks that a journal continues after damage as if it had ended there.
fn check_resumes(damaged: &[u8], recovered: &preconsult::storage::journal::Recovered) {
    let mut journal = Journal::resume(Memory(damaged.to_vec()), recovered);
    journal.append(&JournalEntry::Open(None)).expect("memory does not fail");
    let again = recover(&journal.into_storage().0).expect("the header is whole");
    assert_eq!(
        (again.entries.split_last(), again.damage),
        (Some((&JournalEntry::Open(None), &recovered.entries[..])), None)
    );
}

/// Checks lines that were forged with the right checksums: what is read of them round-trips, and only answers that fit
/// their question get into an interview.
fn check_forged(pack: &Pack, lines: &[u8]) {
    assert!(recover(lines).is_err() || lines.len() > 32);
    let mut chain = Chain::default();
    let lines = String::from_utf8_lossy(lines);
    // Its own first line, or a valid one.
    let has_own_header = lines.starts_with("{\"journal\"");
    let good = interview::journal(pack, &[]);
    let good = String::from_utf8_lossy(&good[33..]);
    let lines = if has_own_header { None } else { good.lines().next() }.into_iter().chain(lines.lines());
    let forged: String = lines.map(|line| chain.append_checksum(line)).collect();
    let Ok(recovered) = recover(forged.as_bytes()) else {
        assert!(has_own_header, "the header is a good one");
        return;
    };
    let again = recover(&interview::journal(pack, &recovered.entries)).expect("a journal");
    assert_eq!((&again.entries, again.damage), (&recovered.entries, None));
    let replayed = replay(pack, &recovered.entries);
    for (slot, answer) in &replayed.answers {
        let validated = pack.questions[slot.question].validate(answer.clone());
        assert_eq!(validated.as_ref(), Ok(answer), "{slot:?}");
        let entry = JournalEntry::answered(pack, *slot, answer);
        assert_eq!(replay(pack, &[entry]).answers.get(slot), Some(answer));
    }
    let interview = replayed.interview(pack);
    if let Step::Ask(slot) = interview.step() {
        assert!(interview.asked().contains(&slot), "{slot:?} is open and not asked");
    }
}

/// Walks through an interview, also backwards.
fn walk(pack: &Pack, draw: &mut Draw) -> Vec<JournalEntry> {
    let mut interview = Interview::new(pack, Answers::new());
    let mut entries = Vec::new();
    for _ in 0..draw.below(24) {
        match (draw.below(8), interview.step()) {
            (0, _) => interview.back(),
            (1, _) => interview.review(),
            (2, _) | (_, Step::Review) => {
                let asked = interview.asked();
                interview.jump(asked[draw.below(asked.len())]);
            }
            (_, Step::Ask(slot)) => {
                let answer = draw.offered_answer(&interview, slot.question);
                interview.answer(answer).expect("it was drawn to fit");
                entries.push(JournalEntry::answered(pack, slot, &interview.answers()[&slot]));
                continue;
            }
        }
        entries.push(JournalEntry::opened(pack, interview.step()));
    }
    entries
}

/// Damages bytes a few times as disks, editors and copies do; `more` are other bytes that may get into a file.
fn damage(bytes: &[u8], draw: &mut Draw, more: &[u8]) -> Vec<u8> {
    let mut damaged = bytes.to_vec();
    for _ in 0..draw.below(4) {
        let (offset, end) = (draw.below(damaged.len() + 1), draw.below(damaged.len() + 1));
        let (from, to) = (offset.min(end), offset.max(end));
        let lines = |bytes: &[u8]| bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect::<Vec<_>>();
        match draw.below(7) {
            0 => damaged.truncate(offset),
            1 => _ = damaged.drain(from..to),
            2 => damaged.extend_from_within(from..to),
            3 => _ = damaged.splice(offset..offset, more.iter().copied()),
            4 => damaged[from..to].fill(0),
            5 => {
                let mut all = lines(&damaged);
                if !all.is_empty() {
                    let (one, other) = (draw.below(all.len()), draw.below(all.len()));
                    all.swap(one, other);
                }
                damaged = all.concat();
            }
            _ => {
                if let Some(byte) = damaged.get_mut(offset) {
                    *byte ^= 1 << draw.below(8);
                }
            }
        }
    }
    damaged
}

pub(super) fn seeds() -> Vec<Vec<u8>> {
    let seed = |turn: u16| {
        let mut draw = super::numbers(turn, 100);
        draw[0] = turn % 3;
        let pack = packs()[usize::from(turn) % 3];
        let entries = walk(pack, &mut Draw::of(&super::numbers(turn + 100, 100)));
        let text = String::from_utf8(interview::journal(pack, &entries)).expect("a journal is text");
        // Without the checksums, which a forger would compute.
        let lines: Vec<&str> = text.lines().skip(usize::from(turn % 2)).map(|line| &line[33..]).collect();
        super::steering(&draw, lines.join("\n").as_bytes())
    };
    (0..24).map(seed).collect()
}
