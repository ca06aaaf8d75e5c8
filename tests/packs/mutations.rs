//! Random mutations of a valid pack: no check panics, and every pack that loads keeps its guarantees.

use super::today;
use crate::support::pack_files::everything;
use crate::support::pack_mutations::mutate;
use crate::support::pack_promises::{keeps_its_promises, keeps_its_promises_in_print};
use crate::support::thoroughness::{Thoroughness, thoroughness};
use preconsult::pack::Pack;

/// A pseudo-random generator (xorshift) with a fixed seed, so that each run makes the same mutations.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(limit.max(1)).unwrap()).unwrap()
    }
}

#[test]
fn mutations_never_panic_and_loaded_packs_keep_their_guarantees() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let (mut loaded, mut refused, mut benefits) = (0, 0, 0);
    let rounds = if thoroughness() == Thoroughness::Thorough { 240 } else { 60 };
    for round in 0..rounds {
        let mut files = everything();
        let changes: Vec<String> =
            (0..=random.below(2)).map(|_| mutate(&mut files, &mut |limit| random.below(limit))).collect();
        let result = std::panic::catch_unwind(|| (Pack::load(&files), Pack::check(&files, today()).is_ok()));
        let (load, checks) = result.unwrap_or_else(|_| panic!("round {round} panicked after {changes:?}"));
        assert!(load.is_ok() || !checks, "round {round} passes the check but does not load after {changes:?}");
        match load {
            Ok(pack) => {
                keeps_its_promises(&pack);
                benefits += (0..8)
                    .filter(|_| keeps_its_promises_in_print(&pack, checks, &mut |limit| random.below(limit)))
                    .count();
                loaded += 1;
            }
            Err(problems) => {
                assert!(!problems.list().is_empty() && !problems.render(preconsult::OutputStyle::PLAIN).is_empty());
                refused += 1;
            }
        }
    }
    // The test needs both mutations that load and mutations that do not.
    assert!(loaded >= rounds / 24 && refused >= rounds / 4, "{loaded} loaded, {refused} refused");
    // It also needs pages with a benefit.
    assert!(benefits >= rounds / 6, "{benefits} pages with a benefit");
}
