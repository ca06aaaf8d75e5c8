//! How long packs take: `cargo bench --bench packs --no-default-features`.
//!
//! The floor is `serde_json`, which reads the same files and checks nothing. Checking the built-in pack has to stay under
//! ten times that; loading it is what every start of the program pays.

mod hundred;

use chrono::NaiveDate;
use divan::{Bencher, black_box};
use preconsult::pack::{Pack, PackFiles, built_in};
use serde_json::Value;

fn main() {
    divan::main();
}

fn parse(files: &PackFiles) -> Vec<Value> {
    files.texts.values().filter_map(|text| serde_json::from_str(text).ok()).collect()
}

fn check(files: &PackFiles) {
    let checked = Pack::check(black_box(files), NaiveDate::default());
    assert!(checked.is_ok(), "{}", checked.err().map(|problems| problems.to_string()).unwrap_or_default());
}

#[divan::bench]
fn built_in_parsed_by_serde_json(bencher: Bencher<'_, '_>) {
    let files = built_in();
    bencher.bench_local(|| parse(black_box(&files)));
}

#[divan::bench]
fn built_in_loaded(bencher: Bencher<'_, '_>) {
    let files = built_in();
    bencher.bench_local(|| Pack::load(black_box(&files)).is_ok());
}

#[divan::bench]
fn built_in_checked(bencher: Bencher<'_, '_>) {
    let files = built_in();
    bencher.bench_local(|| check(&files));
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn hundredfold_checked(bencher: Bencher<'_, '_>) {
    let files = hundred::times(100);
    bencher.bench_local(|| check(&files));
}
