//! Duration of the checks of a very large pack.

use super::today;
use crate::support::large_packs;
use preconsult::pack::Pack;
use std::time::Instant;

#[test]
fn a_pack_ten_times_as_large_passes_the_check_in_time() {
    let start = Instant::now();
    let checked = Pack::check(&large_packs::times(10), today()).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(checked.pack.rules.len(), 230);
    // The limit allows for an unoptimized build and parallel tests. The benchmark measures a pack 100 times as large.
    assert!(start.elapsed().as_secs() < 60, "it took {:?}", start.elapsed());
}
