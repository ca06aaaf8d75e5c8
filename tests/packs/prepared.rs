//! The built-in pack as it was prepared for a quick start is the one in `rules/`.

use crate::support::pack_files::everything;
use preconsult::pack::{Pack, PackFiles, built_in};
use std::fs;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/pack/prepared.bin");

fn load(files: &PackFiles) -> Pack {
    Pack::load(files).unwrap_or_else(|problems| panic!("{problems}"))
}

#[test]
fn the_prepared_pack_is_that_of_the_rules() {
    let prepared = load(&built_in()).prepare(&built_in());
    if std::env::var_os("INSTA_UPDATE").is_some_and(|update| update == "always") {
        fs::write(FILE, &prepared).unwrap();
    }
    assert!(
        fs::read(FILE).unwrap() == prepared,
        "rules/microneedling has changed: `INSTA_UPDATE=always cargo test --test packs prepared` prepares it anew"
    );
}

#[test]
fn a_prepared_pack_is_the_checked_one() {
    for files in [built_in(), everything()] {
        let pack = load(&files);
        let prepared = Pack::from_prepared(&pack.prepare(&files), &files).expect("it is of these files");
        assert_eq!(format!("{prepared:?}"), format!("{pack:?}"));
    }
}

#[test]
fn a_pack_prepared_of_other_files_is_not_taken() {
    let mut files = built_in();
    let prepared = load(&files).prepare(&files);
    files.texts.get_mut("es.json").unwrap().push('\n');
    assert!(Pack::from_prepared(&prepared, &files).is_none());
    for cut in [0, 1, prepared.len() / 2, prepared.len() - 1] {
        assert!(Pack::from_prepared(&prepared[..cut], &built_in()).is_none());
    }
}
