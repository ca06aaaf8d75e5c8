//! A pack far larger than any: the checks still end, and find nothing.

use super::today;
use crate::support::large_packs;
use preconsult::pack::Pack;
use std::time::Instant;

#[test]
fn a_pack_ten_times_as_large_checks_without_a_finding() {
    let start = Instant::now();
    let checked = Pack::check(&large_packs::times(10), today()).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(checked.pack.rules.len(), 230);
    // Unoptimized, and beside other tests; the benchmark measures a hundredfold pack.
    assert!(start.elapsed().as_secs() < 60, "it took {:?}", start.elapsed());
}
