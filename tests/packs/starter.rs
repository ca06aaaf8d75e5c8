//! The pack that `pack new` makes: it passes, and its tutorial says what happens.

use super::today;
use preconsult::pack::{Case, Coverage, Pack, PackFiles, Part, starter};
use std::collections::BTreeMap;

fn files() -> BTreeMap<String, String> {
    starter("mine").into_iter().collect()
}

fn pack_files(all: &BTreeMap<String, String>) -> PackFiles {
    let texts = all.iter().filter(|(name, _)| name.ends_with(".json") && !name.contains('/'));
    PackFiles { folder: String::new(), texts: texts.map(|(name, text)| (name.clone(), text.clone())).collect() }
}

fn codes(all: &BTreeMap<String, String>) -> Vec<&'static str> {
    match Pack::check(&pack_files(all), today()) {
        Ok(_) => Vec::new(),
        Err(problems) => problems.list().iter().map(|problem| problem.code).collect(),
    }
}

/// What the cases leave out; a case that fails fails the test.
fn missing(all: &BTreeMap<String, String>) -> Vec<String> {
    let pack = Pack::load(&pack_files(all)).unwrap();
    let covered = all.iter().filter(|(name, _)| name.starts_with("cases/")).map(|(name, text)| {
        let case = Case::run(&pack, name, text).unwrap_or_else(|problems| panic!("{problems}"));
        assert!(case.differences.is_empty(), "{name}: {:?}", case.differences);
        (name.clone(), case.covered)
    });
    let coverage = Coverage::new(&pack, &covered.collect());
    coverage.parts.iter().flat_map(Part::missing).map(str::to_owned).collect()
}

/// The indented blocks of the README, in order.
fn blocks(readme: &str) -> Vec<String> {
    let mut blocks = vec![String::new()];
    for line in readme.lines() {
        match line.strip_prefix("    ") {
            Some(code) => *blocks.last_mut().unwrap() += &format!("{code}\n"),
            None if blocks.last().is_some_and(|block| !block.is_empty()) => blocks.push(String::new()),
            None => {}
        }
    }
    blocks
}

#[test]
fn a_new_pack_is_whole() {
    let all = files();
    assert_eq!(codes(&all), Vec::<&str>::new());
    assert_eq!(missing(&all), Vec::<String>::new());
    assert_eq!(Pack::load(&pack_files(&all)).unwrap().id, "mine");
    for (name, text) in all.iter().filter(|(name, _)| name.ends_with(".json") && !name.starts_with("schema/")) {
        let schema = text.parse::<serde_json::Value>().unwrap()["$schema"].as_str().unwrap().to_owned();
        let folder = if name.starts_with("cases/") { "../" } else { "" };
        let target = schema.strip_prefix(folder).unwrap_or_else(|| panic!("{name}: {schema}"));
        assert!(all.contains_key(target), "{name} names {schema}, which is not there");
    }
}

#[test]
fn its_source_is_the_one_meant() {
    use sha2::{Digest, Sha256};
    let all = files();
    let hash: String = Sha256::digest(&all["source.txt"]).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(Pack::load(&pack_files(&all)).unwrap().sources[0].sha256, hash);
}

#[test]
fn the_tutorial_says_what_happens() {
    let mut all = files();
    let blocks = blocks(&all["README.md"]);
    let block = |start: &str| blocks.iter().find(|block| block.trim_start().starts_with(start)).unwrap().clone();

    let mut broken = all.clone();
    let text = broken["statements.json"].replace("A lower seat can help", "A lower seat will help");
    broken.insert("statements.json".to_owned(), text);
    assert!(codes(&broken).contains(&"modality-lost"), "{:?}", codes(&broken));

    let add_below = |all: &mut BTreeMap<String, String>, file: &str, mark: &str, new: &str| {
        let lines = all[file]
            .lines()
            .map(|line| if line.contains(mark) { format!("{line}\n{new}") } else { format!("{line}\n") });
        let text = lines.collect();
        all.insert(file.to_owned(), text);
    };
    add_below(&mut all, "questions.json", "\"code\": \"nice-color\"", &block("{ \"code\": \"soft-seat\""));
    assert_eq!(codes(&all), ["option-without-rule"]);
    add_below(&mut all, "rules.json", "\"id\": \"color\"", &block("{ \"id\": \"soft\""));
    assert_eq!(codes(&all), Vec::<&str>::new());
    assert_eq!(missing(&all), ["wishes=soft-seat", "soft"]);
    all.insert("cases/soft-seat.json".to_owned(), block("{\n  \"$schema\""));
    assert_eq!(missing(&all), Vec::<String>::new());
}
